"""The clipboard, for a booking on its way to another program: out of histories, gone by itself."""

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

NOT_FOR_HISTORIES: dict[str, bytes] = {
    # Windows: its clipboard history and its cloud look for these names.
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "CanIncludeInClipboardHistory": bytes(4),
    "CanUploadToCloudClipboard": bytes(4),
    # macOS: the agreement of clipboard managers, see nspasteboard.org.
    "org.nspasteboard.ConcealedType": b"1",
    # KDE's Klipper.
    "x-kde-passwordManagerHint": b"secret",
}
"""What programs that keep a history of the clipboard take as "not this one"."""


class Clipboard(QObject):
    """Holds one text for some seconds, and takes away only what it put there itself."""

    def __init__(self, parent: QObject) -> None:
        """Ends with `parent`."""
        super().__init__(parent)
        self._held = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)

    def hold(self, text: str, seconds: int) -> None:
        """Put `text` there and take it away after `seconds`, if it is still ours then."""
        data = QMimeData()
        data.setText(text)
        for name, content in NOT_FOR_HISTORIES.items():
            data.setData(name, content)
        self._held = text
        QGuiApplication.clipboard().setMimeData(data)
        self._timer.start(seconds * 1000)

    def clear(self) -> None:
        """Take it away now, unless somebody has copied something else since."""
        self._timer.stop()
        held, self._held = self._held, ""
        clipboard = QGuiApplication.clipboard()
        if held and clipboard.text() == held:
            clipboard.clear()
