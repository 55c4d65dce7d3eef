"""A sheet on paper: whole on as many pages as it takes, its footer on each."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.printers import writes_files
from carekraft_desktop.presenters.paper import Sheet
from carekraft_desktop.value import replace
from ui.printing import HowMuchBox, PaperPrinter, pages_of, paint, paint_foot, put_out, text_of
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


@pytest.mark.req("REQ-91")
@pytest.mark.parametrize(
    ("said", "files"),
    [
        (("Microsoft Print to PDF",), True),
        (("Microsoft XPS Document Writer",), True),
        (("OneNote (Desktop)",), True),
        (("Fax",), True),
        (("PDF", "Generic CUPS-PDF Printer"), True),
        (("Office", "", "", "cups-pdf:/"), True),
        (("Reception", "HP LaserJet Pro M404", "Front desk"), False),
        (("Brother_HL_L2350DW",), False),
        (("Faxton 200", "Canon"), False),
    ],
)
def test_printers_that_only_write_a_file_or_send_a_fax_are_known(
    said: tuple[str, ...], files: bool
) -> None:
    assert writes_files(*said) is files


@pytest.mark.req("REQ-91")
def test_pages_and_patients_are_told_before_a_printer_is_chosen(theme: Theme, qtbot: QtBot) -> None:
    del theme
    many = replace(sheet(120), patients=97)
    box = HowMuchBox(many, pages_of(many, QPrinter()), None)
    qtbot.addWidget(box)
    words = [found.text() for found in box.findChildren(QLabel)]
    assert any(text.endswith("pages with 97 patients") for text in words)
    assert LONG not in " ".join(words)


@pytest.mark.req("REQ-91")
def test_what_would_become_a_file_is_refused_and_nothing_is_written(
    theme: Theme, tmp_path: Path
) -> None:
    del theme
    printer, done = QPrinter(), list[str]()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    put_out(sheet(3), printer, lambda pages: done.append(str(pages)), lambda: done.append("no"))
    assert done == ["no"]
    assert not (tmp_path / "sheet.pdf").exists()


@pytest.mark.req("REQ-91")
def test_the_foot_of_a_page_can_be_read_on_a_device_with_many_dots(theme: Theme) -> None:
    page, dots = QRectF(0, 0, 500, 700), 1200
    scale = dots / 72 / 4  # a fourth of it is enough to see
    image = QImage(round(500 * scale), round(700 * scale), QImage.Format.Format_Grayscale8)
    image.fill(255)
    image.setDotsPerMeterX(round(dots / 0.0254))
    image.setDotsPerMeterY(round(dots / 0.0254))
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint_foot(painter, page, "Rosa Alvarez, job 7K2M", "1 / 1")
    painter.end()
    rows = [
        y
        for y in range(image.height())
        if any(image.pixel(x, y) & 255 < 128 for x in range(0, image.width(), 2))
    ]
    assert rows, "something is printed"
    assert min(rows) > 670 * scale
    assert 4 * scale < max(rows) - min(rows) < 14 * scale
