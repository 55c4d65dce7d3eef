"""The binding keeps its hands off Python's own objects.

The 6.12.0 wheels of PySide6 took one reference to None away with each call that returns
None on Python 3.11, and the process aborted after a few thousand calls.
"""

import gc
import sys

import PySide6
from PySide6.QtGui import QColor, QImage, QPainter


def test_two_thousand_calls_leave_the_count_of_none_alone() -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    colour = QColor("black")
    painter.setPen(colour)  # the first call prepares things that stay
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(2000):
        painter.setPen(colour)
    change = sys.getrefcount(None) - before
    painter.end()
    assert abs(change) < 100, PySide6.__version__
