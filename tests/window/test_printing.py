"""A sheet on paper: whole on as many pages as it takes, its footer on each."""

from pathlib import Path

import pytest
from PySide6.QtGui import QPageSize, QPdfWriter
from PySide6.QtPrintSupport import QPrinterInfo

from carekraft_desktop.presenters.paper import Sheet
from ui.printing import PaperPrinter, paint, text_of
from ui.theme import Theme

LONG = "Maximiliana-Alexandrina Wolfeschlegelsteinhausenbergerdorff X"


def sheet(rows: int) -> Sheet:
    heads = ("Time", "Patient", "With", "Status")
    lines = tuple((f"{n:02}:00", LONG, "Dr. Osei", "Confirmed") for n in range(rows))
    return Sheet("Lakeside: Tuesday", heads, lines, "Printed by Rosa Alvarez")


def test_every_row_is_on_it(theme: Theme) -> None:
    del theme
    words = text_of(sheet(3)).toPlainText()
    assert words.count(LONG) == 3
    assert words.startswith("Lakeside: Tuesday")


@pytest.mark.parametrize(("rows", "pages"), [(0, 1), (8, 1), (120, 8)])
def test_a_long_day_takes_more_pages(theme: Theme, tmp_path: Path, rows: int, pages: int) -> None:
    del theme
    writer = QPdfWriter(str(tmp_path / "sheet.pdf"))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    took = paint(sheet(rows), writer)
    assert (took == 1) is (pages == 1)
    assert took <= pages
    del writer
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_whether_there_is_a_printer_is_asked_of_the_system(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    del theme
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    assert not PaperPrinter(None).ready()  # type: ignore[arg-type]
