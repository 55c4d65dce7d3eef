"""By when who has to be told: tables, with both counts of five hundred and every edge of a year."""

from datetime import date, timedelta

import pytest

from carekraft_desktop.domain.breach_clocks import Addressee, Delay, Due, due, overdue, reached

SPRING = date(2026, 3, 10)
SIXTY = date(2026, 5, 9)


def days(found: tuple[Due, ...]) -> dict[tuple[str, str], date]:
    return {(each.who.value, each.state): each.by for each in found}


@pytest.mark.req("REQ-102")
@pytest.mark.parametrize(
    ("individuals", "residents", "expected"),
    [
        (0, {}, {}),
        (1, {"NY": 1}, {("individuals", ""): SIXTY, ("secretary", ""): date(2027, 3, 1)}),
        (499, {"NY": 499}, {("individuals", ""): SIXTY, ("secretary", ""): date(2027, 3, 1)}),
        (500, {"NY": 500}, {("individuals", ""): SIXTY, ("secretary", ""): SIXTY}),
        (501, {"NY": 500, "CO": 1}, {("individuals", ""): SIXTY, ("secretary", ""): SIXTY}),
        (
            501,
            {"NY": 501},
            {("individuals", ""): SIXTY, ("secretary", ""): SIXTY, ("media", "NY"): SIXTY},
        ),
        (
            1200,
            {"NY": 600, "CO": 600},
            {
                ("individuals", ""): SIXTY,
                ("secretary", ""): SIXTY,
                ("media", "CO"): SIXTY,
                ("media", "NY"): SIXTY,
            },
        ),
    ],
)
def test_the_two_counts_of_five_hundred_are_two_counts(
    individuals: int, residents: dict[str, int], expected: dict[tuple[str, str], date]
) -> None:
    assert days(due(SPRING, individuals, residents)) == expected


@pytest.mark.req("REQ-102")
@pytest.mark.parametrize(
    ("discovered", "by"),
    [
        (date(2026, 1, 1), date(2027, 3, 1)),
        (date(2026, 12, 31), date(2027, 3, 1)),
        (date(2027, 1, 1), date(2028, 2, 29)),
        (date(2027, 12, 31), date(2028, 2, 29)),
    ],
)
def test_fewer_than_five_hundred_are_told_of_with_the_others_of_the_year_of_discovery(
    discovered: date, by: date
) -> None:
    (one,) = [each for each in due(discovered, 3, {}) if each.who is Addressee.SECRETARY]
    assert (one.by, one.yearly) == (by, True)


@pytest.mark.req("REQ-102")
def test_a_state_whose_law_is_shorter_counts_only_where_somebody_lives_there() -> None:
    shorter = {"CO": 30, "TX": 45}
    first = due(SPRING, 2, {"CO": 1, "NY": 1}, shorter=shorter)[0]
    assert (first.who, first.state, first.by) == (
        Addressee.INDIVIDUALS,
        "CO",
        SPRING + timedelta(days=30),
    )
    assert due(SPRING, 2, {"NY": 2}, shorter=shorter)[0].by == SIXTY
    assert due(SPRING, 2, {"CO": 0, "NY": 2}, shorter=shorter)[0].by == SIXTY
    # A table that says more than sixty days changes nothing: the federal limit stands.
    assert due(SPRING, 2, {"NY": 2}, shorter={"NY": 90})[0].by == SIXTY


@pytest.mark.req("REQ-102")
@pytest.mark.parametrize(
    ("delay", "by", "delayed"),
    [
        (Delay(date(2026, 3, 12)), SIXTY, False),  # 30 days by word of mouth end before
        (Delay(date(2026, 4, 20)), date(2026, 5, 20), True),
        (Delay(date(2026, 3, 12), date(2026, 8, 1)), date(2026, 8, 1), True),
        (Delay(date(2026, 3, 12), date(2026, 4, 1)), SIXTY, False),
    ],
)
def test_law_enforcement_puts_off_what_falls_into_its_time(
    delay: Delay, by: date, delayed: bool
) -> None:
    (one,) = [
        each for each in due(SPRING, 2, {}, delays=[delay]) if each.who is Addressee.INDIVIDUALS
    ]
    assert (one.by, one.delayed) == (by, delayed)


@pytest.mark.req("REQ-102")
@pytest.mark.parametrize(
    ("passed", "day"),
    [(0, 0), (14, 0), (15, 15), (29, 15), (30, 30), (45, 45), (54, 45), (55, 55), (80, 55)],
)
def test_reminders_come_on_days_15_30_45_and_55(passed: int, day: int) -> None:
    assert reached(SPRING, SPRING + timedelta(days=passed)) == day


def test_the_last_day_is_still_in_time() -> None:
    (one,) = [each for each in due(SPRING, 1, {}) if each.who is Addressee.INDIVIDUALS]
    assert not overdue(one, SIXTY)
    assert overdue(one, SIXTY + timedelta(days=1))
