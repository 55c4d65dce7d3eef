"""How long each thing is kept, day by day."""

from datetime import date

import pytest

from carekraft_desktop.domain.codes import Status
from carekraft_desktop.domain.retention import (
    DEFAULTS,
    LEAST,
    Kept,
    Life,
    Outcome,
    Part,
    Table,
    draft,
    happened,
    lawful,
    never_came,
    outcome,
    paper,
    referral,
    seen,
    shortens,
)
from carekraft_desktop.value import replace

TODAY = date(2026, 11, 23)


@pytest.mark.req("REQ-81")
@pytest.mark.parametrize(
    ("last_visit", "birth", "guardian", "due"),
    [
        ("2026-11-23", "1979-03-12", False, "2036-11-23"),
        ("2026-11-23", "", False, "2036-11-23"),
        # A child: eighteen on 2038-03-12, and seven years more.
        ("2026-11-23", "2020-03-12", True, "2045-03-12"),
        # Seventeen at the last visit: 18 + 7 is 2034, the ten years are later.
        ("2026-11-23", "2009-03-12", True, "2036-11-23"),
        # Of age on the very day of the visit: no child any more.
        ("2026-11-23", "2008-11-23", True, "2036-11-23"),
        ("2026-11-23", "2008-11-24", True, "2036-11-23"),
        # The day before the tenth birthday of the visit: the later of both.
        ("2026-11-23", "2015-06-01", True, "2040-06-01"),
        # Only a year, or a year and month, is known: the latest day it may mean.
        ("2026-11-23", "2020", True, "2045-12-31"),
        ("2026-11-23", "2020-02", True, "2045-03-01"),
        # A guardian and no birth date: as young as can be.
        ("2026-11-23", "", True, "2051-11-23"),
        ("2024-02-29", "1979-03-12", False, "2034-03-01"),
        # Born on a 29th of February: of age on the 1st of March.
        ("2026-11-23", "2024-02-29", True, "2049-03-01"),
        ("2026-11-23", "not a date", False, "2036-11-23"),
    ],
)
def test_a_seen_patients_record_is_due_on_its_day(
    last_visit: str, birth: str, guardian: bool, due: str
) -> None:
    life = seen(date.fromisoformat(last_visit), birth, DEFAULTS, guardian=guardian)
    assert life == Life(Kept.SEEN, date.fromisoformat(last_visit), date.fromisoformat(due))


@pytest.mark.req("REQ-81")
def test_the_other_classes_have_their_own_clocks() -> None:
    of_seen = seen(TODAY, "1979-03-12", DEFAULTS)
    assert never_came(TODAY, DEFAULTS).due == date(2027, 2, 21)
    assert referral(TODAY, None, DEFAULTS).due == date(2027, 11, 23)
    assert referral(TODAY, of_seen, DEFAULTS).due == of_seen.due
    assert draft(TODAY, DEFAULTS).due == date(2026, 11, 30)


@pytest.mark.req("REQ-30")
def test_paperwork_counts_from_when_it_was_made_or_last_in_force_whichever_is_later() -> None:
    assert paper(TODAY).due == date(2032, 11, 23)
    assert paper(TODAY, date(2029, 1, 5)).due == date(2035, 1, 5)
    assert paper(TODAY, date(2020, 1, 5)).due == date(2032, 11, 23)
    assert paper(date(2024, 2, 29)).due == date(2030, 3, 1)


@pytest.mark.parametrize(
    ("status", "over", "came"),
    [
        (Status.ARRIVED, False, True),
        (Status.COMPLETED, True, True),
        (Status.CONFIRMED, False, False),
        (Status.CONFIRMED, True, True),
        (Status.NO_SHOW, True, False),
        (Status.CANCELLED, True, False),
        (Status.REQUESTED, True, False),
        (Status.OFFERED, True, False),
    ],
)
def test_a_visit_counts_as_one_unless_somebody_said_that_nobody_came(
    status: Status, over: bool, came: bool
) -> None:
    assert happened(status, over=over) is came


def test_only_a_smaller_number_shortens() -> None:
    assert not shortens(DEFAULTS, replace(DEFAULTS, seen_years=12))
    assert not shortens(DEFAULTS, replace(DEFAULTS, state="IL"))
    assert shortens(DEFAULTS, replace(DEFAULTS, seen_years=12, never_came_days=60))


@pytest.mark.parametrize(
    "table",
    [
        replace(DEFAULTS, seen_years=0),
        replace(DEFAULTS, draft_days=8),
        replace(DEFAULTS, never_came_days=5_000),
        replace(DEFAULTS, state="Illinois"),
        replace(DEFAULTS, state="1L"),
    ],
)
def test_a_number_out_of_bounds_is_refused(table: Table) -> None:
    assert not lawful(table)
    assert lawful(DEFAULTS)
    assert lawful(LEAST)


SEEN = Part("a", seen(TODAY, "1979-03-12", DEFAULTS))
LONG_AGO = Part("b", seen(date(2016, 11, 23), "1979-03-12", DEFAULTS))
NEVER = Part("c", never_came(TODAY, DEFAULTS))
SENT = Part("d", referral(TODAY, None, DEFAULTS))


@pytest.mark.req("REQ-84")
@pytest.mark.parametrize(
    ("parts", "held", "became"),
    [
        ([], False, Outcome.SHRED),
        ([NEVER], False, Outcome.SHRED),
        ([LONG_AGO], False, Outcome.SHRED),
        ([SEEN], False, Outcome.RESTRICT),
        ([SEEN, NEVER], False, Outcome.PARTIAL),
        ([NEVER, SENT], False, Outcome.PARTIAL),
        ([SEEN, SENT], False, Outcome.RESTRICT),
        ([NEVER], True, Outcome.RESTRICT),
        ([], True, Outcome.RESTRICT),
    ],
)
def test_a_withdrawal_ends_as_the_rule_says(parts: list[Part], held: bool, became: Outcome) -> None:
    assert outcome(parts, TODAY, held=held) is became
