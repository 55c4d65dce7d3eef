"""What a scene is held against: names and roles, the way of Tab, contrast, and nothing cut."""

import itertools
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
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

from tests.window.test_tokens import contrast
from ui.widgets.fields import Field

NO_ROLE = {
    QAccessible.Role.NoRole,
    QAccessible.Role.Client,
    QAccessible.Role.Pane,
    QAccessible.Role.Window,
}
AA = 4.5
"""The contrast that WCAG 2.2 asks of text, success criterion 1.4.3."""


class Watcher(QObject):
    """Notes every widget that shows itself as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def told(widget: QWidget) -> tuple[str, str, str]:
    """A widget, for whoever reads why a test has failed."""
    written = getattr(widget, "text", str)
    said = written() if callable(written) else ""
    return type(widget).__name__, widget.objectName(), str(said)[:40] or widget.accessibleName()


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


def settle_groups(page: QWidget) -> None:
    """Of buttons that exclude each other Tab leads to the one that is on, from the first visit on.

    The arrows lead from there to the others.
    """
    before = focus()
    for each in page.findChildren(QAbstractButton):
        group = each.group()
        if group is not None and group.exclusive() and each.isChecked() and each.isVisible():
            each.setFocus()
    before.setFocus()


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


def without_name_or_role(top: QWidget) -> list[object]:
    """Whatever takes the keyboard and would not be told by a screen reader."""
    missing: list[object] = []
    for each in stops(top):
        found = QAccessible.queryAccessibleInterface(each)
        if not found.text(QAccessible.Text.Name).strip() or found.role() in NO_ROLE:
            missing.append(told(each))
    named = 0
    for node in tree(QAccessible.queryAccessibleInterface(top)):
        state = node.state()
        if state.focusable and not state.invisible and not state.disabled:
            named += 1
            if not node.text(QAccessible.Text.Name).strip():
                missing.append((node.role(), node.rect()))
    assert named >= len(stops(top))
    return missing


def upwards(seen: list[QWidget]) -> list[tuple[object, object]]:
    """Steps of Tab that go up in a column of one box, against the way one reads."""
    found: list[tuple[object, object]] = []
    for one, two in itertools.pairwise(seen):
        if one.parentWidget() is not two.parentWidget():
            continue
        above = two.geometry().bottom() <= one.geometry().top()
        beside = two.geometry().left() > one.geometry().right()
        if above and not beside:
            found.append((told(one), told(two)))
    return found


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


def illegible(page: QWidget) -> list[object]:
    """What is written and cannot be told from its ground by everybody."""
    top, image = on_top(page), page.grab().toImage()
    looked, found = 0, list[object]()
    for each in top.findChildren(QWidget):
        if not (words(each).strip() and each.isVisible() and each.isEnabled()):
            continue
        seen = each.visibleRegion().boundingRect()
        middle = each.mapTo(page, seen.center())
        whole = min(each.height(), round(1.6 * each.fontMetrics().height()))
        if seen.height() < whole or page.childAt(middle) is not each:
            continue  # scrolled away, or behind a message
        looked += 1
        if (strongest := measured(image, each, page)) < AA:
            found.append((*told(each), round(strongest, 2)))
    assert looked > 0
    return found


def cut(page: QWidget) -> list[object]:
    """Buttons that are smaller than their words, and fields whose words lie on one another."""
    found: list[object] = []
    for each in page.findChildren(QAbstractButton):
        if each.isVisible() and each.text():
            wanted = each.minimumSizeHint()
            if each.width() < wanted.width() - 1 or each.height() < wanted.height() - 1:
                found.append(told(each))
    found.extend(
        told(field.input)
        for field in page.findChildren(Field)
        if field.isVisible() and field.height() < field.heightForWidth(field.width()) - 1
    )
    return found
