"""Emergencies, confirmations, PINs and the access review over a real store."""

import pytest

from carekraft_desktop.domain.attesting import YEAR, Subject
from carekraft_desktop.domain.emergencies import WINDOW, Reason
from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.domain.staff import UNATTENDED, Right, Role, Staff
from carekraft_desktop.errors import (
    NoLongerThere,
    NotAttested,
    NotPermitted,
    PasswordAgain,
    WeakPin,
)
from carekraft_desktop.security import pins as rules
from carekraft_desktop.services import (
    alerts,
    attesting,
    emergency,
    handover,
    paper,
    papers,
    pins,
    visits,
)
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import journal
from carekraft_desktop.store.journal import Sieve
from carekraft_desktop.store.register import Paper
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import ROSA, Workstation
from tests.fakes.gateway import FakeGateway

ADA = Staff("staff-9", "a.osei", "Ada Osei", frozenset({Role.PRIVACY_OFFICER}))


@pytest.fixture
def day(seat: Workstation, exchange: FakeGateway) -> Workstation:
    """A front desk with bookings."""
    exchange.put(*samples.whole_office())
    seat.cycle()
    return seat


def typed(desk: Desk) -> StepUp:
    """The password was typed just now."""
    return StepUp(desk.staff, desk.now(), desk.clock.monotonic())


def denied(seat: Workstation) -> list[str]:
    with seat.store.read() as unit:
        return [e.action for _, e in journal.page(unit, Sieve(refused=True), most=20)]


@pytest.mark.req("REQ-21")
def test_req_21_in_an_emergency_everything_is_seen_and_nothing_done_for_an_hour(
    day: Workstation,
) -> None:
    desk = day.desk
    with pytest.raises(NotPermitted):
        visits.reveal(desk, "book-1", DataClass.MEDICAL)
    broken = emergency.begin(desk, Reason.PATIENT_IN_DANGER, typed(desk))
    visits.reveal(broken, "book-1", DataClass.MEDICAL)
    for refused in (
        lambda: visits.accept(broken, "book-1"),
        lambda: handover.copy(broken, "book-1"),
        lambda: paper.day(broken, 0, desk.now(), "a day"),
        lambda: emergency.begin(broken, Reason.DISASTER, typed(desk)),
    ):
        with pytest.raises(NotPermitted):
            refused()
    day.clock.advance(seconds=WINDOW)
    with pytest.raises(NotPermitted):
        visits.reveal(broken, "book-1", DataClass.MEDICAL)
    assert emergency.end(broken).staff == desk.staff


@pytest.mark.req("REQ-21", "REQ-19")
def test_req_21_breaking_the_glass_needs_a_role_and_the_password(day: Workstation) -> None:
    with pytest.raises(PasswordAgain):
        emergency.begin(day.desk, Reason.DISASTER, None)
    author = replace(day.desk, staff=replace(ROSA, roles=frozenset({Role.REPLY_AUTHOR})))
    with pytest.raises(NotPermitted):
        emergency.begin(author, Reason.DISASTER, typed(author))
    assert denied(day) == ["emergency.begin", "emergency.begin"]


@pytest.mark.req("REQ-21")
def test_req_21_an_emergency_stays_open_until_another_officer_has_signed_it(
    day: Workstation,
) -> None:
    both = Staff("staff-8", "b.ruiz", "Ben Ruiz", ADA.roles | {Role.FRONT_DESK})
    mine = replace(day.desk, staff=both, team=(both, ADA))
    broken = emergency.begin(mine, Reason.CALL_FROM_HOSPITAL, typed(mine))
    visits.reveal(broken, "book-1", DataClass.CONTACT)
    emergency.end(broken)
    officer = replace(day.desk, staff=ADA, team=(both, ADA))
    (waits,) = emergency.unsigned(officer)
    assert (waits.staff, waits.reason, waits.looks) == (
        "staff-8",
        Reason.CALL_FROM_HOSPITAL,
        1,
    )
    assert (emergency.count_unsigned(officer), emergency.count_unsigned(day.desk)) == (1, 0)
    with pytest.raises(NotPermitted):
        emergency.sign(mine, waits.id, typed(mine))
    with pytest.raises(PasswordAgain):
        emergency.sign(officer, waits.id, None)
    emergency.sign(officer, waits.id, typed(officer))
    assert emergency.unsigned(officer) == ()
    with pytest.raises(NoLongerThere):
        emergency.sign(officer, waits.id, typed(officer))


