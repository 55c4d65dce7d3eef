"""What becomes of a record when its patient withdraws: decided by rule, in the same transaction.

    never seen                      all of it is erased                              SHRED
    seen, the legal period runs     all of it is kept apart, for the officer only    RESTRICT
    some of it one, some the other                                                   PARTIAL
    under a hold                    as if a legal period ran on all of it            RESTRICT

What is kept apart leaves every table that anything else reads (`store/kept.py`); the callers
erase the record itself right after. Permissions leave a line without a value (K4, REQ-84..87).
"""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta, tzinfo

from carekraft_desktop.contract.codec import Malformed
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.codes import DataClass, Sharing
from carekraft_desktop.domain.patients import Consent
from carekraft_desktop.domain.retention import (
    BACKUP_DAYS,
    RECEIPT,
    Kept,
    Life,
    Outcome,
    Part,
    Receipt,
    Table,
    month_of,
    must_stay,
    never_came,
    outcome,
    paper,
    referral,
    seen,
)
from carekraft_desktop.exchange import seals
from carekraft_desktop.store import erasures, holds, kept, patients, records, retention
from carekraft_desktop.store.erasures import Erasure
from carekraft_desktop.store.kept import Piece
from carekraft_desktop.store.records import Record
from carekraft_desktop.store.retention import Person
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value, replace

_OF_CLASS: dict[DataClass, tuple[str, tuple[str, ...]]] = {
    DataClass.CONTACT: ("patient", ("phone", "email", "address", "prefers")),
    DataClass.DEMOGRAPHIC: ("patient", ("gender", "birth_date", "postal_code")),
    DataClass.INSURANCE: ("coverage", ("carrier", "plan", "member_id")),
    DataClass.MEDICAL: ("booking", ("purpose", "comment", "previous")),
}
"""Which members of which table a class of data is."""


class Around(Value, frozen=True):
    """Under which conditions something is kept."""

    now: Moment
    table: Table
    zone: tzinfo

    @property
    def today(self) -> date:
        """The office's day."""
        return retention.day_of(self.now, self.zone)


class Told(Value, frozen=True):
    """What the exchange is told of one thing."""

    code: Receipt = Receipt.DELETED
    month: str = ""


def around(unit: Reading, now: Moment) -> Around:
    """The office's table and day."""
    return Around(now, retention.table(unit), retention.zone(unit))


def record_life(person: Person, how: Around) -> Life:
    """Class and dates of a patient's own record, by the newest visit."""
    last = person.last_seen
    if last is not None:
        return seen(last, person.birth, how.table, guardian=person.guardian)
    days = [each.day for each in person.visits]
    if person.decided is not None:
        days.append(person.decided)
    return never_came(max(days, default=how.today), how.table)


def visit_life(person: Person, visit_id: str, how: Around) -> Life:
    """Class and dates of one booking."""
    visit = next(each for each in person.visits if each.id == visit_id)
    return record_life(person, how) if visit.came else never_came(visit.day, how.table)


def withdraw(unit: Writing, patient_id: str, how: Around) -> Told:
    """Keep apart what must stay of somebody who withdraws everything; note what became of it.

    The record itself is still there afterwards, for the caller to erase.
    """
    person = retention.person(unit, patient_id, how.now, how.zone)
    held = holds.on(unit, patient_id)
    parts = [Part(each.id, visit_life(person, each.id, how)) for each in person.visits]
    sent = records.of(unit, "referral", patient_id)
    parts += [Part(str(each["id"]), _referral_life(person, each, how)) for each in sent]
    known = parts or records.of(unit, "patient", patient_id)
    before = erasures.of(unit, "patient", patient_id)
    if not known and before is not None:
        return told_of(before)
    became = outcome(parts, how.today, held=held)
    pieces = list(_pieces(unit, person, parts, how, held=held))
    kept.put(unit, pieces)
    keep_permissions(unit, person, how)
    if before is not None and before.outcome != erasures.DISPOSED:
        became = _together(Outcome(before.outcome), became, parts)
    months = [p.life.due for p in pieces if p.life.kept in {Kept.SEEN, Kept.REFERRAL}]
    if held:
        # Said as without the hold: nobody outside learns that there is one (REQ-86).
        months = [part.life.due for part in parts] or [how.today]
    month = month_of(max(months)) if months and became is not Outcome.SHRED else ""
    noted = Erasure(
        hash=erasures.hashed(unit, "patient", patient_id),
        kind="patient",
        version=0,
        at=how.now,
        outcome=became.value,
        month=month or (before.month if before is not None else ""),
        complete_on=(how.today + timedelta(days=BACKUP_DAYS)).isoformat(),
    )
    erasures.note(unit, [noted])
    numbers = [str(each["number"]) for each in records.of(unit, "booking", patient_id)]
    erasures.name_numbers(unit, patient_id, numbers)
    return told_of(noted)


