"""Puts a sheet on paper: a table, the footer on every page, and a job whose name says nothing."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from carekraft_desktop.domain.printers import writes_files
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters import wording_paper as words
from carekraft_desktop.presenters.paper import Sheet
from ui.widgets.parts import button, column, label, line

_FOOT = 28
"""Points kept free below the table."""


class PaperPrinter:
    """Asks which printer, and prints there; never into a file."""

    def __init__(self, window: QWidget) -> None:
        """The dialog stands over `window` and is hidden with it."""
        self._window = window

    def ready(self) -> bool:
        """Whether a printer is set up from which paper comes."""
        names = QPrinterInfo.availablePrinterNames()
        return any(not _writes_files(QPrinterInfo.printerInfo(name), name) for name in names)

    def print(self, sheet: Sheet, sent: Callable[[int], None], refused: Callable[[], None]) -> None:
        """Say how much it is; then ask which printer, and print there."""
        printer = QPrinter()
        printer.setDocName(wording.PROGRAM)
        box = HowMuchBox(sheet, pages_of(sheet, printer), self._window.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.accepted.connect(lambda: self._choose(sheet, printer, sent, refused))
        box.open()

    def _choose(
        self,
        sheet: Sheet,
        printer: QPrinter,
        sent: Callable[[int], None],
        refused: Callable[[], None],
    ) -> None:
        dialog = QPrintDialog(printer, self._window.window())
        # A file in plain text would outlive the lock of the screen.
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)  # noqa: FBT003
        dialog.accepted.connect(lambda: put_out(sheet, printer, sent, refused))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QDialog.open(dialog)


class HowMuchBox(QDialog):
    """How many pages with how many patients, before a printer is chosen (REQ-91)."""

    def __init__(self, sheet: Sheet, pages: int, parent: QWidget | None) -> None:
        """Holds no name of a patient."""
        super().__init__(parent)
        self.setWindowTitle(f"{wording.PROGRAM} · {words.TITLE}")
        self.go = button(words.GO, "primary")
        no = button(words.NO)
        self.go.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        inside = column(self, margin=20, gap=12)
        inside.addWidget(label(words.how_much(pages, sheet.patients), "title"))
        inside.addWidget(label(words.ADVICE, "quiet", wrap=True))
        foot = line(gap=8)
        foot.addStretch(1)
        foot.addWidget(no)
        foot.addWidget(self.go)
        inside.addLayout(foot)
        self.go.setDefault(True)


def put_out(
    sheet: Sheet, printer: QPrinter, sent: Callable[[int], None], refused: Callable[[], None]
) -> None:
    """Onto paper; a printer that writes a file or sends a fax gets nothing."""
    to_file = printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat
    info = QPrinterInfo.printerInfo(printer.printerName())
    if to_file or printer.outputFileName() or _writes_files(info, printer.printerName()):
        refused()
    else:
        sent(paint(sheet, printer))


def _writes_files(info: QPrinterInfo, name: str) -> bool:
    return writes_files(name, info.makeAndModel(), info.description(), info.location())


def pages_of(sheet: Sheet, device: QPagedPaintDevice) -> int:
    """How many pages it takes."""
    return _laid_out(sheet, device).pageCount()


def _laid_out(sheet: Sheet, device: QPagedPaintDevice) -> QTextDocument:
    document = text_of(sheet)
    page = device.pageLayout().paintRect(QPageLayout.Unit.Point)
    document.setPageSize(QSizeF(page.width(), page.height() - _FOOT))
    return document


def paint(sheet: Sheet, device: QPagedPaintDevice) -> int:
    """Paint the sheet page by page; how many pages it took."""
    document = _laid_out(sheet, device)
    page = device.pageLayout().paintRect(QPageLayout.Unit.Point)
    painter = QPainter(device)
    scale = painter.viewport().width() / page.width()
    painter.scale(scale, scale)
    pages = document.pageCount()
    for number in range(pages):
        if number:
            device.newPage()
        painter.save()
        height = page.height() - _FOOT
        painter.translate(0, -number * height)
        document.drawContents(painter, QRectF(0, number * height, page.width(), height))
        painter.restore()
        paint_foot(painter, page, sheet.footer, f"{number + 1} / {pages}")
    painter.end()
    return pages


def paint_foot(painter: QPainter, page: QRectF, words: str, count: str) -> None:
    """Below each page; the painter counts in points, whatever the device's own dots are."""
    font = _font(7.5)
    font.setPixelSize(8)  # a size in points would be counted in the device's dots once more
    painter.setFont(font)
    foot = QRectF(0, page.height() - _FOOT + 8, page.width(), _FOOT - 8)
    painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeading), words)
    painter.drawText(foot, int(Qt.AlignmentFlag.AlignTrailing), count)


def _font(points: float, *, bold: bool = False) -> QFont:
    found = QFont("Inter")
    found.setPointSizeF(points)
    found.setBold(bold)
    return found


def text_of(sheet: Sheet) -> QTextDocument:
    """The title and the table; its head is repeated on every page."""
    document = QTextDocument()
    document.setDefaultFont(_font(9.5))
    document.setDocumentMargin(0)
    cursor = QTextCursor(document)
    title = QTextCharFormat()
    title.setFont(_font(14, bold=True))
    block = QTextBlockFormat()
    block.setBottomMargin(10)
    cursor.setBlockFormat(block)
    cursor.insertText(sheet.title, title)
    for paragraph in sheet.said:
        cursor.insertBlock(block, QTextCharFormat())
        cursor.insertText(paragraph, QTextCharFormat())
    if not sheet.heads:
        return document
    cursor.insertBlock(QTextBlockFormat())
    shape = QTextTableFormat()
    shape.setHeaderRowCount(1)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorder(0.5)
    shape.setBorderCollapse(True)
    shape.setCellPadding(4)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table = cursor.insertTable(len(sheet.rows) + 1, len(sheet.heads), shape)
    head = QTextCharFormat()
    head.setFont(_font(9.5, bold=True))
    _fill(table, 0, sheet.heads, head)
    for number, row in enumerate(sheet.rows, 1):
        _fill(table, number, row, QTextCharFormat())
    return document


def _fill(table: QTextTable, row: int, texts: tuple[str, ...], shape: QTextCharFormat) -> None:
    for place, text in enumerate(texts):
        table.cellAt(row, place).firstCursorPosition().insertText(text, shape)


def pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF, in memory: no file in plain text is ever written."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(wording.PROGRAM)
    writer.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout.Unit.Millimeter)
    paint(sheet, writer)
    buffer.close()
    return bytes(data.data())
