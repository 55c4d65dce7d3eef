"""Patients' permissions as the exchange signed them, and the keys that prove it."""

from collections.abc import Sequence

from carekraft_desktop.domain.permissions import Sealed, Sealing
from carekraft_desktop.store.unit import Reading, Writing


def put_sealings(unit: Writing, sealings: Sequence[Sealing], *, force: bool) -> None:
    """Keep the exchange's keys."""
    unit.run_many(
        """INSERT INTO sealing VALUES (?, ?, ?) ON CONFLICT(id) DO UPDATE SET
        version = excluded.version, jwk = excluded.jwk
        WHERE excluded.version > sealing.version OR ?""",
        [(s.id, s.version, s.jwk, int(force)) for s in sealings],
    )


def put(unit: Writing, permissions: Sequence[Sealed], *, force: bool) -> None:
    """Keep permissions as they are now."""
    unit.run_many(
        """INSERT INTO permission VALUES (?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET
        version = excluded.version, patient_id = excluded.patient_id, sealed = excluded.sealed,
        revoked_at = excluded.revoked_at WHERE excluded.version > permission.version OR ?""",
        [(p.id, p.version, p.patient_id, p.grant, p.revoked_at, int(force)) for p in permissions],
    )


def keys(unit: Reading) -> list[str]:
    """The exchange's public keys."""
    return [jwk for (jwk,) in unit.rows("SELECT jwk FROM sealing ORDER BY id")]


def get(unit: Reading, permission_id: str) -> Sealed | None:
    """One permission, None when it is not known."""
    row = unit.row(
        "SELECT id, version, patient_id, sealed, revoked_at FROM permission WHERE id = ?",
        permission_id,
    )
    return None if row is None else Sealed(*row)


def of_patient(unit: Reading, patient_id: str) -> tuple[Sealed, ...]:
    """Every permission of a patient, newest first."""
    rows = unit.rows(
        """SELECT id, version, patient_id, sealed, revoked_at FROM permission
        WHERE patient_id = ? ORDER BY id DESC""",
        patient_id,
    )
    return tuple(Sealed(*row) for row in rows)


def unreadable(unit: Reading, permission_id: str) -> bool:
    """Whether a newer word about it came that could not be read."""
    return bool(
        unit.value("SELECT 1 FROM quarantine WHERE kind = 'permission' AND id = ?", permission_id)
    )


def patients(unit: Reading) -> tuple[str, ...]:
    """Patients who have a permission that was not taken back."""
    rows = unit.rows(
        "SELECT DISTINCT patient_id FROM permission WHERE revoked_at IS NULL ORDER BY patient_id"
    )
    return tuple(id_ for (id_,) in rows)
