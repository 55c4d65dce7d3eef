"""Two workstations of one office and a real exchange: lost, shut out, tried, told (REQ-24, 26, 96)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from carekraft_desktop.__main__ import main
from carekraft_desktop.contract.commands import Actor, Command, CommandType, ResultStatus
from carekraft_desktop.domain.incidents import Entered, Kind
from carekraft_desktop.domain.leaving import Cause
from carekraft_desktop.domain.machines import Answer, LastSeen, Machine, MachineState, Told
from carekraft_desktop.domain.notices import NoticeKind
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import (
    ExchangeError,
    KeysDestroyed,
    NeedsContact,
    PasswordAgain,
    ShutOut,
    SignedOut,
    WrongPassword,
)
from carekraft_desktop.exchange.gateway import tell_of_tries
from carekraft_desktop.hub import notices as hub_notices
from carekraft_desktop.hub.sandbox.faults import Fault, FaultKind
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.services import (
    incident_bundle,
    incident_telling,
    incidents,
    leaving,
    lost,
)
from carekraft_desktop.services.admitting import Newcomer
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import machines, notices
from carekraft_desktop.value import replace
from tests.e2e.seats import PASSWORD, Seat
from tests.hub_fixture import Hub, new_key

OFFICER = "d.okafor"


@dataclass
class Office:
    """Two desks with the same two people."""

    first: Seat
    second: Seat
    hub: Hub

    def both(self) -> None:
        """Everything that there is has come to both."""
        for _ in range(2):
            for seat in (self.first, self.second):
                seat.settle()


def proof(opened: Opened) -> StepUp:
    return StepUp(opened.desk.staff, opened.desk.now())


def let_in_officer(seat: Seat) -> str:
    """A privacy officer at a desk that Rosa set up; the id there."""
    admin = replace(
        seat.opened,
        desk=replace(
            seat.opened.desk,
            staff=replace(
                seat.opened.desk.staff,
                roles=frozenset({Role.FRONT_DESK, Role.PRIVACY_OFFICER}),
            ),
        ),
    )
    seat.program._opened = admin
    who = Newcomer(OFFICER, "Dana Okafor", frozenset({Role.PRIVACY_OFFICER}), PASSWORD)
    return seat.program.let_in(who, proof=proof(admin)).id


@pytest.fixture
def office(hub: Hub, tmp_path: Path) -> Iterator[Office]:
    first, second = Seat(hub, tmp_path / "one"), Seat(hub, tmp_path / "two")
    made = Office(first, second, hub)
    made.both()
    yield made
    for seat in (first, second):
        seat.program.lock()
        seat.program.wait_until_closed(5)


def officer_at(seat: Seat) -> Opened:
    """The officer signs in there."""
    id_ = let_in_officer(seat)
    seat.program.lock()
    seat.opened = seat.program.unlock(id_, PASSWORD)
    return seat.opened


SAFE = Told(Answer.NO, Answer.NO, Answer.NO, LastSeen.CLOSED)
"""Nothing that opens it was with it, as far as whoever reports it knows."""


def seen_from(office: Office) -> Machine:
    """The second workstation, as the first one knows it."""
    (machine,) = lost.others(office.first.opened.desk)
    return machine


@pytest.mark.req("REQ-96")
def test_a_workstation_says_signed_whether_it_is_open_covered_or_closed(office: Office) -> None:
    machine = seen_from(office)
    assert (machine.state, machine.signed, machine.lost_at) == (MachineState.OPEN, True, None)
    assert machine.cipher.startswith("SQLCipher")
    assert machine.derivation.startswith("Argon2id")
    office.second.program.cover("person")
    office.both()
    assert seen_from(office).state is MachineState.COVERED
    office.second.program.lock()
    office.second.program.wait_until_closed(5)
    office.first.settle()
    assert seen_from(office).state is MachineState.CLOSED
    assert not seen_from(office).key_in_memory
    with office.first.opened.store.read() as unit:
        told = str(unit.rows("SELECT * FROM machine"))
    assert "Rosa" not in told
    assert "r.alvarez" not in told


@pytest.mark.req("REQ-96")
def test_a_lost_workstation_destroys_its_keys_at_its_next_contact(office: Office) -> None:
    opened = officer_at(office.first)
    file = incidents.open_one(opened.desk, Kind.LOST_MACHINE)
    device = seen_from(office).device
    found = lost.report(opened.desk, file.id, device, proof(opened), SAFE)
    pack = json.loads(found.said(Entered.EVIDENCE))
    assert (pack["candidate"], pack["key_in_memory"]) == (False, True)
    assert pack["statement"].count(".") == 2  # the signed word itself
    office.first.settle()
    assert seen_from(office).lost_at is not None
    folder = office.second.folder / "office"
    assert list(folder.glob("office.keys*"))
    office.second.cycle()
    assert not list(folder.glob("office.keys*"))
    assert office.second.opened.loss is not None
    assert office.second.opened.loss.done
    office.second.program.lock()
    office.second.program.wait_until_closed(5)
    with pytest.raises(KeysDestroyed):
        office.second.program.people()


@pytest.mark.req("REQ-96")
def test_a_locked_and_wiped_workstation_is_a_candidate_for_safe_harbour(office: Office) -> None:
    office.second.program.lock()
    office.second.program.wait_until_closed(5)
    office.first.settle()
    opened = officer_at(office.first)
    file = incidents.open_one(opened.desk, Kind.LOST_MACHINE)
    found = lost.report(opened.desk, file.id, seen_from(office).device, proof(opened), SAFE)
    pack = json.loads(found.said(Entered.EVIDENCE))
    assert (pack["candidate"], pack["against"]) == (True, [])
    assert pack["told"]["password_with_it"] == "no"
    assert found.said(Entered.SECURED) == "encrypted"


@pytest.mark.req("REQ-96")
def test_an_order_that_the_exchange_did_not_sign_destroys_nothing(office: Office) -> None:
    loss = office.second.opened.loss
    assert loss is not None
    for order in ("", "a.b.c", seen_from(office).statement):
        assert not loss.obey(order)
    assert list((office.second.folder / "office").glob("office.keys*"))


@pytest.mark.req("REQ-96")
def test_fourteen_days_without_the_exchange_need_it_or_the_paper(office: Office, hub: Hub) -> None:
    seat = office.second
    paper = seat.opened.recovery_key
    (person,) = seat.program.people()
    seat.program.lock()
    seat.clock.advance(days=15)
    seat.opened = seat.program.unlock(person.id, PASSWORD)  # the exchange is there
    seat.settle()
    seat.program.lock()
    seat.program.wait_until_closed(5)
    seat.clock.advance(days=15)
    hub.sandbox.faults.order(Fault(kind=FaultKind.UNAVAILABLE, path="/oauth/token", times=2))
    with pytest.raises(NeedsContact):
        seat.program.unlock(person.id, PASSWORD)
    seat.opened = seat.program.recover(paper, person.id, f"{PASSWORD} anew")


@pytest.mark.req("REQ-98")
def test_a_workstation_that_ended_by_its_own_word_comes_in_no_more_and_cannot_be_lost(
    office: Office, hub: Hub
) -> None:
    device = office.second.opened.desk.device
    theirs = hub.enrol().send(
        Command(
            key=new_key(),
            type=CommandType.WORKSTATION_RETIRED,
            id=device,
            if_version=0,
            actor=Actor(sub="staff-1", device=device),
            made_at=office.first.clock.now(),
        )
    )
    assert theirs[0].status is ResultStatus.REJECTED, "nobody says it of another one"
    assert seen_from(office).retired_at is None
    office.second.opened.gateway.retire("staff-1")
    office.first.settle()
    assert lost.others(office.first.opened.desk) == ()
    with office.first.opened.store.read() as unit:
        (known,) = [each for each in machines.others(unit, "") if each.device == device]
    assert known.retired_at is not None
    with pytest.raises(SignedOut):
        office.second.opened.gateway.prove()
    assert list((office.second.folder / "office").glob("office.keys*")), (
        "only its own end does that"
    )


@pytest.mark.req("REQ-24")
def test_who_is_shut_out_at_one_workstation_is_shut_out_at_the_other_within_a_cycle(
    office: Office,
) -> None:
    there = office.second
    officer_at(office.first)
    mine = next(p for p in office.first.program.people() if p.name == "r.alvarez")
    let_in_officer(there)
    rosa = next(p for p in there.program.people() if p.name == "r.alvarez")
    opened = office.first.opened
    leaving.let_go(
        office.first.program._around(),
        opened,
        mine.id,
        Cause.LEFT,
        proof(opened),
    )
    office.first.settle()
    there.settle()
    from carekraft_desktop.presenters import wiring_incidents

    assert wiring_incidents.ended_here(there.program, there.opened) == "shut-out"
    there.program.lock()
    there.program.wait_until_closed(5)
    with pytest.raises(ShutOut):
        there.program.unlock(rosa.id, PASSWORD)
    officer = next(p for p in there.program.people() if p.name == OFFICER)
    there.opened = there.program.unlock(officer.id, PASSWORD)
    assert [p.name for p in there.program.people()] == [OFFICER]
    assert wiring_incidents.ended_here(there.program, there.opened) == ""
    sent = office.hub.write(lambda c: str(c.exec_driver_sql("SELECT body FROM item").all()))
    assert "r.alvarez" not in sent


@pytest.mark.req("REQ-26")
def test_five_failures_in_ten_minutes_are_told_to_the_other_workstations(office: Office) -> None:
    seat = office.second
    (person,) = seat.program.people()
    seat.program.cover("person")
    for n in range(5):
        with pytest.raises(WrongPassword):
            seat.program.unlock(person.id, f"not this one {n}")
        seat.clock.advance(seconds=60)
    office.first.clock.advance(minutes=5)
    seat.cycle()
    office.first.settle()
    with office.first.opened.store.read() as unit:
        (told,) = notices.tried(unit, 0)
    assert (told.kind, told.device, told.person) == (
        NoticeKind.TRIES,
        seat.opened.desk.device,
        "",
    )


@pytest.mark.req("REQ-26")
def test_req_26_a_closed_workstation_tells_of_five_failures_by_a_slip_that_counts_once(
    office: Office, hub: Hub
) -> None:
    seat, device = office.second, office.second.opened.desk.device
    (person,) = seat.program.people()
    kept = {name: word for name, word in seat.vault.kept.items() if name.startswith("slip.")}
    (slip,) = kept.values()
    seat.program.lock()
    seat.program.wait_until_closed(5)
    for n in range(5):
        with pytest.raises(WrongPassword):
            seat.program.unlock(person.id, f"not this one {n}")
        seat.clock.advance(seconds=60)
    assert seat.program.take_alarm()
    office.first.settle()
    with office.first.opened.store.read() as unit:
        before = {each.device for each in notices.tried(unit, 0)}
    assert before == set()
    assert seat.program.tell_of_tries()
    assert not [name for name in seat.vault.kept if name.startswith("slip.")]
    office.first.settle()

    def told() -> list[str]:
        office.first.settle()
        with office.first.opened.store.read() as unit:
            return [each.device for each in notices.tried(unit, 0)]

    assert told() == [device]
    seat.vault.kept |= kept  # whoever took a copy of it before
    assert seat.program.tell_of_tries()
    assert told() == [device], "a second time nothing happens"
    assert not seat.program.tell_of_tries(), "nothing is left to tell with"
    words = json.loads(slip)
    assert len(slip) < 900, "every system's keyring has room for it"
    assert words.keys() == {"exchange", "client_id", "slip"}
    for wrong in (words["slip"][:-6] + "AAAAAA", seen_from(office).statement):
        with pytest.raises(ExchangeError):
            tell_of_tries(words["exchange"], words["client_id"], wrong)
    with pytest.raises(ExchangeError):
        tell_of_tries(words["exchange"], office.first.opened.desk.device, words["slip"])
    hub.play("revoke", client_id=device)
    with pytest.raises(ExchangeError):
        tell_of_tries(words["exchange"], words["client_id"], words["slip"])


@pytest.mark.req("REQ-26")
def test_req_26_without_a_network_the_next_sign_in_tells_it(office: Office, hub: Hub) -> None:
    seat = office.second
    (person,) = seat.program.people()
    seat.program.lock()
    seat.program.wait_until_closed(5)
    for n in range(5):
        with pytest.raises(WrongPassword):
            seat.program.unlock(person.id, f"not this one {n}")
        seat.clock.advance(seconds=60)
    for name in list(seat.vault.kept):
        if name.startswith("slip."):
            del seat.vault.kept[name]
    assert not seat.program.tell_of_tries()
    seat.clock.advance(minutes=5)
    seat.opened = seat.program.unlock(person.id, PASSWORD)
    seat.settle()
    office.first.clock.advance(minutes=11)
    office.first.settle()
    with office.first.opened.store.read() as unit:
        assert [each.device for each in notices.tried(unit, 0)] == [seat.opened.desk.device]


@pytest.mark.req("REQ-97")
def test_req_97_each_workstation_tells_what_somebody_who_left_took_along_there(
    office: Office,
) -> None:
    ids = [let_in_officer(seat) for seat in (office.first, office.second)]
    who = Newcomer("k.boateng", "Kofi Boateng", frozenset({Role.FRONT_DESK}), PASSWORD)
    kofi = [
        seat.program.let_in(who, proof=proof(seat.opened)).id
        for seat in (office.first, office.second)
    ]
    there = office.second.opened
    with there.store.write() as unit:
        for action in ("print.day-sheet", "print.call-list", "visit.copy"):
            replace(there.desk, staff=replace(there.desk.staff, id=kofi[1])).note(unit, action)
    office.both()
    office.first.program.lock()
    office.first.opened = office.first.program.unlock(ids[0], PASSWORD)
    opened = office.first.opened
    gone = office.first.program.let_go(kofi[0], Cause.LEFT, proof(opened))
    assert [(each.name, each.counted) for each in gone.elsewhere] == [("Desk 1", None)]
    office.both()
    office.second.program.settle_shut_out()
    office.both()
    (told,) = leaving.farewell(opened.desk, kofi[0]).elsewhere
    assert told.counted is not None
    assert [(each.how, each.count) for each in told.counted] == [("copied", 1), ("printed", 2)]
    with office.first.opened.store.read() as unit:
        body = str(notices.all_of(unit, NoticeKind.TOOK))
    assert "day-sheet" not in body
    assert "Kofi" not in body


@pytest.mark.req("REQ-104")
def test_carekraft_is_told_in_closed_codes_and_tells_with_a_clock_of_its_own(
    office: Office, hub: Hub
) -> None:
    opened = officer_at(office.first)
    file = incidents.open_one(opened.desk, Kind.MISSENT)
    incidents.everybody_here(opened.desk, file.id)
    incidents.put_down(opened.desk, file.id, Entered.WHAT, "Words of the office")
    incident_telling.tell(opened.desk, file.id)
    office.first.settle()
    (line,) = hub.write(hub_notices.listed)
    assert json.loads(line[3]).keys() <= {"what", "day", "band", "classes"}
    hub.write(
        lambda c: hub_notices.warn(
            c,
            OFFICE_ID,
            "ck-incident-1",
            what="wrong-office",
            day=date(2026, 11, 20),
            classes=["contact"],
            at=office.first.clock.now(),
        )
    )
    office.first.clock.advance(days=1)
    office.first.settle()
    (told,) = [f for f in incidents.register(opened.desk) if f.kind is Kind.TOLD]
    assert (told.about, told.opened_by, told.classes) == ("ck-incident-1", "", ("contact",))
    assert told.discovered == told.opened_at > (told.occurred or 0)
    office.first.settle()
    assert len(incidents.register(opened.desk)) == 2


@pytest.mark.req("REQ-104")
def test_everything_about_an_incident_is_one_signed_file_that_a_stranger_can_check(
    office: Office, tmp_path: Path
) -> None:
    opened = officer_at(office.first)
    file = incidents.open_one(opened.desk, Kind.LOOKED)
    incidents.put_down(opened.desk, file.id, Entered.WHAT, "Somebody looked")
    incidents.put_down(opened.desk, file.id, Entered.JOURNAL, "1-3")
    place = tmp_path / "incident.jsonl"
    with pytest.raises(PasswordAgain):
        incident_bundle.export(opened.desk, opened.unlocked, file.id, place, again=None)
    report = incident_bundle.export(
        opened.desk, opened.unlocked, file.id, place, again=proof(opened)
    )
    assert (report.entries, report.flaw) == (6, None)
    said = [json.loads(line) for line in place.read_text("utf-8").splitlines()]
    assert [each.get("action") for each in said[1:4]] == [
        "incident.opened",
        "incident.what",
        "incident.journal",
    ]
    assert main(["audit", "verify", str(place)]) == 0
    place.write_text(place.read_text("utf-8").replace("Somebody looked", "Nobody looked"), "utf-8")
    assert main(["audit", "verify", str(place)]) != 0
