"""A backup is made while everybody works, tried, and opened by those it was made for only."""

from pathlib import Path

import pytest

from carekraft_desktop.services import backup, backup_shelf, visits
from carekraft_desktop.services.backup import Made
from tests.e2e.test_offboarding import Practice, practice

__all__ = ["practice"]


def make(practice: Practice, chosen: Path | str = "") -> Made:
    return backup.make(practice.program._around(), practice.opened, str(chosen), practice.proof())


@pytest.mark.req("REQ-95")
def test_a_backup_is_made_tried_and_listed(practice: Practice) -> None:
    made = make(practice)
    place = Path(made.backup.place)
    assert place.parent == practice.program.folders.copies
    shelf = backup_shelf.shelf([place.parent])
    assert shelf.backups == (made.backup,)
    assert made.backup.bookings == len(visits.inbox(practice.opened.desk))
    assert sorted(each.name for each in place.iterdir()) == ["manifest.json", "office.store"]
    assert not list(place.parent.glob(".*"))
