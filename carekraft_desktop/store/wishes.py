"""Alternative ways of reaching a patient, and what is not told; the newest of a kind counts."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.wishes import Wish, WishKind
from carekraft_desktop.store.unit import Reading, Writing

_COLUMNS = "id, patient_id, kind, value, booking_id, set_at, set_by, ended_at"


def put(unit: Writing, wish: Wish) -> None:
    """Note it; one of the same kind about the same visit ends."""
    unit.run(
        """UPDATE wish SET ended_at = ?, ended_by = ? WHERE patient_id = ? AND kind = ?
        AND booking_id = ? AND ended_at = 0""",
        wish.set_at,
        wish.set_by,
        wish.patient_id,
        wish.kind.value,
        wish.booking_id,
    )
    unit.run(
        f"INSERT INTO wish ({_COLUMNS}, ended_by) VALUES (?, ?, ?, ?, ?, ?, ?, 0, '')",
        wish.id,
        wish.patient_id,
        wish.kind.value,
        wish.value,
        wish.booking_id,
        wish.set_at,
        wish.set_by,
    )


def end(unit: Writing, wish_id: str, by: str, at: Moment) -> int:
    """It counts no more; how many that were."""
    return unit.run(
        "UPDATE wish SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at = 0", at, by, wish_id
    )


def of(unit: Reading, patient_id: str) -> tuple[Wish, ...]:
    """Those of a patient that count, the newest first."""
    rows = unit.rows(
        f"""SELECT {_COLUMNS} FROM wish WHERE patient_id = ? AND ended_at = 0
        ORDER BY set_at DESC, id DESC""",
        patient_id,
    )
    return tuple(Wish(id_, patient, WishKind(kind), *rest) for id_, patient, kind, *rest in rows)


def one(unit: Reading, wish_id: str) -> Wish | None:
    """One of them, None when it is unknown or ended."""
    row = unit.row(f"SELECT {_COLUMNS} FROM wish WHERE id = ? AND ended_at = 0", wish_id)
    return None if row is None else Wish(row[0], row[1], WishKind(row[2]), *row[3:])


def value(unit: Reading, patient_id: str, kind: WishKind) -> str:
    """The number or address that counts; empty for none."""
    found = unit.value(
        "SELECT value FROM wish WHERE patient_id = ? AND kind = ? AND ended_at = 0",
        patient_id,
        kind.value,
    )
    return str(found or "")


def covers(unit: Reading, patient_id: str, kind: WishKind, booking_id: str = "") -> bool:
    """Whether it counts for a patient, or for one visit."""
    return bool(
        unit.value(
            """SELECT 1 FROM wish WHERE patient_id = ? AND kind = ? AND ended_at = 0
            AND booking_id IN ('', ?)""",
            patient_id,
            kind.value,
            booking_id,
        )
    )
