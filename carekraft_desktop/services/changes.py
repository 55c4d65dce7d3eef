"""What has changed of a booking since somebody here last saw it; told until it is acknowledged."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from carekraft_desktop.domain.changes import Change, Snapshot, differences, kept, snapshot
from carekraft_desktop.domain.pending import Seen, project
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Status, Visit
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import baselines, outbox, patients, visits
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import replace

MOST = 1_000
"""More bookings than this at once are a first synchronization, not news."""


class Changed(NamedTuple):
    """A booking with what has changed of it."""

    seen: Seen
    changes: tuple[Change, ...]
    changed_at: int
    """When the exchange recorded the last change."""


def changed(desk: Desk) -> tuple[Changed, ...]:
    """Every booking of which something has changed that nobody has acknowledged, oldest first."""
    desk.require(Right.SEE_SCHEDULE, "changes.see")
    with desk.store.read() as unit:
        found = baselines.changed(unit)
        entries = visits.entries(unit, found)
        moments = visits.changes(unit, found)
        asked = outbox.showing_by_visit(unit)
        rows = [
            Changed(project(entry, asked.get(id_, ())), found[id_], moments[id_].changed_at)
            for id_, entry in entries.items()
        ]
    return tuple(sorted(rows, key=lambda row: (row.changed_at, row.seen.entry.id)))


def acknowledge(desk: Desk, visit_id: str) -> None:
    """Somebody has read what changed; from here on this is what was last seen."""
    desk.require(Right.ANSWER_BOOKINGS, "changes.read", visit_id)
    with desk.store.write() as unit:
        changes = baselines.changes(unit, visit_id)
        if not changes:
            return
        now = look(unit, visit_id)
        if now is not None:
            baselines.keep(unit, [(visit_id, now[0], ())])
        desk.note(unit, "changes.read", visit_id, detail=_codes(changes))


def remember(unit: Writing, visit_id: str) -> None:
    """Somebody looks at a booking for the first time: note what they see."""
    if baselines.one(unit, visit_id) is not None:
        return
    now = look(unit, visit_id)
    if now is not None:
        baselines.keep(unit, [(visit_id, now[0], ())])


def own(unit: Writing, seen: Seen) -> None:
    """The office itself has done something to it: time, provider and status are no news.

    Without a snapshot there is nothing to do: the one that is taken when news arrives has the
    office's own acts laid over it. What is still to be acknowledged stays.
    """
    visit_id = seen.entry.id
    before = baselines.one(unit, visit_id)
    if before is not None:
        after = replace(
            before,
            start=seen.start,
            end=seen.end,
            provider_id=seen.provider_id,
            status=seen.status,
        )
        baselines.move(unit, visit_id, after)


def before_arrivals(unit: Writing, values: Mapping[str, list[Any]]) -> list[str]:
    """Note how the bookings stand that are about to change; returns them for `after_arrivals`."""
    people = {value.id for value in values.get("patient", ())}
    people |= {
        value.patient_id for kind in ("consent", "coverage") for value in values.get(kind, ())
    }
    booked = [value.id for value in values.get("booking", ())]
    if not 0 < len(booked) + len(people) <= MOST:
        return []
    touched = visits.open_ids(unit, booked, people)
    held = baselines.get(unit, touched)
    rows = [
        (id_, found[0], ()) for id_ in touched if id_ not in held and (found := look(unit, id_))
    ]
    baselines.keep(unit, rows)
    return touched


def after_arrivals(unit: Writing, touched: Iterable[str]) -> None:
    """Find out what has changed; what a closed class held is forgotten here as well."""
    held = baselines.get(unit, touched)
    rows = []
    for id_, before in held.items():
        found = look(unit, id_)
        if found is not None:
            now, by_patient = found
            rows.append((id_, kept(before, now), differences(before, now, by_patient=by_patient)))
    baselines.keep(unit, rows)


def look(unit: Reading, visit_id: str) -> tuple[Snapshot, bool] | None:
    """How a booking stands, and whether the patient has cancelled it; None when it is gone."""
    visit = visits.get(unit, visit_id)
    if visit is None:
        return None
    seen = project(visit.entry(), outbox.about(unit, visit_id))
    state = snapshot(
        visit,
        seen,
        patients.get(unit, visit.patient_id),
        patients.shares(unit, visit.patient_id),
        patients.insurance(unit, visit.patient_id),
    )
    return state, _by_patient(visit)


def _by_patient(visit: Visit) -> bool:
    return visit.status is Status.CANCELLED and visit.cancelled_by == "patient"


def _codes(changes: Iterable[Change]) -> str:
    return ",".join(sorted({change.field.value for change in changes}))
