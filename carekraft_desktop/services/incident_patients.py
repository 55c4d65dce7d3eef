"""Whose data an incident is about: found by search or in a stretch of the journal, kept as ids.

Names are shown as in every list; a birth date is covered until somebody reveals it (REQ-03). A list
that changes is a newer line of the file, so who was on it before stays known (REQ-99).
"""

import json
from collections.abc import Collection

from carekraft_desktop.domain.incidents import Entered, File
from carekraft_desktop.domain.patients import Sharing
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import IncidentUnclear, NoLongerThere
from carekraft_desktop.services import find, incidents
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import incidents as stored
from carekraft_desktop.store import journal, patients
from carekraft_desktop.store.search import Hit
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value

LONGEST_STRETCH = 50_000
"""Entries of the journal that are looked through at once."""
_AT_ONCE = 1_000


class Affected(Value, frozen=True):
    """One of those whose data it is about."""

    patient_id: str
    name: str
    """Empty where the patient is no longer here."""


def search(desk: Desk, incident_id: str, typed: str) -> tuple[Hit, ...]:
    """Patients who fit what was typed: names, a birth date, a booking number."""
    desk.require(Right.KEEP_INCIDENTS, "incident.search", incident_id)
    return find.find(desk, typed)


def listed(desk: Desk, incident_id: str) -> tuple[Affected, ...]:
    """Everybody who is named in the file, by name.

    Raises:
        NotPermitted: the role keeps no register, or sees no patients.
    """
    desk.require(Right.KEEP_INCIDENTS, "incident.patients", incident_id)
    desk.require(Right.SEE_SCHEDULE, "incident.patients", incident_id)
    with desk.store.read() as unit:
        ids = incidents.found_file(unit, desk, incident_id).patients
        names = stored.names(unit, ids)
    found = [Affected(id_, names.get(id_, "")) for id_ in ids]
    return tuple(sorted(found, key=lambda each: (not each.name, each.name, each.patient_id)))


def add(desk: Desk, incident_id: str, patient_ids: Collection[str]) -> File:
    """These belong to it as well.

    Raises:
        IncidentUnclear: one of them is nobody here.
    """
    desk.require(Right.KEEP_INCIDENTS, "incident.put-down", incident_id)
    with desk.store.read() as unit:
        file = incidents.found_file(unit, desk, incident_id)
        if set(patient_ids) - stored.names(unit, patient_ids).keys():
            raise IncidentUnclear(Entered.PATIENTS.value)
    return _put(desk, file, {*file.patients, *patient_ids})


def take_off(desk: Desk, incident_id: str, patient_id: str) -> File:
    """It is not about this one after all; that they were named stays in the file.

    Raises:
        NoLongerThere: they are not on the list.
    """
    desk.require(Right.KEEP_INCIDENTS, "incident.put-down", incident_id)
    file = incidents.read(desk, incident_id)
    if patient_id not in file.patients:
        raise NoLongerThere
    return _put(desk, file, set(file.patients) - {patient_id})


def from_journal(desk: Desk, incident_id: str) -> int:
    """Name everybody whom the linked stretch of the journal tells of; how many are new.

    Raises:
        IncidentUnclear: no stretch is linked, or it is too long to be looked through.
    """
    desk.require(Right.KEEP_INCIDENTS, "incident.put-down", incident_id)
    desk.require(Right.SEE_JOURNAL, "journal.read", incident_id)
    with desk.store.read() as unit:
        file = incidents.found_file(unit, desk, incident_id)
        span = file.said(Entered.JOURNAL)
        if not span:
            raise IncidentUnclear(Entered.JOURNAL.value)
        first, last = map(int, span.split("-"))
        if last - first >= LONGEST_STRETCH:
            raise IncidentUnclear(Entered.JOURNAL.value)
        ids = stored.patients_behind(unit, _words_of(unit, first, last))
    new = ids - set(file.patients)
    if new:
        _put(desk, file, {*file.patients, *ids})
    return len(new)


def birth_date(desk: Desk, incident_id: str, patient_id: str) -> str:
    """The birth date of one of them; journalled. Empty where it was not shared.

    Raises:
        NotPermitted: the role may not reveal it.
        NoLongerThere: the patient is not here any more.
    """
    desk.require(Right.KEEP_INCIDENTS, "patient.reveal", patient_id)
    desk.require(Right.REVEAL_CONTACT, "patient.reveal", patient_id)
    with desk.store.write() as unit:
        incidents.found_file(unit, desk, incident_id)
        found = patients.get(unit, patient_id)
        if found is None:
            raise NoLongerThere
        shared = patients.shares(unit, patient_id).demographic is Sharing.SHARED
        desk.note(unit, "patient.reveal", patient_id, detail="birth_date")
    return found.birth_date if shared else ""


def _put(desk: Desk, file: File, ids: set[str]) -> File:
    return incidents.put_down(desk, file.id, Entered.PATIENTS, json.dumps(sorted(ids)))


def _words_of(unit: Reading, first: int, last: int) -> set[str]:
    """All ids that the entries of a stretch name, whatever they are of."""
    found: set[str] = set()
    n = first - 1
    while n < last:
        entries = journal.after(unit, n, most=_AT_ONCE)
        if not entries:
            break
        for number, entry in entries:
            if number > last:
                break
            found.add(entry.object)
            if entry.action == "rows.seen":
                found |= set(entry.detail.split())
        n = entries[-1][0]
    return found - {""}
