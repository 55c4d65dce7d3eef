"""Whether two records look like one person, with every point for and against it.

Nothing is ever joined by a rule: the points are for a person to judge. The same telephone and
birthday alone are no likeness; twins have both.
"""

from enum import StrEnum
from typing import NamedTuple

from carekraft_desktop.domain.finding import one_slip_apart, plain
from carekraft_desktop.domain.patients import Insurance, Patient


class Point(StrEnum):
    """One thing that was compared."""

    NAME = "name"
    NAME_ALIKE = "name-alike"
    BIRTH_DATE = "birth-date"
    PHONE = "phone"
    EMAIL = "email"
    MEMBER = "member"
    OTHER_BIRTH_DATE = "other-birth-date"
    OTHER_GENDER = "other-gender"
    OTHER_MEMBER = "other-member"


_FOR = frozenset({Point.BIRTH_DATE, Point.PHONE, Point.EMAIL, Point.MEMBER})
_AGAINST = frozenset({Point.OTHER_BIRTH_DATE})


class Record(NamedTuple):
    """One of the two."""

    patient: Patient
    insurance: Insurance | None


def compare(one: Record, other: Record) -> tuple[Point, ...]:
    """Every point; what one of them does not share is no point."""
    found: list[Point] = []
    names = _names(one.patient, other.patient)
    if names is not None:
        found.append(names)
    a, b = one.patient, other.patient
    found += _same(a.birth_date, b.birth_date, Point.BIRTH_DATE, Point.OTHER_BIRTH_DATE)
    found += _same(_digits(a.phone), _digits(b.phone), Point.PHONE)
    found += _same(a.email.casefold(), b.email.casefold(), Point.EMAIL)
    found += _same(_member(one), _member(other), Point.MEMBER, Point.OTHER_MEMBER)
    if a.gender and b.gender and a.gender != b.gender and "unknown" not in {a.gender, b.gender}:
        found.append(Point.OTHER_GENDER)
    return tuple(found)


def alike(points: tuple[Point, ...]) -> bool:
    """Whether it is worth a person's look: the names fit, something else does, nothing denies it."""
    named = bool({Point.NAME, Point.NAME_ALIKE} & set(points))
    return named and bool(_FOR & set(points)) and not _AGAINST & set(points)


def _same(one: str, other: str, point: Point, otherwise: Point | None = None) -> list[Point]:
    if not one or not other:
        return []
    if one == other:
        return [point]
    return [otherwise] if otherwise is not None else []


def _names(one: Patient, other: Patient) -> Point | None:
    a, b = (sorted(plain(p.name).replace("-", " ").split()) for p in (one, other))
    if a == b:
        return Point.NAME
    if set(a) <= set(b) or set(b) <= set(a):
        return Point.NAME_ALIKE
    if len(a) == len(b):
        apart = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        if len(apart) == 1 and one_slip_apart(*apart[0]):
            return Point.NAME_ALIKE
    return None


def _digits(phone: str) -> str:
    found = "".join(char for char in phone if char.isdecimal())
    return found[-10:] if len(found) >= 7 else ""


def _member(record: Record) -> str:
    return record.insurance.member_id.casefold() if record.insurance is not None else ""
