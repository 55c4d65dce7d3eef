"""Whom to call, over a real store."""

from datetime import timedelta
from typing import Any

import pytest

from carekraft_desktop.contract.feed import Item
from carekraft_desktop.domain.marks import CallOutcome
from carekraft_desktop.services import calls, marks
from carekraft_desktop.services.calls import Why
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.samples import NOON


@pytest.fixture
def office(seat: Workstation, exchange: FakeGateway) -> Workstation:
    seat.clock.set_wall(NOON)
    exchange.put(*samples.whole_office())
    return seat


def booked(hours: float, *, status: str = "booked", v: int = 2) -> Item:
    return samples.booking(start=NOON + timedelta(hours=hours), status=status, v=v)


def why(seat: Workstation, exchange: FakeGateway, *items: Item) -> list[tuple[Why, ...]]:
    exchange.put(*items)
    seat.cycle()
    return [line.why for line in calls.to_call(seat.desk)]


def test_a_visit_of_the_next_days_is_to_be_called_about(
    office: Workstation, exchange: FakeGateway
) -> None:
    assert why(office, exchange, booked(30)) == [(Why.UPCOMING,)]


@pytest.mark.parametrize(
    ("hours", "status"), [(100, "booked"), (-2, "booked"), (30, "proposed"), (30, "cancelled")]
)
def test_what_is_far_over_or_off_is_not(
    office: Workstation, exchange: FakeGateway, hours: float, status: str
) -> None:
    assert why(office, exchange, booked(hours, status=status)) == []


def test_shared_insurance_without_a_number_is_doubtful(
    office: Workstation, exchange: FakeGateway
) -> None:
    assert why(office, exchange, booked(100), samples.gone("coverage", "cov-1", v=2)) == [
        (Why.INSURANCE,)
    ]


def test_withheld_insurance_is_the_patients_choice_and_no_doubt(
    office: Workstation, exchange: FakeGateway
) -> None:
    withheld = samples.consent(withheld=("insurance",), v=2)
    assert why(office, exchange, booked(100), withheld) == []


def test_who_did_not_come_is_followed_up(office: Workstation, exchange: FakeGateway) -> None:
    assert why(office, exchange, booked(-20, status="noshow")) == [(Why.NO_SHOW,)]


def test_a_call_without_answer_comes_back_and_one_that_reached_does_not(
    office: Workstation, exchange: FakeGateway
) -> None:
    why(office, exchange, booked(30))
    marks.call(office.desk, "book-1", CallOutcome.NO_ANSWER)
    (line,) = calls.to_call(office.desk)
    assert line.why == (Why.AGAIN, Why.UPCOMING)
    assert line.last is not None
    marks.call(office.desk, "book-1", CallOutcome.REACHED)
    assert calls.to_call(office.desk) == ()


def test_the_patients_own_preference_is_kept(office: Workstation, exchange: FakeGateway) -> None:
    telecom: list[dict[str, Any]] = [
        {"system": "phone", "value": "312-555-0187", "rank": 2},
        {"system": "email", "value": "elif@example.com", "rank": 1},
    ]
    why(office, exchange, booked(30), samples.patient(telecom=telecom, v=2))
    (line,) = calls.to_call(office.desk)
    assert (line.prefers, line.reachable) == ("email", True)


def test_the_number_is_journalled_when_it_is_looked_at(
    office: Workstation, exchange: FakeGateway
) -> None:
    why(office, exchange, booked(30))
    assert calls.number(office.desk, "book-1") == "312-555-0187"
    with office.store.read() as unit:
        rows = unit.rows("SELECT object, detail FROM journal WHERE action = 'patient.reveal'")
    assert [tuple(row) for row in rows] == [("book-1", "contact")]


def test_without_a_shared_number_nobody_is_called(
    office: Workstation, exchange: FakeGateway
) -> None:
    why(office, exchange, booked(30), samples.consent(withheld=("contact",), v=2))
    (line,) = calls.to_call(office.desk)
    assert not line.reachable


def test_for_a_child_the_guardian_is_called(office: Workstation, exchange: FakeGateway) -> None:
    guardian = {
        "relationship": [{"coding": [{"code": "GUARD"}]}],
        "name": {"text": "Dana Demir"},
        "telecom": [{"system": "phone", "value": "312-555-0164"}],
    }
    why(office, exchange, booked(30), samples.patient(contact=[guardian], telecom=[], v=2))
    (line,) = calls.to_call(office.desk)
    assert line.guardian
    assert calls.number(office.desk, "book-1") == "312-555-0164"
