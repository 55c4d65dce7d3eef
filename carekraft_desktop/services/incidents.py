"""Something went wrong: open an incident, do what comes first, put down what is known (REQ-99).

Whoever works here may open one and tick steps off. The privacy officer keeps the register. Each
act is an entry of the incident's file and a line in the journal; neither is ever changed.
"""

import json
from collections.abc import Callable, Collection
from enum import StrEnum
from functools import partial

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.breach import State, state
from carekraft_desktop.domain.incidents import Containment, Entered, File, Kind, Secured, Step
from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.worst_day import steps_of
from carekraft_desktop.errors import IncidentUnclear, NoLongerThere
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import incidents
from carekraft_desktop.store.unit import Reading, Writing

LONGEST = 2_000
"""Characters of what somebody writes in their own words."""
_CLASSES = frozenset(each.value for each in DataClass) | {"other"}


def register(desk: Desk) -> tuple[File, ...]:
    """All incidents, the newest first; those who keep no register see what they opened or sign."""
    desk.require(Right.REPORT_INCIDENTS, "incident.list")
    with desk.store.read() as unit:
        found = incidents.files(unit)
    return tuple(each for each in found if _concerns(desk, each))


def open_count(desk: Desk) -> int:
    """How many wait for whoever sits here; 0 for those whom it does not concern."""
    if not desk.staff.may(Right.REPORT_INCIDENTS):
        return 0
    with desk.store.read() as unit:
        found = incidents.files(unit)
    return sum(each.closed_at is None and _concerns(desk, each) for each in found)


def open_one(
    desk: Desk,
    kind: Kind,
    *,
    about: str = "",
    concerns: str = "",
    occurred: Moment | None = None,
    discovered: Moment | None = None,
) -> File:
    """Begin an incident's file; the clocks begin with it, or earlier.

    Args:
        desk: who says so.
        kind: what went wrong.
        about: opaque id of what it is about.
        concerns: staff id of who caused it, empty for nobody.
        occurred: when it happened, as far as is known.
        discovered: the first day on which it was known or should have been; now if not given.
    """
    desk.require(Right.REPORT_INCIDENTS, "incident.open")
    now = desk.now()
    file = File(desk.ids.new(), kind, about, now, desk.staff.id, concerns, "")
    with desk.store.write() as unit:
        incidents.open_file(unit, file)
        for entered, moment in ((Entered.OCCURRED, occurred), (Entered.DISCOVERED, discovered)):
            if moment is not None:
                _add(desk, unit, file.id, entered, str(_moment(str(moment), now)))
        desk.note(unit, "incident.open", file.id, detail=kind.value)
    return read(desk, file.id)


def read(desk: Desk, incident_id: str) -> File:
    """One incident with its file.

    Raises:
        NoLongerThere: there is none, or it does not concern whoever asks.
    """
    desk.require(Right.REPORT_INCIDENTS, "incident.read", incident_id)
    with desk.store.read() as unit:
        return found_file(unit, desk, incident_id)


def found_file(unit: Reading, desk: Desk, incident_id: str) -> File:
    """The same inside a transaction."""
    file = incidents.file(unit, incident_id)
    if file is None or not _concerns(desk, file):
        raise NoLongerThere
    return file


def tick(desk: Desk, incident_id: str, step: Step) -> File:
    """A step was taken; who and when is kept, and the first time counts.

    Raises:
        IncidentUnclear: it is no step of this kind of incident.
    """
    desk.require(Right.REPORT_INCIDENTS, "incident.step", incident_id)
    with desk.store.write() as unit:
        file = found_file(unit, desk, incident_id)
        if step not in steps_of(file.kind):
            raise IncidentUnclear("step")
        if step not in file.done():
            add(desk, unit, file, Entered.STEP, step.value)
            desk.note(unit, "incident.step", incident_id, detail=step.value)
    return read(desk, incident_id)


def put_down(desk: Desk, incident_id: str, kind: Entered, value: str) -> File:
    """Put something down; what was said before stays in the file.

    Raises:
        IncidentUnclear: the value cannot be; its detail is the kind of entry.
    """
    own = kind is Entered.WHAT
    right = Right.REPORT_INCIDENTS if own else Right.KEEP_INCIDENTS
    desk.require(right, "incident.put-down", incident_id)
    tidy = checked(kind, value, desk.now())
    with desk.store.write() as unit:
        file = found_file(unit, desk, incident_id)
        if file.said(kind) != tidy:
            add(desk, unit, file, kind, tidy)
            if kind is Entered.PATIENTS:
                states = incidents.residents(unit, json.loads(tidy))
                add(desk, unit, file, Entered.RESIDENTS, json.dumps(states))
            desk.note(unit, "incident.put-down", incident_id, detail=kind.value)
    return read(desk, incident_id)


