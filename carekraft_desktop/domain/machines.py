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


class Answer(StrEnum):
    """An answer to a question about a loss; who does not know it says so."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


class LastSeen(StrEnum):
    """How somebody saw the machine last."""

    CLOSED = "closed"
    """Locked, shut down, or its lid closed for the night."""
    COVERED = "covered"
    OPEN = "open"
    NOT_KNOWN = "not-known"


class Told(Value, frozen=True):
    """What whoever reports a loss knows of it, besides what the machine said."""

    password_with_it: Answer
    """A password lay beside it, on a note or in its bag."""
    shared_sign_in: Answer
    """Several people came in with one sign-in."""
    code_with_it: Answer
    """The workstation code on paper was with it; counts where there is no keyring."""
    last_seen: LastSeen


class Against(StrEnum):
    """Why a loss is presumed a breach."""

    NO_SIGNED_WORD = "no-signed-word"
    KEY_IN_MEMORY = "key-in-memory"
    PASSWORD_WITH_IT = "password-with-it"  # noqa: S105 - a reason
    SHARED_SIGN_IN = "shared-sign-in"
    CODE_WITH_IT = "code-with-it"
    SEEN_OPEN = "seen-open"


def against(machine: Machine, told: Told) -> tuple[Against, ...]:
    """What stands against safe harbour; nothing where the loss is a candidate for it.

    It is one only where the machine's own signed word says that it was locked with its keys
    wiped, and it is known that nothing that opens it was with it (HHS guidance on unsecured PHI).
    What nobody knows stands against it: the office has to show that it was no breach.
    """
    paper = machine.wrap is Wrap.PAPER
    checks = (
        (not machine.signed, Against.NO_SIGNED_WORD),
        (machine.key_in_memory, Against.KEY_IN_MEMORY),
        (told.password_with_it is not Answer.NO, Against.PASSWORD_WITH_IT),
        (told.shared_sign_in is not Answer.NO, Against.SHARED_SIGN_IN),
        (paper and told.code_with_it is not Answer.NO, Against.CODE_WITH_IT),
        (told.last_seen in {LastSeen.OPEN, LastSeen.COVERED}, Against.SEEN_OPEN),
    )
    return tuple(why for stands, why in checks if stands)
