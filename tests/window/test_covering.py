"""The two stages of the lock, over a real store and a real exchange: what is seen, read and kept."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QToolTip,
)
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import Covered
from carekraft_desktop.presenters.lists import Tab
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.services import pins, visits
from carekraft_desktop.services.admitting import Newcomer
from carekraft_desktop.store import journal
from carekraft_desktop.store.journal import Sieve
from tests.hub_fixture import start_hub
from tests.keeping import let_confirm
from tests.window.test_window import PASSWORD, House
from ui.pages.own import OwnPage
from ui.pages.people import PeoplePage
from ui.theme import Theme

PIN = "493817"
ADAS = "river lamp orchard 42"


@pytest.fixture
def house(theme: Theme, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[House]:
    hub = start_hub(tmp_path, now=lambda: datetime.now(UTC))  # noqa: TID251 - the machine's time
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    made = House(theme, home, hub, qapp)
    qtbot.addWidget(made.window)
    hub.play("patient/book")  # whatever the hour is, somebody waits for an answer
    made.set_up(qtbot, roles=(Role.PRIVACY_OFFICER,))
    yield made
    made.end()
    hub.stop()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def rosa(house: House) -> str:
    opened = house.window.shell.office_of()
    assert opened is not None
    return opened.desk.staff.id


def form(house: House) -> PeoplePage:
    """The page about people, which has a form to type into."""
    frame = house.window.frame
    assert frame is not None
    return cast("PeoplePage", frame.rooms[Page.PEOPLE].page)


def page_now(house: House) -> Page:
    return house.window.shell.state.page


def choose_pin(house: House) -> None:
    opened = house.window.shell.office_of()
    assert opened is not None
    pins.choose(opened.desk, house.program.confirm(rosa(house), PASSWORD), PIN)


def come_back(house: House, qtbot: QtBot, typed: str, staff_id: str = "") -> None:
    window = house.window
    qtbot.waitUntil(lambda: window._unlocking.state.live, timeout=10_000)
    if staff_id:
        window._unlocking.choose(staff_id)
    window.unlock._password.put(typed)
    window.unlock._go.click()


def names_of(house: House) -> set[str]:
    assert house.window.office is not None
    today = house.window.office.today
    assert today is not None
    found = {block.name for block in today.state.blocks}
    assert found
    return found


def reachable(node: QAccessibleInterface | None) -> Iterator[str]:
    """Every text that a screen reader can come to from the top."""
    if node is None or not node.isValid() or node.state().invisible:
        return
    for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description):
        yield node.text(kind)
    for number in range(node.childCount()):
        yield from reachable(node.child(number))


def lines(house: House) -> list[tuple[str, str, str, str]]:
    opened = house.window.shell.office_of()
    assert opened is not None
    with opened.store.read() as unit:
        found = [entry for _, entry in journal.page(unit, Sieve(subject="access"), most=50)]
    return [(e.action, e.staff, e.detail, e.outcome) for e in reversed(found)]


@pytest.mark.req("REQ-04", "REQ-94")
@pytest.mark.qt_log_ignore("grabbing the keyboard", "raise", extend=True)  # a menu, offscreen
def test_req_04_once_covered_no_patient_is_on_any_surface(
    house: House, qtbot: QtBot, qapp: QApplication
) -> None:
    window, names = house.window, names_of(house)
    assert window.office is not None
    today = window.office.today
    assert today is not None
    today.visit.choose(today.state.blocks[0].visit_id)
    name = today.state.blocks[0].name
    second = QLabel(name)
    second.setWindowTitle(name)
    second.show()
    box, menu = QDialog(window), QMenu(window)
    box.setWindowTitle(name)
    box.open()
    menu.addAction(name)
    menu.popup(window.mapToGlobal(window.rect().center()))
    QToolTip.showText(window.mapToGlobal(window.rect().center()), name, window)
    window._clipboard.hold(name, 30)
    for each in (second, box, menu):
        qtbot.addWidget(each)
    window.cover()
    # In the same turn of the event loop, so well within a second.
    top = [each for each in qapp.topLevelWidgets() if each.isVisible()]
    assert top == [window]
    seen = {label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window)} | {
        field.text() for field in window.findChildren(QLineEdit)
    }
    spoken = set(reachable(QAccessible.queryAccessibleInterface(window)))
    told = {window.windowTitle(), QGuiApplication.clipboard().text()}
    assert not QToolTip.isVisible()
    for texts in (seen, spoken, told):
        assert not [(n, text) for n in names for text in texts if n and n in text]
    assert "Locked" in window.windowTitle()


@pytest.mark.req("REQ-04", "REQ-06")
def test_req_04_while_covered_the_screen_reads_nothing_and_the_exchange_is_heard(
    house: House, qtbot: QtBot
) -> None:
    window = house.window
    opened = window.shell.office_of()
    assert opened is not None
    window.cover()
    with pytest.raises(Covered):
        visits.inbox(opened.desk)
    with opened.store.read() as unit:
        before = unit.value("SELECT count(*) FROM booking")
    house.hub.play("patient/book")

    def arrived() -> bool:
        with opened.store.read() as unit:
            return bool(unit.value("SELECT count(*) FROM booking") > before)

    qtbot.waitUntil(arrived, timeout=20_000)
    qtbot.waitUntil(lambda: bool(window._unlocking.state.news), timeout=20_000)
    (line,) = window._unlocking.state.news
    assert line.endswith("1 new booking")
    assert window.shell.state.covered
    with opened.store.read() as unit:
        actors = {e.staff for _, e in journal.page(unit, Sieve(), most=3)}
    assert actors <= {"", rosa(house)}


def test_an_alert_clicked_on_the_lock_page_leads_to_the_request_once_somebody_is_back(
    house: House, qtbot: QtBot
) -> None:
    window = house.window
    window.shell.go(Page.LISTS)
    window.cover()
    house.hub.play("patient/book")
    qtbot.waitUntil(lambda: bool(window._unlocking.state.news), timeout=20_000)
    window._to_front()
    come_back(house, qtbot, PASSWORD)
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)
    assert page_now(house) is Page.TODAY
    assert window.office is not None
    detail = window.office.today.state.detail
    assert detail is not None
    assert detail.status is Status.REQUESTED


def test_a_request_that_comes_meanwhile_is_answered_from_another_page(
    house: House, qtbot: QtBot
) -> None:
    window = house.window
    window.shell.go(Page.LISTS)
    frame, office = window.frame, window.office
    assert frame is not None
    assert office is not None
    house.hub.play("patient/book")
    qtbot.waitUntil(lambda: frame.knock.isVisible(), timeout=20_000)
    assert office.knock.state is not None
    name = office.knock.state.name
    before = len(office.around.uses.visits.inbox(office.opened.desk))
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert QApplication.focusWidget() is frame.knock.accept
    QTest.keyClick(frame.knock.accept, Qt.Key.Key_Space)
    assert len(office.around.uses.visits.inbox(office.opened.desk)) == before - 1
    assert frame.knock.isHidden()
    assert page_now(house) is Page.LISTS
    assert not [each for each in frame.knock.findChildren(QLabel) if name in each.text()]


@pytest.mark.req("REQ-05")
def test_req_05_work_in_hand_is_there_again_with_the_same_cursor(
    house: House, qtbot: QtBot
) -> None:
    window = house.window
    window.shell.go(Page.PEOPLE)
    frame = window.frame
    assert frame is not None
    field = form(house).display.input
    field.setText("Kofi Boa")
    field.setCursorPosition(4)
    field.setFocus()
    house.inactivity.passed.emit()
    assert window.shell.state.covered
    come_back(house, qtbot, PASSWORD)
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)
    assert window.frame is frame
    assert page_now(house) is Page.PEOPLE
    assert (field.text(), field.cursorPosition()) == ("Kofi Boa", 4)
    assert frame.focusWidget() is field


@pytest.mark.req("REQ-06")
def test_req_06_after_a_full_lock_work_comes_back_out_of_the_store(
    house: House, qtbot: QtBot
) -> None:
    window = house.window
    assert window.office is not None
    today = window.office.today
    assert today is not None
    chosen = today.state.blocks[0].visit_id
    today.visit.choose(chosen)
    window.shell.go(Page.LISTS)
    assert window.frame is not None
    window.frame.rooms[Page.LISTS].screen.go(Tab.SWEEP)  # type: ignore[attr-defined]
    window.shell.go(Page.PEOPLE)
    field = form(house).display.input
    field.setText("Kofi Boa")
    field.setCursorPosition(4)
    form(house).password.put("not to be kept anywhere")
    window.lock("sleep")
    gone = [window.frame is None, window.shell.office_of() is None]
    assert gone == [True, True]
    come_back(house, qtbot, PASSWORD)
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)
    assert page_now(house) is Page.PEOPLE
    page = form(house)
    assert page.display.text == "Kofi Boa"
    assert page.display.input.cursorPosition() == 4
    assert page.password.text == ""
    assert window.office is not None
    assert window.office.today.state.selected == chosen


@pytest.mark.req("REQ-06", "REQ-11")
def test_req_06_sleep_closes_the_office_even_while_it_is_covered(
    house: House, qtbot: QtBot
) -> None:
    window = house.window
    opened = window.shell.office_of()
    assert opened is not None
    seat = opened.unlocked
    closed: list[str] = []
    window.closed.connect(closed.append)
    window.cover("idle")
    window.lock("sleep")
    # A request was being held open by the exchange; it was cut, and the keys are gone already.
    assert seat.key.is_wiped
    assert closed == ["sleep"]
    come_back(house, qtbot, PASSWORD)
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)
    happened = [(action, detail) for action, _, detail, _ in lines(house)]
    assert happened[-3:] == [
        ("access.cover", "idle"),
        ("access.lock", "sleep"),
        ("access.unlock", ""),
    ]


@pytest.mark.req("REQ-18")
def test_a_pin_brings_back_and_three_wrong_ones_close_the_office(
    house: House, qtbot: QtBot
) -> None:
    window = house.window
    choose_pin(house)
    window.cover()
    qtbot.waitUntil(lambda: window._unlocking.state.asks_for == "PIN or password", timeout=10_000)
    come_back(house, qtbot, PIN)
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)
    window.cover()
    for wrong in ("111222", "111223"):
        come_back(house, qtbot, wrong)
        qtbot.waitUntil(lambda: window._unlocking.state.problem is not None, timeout=10_000)
        assert window.shell.state.covered
    come_back(house, qtbot, "111224")
    qtbot.waitUntil(lambda: window.shell.office_of() is None, timeout=10_000)
    qtbot.waitUntil(lambda: window._unlocking.state.live, timeout=10_000)
    # Now a PIN is of no use: it is no password.
    come_back(house, qtbot, PIN)
    qtbot.waitUntil(lambda: window._unlocking.state.problem is not None, timeout=10_000)
    assert window.shell.office_of() is None
    come_back(house, qtbot, PASSWORD)
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)
    refused = [
        (detail, outcome) for action, _, detail, outcome in lines(house) if outcome != "done"
    ]
    # The PIN that was taken for a password is counted while the store is shut, and written now.
    wrong_pins = [("wrong-pin", "denied")] * 2 + [("pins-used-up", "denied")]
    assert refused == [*wrong_pins, ("1", "refused")]


@pytest.mark.req("REQ-01", "REQ-18")
def test_req_18_a_colleague_takes_the_desk_and_the_journal_names_them(
    house: House, qtbot: QtBot
) -> None:
    window, program = house.window, house.program
    choose_pin(house)
    first = rosa(house)
    opened = window.shell.office_of()
    assert opened is not None
    ada = program.let_in(
        Newcomer("a.osei", "Ada Osei", frozenset({Role.FRONT_DESK}), ADAS),
        proof=program.confirm(first, PASSWORD),
    )
    let_confirm(opened.desk, ada)
    window.shell.go(Page.PEOPLE)
    assert window.frame is not None
    form(house).display.put("Kofi")
    window.cover("switch")
    come_back(house, qtbot, ADAS, ada.id)
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)
    assert window.shell.state.person == "Ada Osei"
    assert page_now(house) is Page.TODAY
    now = window.shell.office_of()
    assert now is not None
    assert now.store is opened.store
    assert window.office is not None
    window.office.today.visit.choose(window.office.today.state.blocks[0].visit_id)
    with now.store.read() as unit:
        (_, newest), *_ = journal.page(unit, Sieve(), most=1)
    assert newest.staff == ada.id
    qtbot.keyClick(
        window.frame,
        Qt.Key.Key_L,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    # Rosa typed the password this morning, so that her PIN is enough; her work is there.
    come_back(house, qtbot, PIN, first)
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)
    assert window.shell.state.person == "Rosa Alvarez"
    assert page_now(house) is Page.PEOPLE
    assert form(house).display.text == "Kofi"
    switches = [who for action, who, _, _ in lines(house) if action == "access.switch"]
    assert switches == [ada.id, first]


@pytest.mark.req("REQ-06")
def test_req_06_half_an_hour_after_the_last_touch_the_office_is_closed(house: House) -> None:
    window = house.window
    assert window._guard._lock is not None
    window._guard._lock._touched -= 6 * 60
    house.timers.advance(30)
    assert window.shell.state.covered
    window._guard._lock._touched -= 30 * 60
    house.timers.advance(30)
    assert window.shell.office_of() is None


@pytest.mark.req("REQ-05")
def test_req_05_only_a_person_keeps_it_awake(house: House, qtbot: QtBot) -> None:
    window, watch = house.window, house.inactivity
    touches: list[int] = []
    watch.touched.connect(lambda: touches.append(1))
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.Wheel))
    window.shell.sync_now()
    assert touches == []
    qtbot.keyClick(window, Qt.Key.Key_Shift)
    assert touches == [1]


@pytest.mark.req("REQ-05")
def test_req_05_it_covers_while_a_dialog_waits_and_while_a_long_task_runs(
    house: House, qtbot: QtBot, qapp: QApplication
) -> None:
    window = house.window
    go_on = threading.Event()
    came: list[object] = []
    window._chores.submit(lambda: go_on.wait(20), came.append)
    window.shell.go(Page.JOURNAL)
    assert window.frame is not None
    page = window.frame.rooms[Page.JOURNAL].page
    QTimer.singleShot(0, lambda: house.inactivity.passed.emit())
    # The dialog has an event loop of its own; the lock ends it from inside.
    name, _ = QFileDialog.getSaveFileName(
        page, "A copy", "journal.jsonl", options=QFileDialog.Option.DontUseNativeDialog
    )
    assert (name, window.shell.state.covered) == ("", True)
    assert [each for each in qapp.topLevelWidgets() if each.isVisible()] == [window]
    go_on.set()
    qtbot.waitUntil(lambda: bool(window._curtain._waiting), timeout=10_000)
    assert came == []
    come_back(house, qtbot, PASSWORD)
    qtbot.waitUntil(lambda: len(came) == 1, timeout=20_000)
    assert window.shell.state.open


@pytest.mark.req("REQ-21")
def test_req_21_the_paper_opens_the_office_over_the_cover_as_well(
    house: House, qtbot: QtBot
) -> None:
    window = house.window
    opened = window.shell.office_of()
    assert opened is not None
    paper = house.program.new_recovery_key(house.program.confirm(rosa(house), PASSWORD))
    window.cover()
    qtbot.waitUntil(lambda: window._unlocking.state.live, timeout=10_000)
    window._unlocking.use_recovery_key(on=True)
    fresh = "meadow cobalt anchor 58"
    window._unlocking.recover(paper, fresh, fresh)
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)
    now = window.shell.office_of()
    assert now is not None
    assert now.store is not opened.store
    qtbot.waitUntil(lambda: opened.unlocked.key.is_wiped, timeout=20_000)
    window.cover()
    come_back(house, qtbot, fresh)
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)


@pytest.mark.req("REQ-25")
def test_req_25_a_colleague_confirms_before_they_see_the_day(house: House, qtbot: QtBot) -> None:
    window, program = house.window, house.program
    opened = window.shell.office_of()
    assert opened is not None
    proof = program.confirm(rosa(house), PASSWORD)
    ada = program.let_in(
        Newcomer("a.osei", "Ada Osei", frozenset({Role.FRONT_DESK}), ADAS), proof=proof
    )
    window.cover("switch")
    come_back(house, qtbot, ADAS, ada.id)
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)
    assert page_now(house) is Page.OWN
    assert window.office is not None
    today = window.office.today
    assert today is not None
    assert today.state.blocks == ()
    assert window.frame is not None
    page = cast("OwnPage", window.frame.rooms[Page.OWN].page)
    for subject in Subject:
        page.confirms[subject].click()
        page = cast("OwnPage", window.frame.rooms[Page.OWN].page)
    window.shell.go(Page.TODAY)
    assert window.office is not None
    assert window.office.today is not today
    assert window.office.today.state.blocks
