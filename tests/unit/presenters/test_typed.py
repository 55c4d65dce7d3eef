"""Days and times as people type them."""

from datetime import date

import pytest

from carekraft_desktop.presenters.typed import day_of, moment_of, time_of

TODAY = date(2026, 11, 24)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2026-11-24"),
        (" Tomorrow ", "2026-11-25"),
        ("yesterday", "2026-11-23"),
        ("dec 3", "2026-12-03"),
        ("Dec. 3rd", "2026-12-03"),
        ("3 december", "2026-12-03"),
        ("december 3, 2027", "2027-12-03"),
        ("12/3", "2026-12-03"),
        ("12/3/27", "2027-12-03"),
        ("2026-12-01", "2026-12-01"),
        ("+2w", "2026-12-08"),
        ("-3 days", "2026-11-21"),
        ("+3m", "2027-02-24"),
        ("fri", "2026-11-27"),
        ("tuesday", "2026-12-01"),
        ("next fri", "2026-12-04"),
        ("11/3", "2026-11-03"),
        ("1/5", "2027-01-05"),
        ("6/1", "2027-06-01"),
        ("2/29", "2028-02-29"),
    ],
)
def test_a_day_is_understood(typed: str, day: str) -> None:
    assert day_of(typed, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "typed",
    ["", "may", "ma 3", "dec 32", "13/40", "12/3/026", "soon", "+99999d w", "-9999m", "2/30"],
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert day_of(typed, TODAY) is None


def test_a_month_ends_where_it_ends() -> None:
    assert day_of("+1m", date(2027, 1, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("typed", "minute"),
    [("14:30", 870), ("9", 540), ("9.15", 555), ("2:30 pm", 870), ("2p", 840), ("12 am", 0)],
)
def test_a_time_is_understood(typed: str, minute: int) -> None:
    assert time_of(typed) == minute


@pytest.mark.parametrize("typed", ["", "25:00", "14:75", "13 pm", "0 am", "noon"])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert time_of(typed) is None


@pytest.mark.parametrize(
    ("typed", "day", "minute"),
    [
        ("dec 3 14:30", "2026-12-03", 870),
        ("tomorrow 9", "2026-11-25", 540),
        ("10:15 am", "2026-11-30", 615),
        ("fri 2 pm", "2026-11-27", 840),
    ],
)
def test_a_day_and_a_time(typed: str, day: str, minute: int) -> None:
    found = moment_of(typed, TODAY, date(2026, 11, 30))
    assert found == (date.fromisoformat(day), minute)


@pytest.mark.parametrize("typed", ["", "dec 3", "someday 14:30", "14:30 tomorrow"])
def test_a_time_is_missing(typed: str) -> None:
    assert moment_of(typed, TODAY, TODAY) is None
