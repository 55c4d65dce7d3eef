"""Referrals: the exchange's records, and beside them what only this office knows."""

import json
from collections.abc import Sequence

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.digest import digest
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.referrals import Record, Referral, Stage, Work, see
from carekraft_desktop.store.unit import Reading, Row, Writing

_RECORD = (
    "id, version, sent, stage, message, patient_id, permission_id, provider_npi, location_id, "
    'from_npi, from_phone, start, "end", booking_id, decline_code, cancel_code, sent_at, actor'
)
_WORK = (
    "id, patient_id, permission_id, referring, visit_id, agreed_by, agreed_at, provider_npi, "
    'location_id, specialty, visit_class, mode, slot_id, start, "end", wishes, earliest_ok, '
    "message, digest, made_at, touched_at, actor, key, seen_version"
)
_WORK_NAMES = [name.strip(' "') for name in _WORK.split(",")]
_RECORDS = len(_RECORD.split(","))
_WORKS = len(_WORK_NAMES)
WHAT, PURPOSE = "scheduling data", "appointment booking"
"""What the ledger says of every referral (REQ-78)."""


def put(unit: Writing, records: Sequence[Record], *, force: bool) -> None:
    """Keep referrals as the exchange has them; each that this office sent has a ledger row."""
    columns = [name.strip() for name in _RECORD.split(",")]
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
    marks = ", ".join("?" * _RECORDS)
    unit.run_many(
        f"""INSERT INTO referral ({_RECORD}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET
        {changes} WHERE excluded.version > referral.version OR ?""",
        [(*_record_row(record), int(force)) for record in records],
    )
    unit.run_many(
        "INSERT OR IGNORE INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                r.id,
                r.sent_at,
                r.patient_id,
                r.provider_npi,
                WHAT,
                PURPOSE,
                r.permission_id,
                digest(r.message),
                r.actor,
            )
            for r in records
            if r.sent
        ],
    )


def save(unit: Writing, work: Work) -> None:
    """Keep a draft, or what is known of a referral that has left."""
    marks = ", ".join("?" * _WORKS)
    unit.run(f"INSERT OR REPLACE INTO referral_work ({_WORK}) VALUES ({marks})", *_work_row(work))


def work(unit: Reading, referral_id: str) -> Work | None:
    """What the office knows of a referral, None when it knows nothing."""
    row = unit.row(f"SELECT {_WORK} FROM referral_work WHERE id = ?", referral_id)
    return None if row is None else _work(row)


def record(unit: Reading, referral_id: str) -> Record | None:
    """The exchange's record, None while there is none."""
    row = unit.row(f"SELECT {_RECORD} FROM referral WHERE id = ?", referral_id)
    return None if row is None else _record(row)


def get(unit: Reading, referral_id: str) -> Referral | None:
    """One referral of this office, None when it is unknown."""
    found = _seen(unit, "WHERE id = ?", referral_id)
    return found[0] if found else None


def sent(unit: Reading) -> tuple[Referral, ...]:
    """Every referral of this office, the ones touched last first."""
    return _seen(unit, "WHERE 1")


def of_patient(unit: Reading, patient_id: str) -> tuple[Referral, ...]:
    """Every referral of one patient."""
    return _seen(unit, "WHERE patient_id = ?", patient_id)


def with_permission(unit: Reading, permission_id: str) -> tuple[Referral, ...]:
    """Every referral that uses a permission."""
    return _seen(unit, "WHERE permission_id = ?", permission_id)


def received(unit: Reading) -> tuple[Record, ...]:
    """What other offices made with this one, newest first."""
    rows = unit.rows(f"SELECT {_RECORD} FROM referral WHERE sent = 0 ORDER BY sent_at DESC, id")
    return tuple(_record(row) for row in rows)


