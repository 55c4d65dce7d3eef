"""The focus ring: there for those who use keys, out of the way for the mouse."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.focus import FocusRing
from ui.widgets.parts import FlatButton, button, column


def stand(theme: Theme, qtbot: QtBot) -> tuple[QWidget, list[QPushButton], FocusRing]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(240, 160)
    buttons = [button("One", "primary"), button("Two")]
    inside = column(window, margin=20, gap=20)
    for each in buttons:
        inside.addWidget(each)
    ring = FocusRing(theme, window)
    with qtbot.waitActive(window):
        window.show()
    buttons[0].setFocus()
    return window, buttons, ring


def test_the_ring_comes_with_the_first_key_and_goes_with_the_mouse(
    theme: Theme, qtbot: QtBot
) -> None:
    window, buttons, ring = stand(theme, qtbot)
    assert not ring.isVisible()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Tab)
    assert buttons[1].hasFocus()
    assert ring.geometry().contains(buttons[1].geometry())
    assert not ring.geometry().intersects(buttons[0].geometry())
    after_key = ring.isVisible()
    QCoreApplication.processEvents()
    image = window.grab().toImage()
    edge = image.pixelColor(ring.geometry().center().x(), ring.geometry().top() + 1)
    assert edge.name().upper() == theme.tokens.focus
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert [after_key, ring.isVisible()] == [True, False]


def test_what_shows_its_own_focus_gets_no_second_ring(theme: Theme, qtbot: QtBot) -> None:
    _window, buttons, ring = stand(theme, qtbot)
    buttons[1].setProperty("ownFocus", "yes")
    qtbot.keyClick(buttons[0], Qt.Key.Key_Tab)
    assert not ring.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("make", [lambda _: button("Go"), lambda t: FlatButton(t, "x", "Close")])
def test_a_button_is_pressed_by_space_and_by_enter(
    theme: Theme,
    qtbot: QtBot,
    key: Qt.Key,
    make: Callable[[Theme], QAbstractButton],
) -> None:
    pressed = make(theme)
    qtbot.addWidget(pressed)
    told: list[str] = []
    pressed.clicked.connect(lambda: told.append("pressed"))
    with qtbot.waitActive(pressed):
        pressed.show()
    pressed.setFocus()
    qtbot.keyClick(pressed, key)
    assert told == ["pressed"]
