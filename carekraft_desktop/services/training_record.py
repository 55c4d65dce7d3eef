"""Who has confirmed training, policy and terms, when and in which version: as a table to take along.

It holds names of colleagues and nothing of a patient (REQ-25; 45 CFR 164.530(b), (j)).
"""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

from carekraft_desktop.config import translated
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import attesting

HEADS = ("person", "what", "version", "confirmed")


def export(desk: Desk, place: Path) -> int:
    """Write it as CSV; how many confirmations are in it.

    Raises:
        StoreReadOnly, DiskFull: the file cannot be written.
    """
    desk.require(Right.REVIEW_ACCESS, "training.export")
    names = {each.id: each.display for each in (*desk.team, desk.staff)}
    with desk.store.read() as unit:
        rows = attesting.everything(unit)
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(HEADS)
    for staff, subject, version, at in rows:
        day = datetime.fromtimestamp(at, UTC).date().isoformat()
        table.writerow((names.get(staff, staff), subject, version, day))
    try:
        place.write_bytes(text.getvalue().encode("utf-8-sig"))
    except OSError as failure:
        raise translated(failure) from failure
    with desk.store.write() as unit:
        desk.note(unit, "training.export", detail=str(len(rows)))
    return len(rows)
