"""What is due goes in a night, with a record; what is not due, or held, cannot go at all."""

import secrets
from datetime import timedelta

import pytest

from carekraft_desktop.domain.retention import DEFAULTS, Kept
from carekraft_desktop.errors import (
    Held,
    KeptLonger,
    NotPermitted,
    PasswordAgain,
    RequestUnclear,
    TableUnclear,
)
from carekraft_desktop.services import disposal, holds, journal, nightly, retention, visits
from carekraft_desktop.services.nightly import Job, Nightly
from carekraft_desktop.store import holds as held
from carekraft_desktop.store import journal as trail
from carekraft_desktop.store import paperwork
from carekraft_desktop.store.disposals import HELD
from carekraft_desktop.store.holds import Scope
from carekraft_desktop.store.journal import Entry
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.keeping import count, dispose, officer, patient, proof, unshare

YESTERDAY = samples.NOON - timedelta(days=1)


@pytest.fixture
def stocked(seat: Workstation, exchange: FakeGateway) -> Workstation:
    """Somebody who cancelled, somebody who was seen, both some days ago."""
    exchange.put(samples.office(), samples.provider())
    patient(exchange, 1, "cancelled", when=YESTERDAY)
    patient(exchange, 2, "fulfilled", when=YESTERDAY)
    seat.cycle()
    return seat


@pytest.mark.req("REQ-81", "REQ-82")
def test_each_record_goes_on_its_day_and_not_the_day_before(stocked: Workstation) -> None:
    stocked.clock.advance(days=88)  # the visit was for the 22nd of November
    assert dispose(stocked).disposed == 0
    assert count(stocked, "booking") == 2
    stocked.clock.advance(days=1)
    run = dispose(stocked)
    assert (run.disposed, run.on_day.isoformat()) == (2, "2027-02-20")
    assert count(stocked, "booking", "id = 'book-1'") == 0
    assert count(stocked, "patient", "id = 'pat-1'") == count(stocked, "search") - 1 == 0
    assert count(stocked, "consent") == count(stocked, "coverage") == 1
    assert count(stocked, "patient", "id = 'pat-2'") == 1


@pytest.mark.req("REQ-81")
def test_the_record_of_a_disposal_says_what_went_of_which_class_and_since_when(
    stocked: Workstation,
) -> None:
    stocked.clock.advance(days=100)
    run = dispose(stocked)
    with stocked.store.read() as unit:
        lines = unit.rows(
            """SELECT kind, id, class, start_day, due_on, outcome FROM disposal_line
            WHERE run_id = ? ORDER BY kind""",
            run.id,
        )
        noted = unit.rows("SELECT action, object FROM journal WHERE action LIKE '%dispos%'")
    assert lines == [
        ("booking", "book-1", "K1", "2026-11-22", "2027-02-20", "disposed"),
        ("patient", "pat-1", "K1", "2026-11-22", "2027-02-20", "disposed"),
    ]
    assert noted[0] == ("disposal.begin", run.id)
    assert ("patient.disposed", "pat-1") in noted


@pytest.mark.req("REQ-81")
def test_what_was_disposed_of_does_not_come_back_and_the_person_may(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    stocked.clock.advance(days=100)
    dispose(stocked)
    exchange.restore()
    for _ in range(4):
        stocked.cycle()
    assert count(stocked, "patient", "id = 'pat-1'") == 0
    assert count(stocked, "booking", "id = 'book-1'") == 0
    later = samples.NOON + timedelta(days=110)
    exchange.put(samples.booking("book-9", patient_id="pat-1", status="proposed", start=later))
    for _ in range(4):
        stocked.cycle()
    with stocked.store.read() as unit:
        names = unit.rows("SELECT name FROM calendar WHERE id = 'book-9'")
    assert names == [("Given1 Family1",)]
    assert count(stocked, "consent", "patient_id = 'pat-1'") == 1
    assert count(stocked, "booking", "id = 'book-1'") == 0


@pytest.mark.req("REQ-81")
def test_a_seen_patients_record_goes_whole_after_its_years(stocked: Workstation) -> None:
    stocked.clock.advance(days=10 * 365 + 1)
    dispose(stocked)
    assert count(stocked, "patient", "id = 'pat-2'") == 1
    stocked.clock.advance(days=3)
    dispose(stocked)
    assert count(stocked, "patient") == count(stocked, "booking") == count(stocked, "coverage") == 0
    assert count(stocked, "calendar") == count(stocked, "search") == 0


@pytest.mark.req("REQ-81")
def test_what_is_kept_apart_goes_on_its_day(stocked: Workstation, exchange: FakeGateway) -> None:
    unshare(exchange, 2)
    stocked.cycle()
    assert count(stocked, "kept") == 4
    stocked.clock.advance(days=10 * 365 + 1)
    dispose(stocked)
    assert count(stocked, "kept") == 4
    stocked.clock.advance(days=2)
    assert dispose(stocked).disposed >= 4
    assert count(stocked, "kept") == 0


@pytest.mark.req("REQ-82", "REQ-30")
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM kept",
        "DELETE FROM ledger",
        "DELETE FROM paper",
        "DELETE FROM erasure",
        "DELETE FROM journal",
        "DELETE FROM legal_hold",
        "DELETE FROM disposal_line",
        "UPDATE journal SET staff = ''",
    ],
)
def test_the_store_refuses_to_destroy_what_is_not_due(
    stocked: Workstation, exchange: FakeGateway, statement: str
) -> None:
    unshare(exchange, 2)
    stocked.cycle()
    desk = officer(stocked)
    holds.put(desk, holds.Wish(Scope.PATIENT, "M-1", "pat-9"), proof(desk))
    stocked.clock.advance(days=100)
    dispose(stocked)
    with stocked.store.write() as unit:
        unit.run("INSERT INTO ledger VALUES ('l', ?, 'p', 'r', 'w', 'b', '', '', '')", desk.now())
        for _ in range(2):
            unit.run(
                "INSERT INTO paper (kind, value, from_at, staff, at) VALUES ('k', 'v', ?, 's', ?)",
                desk.now(),
                desk.now(),
            )
    with pytest.raises(Exception, match=r"kept|append-only"), stocked.store.write() as unit:
        unit.run(statement)


