"""What the workstations of an office, and CareKraft, tell each other in closed codes.

No patient, no name and no sentence of anybody is in a notice, but for the terms, which are public.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from carekraft_desktop.contract.limits import Code, Id, ShortText

Handle = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}(?![\s\S])")]
"""A person of the office, as a hash that says nothing outside it."""
Line = Annotated[str, Meta(max_length=600)]


class NoticeKind(StrEnum):
    """What a notice is about."""

    SHUT_OUT = "shut-out"
    """A person may come in nowhere in this office any more (REQ-24)."""
    TRIES = "tries"
    """Many passwords that did not fit, at one workstation (REQ-26)."""
    TOOK = "took"
    """What somebody whose sign-in ended had taken along at one workstation (REQ-97)."""
    TOLD = "told"
    """The office has told CareKraft of an incident."""
    INCIDENT = "incident"
    """CareKraft tells the office of one on its side (REQ-104)."""
    TERMS = "terms"
    """A version of the terms or the privacy policy, with the day from which it counts."""


class Band(StrEnum):
    """How many people, in round numbers."""

    NONE = "none"
    FEW = "under-500"
    MANY = "500-or-more"


class TakenKind(StrEnum):
    """How something left the program."""

    PRINTED = "printed"
    EXPORTED = "exported"
    COPIED = "copied"


class Taken(Struct, frozen=True):
    """So often, and last on that day; nothing of what it was."""

    how: TakenKind
    count: Annotated[int, Meta(ge=1, le=100_000)]
    last: date


class Notice(Struct, frozen=True, omit_defaults=True):
    """One notice as it is in the feed."""

    id: Id
    kind: NoticeKind
    at: datetime
    device: Id | None = None
    """The workstation that it came from or is about."""
    person: Handle | None = None
    what: Code | None = None
    """For incidents: what went wrong."""
    day: date | None = None
    """For incidents: noticed on. For terms: counts from."""
    band: Band | None = None
    classes: list[Code] = []
    """For incidents: which classes of data."""
    version: ShortText | None = None
    title: ShortText | None = None
    lines: list[Line] = []
    """For terms: what is new, in plain sentences."""
    taken: list[Taken] = []
    """For what was taken along."""


class ShutOut(Struct, frozen=True):
    """The body of `bulletin.shut-out`."""

    person: Handle


class TookTold(Struct, frozen=True):
    """The body of `bulletin.took`."""

    person: Handle
    taken: Annotated[list[Taken], Meta(max_length=3)]


class TriesTold(Struct, frozen=True):
    """The body of `bulletin.tries`: where it happened is where it comes from."""


class IncidentTold(Struct, frozen=True, omit_defaults=True):
    """The body of `bulletin.told`."""

    what: Code
    day: date
    band: Band
    classes: list[Code] = []


def took_id(person: str, device: str) -> str:
    """The id under which a workstation tells it of a person: one word of each."""
    return f"took.{person[:16]}.{device}"