def unanswered(unit: Reading) -> tuple[str, ...]:
    """What other offices made with this one and asks for an answer."""
    rows = unit.rows("SELECT id FROM referral WHERE sent = 0 AND stage = 'proposed'")
    return tuple(id_ for (id_,) in rows)


def drop(unit: Writing, referral_ids: Sequence[str]) -> None:
    """Remove drafts, or all that is known of referrals that are gone."""
    unit.run_many("DELETE FROM referral_work WHERE id = ?", [(id_,) for id_ in referral_ids])


def remove(unit: Writing, referral_ids: Sequence[str]) -> None:
    """The exchange has removed these: nothing of them stays but the ledger."""
    unit.run_many("DELETE FROM referral WHERE id = ?", [(id_,) for id_ in referral_ids])
    drop(unit, referral_ids)


def forget(unit: Writing, patient_ids: Sequence[str]) -> None:
    """Erase patients who withdrew their share: permissions, drafts, messages, saved requests."""
    ids = json.dumps(list(patient_ids))
    chosen = "patient_id IN (SELECT value FROM json_each(?))"
    unit.run(
        f"""UPDATE outbox SET delivery = 'void', body = '' WHERE kind = 'referral' AND about IN
        (SELECT id FROM referral_work WHERE {chosen})
        AND delivery IN ('waiting', 'unknown', 'deferred')""",
        ids,
    )
    unit.run(
        f"""UPDATE outbox SET body = '' WHERE kind = 'referral' AND about IN
        (SELECT id FROM referral_work WHERE {chosen})""",
        ids,
    )
    for table in ("referral_work", "referral", "permission"):
        unit.run(f"DELETE FROM {table} WHERE {chosen}", ids)


def names(unit: Reading, referral_ids: Sequence[str]) -> dict[str, str]:
    """Whom referrals are about, by the referral's id; only those who are known here."""
    ids = json.dumps(list(referral_ids))
    found: dict[str, str] = {}
    for table in ("referral", "referral_work"):
        found |= dict(
            unit.rows(
                f"""SELECT t.id, p.name FROM {table} t JOIN patient p ON p.id = t.patient_id
                WHERE t.id IN (SELECT value FROM json_each(?))""",
                ids,
            )
        )
    return found


def unseen(unit: Reading) -> tuple[Referral, ...]:
    """Those of this office that may need somebody: unanswered, not taken, or news unseen."""
    rows = unit.rows(
        """SELECT r.id FROM referral r LEFT JOIN referral_work w ON w.id = r.id
        WHERE r.sent = 1 AND (r.stage = 'proposed' OR (r.stage <> 'booked'
        AND coalesce(w.seen_version, 0) < r.version)) UNION
        SELECT id FROM referral_work WHERE key <> '' AND seen_version >= 0
        AND id NOT IN (SELECT id FROM referral)"""
    )
    ids = json.dumps([id_ for (id_,) in rows])
    return _seen(unit, "WHERE id IN (SELECT value FROM json_each(?))", ids)


def slots(unit: Reading, npi: str, location_id: str) -> frozenset[str]:
    """Times of a provider that referrals of this workstation have, or are on their way to."""
    rows = unit.rows(
        """SELECT w.slot_id FROM referral_work w LEFT JOIN referral r ON r.id = w.id
        WHERE w.provider_npi = ? AND w.location_id = ? AND w.slot_id <> ''
        AND (r.stage IN ('proposed', 'booked') OR r.id IS NULL AND w.key IN (SELECT key FROM outbox
        WHERE delivery IN ('waiting', 'unknown', 'deferred', 'applied')))""",
        npi,
        location_id,
    )
    return frozenset(id_ for (id_,) in rows)


def untouched(unit: Reading, before: Moment) -> tuple[str, ...]:
    """Drafts that nobody has touched since; also those that were taken back."""
    rows = unit.rows(
        """SELECT id FROM referral_work WHERE touched_at <= ? AND (key = ''
        OR key IN (SELECT key FROM outbox WHERE delivery = 'withdrawn'))""",
        before,
    )
    return tuple(id_ for (id_,) in rows)