@pytest.mark.req("REQ-30")
def test_paperwork_is_refused_with_a_code_for_six_years_and_goes_on_the_day(
    stocked: Workstation,
) -> None:
    desk = officer(stocked)
    with stocked.store.write() as unit:
        unit.run("INSERT INTO ledger VALUES ('l', ?, 'p', 'r', 'w', 'b', '', '', '')", desk.now())
    with pytest.raises(KeptLonger) as refused:
        retention.remove_paper(desk, "ledger", "l")
    assert (refused.value.code, refused.value.detail) == ("kept-longer", "K5")
    with stocked.store.read() as unit:
        life = paperwork.life(unit, "ledger", "l")
    assert life is not None
    assert (life.kept, life.due.isoformat()) == (Kept.PAPER, "2032-11-23")
    stocked.clock.advance(days=6 * 365 + 1)
    dispose(stocked)
    assert count(stocked, "ledger") == 1
    stocked.clock.advance(days=1)
    dispose(stocked)
    assert count(stocked, "ledger") == 0


@pytest.mark.req("REQ-30", "REQ-31")
def test_the_version_in_force_never_goes_and_an_old_one_counts_from_its_end(
    stocked: Workstation,
) -> None:
    desk = officer(stocked)

    def file(value: str) -> None:
        with stocked.store.write() as unit:
            unit.run(
                "INSERT INTO paper (kind, value, from_at, staff, at) VALUES ('k', ?, ?, 's', ?)",
                value,
                desk.now(),
                desk.now(),
            )

    file("first")
    stocked.clock.advance(days=3 * 365)
    file("second")
    stocked.clock.advance(days=5 * 365)
    dispose(stocked)
    assert count(stocked, "paper") == 2
    stocked.clock.advance(days=2 * 365)
    dispose(stocked)
    with stocked.store.read() as unit:
        assert unit.rows("SELECT value FROM paper") == [("second",)]
    stocked.clock.advance(days=20 * 365)
    dispose(stocked)
    assert count(stocked, "paper") == 1


# ------------------------------------------------------------------ holds


@pytest.mark.req("REQ-83")
@pytest.mark.parametrize(
    "wish",
    [
        holds.Wish(Scope.PATIENT, "M-1", "pat-1"),
        holds.Wish(Scope.DATES, "M-1", "", "2026-11-20", "2026-11-25"),
        holds.Wish(Scope.PERSON, "M-1", "prov-1"),
        holds.Wish(Scope.ALL, "M-1"),
    ],
)
def test_a_hold_beats_the_disposal_and_nothing_goes_in_the_run_of_its_release(
    stocked: Workstation, wish: holds.Wish
) -> None:
    desk = officer(stocked)
    hold = holds.put(desk, wish, proof(desk))
    stocked.clock.advance(days=100)
    run = dispose(stocked)
    assert (run.disposed, run.held) == (0, 2)
    with stocked.store.read() as unit:
        outcomes = unit.rows("SELECT DISTINCT outcome FROM disposal_line WHERE run_id = ?", run.id)
        assert held.on(unit, "pat-1")
        assert held.on_backups(unit)
    assert outcomes == [(HELD,)]
    with pytest.raises(Held), stocked.store.read() as unit:
        holds.require_free(unit, "pat-1")
    with pytest.raises(Held), stocked.store.read() as unit:
        holds.require_free(unit)
    holds.release(desk, hold.id, proof(desk))
    assert (dispose(stocked).disposed, count(stocked, "booking")) == (0, 2)
    stocked.clock.advance(days=1)
    assert (dispose(stocked).disposed, count(stocked, "booking")) == (2, 1)
    with stocked.store.read() as unit:
        holds.require_free(unit)


