"""Copying for the practice system over a real store."""

from datetime import timedelta

import pytest

from carekraft_desktop.domain.handover import SHIPPED
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import (
    CopyingOff,
    NoLongerThere,
    NotPermitted,
    PasswordAgain,
    TemplateUnclear,
)
from carekraft_desktop.services import copying, handover, marks
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.keeping import let_copy, officer, proof
from tests.samples import NOON


@pytest.fixture
def office(seat: Workstation, exchange: FakeGateway) -> Workstation:
    exchange.put(*samples.whole_office())
    exchange.put(samples.booking(start=NOON + timedelta(hours=3), status="booked", v=2))
    seat.cycle()
    let_copy(seat.desk)
    return seat


def journal(seat: Workstation, action: str) -> list[tuple[str, ...]]:
    with seat.store.read() as unit:
        rows = unit.rows("SELECT object, detail FROM journal WHERE action = ?", action)
    return [tuple(row) for row in rows]


def test_what_is_shared_is_copied_and_the_copy_is_journalled_by_class(office: Workstation) -> None:
    text = handover.copy(office.desk, "book-1")
    assert "Demir, Elif" in text
    assert "Visit: 2026-11-23 15:00, 30 min, Dr. Amara Osei" in text
    assert "Insurance: Prairie Mutual, Silver 40, PM-4410-22" in text
    assert "Knee" not in text
    assert journal(office, "visit.copy") == [("book-1", "generic:contact,demographic,insurance")]


def test_what_is_withheld_is_not_copied(office: Workstation, exchange: FakeGateway) -> None:
    exchange.put(samples.consent(withheld=("contact", "insurance"), v=2))
    office.cycle()
    text = handover.copy(office.desk, "book-1")
    assert "Telephone" not in text
    assert "Insurance" not in text
    assert journal(office, "visit.copy") == [("book-1", "generic:demographic")]


@pytest.mark.req("REQ-92", "REQ-19")
def test_req_92_nothing_is_copied_until_the_officer_lets_it(office: Workstation) -> None:
    desk = officer(office)
    with pytest.raises(NotPermitted):
        copying.let(office.desk, proof(office.desk), on=False)
    with pytest.raises(PasswordAgain):
        copying.let(desk, None, on=False)
    copying.let(desk, proof(desk), on=False)
    assert not copying.is_on(office.desk)
    with pytest.raises(CopyingOff):
        handover.copy(office.desk, "book-1")
    assert journal(office, "visit.copy") == [("book-1", "off")]
    copying.let(desk, proof(desk), on=True)
    assert handover.copy(office.desk, "book-1")
    assert [detail for _, detail in journal(office, "copy.rule")][-2:] == ["off", "on"]


@pytest.mark.req("REQ-92")
def test_req_92_in_a_new_office_copying_is_off(seat: Workstation) -> None:
    assert not copying.is_on(seat.desk)


def test_a_purpose_is_copied_only_for_roles_that_may_read_it(office: Workstation) -> None:
    handover.keep(office.desk, "generic", "{sort_name}: {purpose}")
    assert handover.copy(office.desk, "book-1") == "Demir, Elif:\n"
    provider = Staff("2", "a.osei", "Dr. Osei", frozenset({Role.PROVIDER}))
    office.desk = type(office.desk)(
        office.store, office.clock, office.desk.ids, office.desk.journal, provider, "ws-0"
    )
    assert handover.copy(office.desk, "book-1") == "Demir, Elif: Knee pain after a fall\n"


def test_a_template_is_chosen_changed_and_restored(office: Workstation) -> None:
    handover.choose(office.desk, "openemr")
    assert handover.chosen(office.desk).title == "OpenEMR"
    handover.keep(office.desk, "openemr", "DOB {born}")
    assert handover.copy(office.desk, "book-1") == "DOB 1979-03-12\n"
    handover.restore(office.desk, "openemr")
    assert handover.chosen(office.desk) == next(t for t in SHIPPED if t.key == "openemr")


@pytest.mark.parametrize("text", ["{nobody}", "", "   ", "x" * 4_001])
def test_a_template_that_says_nothing_or_names_no_field_is_refused(
    office: Workstation, text: str
) -> None:
    with pytest.raises(TemplateUnclear):
        handover.keep(office.desk, "generic", text)


def test_a_booking_that_is_gone_cannot_be_copied(office: Workstation) -> None:
    with pytest.raises(NoLongerThere):
        handover.copy(office.desk, "book-9")


def test_a_role_without_sight_of_contact_data_copies_nothing(office: Workstation) -> None:
    admin = Staff("3", "it", "Kim", frozenset({Role.IT_ADMINISTRATOR}))
    office.desk = type(office.desk)(
        office.store, office.clock, office.desk.ids, office.desk.journal, admin, "ws-0"
    )
    with pytest.raises(NotPermitted):
        handover.copy(office.desk, "book-1")


def test_what_is_not_entered_is_listed_until_it_is(
    office: Workstation, exchange: FakeGateway
) -> None:
    office.clock.set_wall(NOON)
    (line,) = handover.to_enter(office.desk)
    assert (line.seen.entry.id, line.entered) == ("book-1", None)
    marks.enter(office.desk, "book-1")
    assert handover.to_enter(office.desk) == ()
    office.send()
    assert handover.to_enter(office.desk) == ()
    exchange.put(samples.patient(phone="312-555-0111", v=2))
    office.cycle()
    (line,) = handover.to_enter(office.desk)
    assert line.entered is not None
    assert line.entered.name == "Rosa Alvarez"
