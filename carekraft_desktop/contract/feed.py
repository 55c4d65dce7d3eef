"""The feed of changes of one office: items, each with the place of its last change."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from carekraft_desktop.contract.limits import Code, Cursor, Id, Key

Seq = Annotated[int, Meta(ge=0, lt=2**53)]
Version = Annotated[int, Meta(ge=1, lt=2**53)]

KINDS = (
    "office",
    "provider",
    "schedule",
    "slot",
    "patient",
    "consent",
    "coverage",
    "booking",
    "review",
    "mark",
    "sealing",
    "permission",
    "referral",
    "workstation",
    "bulletin",
)
"""The kinds this version understands. Others are kept as they came and shown nowhere."""


class Item(Struct, frozen=True, omit_defaults=True):
    """One thing and its newest state, or the fact that it is gone."""

    seq: Seq
    """Place of its last change in the office's feed; grows, may skip."""
    kind: Code
    id: Id
    v: Version
    """Version; a smaller or equal one than the one we hold is old news."""
    op: Literal["put", "del"]
    at: datetime
    """When the exchange recorded the change."""
    reason: Code | None = None
    """For `del`: unshared, revoked, deleted or expired."""
    data: Raw | UnsetType = UNSET
    """For `put`: the FHIR resource, still as bytes, so that one bad item spoils no page."""


class Page(Struct, frozen=True):
    """A stretch of the feed."""

    epoch: Annotated[str, Meta(min_length=1, max_length=64)]
    """Names the life of the exchange's database; a new one means: start again from zero."""
    items: list[Item]
    cursor: Cursor
    """Where to go on."""
    more: bool
    """Whether another page is ready at once."""
    head: Seq
    """The newest place in the feed."""
    poll_after: Annotated[float, Meta(ge=0, le=3600)] = 30.0
    """Seconds after which asking again is welcome."""


class Quarantined(Struct, frozen=True):
    """An item that this workstation could not apply."""

    kind: Code
    id: Id
    v: Version
    error: Code


class Erasing(StrEnum):
    """What became of something that was withdrawn."""

    DELETED = "deleted"
    RETAINED_BY_LAW = "retained-by-law"
    """A provider keeps records of care for a legal period; the record is out of use."""
    PARTIAL = "partial"


Month = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]


class Erased(Struct, frozen=True, omit_defaults=True):
    """Receipt: this workstation has removed what was withdrawn, or has put it out of use."""

    kind: Code
    id: Id
    v: Version
    key: Key
    at: datetime
    outcome: Erasing = Erasing.DELETED
    dispose: Month | None = None
    """Month in which what is kept is due at the earliest."""


class Acks(Struct, frozen=True, omit_defaults=True):
    """What a workstation reports back; for monitoring and erasure receipts."""

    cursor: Cursor
    quarantined: list[Quarantined] = []
    erased: list[Erased] = []
