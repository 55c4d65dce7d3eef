"""The one window: set-up, the lock page, or the open office; covering it and closing it."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wiring, wording
from carekraft_desktop.presenters.alerts import Alert
from carekraft_desktop.presenters.curtain import Curtain, HeldRunner, HeldTimers
from carekraft_desktop.presenters.guard import Guard
from carekraft_desktop.presenters.shell import Page, Shell, ShellState
from carekraft_desktop.presenters.unlock import UnlockPresenter, UnlockState
from ui import surfaces
from ui.alerts import Alerts
from ui.bringing import Bringing
from ui.clipboard import Clipboard
from ui.inactivity import Inactivity
from ui.pages.unlock import UnlockPage
from ui.rescuing import Rescuing
from ui.retire_rooms import Ending
from ui.theme import Theme
from ui.widgets.focus import FocusRing
from ui.widgets.parts import column

if TYPE_CHECKING:
    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.presenters.settings import Preferences
    from carekraft_desktop.presenters.tasks import Runner, Timers
    from carekraft_desktop.services.opening import Opened
    from carekraft_desktop.services.retiring import Settled
    from ui.frame import Frame
    from ui.open_office import OpenOffice
    from ui.pages.set_up import SetUpPage

_log = logging.getLogger(__name__)
_TITLES = {
    Page.SET_UP: "Set up",
    Page.UNLOCK: "Locked",
    Page.TODAY: "Today",
    Page.OUTBOX: "Outbox",
    Page.REFERRALS: "Referrals",
    Page.SETTINGS: "Settings",
    Page.REVIEWS: "Reviews",
    Page.CHECK: "Check replies",
    Page.PAPERS: "Policies and officials",
    Page.JOURNAL: "Journal",
    Page.PEOPLE: "People",
    Page.PARTNERS: "Partners",
    Page.WEEK: "Weekly review",
    Page.INCIDENTS: "Something went wrong",
    Page.TERMS: "Terms, agreements and support",
    Page.POSTURE: "How this installation stands",
    Page.KEPT: "What is kept, and how long",
    Page.ASKED: "What patients ask for",
    Page.OWN: "Your sign-in",
    Page.ACCESS: "Access and keys",
    Page.LISTS: "Lists",
    Page.PERSON: "Patient",
    Page.BACKUPS: "Backups and restore",
    Page.RESCUE: "Restore",
    Page.BRING_BACK: "Bring an office back",
    Page.RETIRE: "Take this computer out of service",
    Page.ENDED: "Out of service",
    Page.EXPORT: "Hand data out",
}
"""No patient's name ever stands in a title."""
_BEFORE_RESTORE = 5.0
"""Seconds to wait for a sync that is being broken off, which closes the store."""
_BEFORE_SLEEP = 1.8
"""Seconds that sleep may be held up; Windows waits two, Linux five, macOS thirty."""


class Covered(NamedTuple):
    """What lies below the cover."""

    focus: QWidget | None
    """Where the keyboard was."""
    work: str


