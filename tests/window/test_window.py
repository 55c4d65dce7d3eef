"""The whole window over a real office folder: locking, idling, starting, one instance."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters.shell import Page
from tests.fakes.timers import FakeTimers
from tests.fakes.vault import FakeVault
from tests.hub_fixture import Hub, start_hub
from ui.app import FirstPaint, Hooks
from ui.inactivity import Inactivity
from ui.pages.people import PeoplePage
from ui.runner import Worker
from ui.single import Doorbell, call
from ui.theme import Theme
from ui.widgets.palette import Palette
from ui.window import Window

PASSWORD = "orchid lamp river seven"


class House:
    """A window over a real program and a real exchange."""

    def __init__(self, theme: Theme, home: Path, hub: Hub, qapp: QApplication) -> None:
        self.hub, self.program = hub, Program(Folders(home), vault=FakeVault())
        self.workers = (Worker("sync"), Worker("chores"), Worker("copies"))
        self.timers, self.inactivity = FakeTimers(), Inactivity(qapp)
        self.window = Window(
            self.program,
            theme,
            sync_runner=self.workers[0],
            chores=self.workers[1],
            copies=self.workers[2],
            timers=self.timers,
            inactivity=self.inactivity,
            suggested_exchange=hub.url,
            suggested_code=hub.sandbox.issue_code(),
        )

    def set_up(self, qtbot: QtBot, *, roles: tuple[Role, ...] = ()) -> None:
        """From the first page to the day; `roles` besides the front desk."""
        window = self.window
        window.begin(set_up=True)
        window.show()
        page = window.set_up
        assert page is not None
        page._workstation.put("Front desk 1")
        page._display.put("Rosa Alvarez")
        page._name.put("r.alvarez")
        page._password.put(PASSWORD)
        page._again.put(PASSWORD)
        for role in roles:
            page._roles[role].setChecked(True)
        for box in page._confirms.values():
            box.setChecked(True)
        page._edited()
        page._go.click()
        page._go.click()
        presenter = window._setting_up
        qtbot.waitUntil(lambda: bool(presenter.state.key_groups), timeout=20_000)
        first, second = presenter.state.asked
        page._one.put(presenter.state.key_groups[first])
        page._two.put(presenter.state.key_groups[second])
        presenter.prove(page._one.text, page._two.text)
        page._go.click()
        qtbot.waitUntil(self.up_to_date, timeout=20_000)

    def up_to_date(self) -> bool:
        banner = self.window.shell.state.banner
        return banner is not None and banner.mark.word.startswith("Up to date")

    def end(self) -> None:
        self.window.close()
        self.inactivity.rest()
        for worker in self.workers:
            assert worker.close(10)
        self.program.release()


@pytest.fixture
def house(theme: Theme, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[House]:
    hub = start_hub(tmp_path, now=lambda: datetime.now(UTC))  # noqa: TID251 - the machine's time
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    made = House(theme, home, hub, qapp)
    qtbot.addWidget(made.window)
    yield made
    made.end()
    hub.stop()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_set_up_lock_and_unlock_with_the_real_store(house: House, qtbot: QtBot) -> None:
    house.set_up(qtbot)
    window = house.window
    assert window.shell.state.open
    assert window.windowTitle() == "CareKraft · Today"
    assert window.set_up is None
    watching = [house.inactivity.watching]
    assert window.office is not None
    finding = window.office.finding
    assert finding is not None
    finding.open()
    finding.type("a")
    closed = [finding.state is None]
    assert window.findChild(Palette) is not None
    window.cover()
    # All of this holds in the same turn of the event loop as the lock.
    locked = window.shell.state
    assert locked.covered
    assert window.windowTitle() == "CareKraft · Locked"
    assert window.stack.currentWidget() is window.unlock
    closed.append(finding.state is None)
    assert closed == [False, True]
    assert window.findChild(Palette) is None
    watching.append(house.inactivity.watching)
    assert watching == [True, False]
    qtbot.waitUntil(lambda: window._unlocking.state.live, timeout=10_000)
    window.unlock._password.put("wrong one entirely")
    window.unlock._go.click()
    qtbot.waitUntil(lambda: window._unlocking.state.problem is not None, timeout=10_000)
    window.unlock._password.put(PASSWORD)
    window.unlock._go.click()
    qtbot.waitUntil(house.up_to_date, timeout=20_000)
    assert window.frame is not None


def test_a_colleague_who_was_let_in_can_sign_in(house: House, qtbot: QtBot) -> None:
    house.set_up(qtbot)
    window = house.window
    assert window.frame is not None
    window.shell.go(Page.PEOPLE)
    page = cast("PeoplePage", window.frame.rooms[Page.PEOPLE].page)
    assert page.display.isVisible()
    page.display.put("Ada Osei")
    page.name.put("a.osei")
    page.roles[Role.REPLY_AUTHOR].setChecked(True)
    page.password.put("river lamp orchard 42")
    page.again.put("river lamp orchard 42")
    assert window.office is not None
    window.office.again.leave()  # as some minutes after coming in
    page.admit.click()
    sheet = window.frame.again
    assert sheet is not None
    sheet.password.put(PASSWORD)
    sheet.go.click()
    qtbot.waitUntil(lambda: page.rows.rows.rowCount() == 2, timeout=20_000)
    assert window.frame.again is None
    window.lock()
    qtbot.waitUntil(lambda: window._unlocking.state.live, timeout=10_000)
    people = {each.display: each.id for each in house.program.people()}
    window._unlocking.choose(people["Ada Osei"])
    window.unlock._password.put("river lamp orchard 42")
    window.unlock._go.click()
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)
    assert window.shell.state.person == "Ada Osei"


@pytest.mark.req("REQ-04", "REQ-05")
def test_nobody_there_locks_and_says_why_and_closes_what_is_open(
    house: House, qtbot: QtBot
) -> None:
    house.set_up(qtbot)
    box = QDialog(house.window)
    box.open()
    house.inactivity.passed.emit()
    assert house.window.stack.currentWidget() is house.window.unlock
    assert not box.isVisible()
    labels = house.window.unlock.findChildren(QLabel)
    assert "Locked because nobody used it for a while." in {each.text() for each in labels}


@pytest.mark.req("REQ-04")
def test_no_name_of_a_patient_is_left_in_any_widget_after_the_lock(
    house: House, qtbot: QtBot, qapp: QApplication
) -> None:
    house.hub.play("patient/book")  # whatever the hour is, somebody waits for an answer
    house.set_up(qtbot)
    assert house.window.office is not None
    today = house.window.office.today
    assert today is not None
    blocks = today.state.blocks
    names = {block.name for block in blocks}
    today.visit.choose(blocks[0].visit_id)
    house.window.lock()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shown = {label.text() for widget in qapp.allWidgets() for label in widget.findChildren(QLabel)}
    assert not names & shown
    assert not any(name in widget.windowTitle() for widget in qapp.allWidgets() for name in names)


def test_locking_takes_the_desk_out_of_the_window(house: House, qtbot: QtBot) -> None:
    house.set_up(qtbot)
    house.window.lock()
    assert house.window.frame is None
    assert house.window.stack.count() == 1


@pytest.mark.req("REQ-06")
def test_ctrl_l_locks_from_every_page(house: House, qtbot: QtBot) -> None:
    house.set_up(qtbot)
    house.window.shell.go(Page.SETTINGS)
    frame = house.window.frame
    assert frame is not None
    qtbot.keyClick(frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert house.window.shell.state.covered
    assert house.window.stack.currentWidget() is house.window.unlock


def test_touching_the_program_keeps_it_awake(qtbot: QtBot, qapp: QApplication) -> None:
    watch = Inactivity(qapp)
    label = QLabel("x")
    qtbot.addWidget(label)
    label.show()
    watch.watch(1)
    before = watch._timer.remainingTime()
    qtbot.waitUntil(lambda: watch._timer.remainingTime() < before - 3)
    qtbot.keyClick(label, Qt.Key.Key_A)
    assert watch._timer.remainingTime() >= before - 2
    watch.rest()
    assert not watch.watching


def test_a_second_start_rings_the_first(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    rung: list[int] = []
    bell = Doorbell(str(tmp_path), lambda: rung.append(1), qapp)
    assert call(str(tmp_path))
    qtbot.waitUntil(lambda: rung == [1])
    assert not call(str(tmp_path / "other"))
    bell.close()
    assert not call(str(tmp_path))


def test_first_paint_calls_once(qtbot: QtBot) -> None:
    label, seen = QLabel("x"), []
    qtbot.addWidget(label)
    FirstPaint(label, lambda: seen.append(1))
    label.show()
    label.repaint()
    label.repaint()
    qtbot.waitUntil(lambda: seen == [1])


@pytest.mark.logs
def test_a_bug_is_shown_without_its_values(theme: Theme, qtbot: QtBot, house: House) -> None:
    del theme
    hooks = Hooks()
    hooks.window = house.window
    house.window.show()
    try:
        raise ValueError("Maria Keller, 312-555-0187")  # noqa: TRY301 - what must not show
    except ValueError as bug:
        hooks._bug(type(bug), bug, bug.__traceback__)
    boxes = house.window.findChildren(QDialog)
    assert len(boxes) == 1
    assert "ValueError" in boxes[0]._report  # type: ignore[attr-defined]
    assert "Keller" not in boxes[0]._report  # type: ignore[attr-defined]
    assert "312" not in boxes[0]._report  # type: ignore[attr-defined]
    boxes[0].close()


def test_the_way_to_the_first_window_imports_nothing_slow() -> None:
    code = """
import sys
from ui import app
from ui.pages import unlock
slow = {"sqlalchemy", "sqlcipher3", "requests", "keyring", "cryptography", "alembic"}
print(sorted(slow & set(sys.modules)))
print(type(__builtins__.__import__).__name__)
"""
    place = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=place, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["[]", "builtin_function_or_method"]


def test_the_way_to_the_first_page_signs_nothing_and_asks_nobody() -> None:
    code = """
import sys
from carekraft_desktop.presenters import wiring
wiring.load()
slow = {"sqlalchemy", "requests", "urllib3", "keyring", "joserfc", "cryptography", "alembic",
    "subprocess", "logging.handlers", "carekraft_desktop.contract.fhir",
    "carekraft_desktop.contract.commands", "carekraft_desktop.services.referrals",
    "carekraft_desktop.services.paper", "carekraft_desktop.exchange"}
print(sorted(slow & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "[]"