def unsettled(unit: Reading) -> tuple[Referral, ...]:
    """Drafts, saved requests and requests without an answer."""
    return tuple(
        each
        for each in _seen(
            unit,
            """WHERE id NOT IN
            (SELECT id FROM referral WHERE stage NOT IN ('proposed'))""",
        )
        if each.stage in {Stage.DRAFT, Stage.SAVED, Stage.PROPOSED}
    )


def _seen(unit: Reading, where: str, *values: str) -> tuple[Referral, ...]:
    """Records and works side by side; a record of a colleague's desk has no work here."""
    works = {
        w.id: w
        for w in map(_work, unit.rows(f"SELECT {_WORK} FROM referral_work {where}", *values))
    }
    records = {
        r.id: r
        for r in map(
            _record, unit.rows(f"SELECT {_RECORD} FROM referral {where} AND sent = 1", *values)
        )
    }
    delivered = _deliveries(unit, [w.key for w in works.values() if w.key])
    found = []
    for id_ in works.keys() | records.keys():
        known = works.get(id_) or _work_of(records[id_])
        delivery, problem = delivered.get(known.key, (None, ""))
        found.append(see(known, records.get(id_), delivery, problem))
    return tuple(sorted(found, key=_newest_first))


def _newest_first(referral: Referral) -> tuple[int, str]:
    record = referral.record
    return -(record.sent_at if record is not None else referral.work.touched_at), referral.id


def _deliveries(unit: Reading, keys: Sequence[str]) -> dict[str, tuple[Delivery, str]]:
    rows = unit.rows(
        """SELECT key, delivery, problem FROM outbox
        WHERE key IN (SELECT value FROM json_each(?))""",
        json.dumps(list(keys)),
    )
    return {key: (Delivery(delivery), problem) for key, delivery, problem in rows}


def _work_of(record: Record) -> Work:
    """What another workstation of the office sent, as far as the exchange tells."""
    return Work(
        id=record.id,
        patient_id=record.patient_id,
        permission_id=record.permission_id,
        provider_npi=record.provider_npi,
        location_id=record.location_id,
        message=record.message,
        made_at=record.sent_at,
        touched_at=record.sent_at,
        actor=record.actor,
        start=record.start,
        end=record.end,
    )


def _record_row(r: Record) -> Row:
    return (
        r.id,
        r.version,
        int(r.sent),
        r.stage.value,
        r.message,
        r.patient_id,
        r.permission_id,
        r.provider_npi,
        r.location_id,
        r.from_npi,
        r.from_phone,
        r.start,
        r.end,
        r.booking_id,
        r.decline_code,
        r.cancel_code,
        r.sent_at,
        r.actor,
    )


def _record(row: Row) -> Record:
    id_, version, is_sent, stage, message, *more = row
    return Record(id_, version, bool(is_sent), Stage(stage), bytes(message), *more)


def _work_row(w: Work) -> Row:
    return (
        w.id,
        w.patient_id,
        w.permission_id,
        w.referring,
        w.visit_id,
        w.agreed_by,
        w.agreed_at,
        w.provider_npi,
        w.location_id,
        w.specialty,
        w.visit_class,
        w.mode,
        w.slot_id,
        w.start,
        w.end,
        json.dumps(w.wishes),
        int(w.earliest_ok),
        w.message,
        w.digest,
        w.made_at,
        w.touched_at,
        w.actor,
        w.key,
        w.seen_version,
    )


def _work(row: Row) -> Work:
    members = dict(zip(_WORK_NAMES, row, strict=True))
    members["wishes"] = tuple((day, part) for day, part in json.loads(members["wishes"]))
    members["earliest_ok"] = bool(members["earliest_ok"])
    members["message"] = bytes(members["message"])
    return Work(**members)
