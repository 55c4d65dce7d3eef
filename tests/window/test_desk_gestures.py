"""The front desk's gestures at the real widgets: a row's own button, marks, claims, alerts."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from carekraft_desktop.presenters.alerts import Alert
from carekraft_desktop.presenters.lists import Tab
from carekraft_desktop.presenters.shell import Page
from tests.fakes.office import lakeside, with_calls, with_news, with_twin
from tests.staged import Stage
from ui.alerts import Alerts
from ui.theme import Theme
from ui.widgets.parts import NoteBox


@pytest.fixture
def stage(theme: Theme, qtbot: QtBot) -> Stage:
    made = Stage(theme, with_twin(with_calls(with_news(lakeside()))))
    qtbot.addWidget(made.frame)
    made.frame.resize(1440, 900)
    made.frame.show()
    made.shell_state()
    QApplication.processEvents()
    return made


def button_at(stage: Stage, key: str) -> QPoint:
    rows = stage.frame.today.inbox
    row = [each.key for each in rows.rows.rows].index(key)
    return rows.visualRect(rows.rows.index(row, 5)).center()


def click(widget: QWidget, at: QPoint, modifier: Qt.KeyboardModifier) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, modifier, at)


def test_a_rows_button_accepts_without_opening_the_request(stage: Stage) -> None:
    rows = stage.frame.today.inbox
    click(rows.viewport(), button_at(stage, "r2"), Qt.KeyboardModifier.NoModifier)
    assert ("accept", "r2", "") in stage.office.calls
    assert stage.today.state.selected == ""
    click(rows.viewport(), button_at(stage, "d4"), Qt.KeyboardModifier.NoModifier)
    assert ("acknowledge", "d4") in stage.office.calls


def test_a_click_with_ctrl_and_ctrl_a_mark_rows(stage: Stage) -> None:
    rows = stage.frame.today.inbox
    at = rows.visualRect(rows.rows.index(1, 1)).center()
    click(rows.viewport(), at, Qt.KeyboardModifier.ControlModifier)
    assert stage.today.state.marked == {"r2"}
    text = rows.rows.data(rows.rows.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert str(text).endswith(", marked")
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(stage.today.state.marked) == 6


def test_what_changed_is_read_with_the_button_in_the_pane(stage: Stage) -> None:
    stage.today.visit.choose_request("d4")
    notes = [box for box in stage.frame.today.pane.findChildren(NoteBox) if box.isVisible()]
    note = next(box for box in notes if box.button.text() == "Got it")
    QTest.mouseClick(note.button, Qt.MouseButton.LeftButton)
    assert ("acknowledge", "d4") in stage.office.calls


@pytest.mark.parametrize(
    ("key", "call"),
    [(Qt.Key.Key_T, "claim"), (Qt.Key.Key_Y, "copy"), (Qt.Key.Key_B, "enter")],
)
def test_one_key_each_takes_copies_and_enters_the_open_visit(
    stage: Stage, key: Qt.Key, call: str
) -> None:
    stage.today.visit.choose("a5")
    QTest.keyClick(stage.frame.today, key)
    assert call in [each[0] for each in stage.office.calls]


def test_the_lists_are_walked_by_their_tabs_and_keys(stage: Stage, qtbot: QtBot) -> None:
    stage.shell_state(page=Page.LISTS)
    stage.lists.refresh()
    page = stage.lists_page
    QTest.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert stage.lists.state.tab is Tab.CALL
    stage.lists.choose("a5")
    QTest.keyClick(page.rows[Tab.CALL], Qt.Key.Key_P)
    assert page._dial.text() == "312-555-0187"
    QTest.keyClick(page.rows[Tab.CALL], Qt.Key.Key_3)
    assert ("call", "a5", "left-message") in stage.office.calls
    assert not page._dial.isVisible()
    QTest.keyClick(page, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    rows = page.rows[Tab.SWEEP]
    before = rows.rows.rowCount()
    QTest.keyClick(rows, Qt.Key.Key_E)
    assert rows.rows.rowCount() == before - 1
    QTest.keyClick(rows, Qt.Key.Key_Z)
    assert rows.rows.rowCount() == before


def test_two_records_are_joined_and_separated_at_the_card(stage: Stage) -> None:
    stage.shell_state(page=Page.PERSON)
    stage.person.open("pat-a5")
    press(stage, "Same person: Elif Demir")
    assert len(stage.person.state.visits) == 2
    press(stage, "Separate again: Elif Demir")
    assert len(stage.person.state.visits) == 1


def press(stage: Stage, name: str) -> None:
    QApplication.processEvents()
    found = next(
        each
        for each in stage.person_page.findChildren(QPushButton)
        if each.accessibleName() == name and each.isVisible()
    )
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_an_alert_shows_words_without_a_name_and_the_badge_counts(
    stage: Stage, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    blinked: list[QWidget] = []
    badges: list[int] = []
    monkeypatch.setattr(QApplication, "alert", lambda widget: blinked.append(widget))
    monkeypatch.setattr(QApplication, "setBadgeNumber", lambda _self, number: badges.append(number))
    alerts = Alerts(theme, stage.frame, lambda: None)
    alerts.watch(on=True)
    alerts.tell(Alert("2 new bookings, 1 cancelled", sound=False))
    alerts.badge(7)
    alerts.badge(7)
    assert alerts.told == ["2 new bookings, 1 cancelled"]
    assert blinked == [stage.frame.window()]
    assert badges == [7]


def test_in_a_narrow_window_the_inbox_is_walked_marked_and_accepted_without_opening(
    stage: Stage,
) -> None:
    page = stage.frame.today
    stage.frame.resize(720, 900)
    QApplication.processEvents()
    stage.frame.resize(720, 900)
    page.to_inbox()
    assert page.inbox.current == "r1"
    QTest.keyClick(page.inbox, Qt.Key.Key_A)
    assert ("accept", "r1", "") in stage.office.calls
    for _ in range(2):
        QTest.keyClick(page.inbox, Qt.Key.Key_Space)
    assert len(stage.today.state.marked) == 2
    assert stage.today.state.detail is None
    QTest.keyClick(page.inbox, Qt.Key.Key_A)
    assert not stage.today.state.marked
    assert not page.pane.isVisible()
    QTest.keyClick(page.inbox, Qt.Key.Key_Return)
    assert page.pane.isVisible()
