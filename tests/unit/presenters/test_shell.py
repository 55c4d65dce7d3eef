"""The frame: pages, lock, and the pace of the synchronization."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from carekraft_desktop.errors import CareKraftError, DiskFull
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.settings import Preferences
from carekraft_desktop.presenters.shell import LONG_POLL, Page, Shell, ShellState
from carekraft_desktop.presenters.tasks import Outcome, attempt
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.services.desk import Topic
from carekraft_desktop.services.sync import Cycle, Link, SyncState
from carekraft_desktop.value import replace
from tests.fakes.office import WHEN, at, desk, lakeside
from tests.fakes.timers import FakeTimers

if TYPE_CHECKING:
    from carekraft_desktop.services.opening import Opened

GOOD = SyncState(Link.UP_TO_DATE, at("09:42"), unread=2)


@dataclass
class FakeSync:
    """Answers with what the test laid out."""

    state: SyncState = GOOD
    topics: frozenset[Topic] = frozenset({Topic.SYNC})
    pause: float = 10.0
    waits: list[int] = field(default_factory=list)
    cuts: int = 0
    fails: CareKraftError | None = None

    def cycle(self, *, wait: int) -> Cycle:
        self.waits.append(wait)
        if self.fails is not None:
            raise self.fails
        return Cycle(self.state, self.topics, self.pause)

    def cut(self) -> None:
        self.cuts += 1


class HeldRunner:
    """Does the work when the test says so."""

    def __init__(self) -> None:
        self.held: list[Callable[[], None]] = []

    def submit(self, work: Callable[[], Any], report: Callable[[Outcome[Any]], None]) -> None:
        self.held.append(lambda: report(attempt(work)))

    def run(self) -> None:
        held, self.held = self.held, []
        for each in held:
            each()


@dataclass
class FakeScreen:
    """Counts."""

    refreshed: int = 0
    ticked: int = 0

    def refresh(self) -> None:
        self.refreshed += 1

    def tick(self) -> None:
        self.ticked += 1


@dataclass
class FakeOpened:
    """A store that is open."""

    desk: object
    sync: FakeSync


class House:
    """A shell with everything around it."""

    def __init__(self) -> None:
        self.office = lakeside()
        self.sync = FakeSync()
        self.opened = cast("Opened", cast("object", FakeOpened(desk(), self.sync)))
        self.runner, self.timers = HeldRunner(), FakeTimers()
        self.shown: list[ShellState] = []
        self.locked = 0
        self.lock_fails: CareKraftError | None = None
        self.today, self.other = FakeScreen(), FakeScreen()
        self.named = 0
        self.shell = Shell(
            self,
            self.shown.append,
            sync_runner=self.runner,
            timers=self.timers,
            paused=lambda: Link.PAUSED,
        )

    def lock(self) -> None:
        self.locked += 1
        if self.lock_fails is not None:
            raise self.lock_fails

    def open(self) -> None:
        self.shell.opened(
            self.opened,
            office=self.office,
            outbox=self.office,
            when=WHEN,
            screen_of={Page.TODAY: self.today, Page.OUTBOX: self.other}.get,
            count_inbox=lambda: len(self.office.inbox(self.opened.desk)),
            office_known=self._known,
        )

    def _known(self) -> None:
        self.named += 1

    @property
    def state(self) -> ShellState:
        return self.shown[-1]


@pytest.fixture
def house() -> House:
    made = House()
    made.open()
    return made


def test_before_unlocking_nothing_is_open() -> None:
    house = House()
    house.shell.begin(Page.SET_UP)
    assert house.state.page is Page.SET_UP
    assert not house.state.open
    house.shell.go(Page.TODAY)
    house.shell.acted()
    house.shell.sync_now()
    house.shell.lock()
    assert house.state.page is Page.SET_UP
    assert house.runner.held == []
    assert house.locked == 0


def test_opening_shows_the_day_and_syncs(house: House) -> None:
    assert house.state.page is Page.TODAY
    assert house.state.office == "Lakeside Family Practice"
    assert house.state.person == "Rosa Alvarez"
    assert house.state.to_answer == 6
    assert house.today.refreshed == 1
    house.runner.run()
    assert house.sync.waits == [LONG_POLL]
    assert house.state.banner is not None
    assert house.state.banner.mark.word == "Up to date at 09:42, 3 waiting"
    assert house.state.to_read == 2


def test_the_pause_is_kept_then_the_next_poll_begins(house: House) -> None:
    house.runner.run()
    house.timers.advance(9)
    assert house.runner.held == []
    house.timers.advance(1)
    house.runner.run()
    assert house.sync.waits == [LONG_POLL, LONG_POLL]


def test_no_pause_means_at_once(house: House) -> None:
    house.sync.pause = 0
    house.runner.run()
    assert len(house.runner.held) == 1


def test_only_topics_that_pages_show_refresh_them(house: House) -> None:
    house.runner.run()
    assert house.today.refreshed == 1
    house.sync.topics = frozenset({Topic.VISITS})
    house.timers.advance(10)
    house.runner.run()
    assert house.today.refreshed == 2


def test_the_offices_own_record_renames_it(house: House) -> None:
    house.sync.topics = frozenset({Topic.OFFICE})
    house.office.found = replace(house.office.found, name="Hillside")  # type: ignore[type-var]
    house.runner.run()
    assert house.state.office == "Hillside"
    assert house.named == 1


def test_an_act_cuts_the_long_poll_once_it_cannot_be_undone(house: House) -> None:
    house.shell.acted()
    house.timers.advance(6)
    assert house.sync.cuts == 0
    house.timers.advance(0.5)
    assert house.sync.cuts == 1


def test_an_act_in_a_pause_starts_a_cycle(house: House) -> None:
    house.runner.run()
    house.shell.acted()
    house.timers.advance(6.5)
    assert len(house.runner.held) == 1
    house.timers.advance(10)
    assert len(house.runner.held) == 1


def test_asking_while_a_cycle_is_ending_is_not_lost_in_its_pause(house: House) -> None:
    house.shell.sync_now()
    house.runner.run()
    assert len(house.runner.held) == 1
    house.runner.run()
    assert house.runner.held == []


def test_working_offline_for_a_moment_does_not_cost_a_pause(house: House) -> None:
    house.shell.work_offline(on=True)
    house.shell.work_offline(on=False)
    house.runner.run()
    assert len(house.runner.held) == 1


def test_working_offline_stops_and_resumes(house: House) -> None:
    house.runner.run()
    house.shell.prefer(Preferences(work_offline=True))
    house.shell.prefer(Preferences(work_offline=True))
    assert house.sync.cuts == 1
    assert house.state.banner is not None
    assert house.state.banner.mark.word.startswith("Working offline since 09:42")
    house.timers.advance(50)
    house.shell.sync_now()
    assert house.runner.held == []
    house.shell.prefer(Preferences(work_offline=False))
    assert len(house.runner.held) == 1


def test_working_offline_can_be_chosen_before_a_store_is_open() -> None:
    house = House()
    house.shell.work_offline(on=True)
    house.open()
    assert house.runner.held == []


def test_a_store_that_fails_in_the_cycle_is_told_and_tried_again(house: House) -> None:
    house.sync.fails = DiskFull()
    house.runner.run()
    told = house.state
    assert told.problem is not None
    house.shell.dismiss_problem()
    assert house.state.problem is None
    house.timers.advance(60)
    assert len(house.runner.held) == 1


def test_locking_leaves_the_page_before_the_store_is_closed(house: House) -> None:
    seen: list[tuple[int, bool]] = []
    house.shown.clear()
    house.shell._show = lambda state: seen.append((house.locked, state.open))
    house.shell.lock()
    assert seen[0] == (0, False)
    assert house.locked == 1
    assert house.timers.waiting == 0


def test_a_cycle_that_ends_after_the_lock_changes_nothing(house: House) -> None:
    house.shell.lock()
    shown = len(house.shown)
    house.runner.run()
    assert len(house.shown) == shown
    assert house.runner.held == []
    house.open()
    assert len(house.runner.held) == 1


def test_a_lock_that_fails_is_told_on_the_lock_page(house: House) -> None:
    house.lock_fails = DiskFull()
    house.shell.lock()
    assert house.state.page is Page.UNLOCK
    assert house.state.problem is not None


def test_pages_are_refreshed_when_they_are_gone_to(house: House) -> None:
    house.shell.go(Page.OUTBOX)
    assert house.state.page is Page.OUTBOX
    assert house.other.refreshed == 1
    house.shell.go(Page.OUTBOX)
    house.shell.go(Page.UNLOCK)
    assert house.state.page is Page.OUTBOX


def test_every_minute_the_page_moves_on(house: House) -> None:
    house.timers.advance(60)
    assert house.today.ticked == 1
    house.shell.go(Page.SETTINGS)
    house.timers.advance(60)
    assert house.today.ticked == 1


def test_a_toast_goes_by_itself_and_the_next_gets_its_full_time(house: House) -> None:
    house.shell.tell(Toast("One", seconds=6))
    house.timers.advance(4)
    house.shell.tell(Toast("Two", undo="k", seconds=6))
    house.timers.advance(4)
    second = house.state
    assert second.toast is not None
    assert second.toast.words == "Two"
    house.timers.advance(2)
    assert house.state.toast is None
    house.shell.dismiss()


def test_times_are_spelled_anew(house: House) -> None:
    house.runner.run()
    house.shell.respell(OfficeTime.of("America/Chicago", twelve=True))
    assert house.state.banner is not None
    assert "9:42 AM" in house.state.banner.mark.word
    assert house.shell.office_of() is house.opened


def test_who_watches_hears_of_each_opening() -> None:
    house, heard = House(), []
    house.shell.watch_open(lambda: heard.append(house.shell.state.page))
    house.open()
    assert heard == [Page.TODAY]


@pytest.mark.req("REQ-24")
def test_what_has_come_may_close_the_desk_and_then_nothing_goes_on() -> None:
    house = House()
    house.shell.opened(
        house.opened,
        office=house.office,
        outbox=house.office,
        when=WHEN,
        screen_of={Page.TODAY: house.today}.get,
        count_inbox=lambda: 0,
        heard=house.shell.lock,
        office_known=house._known,
    )
    house.sync.topics = frozenset({Topic.NOTICES})
    house.runner.run()
    assert house.locked == 1
    assert not house.state.open
    assert house.runner.held == []


@pytest.mark.req("REQ-24")
def test_a_minute_may_close_the_desk_and_then_nothing_goes_on() -> None:
    house = House()
    heard: list[int] = []

    def listen() -> None:
        heard.append(1)
        house.shell.lock()

    house.shell.opened(
        house.opened,
        office=house.office,
        outbox=house.office,
        when=WHEN,
        screen_of={Page.TODAY: house.today}.get,
        count_inbox=lambda: 0,
        heard=listen,
        office_known=house._known,
    )
    house.timers.advance(61)
    assert heard == [1]
    assert not house.state.open
