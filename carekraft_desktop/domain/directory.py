"""The providers who can be booked elsewhere, and how far away they are."""

import math

from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain import Moment
from carekraft_desktop.value import Value

EARTH_MILES = 3_958.8


class Entry(Value, frozen=True):
    """One provider at one place, as the directory has it."""

    npi: str
    location_id: str
    name: str
    groups: tuple[Specialty, ...]
    line: str
    city: str
    state: str
    zip5: str
    latitude: float
    longitude: float
    zone: str
    """IANA name of the place's time zone."""
    phone: str
    plans: tuple[str, ...]
    languages: tuple[str, ...]
    modes: tuple[str, ...]
    new_patients: bool
    wants_sex: bool

    @property
    def organisation(self) -> bool:
        """Whether a booking has to say which of several groups it is for."""
        return len(self.groups) > 1

    @property
    def key(self) -> tuple[str, str]:
        """What names it."""
        return self.npi, self.location_id


class Wanted(Value, frozen=True):
    """What somebody looks for."""

    group: Specialty | None = None
    allowed: frozenset[Specialty] = frozenset()
    """Groups that a permission names; empty where that is not asked."""
    named: frozenset[str] = frozenset()
    """Providers that a permission names, by number; they count as allowed."""
    words: str = ""
    """Parts of a name or a town; neither kept nor sent."""
    plan: str = ""
    language: str = ""
    new_patients: bool = False
    within: float = 0.0
    """Miles; 0 for any distance."""
    near: tuple[float, float] | None = None
    """Latitude and longitude from which distances are measured."""


class Found(Value, frozen=True):
    """A provider who fits."""

    entry: Entry
    miles: float | None
    """None where nothing is known to measure from."""


class Slot(Value, frozen=True):
    """A free time of a provider elsewhere."""

    id: str
    start: Moment
    end: Moment


class Times(Value, frozen=True):
    """The free times of a provider, as they were at a moment."""

    at: Moment
    slots: tuple[Slot, ...]


def miles(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two places given in degrees, along a great circle."""
    a, b = (math.radians(each) for each in one)
    c, d = (math.radians(each) for each in other)
    root = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_MILES * math.asin(min(1.0, math.sqrt(root)))
