"""What is painted in the window is in the journal: these rows, and before the lock."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from carekraft_desktop.presenters.pieces import Cell, Row
from ui.theme import Theme
from ui.widgets.rows import Rows


def rows(count: int) -> tuple[Row, ...]:
    return tuple(Row(f"book-{n:03}", (Cell(f"Row {n}"),)) for n in range(count))


@pytest.mark.req("REQ-12")
def test_scrolling_rows_into_view_tells_exactly_those(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    view = Rows(theme, ("Name",), name="Inbox", weights=(1,), patients="inbox")
    qtbot.addWidget(view)
    told: list[tuple[str, ...]] = []
    view.painted.connect(lambda place, keys: told.append((place, *keys)))
    view.show_rows(rows(200), "")
    view.resize(300, 400)
    view.show()
    qapp.processEvents()
    height = view.rowHeight(0)
    assert told[-1][0] == "inbox"
    first = told[-1][1:]
    assert first == tuple(f"book-{n:03}" for n in range(len(first)))
    assert len(first) <= view.viewport().height() // height + 1
    before = len(told)
    view.viewport().update()
    qapp.processEvents()
    assert len(told) == before, "the same rows are told once"
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 5 * height)
    qapp.processEvents()
    new = set(told[-1][1:]) - set(first)
    assert new == {f"book-{n:03}" for n in range(len(first), len(first) + 5)} or len(new) in {4, 5}
    assert not any(key in told[-1] for key in ("book-000", "book-003"))


def test_a_list_without_patients_tells_nothing(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    view = Rows(theme, ("Name",), name="People", weights=(1,))
    qtbot.addWidget(view)
    told: list[object] = []
    view.painted.connect(lambda *all_: told.append(all_))
    view.show_rows(rows(3), "")
    view.show()
    qapp.processEvents()
    assert told == []
