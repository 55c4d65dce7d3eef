"""A script: today's list over a store whose key is known; tells when it was painted.

The same frame, page and presenter as in the program, without its lock page and keys. Asked
for memory, it then imports what the program imports later, and tells what memory it takes.
"""

import builtins
import gc
import sys
from pathlib import Path

from carekraft_desktop.collector import calm_collector

calm_collector()  # first of all, as the program does

_import = builtins.__import__
from PySide6.QtWidgets import QApplication  # noqa: E402

builtins.__import__ = _import

from PySide6.QtCore import QLocale, QTimer  # noqa: E402

from carekraft_desktop.presenters import wiring  # noqa: E402
from carekraft_desktop.presenters.times import OfficeTime  # noqa: E402
from carekraft_desktop.presenters.today import TodayPresenter  # noqa: E402
from tests.benchmarks.scripts import proportional_memory, tell  # noqa: E402
from tests.fakes.clipboard import FakeClipboard  # noqa: E402
from ui import app as program  # noqa: E402
from ui.frame import Frame  # noqa: E402
from ui.runner import QtTimers  # noqa: E402
from ui.theme import Theme  # noqa: E402


class Run:
    """Shows it."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        """Build, read, show."""
        from tests.benchmarks.sample import Sample, desk_of

        theme = Theme(app)
        theme.put_on("light", 100)
        uses = wiring.load()
        self.store = Sample(folder, 0).open()
        desk = desk_of(self.store)
        self.frame = Frame(theme)
        office = uses.office.office(desk)
        pattern = QLocale.system().timeFormat(QLocale.FormatType.ShortFormat)
        self.today = TodayPresenter(
            desk,
            self.frame.today.show_state,
            visits=uses.visits,
            office=uses.office,
            outbox=uses.outbox,
            changes=uses.changes,
            marks=uses.marks,
            handover=uses.handover,
            clipboard=FakeClipboard(),
            timers=QtTimers(app),
            told=lambda _: None,
            acted=lambda: None,
            open_person=lambda _id: None,
            when=OfficeTime.of(office.zone if office else "UTC", twelve="A" in pattern),
        )
        self.frame.today.bind(self.today)
        self.today.refresh()
        self.frame.resize(1440, 900)
        program.FirstPaint(self.frame.today.calendar.viewport(), self.painted)
        self.frame.show()

    def painted(self) -> None:
        """The list is on the screen; now what comes later in the program."""
        tell("painted today", 0)
        import keyring  # noqa: F401

        from carekraft_desktop.services import access, sync  # noqa: F401

        with self.store.write():
            pass
        gc.collect()
        gc.freeze()
        QTimer.singleShot(0, self.told)

    def told(self) -> None:
        """Memory, then the end; where it is asked for, also after a morning's work."""
        tell("pss", proportional_memory())
        if "work" in sys.argv:
            self.work()
            tell("pss after work", proportional_memory())
        self.store.close()
        QApplication.quit()

    def work(self) -> None:
        """Look for 200 people and through 40 weeks."""
        from carekraft_desktop.services import find
        from tests.benchmarks.sample import desk_of, name_of

        desk = desk_of(self.store)
        for number in range(200):
            find.find(desk, name_of(number * 97)[: 3 + number % 8])
        self.today.days.toggle_week()
        for _ in range(40):
            self.today.days.go(1)
            QApplication.processEvents()


app = program.application(sys.argv)
run = Run(app, Path(sys.argv[1]))
sys.exit(app.exec())
