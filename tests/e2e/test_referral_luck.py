"""Bad luck with referrals: no booking twice, none lost, and the desk is told what is true."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select, update

from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.referrals import DRAFT_DAYS, Folder, Stage, folder
from carekraft_desktop.errors import ExchangeError, Offline
from carekraft_desktop.hub import feed, tables
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.sandbox.faults import Fault, FaultKind
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.services import directory, referrals
from carekraft_desktop.store import facts
from carekraft_desktop.store.facts import Fact
from tests.e2e.seats import Seat as ProgramSeat
from tests.hub_fixture import Hub, hub
from tests.referring import Referring, Seat, referring, template

__all__ = ["hub", "referring", "template"]


def made_there(referring: Referring) -> int:
    """How many referrals the exchange has."""
    table = tables.referral
    count = referring.hub.read(lambda c: c.scalar(select(func.count()).select_from(table)))
    return int(count or 0)


def held(seat: Seat) -> str:
    """A draft that was looked at, its slot kept."""
    patient_id, entry = seat.whole()
    draft = seat.draft(patient_id, entry)
    slot = seat.look(draft).work.slot_id
    directory.hold(seat.desk, seat.directory, entry.npi, entry.location_id, slot)
    message = referrals.preview(seat.desk, draft)
    referrals.send(seat.desk, draft, message.digest)
    return draft


@pytest.mark.parametrize("kind", FaultKind)
def test_the_network_breaks_between_hold_and_book(referring: Referring, kind: FaultKind) -> None:
    ours = referring.ours
    draft = held(ours)
    referring.hub.sandbox.faults.order(Fault(kind=kind, path="/commands", times=1, seconds=0.1))
    referring.clock.advance(seconds=10)
    ours.cycle()
    if kind is not FaultKind.SLOW:
        assert ours.look(draft).stage is Stage.SAVED  # never called booked
        assert ours.look(draft).delivery in {Delivery.UNKNOWN, Delivery.WAITING}
    referring.clock.advance(seconds=60)
    ours.settle()
    assert ours.look(draft).stage is Stage.PROPOSED
    assert made_there(referring) == 1
    assert len(referring.letters(ours.look(draft).work.patient_id)) == 1


def test_an_answer_that_was_lost_is_asked_for_again_after_days(referring: Referring) -> None:
    ours = referring.ours
    draft = held(ours)
    referring.hub.sandbox.faults.order(Fault(kind=FaultKind.CUT_AFTER, path="/commands"))
    referring.clock.advance(seconds=10)
    ours.cycle()
    referring.clock.advance(days=3)
    ours.settle()
    assert ours.look(draft).stage is Stage.PROPOSED
    assert made_there(referring) == 1
    assert folder(ours.look(draft), ours.desk.now()) is Folder.ATTENTION  # overdue by now


def test_a_request_that_waited_too_long_for_the_network_is_not_sent_late(
    referring: Referring,
) -> None:
    ours = referring.ours
    draft = held(ours)
    start = ours.look(draft).work.start
    referring.clock.advance(seconds=start - ours.desk.now() + 60)
    ours.settle()
    assert ours.look(draft).stage is Stage.REFUSED
    assert ours.look(draft).delivery is Delivery.EXPIRED
    assert made_there(referring) == 0


@pytest.mark.parametrize("status", ["FULFILLED", "ARRIVED", "NOSHOW", "WHATEVER", "booked"])
def test_a_status_that_does_not_exist_is_kept_aside_and_shown_nowhere(
    referring: Referring, status: str
) -> None:
    ours = referring.ours
    draft = held(ours)
    ours.settle()

    def work(connection: Any) -> None:
        row = feed.one(connection, OFFICE_ID, "referral", draft)
        assert row is not None
        body = msgspec.json.decode(row["body"]) | {"status": status, "note": "came in late"}
        change = Change(kind="referral", id=draft, body=msgspec.json.encode(body).decode())
        feed.write(connection, OFFICE_ID, [change], referring.hub.now())

    referring.hub.write(work)
    cycle = ours.settle()
    assert ours.look(draft).stage is Stage.PROPOSED
    assert cycle.state.quarantined == 1


def test_the_same_answer_twice_and_an_old_one_late_change_nothing(referring: Referring) -> None:
    ours = referring.ours
    draft = held(ours)
    ours.settle()
    old = referring.hub.read(lambda c: feed.one(c, OFFICE_ID, "referral", draft))
    referring.answer(draft, "accept")
    ours.settle()
    before = ours.look(draft)
    assert before.stage is Stage.BOOKED
    assert old is not None
    item = tables.item
    # The exchange's disk hiccups: an old body comes under a place that is new.
    referring.hub.write(
        lambda c: c.execute(
            update(item)
            .where(item.c.office_id == OFFICE_ID, item.c.id == draft, item.c.kind == "referral")
            .values(v=old["v"], body=old["body"], seq=item.c.seq + 10_000)
        )
    )
    referring.hub.write(
        lambda c: c.execute(
            update(tables.feed)
            .where(tables.feed.c.office_id == OFFICE_ID)
            .values(last_seq=tables.feed.c.last_seq + 20_000)
        )
    )
    ours.settle()
    assert ours.look(draft) == before


def test_without_a_network_times_are_the_old_ones_with_their_age(referring: Referring) -> None:
    ours = referring.ours
    entry = ours.entry(wants_sex=False)
    referring.hub.sandbox.faults.order(Fault(kind=FaultKind.CUT_BEFORE, path="/directory", times=9))
    referring.clock.advance(seconds=3_600)
    with pytest.raises(ExchangeError):
        directory.look_up_times(ours.desk, ours.directory, entry.npi, entry.location_id)
    known = directory.times_known(ours.desk, entry.npi, entry.location_id)
    assert known is not None
    assert ours.desk.now() - known.at >= 3_600


def test_a_directory_that_breaks_off_goes_on_where_it_was(referring: Referring) -> None:
    ours = referring.ours
    ours.set_fact(Fact.DIRECTORY_PLACE, "20")
    ours.set_fact(Fact.DIRECTORY_AT, "")
    with ours.store.write() as unit:
        unit.run("DELETE FROM directory")
    referring.hub.sandbox.faults.order(Fault(kind=FaultKind.CUT_MIDWAY, path="/providers"))
    with pytest.raises(ExchangeError):
        directory.refresh(ours.desk, ours.directory)
    assert directory.is_old(ours.desk)
    assert directory.refresh(ours.desk, ours.directory) == 42 - 20
    assert not directory.is_old(ours.desk)


def test_a_locked_office_asks_nothing_more(referring: Referring) -> None:
    ours = referring.ours
    entry = ours.entry(wants_sex=False)
    ours.directory.close()
    with pytest.raises(Offline):
        directory.look_up_times(ours.desk, ours.directory, entry.npi, entry.location_id)


def test_what_ended_while_the_office_was_locked_is_gone_before_anything_is_shown(
    hub: Hub, tmp_path: Path
) -> None:
    seat = ProgramSeat(hub, tmp_path / "seat")
    try:
        seat.settle()
        desk = seat.opened.desk
        with desk.store.write() as unit:
            facts.put(unit, Fact.AGREEMENT, "recorded")
            patients = unit.rows(
                """SELECT p.id FROM patient p JOIN consent c ON c.patient_id = p.id
                WHERE length(birth_date) = 10 AND birth_date < '2000' AND c.demographic = 'shared'"""
            )
        patient_id = str(patients[0][0])
        hub.play("patient/permit", patient=patient_id, specialties=["CKS-05"])
        seat.settle()
        draft = referrals.begin(seat.opened.desk, patient_id)
        seat.program.lock()
        seat.clock.advance(days=DRAFT_DAYS + 1)
        seat.restart()
        board = referrals.board(seat.opened.desk)
        assert board.sent == ()
        with seat.opened.desk.store.read() as unit:
            noted = unit.rows("SELECT action FROM journal WHERE object = ?", draft)
        assert noted[-1] == ("referral.expired",)
    finally:
        seat.program.release()
