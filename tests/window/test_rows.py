"""The one table model, and the list over it."""

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QRect, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from carekraft_desktop.presenters.pieces import Cell, Mark, Row, Tone
from ui.theme import Theme
from ui.widgets.folding import Fold
from ui.widgets.rows import Rows, RowsModel

ROWS = tuple(
    Row(key, (Cell(f"{key} one", tip="exactly"), Cell("", mark=Mark("Late", Tone.LATE))))
    for key in "abc"
)


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, theme: Theme) -> None:
    del theme
    model = RowsModel(("Name", "Status"))
    model.show_rows(ROWS)
    qtmodeltester.check(model)
    model.show_rows(ROWS[1:])
    qtmodeltester.check(model)


def test_cells_speak_with_their_head(theme: Theme) -> None:
    del theme
    model = RowsModel(("Name", "Status"))
    model.show_rows(ROWS)
    index = model.index(0, 1)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Status: Late"
    assert model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole) == "exactly"


def test_choosing_by_keyboard_is_told_and_filling_is_not(theme: Theme, qtbot: QtBot) -> None:
    rows = Rows(theme, ("Name", "Status"), name="List", weights=(2, 1))
    qtbot.addWidget(rows)
    rows.show()
    chosen: list[str] = []
    rows.chosen.connect(chosen.append)
    rows.show_rows(ROWS, "a")
    assert chosen == []
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert chosen == ["b"]
    with qtbot.waitSignal(rows.opened) as opened:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert opened.args == ["b"]


def test_a_refresh_keeps_the_place(theme: Theme, qtbot: QtBot) -> None:
    rows = Rows(theme, ("Name", "Status"), name="List", weights=(2, 1))
    qtbot.addWidget(rows)
    rows.show_rows(ROWS, "b")
    changed = (ROWS[0], Row("b", (Cell("new"), Cell("x"))), ROWS[2])
    rows.show_rows(changed, "b")
    assert rows.currentIndex().row() == 1
    assert rows.model().data(rows.model().index(1, 0)) == "new"
    rows.show_rows((), "")
    assert rows.selectionModel().selectedRows() == []


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_sixty_letters_end_in_dots_in_both_directions(
    theme: Theme, qtbot: QtBot, direction: Qt.LayoutDirection
) -> None:
    rows = Rows(theme, ("Name", "Status"), name="List", weights=(1, 1))
    qtbot.addWidget(rows)
    rows.setLayoutDirection(direction)
    rows.resize(300, 120)
    long = "Maximiliana-Alexandrina Wolfeschlegelsteinhausenbergerdorff X"
    rows.show_rows((Row("a", (Cell(long), Cell("", mark=Mark(long, Tone.LATE)))),), "")
    rows.show()
    image = rows.viewport().grab().toImage()
    # What is painted of the first cell stays inside it: the edge before the second is plain.
    edge = rows.columnViewportPosition(0) + rows.columnWidth(0) - 3
    if direction == Qt.LayoutDirection.RightToLeft:
        edge = rows.columnViewportPosition(0) + 2
    colours = {image.pixelColor(edge, y).name() for y in range(2, 30)}
    assert len(colours) == 1
    assert rows.model().data(rows.model().index(0, 0), Qt.ItemDataRole.ToolTipRole) == long


def test_from_the_right_a_cell_stands_at_the_right(theme: Theme, qtbot: QtBot) -> None:
    rows = Rows(theme, ("One",), name="Rows", weights=(1,))
    rows.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.addWidget(rows)
    rows.resize(400, 120)
    rows.show_rows((Row("a", (Cell("1 h"),)),), "")
    rows.show()
    cell = rows.visualRect(rows.rows.index(0, 0)).adjusted(2, 2, -2, -4)
    image = rows.viewport().grab(cell).toImage()
    ground = image.pixelColor(image.width() // 2, 2)
    written = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) != ground for y in range(image.height()))
    ]
    assert min(written) > image.width() * 3 / 4


class Repaints(QObject):
    """Adds up what of a view is painted anew."""

    def __init__(self, view: Rows) -> None:
        super().__init__(view)
        self.region = QRegion()
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_the_ring_leaves_a_row_as_a_whole(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    rows = Rows(theme, ("Name", "Status"), name="List", weights=(2, 1))
    qtbot.addWidget(rows)
    rows.show_rows(ROWS, "")
    with qtbot.waitActive(rows):
        rows.show()
    rows.setFocus()
    rows.setCurrentIndex(rows.model().index(0, 0))
    qapp.processEvents()
    # Chosen rows are painted by Qt, cell by cell; a ring is also where nothing is chosen.
    rows.clearSelection()
    qapp.processEvents()
    seen = Repaints(rows)
    chosen_none = QItemSelectionModel.SelectionFlag.NoUpdate
    rows.selectionModel().setCurrentIndex(rows.model().index(1, 0), chosen_none)
    qapp.processEvents()
    for row in (0, 1):
        whole = QRect(
            0, rows.rowViewportPosition(row), rows.viewport().width(), rows.rowHeight(row)
        )
        assert (QRegion(whole) - seen.region).isEmpty()


def test_a_list_that_is_narrow_puts_columns_below_the_name_and_says_them_there(
    theme: Theme, qtbot: QtBot
) -> None:
    heads = ("Name", "Asks for", "By", "State")
    long = Row(
        "a", (Cell("Ada"), Cell("A copy"), Cell("Nov 19"), Cell("", mark=ROWS[0].cells[1].mark))
    )
    rows = Rows(
        theme,
        heads,
        name="List",
        weights=(27, 27, 22, 24),
        fold=Fold(620, {1: "{}", 2: "by {}"}),
    )
    qtbot.addWidget(rows)
    rows.show()
    rows.resize(900, 300)
    rows.show_rows((long,), "a")
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert [rows.isColumnHidden(n) for n in range(4)] == [False, False, False, False]
    one_line = rows.rowHeight(0)
    rows.resize(500, 300)
    assert [rows.isColumnHidden(n) for n in range(4)] == [False, True, True, False]
    assert rows.rowHeight(0) > one_line
    assert rows.columnWidth(0) > 3 * rows.columnWidth(3) * 0.9
    index = rows.model().index(0, 0)
    assert rows.model().data(index, spoken) == "Name: Ada, A copy · by Nov 19"
    assert rows.model().data(index, Qt.ItemDataRole.ToolTipRole) == "Ada\nA copy · by Nov 19"
    rows.resize(900, 300)
    assert rows.model().data(index, spoken) == "Name: Ada"
    assert rows.rowHeight(0) == one_line
