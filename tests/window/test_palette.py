"""The palette over the page: keys, names for screen readers, and that nothing stays."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from carekraft_desktop.presenters.palette import Kind
from carekraft_desktop.presenters.shell import Page
from tests.staged import Stage
from ui.theme import Theme
from ui.widgets.palette import Palette


@pytest.fixture
def stage(theme: Theme, qtbot: QtBot) -> Stage:
    found = Stage(theme)
    qtbot.addWidget(found.frame)
    found.frame.resize(1440, 900)
    with qtbot.waitActive(found.frame):
        found.frame.show()
    found.frame.today.calendar.setFocus(Qt.FocusReason.TabFocusReason)
    return found


def open_by(stage: Stage, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_Slash) -> Palette:
    qtbot.keyClick(stage.frame.today.calendar, key)
    found = stage.frame.finder
    assert found is not None
    return found


def test_a_slash_four_letters_and_enter_open_the_visit(stage: Stage, qtbot: QtBot) -> None:
    palette = open_by(stage, qtbot)
    assert palette.box.hasFocus()
    qtbot.keyClicks(palette.box, "demi")
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert stage.today.state.selected == "a5"
    assert stage.frame.finder is None


def test_a_slash_can_be_typed_into_the_box(stage: Stage, qtbot: QtBot) -> None:
    palette = open_by(stage, qtbot)
    qtbot.keyClicks(palette.box, "12/3")
    assert palette.box.text() == "12/3"
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert stage.today.state.title == "Thursday, December 3"


def test_escape_returns_exactly_where_one_was(stage: Stage, qtbot: QtBot) -> None:
    calendar = stage.frame.today.calendar
    qtbot.keyClick(calendar, Qt.Key.Key_Down)
    here = calendar.here
    palette = open_by(stage, qtbot)
    qtbot.keyClicks(palette.box, "a")  # not "accept"
    qtbot.keyClick(palette.box, Qt.Key.Key_Escape)
    assert stage.frame.finder is None
    assert calendar.hasFocus()
    assert calendar.here == here
    assert stage.today.state.selected == ""


def test_tab_does_not_lead_behind_the_palette(stage: Stage, qtbot: QtBot) -> None:
    palette = open_by(stage, qtbot)
    qtbot.keyClick(palette.box, Qt.Key.Key_Tab)
    qtbot.keyClick(palette.box, Qt.Key.Key_Backtab)
    assert palette.box.hasFocus()


def test_arrows_walk_and_a_screen_reader_hears_the_rows(stage: Stage, qtbot: QtBot) -> None:
    palette = open_by(stage, qtbot)
    qtbot.keyClick(palette.box, Qt.Key.Key_Down)
    qtbot.keyClick(palette.box, Qt.Key.Key_Down)
    assert stage.palette.state is not None
    chosen = palette.list.currentItem()
    assert chosen.data(Qt.ItemDataRole.AccessibleTextRole) == stage.palette.state.rows[1].spoken
    QAccessible.setActive(True)
    found = QAccessible.queryAccessibleInterface(palette.box)
    assert found.text(QAccessible.Text.Name)
    assert found.role() is QAccessible.Role.EditableText
    QAccessible.setActive(False)


def test_a_click_takes_a_row_and_one_beside_closes(stage: Stage, qtbot: QtBot) -> None:
    palette = open_by(stage, qtbot)
    qtbot.keyClicks(palette.box, "lock")
    place = palette.list.visualItemRect(palette.list.item(1)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert stage.did == ["lock"]
    palette = open_by(stage, qtbot)
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert stage.frame.finder is None


def test_another_page_takes_it_away(stage: Stage, qtbot: QtBot) -> None:
    open_by(stage, qtbot)
    stage.shell_state(page=Page.OUTBOX)
    assert stage.frame.finder is None
    assert stage.palette.state is None


def test_nothing_typed_or_found_is_left_in_the_widget(stage: Stage, qtbot: QtBot) -> None:
    palette = open_by(stage, qtbot)
    qtbot.keyClicks(palette.box, "demi")
    assert palette.list.count()
    stage.palette.close()
    assert palette.box.text() == ""
    assert not palette.list.count()
    assert not palette.box.isUndoAvailable()


def test_it_fits_into_a_small_window_and_turns_with_the_script(stage: Stage, qtbot: QtBot) -> None:
    stage.frame.resize(720, 520)
    stage.frame.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    palette = open_by(stage, qtbot)
    qtbot.keyClicks(palette.box, "m")
    assert stage.palette.state is not None
    assert any(row.kind is Kind.PATIENT for row in stage.palette.state.rows)
    card = palette.list.parentWidget()
    assert card is not None
    assert palette.rect().contains(card.geometry())
    assert not palette.grab().isNull()
