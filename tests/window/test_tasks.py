"""The receptionist's day, task by task, with hands that are counted; all of it without a network.

Each name says how many keys the task takes; `tests/tasks.py` makes the table of `docs/tasks.md`
from the names. The office is real: a real store that was filled by a real exchange, which is gone.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders, private_folder
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.attesting import FIRST
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.hub.sandbox import acts
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.presenters.lists import Tab
from carekraft_desktop.presenters.paper import Sheet
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.today import TodayPresenter
from carekraft_desktop.presenters.today_state import TodayState
from carekraft_desktop.services import outbox
from carekraft_desktop.services.access import SetUp
from carekraft_desktop.services.sync import Link
from tests.fakes.clock import FakeClock
from tests.fakes.timers import FakeTimers
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON, start_hub
from tests.keeping import let_copy
from ui.inactivity import Inactivity
from ui.theme import Theme
from ui.window import Window

PASSWORD = "copper-harbor-lantern-31"


@dataclass(frozen=True)
class Template:
    """An office that was set up and filled once, and its keyring."""

    folder: Path
    vault: FakeVault


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Set up against a real exchange, brought up to date, and left alone."""
    folder = tmp_path_factory.mktemp("filled")
    hub = start_hub(folder)
    for number in range(5):
        chance = Chance(f"tasks {number}")
        hub.exchange.database.write(
            lambda connection, chance=chance: acts.book(connection, chance, OFFICE_ID, NOON)  # type: ignore[misc]
        )
    vault, home = FakeVault(), private_folder(folder / "home")
    program = Program(Folders(home), clock=FakeClock(NOON), ids=SystemIds(), vault=vault)
    opened = program.set_up(
        SetUp(
            exchange=hub.url,
            code=hub.sandbox.issue_code(),
            workstation="Front desk 1",
            name="r.alvarez",
            display="Rosa Alvarez",
            roles=frozenset({Role.FRONT_DESK}),
            password=PASSWORD,
            confirms=FIRST,
        )
    )
    while opened.sync.cycle(wait=0).state.link is not Link.UP_TO_DATE:
        pass
    let_copy(opened.desk)
    program.lock()
    hub.stop()
    return Template(home, vault)


@dataclass
class Hands:
    """A receptionist at the window, counting what they press."""

    window: Window
    qtbot: QtBot
    clock: FakeClock
    count: int = 0
    sheets: list[Sheet] = field(default_factory=list)

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """One key, or one chord."""
        self.count += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        QApplication.processEvents()

    def letters(self, text: str) -> None:
        """Each letter is a key."""
        for letter in text:
            self.count += 1
            QTest.keyClicks(QApplication.focusWidget() or self.window, letter)
        QApplication.processEvents()

    @property
    def today(self) -> TodayPresenter:
        assert self.window.office is not None
        found = self.window.office.today
        assert found is not None
        return found

    @property
    def state(self) -> TodayState:
        return self.today.state

    def look(self, do: Callable[[], None]) -> None:
        """Where the task begins; what led there is another task and is not counted."""
        do()
        QApplication.processEvents()
        self.count = 0

    def visit(self, *statuses: Status, begun: bool | None = None) -> str:
        """A visit of the day that stands like that."""
        now = int(self.clock.now().timestamp())
        for seen in self.today._board.seen:
            fits = begun is None or (seen.start <= now) is begun
            if seen.status in statuses and fits and seen.entry.name:
                return seen.entry.id
        raise AssertionError(statuses)


