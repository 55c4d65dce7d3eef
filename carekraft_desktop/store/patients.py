"""Patients and what they shared; what was withdrawn is erased in the same transaction."""

import json
from collections.abc import Iterable, Sequence

from carekraft_desktop.domain.patients import (
    Consent,
    Coverage,
    Guardian,
    Insurance,
    Patient,
    Shares,
    Sharing,
)
from carekraft_desktop.store.outbox import ABOUT_BOOKING
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import replace


def put(unit: Writing, patients: Sequence[Patient], *, force: bool) -> None:
    """Keep patients as they are now, and everything that shows their name."""
    wins = int(force)
    unit.run_many(
        """INSERT INTO patient VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT(id) DO UPDATE SET version = excluded.version, name = excluded.name,
        sort_name = excluded.sort_name, phone = excluded.phone, email = excluded.email,
        address = excluded.address, postal_code = excluded.postal_code,
        gender = excluded.gender, birth_date = excluded.birth_date,
        guardian_name = excluded.guardian_name, guardian_phone = excluded.guardian_phone,
        prefers = excluded.prefers
        WHERE excluded.version > patient.version OR ?""",
        [
            (
                p.id,
                p.version,
                p.name,
                p.sort_name,
                p.phone,
                p.email,
                p.address,
                p.postal_code,
                p.gender,
                p.birth_date,
                p.guardian.name if p.guardian else "",
                p.guardian.phone if p.guardian else "",
                p.prefers,
                wins,
            )
            for p in patients
        ],
    )
    unit.run(
        """UPDATE calendar SET name = (SELECT name FROM patient WHERE id = calendar.patient_id)
        WHERE (start, id) IN (SELECT held_start, id FROM booking WHERE patient_id IN
        (SELECT value FROM json_each(?)))""",
        json.dumps([p.id for p in patients]),
    )


def put_consents(unit: Writing, consents: Sequence[Consent], *, force: bool) -> None:
    """Keep the patients' decisions as they are now."""
    wins = int(force)
    unit.run_many(
        """INSERT INTO consent VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET
        version = excluded.version, patient_id = excluded.patient_id,
        contact = excluded.contact, demographic = excluded.demographic,
        insurance = excluded.insurance, medical = excluded.medical,
        decided_at = excluded.decided_at, by_guardian = excluded.by_guardian
        WHERE excluded.version > consent.version OR ?""",
        [
            (
                c.id,
                c.version,
                c.patient_id,
                # Plain words and numbers: the driver asks around for each other kind of value.
                str(c.shares.contact),
                str(c.shares.demographic),
                str(c.shares.insurance),
                str(c.shares.medical),
                c.shares.decided_at,
                int(c.shares.by_guardian),
                wins,
            )
            for c in consents
        ],
    )


def put_coverages(unit: Writing, coverages: Sequence[Coverage], *, force: bool) -> None:
    """Keep insurance as it was stated last."""
    wins = int(force)
    unit.run_many(
        """INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET
        version = excluded.version, patient_id = excluded.patient_id,
        carrier = excluded.carrier, plan = excluded.plan, member_id = excluded.member_id
        WHERE excluded.version > coverage.version OR ?""",
        [
            (
                c.id,
                c.version,
                c.patient_id,
                c.insurance.carrier,
                c.insurance.plan,
                c.insurance.member_id,
                wins,
            )
            for c in coverages
        ],
    )


def honour_consent(unit: Writing, patient_ids: Iterable[str]) -> None:
    """Erase what is held and no longer (or never was) shared, whatever order things came in."""
    decided = unit.rows(
        """SELECT patient_id, contact, demographic, insurance, medical FROM consent
        WHERE patient_id IN (SELECT value FROM json_each(?))""",
        json.dumps(sorted(set(patient_ids))),
    )
    for place, statement in enumerate(_ERASE, 1):
        closed = {row[0] for row in decided if row[place] in _CLOSED}
        if closed:
            unit.run(f"{statement} IN (SELECT value FROM json_each(?))", json.dumps(sorted(closed)))


_CLOSED = frozenset({Sharing.WITHHELD.value, Sharing.WITHDRAWN.value})
_ERASE = (
    "UPDATE patient SET phone = '', email = '', address = '', prefers = '' WHERE id",
    "UPDATE patient SET gender = '', birth_date = '', postal_code = '' WHERE id",
    "DELETE FROM coverage WHERE patient_id",
    "UPDATE booking SET purpose = '', comment = '', previous = '[]' WHERE patient_id",
)
"""For contact, demographic, insurance and medical data."""


