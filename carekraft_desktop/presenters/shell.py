"""The frame around the pages: which one is shown, the lock, the banner, and the sync's pace.

The sync cycle runs on a runner of its own. While it is idle it holds a long-poll; an act of a
person cuts that short once the time to undo has passed, so that it leaves at once.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.banner import BannerState, banner
from carekraft_desktop.presenters.pieces import Problem, Toast
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.settings import Preferences
    from carekraft_desktop.presenters.tasks import Outcome, Runner, Timers
    from carekraft_desktop.presenters.uses import OfficeUses, OutboxUses
    from carekraft_desktop.presenters.words import Words
    from carekraft_desktop.services.opening import Opened
    from carekraft_desktop.services.sync import Cycle, Link, SyncState

LONG_POLL = 25
"""Seconds the exchange may hold an empty answer back."""
MINUTE = 60
_UNDO_MARGIN = 0.2
"""Seconds after the time to undo, so that the act is surely due."""


class Page(StrEnum):
    """What fills the window."""

    SET_UP = "set-up"
    UNLOCK = "unlock"
    TODAY = "today"
    OUTBOX = "outbox"
    REVIEWS = "reviews"
    CHECK = "check"
    """The audit of replies that are already out."""
    PAPERS = "papers"
    """Policies and officials."""
    REFERRALS = "referrals"
    SETTINGS = "settings"
    JOURNAL = "journal"
    PEOPLE = "people"
    """Who may sign in here."""
    PARTNERS = "partners"
    """Partners outside the exchange."""
    WEEK = "week-review"
    """What the privacy officer reads each week."""
    INCIDENTS = "incidents"
    """What to do when something went wrong, and the register of it."""
    TERMS = "terms"
    """Terms in their versions, agreements, the training record, and what support sees."""
    POSTURE = "posture"
    """How this installation stands."""
    KEPT = "kept"
    """What is kept, and how long."""
    ASKED = "asked"
    """What patients ask for."""
    OWN = "own"
    """One's own way in: PIN, password, what is confirmed once a year."""
    ACCESS = "access"
    """Who may do what, looked through; the paper; new keys."""
    BACKUPS = "backups"
    """Backups, and a restore tried."""
    EXPORT = "export"
    """Patients' data handed out as a file."""
    BRING_BACK = "bring-back"
    """A backup brings the office to a computer that has none."""
    RETIRE = "retire"
    """This computer is taken out of service."""
    ENDED = "ended"
    """It is."""
    RESCUE = "rescue"
    """The store does not open, or another is to take its place."""
    LISTS = "lists"
    PERSON = "person"


OPEN_PAGES = frozenset(Page) - {
    Page.SET_UP,
    Page.UNLOCK,
    Page.RESCUE,
    Page.BRING_BACK,
    Page.ENDED,
}
"""Those that need an open store."""


class Screen(Protocol):
    """A presenter of a page that shows the store."""

    def refresh(self) -> None:
        """Read everything anew and show it."""
        ...


class ShellState(Value, frozen=True):
    """The frame."""

    page: Page
    office: str = ""
    person: str = ""
    banner: BannerState | None = None
    to_enter: int = 0
    """Bookings that the practice system does not have, beside Lists."""
    to_answer: int = 0
    """Requests in the inbox, beside Today."""
    waiting: int = 0
    """Acts on their way, beside Outbox."""
    to_review: int = 0
    """Reviews and replies that wait, beside Reviews."""
    to_refer: int = 0
    """Referrals that need attention."""
    to_read: int = 0
    """Acts that ended otherwise than meant."""
    toast: Toast | None = None
    problem: Problem | None = None
    covered: bool = False
    """The lock page lies over an open office."""

    @property
    def open(self) -> bool:
        """Whether patients' data may be on the screen."""
        return self.page in OPEN_PAGES and not self.covered


class Program(Protocol):
    """The part of the composition root that the frame needs."""

    def lock(self) -> None:
        """Close the store and wipe the keys."""
        ...