@pytest.mark.req("REQ-83")
def test_a_hold_on_a_colleague_covers_whom_they_had_to_do_with(stocked: Workstation) -> None:
    visits.card(stocked.desk, "book-1")
    desk = officer(stocked)
    holds.put(desk, holds.Wish(Scope.PERSON, "M-1", stocked.staff.id), proof(desk))
    with stocked.store.read() as unit:
        assert held.on(unit, "pat-1")
        assert not held.on(unit, "pat-2")


@pytest.mark.req("REQ-83", "REQ-19")
def test_only_the_officer_with_the_password_sets_and_releases_a_hold(
    stocked: Workstation,
) -> None:
    wish = holds.Wish(Scope.ALL, "M-1")
    with pytest.raises(NotPermitted):
        holds.put(stocked.desk, wish, None)
    desk = officer(stocked)
    with pytest.raises(PasswordAgain):
        holds.put(desk, wish, None)
    hold = holds.put(desk, wish, proof(desk))
    with pytest.raises(PasswordAgain):
        holds.release(desk, hold.id, None)
    with pytest.raises(NotPermitted):
        disposal.now(stocked.desk, None)
    with pytest.raises(PasswordAgain):
        disposal.now(desk, None)
    for wrong in (
        holds.Wish(Scope.ALL, ""),
        holds.Wish(Scope.ALL, "Smith against us"),
        holds.Wish(Scope.PATIENT, "M-1"),
        holds.Wish(Scope.DATES, "M-1", "", "2026-11-25", "2026-11-20"),
        holds.Wish(Scope.DATES, "M-1", "", "soon", "later"),
    ):
        with pytest.raises(RequestUnclear):
            holds.put(desk, wrong, proof(desk))


# ------------------------------------------------------------------ the table


@pytest.mark.req("REQ-81", "REQ-19")
def test_another_table_dates_everything_anew(stocked: Workstation, exchange: FakeGateway) -> None:
    unshare(exchange, 2)
    stocked.cycle()
    desk = officer(stocked)
    assert retention.overview(desk).confirmed is None
    longer = replace(DEFAULTS, seen_years=12, state="il")
    with pytest.raises(PasswordAgain):
        retention.confirm(desk, longer, None)
    assert not retention.confirm(desk, longer, proof(desk))
    found = retention.overview(desk)
    assert found.restricted[0].due_on.isoformat() == "2038-11-22"
    assert found.confirmed is not None
    assert (found.table.state, found.confirmed.staff) == ("IL", "staff-9")
    assert retention.confirm(desk, replace(DEFAULTS, seen_years=5), proof(desk))
    assert retention.overview(desk).restricted[0].due_on.isoformat() == "2031-11-22"
    with pytest.raises(TableUnclear):
        retention.confirm(desk, replace(DEFAULTS, seen_years=0), proof(desk))
    with pytest.raises(NotPermitted):
        retention.confirm(stocked.desk, DEFAULTS, None)


@pytest.mark.req("REQ-81")
def test_every_record_has_a_class_a_clock_and_a_day(stocked: Workstation) -> None:
    desk = officer(stocked)
    found = retention.standing(desk, "pat-2")
    assert {(each.kind, each.kept, each.due.isoformat()) for each in found} == {
        (kind, Kept.SEEN, "2036-11-22") for kind in ("patient", "consent", "coverage", "booking")
    }
    found = retention.standing(desk, "pat-1")
    assert {each.kept for each in found} == {Kept.NEVER_CAME}


# ------------------------------------------------------------------ the night


@pytest.mark.req("REQ-81")
def test_the_nights_work_is_done_once_a_day_and_at_the_next_unlock(stocked: Workstation) -> None:
    done: list[str] = []
    night = Nightly(stocked.desk, [Job("count", lambda _: done.append("x"), when_heard=False)])
    night.turn()
    night.turn()
    assert done == ["x"]
    # Another process of the same day knows that it was done.
    Nightly(stocked.desk, [Job("count", lambda _: done.append("x"), when_heard=False)]).turn()
    assert done == ["x"]
    stocked.clock.advance(days=3)
    night.turn()
    assert done == ["x", "x"]