@pytest.mark.req("REQ-25")
def test_req_25_everybody_confirms_for_a_year_and_for_the_version_in_force(
    day: Workstation,
) -> None:
    desk = day.desk
    assert attesting.due(desk) == (Subject.TRAINING, Subject.POLICY)
    for subject in Subject:
        attesting.confirm(desk, subject)
    assert attesting.due(desk) == ()
    officer = replace(desk, staff=ADA)
    papers.put(officer, {Paper.SOCIAL_MEDIA_POLICY: "Policy of December"})
    assert attesting.due(desk) == (Subject.POLICY,)
    attesting.confirm(desk, Subject.POLICY)
    day.clock.advance(seconds=YEAR)
    assert attesting.due(desk) == (Subject.TRAINING, Subject.POLICY)
    assert attesting.due(officer) == (Subject.TRAINING, Subject.POLICY)


@pytest.mark.req("REQ-30")
def test_req_30_what_was_confirmed_cannot_be_changed_or_removed(day: Workstation) -> None:
    attesting.confirm(day.desk, Subject.TRAINING)
    for statement in ("UPDATE attestation SET at = 1", "DELETE FROM attestation"):
        with (
            pytest.raises(Exception, match=r"attestations stay|kept"),
            day.store.write() as unit,
        ):
            unit.run(statement)


@pytest.mark.req("REQ-18", "REQ-19")
def test_a_pin_is_chosen_with_the_password_and_kept_stretched(day: Workstation) -> None:
    desk = day.desk
    with pytest.raises(PasswordAgain):
        pins.choose(desk, None, "493817")
    for weak in ("12345", "1234567", "123456", "987654", "111111", "121212", "474747", "abcdef"):
        with pytest.raises(WeakPin):
            pins.choose(desk, typed(desk), weak)
    pins.choose(desk, typed(desk), "493817")
    with day.store.read() as unit:
        salt, value = unit.row("SELECT salt, value FROM pin") or (b"", b"")
    kept = rules.Stretched(bytes(salt), bytes(value))
    assert b"493817" not in kept.value
    assert rules.fits("493817", kept)
    assert not rules.fits("493818", kept)
    assert pins.have(desk)
    pins.give_up(desk)
    assert not pins.have(desk)


@pytest.mark.req("REQ-02")
def test_req_02_the_workstation_by_itself_counts_and_does_nothing_else(day: Workstation) -> None:
    alone = replace(day.desk, staff=UNATTENDED)
    assert alerts.news(alone).total == 0
    assert [right for right in Right if UNATTENDED.may(right)] == [Right.COUNT_NEWS]
    with pytest.raises(NotPermitted):
        visits.inbox(alone)


@pytest.mark.req("REQ-19", "REQ-91")
def test_req_91_more_than_twenty_patients_are_printed_with_a_fresh_password(
    day: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "FEW", 0)
    desk, last = day.desk, day.desk.now() + 90 * 86400
    assert paper.is_bulk(desk, 0, last)
    with pytest.raises(PasswordAgain):
        paper.day(desk, 0, last, "a day")
    assert paper.day(desk, 0, last, "a day", typed(desk))
    assert denied(day) == ["print.day-sheet"]


@pytest.mark.req("REQ-25")
def test_req_25_no_patient_is_seen_before_training_and_policy_are_confirmed(
    day: Workstation,
) -> None:
    barred = attesting.freed(day.desk)
    assert barred.staff.unconfirmed
    with pytest.raises(NotAttested):
        visits.inbox(barred)
    with pytest.raises(NotPermitted):
        visits.reveal(barred, "book-1", DataClass.MEDICAL)
    broken = emergency.begin(barred, Reason.PATIENT_IN_DANGER, typed(barred))
    visits.reveal(broken, "book-1", DataClass.CONTACT)
    attesting.confirm(barred, Subject.TRAINING)
    assert attesting.freed(barred).staff.unconfirmed
    attesting.confirm(barred, Subject.POLICY)
    assert visits.inbox(attesting.freed(barred))
    assert denied(day).count("inbox.see") == 1
    officer = replace(day.desk, staff=ADA)
    papers.put(officer, {Paper.SOCIAL_MEDIA_POLICY: "Policy of December"})
    assert attesting.freed(day.desk).staff.unconfirmed, "another version is confirmed anew"
    attesting.confirm(barred, Subject.POLICY)
    assert not attesting.freed(day.desk).staff.unconfirmed
    day.clock.advance(seconds=YEAR)
    assert attesting.freed(day.desk).staff.unconfirmed, "and each year"
