"""Age gates, on and around birthdays."""

from datetime import date

import pytest

from carekraft_desktop.domain.ages import Gate, gate, held_back, years


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        ("2008-11-24", date(2026, 11, 23), 17),
        ("2008-11-24", date(2026, 11, 24), 18),
        ("2008-11-24", date(2026, 11, 25), 18),
        ("2008-02-29", date(2026, 2, 28), 17),
        ("2008-02-29", date(2026, 3, 1), 18),
        ("2008-02-29", date(2028, 2, 29), 20),
        ("2027-01-01", date(2026, 1, 1), None),
        ("2008", date(2026, 1, 1), None),
        ("", date(2026, 1, 1), None),
    ],
)
def test_years_are_full_ones(born: str, today: date, age: int | None) -> None:
    assert years(born, today) == age


@pytest.mark.parametrize(
    ("born", "guardian", "by_guardian", "stands"),
    [
        ("2017-06-02", True, True, Gate.MINOR),
        ("2017-06-02", False, False, Gate.NO_GUARDIAN),
        ("2008-11-25", True, True, Gate.MINOR),
        ("2008-11-24", True, True, Gate.AGED_OUT),
        ("2008-11-24", False, False, Gate.NONE),
        ("1979-03-12", False, False, Gate.NONE),
        ("", False, True, Gate.NONE),
    ],
)
def test_who_decides_changes_with_the_eighteenth_birthday(
    born: str, guardian: bool, by_guardian: bool, stands: Gate
) -> None:
    found = gate(born, date(2026, 11, 24), guardian=guardian, by_guardian=by_guardian)
    assert found is stands


def test_a_childs_contact_without_a_guardian_is_held_back() -> None:
    on = date(2026, 11, 24)
    assert held_back("2013-11-25", on, guardian=False, reachable=True)
    assert not held_back("2013-11-24", on, guardian=False, reachable=True)
    assert not held_back("2017-01-01", on, guardian=True, reachable=True)
    assert not held_back("2017-01-01", on, guardian=False, reachable=False)
