"""The retention table as the office confirms it, and what is kept of those who withdrew (REQ-81)."""

from datetime import date

from carekraft_desktop.domain.retention import (
    DEFAULTS,
    Kept,
    Table,
    lawful,
    referral,
    seen,
    shortens,
)
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import Held, KeptLonger, NoLongerThere, TableUnclear
from carekraft_desktop.services import step_up, withdrawal
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import disposals, erasures, holds, kept, paperwork, records, retention
from carekraft_desktop.store.disposals import Run
from carekraft_desktop.store.kept import Piece
from carekraft_desktop.store.records import Record
from carekraft_desktop.store.retention import Version
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value, replace


class Restricted(Value, frozen=True):
    """Somebody who withdrew, and of whom the office must keep something."""

    patient_id: str
    name: str
    """Empty where only a referral is kept."""
    pieces: int
    due_on: date
    """When the last of it is due."""
    held: bool


class Overview(Value, frozen=True):
    """Everything on the page of what is kept."""

    table: Table
    confirmed: Version | None
    """Who confirmed it; None while the defaults count."""
    counts: dict[Kept, int]
    restricted: tuple[Restricted, ...]
    runs: tuple[Run, ...]
    last_counts: dict[str, int]
    """What the newest disposal destroyed, by class."""
    incomplete: int
    """Erasures that a backup still holds."""


class Standing(Value, frozen=True):
    """One record of a patient: its class, when its clock began, when it is due."""

    kind: str
    id: str
    kept: Kept
    start: date
    due: date
    held: bool


def overview(desk: Desk) -> Overview:
    """How things stand; that somebody looked is journalled."""
    desk.require(Right.KEEP_RECORDS, "kept.list")
    with desk.store.write() as unit:
        versions = retention.versions(unit)
        runs = disposals.runs(unit, most=20)
        ended = next((each for each in runs if each.ended_at), None)
        desk.note(unit, "kept.list")
        return Overview(
            versions[0].table if versions else DEFAULTS,
            versions[0] if versions else None,
            _counts(unit, desk),
            _restricted(unit),
            runs,
            disposals.counts(unit, ended.id) if ended is not None else {},
            erasures.incomplete(unit, withdrawal.around(unit, desk.now()).today),
        )


def confirm(desk: Desk, table: Table, again: StepUp | None) -> bool:
    """Put the office's numbers into force; every date follows. Whether anything was shortened.

    Raises:
        NotPermitted: only the privacy officer may.
        PasswordAgain: there is no fresh proof (REQ-19).
        TableUnclear: a number is out of bounds.
    """
    desk.require(Right.KEEP_RECORDS, "retention.confirm")
    step_up.require(desk, again, "retention.confirm")
    if not lawful(table):
        raise TableUnclear
    table = replace(table, state=table.state.upper())
    with desk.store.write() as unit:
        shorter = shortens(retention.table(unit), table)
        retention.confirm(unit, Version(desk.now(), desk.staff.id, table))
        _date_anew(unit, table)
        desk.note(unit, "retention.confirm", detail="shorter" if shorter else "")
    return shorter


def standing(desk: Desk, patient_id: str) -> tuple[Standing, ...]:
    """Each record of a patient with class, clock and day."""
    desk.require(Right.KEEP_RECORDS, "kept.open", patient_id)
    with desk.store.read() as unit:
        how = withdrawal.around(unit, desk.now())
        person = retention.person(unit, patient_id, how.now, how.zone)
        held = holds.on(unit, patient_id)
        own = withdrawal.record_life(person, how)
        found = []
        for table in ("patient", "consent", "coverage", "booking", "referral"):
            for body in records.of(unit, table, patient_id):
                id_ = str(body["id"])
                life = own
                if table == "booking":
                    life = withdrawal.visit_life(person, id_, how)
                elif table == "referral":
                    sent = retention.day_of(int(body["sent_at"] or 0), how.zone)
                    life = referral(sent, own if person.last_seen else None, how.table)
                found.append(Standing(table, id_, life.kept, life.start, life.due, held))
        for piece in kept.of(unit, patient_id):
            life = piece.life
            found.append(Standing(piece.kind, piece.id, life.kept, life.start, life.due, held))
    return tuple(found)


def open_restricted(desk: Desk, patient_id: str) -> tuple[Piece, ...]:
    """What is kept of somebody who withdrew, for the officer; journalled like any opening.

    Raises:
        NoLongerThere: nothing is kept.
    """
    desk.require(Right.KEEP_RECORDS, "kept.open", patient_id)
    with desk.store.write() as unit:
        found = kept.of(unit, patient_id)
        if not found:
            raise NoLongerThere
        desk.note(unit, "kept.open", patient_id)
    return found


def remove_paper(desk: Desk, table: str, key: str) -> None:
    """What somebody is told who wants paperwork gone: it is kept (REQ-30, REQ-82).

    Raises:
        Held: a hold lies on it.
        KeptLonger: its six years are not over; when they are, the disposal takes it.
    """
    desk.require(Right.KEEP_RECORDS, "paper.remove", key)
    with desk.store.write() as unit:
        desk.note(unit, "paper.remove", key, detail=table, outcome="refused")
        held = holds.on_paper(unit)
    if held:
        raise Held
    raise KeptLonger(paperwork.STARTS[table][2].value)


def _date_anew(unit: Writing, table: Table) -> None:
    """What is kept apart gets its dates from the table that counts now."""
    fresh = []
    for piece in kept.every(unit):
        life = piece.life
        if life.kept is Kept.SEEN:
            life = seen(life.start, piece.birth, table, guardian=piece.guardian)
        elif life.kept is Kept.REFERRAL:
            own = [p for p in kept.of(unit, piece.patient_id) if p.life.kept is Kept.SEEN]
            of_seen = (
                seen(own[0].life.start, own[0].birth, table, guardian=own[0].guardian)
                if own
                else None
            )
            life = referral(life.start, of_seen, table)
        fresh.append(replace(piece, life=life))
    kept.put(unit, fresh)


def _counts(unit: Reading, desk: Desk) -> dict[Kept, int]:
    came = retention.count_came(unit, desk.now())
    pieces = kept.every(unit)
    of_class = {each: sum(p.life.kept is each for p in pieces) for each in Kept}
    return {
        Kept.NEVER_CAME: retention.count_bookings(unit) - came + of_class[Kept.NEVER_CAME],
        Kept.SEEN: came + of_class[Kept.SEEN],
        Kept.REFERRAL: retention.count(unit, "referral") + of_class[Kept.REFERRAL],
        Kept.PERMISSION: retention.count(unit, "permission") + of_class[Kept.PERMISSION],
        Kept.PAPER: paperwork.count(unit),
        Kept.DRAFT: retention.count(unit, "quarantine") + retention.count(unit, "referral_work"),
    }


def _restricted(unit: Reading) -> tuple[Restricted, ...]:
    by_patient: dict[str, list[Piece]] = {}
    for piece in kept.every(unit):
        if piece.life.kept is not Kept.PERMISSION:
            by_patient.setdefault(piece.patient_id, []).append(piece)
    found = [
        Restricted(
            patient_id,
            _name(pieces),
            len(pieces),
            max(piece.life.due for piece in pieces),
            holds.on(unit, patient_id),
        )
        for patient_id, pieces in by_patient.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.patient_id)))


def _name(pieces: list[Piece]) -> str:
    bodies: list[Record] = [piece.body for piece in pieces if piece.kind == "patient"]
    return next((str(body["name"]) for body in bodies if body.get("name")), "")
