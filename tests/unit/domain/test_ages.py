"""Age gates, on and around birthdays."""

from datetime import date

import pytest

from carekraft_desktop.domain.ages import Gate, Held, gate, held_back, years


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


@pytest.mark.req("REQ-71", "REQ-74")
@pytest.mark.parametrize(
    ("born", "guardian", "why"),
    [
        ("2013-11-25", False, Held.CHILD),
        ("2013-11-24", False, Held.MINOR),  # thirteen today
        ("2008-11-25", False, Held.MINOR),
        ("2008-11-24", False, None),  # of age today
        ("2017-01-01", True, None),
        ("2010-01-01", True, None),
        ("", False, None),
        ("2013", False, None),
    ],
)
def test_nobody_under_18_is_shown_without_a_guardian(
    born: str, guardian: bool, why: Held | None
) -> None:
    assert held_back(born, date(2026, 11, 24), guardian=guardian) is why


@pytest.mark.req("REQ-72")
def test_whoever_was_born_on_a_leap_day_is_of_age_on_the_first_of_march() -> None:
    assert held_back("2008-02-29", date(2026, 2, 28), guardian=False) is Held.MINOR
    assert held_back("2008-02-29", date(2026, 3, 1), guardian=False) is None
