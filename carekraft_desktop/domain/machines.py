"""The office's workstations as their last signed word tells, and what a lost one means (REQ-96)."""

from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.value import Value

OFFLINE_DAYS = 14
"""Days without a word from the exchange after which the keys alone open nothing any more."""


class MachineState(StrEnum):
    """How a workstation stood when it last spoke."""

    OPEN = "open"
    COVERED = "covered"
    """The screen was covered; its keys were in memory."""
    CLOSED = "closed"
    """Locked: the store closed, the keys wiped."""


class Wrap(StrEnum):
    """What besides the password opens the data key."""

    KEYRING = "keyring"
    PAPER = "paper-code"


class Machine(Value, frozen=True):
    """One workstation's last word: nothing of a patient, no name of a colleague."""

    device: str
    """Its id at the exchange."""
    version: int
    name: str
    """What the administrator sees it called."""
    at: Moment
    """When it said so, by the exchange's clock."""
    state: MachineState
    idle_minutes: int
    """After so many minutes without a touch it covers the screen."""
    cipher: str
    derivation: str
    wrap: Wrap
    backup_at: Moment | None = None
    signed: bool = False
    """The word carries the workstation's own signature, and it holds."""
    lost_at: Moment | None = None
    """Since when it counts as lost."""
    statement: str = ""
    """The signed word itself, as evidence."""
    retired_at: Moment | None = None
    """When it was taken out of service and destroyed what it held (REQ-98)."""

    @property
    def key_in_memory(self) -> bool:
        """Whether its data key was in memory when it last spoke."""
        return self.state is not MachineState.CLOSED


class Circumstance(StrEnum):
    """What whoever reports a loss knows of it, besides what the machine said."""

    ON_A_NOTE = "on-a-note"
    """The password lay beside it."""
    SHARED_SIGN_IN = "shared-sign-in"
    CODE_WITH_IT = "code-with-it"
    """The workstation code on paper was with the machine."""


def is_candidate(machine: Machine, known: frozenset[Circumstance] = frozenset()) -> bool:
    """Whether the loss is a candidate for safe harbour; everything else is presumed a breach.

    It is one only where the machine's own signed word says that it was locked with its keys
    wiped, and nothing that opens it was with it (HHS guidance on unsecured PHI).
    """
    return machine.signed and not machine.key_in_memory and not known
