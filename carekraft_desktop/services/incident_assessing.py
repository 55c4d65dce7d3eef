"""Assess an incident, let a second person sign, note violations, and close it (REQ-27, REQ-100)."""

import json
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from msgspec.structs import asdict

from carekraft_desktop.domain import breach, breach_clocks
from carekraft_desktop.domain.breach import Conclusion, Factors, State
from carekraft_desktop.domain.breach_clocks import Addressee, Delay, Due
from carekraft_desktop.domain.incidents import Entered, File, Sanction
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import IncidentOpen, IncidentUnclear, NotPermitted
from carekraft_desktop.services import incidents as files
from carekraft_desktop.services import step_up
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import incidents as rows
from carekraft_desktop.store import office as offices
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value

LONGEST_LINK = 120
"""Characters of where the evidence is."""


class Clocks(Value, frozen=True):
    """What is due, and how far the time has run."""

    discovered: date
    today: date
    due: tuple[Due, ...]
    reached: int
    """The last reminding day that has come."""

    @property
    def days(self) -> int:
        """Days since discovery."""
        return (self.today - self.discovered).days


def factors(file: File) -> Factors:
    """The four factors as they were chosen last, with what the kind decides."""
    said = file.said(Entered.ASSESSED)
    if not said:
        return breach.preset(file)
    chosen = json.loads(said)
    return Factors(**{**chosen, "links": tuple(chosen["links"])})


def assess(desk: Desk, incident_id: str, chosen: Factors) -> File:
    """Put the four factors down, as far as they are known.

    Raises:
        IncidentUnclear: something cannot be chosen for this kind of incident.
    """
    desk.require(Right.KEEP_INCIDENTS, "incident.assess", incident_id)
    with desk.store.write() as unit:
        file = files.found_file(unit, desk, incident_id)
        if not breach.lawful(file, chosen):
            raise IncidentUnclear("factor")
        links = tuple(" ".join(link.split())[:LONGEST_LINK] for link in chosen.links)
        value = json.dumps({**asdict(chosen), "links": links})
        if value != file.said(Entered.ASSESSED):
            files.add(desk, unit, file, Entered.ASSESSED, value)
            desk.note(unit, "incident.assess", incident_id)
    return files.read(desk, incident_id)


def conclude(desk: Desk, incident_id: str, conclusion: Conclusion, proof: StepUp | None) -> File:
    """Conclude; anything but a breach counts only once a second person has signed.

    Raises:
        PasswordAgain: the password was not typed just now.
        IncidentUnclear: the conclusion does not follow from the factors.
    """
    desk.require(Right.KEEP_INCIDENTS, "incident.conclude", incident_id)
    step_up.require(desk, proof, "incident.conclude", incident_id)
    with desk.store.write() as unit:
        file = files.found_file(unit, desk, incident_id)
        if not breach.may_conclude(file, factors(file), conclusion):
            raise IncidentUnclear("conclusion")
        files.add(desk, unit, file, Entered.CONCLUDED, conclusion.value)
        desk.note(unit, "incident.conclude", incident_id, detail=conclusion.value)
    return files.read(desk, incident_id)


def countersign(desk: Desk, incident_id: str, proof: StepUp | None) -> File:
    """Agree with the conclusion, as a second person.

    Raises:
        PasswordAgain: the password was not typed just now.
        NotPermitted: it is one's own conclusion, or the role does not allow it.
        IncidentUnclear: nothing waits for a signature.
    """
    desk.require(Right.COUNTERSIGN_INCIDENTS, "incident.sign", incident_id)
    step_up.require(desk, proof, "incident.sign", incident_id)
    with desk.store.read() as unit:
        file = files.found_file(unit, desk, incident_id)
    concluded = file.newest(Entered.CONCLUDED)
    if concluded is None or breach.state(file) is not State.WAITS:
        raise IncidentUnclear("nothing-waits")
    if concluded.staff == desk.staff.id:
        with desk.store.write() as unit:
            desk.note(unit, "incident.sign", incident_id, outcome="denied")
        raise NotPermitted("one's own")
    with desk.store.write() as unit:
        files.add(desk, unit, file, Entered.SIGNED, concluded.value)
        desk.note(unit, "incident.sign", incident_id, detail=concluded.value)
        again = files.found_file(unit, desk, incident_id) if _keeps(desk) else None
    return again or file


def violation(desk: Desk, incident_id: str, staff_id: str) -> File:
    """It is confirmed that somebody broke a rule; an outcome is needed before closing (REQ-27)."""
    desk.require(Right.KEEP_INCIDENTS, "incident.violation", incident_id)
    with desk.store.write() as unit:
        file = files.found_file(unit, desk, incident_id)
        if staff_id not in file.violations():
            files.add(desk, unit, file, Entered.VIOLATION, staff_id)
            desk.note(unit, "incident.violation", incident_id, detail=staff_id)
    return files.read(desk, incident_id)


def sanction(desk: Desk, incident_id: str, staff_id: str, outcome: Sanction) -> File:
    """What was done about a violation.

    Raises:
        IncidentUnclear: no violation of this person was confirmed.
        NotPermitted: it is about oneself, and somebody else could decide.
    """
    desk.require(Right.KEEP_INCIDENTS, "incident.sanction", incident_id)
    if staff_id == desk.staff.id and _others(desk):
        with desk.store.write() as unit:
            desk.note(unit, "incident.sanction", incident_id, outcome="denied")
        raise NotPermitted("oneself")
    with desk.store.write() as unit:
        file = files.found_file(unit, desk, incident_id)
        if staff_id not in file.violations():
            raise IncidentUnclear("violation")
        value = json.dumps({"staff": staff_id, "outcome": outcome.value})
        files.add(desk, unit, file, Entered.SANCTION, value)
        desk.note(unit, "incident.sanction", incident_id, detail=f"{staff_id}:{outcome.value}")
    return files.read(desk, incident_id)


