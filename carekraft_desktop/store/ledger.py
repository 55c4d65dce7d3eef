"""The accounting of disclosures: to whom the office told what, one row for each (REQ-78)."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value


class Line(Value, frozen=True):
    """One disclosure; ids and fixed words, never a value."""

    id: str
    at: Moment
    patient_id: str
    recipient: str
    """The provider's number."""
    what: str
    purpose: str
    permission_id: str
    digest: str
    """SHA-256 of exactly what was sent."""
    actor: str


def lines(unit: Reading, *, patient_id: str = "", most: int = 500) -> tuple[Line, ...]:
    """The newest disclosures first, of one patient or of all."""
    rows = unit.rows(
        """SELECT id, at, patient_id, recipient, what, purpose, permission_id, digest, actor
        FROM ledger WHERE ? IN ('', patient_id) ORDER BY at DESC, id LIMIT ?""",
        patient_id,
        most,
    )
    return tuple(Line(*row) for row in rows)
