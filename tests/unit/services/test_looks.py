"""Rows that were painted, in the journal: exactly these, found by their ids, no value in it."""

import pytest

from carekraft_desktop.services import find, looks
from carekraft_desktop.store import journal
from carekraft_desktop.store.journal import Sieve
from tests import samples
from tests.desks import Workstation, exchange, seat, template
from tests.fakes.gateway import FakeGateway

__all__ = ["exchange", "seat", "template"]


def entries(seat: Workstation, about: str = "") -> list[journal.Entry]:
    with seat.store.read() as unit:
        found = journal.page(unit, Sieve(about=about), most=100)
    return [entry for _, entry in found if entry.action == "rows.seen"]


@pytest.mark.req("REQ-12")
def test_every_row_is_in_the_journal_and_can_be_found_by_its_id(seat: Workstation) -> None:
    ids = [f"book-{n:03}" for n in range(120)]
    assert looks.seen(seat.desk, {"inbox": ids[:70], "day": ids[70:]}) == 120
    written = [id_ for entry in entries(seat) for id_ in entry.detail.split()]
    assert sorted(written) == ids
    assert all(len(entry.detail.split()) <= looks.AT_ONCE for entry in entries(seat))
    (one,) = entries(seat, about="book-033")
    assert one.object == "inbox"
    assert entries(seat, about="ook-033") == []


@pytest.mark.req("REQ-11")
def test_a_search_is_journalled_by_its_kind_never_by_what_was_typed(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(*samples.whole_office())
    seat.cycle()
    for typed in ("d", "de", "dem", "5550142", "03/12/1979"):
        find.find(seat.desk, typed)
    with seat.store.read() as unit:
        found = [e.detail for _, e in journal.page(unit, Sieve(subject=""), most=50)]
        lines = unit.rows("SELECT detail FROM journal WHERE action = 'search' ORDER BY n")
    assert [detail for (detail,) in lines] == ["words", "tail", "births"]
    assert not any("dem" in detail for detail in found)
