"""What a workstation says of itself, signed, and what the exchange tells the others of it (REQ-96).

Nothing of a patient and no name of a person is in it. The statement is a JWT (RFC 7519, ES384) by
the workstation's own key, so that nobody can make it say something else later.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from carekraft_desktop.contract.enrolment import PublicKey
from carekraft_desktop.contract.limits import Id, ShortText

EVERY = 600
"""Seconds between two words of a workstation whose state does not change."""
Statement = Annotated[str, Meta(max_length=4_000)]


class State(StrEnum):
    """How the workstation stands."""

    OPEN = "open"
    COVERED = "covered"
    CLOSED = "closed"


class WrapKind(StrEnum):
    """What besides a password opens its keys."""

    KEYRING = "keyring"
    PAPER = "paper-code"


class Trail(Struct, frozen=True):
    """How far a workstation's journal has come; nothing of what it says is in it."""

    entries: Annotated[int, Meta(ge=1)]
    """Number of its last entry."""
    code: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    """The chain's code there, keyed with the office's own key."""


class Word(Struct, frozen=True, omit_defaults=True):
    """What the statement says; its issuer is the workstation."""

    iss: Id
    iat: int
    """When, by the exchange's clock as far as the workstation knows it."""
    state: State
    idle_minutes: Annotated[int, Meta(ge=0, le=60)]
    cipher: ShortText
    derivation: ShortText
    wrap: WrapKind
    backup_at: int | None = None
    trail: Trail | None = None


class Heard(Struct, frozen=True, omit_defaults=True):
    """The answer: what the same workstation had said before of its journal, at its furthest."""

    furthest: Trail | None = None


class Heartbeat(Struct, frozen=True):
    """A request: the workstation's last word."""

    statement: Statement


class SlipKind(StrEnum):
    """The only thing that a slip may say."""

    TRIES = "tries"
    """Many passwords did not fit at this workstation (REQ-26)."""


class Slip(Struct, frozen=True):
    """What was signed beforehand, for a time when the key is out of reach."""

    iss: Id
    iat: int
    jti: Id
    says: SlipKind


class SlipSpent(Struct, frozen=True):
    """A request: a slip, from a workstation that is closed and cannot sign in."""

    client_id: Id
    statement: Statement


class Workstation(Struct, frozen=True, omit_defaults=True):
    """An item of the feed: one workstation of the office, with its last word."""

    id: Id
    name: ShortText
    key: PublicKey
    """The key by which the statement was signed."""
    statement: Statement
    at: datetime
    """When the exchange heard it."""
    lost_at: datetime | None = None
    retired_at: datetime | None = None
    """When it was taken out of service (REQ-98)."""


class ReportLost(Struct, frozen=True):
    """The body of `workstation.lost`: there is nothing to say but which one."""


class Retire(Struct, frozen=True):
    """The body of `workstation.retired`: a workstation says it of itself."""
