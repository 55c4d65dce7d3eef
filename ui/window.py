"""The one window: set-up, the lock page, or the desk, and the wiring between them."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from carekraft_desktop import __version__
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wiring, wording, wording_greeting, wording_own
from carekraft_desktop.presenters.curtain import Curtain, HeldRunner, HeldTimers
from carekraft_desktop.presenters.guard import Guard
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.shell import Page, Shell, ShellState
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.presenters.unlock import UnlockPresenter, UnlockState
from ui import desk_rooms, looks, officer_rooms, surfaces, unfinished
from ui.alerts import Alerts
from ui.clipboard import Clipboard
from ui.inactivity import Inactivity
from ui.keys import first_keys
from ui.pages.unlock import UnlockPage
from ui.rooms import Room
from ui.theme import Theme
from ui.widgets.focus import FocusRing
from ui.widgets.parts import column

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.domain.emergencies import Reason
    from carekraft_desktop.presenters.again import Again
    from carekraft_desktop.presenters.alerts import Alert, AlertsPresenter
    from carekraft_desktop.presenters.downtime import Downtime
    from carekraft_desktop.presenters.looks import Looks
    from carekraft_desktop.presenters.palette import PalettePresenter
    from carekraft_desktop.presenters.person import PersonPresenter
    from carekraft_desktop.presenters.settings import Preferences, SettingsPresenter
    from carekraft_desktop.presenters.tasks import Runner, Timers
    from carekraft_desktop.presenters.today import TodayPresenter
    from carekraft_desktop.presenters.uses import OfficeUses
    from carekraft_desktop.presenters.wiring import Uses
    from carekraft_desktop.services.access import Opened
    from carekraft_desktop.services.step_up import StepUp
    from ui.answering import Answering
    from ui.frame import Frame
    from ui.pages.set_up import SetUpPage
    from ui.referring import Referring

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
    Page.POSTURE: "How this installation stands",
    Page.OWN: "Your sign-in",
    Page.ACCESS: "Access and keys",
    Page.LISTS: "Lists",
    Page.PERSON: "Patient",
}
"""No patient's name ever stands in a title."""
_BEFORE_SLEEP = 1.8
"""Seconds that sleep may be held up; Windows waits two, Linux five, macOS thirty."""
_STEPS_BACK = 5
"""So often Esc leads from the innermost choice of the day out of its visit."""


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
        self._guard = Guard(program.clock, timers, cover=self.cover, close=self.lock)
        self._suggested = (suggested_exchange, suggested_code)
        self._preferences = wiring.preferences(program)
        self.stack = QStackedWidget()
        column(self).addWidget(self.stack)
        self.frame: Frame | None = None
        self.set_up: SetUpPage | None = None
        self.unlock = UnlockPage(theme)
        self.stack.addWidget(self.unlock)
        self.shell = Shell(
            program, self._show_shell, sync_runner=sync_runner, timers=timers, paused=wiring.paused
        )
        self._unlocking = UnlockPresenter(
            program,
            chores,
            self._show_unlock,
            timers=timers,
            opened=self._opened,
            used_up=lambda: self.lock("pins"),
        )
        self._beside_set_up = chores
        self.unlock.bind(self._unlocking)
        self._why = "start"
        self._today: TodayPresenter | None = None
        self._clipboard = Clipboard(self)
        self.alerts = Alerts(theme, self, self._to_front)
        self._alerting: AlertsPresenter | None = None
        self._downtime: Downtime | None = None
        self._when = OfficeTime.of("UTC")
        self._finding: PalettePresenter | None = None
        self._looks: Looks | None = None
        self.again: Again
        """Asks for the password once more; there while the office is open."""
        self._answering: Answering | None = None
        self._referring: Referring | None = None
        self._ring = FocusRing(theme, self)
        self._covered: Covered | None = None
        inactivity.passed.connect(lambda: self.cover("idle"))
        inactivity.touched.connect(self._guard.touched)
        self._size()

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
        presenter.refresh()
        self.set_up, self._setting_up = page, presenter
        self.stack.addWidget(page)

    def _show_unlock(self, state: UnlockState) -> None:
        self.unlock.show_state(state)

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
        elif state.covered:
            self._to_lock_page()
        elif state.page is Page.UNLOCK:
            self._to_lock_page()
            self._forget_frame()

    def _to_lock_page(self) -> None:
        """Nothing of a patient stays on any surface, in the tab order or in a tip."""
        self.stack.setCurrentWidget(self.unlock)
        if self.frame is not None:
            surfaces.take_away(self.frame, self.stack)
        surfaces.clear(self.window(), self._clipboard)
        self.unlock.start()

    def _forget_frame(self) -> None:
        frame, self.frame = self.frame, None
        if frame is not None:
            frame.today.calendar.forget()
            frame.deleteLater()

    # -- covering and closing -------------------------------------------------------------

    def cover(self, why: str = "person") -> None:
        """Cover the office: it stays open below, and who comes back finds it as it was.

        `why`: a key of `wording.LOCKED_BY`.
        """
        frame = self.frame
        if self._looks is not None:
            self._looks.flush()  # below the cover nothing can be written for the screen
        if not self.shell.state.open or frame is None:
            return
        self._why = why
        self._inactivity.rest()
        if self._finding is not None:
            self._finding.close()
        frame.close_keys()
        self.again.leave()
        if self._answering is not None:
            self._answering.keep()
        work = unfinished.gather(frame.rooms, self.shell.state.page)
        self._covered = Covered(frame.focusWidget(), work)
        self._curtain.draw()
        self.shell.cover()
        frame.rooms.cover()
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
        frame, covered = self.frame, self._covered
        self._covered = None
        if frame is None:
            return
        self._unlocking.leave()
        self.stack.addWidget(frame)
        self.shell.uncover()
        frame.show()
        self._curtain.lift()
        self._guard.returned()
        self._inactivity.watch(self._preferences.idle_minutes)
        came_from = covered.focus if covered is not None else None
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            frame.rooms[self.shell.state.page].start()

    def _put_away(self) -> None:
        """Somebody else sits down; the store keeps the work of before for its owner."""
        self._covered = None
        self._leave()
        self._curtain.drop()
        self.shell.hand_over()
        self._forget_frame()

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
        if covered is None and self.frame is not None:
            if self._answering is not None:
                self._answering.keep()
            work = unfinished.gather(self.frame.rooms, self.shell.state.page)
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

    def _leave(self) -> None:
        seen, self._looks = self._looks, None
        if seen is not None:
            seen.leave()
        today, self._today = self._today, None
        answering, self._answering = self._answering, None
        if answering is not None:
            answering.leave()
        self._alerting = None
        self._referring = None
        if self.frame is not None:
            self.again.leave()
        if self._downtime is not None:
            self._downtime.leave()
            self._downtime = None
        if self.frame is not None:
            self.frame.rooms.leave()
        finding, self._finding = self._finding, None
        if finding is not None:
            finding.close()
        if today is not None:
            today.leave()

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
        from carekraft_desktop.presenters.again import Again
        from carekraft_desktop.presenters.alerts import AlertsPresenter
        from carekraft_desktop.presenters.downtime import Downtime
        from carekraft_desktop.presenters.looks import Looks
        from carekraft_desktop.presenters.palette import PalettePresenter
        from carekraft_desktop.presenters.paper import PaperPresenter
        from carekraft_desktop.presenters.today import TodayPresenter
        from ui.answering import Answering
        from ui.frame import Frame
        from ui.keeping import Keeping
        from ui.printing import PaperPrinter
        from ui.referring import Referring

        opened = opened.without_paper()
        uses = wiring.load()
        when = self._times(uses.office, opened)
        frame = Frame(self._theme)
        self._unlocking.leave()
        today = TodayPresenter(
            opened.desk,
            frame.today.show_state,
            visits=uses.visits,
            office=uses.office,
            outbox=uses.outbox,
            changes=uses.changes,
            marks=uses.marks,
            handover=uses.handover,
            clipboard=self._clipboard,
            timers=self._timers,
            told=self._tell,
            acted=self.shell.acted,
            open_person=self._open_person,
            when=when,
        )
        self._alerting = AlertsPresenter(
            opened.desk,
            self._tell_news,
            alerts=uses.alerts,
            preferences=lambda: self._preferences,
            watching=self._watching,
            when=when,
            unattended=opened.unattended,
        )
        answering = Answering(
            opened.desk,
            self._theme,
            confirm=wiring.Confirming(self._program, self._chores),
            chores=self._chores,
            timers=self._timers,
            shell=self.shell,
            when=lambda: self._when,
            hide_patients=lambda: self._hide_patients(today),
        )
        self._answering = answering
        self._looks = Looks(
            opened.desk,
            looks=uses.looks,
            timers=self._timers,
            failed=lambda: self.lock("journal"),
        )
        frame.rooms.watch = looks.watch(lambda: self._looks)
        self._referring = referring = Referring(
            opened,
            uses,
            self._theme,
            chores=self._chores,
            shell=self.shell,
            told=self._tell,
            when=lambda: self._when,
            again=lambda why, do: self.again.then(why, do),
        )
        self._finding = PalettePresenter(
            opened.desk,
            frame.show_palette,
            find=wiring.NoPatients(uses.find, lambda: answering.editing),
            does=self._actions(frame, today, referring),
            keys=first_keys(),
            open_visit=self._open_visit,
            open_person=self._open_person,
            go_to=lambda day: self._on_today(lambda: today.days.go_to(day)),
            when=when,
            seen=self._looks.painted,
        )
        self.again = again = Again(
            opened.desk,
            lambda state: frame.show_again(state, again),
            proving=wiring.Confirming(self._program, self._chores),
            proof=wiring.came_in(opened),
        )
        frame.bind(self._finding)
        frame.today.bind(today)
        self._paper = PaperPresenter(
            opened.desk,
            PaperPrinter(self),
            paper=uses.paper,
            office=uses.office,
            told=self._tell,
            when=when,
            again=again.then,
        )
        self._downtime = Downtime(
            opened.desk,
            self._chores,
            paper=uses.paper,
            places=lambda: wiring.packet_places(self._program, self._preferences),
            told=self._tell,
        )
        frame.today.printed.connect(lambda: self._paper.day(today.state.day))
        rooms = frame.rooms
        rooms.add(Page.TODAY, lambda: Room(frame.today, today))
        rooms.add(Page.OUTBOX, lambda: self._make_outbox(opened, uses))
        rooms.add(Page.SETTINGS, lambda: self._make_settings(opened, uses))
        rooms.add(Page.JOURNAL, lambda: self._make_journal(opened))
        rooms.add(Page.PEOPLE, lambda: self._make_people(opened))
        officer_rooms.furnish(
            rooms,
            officer_rooms.Around(
                self._theme,
                opened,
                self._program,
                runner=self._chores,
                clipboard=self._clipboard,
                when=lambda: self._when,
                back=lambda: self.shell.go(Page.SETTINGS),
            ),
        )
        keeping = Keeping(
            opened,
            self._theme,
            self._program,
            chores=self._chores,
            timers=self._timers,
            shell=self.shell,
            again=again,
            when=lambda: self._when,
            broken=self._break_glass,
            freed=lambda: self._reseat(self._program.confirmed()),
        )
        keeping.furnish(rooms)
        answering.furnish(rooms)
        referring.furnish(rooms)
        rooms.add(
            Page.PERSON,
            lambda: desk_rooms.person(
                self._around(opened, uses), self._back, referring.for_patient
            ),
        )
        rooms.add(Page.LISTS, lambda: desk_rooms.lists(self._around(opened, uses)))
        frame.today.referred.connect(referring.for_visit)
        frame.went.connect(self.shell.go)
        frame.locked.connect(self.cover)
        frame.switched.connect(lambda: self.cover("switch"))
        frame.synced.connect(self._sync)
        frame.undone.connect(self._undo)
        frame.problem_read.connect(self.shell.dismiss_problem)
        self._today, self._when = today, when
        self.frame = frame
        self.stack.addWidget(frame)
        if self.set_up is not None:
            page, self.set_up = self.set_up, None
            self.stack.removeWidget(page)
            page.deleteLater()
        self.shell.opened(
            opened,
            office=uses.office,
            outbox=uses.outbox,
            when=when,
            screen_of=rooms.screen,
            count_inbox=today.count_requests,
            count_to_enter=lambda: desk_rooms.count_to_enter(opened.desk, uses),
            heard=self._heard,
            office_known=self._respell,
            count_reviews=answering.count,
            count_referrals=referring.count,
            notice=lambda: officer_rooms.notice(opened.desk),
        )
        answering.begin()
        frame.today.start()
        self.alerts.watch(on=self._preferences.alerts)
        self._inactivity.watch(self._preferences.idle_minutes)
        self._guard.begin(self._preferences.idle_minutes)
        self._show_glass(opened, frame)
        self._take_up_work(opened)
        self._greet(opened)
        if opened.desk.staff.unconfirmed:
            self.shell.go(Page.OWN)

    # -- emergencies ----------------------------------------------------------------------

    def _break_glass(self, reason: Reason, proof: StepUp | None) -> None:
        """Whoever sits here looks at everything for an hour, and changes nothing (REQ-21)."""
        try:
            opened = self._program.begin_emergency(reason, proof)
        except CareKraftError as error:
            self._tell(Toast(wording.of_error(error).title))
            return
        self._reseat(opened)

    def _reseat(self, opened: Opened) -> None:
        """The same person goes on with other rights, where they were."""
        frame, work = self.frame, ""
        if frame is not None:
            work = unfinished.gather(frame.rooms, self.shell.state.page)
        self._put_away()
        self._enter(opened)
        if work and self.frame is not None:
            unfinished.put_back(self.frame.rooms, work, self.shell)

    def _end_glass(self) -> None:
        try:
            opened = self._program.end_emergency()
        except CareKraftError:
            # Over it is in any case: the services below refuse from now on.
            self.lock("idle")
            return
        self._reseat(opened)
        self._tell(Toast(wording_own.GLASS_OVER))

    def _show_glass(self, opened: Opened, frame: Frame) -> None:
        """The sign of an emergency over every page, and its end."""
        staff = opened.desk.staff
        if not staff.emergency:
            return
        until = self._when.clock(staff.emergency_until)
        frame.glass.say(
            wording_own.GLASS_ON.format(at=until),
            wording_own.GLASS_ON_ADVICE,
            tone="warn",
            icon_name="triangle-alert",
            action=wording_own.GLASS_END,
        )
        frame.glass.button.clicked.connect(self._end_glass)
        self._timers.after(staff.emergency_until - opened.desk.now(), self._end_glass)

    def _greet(self, opened: Opened) -> None:
        """When they were last here, and what has happened since (REQ-26)."""
        with suppress(CareKraftError):
            if wiring.load().office.office(opened.desk) is None:
                return  # nothing has arrived yet, not even the zone that an hour is told in
            found = wiring.greeting(self._program, opened)
            last = self._when.day_and_clock(found.last) if found.last is not None else ""
            said = wording_greeting.greeting(last, found.failures, found.emergencies, found.tried)
            if said:
                self._tell(Toast(said, seconds=wording_greeting.SECONDS))

    def _take_up_work(self, opened: Opened) -> None:
        """What this person was doing when the office was closed over it."""
        try:
            work = wiring.take_work(opened)
        except CareKraftError:
            return
        if work and self.frame is not None:
            unfinished.put_back(self.frame.rooms, work, self.shell)

    def _around(self, opened: Opened, uses: Uses) -> desk_rooms.Around:
        """What the pages of the front desk are made with."""
        return desk_rooms.Around(
            self._theme,
            opened.desk,
            uses,
            when=self._when,
            timers=self._timers,
            clipboard=self._clipboard,
            told=self._tell,
            acted=self.shell.acted,
            open_visit=self._open_visit,
            paper=self._paper,
        )

    def _make_outbox(self, opened: Opened, uses: Uses) -> Room:
        from carekraft_desktop.presenters.outbox import OutboxPresenter
        from ui.pages.outbox import OutboxPage

        page = OutboxPage(self._theme)
        presenter = OutboxPresenter(
            opened.desk,
            page.show_state,
            visits=uses.visits,
            outbox=uses.outbox,
            told=self._tell,
            acted=self.shell.acted,
            open_visit=self._open_visit,
            when=self._when,
            open_review=self._open_review,
            undo_review=self._undo_review,
            open_referral=self._open_referral,
        )
        page.bind(presenter)
        page.left.connect(lambda: self.shell.go(Page.TODAY))
        return Room(page, presenter)

    def _make_settings(self, opened: Opened, uses: Uses) -> Room:
        from carekraft_desktop.presenters.settings import SettingsPresenter
        from ui.pages.settings import SettingsPage

        page = SettingsPage(self._theme)
        presenter = SettingsPresenter(
            wiring.SettingsFile(self._program),
            page.show_state,
            about=wiring.about(self._program, opened, uses.office, __version__),
            preferences=self._preferences,
            changed=self._prefer,
        )
        page.bind(presenter)
        desk_rooms.template(self._around(opened, uses), page)
        page.to_page.connect(self.shell.go)
        return Room(page, presenter)

    def _make_journal(self, opened: Opened) -> Room:
        from carekraft_desktop.presenters.journal import JournalPresenter
        from ui.pages.journal import JournalPage

        page = JournalPage(self._theme)
        presenter = JournalPresenter(
            opened.desk,
            page.show_state,
            journal=wiring.JournalAtHand(opened),
            runner=self._chores,
            names=wiring.names(self._program),
            when=self._when,
            again=self.again.then,
        )
        page.bind(presenter)
        page.left.connect(lambda: self.shell.go(Page.SETTINGS))
        return Room(page, presenter)

    def _make_people(self, opened: Opened) -> Room:
        from carekraft_desktop.presenters.colleague import ColleaguePresenter
        from carekraft_desktop.presenters.people import PeoplePresenter
        from ui.pages.people import PeoplePage

        page = PeoplePage(self._theme)
        people = wiring.PeopleAtHand(self._program)
        presenter = PeoplePresenter(
            opened.desk,
            page.show_state,
            people=people,
            runner=self._chores,
            when=self._when,
            again=self.again.then,
        )
        colleague = ColleaguePresenter(
            opened.desk,
            page.pane.show_state,
            people=people,
            runner=self._chores,
            timers=self._timers,
            when=self._when,
            changed=presenter.refresh,
            again=self.again.then,
        )
        presenter.shows_in(colleague)
        page.bind(presenter, colleague)
        page.left.connect(lambda: self.shell.go(Page.SETTINGS))
        return Room(page, presenter)

    def _actions(
        self, frame: Frame, today: TodayPresenter, referring: Referring
    ) -> dict[str, Callable[[], None]]:
        """What the palette's actions do, by their names."""
        shell = self.shell
        return {
            "today": lambda: shell.go(Page.TODAY),
            "outbox": lambda: shell.go(Page.OUTBOX),
            "referrals": lambda: shell.go(Page.REFERRALS),
            "new-referral": referring.begin,
            "settings": lambda: shell.go(Page.SETTINGS),
            "reviews": lambda: shell.go(Page.REVIEWS),
            "check": lambda: shell.go(Page.CHECK),
            "papers": lambda: shell.go(Page.PAPERS),
            "lists": lambda: shell.go(Page.LISTS),
            "journal": lambda: shell.go(Page.JOURNAL),
            "people": lambda: shell.go(Page.PEOPLE),
            "partners": lambda: shell.go(Page.PARTNERS),
            "week-review": lambda: shell.go(Page.WEEK),
            "posture": lambda: shell.go(Page.POSTURE),
            "own": lambda: shell.go(Page.OWN),
            "access": lambda: shell.go(Page.ACCESS),
            "copy": today.next_door.copy,
            "entered": today.next_door.entered,
            "claim": today.claims.toggle,
            "person": today.visit.person,
            "print": lambda: self._paper.day(today.state.day),
            "lock": self.cover,
            "switch": lambda: self.cover("switch"),
            "sync": self._sync,
            "before": lambda: self._on_today(lambda: today.days.go(-1)),
            "after": lambda: self._on_today(lambda: today.days.go(1)),
            "home": lambda: self._on_today(today.days.go_today),
            "week": lambda: self._on_today(today.days.toggle_week),
            "everyone": lambda: self._on_today(today.days.show_everyone),
            "inbox": lambda: self._on_today(frame.today.to_inbox),
            "cancelled": lambda: self._on_today(today.days.toggle_cancelled),
            "undo": today.answers.undo,
            "keys": frame.show_keys,
        }

    def _hide_patients(self, today: TodayPresenter) -> None:
        """Out of choices and fields, then out of the visit."""
        if self._finding is not None:
            self._finding.close()
        for _ in range(_STEPS_BACK):
            today.visit.close()

    def _open_referral(self, referral_id: str) -> None:
        if self._referring is not None:
            self._referring.show(referral_id)

    def _open_review(self, review_id: str) -> None:
        self.shell.go(Page.REVIEWS)
        if self._answering is not None and self.shell.state.page is Page.REVIEWS:
            self._answering.open(review_id)

    def _undo_review(self, key: str) -> bool:
        return self._answering is not None and self._answering.take_back(key)

    def _on_today(self, do: Callable[[], None]) -> None:
        """Something that Today does, from whatever page one is on."""
        self.shell.go(Page.TODAY)
        if self.shell.state.page is Page.TODAY:
            do()

    def _times(self, office: OfficeUses, opened: Opened) -> OfficeTime:
        found = office.office(opened.desk)
        pattern = QLocale.system().timeFormat(QLocale.FormatType.ShortFormat)
        return OfficeTime.of(found.zone if found is not None else "UTC", twelve="A" in pattern)

    def _respell(self) -> None:
        """The office has arrived, or moved to another zone."""
        opened = self.shell.office_of()
        if opened is None or self.frame is None:
            return
        self._when = when = self._times(wiring.load().office, opened)
        self.frame.rooms.respell(when)
        if self._finding is not None:
            self._finding.respell(when)
        if self._alerting is not None:
            self._alerting.respell(when)
        self._paper.respell(when)
        self.shell.respell(when)

    def _heard(self) -> None:
        """Something has come, or a minute has passed."""
        if self._alerting is not None:
            self._alerting.look()
        if self._downtime is not None and self.shell.state.open:
            self._downtime.look()

    def _back(self) -> None:
        self.shell.go(Page.TODAY)

    def _open_person(self, patient_id: str) -> None:
        """The patient's card, from a visit or from what was found."""
        editing = self._answering is not None and self._answering.editing
        if self.frame is not None and patient_id and not editing:
            room = self.frame.rooms[Page.PERSON]
            cast("PersonPresenter", room.screen).open(patient_id)
            self.shell.go(Page.PERSON)

    def _watching(self) -> bool:
        """Whether somebody has the day and its inbox before them."""
        shell = self.shell.state
        return shell.open and self.window().isActiveWindow() and shell.page is Page.TODAY

    def _to_front(self) -> None:
        """An alert was clicked: here is the window, at the inbox where that is open."""
        window = self.window()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if self.frame is not None and self.shell.state.open:
            self.shell.go(Page.TODAY)
            self.frame.today.to_inbox()

    def _tell_news(self, alert: Alert) -> None:
        """Through the operating system, and on the lock page while that is what one sees."""
        self.alerts.tell(alert)
        opened = self.shell.office_of()
        if opened is not None:
            self._unlocking.tell(self._when.clock(opened.desk.now()), alert.words)

    def _undo(self, key: str) -> None:
        """The toast's button: a reply, or an act of whichever page it was done on."""
        if self._answering is not None and self._answering.undo(key):
            return
        screen = self.frame.rooms.screen(self.shell.state.page) if self.frame is not None else None
        undo = getattr(screen, "undo", None)
        if undo is not None:
            undo(key)
        elif self._today is not None:
            self._today.answers.undo(key)

    def _tell(self, toast: Toast) -> None:
        self.shell.tell(toast)

    def _open_visit(self, visit_id: str) -> None:
        self.shell.go(Page.TODAY)
        if self._today is not None and visit_id and self.shell.state.page is Page.TODAY:
            self._today.visit.show_visit(visit_id)

    def _sync(self) -> None:
        """By key or button; also the way back from working offline."""
        if self._preferences.work_offline and self.frame is not None:
            settings = self.frame.rooms.screen(Page.SETTINGS)
            cast("SettingsPresenter", settings).work_offline(on=False)
        self.shell.sync_now()

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
        super().closeEvent(event)
