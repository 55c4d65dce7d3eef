"""Disclosures outside the office by patient, and what an authority asks not to be told of."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value


class Outside(Value, frozen=True):
    """One disclosure (45 CFR 164.528(b)(2))."""

    id: str
    patient_id: str
    at: Moment
    recipient: str
    address: str
    what: str
    purpose: str
    basis: str
    source: str
    """Id of the incident's disclosure it came from; empty for others."""
    made_by: str


class Loose(Value, frozen=True):
    """A disclosure of an incident, of which nobody has said whom it was about."""

    id: str
    at: Moment
    recipient: str
    what: str
    purpose: str


class Suspension(Value, frozen=True):
    """For so long the patient is not told what this recipient was told."""

    id: str
    patient_id: str
    recipient: str
    first_day: str
    last_day: str
    written: bool
    made_at: Moment
    made_by: str


def add(unit: Writing, one: Outside) -> None:
    """Add a line; it never changes."""
    unit.run(
        "INSERT INTO outside VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        one.id,
        one.patient_id,
        one.at,
        one.recipient,
        one.address,
        one.what,
        one.purpose,
        one.basis,
        one.source,
        one.made_by,
    )


def of(unit: Reading, patient_id: str) -> tuple[Outside, ...]:
    """All of a patient, the newest first."""
    rows = unit.rows(
        """SELECT id, patient_id, at, recipient, address, what, purpose, basis, source, made_by
        FROM outside WHERE patient_id = ? ORDER BY at DESC, id""",
        patient_id,
    )
    return tuple(Outside(*row) for row in rows)


def loose(unit: Reading) -> tuple[Loose, ...]:
    """Disclosures of incidents that are linked to nobody, the newest first."""
    rows = unit.rows(
        """SELECT id, at, recipient, what, purpose FROM disclosure
        WHERE id NOT IN (SELECT source FROM outside) ORDER BY at DESC, id"""
    )
    return tuple(Loose(*row) for row in rows)


def suspend(unit: Writing, one: Suspension) -> None:
    """From now on, until its last day."""
    unit.run(
        "INSERT INTO suspension VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        one.id,
        one.patient_id,
        one.recipient,
        one.first_day,
        one.last_day,
        int(one.written),
        one.made_at,
        one.made_by,
    )


def suspensions(unit: Reading, patient_id: str) -> tuple[Suspension, ...]:
    """All of a patient."""
    rows = unit.rows("SELECT * FROM suspension WHERE patient_id = ?", patient_id)
    return tuple(
        Suspension(id_, patient, recipient, first, last, bool(written), at, by)
        for id_, patient, recipient, first, last, written, at, by in rows
    )


def provider(unit: Reading, npi: str) -> str:
    """A recipient of a referral by name, or by number where the directory has no name."""
    found = unit.value("SELECT name FROM directory WHERE npi = ? LIMIT 1", npi)
    return str(found or npi)


class Copy(Value, frozen=True):
    """What a patient was given."""

    id: str
    request_id: str
    patient_id: str
    at: Moment
    staff: str
    form: str
    """paper or container."""
    hash: str
    """SHA-256 of the content."""
    content: str


def keep_copy(unit: Writing, copy: Copy) -> None:
    """Keep it for six years (164.528(d)(2))."""
    unit.run(
        "INSERT INTO copy_given VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        copy.id,
        copy.request_id,
        copy.patient_id,
        copy.at,
        copy.staff,
        copy.form,
        copy.hash,
        copy.content,
    )


def copies(unit: Reading, request_id: str) -> tuple[Copy, ...]:
    """What was given for a request."""
    rows = unit.rows("SELECT * FROM copy_given WHERE request_id = ? ORDER BY at, id", request_id)
    return tuple(Copy(*row) for row in rows)
