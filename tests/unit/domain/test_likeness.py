"""What makes two records alike, and what does not."""

import pytest

from carekraft_desktop.domain.likeness import Point, Record, alike, compare
from carekraft_desktop.domain.patients import Insurance, Patient


def record(
    name: str = "Elif Demir",
    *,
    born: str = "1979-03-12",
    phone: str = "312-555-0187",
    email: str = "",
    gender: str = "",
    member: str = "",
) -> Record:
    patient = Patient("p", 1, name, name, phone=phone, email=email, birth_date=born, gender=gender)
    return Record(patient, Insurance("Prairie", "Silver", member) if member else None)


@pytest.mark.parametrize(
    "other",
    [
        record("Demir Elif"),
        record("Elíf Demir", phone=""),
        record("Elif Demír", born=""),
        record("Elif Demri"),
        record("Elif Ayse Demir"),
        record(phone="+1 (312) 555 0187", born=""),
    ],
)
def test_the_same_person_written_otherwise_is_suggested(other: Record) -> None:
    assert alike(compare(record(), other))


@pytest.mark.parametrize(
    "other",
    [
        record("Deniz Demir"),
        record("Elif Demir", born="1980-03-12"),
        record("Elif Demir", born="", phone=""),
        record("Maria Keller", member="PM-1"),
    ],
)
def test_twins_namesakes_and_strangers_are_not(other: Record) -> None:
    assert not alike(compare(record(member="PM-1"), other))


def test_each_point_for_and_against_is_named() -> None:
    one = record(member="PM-1", email="Elif@example.com", gender="female")
    two = record(member="PM-2", email="elif@example.com", gender="male")
    assert compare(one, two) == (
        Point.NAME,
        Point.BIRTH_DATE,
        Point.PHONE,
        Point.EMAIL,
        Point.OTHER_MEMBER,
        Point.OTHER_GENDER,
    )
