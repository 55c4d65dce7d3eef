"""Every scene of every page in every look: what a screen reader, a keyboard and an eye meet there.

Each scene is made once and then shown in one look after the other, as somebody would who changes
the look in the settings; what is looked for is in `tests/window/audit.py`.
"""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests import staged_reviews
from tests.staged import PICTURES
from tests.window import audit
from ui.theme import Theme

EVERY = PICTURES | staged_reviews.SCENES
LOOKED_AT = (("light", 100), ("dark", 150), ("high-contrast", 200))
"""Looks with the size of text, in their order."""
OVERLAYS = ("keys", "find", "find-recent", "again")


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def shown(name: str, theme: Theme, qtbot: QtBot) -> QWidget:
    """The scene, made without any window of its own having flashed up."""
    application, watcher = QApplication.instance(), audit.Watcher()
    assert application is not None
    application.installEventFilter(watcher)
    page = EVERY[name](theme)
    application.removeEventFilter(watcher)
    assert watcher.windows == []
    page.resize(1440, 900)
    with qtbot.waitActive(page):
        page.show()
    settle()
    return page


def walked(page: QWidget) -> None:
    """Tab visits everything once, downwards in each box, and comes back; so does Shift+Tab."""
    audit.settle_groups(page)
    wanted, start = audit.stops(page), audit.focus()
    seen = audit.walk(Qt.Key.Key_Tab, len(wanted))
    assert [audit.told(each) for each in wanted if each not in seen] == []
    assert [audit.told(each) for each in seen if each not in wanted] == []
    assert len(seen) == len(wanted)
    assert audit.focus() is start
    turn = seen.index(max(seen, key=lambda each: each is wanted[0]))
    assert audit.upwards([*seen[turn:], *seen[:turn]]) == []
    back = audit.walk(Qt.Key.Key_Backtab, len(wanted))
    assert back == [start, *reversed(seen[1:])]


def left_by_escape(page: QWidget) -> None:
    """What lies over the page has the keyboard, and gives it back."""
    over = audit.on_top(page)
    assert over is not page
    assert over is audit.focus() or over.isAncestorOf(audit.focus())
    QTest.keyClick(audit.focus(), Qt.Key.Key_Escape)
    assert audit.on_top(page) is page
    assert audit.focus() in audit.stops(page)


def looked_through(page: QWidget, theme: Theme) -> None:
    """The keyboard's way; then names, roles, contrast and room for the words in each look."""
    overlay = audit.on_top(page) is not page
    if not overlay:
        walked(page)
    for look, scale in LOOKED_AT:
        theme.put_on(look, scale)
        settle()
        assert page.width() == 1440, (look, scale)
        assert audit.without_name_or_role(audit.on_top(page)) == [], (look, scale)
        assert audit.cut(page) == [], (look, scale)
        assert audit.illegible(page) == [], (look, scale)
    if overlay:
        left_by_escape(page)


@pytest.mark.parametrize("name", EVERY)
def test_a_scene_is_named_walked_legible_and_whole_in_every_look_and_leaves_nothing(
    theme: Theme, name: str, qtbot: QtBot
) -> None:
    page = shown(name, theme, qtbot)
    QAccessible.setActive(True)
    try:
        looked_through(page, theme)
    finally:
        QAccessible.setActive(False)
        page.close()
        page.deleteLater()
    del page
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    theme.put_on("light", 100)  # nothing that is gone answers
