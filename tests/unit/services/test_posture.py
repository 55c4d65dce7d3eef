"""How an installation stands, from a real one: nothing of a patient, nothing that is not so."""

import pytest

from carekraft_desktop.domain.asking import Asked
from carekraft_desktop.domain.posture import Standing
from carekraft_desktop.domain.retention import DEFAULTS
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import NotPermitted
from carekraft_desktop.services import holds, journal, posture, requests, retention, weekly
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import facts
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.holds import Scope
from carekraft_desktop.store.journal import Sieve
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation, exchange, seat, template
from tests.fakes.gateway import FakeGateway

__all__ = ["exchange", "seat", "template"]
BOTH = frozenset({Role.PRIVACY_OFFICER, Role.IT_ADMINISTRATOR})
ADA = Staff("staff-9", "a.osei", "Ada Osei", BOTH)


@pytest.fixture
def officer(seat: Workstation, exchange: FakeGateway) -> Desk:
    exchange.put(*samples.whole_office())
    seat.cycle()
    with seat.store.write() as unit:
        facts.put(unit, Fact.EXCHANGE, "https://exchange.example.com/v1")
    return replace(seat.desk, staff=ADA)


@pytest.mark.req("REQ-29", "REQ-38")
def test_a_new_office_says_what_is_not_recorded_yet(officer: Desk) -> None:
    lines = {line.subject: line for line in posture.inside(officer)}
    for subject in ("backup", "restore-drill", "paper-drill", "access-review", "rotation"):
        assert (lines[subject].standing, lines[subject].value) == (Standing.UNKNOWN, "not-recorded")
    assert lines["destinations"].value == "exchange.example.com"
    assert lines["papers"].standing is Standing.ATTENTION
    assert lines["incidents"].value == "0"
    assert lines["agreement"].standing is Standing.UNKNOWN
    assert lines["contact"].at
    told = str(lines)
    assert not any(word in told for word in ("Elif", "Demir", "555-", "Ada", "a.osei"))


@pytest.mark.req("REQ-29")
def test_what_the_journal_tells_is_dated_and_grows_late(officer: Desk, seat: Workstation) -> None:
    with seat.store.write() as unit:
        officer.note(unit, "recovery.drill")
        officer.note(unit, "backup.made", outcome="refused")
    journal.proof(officer)
    lines = {line.subject: line for line in posture.inside(officer)}
    assert lines["paper-drill"].standing is Standing.GOOD
    assert (lines["backup"].standing, lines["backup"].value) == (Standing.ATTENTION, "failed")
    assert lines["journal-proof"].standing is Standing.GOOD
    seat.clock.advance(seconds=200 * 24 * 3_600)
    lines = {line.subject: line for line in posture.inside(officer)}
    assert (lines["paper-drill"].standing, lines["paper-drill"].value) == (
        Standing.ATTENTION,
        "late",
    )
    assert (lines["weekly-review"].standing, lines["weekly-review"].value) == (
        Standing.ATTENTION,
        "overdue",
    )
    for week in weekly.weeks(officer):
        weekly.sign(officer, week.start)
    lines = {line.subject: line for line in posture.inside(officer)}
    assert lines["weekly-review"].standing is Standing.GOOD


@pytest.mark.req("REQ-29", "REQ-81", "REQ-83")
def test_how_the_life_of_the_data_stands_is_counted_and_dated(
    officer: Desk, seat: Workstation
) -> None:
    officer = replace(officer, team=(ADA,))

    def stands() -> dict[str, tuple[Standing, str]]:
        found = posture.inside(officer)
        return {line.subject: (line.standing, line.value) for line in found}

    before = stands()
    assert before["retention"] == (Standing.ATTENTION, "defaults")
    assert before["holds"] == (Standing.PLAIN, "0")
    assert before["requests-overdue"] == (Standing.GOOD, "0")
    again = StepUp(ADA, officer.now(), officer.clock.monotonic())
    retention.confirm(officer, DEFAULTS, again)
    holds.put(officer, holds.Wish(Scope.ALL, "M-2026-01"), again)
    requests.take(officer, "pat-1", Asked.ACCESS)
    seat.clock.advance(days=31)
    after = stands()
    assert after["retention"] == (Standing.GOOD, "privacy-officer")
    assert after["holds"] == (Standing.PLAIN, "1")
    assert after["requests"] == (Standing.PLAIN, "1")
    assert after["requests-overdue"] == (Standing.ATTENTION, "1")
    officer = replace(officer, team=())
    assert stands()["retention"] == (Standing.GOOD, "left")


@pytest.mark.req("REQ-02")
def test_the_front_desk_is_refused_and_that_is_journalled(officer: Desk, seat: Workstation) -> None:
    with pytest.raises(NotPermitted):
        posture.inside(seat.desk)
    (last,) = journal.page(officer, Sieve(), most=1)
    assert (last[1].action, last[1].outcome) == ("posture.read", "denied")
