"""Puts a sheet on paper: a table, the footer on every page, and a job whose name says nothing."""

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

from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.paper import Sheet

_FOOT = 28
"""Points kept free below the table."""


class PaperPrinter:
    """Asks which printer, and prints there; never into a file."""

    def __init__(self, window: QWidget) -> None:
        """The dialog stands over `window` and is hidden with it."""
        self._window = window

    def ready(self) -> bool:
        """Whether a printer is set up."""
        return bool(QPrinterInfo.availablePrinterNames())

    def print(self, sheet: Sheet) -> None:
        """Once somebody has chosen a printer."""
        printer = QPrinter()
        printer.setDocName(wording.PROGRAM)
        dialog = QPrintDialog(printer, self._window.window())
        # A file in plain text would outlive the lock of the screen.
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)  # noqa: FBT003
        dialog.accepted.connect(lambda: paint(sheet, printer))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QDialog.open(dialog)


def paint(sheet: Sheet, device: QPagedPaintDevice) -> int:
    """Paint the sheet page by page; how many pages it took."""
    document = text_of(sheet)
    page = device.pageLayout().paintRect(QPageLayout.Unit.Point)
    document.setPageSize(QSizeF(page.width(), page.height() - _FOOT))
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
        painter.setFont(_font(7.5))
        foot = QRectF(0, page.height() - _FOOT + 8, page.width(), _FOOT - 8)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeading), sheet.footer)
        words = f"{number + 1} / {pages}"
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignTrailing), words)
    painter.end()
    return pages


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
    for column, text in enumerate(texts):
        table.cellAt(row, column).firstCursorPosition().insertText(text, shape)


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
