"""The register of incidents on a real store: opened, worked through, assessed, signed, closed."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from carekraft_desktop.domain import breach
from carekraft_desktop.domain.breach import (
    Conclusion,
    Factors,
    Mitigated,
    Nature,
    Recipient,
    State,
    Viewed,
)
from carekraft_desktop.domain.breach_clocks import Addressee
from carekraft_desktop.domain.incidents import Entered, File, Kind, Sanction, Secured, Step
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.domain.worst_day import STEPS
from carekraft_desktop.errors import (
    IncidentOpen,
    IncidentUnclear,
    NoLongerThere,
    NotPermitted,
    PasswordAgain,
)
from carekraft_desktop.services import incident_assessing as assessing
from carekraft_desktop.services import incident_notices as notices
from carekraft_desktop.services import incidents, journal
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.incident_drill import Drill
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store.journal import Sieve
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation, exchange, seat, template
from tests.fakes.gateway import FakeGateway

__all__ = ["exchange", "seat", "template"]
ADA = Staff("staff-9", "a.osei", "Ada Osei", frozenset({Role.PRIVACY_OFFICER}))
JONAS = Staff("staff-8", "j.weber", "Jonas Weber", frozenset({Role.PROVIDER}))
DAY = 86_400
LINKS = ("12", "13", "letter 4", "14")
HARMLESS = Factors(
    Nature.CONTACT_ONLY,
    Recipient.COVERED_PROVIDER,
    Viewed.SHOWN_NOT,
    Mitigated.WRITTEN_ASSURANCE,
    LINKS,
)


@pytest.fixture
def officer(seat: Workstation, exchange: FakeGateway) -> Desk:
    exchange.put(*samples.whole_office())
    seat.cycle()
    return replace(seat.desk, staff=ADA, team=(seat.desk.staff, ADA, JONAS))


@pytest.fixture
def provider(officer: Desk) -> Desk:
    return replace(officer, staff=JONAS)


def proof(desk: Desk) -> StepUp:
    return StepUp(desk.staff, desk.now())


def missent(desk: Desk) -> File:
    return incidents.open_one(desk, Kind.MISSENT)


@pytest.mark.req("REQ-99")
def test_whoever_works_here_opens_an_incident_and_ticks_its_steps_with_name_and_time(
    seat: Workstation, officer: Desk
) -> None:
    file = incidents.open_one(seat.desk, Kind.LOOKED, concerns="staff-7")
    assert file.next_step() is STEPS[Kind.LOOKED][0]
    seat.clock.advance(seconds=60)
    incidents.tick(seat.desk, file.id, Step.STAY_CALM)
    incidents.tick(officer, file.id, Step.STAY_CALM)  # the first time counts
    done = incidents.read(officer, file.id).done()[Step.STAY_CALM]
    assert (done.staff, done.at) == (seat.desk.staff.id, file.opened_at + 60)
    with pytest.raises(IncidentUnclear):
        incidents.tick(officer, file.id, Step.UNPLUG)  # no step of this kind
    assert incidents.read(officer, file.id).next_step() is Step.LOOK_AT_JOURNAL


@pytest.mark.req("REQ-99")
def test_everything_put_down_stays_in_the_file_and_a_correction_is_a_newer_line(
    officer: Desk, seat: Workstation
) -> None:
    file = missent(officer)
    incidents.put_down(officer, file.id, Entered.WHAT, "A list went to the wrong fax")
    incidents.put_down(officer, file.id, Entered.WHAT, "A call list went to the wrong fax")
    incidents.put_down(officer, file.id, Entered.SECURED, Secured.NO.value)
    incidents.put_down(officer, file.id, Entered.CLASSES, json.dumps(["contact"]))
    incidents.put_down(officer, file.id, Entered.JOURNAL, "1 - 4")
    found = incidents.everybody_here(officer, file.id)
    assert found.said(Entered.WHAT) == "A call list went to the wrong fax"
    assert found.all_of(Entered.WHAT)[0].value == "A list went to the wrong fax"
    assert (found.said(Entered.JOURNAL), found.classes) == ("1-4", ("contact",))
    assert found.individuals == len(found.patients) > 0
    for statement in ("DELETE FROM incident_entry", "UPDATE incident_entry SET value = ''"):
        with pytest.raises(IntegrityError), seat.store.write() as unit:
            unit.run(statement)
    lines = [(e.action, e.detail) for _, e in journal.page(officer, Sieve(), most=30)]
    assert ("incident.put-down", "what") in lines
    assert not any("fax" in detail for _, detail in lines)


@pytest.mark.req("REQ-99")
def test_discovery_is_as_put_down_last_and_never_after_the_opening(
    officer: Desk, seat: Workstation
) -> None:
    seat.clock.advance(seconds=30 * DAY)
    file = missent(officer)
    assert file.discovered == file.opened_at
    earlier = file.opened_at - 10 * DAY
    assert (
        incidents.put_down(officer, file.id, Entered.DISCOVERED, str(earlier)).discovered == earlier
    )
    with pytest.raises(IncidentUnclear):
        incidents.put_down(officer, file.id, Entered.DISCOVERED, str(officer.now() + 1))
    assert assessing.clocks(officer, incidents.read(officer, file.id)).days == 10


@pytest.mark.req("REQ-100")
def test_it_is_presumed_a_breach_until_four_factors_and_two_people_say_otherwise(
    officer: Desk, provider: Desk
) -> None:
    file = missent(officer)
    assert breach.state(file) is State.PRESUMED
    for missing in range(4):
        links = tuple("" if n == missing else link for n, link in enumerate(LINKS))
        assessing.assess(officer, file.id, replace(HARMLESS, links=links))
        with pytest.raises(IncidentUnclear):
            assessing.conclude(officer, file.id, Conclusion.LOW, proof(officer))
    assessing.assess(officer, file.id, HARMLESS)
    with pytest.raises(PasswordAgain):
        assessing.conclude(officer, file.id, Conclusion.LOW, None)
    concluded = assessing.conclude(officer, file.id, Conclusion.LOW, proof(officer))
    assert breach.state(concluded) is State.WAITS
    assert breach.counts_as_breach(concluded)
    with pytest.raises(NotPermitted):
        assessing.countersign(officer, file.id, proof(officer))
    assert [each.id for each in incidents.register(provider)] == [file.id]
    assessing.countersign(provider, file.id, proof(provider))
    assert breach.state(incidents.read(officer, file.id)) is State.LOW
    # A new conclusion needs a new signature.
    again = assessing.conclude(officer, file.id, Conclusion.LOW, proof(officer))
    assert breach.state(again) is State.WAITS


@pytest.mark.req("REQ-100")
@pytest.mark.parametrize(
    "exception", [Conclusion.GOOD_FAITH, Conclusion.INADVERTENT, Conclusion.NOT_RETAINED]
)
def test_each_of_the_three_exceptions_needs_the_second_person_as_well(
    officer: Desk, provider: Desk, exception: Conclusion
) -> None:
    file = missent(officer)
    waits = assessing.conclude(officer, file.id, exception, proof(officer))
    assert breach.state(waits) is State.WAITS
    assessing.countersign(provider, file.id, proof(provider))
    assert breach.state(incidents.read(officer, file.id)) is State.EXCEPTION


@pytest.mark.req("REQ-101")
def test_a_public_reply_is_unlimited_and_viewed_and_never_of_low_probability(officer: Desk) -> None:
    file = incidents.open_one(officer, Kind.PUBLIC_REPLY, about="review-1")
    given = assessing.factors(file)
    assert (given.recipient, given.viewed) == (Recipient.PUBLIC, Viewed.ASSUMED)
    with pytest.raises(IncidentUnclear):
        assessing.assess(officer, file.id, replace(HARMLESS, mitigated=Mitigated.TAKEN_DOWN))
    chosen = replace(given, nature=Nature.CONTACT_ONLY, mitigated=Mitigated.TAKEN_DOWN, links=LINKS)
    assessing.assess(officer, file.id, chosen)
    for conclusion in Conclusion:
        if conclusion is not Conclusion.BREACH:
            with pytest.raises(IncidentUnclear):
                assessing.conclude(officer, file.id, conclusion, proof(officer))


@pytest.mark.req("REQ-101")
def test_a_written_assurance_counts_only_from_somebody_bound_to_secrecy(officer: Desk) -> None:
    file = missent(officer)
    with pytest.raises(IncidentUnclear):
        assessing.assess(officer, file.id, replace(HARMLESS, recipient=Recipient.UNKNOWN_PERSON))
    assert assessing.assess(officer, file.id, HARMLESS).said(Entered.ASSESSED)


@pytest.mark.req("REQ-27")
def test_a_confirmed_violation_needs_an_outcome_before_the_incident_closes(
    officer: Desk, provider: Desk
) -> None:
    file = missent(officer)
    assessing.assess(officer, file.id, HARMLESS)
    assessing.conclude(officer, file.id, Conclusion.LOW, proof(officer))
    assessing.countersign(provider, file.id, proof(provider))
    assessing.violation(officer, file.id, JONAS.id)
    with pytest.raises(IncidentOpen, match="sanction"):
        assessing.close(officer, file.id, proof(officer))
    with pytest.raises(IncidentUnclear):
        assessing.sanction(officer, file.id, "staff-1", Sanction.TRAINING)
    assessing.sanction(officer, file.id, JONAS.id, Sanction.TRAINING)
    closed = assessing.close(officer, file.id, proof(officer))
    assert closed.closed_at is not None
    assert closed.violations() == {JONAS.id: "training"}
    with pytest.raises(IncidentUnclear):
        incidents.put_down(officer, file.id, Entered.WHAT, "Afterthought")


@pytest.mark.req("REQ-27")
def test_nobody_decides_what_happens_to_themselves_where_somebody_else_can(officer: Desk) -> None:
    both = replace(officer, team=(*officer.team, replace(JONAS, id="o", roles=ADA.roles)))
    file = missent(both)
    assessing.violation(both, file.id, ADA.id)
    with pytest.raises(NotPermitted):
        assessing.sanction(both, file.id, ADA.id, Sanction.NONE_NEEDED)


@pytest.mark.req("REQ-102", "REQ-103")
def test_a_breach_closes_when_everybody_was_told_and_the_letter_is_kept(
    officer: Desk, seat: Workstation
) -> None:
    file = incidents.everybody_here(officer, missent(officer).id)
    assessing.conclude(officer, file.id, Conclusion.BREACH, proof(officer))
    with pytest.raises(IncidentOpen, match="notice"):
        assessing.close(officer, file.id, proof(officer))
    notices.written(officer, file.id, "What happened ...")
    with pytest.raises(IncidentUnclear):
        notices.sent(officer, file.id, Addressee.INDIVIDUALS, notices.Way.PORTAL)
    notices.sent(officer, file.id, Addressee.INDIVIDUALS, notices.Way.MAIL)
    notices.sent(officer, file.id, Addressee.SECRETARY, notices.Way.PORTAL)
    assert assessing.clocks(officer, incidents.read(officer, file.id)).due == ()
    assert assessing.close(officer, file.id, proof(officer)).closed_at == officer.now()


@pytest.mark.req("REQ-103")
def test_envelopes_carry_shared_addresses_only_and_each_is_journalled(
    officer: Desk, seat: Workstation
) -> None:
    file = incidents.everybody_here(officer, missent(officer).id)
    with pytest.raises(PasswordAgain):
        notices.envelopes(officer, file.id, None)
    found = notices.envelopes(officer, file.id, proof(officer))
    assert len(found.lines) + found.without == file.individuals
    shown = [e for _, e in journal.page(officer, Sieve(), most=30) if e.detail == "address"]
    assert len(shown) == len(found.lines)


@pytest.mark.req("REQ-102")
def test_the_office_confirms_which_states_are_shorter_and_police_may_ask_to_wait(
    officer: Desk,
) -> None:
    file = missent(officer)
    incidents.put_down(officer, file.id, Entered.INDIVIDUALS, "3")
    incidents.put_down(officer, file.id, Entered.RESIDENTS, "CO 2, NY 1")
    assessing.confirm_days(officer, "co", 30)
    with pytest.raises(IncidentUnclear):
        assessing.confirm_days(officer, "Colorado", 30)
    first = assessing.clocks(officer, incidents.read(officer, file.id)).due[0]
    assert (first.state, first.by) == ("CO", _today(officer) + timedelta(days=30))
    until = _today(officer) + timedelta(days=100)
    with pytest.raises(IncidentUnclear):
        assessing.delay(officer, file.id, until, until)
    waiting = assessing.delay(officer, file.id, _today(officer), until)
    late = assessing.clocks(officer, waiting).due[0]
    assert (late.by, late.delayed) == (until, True)


@pytest.mark.req("REQ-02")
def test_the_register_is_the_officers_and_others_see_what_they_opened(
    seat: Workstation, officer: Desk, provider: Desk
) -> None:
    own, hidden = incidents.open_one(seat.desk, Kind.MALWARE), missent(officer)
    assert [each.id for each in incidents.register(seat.desk)] == [own.id]
    assert (incidents.open_count(seat.desk), incidents.open_count(officer)) == (1, 2)
    with pytest.raises(NoLongerThere):
        incidents.read(seat.desk, hidden.id)
    with pytest.raises(NotPermitted):
        incidents.put_down(seat.desk, own.id, Entered.SECURED, Secured.YES.value)
    with pytest.raises(NotPermitted):
        assessing.assess(provider, own.id, HARMLESS)


@pytest.mark.req("REQ-105")
def test_a_drill_runs_every_step_and_clock_in_a_store_of_its_own(
    officer: Desk, tmp_path: Path, exchange: FakeGateway, seat: Workstation
) -> None:
    folder = tmp_path / "drill"
    drill = Drill(officer, folder, Kind.LOST_MACHINE)
    assert drill.file().drill
    assert {each.who for each in assessing.clocks(drill.desk, drill.file()).due} == set(Addressee)
    while (step := drill.file().next_step()) is not None:
        incidents.tick(drill.desk, drill.file_id, step)
    for days, reached in ((15, 15), (15, 30), (15, 45), (10, 55)):
        drill.forward(days)
        assert assessing.clocks(drill.desk, drill.file()).reached == reached
    assessing.conclude(drill.desk, drill.file_id, Conclusion.NOT_RETAINED, drill.proof())
    assessing.countersign(drill.second, drill.file_id, drill.proof(drill.second.staff))
    assert breach.state(drill.file()) is State.EXCEPTION
    assessing.close(drill.desk, drill.file_id, drill.proof())
    drill.end()
    assert not folder.exists()
    assert incidents.register(officer) == ()
    seat.send()
    assert exchange.sent == []
    said = [
        e.detail for _, e in journal.page(officer, Sieve(), most=4) if e.action == "incident.drill"
    ]
    assert said == ["ended:lost-machine:9:55", "begun:lost-machine"]


def _today(desk: Desk) -> date:
    return assessing.clocks(desk, incidents.open_one(desk, Kind.MALWARE)).today