class Window(QWidget):
    """Holds the pages and the presenters that drive them."""

    closed = Signal(str)
    """The office was closed and its keys wiped; why, as a key of `wording.LOCKED_BY`."""

    def __init__(
        self,
        program: Program,
        theme: Theme,
        *,
        sync_runner: Runner,
        chores: Runner,
        copies: Runner,
        timers: Timers,
        inactivity: Inactivity,
        suggested_exchange: str = "",
        suggested_code: str = "",
    ) -> None:
        """Make it; `begin` shows the first page.

        Args:
            program: what is behind the window.
            theme: the look that is on.
            sync_runner: runs the synchronization.
            chores: runs everything else that is slow.
            copies: makes backups, so that nothing else waits for one.
            timers: for everything that happens later.
            inactivity: tells when nobody has touched the program.
            suggested_exchange: filled into the set-up's first field.
            suggested_code: filled into its second.
        """
        super().__init__()
        self.setObjectName("window")
        self._program, self._theme = program, theme
        self._inactivity = inactivity
        self._curtain = curtain = Curtain()
        # What the desk's pages have done and timed waits while they are covered.
        self._chores, self._timers = HeldRunner(chores, curtain), HeldTimers(timers, curtain)
        self._copies = HeldRunner(copies, curtain)
        self._guard = Guard(program.clock, timers, cover=self.cover, close=self.lock)
        self._suggested = (suggested_exchange, suggested_code)
        self._preferences = wiring.preferences(program)
        self.stack = QStackedWidget()
        column(self).addWidget(self.stack)
        self.set_up: SetUpPage | None = None
        self.unlock = UnlockPage(theme)
        self.stack.addWidget(self.unlock)
        self.shell = Shell(
            program, self._show_shell, sync_runner=sync_runner, timers=timers, paused=wiring.paused
        )
        self._rescuing = Rescuing(self, program, theme, chores=chores, timers=timers)
        self._bringing = Bringing(self, program, theme, chores=chores, timers=timers)
        self._ending = Ending(self, program, theme, chores)
        self._unlocking = UnlockPresenter(
            program,
            chores,
            self._show_unlock,
            timers=timers,
            opened=self._opened,
            used_up=lambda: self.lock("pins"),
            damaged=self._rescuing.begin,
        )
        self._beside_set_up = chores
        self.unlock.bind(self._unlocking)
        self._why = "start"
        self._clipboard = Clipboard(self)
        self.alerts = Alerts(theme, self, self._to_front)
        self._asked_for_news = False
        """An alert was clicked while the office was covered or closed."""
        self.office: OpenOffice | None = None
        """There from the opening of the store until it is closed."""
        self._ring = FocusRing(theme, self)
        self._covered: Covered | None = None
        inactivity.passed.connect(lambda: self.cover("idle"))
        inactivity.touched.connect(self._guard.touched)
        self._size()

    @property
    def frame(self) -> Frame | None:
        """Around the pages of the open office."""
        return self.office.frame if self.office is not None else None

    def _size(self) -> None:
        self.resize(1440, 900)
        self.setMinimumSize(720, 520)
        screen = QGuiApplication.primaryScreen()
        if screen is not None:
            room = screen.availableSize()
            self.resize(self.size().boundedTo(room))

    # -- first page ---------------------------------------------------------------------

    def begin(self, *, set_up: bool) -> None:
        """Show set-up or the lock page."""
        if set_up:
            self._make_set_up()
        self.shell.begin(Page.SET_UP if set_up else Page.UNLOCK)

    def locked_by(self, why: str) -> None:
        """Why the lock page is what one sees first; a key of `wording.LOCKED_BY`."""
        self._why = why if why in wording.LOCKED_BY else "start"

    def first_look(self) -> None:
        """After the first paint: read who may come in, which needs the slow imports."""
        if self.shell.state.page is Page.UNLOCK:
            self._unlocking.begin(self._why)

    def _make_set_up(self) -> None:
        from carekraft_desktop.presenters.set_up import SetUpPresenter, Typed
        from ui.pages.set_up import SetUpPage

        page = SetUpPage(self._theme)
        exchange, code = self._suggested
        presenter = SetUpPresenter(
            lambda typed: wiring.enrol(self._program, typed),
            self._beside_set_up,
            page.show_state,
            opened=self._enter,
            chance=self._program.ids.chance,
            typed=Typed(exchange=exchange, code=code),
        )
        page.bind(presenter)
        page.brought_back.connect(self._bringing.begin)
        presenter.refresh()
        self.set_up, self._setting_up = page, presenter
        self.stack.addWidget(page)

    def _show_unlock(self, state: UnlockState) -> None:
        self.unlock.show_state(state)
        if state.problem is not None and self._program.take_alarm():
            from carekraft_desktop.presenters import wording_incidents  # rare, and slow to load

            self.alerts.tell(Alert(wording_incidents.TRIED_ALERT, sound=True))
            if self.shell.office_of() is None:
                self._chores.submit(self._program.tell_of_tries, lambda _told: None)

    # -- the frame's state --------------------------------------------------------------

    def _show_shell(self, state: ShellState) -> None:
        page = Page.UNLOCK if state.covered else state.page
        self.window().setWindowTitle(f"{wording.PROGRAM} · {_TITLES[page]}")
        if state.open:
            self.alerts.badge(state.to_answer + state.to_read)
        if state.open and self.frame is not None:
            self.frame.show_shell(state)
            self.stack.setCurrentWidget(self.frame)
        elif state.page is Page.SET_UP and self.set_up is not None:
            self.stack.setCurrentWidget(self.set_up)
            self.set_up.start()
        elif (page_alone := self._alone(state.page)) is not None:
            self.stack.setCurrentWidget(page_alone)
            self._forget_office()
        elif state.covered or state.page is Page.UNLOCK:
            self._to_lock_page()
            if not state.covered:
                self._forget_office()

    def _alone(self, page: Page) -> QWidget | None:
        """The page that fills the window while no office is open, if that is one."""
        found: dict[Page, QWidget | None] = {
            Page.RESCUE: self._rescuing.page,
            Page.BRING_BACK: self._bringing.page,
            Page.ENDED: self._ending.page,
        }
        return found.get(page)

    def _to_lock_page(self) -> None:
        """Nothing of a patient stays on any surface, in the tab order or in a tip."""
        self.stack.setCurrentWidget(self.unlock)
        if self.frame is not None:
            surfaces.take_away(self.frame, self.stack)
        surfaces.clear(self.window(), self._clipboard)
        self.unlock.start()

    def _forget_office(self) -> None:
        office, self.office = self.office, None
        if office is not None:
            office.forget()

    # -- covering and closing -------------------------------------------------------------

    def cover(self, why: str = "person") -> None:
        """Cover the office: it stays open below, and who comes back finds it as it was.

        `why`: a key of `wording.LOCKED_BY`.
        """
        office = self.office
        if office is not None:
            office.note_what_was_seen()
        if not self.shell.state.open or office is None:
            return
        self._why = why
        self._inactivity.rest()
        office.close_what_hangs_open()
        work = office.work()
        self._covered = Covered(office.frame.focusWidget(), work)
        self._curtain.draw()
        self.shell.cover()
        office.frame.rooms.cover()
        self._guard.covered()
        try:
            self._program.cover(why, work)
        except CareKraftError:
            # What cannot be written down is not left open (REQ-15).
            self.lock(why)
            return
        self._unlocking.begin(why, covered=True)

    def _uncover(self) -> None:
        """The same person is back, where they were."""
        office, covered = self.office, self._covered
        self._covered = None
        if office is None:
            return
        self._unlocking.leave()
        self.stack.addWidget(office.frame)
        self.shell.uncover()
        office.frame.show()
        self._curtain.lift()
        self._guard.returned()
        self._inactivity.watch(self._preferences.idle_minutes)
        came_from = covered.focus if covered is not None else None
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            office.frame.rooms[self.shell.state.page].start()
        self._to_news()

    def _to_news(self) -> None:
        """What an alert was clicked for, once somebody has come in."""
        asked, self._asked_for_news = self._asked_for_news, False
        if asked and self.office is not None:
            self.office.ways.news()

    def _put_away(self) -> None:
        """Somebody else sits down; the store keeps the work of before for its owner."""
        self._covered = None
        self._leave()
        self._curtain.drop()
        self.shell.hand_over()
        self._forget_office()

    def _reseat(self, opened: Opened) -> None:
        """The same person goes on with other rights, where they were."""
        work = self.office.work() if self.office is not None else ""
        self._put_away()
        self._enter(opened)
        if self.office is not None:
            self.office.take_up(work)

    def lock(self, why: str = "person") -> None:
        """Close the office: the store is shut and the keys are wiped.

        `why`: a key of `wording.LOCKED_BY`.
        """
        if self.shell.office_of() is None:
            return
        self._why = why
        self._inactivity.rest()
        self._guard.end()
        covered, self._covered = self._covered, None
        work = ""
        if covered is None and self.office is not None:
            self.office.answering.keep()
            work = self.office.work()
            self.stack.setCurrentWidget(self.unlock)  # what follows may take a moment
        with suppress(CareKraftError):
            self._program.closing(why, work)
        self._leave()
        self._curtain.drop()
        self.shell.lock()
        if why == "sleep" and not self._program.wait_until_closed(_BEFORE_SLEEP):
            _log.warning("not-closed-before-sleep")
        self._unlocking.begin(why)
        self.closed.emit(why)

    def rescue(self, why: str, place: str = "") -> None:
        """Close the office and go to the page of the worst day.

        Args:
            why: a key of `wording_backup.RESCUE`.
            place: the backup that was chosen already.
        """
        office = self.shell.office_of()
        if office is None:
            return
        staff = office.desk.staff
        self.lock("restore" if why == "asked" else "damaged")
        self._program.wait_until_closed(_BEFORE_RESTORE)
        self._rescuing.begin(why, (staff.id, staff.display), place)

    def end(self, settled: Settled) -> None:
        """Close the office for good and destroy what was decided (REQ-98)."""
        self.lock("ended")
        self._unlocking.leave()
        self._ending.begin(settled)

    def enter_brought_back(self, opened: Opened) -> None:
        """A backup was put in place, and this person is in."""
        self._opened(opened)

    def to_lock_page(self, why: str) -> None:
        """From the page of the worst day; `why`: a key of `wording.LOCKED_BY`."""
        self.shell.begin(Page.UNLOCK)
        self._unlocking.begin(why)
        self.closed.emit(why)

    def _leave(self) -> None:
        if self.office is not None:
            self.office.leave()

    # -- opening ------------------------------------------------------------------------

    def _opened(self, opened: Opened) -> None:
        """The store is open; a recovery may have made a new workstation code to be shown."""
        if opened.gone.is_set():
            return  # closed again before anybody saw it
        before = self.shell.office_of()
        if before is not None and before.store is opened.store:
            if before.desk.staff.id == opened.desk.staff.id:
                self._uncover()
            else:
                self._put_away()
                self._enter(opened)
            return
        if before is not None:
            self._put_away()  # the paper opened it anew
        if opened.recovery_key or opened.workstation_code:
            if self.set_up is None:
                self._make_set_up()
            self.shell.begin(Page.SET_UP)
            self._setting_up.show_paper(opened)
            return
        self._enter(opened)

    def _enter(self, opened: Opened) -> None:
        """Build the desk around an open store."""
        from ui.open_office import Lent, OpenOffice

        self._unlocking.leave()
        lent = Lent(
            self,
            self._theme,
            self._program,
            self._chores,
            copies=self._copies,
            plain=self._beside_set_up,
            timers=self._timers,
            clipboard=self._clipboard,
            shell=self.shell,
            preferences=lambda: self._preferences,
            prefer=self._prefer,
            tell_news=self._tell_news,
            cover=self.cover,
            lock=self.lock,
            reseat=self._reseat,
            rescue=self.rescue,
            end=self.end,
        )
        self.office = office = OpenOffice(lent, opened)
        self.stack.addWidget(office.frame)
        if self.set_up is not None:
            page, self.set_up = self.set_up, None
            self.stack.removeWidget(page)
            page.deleteLater()
        office.begin()
        self.alerts.watch(on=self._preferences.alerts)
        self._inactivity.watch(self._preferences.idle_minutes)
        self._guard.begin(self._preferences.idle_minutes)
        office.settle()
        self._to_news()

    # -- what reaches the window from an open office -----------------------------------------

    def _to_front(self) -> None:
        """An alert was clicked: here is the window, at the inbox where that is open."""
        window = self.window()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if self.office is not None and self.shell.state.open:
            self.office.ways.news()
        else:
            self._asked_for_news = True

    def _tell_news(self, alert: Alert) -> None:
        """Through the operating system, and on the lock page while that is what one sees."""
        self.alerts.tell(alert)
        if self.office is not None:
            self._unlocking.tell(self.office.tell_hour(), alert.words)

    def _prefer(self, chosen: Preferences) -> None:
        self._preferences = chosen
        self._theme.put_on(chosen.look.value, chosen.scale)
        self.alerts.watch(on=chosen.alerts)
        self._inactivity.watch(chosen.idle_minutes)
        self._guard.idle_after(chosen.idle_minutes)
        self.shell.prefer(chosen)

    # -- going --------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lock first: the store is closed before the window is gone."""
        self.lock("closed")
        self._unlocking.leave()
        self._rescuing.leave()
        self._bringing.leave()
        super().closeEvent(event)
