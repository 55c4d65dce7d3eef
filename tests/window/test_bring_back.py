"""A new computer: from the first page by backup and paper to the day, and every refusal on the way."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from carekraft_desktop.bootstrap import Program, Standing
from carekraft_desktop.config import Folders, private_folder
from carekraft_desktop.domain.attesting import FIRST
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import BackupDamaged, CatchUpNeeded, CodeNeeded, WrongRecoveryKey
from carekraft_desktop.presenters import wording_bring_back as words
from carekraft_desktop.presenters.bring_back import Stage
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.services.access import SetUp
from tests.fakes.vault import FakeVault
from tests.staged_bring_back import PAPER, WORD, FakeBringBack, chosen, staged_bring_back
from tests.window.test_window import PASSWORD, House, house
from ui.theme import Theme

__all__ = ["house"]


@pytest.mark.req("REQ-95")
def test_each_refusal_stands_where_it_is_mended_and_nothing_typed_is_lost(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    fake = FakeBringBack(looks=WrongRecoveryKey())
    page, presenter = staged_bring_back(theme, fake)
    qtbot.addWidget(page)
    page.show()
    assert not page.go.isEnabled()
    page.place.put("/mnt/disk/carekraft")
    page.paper.put(PAPER)
    page._edited()
    page.go.click()
    assert (presenter.state.stage, presenter.state.beside) == (Stage.BACKUP, "paper")
    fake.looks = BackupDamaged("no manifest")
    page.go.click()
    assert page._note.isVisible()
    assert page.place.text == "/mnt/disk/carekraft"
    fake.looks, fake.brings = None, CatchUpNeeded()
    page.go.click()
    assert presenter.state.stage is Stage.PERSON
    chosen(presenter)
    page.go.click()
    assert presenter.state.problem is not None
    assert presenter.state.problem.title == words.CATCH_UP.title
    assert not page.code.isVisible()
    fake.brings = CodeNeeded()
    page.go.click()
    assert page.code.isVisible()
    assert not page.go.isEnabled()
    page.code.put("4KD2-9QTM")
    page.name.put("Front desk 2")
    page._edited()
    page.go.click()
    assert fake.did[-3:] == [
        ("brought", "staff-1:4KD2-9QTM"),
        ("entered", "staff-1"),
        ("opened", ""),
    ]


@pytest.mark.req("REQ-95")
def test_what_is_not_shown_to_be_ours_is_told_before_anybody_is_in_and_goes_again(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    fake = FakeBringBack(ours=False)
    page, presenter = staged_bring_back(theme, fake)
    qtbot.addWidget(page)
    page.show()
    page.place.put("/mnt/disk/carekraft")
    page.paper.put(PAPER)
    page._edited()
    page.go.click()
    chosen(presenter)
    page.go.click()
    assert presenter.state.doubtful
    assert ("entered", "staff-1") not in fake.did
    page.remove.click()
    assert fake.did[-1] == ("taken-back", "")
    assert presenter.state.stage is Stage.BACKUP
    page.back.click()
    assert fake.did[-1] == ("left", "")


@pytest.mark.req("REQ-95", "REQ-21")
def test_backup_and_paper_bring_the_office_to_a_new_computers_window(
    house: House, qtbot: QtBot, tmp_path: Path
) -> None:
    lost = Program(Folders(private_folder(tmp_path / "lost")), vault=FakeVault())
    code = house.hub.sandbox.issue_code()
    roles = frozenset({Role.FRONT_DESK, Role.PRIVACY_OFFICER})
    opened = lost.set_up(
        SetUp(house.hub.url, code, "Desk 1", "r.alvarez", "Rosa Alvarez", roles, PASSWORD, FIRST)
    )
    opened.sync.cycle(wait=0)
    paper, staff = opened.recovery_key, opened.desk.staff.id
    disk = tmp_path / "disk"
    shutil.copytree(lost.backups.make(lost.confirm(staff, PASSWORD)).backup.place, disk / "one")
    lost.release()
    shutil.rmtree(lost.folders.home)
    window = house.window
    window.begin(set_up=True)
    window.show()
    assert window.set_up is not None
    window.set_up.bring_back.click()
    page, presenter = window._bringing.page, window._bringing.presenter
    assert page is not None
    assert presenter is not None
    assert window.shell.state.page is Page.BRING_BACK
    assert window.stack.currentWidget() is page
    page.place.put(str(disk / "one"))
    page.paper.put(paper)
    page._edited()
    page.go.click()
    qtbot.waitUntil(lambda: presenter.state.stage is Stage.PERSON, timeout=20_000)
    page.password.put(WORD)
    page.again.put(WORD)
    page._edited()
    data = bytearray((disk / "one" / "office.store").read_bytes())
    data[40 * 4096 + 7] ^= 1
    (disk / "one" / "office.store").write_bytes(data)
    page.go.click()
    qtbot.waitUntil(lambda: presenter.state.problem is not None, timeout=20_000)
    assert house.program.standing() is Standing.NEEDS_SET_UP
    data[40 * 4096 + 7] ^= 1
    (disk / "one" / "office.store").write_bytes(data)
    page.go.click()
    qtbot.waitUntil(house.up_to_date, timeout=30_000)
    assert window.office is not None
    assert window.office.opened.desk.staff.id == staff
    assert window._bringing.page is None
    assert house.program.settings.exchange == house.hub.url
