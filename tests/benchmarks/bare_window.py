"""A script: nothing but a PySide6 window; tells when it was painted and what memory it takes."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Bare(QWidget):
    """Fills itself once."""

    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """White; the first time it says so in the next turn, as the program does."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), 0xFFFFFF)
        painter.end()
        if not self.painted:
            self.painted = True
            QTimer.singleShot(0, self.told)

    def told(self) -> None:
        """Painted."""
        sys.stdout.write("painted bare 0\n")
        sys.stdout.flush()
        from tests.benchmarks.scripts import proportional_memory, tell

        tell("pss", proportional_memory())
        QApplication.quit()


app = QApplication(sys.argv)
window = Bare()
window.resize(1440, 900)
window.show()
sys.exit(app.exec())
