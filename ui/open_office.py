"""The desk around an open store: its frame, its pages, and what listens while it is open."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import (
    wiring,
    wording_greeting,
)
from carekraft_desktop.presenters.again import Again
from carekraft_desktop.presenters.looks import Looks
from carekraft_desktop.presenters.palette import PalettePresenter
from carekraft_desktop.presenters.paper import PaperPresenter
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.presenters.today import TodayPresenter
from carekraft_desktop.value import Value
from ui import (
    backup_rooms,
    desk_rooms,
    incident_rooms,
    keeping_rooms,
    life_rooms,
    looks,
    officer_rooms,
    retire_rooms,
    unfinished,
)
from ui.answering import Answering
from ui.around import Around
from ui.frame import Frame
from ui.glass import Glass
from ui.keys import first_keys
from ui.news import News
from ui.printing import PaperPrinter
from ui.referring import Referring
from ui.upkeep import Upkeep
from ui.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.presenters.alerts import Alert
    from carekraft_desktop.presenters.settings import Preferences
    from carekraft_desktop.presenters.shell import Shell
    from carekraft_desktop.presenters.tasks import Runner, Timers
    from carekraft_desktop.services.opening import Opened
    from carekraft_desktop.services.retiring import Settled
    from ui.clipboard import Clipboard
    from ui.theme import Theme


class Lent(Value, frozen=True):
    """What the window lends to every office that is opened in it."""

    window: QWidget
    theme: Theme
    program: Program
    runner: Runner
    copies: Runner
    """A worker of their own for backups, so that nothing else waits for one."""
    plain: Runner
    """The same without the curtain: what comes back is heard also while the office is covered."""
    timers: Timers
    clipboard: Clipboard
    shell: Shell
    preferences: Callable[[], Preferences]
    prefer: Callable[[Preferences], None]
    tell_news: Callable[[Alert], None]
    cover: Callable[[str], None]
    """Covers the office; why, as a key of `wording.LOCKED_BY`."""
    lock: Callable[[str], None]
    """Closes it."""
    reseat: Callable[[Opened], None]
    """The same person goes on with other rights."""
    rescue: Callable[..., None]
    """Closes it for a restore."""
    end: Callable[[Settled], None]
    """Closes it for good."""


class OpenOffice:
    """Everything that lives from the opening of a store until it is closed or handed over."""

    def __init__(self, lent: Lent, opened: Opened) -> None:
        """Make it; `begin` puts it to work."""
        self.lent, self.opened = lent, opened.without_paper()
        self.preferences = lent.preferences
        self._uses = uses = wiring.load()
        self._when = self._times()
        self.around = Around(
            lent.theme,
            lent.program,
            self.opened,
            uses,
            runner=lent.runner,
            copies=lent.copies,
            timers=lent.timers,
            clipboard=lent.clipboard,
            shell=lent.shell,
            when=lambda: self._when,
            again=lambda why, do: self.again.then(why, do),
        )
        self.frame = Frame(lent.theme)
        self.ways = Ways(self)
        self.glass = Glass(self)
        self.today = self._make_today()
        self.answering = Answering(self.around, self.ways.hide_patients)
        self.referring = Referring(self.around)
        desk = self.opened.desk
        self._looks = Looks(
            desk, looks=uses.looks, timers=lent.timers, failed=lambda: lent.lock("journal")
        )
        self.news = News(self, self._looks)
        self.knock = self.news.knock
        self.paper = PaperPresenter(
            desk,
            PaperPrinter(lent.window),
            paper=uses.paper,
            office=uses.office,
            told=self.around.tell,
            when=self._when,
            again=self.around.again,
        )
        self._upkeep = Upkeep(self)
        self.finding = self._make_finding()
        self.again = again = Again(
            desk,
            lambda state: self.frame.show_again(state, again),
            proving=wiring.Confirming(lent.program, lent.runner),
            proof=wiring.came_in(self.opened),
        )
        self._furnish()

    def _make_today(self) -> TodayPresenter:
        around, uses = self.around, self._uses
        return TodayPresenter(
            around.desk,
            self.frame.today.show_state,
            visits=uses.visits,
            office=uses.office,
            outbox=uses.outbox,
            changes=uses.changes,
            marks=uses.marks,
            handover=uses.handover,
            clipboard=around.clipboard,
            timers=around.timers,
            told=around.tell,
            acted=around.shell.acted,
            open_person=self.ways.person,
            when=self._when,
        )

    def _make_finding(self) -> PalettePresenter:
        return PalettePresenter(
            self.opened.desk,
            self.frame.show_palette,
            find=wiring.NoPatients(self._uses.find, lambda: self.answering.editing),
            does=self.ways.actions(),
            keys=first_keys(),
            open_visit=self.ways.visit,
            open_person=self.ways.person,
            go_to=lambda day: self.ways.on_today(lambda: self.today.days.go_to(day)),
            when=self._when,
            seen=self._looks.painted,
        )

    def _furnish(self) -> None:
        frame, shell = self.frame, self.around.shell
        frame.rooms.watch = looks.watch(lambda: self._looks)
        frame.bind(self.finding)
        frame.knock.bind(self.knock)
        frame.moved.connect(self.knock.look)
        frame.today.bind(self.today)
        desk_rooms.furnish(self)
        keeping_rooms.furnish(self)
        officer_rooms.furnish(frame.rooms, self.around)
        backup_rooms.furnish(self)
        retire_rooms.furnish(self)
        life_rooms.furnish(frame.rooms, self.around)
        incident_rooms.furnish(self)
        self.answering.furnish(frame.rooms)
        self.referring.furnish(frame.rooms)
        frame.today.printed.connect(lambda: self.paper.day(self.today.state.day))
        frame.today.referred.connect(self.referring.for_visit)
        frame.went.connect(shell.go)
        frame.locked.connect(lambda: self.lent.cover("person"))
        frame.switched.connect(lambda: self.lent.cover("switch"))
        frame.synced.connect(self.ways.sync)
        frame.undone.connect(self.ways.undo)
        frame.problem_read.connect(shell.dismiss_problem)

    def begin(self) -> None:
        """The frame is in the window: fill it, and listen from now on."""
        opened, uses = self.opened, self._uses
        self.around.shell.opened(
            opened,
            office=uses.office,
            outbox=uses.outbox,
            when=self._when,
            screen_of=self.frame.rooms.screen,
            count_inbox=self.today.count_requests,
            count_to_enter=lambda: desk_rooms.count_to_enter(opened.desk, uses),
            heard=self._heard,
            office_known=self._respell,
            count_reviews=self.answering.count,
            count_referrals=self.referring.count,
            notice=lambda: (
                backup_rooms.notice(opened)
                or officer_rooms.notice(opened.desk)
                or life_rooms.notice(opened.desk)
            ),
        )
        self.answering.begin()
        self.frame.today.start()

    def settle(self) -> None:
        """Whoever has sat down is where they were, and told what has happened since."""
        self.glass.show()
        self._take_up_work()
        self._greet()
        if self.opened.desk.staff.unconfirmed:
            self.around.shell.go(Page.OWN)

    # -- while it is open ---------------------------------------------------------------

    def _times(self) -> OfficeTime:
        found = self._uses.office.office(self.opened.desk)
        pattern = QLocale.system().timeFormat(QLocale.FormatType.ShortFormat)
        return OfficeTime.of(found.zone if found is not None else "UTC", twelve="A" in pattern)

    def _respell(self) -> None:
        """The office has arrived, or moved to another zone."""
        self._when = when = self._times()
        self.frame.rooms.respell(when)
        for part in (self.finding, self.news, self.paper, self.around.shell):
            part.respell(when)

    def _heard(self) -> None:
        """Something has come, or a minute has passed."""
        if not self._upkeep.is_over():
            self.news.look()
            self._upkeep.look()

    def _greet(self) -> None:
        """When they were last here, and what has happened since (REQ-26)."""
        with suppress(CareKraftError):
            if self._uses.office.office(self.opened.desk) is None:
                return  # nothing has arrived yet, not even the zone that an hour is told in
            found = wiring.greeting(self.lent.program, self.opened)
            last = self._when.day_and_clock(found.last) if found.last is not None else ""
            said = wording_greeting.greeting(last, found.failures, found.emergencies, found.tried)
            if said:
                self.around.tell(Toast(said, seconds=wording_greeting.SECONDS))

    # -- what is in hand ----------------------------------------------------------------

    def work(self) -> str:
        """What is in hand on every page, kept so that it can be taken up again."""
        return unfinished.gather(self.frame.rooms, self.around.shell.state.page)

    def take_up(self, work: str) -> None:
        """Be where that was."""
        if work:
            unfinished.put_back(self.frame.rooms, work, self.around.shell)

    def _take_up_work(self) -> None:
        """What this person was doing when the office was closed over it."""
        with suppress(CareKraftError):
            self.take_up(wiring.take_work(self.opened))

    def tell_hour(self) -> str:
        """What the clock on the office's wall shows."""
        return self._when.clock(self.opened.desk.now())

    # -- covering and leaving -----------------------------------------------------------

    def note_what_was_seen(self) -> None:
        """Below the cover nothing can be written for the screen."""
        self._looks.flush()

    def close_what_hangs_open(self) -> None:
        """Before a cover: the palette, the keys, the question for the password."""
        self.finding.close()
        self.knock.leave()
        self.frame.close_keys()
        self.again.leave()
        self.answering.keep()

    def leave(self) -> None:
        """It is being closed or handed over: nothing of it happens any more."""
        self._looks.leave()
        self.answering.leave()
        self.again.leave()
        self._upkeep.leave()
        self.frame.rooms.leave()
        self.finding.close()
        self.knock.leave()
        self.today.leave()

    def forget(self) -> None:
        """Nothing of it is on the screen: let it go."""
        self.frame.today.calendar.forget()
        self.frame.deleteLater()