def everybody_here(desk: Desk, incident_id: str) -> File:
    """It is about every patient that this workstation holds, as with a lost machine."""
    desk.require(Right.KEEP_INCIDENTS, "incident.put-down", incident_id)
    with desk.store.read() as unit:
        ids = incidents.everybody(unit)
    return put_down(desk, incident_id, Entered.PATIENTS, json.dumps(ids))


def add(desk: Desk, unit: Writing, file: File, kind: Entered, value: str) -> None:
    """Add a line to a file that is still open.

    Raises:
        IncidentUnclear: it was closed; what comes up later is an incident of its own.
    """
    if file.closed_at is not None:
        raise IncidentUnclear("closed")
    _add(desk, unit, file.id, kind, value)


def checked(kind: Entered, value: str, now: Moment) -> str:
    """The value in the form that is kept.

    Raises:
        IncidentUnclear: it cannot be.
    """
    tidy = _TIDY.get(kind)
    if kind in {Entered.OCCURRED, Entered.DISCOVERED}:
        return str(_moment(value, now))
    if tidy is None:
        raise IncidentUnclear(kind.value)
    return tidy(value)


def _add(desk: Desk, unit: Writing, incident_id: str, kind: Entered, value: str) -> None:
    incidents.add(unit, incident_id, kind, value, staff=desk.staff.id, at=desk.now())


def _concerns(desk: Desk, file: File) -> bool:
    """The officer sees all of them; others what they opened, and what waits for a second person."""
    if desk.staff.may(Right.KEEP_INCIDENTS) or file.opened_by == desk.staff.id:
        return True
    return desk.staff.may(Right.COUNTERSIGN_INCIDENTS) and state(file) is State.WAITS


def _moment(value: str, now: Moment) -> Moment:
    try:
        found = int(value)
    except ValueError:
        raise IncidentUnclear("day") from None
    if not 0 < found <= now:
        raise IncidentUnclear("day")
    return found


def _number(value: str) -> str:
    tidy = value.strip().replace(",", "")
    if not (tidy.isascii() and tidy.isdigit()) or len(tidy) > 9:
        raise IncidentUnclear(Entered.INDIVIDUALS.value)
    return str(int(tidy))


def _residents(value: str) -> str:
    """From what somebody types, such as `NY 501, CO 12`."""
    found: dict[str, int] = {}
    for part in value.split(","):
        state_, _, count = part.strip().rpartition(" ")
        tidy = state_.strip().upper()
        if not part.strip():
            continue
        if not (len(tidy) == 2 and tidy.isascii() and tidy.isalpha()):
            raise IncidentUnclear(Entered.RESIDENTS.value)
        found[tidy] = int(_number(count))
    return json.dumps(found, sort_keys=True)


def _classes(chosen: Collection[str]) -> str:
    if not set(chosen) <= _CLASSES:
        raise IncidentUnclear(Entered.CLASSES.value)
    return json.dumps(sorted(set(chosen)))


def _span(value: str) -> str:
    first, _, last = value.replace(" ", "").partition("-")
    last = last or first
    if not (first.isdigit() and last.isdigit()) or int(first) > int(last):
        raise IncidentUnclear(Entered.JOURNAL.value)
    return f"{int(first)}-{int(last)}"


def _words(value: str) -> str:
    return " ".join(value.split())[:LONGEST]


def _patients(value: str) -> str:
    return json.dumps(sorted({str(each) for each in json.loads(value)}))


def _one_of(choices: type[StrEnum], value: str) -> str:
    if value not in {each.value for each in choices}:
        raise IncidentUnclear("choice")
    return value


_TIDY: dict[Entered, Callable[[str], str]] = {
    **dict.fromkeys((Entered.WHAT, Entered.WHO, Entered.SYSTEMS), _words),
    Entered.INDIVIDUALS: _number,
    Entered.PATIENTS: _patients,
    Entered.RESIDENTS: _residents,
    Entered.CLASSES: lambda value: _classes(json.loads(value)),
    Entered.JOURNAL: _span,
    Entered.SECURED: partial(_one_of, Secured),
    Entered.CONTAINMENT: partial(_one_of, Containment),
}
"""What each kind of entry is made of what was typed."""