def _together(before: Outcome, now: Outcome, parts: Sequence[Part]) -> Outcome:
    """One withdrawal may arrive in two stretches."""
    return before if before is now or not parts else Outcome.PARTIAL


def told_of(erasure: Erasure) -> Told:
    """What the exchange is told of a patient."""
    if erasure.outcome == erasures.DISPOSED:
        return Told()
    return Told(RECEIPT[Outcome(erasure.outcome)], erasure.month)


def gone(unit: Writing, patient_id: str, version: int) -> None:
    """The exchange has removed the patient at this version: nothing older comes back."""
    found = erasures.of(unit, "patient", patient_id)
    if found is not None:
        erasures.note(unit, [replace(found, version=version)])


def keep_single(unit: Writing, kind: str, ids: Iterable[str], how: Around) -> dict[str, Told]:
    """Something alone is removed, its patient stays: keep what a legal period runs on."""
    told: dict[str, Told] = {}
    for id_ in ids:
        body = records.one(unit, kind, id_)
        patient_id = str(body["patient_id"]) if body is not None else ""
        if body is None or not patient_id:
            continue
        person = retention.person(unit, patient_id, how.now, how.zone)
        if kind == "booking":
            life = visit_life(person, id_, how)
        elif kind == "referral":
            life = _referral_life(person, body, how)
        else:
            life = record_life(person, how)
        held = holds.on(unit, patient_id)
        if must_stay(Part(id_, life), how.today, held=held):
            kept.put(unit, [_piece(person, kind, body, life, how)])
            told[id_] = Told(Receipt.RETAINED_BY_LAW, month_of(life.due))
    return told


def before_consents(unit: Writing, consents: Iterable[Consent], now: Moment) -> None:
    """Keep apart what a patient who was seen, or is under a hold, withdraws class by class."""
    closing = [
        (consent.patient_id, data)
        for consent in consents
        if (stored := patients.shares(unit, consent.patient_id)).decided_at is not None
        for data in DataClass
        if stored.of(data) is Sharing.SHARED and consent.shares.of(data) is not Sharing.SHARED
    ]
    if not closing:
        return
    how = around(unit, now)
    for patient_id, data in closing:
        person = retention.person(unit, patient_id, how.now, how.zone)
        life = record_life(person, how)
        held = holds.on(unit, patient_id)
        if not must_stay(Part(patient_id, life), how.today, held=held):
            continue
        table, names = _OF_CLASS[data]
        for body in records.of(unit, table, patient_id):
            some = {name: body[name] for name in ("id", *names)}
            if any(some[name] not in {"", "[]"} for name in names):
                kept.put(unit, [_piece(person, table, some, life, how, part=data.value)])


def _pieces(
    unit: Reading, person: Person, parts: Sequence[Part], how: Around, *, held: bool
) -> Iterable[Piece]:
    """Each record that stays; what only a hold keeps is due at once when that is gone."""
    stay = {part.id: part.life for part in parts if must_stay(part, how.today, held=held)}
    own = record_life(person, how)
    for table in ("booking", "referral"):
        for body in records.of(unit, table, person.id):
            life = stay.get(str(body["id"]))
            if life is not None:
                yield _piece(person, table, body, _due_at_once(life, how), how)
    if held or any(life.kept is Kept.SEEN for life in stay.values()):
        for table in ("patient", "consent", "coverage"):
            for body in records.of(unit, table, person.id):
                yield _piece(person, table, body, _due_at_once(own, how), how)


def _due_at_once(life: Life, how: Around) -> Life:
    return replace(life, due=how.today) if life.kept is Kept.NEVER_CAME else life


def _piece(
    person: Person, table: str, body: Record, life: Life, how: Around, *, part: str = ""
) -> Piece:
    return Piece(
        person.id, table, str(body["id"]), part, life, person.birth, person.guardian, how.now, body
    )


def _referral_life(person: Person, body: Record, how: Around) -> Life:
    own = record_life(person, how) if person.last_seen is not None else None
    return referral(retention.day_of(int(body["sent_at"] or 0), how.zone), own, how.table)


def keep_permissions(unit: Writing, person: Person, how: Around) -> None:
    """A permission was in effect: that stays for six years, without what it says of anybody."""
    for body in records.of(unit, "permission", person.id):
        sealed, revoked = str(body["sealed"]), body["revoked_at"]
        until = how.now if revoked is None else int(revoked)
        with suppress(Malformed):  # then the end that is known counts
            until = min(until, _moment(seals.claimed(sealed).valid_until))
        line: Record = {
            "id": body["id"],
            "patient_id": person.id,
            "ended_at": until,
            "digest": hashlib.sha256(sealed.encode()).hexdigest(),
        }
        life = paper(retention.day_of(until, how.zone), kept=Kept.PERMISSION)
        kept.put(unit, [_piece(replace(person, birth=""), "permission", line, life, how)])


def _moment(text: str) -> Moment:
    return int(datetime.fromisoformat(text).timestamp())
