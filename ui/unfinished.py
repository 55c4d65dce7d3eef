"""What was typed and not yet done, page by page: gathered before a lock, put back after it.

Passwords and PINs are never among it. Each field is found again by its page, its kind and its
name. Of a text that its page keeps by itself, such as a reply's draft, only the caret is noted: a
stopped reply is not kept longer than its editor would.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters.places import go_back, place_of
from carekraft_desktop.presenters.shell import Page
from ui.widgets.kept import KEPT_ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carekraft_desktop.presenters.shell import Shell
    from ui.rooms import Room, Rooms

Typed: TypeAlias = QLineEdit | QPlainTextEdit | QTextEdit


def gather(rooms: Rooms, page: Page) -> str:
    """Everything in hand, as text for the store; empty for a day with nothing chosen or typed."""
    pages: dict[str, dict[str, Any]] = {}
    for name, room in rooms.rooms():
        place = place_of(name, room.screen)
        typed = {key: _caret(field) for key, field in _fields(room.page) if _text(field)}
        focus = next((key for key, field in _fields(room.page) if field.hasFocus()), "")
        pages[name.value] = {"place": place, "typed": typed, "focus": focus}
    return json.dumps({"page": page.value, "pages": pages}, ensure_ascii=False)


def put_back(rooms: Rooms, work: str, shell: Shell) -> None:
    """Be where the person was, with what they had typed and the caret where it was."""
    kept = json.loads(work)
    last = Page(kept["page"])
    for value, held in kept["pages"].items():
        page = Page(value)
        if held["typed"] or page in {last, Page.TODAY}:
            # What ended meanwhile is not there any more; the page says what there is.
            with suppress(CareKraftError, KeyError, ValueError):
                _fill(rooms[page], page, held, shown=page is shell.state.page)
    shell.go(last)
    if shell.state.page is last:
        focus = kept["pages"].get(last.value, {}).get("focus", "")
        for key, field in _fields(rooms[last].page):
            if key == focus:
                field.setFocus(Qt.FocusReason.OtherFocusReason)


def _fill(room: Room, page: Page, held: dict[str, Any], *, shown: bool) -> None:
    if not shown:
        room.screen.refresh()
    go_back(page, room.screen, held["place"])
    for key, field in _fields(room.page):
        if key in held["typed"]:
            _put(field, *held["typed"][key])


def _fields(page: QWidget) -> Iterator[tuple[str, Typed]]:
    """Every field that can be typed into, with a name that is the same in the next session."""
    seen: Counter[str] = Counter()
    for field in page.findChildren(QWidget):
        if not isinstance(field, Typed) or field.isReadOnly():
            continue
        if isinstance(field, QLineEdit) and field.echoMode() is not QLineEdit.EchoMode.Normal:
            continue
        name = f"{type(field).__name__}/{field.accessibleName()}"
        seen[name] += 1
        yield f"{name}/{seen[name]}", field


def _text(field: Typed) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _caret(field: Typed) -> tuple[str, int, int]:
    """Text, caret, and the other end of the selection."""
    if isinstance(field, QPlainTextEdit) and field.property(KEPT_ELSEWHERE):
        return "", field.textCursor().position(), field.textCursor().anchor()
    if isinstance(field, QLineEdit):
        caret, start = field.cursorPosition(), field.selectionStart()
        if start < 0:
            return field.text(), caret, caret
        return field.text(), caret, field.selectionEnd() if caret == start else start
    cursor = field.textCursor()
    return field.toPlainText(), cursor.position(), cursor.anchor()


def _put(field: Typed, text: str, caret: int, anchor: int) -> None:
    if isinstance(field, QLineEdit):
        if field.text() != text:
            field.selectAll()
            field.insert(text)  # as if typed, so that the page hears of it
        field.setSelection(anchor, caret - anchor)
        if caret == anchor:
            field.setCursorPosition(caret)
        return
    if not field.toPlainText():
        field.setPlainText(text)
    cursor = field.textCursor()
    most = len(field.toPlainText())
    cursor.setPosition(min(anchor, most))
    cursor.setPosition(min(caret, most), QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