def test_the_nights_work_waits_until_the_exchange_was_heard(stocked: Workstation) -> None:
    done: list[str] = []
    stocked.clock.advance(days=2)
    night = Nightly(stocked.desk, [Job("count", lambda _: done.append("x"))])
    night.turn()
    assert done == []
    stocked.cycle()
    night.turn()
    assert done == ["x"]


@pytest.mark.logs
def test_work_that_fails_is_tried_again_after_an_hour(stocked: Workstation) -> None:
    tried: list[str] = []

    def fail(_: object) -> None:
        tried.append("x")
        raise Held

    night = Nightly(stocked.desk, [Job("count", fail, when_heard=False)])
    night.turn()
    night.turn()
    assert len(tried) == 1
    stocked.clock.advance(minutes=61)
    night.turn()
    assert len(tried) == 2


def test_the_programs_own_work_disposes_without_a_person(stocked: Workstation) -> None:
    stocked.clock.advance(days=100)
    stocked.cycle()
    Nightly(stocked.desk, nightly.JOBS).turn()
    assert count(stocked, "booking", "id = 'book-1'") == 0


# ------------------------------------------------------------------ the journal


@pytest.mark.req("REQ-32", "REQ-14")
def test_old_entries_are_packed_stay_provable_and_go_after_six_years(
    stocked: Workstation,
) -> None:
    desk = officer(stocked)
    _fill(stocked, 1_200)
    stocked.clock.advance(days=2 * 365 + 1)
    dispose(stocked)
    assert count(stocked, "journal_segment", "packed IS NOT NULL") == 1
    assert count(stocked, "journal") < 100
    assert journal.proof(desk).first_wrong is None
    with stocked.store.read() as unit:
        entries = trail.after(unit, 0, most=5_000)
    assert [n for n, _ in entries[:3]] == [1, 2, 3]
    stocked.clock.advance(days=4 * 365 + 1)
    dispose(stocked)
    assert count(stocked, "journal_segment", "packed IS NULL") == 1
    assert journal.proof(desk).first_wrong is None
    with pytest.raises(Exception, match="append-only"), stocked.store.write() as unit:
        unit.run("DELETE FROM journal_segment")


@pytest.mark.req("REQ-32", "REQ-14")
@pytest.mark.parametrize(
    ("harm", "wrong"),
    [
        ("UPDATE journal_segment SET packed = x'00'", 1),
        ("UPDATE journal_segment SET last = last + 1", 1),
        ("UPDATE journal_segment SET until_at = until_at - 1", 1),
        ("UPDATE journal_segment SET after = before", 1),
        ("DELETE FROM journal_segment", 1),
    ],
)
def test_a_segment_that_was_touched_is_found(stocked: Workstation, harm: str, wrong: int) -> None:
    desk = officer(stocked)
    _fill(stocked, 1_200)
    stocked.clock.advance(days=2 * 365 + 1)
    dispose(stocked)
    with stocked.store.write() as unit:
        for name in ("journal_segment_emptied", "journal_segment_stays"):
            unit.run(f"DROP TRIGGER {name}")
        unit.run(harm)
    assert journal.proof(desk).first_wrong == wrong


def test_a_hold_keeps_the_journal_longer(stocked: Workstation) -> None:
    desk = officer(stocked)
    _fill(stocked, 1_200)
    stocked.clock.advance(days=2 * 365 + 1)
    dispose(stocked)
    holds.put(desk, holds.Wish(Scope.PATIENT, "M-1", "pat-2"), proof(desk))
    stocked.clock.advance(days=5 * 365)
    dispose(stocked)
    assert count(stocked, "journal_segment", "packed IS NOT NULL") >= 1


def test_what_could_not_be_read_goes_after_a_week_and_is_asked_for_by_the_next_version(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.booking("book-5", patient_id="pat-1", status="unheard-of"))
    stocked.cycle()
    assert count(stocked, "quarantine") == 1
    stocked.clock.advance(days=6)
    dispose(stocked)
    assert count(stocked, "quarantine") == 1
    stocked.clock.advance(days=2)
    dispose(stocked)
    assert count(stocked, "quarantine") == 0
    exchange.put(samples.booking("book-5", patient_id="pat-1", status="booked", v=1))
    with stocked.store.write() as unit:
        unit.run("UPDATE meta SET value = '0.0.0' WHERE name = 'left-out'")
    stocked.close()
    stocked.open()
    for _ in range(3):
        stocked.cycle()
    assert count(stocked, "booking", "id = 'book-5'") == 1


def _fill(seat: Workstation, entries: int) -> None:
    desk = officer(seat)
    with seat.store.write() as unit:
        for _ in range(entries):
            entry = Entry(desk.now(), "staff-1", "ws-0", "visit.open", secrets.token_hex(4))
            desk.journal.append(unit, entry)
