"""What could leave the program: files that are handed out, and what a lock leaves in fields."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.exports import MINIMAL, Purpose
from tests.staged_backups import FakeExport, staged_export
from ui import surfaces
from ui.theme import Theme
from ui.widgets.parts import column


@pytest.mark.req("REQ-94")
def test_after_a_lock_nothing_that_was_deleted_can_be_brought_back(
    qtbot: QtBot, qapp: QApplication
) -> None:
    page, stack = QWidget(), QStackedWidget()
    inside = column(page)
    edit, text = QLineEdit(), QPlainTextEdit()
    inside.addWidget(edit)
    inside.addWidget(text)
    stack.addWidget(page)
    qtbot.addWidget(stack)
    qtbot.addWidget(page)
    stack.show()
    heard: list[str] = []
    edit.textChanged.connect(heard.append)
    for each in (edit, text):
        QTest.keyClicks(each, "Demir")
        QTest.keyClick(each, Qt.Key.Key_Backspace)
    QTest.keyClick(edit, Qt.Key.Key_Home)
    heard.clear()
    assert edit.isUndoAvailable()
    assert text.document().isUndoAvailable()
    surfaces.take_away(page, stack)
    assert not edit.isUndoAvailable()
    assert not edit.isRedoAvailable()
    assert not text.document().isUndoAvailable()
    assert (edit.text(), edit.cursorPosition(), text.toPlainText()) == ("Demi", 0, "Demi")
    assert heard == []


@pytest.mark.req("REQ-90")
def test_the_passphrase_is_shown_once_and_goes_with_a_lock(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    fake = FakeExport()
    page, presenter = staged_export(theme, fake)
    qtbot.addWidget(page)
    page.show()
    assert page.typed().fields == MINIMAL
    page.recipient.put("Lakeside Audits")
    page.purpose.setCurrentIndex(3)
    page.fields["name"].setChecked(True)
    presenter.go(page.typed(), "/out")
    ((wish, folder),) = fake.wishes
    assert (wish.purpose, wish.recipient, folder) == (
        Purpose.AUDIT,
        "Lakeside Audits",
        Path("/out"),
    )
    assert wish.fields == (*MINIMAL, "name")
    assert wish.last - wish.first == 7 * 86_400
    assert page._passphrase.text() == presenter.state.passphrase
    assert presenter.state.passphrase not in repr(presenter.state)
    presenter.cover_up()
    assert not page._passphrase.text()
    assert page._form.isVisible()
    presenter.go(page.typed(), "/out")
    page.told.click()
    assert not presenter.state.passphrase


def test_days_that_are_none_are_said_beside_the_form(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    fake = FakeExport()
    page, presenter = staged_export(theme, fake)
    qtbot.addWidget(page)
    page.last.put("2020-01-01")
    presenter.go(page.typed(), "/out")
    page.last.put("tomorrow")
    presenter.go(page.typed(), "/out")
    assert presenter.state.problem is not None
    assert not fake.wishes
