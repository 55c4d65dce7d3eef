"""Times are the office's, also over a change of the clocks."""

from datetime import UTC, date, datetime

import pytest

from carekraft_desktop.presenters.times import (
    OfficeTime,
    age_in_years,
    ago,
    long_day,
    short_day,
    written_date,
)

CHICAGO = OfficeTime.of("America/Chicago")


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def test_a_moment_reads_as_the_offices_wall_clock() -> None:
    assert CHICAGO.clock(moment("2026-11-24T15:46:00")) == "09:46"
    assert CHICAGO.day_and_clock(moment("2026-11-24T15:46:00")) == "Tue, Nov 24, 09:46"


@pytest.mark.parametrize(
    ("minute", "words"),
    [(0, "12:00 AM"), (9 * 60 + 5, "9:05 AM"), (720, "12:00 PM"), (1439, "11:59 PM")],
)
def test_twelve_hours_where_the_computer_is_set_so(minute: int, words: str) -> None:
    assert OfficeTime.of("America/Chicago", twelve=True).of_minute(minute) == words


def test_the_day_of_the_autumn_change_has_25_hours() -> None:
    first, last = CHICAGO.span(date(2026, 11, 1))
    assert last - first == 25 * 3600


def test_a_visit_of_the_next_day_lies_beyond_1440_minutes() -> None:
    assert CHICAGO.minute(moment("2026-11-25T07:00:00"), date(2026, 11, 24)) == 1440 + 60


def test_a_zone_nobody_knows_is_utc() -> None:
    assert OfficeTime.of("Atlantis/Capital").clock(moment("2026-11-24T15:46:00")) == "15:46"
    assert OfficeTime.of("../../etc").zone.key == "UTC"


def test_days_are_written_the_american_way() -> None:
    assert long_day(date(2026, 11, 26)) == "Thursday, November 26"
    assert short_day(date(2026, 11, 26)) == "Thu, Nov 26"


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("1979-03-12", "Mar 12, 1979"),
        ("1979-03", "March 1979"),
        ("1979", "1979"),
        ("1979-13-01", "1979-13-01"),
        ("spring", "spring"),
        ("", ""),
    ],
)
def test_a_birth_date_is_written_as_far_as_it_is_known(iso: str, words: str) -> None:
    assert written_date(iso) == words


def test_age_counts_full_years() -> None:
    assert age_in_years("1979-11-24", date(2026, 11, 23)) == 46
    assert age_in_years("1979-11-24", date(2026, 11, 24)) == 47
    assert age_in_years("1979", date(2026, 11, 24)) is None
    assert age_in_years("2030-01-01", date(2026, 11, 24)) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(20, "just now"), (720, "12 min"), (7300, "2 h"), (86400, "1 day"), (200_000, "2 days")],
)
def test_ages_are_short(seconds: int, words: str) -> None:
    assert ago(seconds) == words