@pytest.fixture
def hands(
    filled: Template, theme: Theme, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[Hands]:
    home = tmp_path / "home"
    shutil.copytree(filled.folder, home)
    clock = FakeClock(NOON)
    program = Program(Folders(home), clock=clock, ids=SystemIds(), vault=filled.vault)
    inactivity = Inactivity(qapp)
    window = Window(
        program,
        theme,
        sync_runner=InlineRunner(),
        chores=InlineRunner(),
        copies=InlineRunner(),
        timers=FakeTimers(),
        inactivity=inactivity,
    )
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.begin(set_up=False)
    window.show()
    window.activateWindow()
    window.first_look()
    made = Hands(window, qtbot, clock)
    unlock(made)
    made.count = 0
    yield made
    window.close()
    inactivity.rest()
    program.release()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def unlock(hands: Hands) -> None:
    field_ = next(
        each
        for each in hands.window.unlock.findChildren(QLineEdit)
        if each.accessibleName() == "Password"
    )
    field_.setFocus()
    for letter in PASSWORD:
        QTest.keyClicks(field_, letter)
    hands.count += 1
    QTest.keyClick(field_, Qt.Key.Key_Return)
    hands.qtbot.waitUntil(lambda: hands.window.shell.state.page is Page.TODAY)


def test_task_01_find_somebody_on_the_telephone_takes_6_keys(hands: Hands) -> None:
    visit = hands.visit(Status.CONFIRMED)
    name = next(s.entry.name for s in hands.today._board.seen if s.entry.id == visit)
    hands.look(hands.window.frame.today.start)  # type: ignore[union-attr]
    hands.key(Qt.Key.Key_Slash)
    hands.letters(name.split()[-1][:4].casefold())
    hands.key(Qt.Key.Key_Return)
    assert hands.state.detail is not None
    assert hands.count == 6


def test_task_02_see_another_providers_week_takes_1_key(hands: Hands) -> None:
    hands.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert hands.state.week
    assert hands.state.who == 1
    assert hands.count == 1


def test_task_03_see_what_is_new_and_whether_all_is_sent_takes_0_keys(hands: Hands) -> None:
    shell = hands.window.shell.state
    assert shell.to_answer == len(hands.state.inbox) > 0
    assert shell.banner is not None
    assert shell.banner.mark.word.startswith("Offline since")
    assert hands.count == 0


def test_task_04_lock_and_come_back_takes_2_keys_and_the_password(hands: Hands) -> None:
    hands.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert hands.window.shell.state.covered
    unlock(hands)
    assert hands.count == 2


def test_task_05_mark_somebody_as_arrived_takes_1_key(hands: Hands) -> None:
    visit = hands.visit(Status.CONFIRMED)
    hands.look(lambda: hands.today.visit.choose(visit))
    hands.key(Qt.Key.Key_V)
    assert hands.state.detail is not None
    assert hands.state.detail.status is Status.ARRIVED
    assert hands.count == 1


def test_task_06_accept_a_booking_takes_1_key(hands: Hands) -> None:
    before = hands.state.inbox
    hands.look(lambda: hands.today.visit.choose_request(first_to_accept(hands)))
    hands.key(Qt.Key.Key_A)
    assert len(hands.state.inbox) == len(before) - 1
    assert hands.count == 1


def test_task_06b_accept_three_bookings_together_takes_5_keys(hands: Hands) -> None:
    before = [row.key for row in hands.state.inbox if row.cells[-1].action == "Accept"]
    assert [row.key for row in hands.state.inbox] == before
    hands.key(Qt.Key.Key_I)
    for _ in range(3):
        hands.key(Qt.Key.Key_Space)
    hands.key(Qt.Key.Key_A)
    assert [row.key for row in hands.state.inbox] == before[3:]
    assert hands.count == 5


def knocked(hands: Hands) -> str:
    """Somebody is at the lists when a request comes; which one it is."""
    office, visit = hands.window.office, first_to_accept(hands)
    assert office is not None
    hands.window.shell.go(Page.LISTS)
    hands.look(lambda: office.knock.come([visit]))
    return visit


def at_its_page(hands: Hands, visit: str) -> tuple[Act, ...]:
    """What waits to be sent about a visit, with nobody having left the lists."""
    assert hands.window.shell.state.page is Page.LISTS
    assert hands.window.frame is not None
    assert hands.window.frame.knock.isHidden()
    assert hands.window.frame.rooms[Page.LISTS].page.isAncestorOf(hands.window.focusWidget())
    opened = hands.window.shell.office_of()
    assert opened is not None
    return tuple(
        line.intention.act for line in outbox.lines(opened.desk) if line.intention.about == visit
    )


def test_task_06c_decline_what_has_just_come_from_any_page_takes_3_keys(hands: Hands) -> None:
    visit = knocked(hands)
    hands.key(Qt.Key.Key_F8)
    hands.key(Qt.Key.Key_D)
    hands.key(Qt.Key.Key_1)
    assert at_its_page(hands, visit) == (Act.DECLINE,)
    assert hands.count == 3


def test_task_06d_offer_it_another_time_from_any_page_takes_3_keys(hands: Hands) -> None:
    visit = knocked(hands)
    hands.key(Qt.Key.Key_F8)
    hands.key(Qt.Key.Key_P)
    hands.key(Qt.Key.Key_2)
    assert at_its_page(hands, visit) == (Act.PROPOSE,)
    assert hands.count == 3


def first_to_accept(hands: Hands) -> str:
    return next(row.key for row in hands.state.inbox if row.cells[-1].action == "Accept")


def test_task_07_put_a_booking_into_the_practice_system_takes_2_keys(hands: Hands) -> None:
    hands.window.shell.go(Page.LISTS)
    assert hands.window.frame is not None
    room = hands.window.frame.rooms[Page.LISTS]
    hands.look(room.start)
    first = room.screen.state.rows[0]  # type: ignore[attr-defined]
    hands.key(Qt.Key.Key_Y)
    copied = QGuiApplication.clipboard().text()
    hands.key(Qt.Key.Key_B)
    assert first.cells[1].text.split()[-1] in copied
    assert first.key not in [row.key for row in room.screen.state.rows]  # type: ignore[attr-defined]
    assert hands.count == 2


def test_task_08_ring_a_patient_and_log_how_it_ended_takes_2_keys(hands: Hands) -> None:
    hands.window.shell.go(Page.LISTS)
    assert hands.window.frame is not None
    lists = hands.window.frame.rooms[Page.LISTS].screen
    page = hands.window.frame.rooms[Page.LISTS]

    def to_somebody() -> None:
        lists.go(Tab.CALL)  # type: ignore[attr-defined]
        reachable = (
            key
            for key, line in lists._lists[Tab.CALL]._lines.items()  # type: ignore[attr-defined]
            if line.reachable
        )
        lists.choose(next(reachable))  # type: ignore[attr-defined]
        page.start()

    hands.look(to_somebody)
    chosen = lists.state.selected  # type: ignore[attr-defined]
    hands.key(Qt.Key.Key_P)
    dialled = lists.state.dial  # type: ignore[attr-defined]
    hands.key(Qt.Key.Key_1)
    assert "555" in dialled
    assert chosen not in [row.key for row in lists.state.rows]  # type: ignore[attr-defined]
    assert hands.count == 2


def test_task_09_move_a_visit_by_a_quarter_of_an_hour_takes_4_keys(hands: Hands) -> None:
    """Where the time is free; where it is not, a number for the reason is the fifth."""
    frame = hands.window.frame
    assert frame is not None
    visit = lonely(hands)
    before = next(s.start for s in hands.today._board.seen if s.entry.id == visit)
    hands.look(lambda: hands.today.visit.choose(visit))
    frame.today.start()
    for _ in range(3):
        hands.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    hands.key(Qt.Key.Key_Return)
    after = next(s.start for s in hands.today._board.seen if s.entry.id == visit)
    assert after == before + 15 * 60
    assert hands.count == 4


def lonely(hands: Hands) -> str:
    """A confirmed visit to come with a free quarter of an hour behind it, inside the hours."""
    board = hands.today._board
    for seen in board.seen:
        if board.movable(seen.entry.id) is None or seen.start <= board.now():
            continue
        hands.today.visit.choose(seen.entry.id)
        block = next(b for b in hands.state.blocks if b.visit_id == seen.entry.id)
        hands.today.hand.drag(seen.entry.id, block.column, block.start + 15)
        ghost = hands.state.ghost
        hands.today.visit.close()
        if ghost is not None and not ghost.clash:
            return seen.entry.id
    raise AssertionError("no such visit")


def test_task_09b_cancel_a_visit_with_its_reason_takes_2_keys(hands: Hands) -> None:
    visit = hands.visit(Status.CONFIRMED, begun=False)
    hands.look(lambda: hands.today.visit.choose(visit))
    hands.key(Qt.Key.Key_C)
    hands.key(Qt.Key.Key_3)
    made = hands.window.shell.office_of()
    assert made is not None
    assert hands.state.detail is not None
    assert hands.state.detail.status is Status.CANCELLED
    assert hands.count == 2


def test_task_10_print_the_day_takes_1_key(hands: Hands) -> None:
    class Printer:
        def ready(self) -> bool:
            return True

        def print(
            self, sheet: Sheet, sent: Callable[[int], None], refused: Callable[[], None]
        ) -> None:
            del refused
            hands.sheets.append(sheet)
            sent(1)

    assert hands.window.office is not None
    hands.window.office.paper._printer = Printer()
    hands.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (sheet,) = hands.sheets
    assert len(sheet.rows) > 3
    assert hands.count == 1


def test_task_10b_sweep_the_end_of_the_day_takes_1_key_for_each_visit(hands: Hands) -> None:
    hands.clock.advance(minutes=7 * 60)
    hands.window._guard.begin(5)  # somebody was there all the time
    hands.window.shell.go(Page.LISTS)
    assert hands.window.frame is not None
    room = hands.window.frame.rooms[Page.LISTS]
    lists = room.screen

    def open_() -> None:
        lists.go(Tab.SWEEP)  # type: ignore[attr-defined]
        room.start()

    hands.look(open_)
    rows = len(lists.state.rows)  # type: ignore[attr-defined]
    assert rows > 3
    while lists.state.rows:  # type: ignore[attr-defined]
        live = {step.name for step in lists.state.steps if step.live}  # type: ignore[attr-defined]
        hands.key(Qt.Key.Key_N if "missed" in live else Qt.Key.Key_E)
    hands.key(Qt.Key.Key_Return)
    assert outgoing(hands) <= {Act.NO_SHOW, Act.COMPLETE}
    assert hands.window.shell.state.toast is not None
    assert hands.count == rows + 1


def outgoing(hands: Hands) -> set[Act]:
    """What waits to be sent."""
    opened = hands.window.shell.office_of()
    assert opened is not None
    return {line.intention.act for line in outbox.lines(opened.desk)}
