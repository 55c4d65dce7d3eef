"""Writes the report of an audit as a PDF, to be printed or kept."""

from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPageSize, QPdfWriter, QTextDocument

from carekraft_desktop.presenters.check_replies import Report

_HEADS = ("Id", "Reviewer", "Reply", "Verdict", "What it tells")


def page_of(report: Report) -> QTextDocument:
    """The report as a document of tables; nothing in it is read as markup."""
    document = QTextDocument()
    head = "".join(f"<th align='left'>{each}</th>" for each in _HEADS)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(each)}</td>" for each in line) + "</tr>"
        for line in report.lines
    )
    document.setHtml(
        f"<h2>{escape(report.title)}</h2><p>{escape(report.summary)}</p>"
        f"<table border='1' cellspacing='0' cellpadding='4' width='100%'><tr>{head}</tr>"
        f"{rows}</table>"
    )
    return document


def save(report: Report, path: Path) -> bool:
    """Write the PDF; False when the file cannot be written."""
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(content)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    writer.setTitle(report.title)
    writer.setResolution(96)
    page_of(report).print_(writer)
    content.close()
    try:
        path.write_bytes(bytes(content.data().data()))
    except OSError:
        return False
    return True