def delay(desk: Desk, incident_id: str, asked: date, until: date | None) -> File:
    """Law enforcement asked to wait: in writing with an end, or by word of mouth for 30 days."""
    desk.require(Right.KEEP_INCIDENTS, "incident.delay", incident_id)
    if until is not None and until <= asked:
        raise IncidentUnclear("day")
    with desk.store.write() as unit:
        file = files.found_file(unit, desk, incident_id)
        value = {"asked": asked.isoformat(), "until": until.isoformat() if until else ""}
        files.add(desk, unit, file, Entered.DELAY, json.dumps(value))
        detail = "written" if until else "oral"
        desk.note(unit, "incident.delay", incident_id, detail=detail)
    return files.read(desk, incident_id)


def confirm_days(desk: Desk, state: str, days: int) -> None:
    """The office's state asks for notice within that many days; 0 takes it back."""
    desk.require(Right.KEEP_INCIDENTS, "incident.days")
    tidy = state.strip().upper()
    if not (len(tidy) == 2 and tidy.isalpha()) or not 0 <= days <= breach_clocks.DAYS:
        raise IncidentUnclear("state")
    with desk.store.write() as unit:
        rows.confirm_days(unit, tidy, days, staff=desk.staff.id, at=desk.now())
        desk.note(unit, "incident.days", detail=f"{tidy}:{days}")


def clocks(desk: Desk, file: File) -> Clocks:
    """By when who has to be told; nothing where two people have concluded that it was no breach."""
    desk.require(Right.REPORT_INCIDENTS, "incident.read", file.id)
    with desk.store.read() as unit:
        return clocks_in(unit, file, desk.now())


def clocks_in(unit: Reading, file: File, now: int) -> Clocks:
    """The same inside a transaction."""
    zone = _zone(unit)
    discovered = datetime.fromtimestamp(file.discovered, zone).date()
    today = datetime.fromtimestamp(now, zone).date()
    runs = breach.counts_as_breach(file)
    due = breach_clocks.due(
        discovered,
        file.individuals if runs else 0,
        file.residents,
        shorter=rows.shorter(unit),
        delays=[_delay(each.value) for each in file.all_of(Entered.DELAY)],
    )
    told = noticed(file)
    due = tuple(each for each in due if (each.who, each.state if _media(each) else "") not in told)
    return Clocks(discovered, today, due, breach_clocks.reached(discovered, today) if runs else 0)


def noticed(file: File) -> set[tuple[Addressee, str]]:
    """Who has been told already, with the state for the media."""
    said = [json.loads(each.value) for each in file.all_of(Entered.NOTICE)]
    return {(Addressee(each["who"]), each["state"]) for each in said if each["sent"]}


def missing(unit: Reading, file: File, now: int) -> tuple[str, ...]:
    """What stands against closing, as codes; empty when nothing does."""
    found: list[str] = []
    if breach.state(file) is State.PRESUMED:
        found.append("conclusion")
    if breach.state(file) is State.WAITS:
        found.append("second")
    if any(not outcome for outcome in file.violations().values()):
        found.append("sanction")
    if breach.state(file) is State.BREACH:
        if not file.individuals:
            found.append("whose")
        found += [f"notice-{each.who.value}" for each in clocks_in(unit, file, now).due]
    return tuple(dict.fromkeys(found))


def open_points(desk: Desk, file: File) -> tuple[str, ...]:
    """The same for the page."""
    desk.require(Right.KEEP_INCIDENTS, "incident.read", file.id)
    with desk.store.read() as unit:
        return missing(unit, file, desk.now())


def close(desk: Desk, incident_id: str, proof: StepUp | None) -> File:
    """Bring it to an end; it stays on the register for good.

    Raises:
        PasswordAgain: the password was not typed just now.
        IncidentOpen: something is missing, by its code.
    """
    desk.require(Right.KEEP_INCIDENTS, "incident.close", incident_id)
    step_up.require(desk, proof, "incident.close", incident_id)
    with desk.store.write() as unit:
        file = files.found_file(unit, desk, incident_id)
        open_ = missing(unit, file, desk.now())
        if open_:
            raise IncidentOpen(open_[0])
        result = breach.state(file).value
        files.add(desk, unit, file, Entered.CLOSED, result)
        rows.close(unit, incident_id, result, staff=desk.staff.id, at=desk.now())
        desk.note(unit, "incident.close", incident_id, detail=result)
    return files.read(desk, incident_id)


def _media(one: Due) -> bool:
    return one.who is Addressee.MEDIA


def _delay(value: str) -> Delay:
    said = json.loads(value)
    until = date.fromisoformat(said["until"]) if said["until"] else None
    return Delay(date.fromisoformat(said["asked"]), until)


def _zone(unit: Reading) -> tzinfo:
    office = offices.office(unit)
    return ZoneInfo(office.zone) if office is not None else UTC


def _keeps(desk: Desk) -> bool:
    return desk.staff.may(Right.KEEP_INCIDENTS)


def _others(desk: Desk) -> bool:
    return any(each.id != desk.staff.id and each.may(Right.KEEP_INCIDENTS) for each in desk.team)