def forget(unit: Writing, patient_ids: Sequence[str]) -> None:
    """Erase these patients: rows, index, insurance, decisions, and their trace in bookings.

    A booking that the exchange keeps for the office remains as time and status, without
    anyone's identity, until the exchange removes it too.
    """
    ids = json.dumps(list(patient_ids))
    chosen = "IN (SELECT value FROM json_each(?))"
    unit.run(f"DELETE FROM search WHERE rowid IN (SELECT n FROM patient WHERE id {chosen})", ids)
    unit.run(f"DELETE FROM patient WHERE id {chosen}", ids)
    unit.run(f"DELETE FROM consent WHERE patient_id {chosen}", ids)
    unit.run(f"DELETE FROM coverage WHERE patient_id {chosen}", ids)
    unit.run(f"DELETE FROM no_contact WHERE patient_id {chosen}", ids)
    bookings = f"SELECT id FROM booking WHERE patient_id {chosen}"
    for table in ("baseline", "mark"):
        unit.run(f"DELETE FROM {table} WHERE booking_id IN ({bookings})", ids)
    unit.run(f"DELETE FROM same_person WHERE one {chosen}", ids)
    unit.run(f"DELETE FROM same_person WHERE other {chosen}", ids)
    unit.run(
        f"""UPDATE outbox SET delivery = 'void' WHERE {ABOUT_BOOKING} IN ({bookings})
        AND delivery IN ('waiting', 'unknown', 'deferred')""",
        ids,
    )
    unit.run(
        f"""UPDATE calendar SET name = '', patient_id = '' WHERE (start, id) IN
        (SELECT held_start, id FROM booking WHERE patient_id {chosen})""",
        ids,
    )
    unit.run(
        f"""UPDATE booking SET patient_id = '', number = '', purpose = '', comment = '',
        previous = '[]' WHERE patient_id {chosen}""",
        ids,
    )
    for table in ("quarantine", "other"):
        # These hold bodies as they came; whatever speaks of the patient goes as well.
        unit.run(
            f"""DELETE FROM {table} WHERE (kind, id) IN (SELECT kind, {table}.id
            FROM {table} JOIN json_each(?) ON instr(body, 'Patient/' || value) > 0)""",
            ids,
        )


def remove_consents(unit: Writing, ids: Sequence[str]) -> None:
    """Remove decisions that the exchange has removed."""
    unit.run_many("DELETE FROM consent WHERE id = ?", [(id_,) for id_ in ids])


def remove_coverages(unit: Writing, ids: Sequence[str]) -> None:
    """Remove insurance that the exchange has removed."""
    unit.run_many("DELETE FROM coverage WHERE id = ?", [(id_,) for id_ in ids])


def get(unit: Reading, patient_id: str) -> Patient | None:
    """One patient, None when unknown or gone."""
    row = unit.row(
        """SELECT id, version, name, sort_name, phone, email, address, postal_code, gender,
        birth_date, guardian_name, guardian_phone, prefers FROM patient WHERE id = ?""",
        patient_id,
    )
    if row is None:
        return None
    id_, version, name, sort_name, phone, email, address, postal_code, *more = row
    gender, birth_date, guardian, guardian_phone, prefers = more
    found = Patient(
        id=id_,
        version=version,
        name=name,
        sort_name=sort_name,
        phone=phone,
        email=email,
        address=address,
        postal_code=postal_code,
        gender=gender,
        birth_date=birth_date,
        guardian=Guardian(guardian, guardian_phone) if guardian else None,
        prefers=prefers,
    )
    return _as_wished(unit, found)


def names(unit: Reading, patient_ids: Sequence[str]) -> dict[str, str]:
    """The names of patients, by id; of those who are here."""
    return dict(
        unit.rows(
            "SELECT id, name FROM patient WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(patient_ids)),
        )
    )


def _as_wished(unit: Reading, patient: Patient) -> Patient:
    """With the number and address that the patient asked for in confidence (164.522(b); REQ-45).

    Here and nowhere else, so that they win on every screen, list, copy and sheet. A guardian who
    may endanger the patient is not one (164.502(g)(5); REQ-44).
    """
    agreed: dict[str, str] = dict(
        unit.rows(
            """SELECT kind, value FROM wish WHERE patient_id = ? AND ended_at = 0
            AND kind IN ('phone', 'address')""",
            patient.id,
        )
    )
    guardian = patient.guardian
    if guardian is not None and guardian.name and _endangers(unit, patient.id, guardian.name):
        guardian = None
    phone = agreed.get("phone", "")
    if phone and guardian is not None:
        guardian = Guardian(guardian.name, phone)
    return replace(
        patient,
        phone=phone or patient.phone,
        address=agreed.get("address", "") or patient.address,
        guardian=guardian,
    )


def _endangers(unit: Reading, patient_id: str, name: str) -> bool:
    rows = unit.rows(
        "SELECT name FROM representative WHERE patient_id = ? AND endangers = 1", patient_id
    )
    plain = " ".join(name.split()).casefold()
    return any(" ".join(str(other).split()).casefold() == plain for (other,) in rows)


def shares(unit: Reading, patient_id: str) -> Shares:
    """The patient's newest decisions; NOT_KNOWN for all while none has arrived."""
    row = unit.row(
        """SELECT contact, demographic, insurance, medical, decided_at, by_guardian FROM consent
        WHERE patient_id = ? ORDER BY decided_at DESC LIMIT 1""",
        patient_id,
    )
    if row is None:
        return Shares()
    contact, demographic, insurance, medical, decided_at, by_guardian = row
    return Shares(
        Sharing(contact),
        Sharing(demographic),
        Sharing(insurance),
        Sharing(medical),
        decided_at,
        bool(by_guardian),
    )


def insurance(unit: Reading, patient_id: str) -> Insurance | None:
    """The insurance the patient stated last, None when there is none."""
    row = unit.row(
        "SELECT carrier, plan, member_id FROM coverage WHERE patient_id = ? "
        "ORDER BY id DESC LIMIT 1",
        patient_id,
    )
    return None if row is None else Insurance(*row)
