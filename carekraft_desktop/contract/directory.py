"""The directory of providers who can be booked, their open times, and keeping one for a moment.

Everything in it is public; nothing about a patient goes in or comes out. The text that somebody
searches by stays at the desk: offices copy the directory and look things up in their copy.
"""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Raw, Struct

from carekraft_desktop.contract.fhir import Instant
from carekraft_desktop.contract.limits import ShortText
from carekraft_desktop.contract.opaque import tells_something
from carekraft_desktop.contract.referrals import Language, Mode, Npi, Opaque, PlanCode, Zip5
from carekraft_desktop.contract.specialties import Specialty

PAGE_ENTRIES = 2_000
"""Most entries of one page."""
MOST_TIMES = 200
MOST_DAYS = 60

Degrees = Annotated[float, Meta(ge=-180, le=180)]


class Entry(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One provider at one place."""

    npi: Npi
    location_id: Opaque
    seq: Annotated[int, Meta(ge=0, lt=2**53)]
    """Place of its last change in the directory."""
    gone: bool = False
    """No longer to be booked; the rest is then of no meaning."""
    name: ShortText = ""
    """Of the person, or of the organisation where times are not a person's."""
    groups: Annotated[list[Specialty], Meta(max_length=20)] = []
    """More than one for an organisation; a booking then says which."""
    line: ShortText = ""
    city: ShortText = ""
    state: Annotated[str, Meta(max_length=2)] = ""
    zip5: Zip5 = "00000"
    latitude: Degrees = 0.0
    longitude: Degrees = 0.0
    zone: Annotated[str, Meta(max_length=64)] = "UTC"
    """IANA name of the place's time zone."""
    phone: Annotated[str, Meta(max_length=16)] = ""
    plans: Annotated[list[PlanCode], Meta(max_length=50)] = []
    """Payers whose patients are seen."""
    languages: Annotated[list[Language], Meta(max_length=20)] = []
    modes: Annotated[list[Mode], Meta(max_length=3)] = []
    new_patients: bool = True
    wants_sex: bool = False
    """Cannot match a patient without the administrative sex."""


class DirectoryPage(Struct, frozen=True):
    """A stretch of the directory."""

    entries: list[Raw]
    """Each an `Entry`, still as bytes: one that cannot be read spoils no other."""
    place: Annotated[int, Meta(ge=0, lt=2**53)]
    """Where to go on."""
    more: bool
    at: datetime


class OpenTime(Struct, frozen=True):
    """One free slot."""

    slot_id: Opaque
    start: Instant
    end: Instant


class OpenTimes(Struct, frozen=True):
    """The free slots of a provider at a place, as of `at`."""

    npi: Npi
    location_id: Opaque
    at: Instant
    times: Annotated[list[Raw], Meta(max_length=MOST_TIMES)]
    """Each an `OpenTime`, still as bytes."""


class HoldRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Keep this slot for us while somebody looks at the preview; names no patient."""

    npi: Npi
    location_id: Opaque
    slot_id: Opaque

    def __post_init__(self) -> None:
        """Nothing can be said by naming a slot."""
        if tells_something(self.slot_id) or tells_something(self.location_id):
            reason = "an identifier that tells something"
            raise ValueError(reason)


class Held(Struct, frozen=True):
    """It is kept until then."""

    slot_id: Opaque
    until: Instant
