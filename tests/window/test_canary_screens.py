"""After every screen was used, and after the lock, no file holds anything of any patient."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from carekraft_desktop.presenters.shell import OPEN_PAGES, Page
from tests.e2e.test_canary import spellings
from tests.window.test_task_referral import filled
from tests.window.test_tasks import Hands, hands

__all__ = ["filled", "hands"]


def _of_patients(hands: Hands) -> set[str]:
    """Names, telephones, mail addresses and the patients' own words of the whole office."""
    opened = hands.window.shell.office_of()
    assert opened is not None
    with opened.desk.store.read() as unit:
        found = {
            str(value)
            for row in unit.rows("SELECT name, sort_name, phone, email FROM patient")
            for value in row
        }
        found |= {str(words) for (words,) in unit.rows("SELECT purpose FROM booking")}
    return {value for value in found if len(value) > 7 and value != "None"}


def _files(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.mark.req("REQ-07", "REQ-94")
def test_no_file_holds_a_word_of_a_patient_after_every_screen_and_after_the_lock(
    hands: Hands, tmp_path: Path
) -> None:
    patients = _of_patients(hands)
    assert len(patients) > 150
    shell = hands.window.shell
    visits = [seen.entry.id for seen in hands.today._board.seen][:5]
    for visit in visits:
        hands.today.visit.choose(visit)
        hands.today.visit.person()
        QApplication.processEvents()
        shell.go(Page.TODAY)
    for page in sorted(OPEN_PAGES - {Page.PERSON}):
        shell.go(page)
        QApplication.processEvents()
        assert hands.window.windowTitle().startswith("CareKraft")
    shell.go(Page.TODAY)
    hands.key(Qt.Key.Key_Slash)
    hands.letters("ma")
    hands.key(Qt.Key.Key_Escape)
    running = _files(tmp_path / "home")
    hands.window.lock()
    QApplication.processEvents()
    locked = _files(tmp_path / "home")
    assert len(locked) >= 4
    everything = [*running.values(), *locked.values()]
    whole = b"\n".join(everything)
    for value in patients:
        assert not any(each in whole for each in spellings(value))
