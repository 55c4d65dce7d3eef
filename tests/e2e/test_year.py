"""A year in minutes: what an office lives through, and what holds on every day of it.

Nothing withdrawn is visible, nothing held is destroyed, nothing due is kept after a night, nothing
goes without a record, every disclosure is in the accounting, and the journal's chain is whole.
"""

from random import Random

import pytest

from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.keeping import count
from tests.year import STEPS, Office, live, lose_the_exchange, unshare


@pytest.mark.slow
@pytest.mark.req("REQ-81", "REQ-82", "REQ-83", "REQ-84", "REQ-87", "REQ-39", "REQ-14")
def test_an_office_lives_through_a_year(seat: Workstation, exchange: FakeGateway) -> None:
    office = Office(seat, exchange, Random(2026))
    live(office, 400, each_day=1, check_every=40, steps=STEPS)
    assert all(office.done[act.__name__] for _, act in STEPS), office.done
    assert count(seat, "disposal_line", "class = 'K2'") > 0
    assert count(seat, "disposal_line", "class = 'K1'") > 0
    assert count(seat, "disposal_line", "outcome = 'HELD'") > 0
    assert count(seat, "kept") > 0


@pytest.mark.req("REQ-83", "REQ-84", "REQ-87")
@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_events_keeps_what_must_hold(
    seat: Workstation, exchange: FakeGateway, seed: int
) -> None:
    office = Office(seat, exchange, Random(seed))
    hard = [*STEPS, (12, unshare), (2, lose_the_exchange)]
    live(office, 45, each_day=2, check_every=3, steps=hard)
