"""Outbox, settings, unlock, set-up and the frame: two things each, and what holds for all."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from carekraft_desktop.errors import WrongPassword
from carekraft_desktop.presenters.pieces import Problem, Toast
from carekraft_desktop.presenters.set_up import SetUpPresenter, Step
from carekraft_desktop.presenters.settings import (
    About,
    Look,
    Preferences,
    SettingsPresenter,
    SettingsState,
)
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.unlock import UnlockPresenter, UnlockState
from carekraft_desktop.services.sync import Link, SyncState
from carekraft_desktop.value import replace
from tests import staged
from tests.fakes.office import at
from tests.fakes.timers import FakeTimers
from tests.staged import SCENES, Stage
from tests.unit.presenters.test_set_up import Screen as SetUpScreen
from tests.unit.presenters.test_unlock import FakeDoor
from ui.keys import EVERYWHERE, KEYS
from ui.pages.set_up import SetUpPage, paint_sheet, real_printers
from ui.pages.settings import SettingsPage
from ui.pages.unlock import UnlockPage
from ui.theme import Theme


def texts(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel) if not label.isHidden()}


# -- outbox -------------------------------------------------------------------------------


def test_the_outbox_opens_the_visit_and_ticks_off(theme: Theme, qtbot: QtBot) -> None:
    stage = Stage(theme)
    qtbot.addWidget(stage.frame)
    with qtbot.waitActive(stage.frame):
        stage.frame.show()
    stage.shell_state(page=Page.OUTBOX)
    stage.outbox.refresh()
    stage.outbox.choose("lost")
    assert any("your Move was not applied" in text for text in texts(stage.outbox_page))
    rows = stage.outbox_page.rows
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_R)
    assert "lost" not in [row.key for row in stage.outbox.state.rows]
    qtbot.keyClick(rows, Qt.Key.Key_Z)
    assert stage.toasts[-1].words.startswith("Taken back")


# -- settings -----------------------------------------------------------------------------


def test_settings_reach_the_presenter_and_back(theme: Theme, qtbot: QtBot) -> None:
    page = SettingsPage(theme)
    qtbot.addWidget(page)
    changed: list[Preferences] = []

    class File:
        def keep(self, chosen: Preferences) -> None:
            changed.append(chosen)

    presenter = SettingsPresenter(
        File(),
        page.show_state,
        about=About("0.1", "Lakeside", "", "Rosa", "Front desk"),
        preferences=Preferences(),
        changed=lambda _chosen: None,
    )
    page.bind(presenter)
    presenter.refresh()
    page.show()
    page._look_of[Look.DARK].click()
    page._scale.setValue(15)
    page._idle.setValue(3)
    page._offline.click()
    assert changed[-1] == Preferences(Look.DARK, 150, 3, work_offline=True)
    assert {"150 %", "3 minutes", "Lakeside"} <= texts(page)
    page.show_state(SettingsState(Preferences(Look.LIGHT, 120, 1), presenter.state.about))
    assert len(changed) == 4
    assert page._look_of[Look.LIGHT].isChecked()


# -- unlock -------------------------------------------------------------------------------


def test_enter_in_the_password_unlocks_and_wipes_the_field(theme: Theme, qtbot: QtBot) -> None:
    page, door = UnlockPage(theme), FakeDoor()
    opened: list[object] = []
    qtbot.addWidget(page)
    presenter = UnlockPresenter(
        door, InlineRunner(), page.show_state, timers=FakeTimers(), opened=opened.append
    )
    page.bind(presenter)
    presenter.begin("idle")
    page.show()
    field = page._password.input
    assert field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(field, "orchid lamp river")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert door.asked[0][1] == "orchid lamp river"
    assert len(opened) == 1
    assert field.text() == ""


def test_what_went_wrong_stands_beside_the_password(theme: Theme, qtbot: QtBot) -> None:
    page = UnlockPage(theme)
    qtbot.addWidget(page)
    problem = Problem.of(WrongPassword())
    page.show_state(UnlockState(staged.PEOPLE, "1", problem=problem, beside="password"))
    assert page._password.input.accessibleDescription().startswith("That password does not fit")
    page.show_state(UnlockState(staged.PEOPLE, "1"))
    assert page._password.input.accessibleDescription() == ""


def test_the_password_can_be_shown_and_is_hidden_again(theme: Theme, qtbot: QtBot) -> None:
    page = UnlockPage(theme)
    qtbot.addWidget(page)
    eye = page._password.findChild(QAbstractButton)
    assert eye is not None
    eye.click()
    assert page._password.input.echoMode() is QLineEdit.EchoMode.Normal
    page.show_state(UnlockState(staged.PEOPLE, "1", clear=1))
    assert page._password.input.echoMode() is QLineEdit.EchoMode.Password


# -- set-up -------------------------------------------------------------------------------


def test_set_up_from_the_first_key_to_the_proof(theme: Theme, qtbot: QtBot) -> None:
    page, other = SetUpPage(theme), SetUpScreen()
    qtbot.addWidget(page)
    opened: list[object] = []
    presenter = SetUpPresenter(
        other._enrol, InlineRunner(), page.show_state, opened=opened.append, chance=lambda: 0.5
    )
    page.bind(presenter)
    presenter.refresh()
    page.show()
    assert not page._go.isEnabled()
    for field, words in (
        (page._exchange, "https://exchange.example.org"),
        (page._code, "4KD2-9QTM"),
        (page._workstation, "Front desk 1"),
    ):
        qtbot.keyClicks(field.input, words)
    qtbot.mouseClick(page._go, Qt.MouseButton.LeftButton)
    for field, words in (
        (page._display, "Rosa Alvarez"),
        (page._name, "r.alvarez"),
        (page._password, "orchid lamp river"),
        (page._again, "orchid lamp river"),
    ):
        qtbot.keyClicks(field.input, words)
    qtbot.keyClick(page._again.input, Qt.Key.Key_Return)
    assert presenter.state.step is Step.PAPER
    assert page._password.text == ""
    qtbot.waitUntil(lambda: {"7KQ2", "D7QX"} <= texts(page))
    assert not page._go.isEnabled()
    first, second = presenter.state.asked
    qtbot.keyClicks(page._one.input, presenter.state.key_groups[first])
    qtbot.keyClicks(page._two.input, presenter.state.key_groups[second])
    assert page._go.isEnabled()
    qtbot.mouseClick(page._go, Qt.MouseButton.LeftButton)
    assert len(opened) == 1


# -- the frame ----------------------------------------------------------------------------


def test_the_sync_is_in_words_in_wide_and_narrow_windows(theme: Theme, qtbot: QtBot) -> None:
    stage = Stage(theme)
    qtbot.addWidget(stage.frame)
    stage.shell_state()
    stage.frame.show()
    for width in (1440, 760):
        stage.frame.resize(width, 800)
        shown = [
            label
            for label in stage.frame.findChildren(QLabel)
            if label.text() == "Up to date at 09:42, 3 waiting" and label.isVisible()
        ]
        assert len(shown) == 1


def test_the_bar_comes_and_goes_with_the_connection(theme: Theme, qtbot: QtBot) -> None:
    stage = Stage(theme)
    qtbot.addWidget(stage.frame)
    stage.frame.show()
    stage.shell_state(SyncState(Link.OFFLINE, at("09:04")))
    assert stage.frame.banner.isVisible()
    with qtbot.waitSignal(stage.frame.synced):
        stage.frame.banner._button.click()
    stage.shell_state()
    assert not stage.frame.banner.isVisible()


def test_the_toast_undoes(theme: Theme, qtbot: QtBot) -> None:
    stage = Stage(theme)
    qtbot.addWidget(stage.frame)
    stage.frame.show()
    stage.shell_state(toast=Toast("Visit moved", undo="key-1"))
    with qtbot.waitSignal(stage.frame.undone) as undone:
        stage.frame.toast._undo.click()
    assert undone.args == ["key-1"]
    stage.shell = replace(stage.shell, toast=None)
    stage.shell_state()
    assert not stage.frame.toast.isVisible()


def test_f1_shows_the_keys_of_the_page(theme: Theme, qtbot: QtBot) -> None:
    stage = Stage(theme)
    qtbot.addWidget(stage.frame)
    stage.frame.show()
    stage.frame.show_keys()
    sheet = stage.frame._sheet
    assert sheet is not None
    assert {"Accept, or take a mark back", "Lock"} <= texts(sheet)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert stage.frame._sheet is None


# -- what holds for all --------------------------------------------------------------------


def test_no_two_actions_of_a_page_share_a_key() -> None:
    for where in {key.where for key in KEYS}:
        mine = [
            k for key in KEYS if key.where in {where, EVERYWHERE} and key.name for k in key.keys
        ]
        counted = Counter(QKeySequence(key).toString() for key in mine)
        assert [key for key, number in counted.items() if number > 1] == []


@pytest.mark.parametrize("look", ["dark", "high-contrast"])
def test_the_look_changes_under_an_open_page(look: str, theme: Theme, qtbot: QtBot) -> None:
    stage = Stage(theme)
    qtbot.addWidget(stage.frame)
    stage.frame.resize(1440, 900)
    stage.frame.show()
    stage.today.visit.choose("a5")
    theme.put_on(look, 150)
    corner = stage.frame.today.calendar.viewport().grab().toImage().pixelColor(2, 2)
    assert corner.name().upper() == theme.tokens.surface
    assert stage.frame.grab().toImage().pixelColor(3, 3).name().upper() == theme.tokens.sidebar


@pytest.mark.parametrize("scene", ["today", "conflict", "outbox", "settings", "unlock"])
def test_right_to_left_paints_every_page(
    scene: str, theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        page = SCENES[scene](theme)
        qtbot.addWidget(page)
        page.resize(1440, 900)
        page.show()
        assert not page.grab().isNull()
        if scene == "today":
            frames = [w for w in page.findChildren(QWidget) if w.objectName() == "sidebar"]
            assert frames[0].x() > 700
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_the_paper_holds_every_group_on_one_page(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    del theme, qtbot
    state = SetUpScreen()
    state.to_paper()
    sizes = []
    for groups in (state.state.key_groups, ()):
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"sheet-{len(groups)}.pdf"))
        paint_sheet(printer, replace(state.state, key_groups=groups, workstation_code="4QXR-7M2K"))
        content = (tmp_path / f"sheet-{len(groups)}.pdf").read_bytes()
        assert content.count(b"/Type /Page\n") == 1
        sizes.append(len(content))
    assert sizes[0] > sizes[1]


def test_only_real_printers_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["Microsoft Print to PDF", "Fax", "HP LaserJet", "XPS Document Writer"]
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: names))
    assert real_printers() == ["HP LaserJet"]
