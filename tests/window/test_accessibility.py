"""Every page in every look: names, roles, the way of Tab, and what the eye can tell apart."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.staged import SCENES
from tests.window.test_tokens import contrast
from ui.theme import Theme
from ui.tokens import LOOKS

NO_ROLE = {
    QAccessible.Role.NoRole,
    QAccessible.Role.Client,
    QAccessible.Role.Pane,
    QAccessible.Role.Window,
}
OVERLAYS = ("keys", "find", "find-recent")
PAGES = tuple(name for name in SCENES if name not in OVERLAYS)


@pytest.fixture(params=LOOKS)
def look(theme: Theme, request: pytest.FixtureRequest) -> Iterator[Theme]:
    theme.put_on(request.param, 100)
    yield theme
    # What is no longer shown need not put on the next look.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.put_on("light", 100)


def shown(name: str, theme: Theme, qtbot: QtBot) -> QWidget:
    page = SCENES[name](theme)
    qtbot.addWidget(page)
    page.resize(1440, 900)
    with qtbot.waitActive(page):
        page.show()
    for _ in range(3):
        QApplication.processEvents()
    return page


def on_top(page: QWidget) -> QWidget:
    """What lies over the page, or the page."""
    over = [each for each in page.findChildren(QWidget) if each.property("overlay")]
    return next((each for each in over if each.isVisible()), page)


def stops(root: QWidget) -> list[QWidget]:
    """Where Tab should stop."""
    return [
        each
        for each in (root, *root.findChildren(QWidget))
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def walk(key: Qt.Key, most: int) -> list[QWidget]:
    """Press the key until it leads to a widget where one has been."""
    seen: list[QWidget] = []
    while focus() not in seen and len(seen) <= most:
        seen.append(focus())
        QTest.keyClick(seen[-1], key)
    return seen


def tree(of: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    assert depth < 40
    yield of
    for number in range(of.childCount()):
        child = of.child(number)
        if child is not None and child.isValid():
            yield from tree(child, depth + 1)


@pytest.mark.parametrize("name", SCENES)
def test_whatever_takes_the_keyboard_has_a_name_and_a_role(
    look: Theme, name: str, qtbot: QtBot
) -> None:
    page = shown(name, look, qtbot)
    QAccessible.setActive(True)
    top = on_top(page)
    for each in stops(top):
        found = QAccessible.queryAccessibleInterface(each)
        where = (type(each).__name__, each.objectName())
        assert found.text(QAccessible.Text.Name).strip(), where
        assert found.role() not in NO_ROLE, where
    named = 0
    for node in tree(QAccessible.queryAccessibleInterface(top)):
        state = node.state()
        if state.focusable and not state.invisible and not state.disabled:
            assert node.text(QAccessible.Text.Name).strip(), (node.role(), node.rect())
            named += 1
    assert named >= len(stops(top))
    QAccessible.setActive(False)


@pytest.mark.parametrize("name", PAGES)
def test_tab_visits_everything_once_and_comes_back(theme: Theme, name: str, qtbot: QtBot) -> None:
    page = shown(name, theme, qtbot)
    wanted = stops(page)
    start = focus()
    seen = walk(Qt.Key.Key_Tab, len(wanted))
    assert len(seen) == len(wanted)
    assert {id(each) for each in seen} == {id(each) for each in wanted}
    assert focus() is start
    back = walk(Qt.Key.Key_Backtab, len(wanted))
    assert back == [start, *reversed(seen[1:])]


@pytest.mark.parametrize("name", OVERLAYS)
def test_escape_leads_out_of_what_lies_over_the_page(theme: Theme, name: str, qtbot: QtBot) -> None:
    page = shown(name, theme, qtbot)
    over = on_top(page)
    assert over is not page
    assert over is focus() or over.isAncestorOf(focus())
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert on_top(page) is page
    assert focus() in stops(page)


def words(widget: QWidget) -> str:
    """What is written on it, as letters painted in one colour on one ground."""
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QAbstractButton | QLabel):
        icon_only = isinstance(widget, QAbstractButton) and not widget.text()
        return "" if icon_only else widget.text()
    return ""


def measured(image: QImage, widget: QWidget, page: QWidget) -> float:
    """The strongest contrast within a widget to what most of it is filled with."""
    part = widget.visibleRegion().boundingRect()
    place = part.translated(widget.mapTo(page, QPoint(0, 0)))
    cut = image.copy(place).convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(cut.constBits()).cast("I"))
    ground = counted.most_common(1)[0][0]
    return max(contrast(_hex(colour), _hex(ground)) for colour in counted)


def _hex(colour: int) -> str:
    return f"#{colour & 0xFFFFFF:06X}"


@pytest.mark.parametrize("name", SCENES)
def test_what_is_written_can_be_read(look: Theme, name: str, qtbot: QtBot) -> None:
    page = shown(name, look, qtbot)
    top = on_top(page)
    image = page.grab().toImage()
    looked = 0
    for each in top.findChildren(QWidget):
        if not (words(each).strip() and each.isVisible() and each.isEnabled()):
            continue
        seen = each.visibleRegion().boundingRect()
        middle = each.mapTo(page, seen.center())
        if seen.height() < 12 or page.childAt(middle) is not each:
            continue  # scrolled away, or behind a message
        assert measured(image, each, page) >= 4.5, (type(each).__name__, each.objectName())
        looked += 1
    assert looked > 0