class Shell:
    """Holds the frame's state and drives the synchronization."""

    def __init__(
        self,
        program: Program,
        show: Callable[[ShellState], None],
        *,
        sync_runner: Runner,
        timers: Timers,
        paused: Callable[[], Link],
    ) -> None:
        """Make it.

        Args:
            program: closes the store.
            show: puts a state on the screen.
            sync_runner: runs the cycles, one after the other.
            timers: for the pace, the minute and the toast.
            paused: the link's value for "work offline"; asked late, since its module is
                imported late.
        """
        self._program = program
        self._show = show
        self._runner = sync_runner
        self._timers = timers
        self._paused = paused
        self._opened: Opened | None = None
        self._sync: SyncState | None = None
        self._when = OfficeTime.of("UTC")
        self._screen_of: Callable[[Page], Screen | None] = lambda _: None
        self._outbox: OutboxUses | None = None
        self._count_inbox: Callable[[], int] = lambda: 0
        self._count_reviews: Callable[[], int] = lambda: 0
        self._count_to_enter: Callable[[], int] = lambda: 0
        self._heard: Callable[[], None] = lambda: None
        self._count_referrals: Callable[[], int] = lambda: 0
        self._ask_notice: Callable[[], Words | None] = lambda: None
        self._notice: Words | None = None
        self._cycling = False
        self._asked = False
        self._work_offline = False
        self._office: OfficeUses | None = None
        self._office_known: Callable[[], None] = lambda: None
        self._watch_open: Callable[[], None] = lambda: None
        self._stops: dict[str, Callable[[], None]] = {}
        self.state = ShellState(Page.UNLOCK)

    def _put(self, state: ShellState) -> None:
        was, self.state = self.state, state
        if not (was.covered and state.covered):  # nothing is drawn below a cover
            self._show(state)

    # -- opening and locking ------------------------------------------------------------

    def begin(self, page: Page) -> None:
        """The first page: set-up or unlock."""
        self._put(ShellState(page))

    def opened(
        self,
        opened: Opened,
        *,
        office: OfficeUses,
        outbox: OutboxUses,
        when: OfficeTime,
        screen_of: Callable[[Page], Screen | None],
        count_inbox: Callable[[], int],
        count_to_enter: Callable[[], int] = lambda: 0,
        heard: Callable[[], None] = lambda: None,
        office_known: Callable[[], None],
        count_reviews: Callable[[], int] = lambda: 0,
        count_referrals: Callable[[], int] = lambda: 0,
        notice: Callable[[], Words | None] = lambda: None,
    ) -> None:
        """The store is open: show the day and begin to synchronize."""
        self._opened, self._outbox, self._when = opened, outbox, when
        self._screen_of, self._count_inbox = screen_of, count_inbox
        self._count_to_enter, self._heard = count_to_enter, heard
        self._office_known, self._office = office_known, office
        self._count_reviews = count_reviews
        self._count_referrals = count_referrals
        self._ask_notice = notice
        self._sync = opened.sync.state
        self._put(
            ShellState(
                Page.TODAY,
                office=_name(office, opened),
                person=opened.desk.staff.display,
            )
        )
        self._watch_open()
        self.refresh()
        self._minute()
        self._next(0.0)

    def watch_open(self, call: Callable[[], None]) -> None:
        """Call each time a store has been opened, before its first page is filled."""
        self._watch_open = call

    def office_of(self) -> Opened | None:
        """The store that is open."""
        return self._opened

    def lock(self) -> None:
        """Leave the open pages at once, then close the store; a cycle under way is broken off."""
        if self._opened is None:
            return
        self._leave()
        self._put(ShellState(Page.UNLOCK))
        try:
            self._program.lock()
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))

    def cover(self) -> None:
        """Show the lock page over the open pages; the exchange is heard all the same."""
        if self._opened is not None and not self.state.covered:
            self._put(replace(self.state, covered=True, toast=None, problem=None))

    def uncover(self) -> None:
        """The same person is back, where they were."""
        if self._opened is not None and self.state.covered:
            self._put(replace(self.state, covered=False))
            self._rename()
            self.refresh()

    def hand_over(self) -> None:
        """Another person is about to sit down at the open office; `opened` follows."""
        if self._opened is None:
            return
        self._opened.sync.cut()
        self._leave()
        self.state = ShellState(Page.UNLOCK)

    def _leave(self) -> None:
        self._opened = None
        for stop in self._stops.values():
            stop()
        self._stops.clear()
        self._screen_of, self._sync, self._outbox = lambda _: None, None, None
        self._cycling = False

    # -- where we are -------------------------------------------------------------------

    def go(self, page: Page) -> None:
        """Another page."""
        if not self.state.open or page not in OPEN_PAGES or page is self.state.page:
            return
        # A page may have to be left in order, such as the reply editor.
        may_leave = getattr(self._screen_of(self.state.page), "may_leave", None)
        if may_leave is not None and not may_leave():
            return
        self._put(replace(self.state, page=page))
        self._refresh_page()

    def refresh(self) -> None:
        """Everything on the screen, and the numbers beside the pages."""
        self._refresh_page()
        self._count()

    def refresh_counts(self) -> None:
        """The numbers beside the pages only."""
        self._count()

    def _refresh_page(self) -> None:
        if self.state.covered:
            return
        screen = self._screen_of(self.state.page)
        if screen is not None:
            screen.refresh()

    def _count(self) -> None:
        if self._opened is None or self._outbox is None or self.state.covered:
            return
        self._notice = self._ask_notice()
        waiting = self._outbox.waiting(self._opened.desk)
        if self._sync is not None:
            self._sync = replace(self._sync, waiting=waiting)
        self._put(
            replace(
                self.state,
                waiting=waiting,
                to_read=self._sync.unread if self._sync is not None else 0,
                to_answer=self._count_inbox(),
                to_review=self._count_reviews(),
                to_enter=self._count_to_enter(),
                to_refer=self._count_referrals(),
                banner=self._banner(),
            )
        )

    def _banner(self) -> BannerState | None:
        if self._sync is None:
            return None
        sync = replace(self._sync, link=self._paused()) if self._work_offline else self._sync
        found = banner(sync, when=self._when, now=self._now())
        return found if found.bar is not None else replace(found, bar=self._notice)

    def _now(self) -> int:
        return self._opened.desk.now() if self._opened is not None else 0

    def _minute(self) -> None:
        self._later("minute", MINUTE - self._now() % MINUTE, self._tick)

    def _tick(self) -> None:
        screen = self._screen_of(self.state.page) if not self.state.covered else None
        tick = getattr(screen, "tick", None)
        if tick is not None:
            tick()
        self._heard()
        if self._opened is None:
            return  # it was closed over what has come
        self._count()
        self._minute()

    def _later(self, name: str, seconds: float, call: Callable[[], None]) -> None:
        """One timer of each name at a time."""
        stop = self._stops.pop(name, None)
        if stop is not None:
            stop()
        self._stops[name] = self._timers.after(seconds, call)

    def respell(self, when: OfficeTime) -> None:
        """The office's zone has become known, or another spelling was chosen."""
        self._when = when
        self._count()

    # -- the exchange -------------------------------------------------------------------

    def acted(self) -> None:
        """Somebody did something: it leaves as soon as it can no longer be undone."""
        if self._opened is None:
            return
        self._count()
        wait = self._opened.desk.undo_seconds + _UNDO_MARGIN
        self._later("act", wait, self.sync_now)

    def sync_now(self) -> None:
        """Talk to the exchange now instead of at the next turn."""
        if self._opened is None or self._work_offline:
            return
        if self._cycling:
            # It may have ended, with a pause, and not yet have said so.
            self._asked = True
            self._opened.sync.cut()
        else:
            self._next(0.0)

    def work_offline(self, *, on: bool) -> None:
        """Stop or resume talking to the exchange."""
        if on == self._work_offline:
            return
        self._work_offline = on
        if self._opened is None:
            return
        if on:
            self._opened.sync.cut()
        else:
            self.sync_now()
        self._count()

    @property
    def online(self) -> bool:
        """Whether the exchange was reached at the last try."""
        link = self._sync.link.value if self._sync is not None else ""
        return link in {"up-to-date", "receiving"} and not self._work_offline

    def prefer(self, preferences: Preferences) -> None:
        """Put into effect what was chosen in the settings."""
        self.work_offline(on=preferences.work_offline)

    def _next(self, pause: float) -> None:
        if pause > 0:
            self._later("cycle", pause, self._cycle)
            return
        stop = self._stops.pop("cycle", None)
        if stop is not None:
            stop()
        self._cycle()

    def _cycle(self) -> None:
        opened = self._opened
        if opened is None or self._cycling or self._work_offline:
            return
        self._cycling, self._asked = True, False
        self._runner.submit(
            lambda: opened.sync.cycle(wait=LONG_POLL),
            lambda outcome: self._cycled(opened, outcome),
        )

    def _cycled(self, opened: Opened, outcome: Outcome[Cycle]) -> None:
        if opened is not self._opened:
            return
        self._cycling = False
        match outcome:
            case Done(cycle):
                self._sync = cycle.state
                names = {topic.value for topic in cycle.topics}
                if "office" in names:
                    self._rename()
                if names - {"sync"}:
                    self._refresh_page()
                if names - {"sync"} or cycle.state.error:
                    self._heard()
                if opened is not self._opened:
                    return  # it was closed over what has come
                self._count()
                self._next(0.0 if self._asked else cycle.pause)
            case Failed(error):
                # The store failed, not the exchange: tell it, and try again in a while.
                self._put(replace(self.state, problem=Problem.of(error)))
                self._next(float(MINUTE))

    def _rename(self) -> None:
        """The office's own record came: its name and its zone may be new."""
        if self._opened is not None and self._office is not None and not self.state.covered:
            self._put(replace(self.state, office=_name(self._office, self._opened)))
            self._office_known()

    # -- messages -----------------------------------------------------------------------

    def tell(self, toast: Toast) -> None:
        """Show a short message for a few seconds; none over the lock page."""
        if self.state.covered:
            return
        self._put(replace(self.state, toast=toast))
        self._later("toast", toast.seconds, self.dismiss)

    def dismiss(self) -> None:
        """The message goes."""
        if self.state.toast is not None:
            self._put(replace(self.state, toast=None))

    def dismiss_problem(self) -> None:
        """The problem was read."""
        self._put(replace(self.state, problem=None))


def _name(office: OfficeUses, opened: Opened) -> str:
    found = office.office(opened.desk)
    return found.name if found is not None else wording.PROGRAM
