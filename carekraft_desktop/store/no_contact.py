"""Patients who asked not to be contacted."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading, Writing


def is_marked(unit: Reading, patient_id: str) -> bool:
    """Whether this one did."""
    return bool(unit.value("SELECT 1 FROM no_contact WHERE patient_id = ?", patient_id))


def mark(unit: Writing, patient_id: str, *, on: bool, staff: str, at: Moment) -> None:
    """From now on, or no longer."""
    unit.run("DELETE FROM no_contact WHERE patient_id = ?", patient_id)
    if on:
        unit.run("INSERT INTO no_contact VALUES (?, ?, ?)", patient_id, staff, at)
