"""Thousands of referrals by the keys of a real window: what the machine shows of it holds nothing.

The window of the program stands before an exchange full of canaries. Every referral is begun,
checked, sent, answered and looked at on its page, while everything is noted that leaves the
page itself: each title of each window, each notification, the badge and its tip, whatever comes to
the clipboard. `CAREKRAFT_TAINT_SCREEN` is the number of patients of one office, and
`CAREKRAFT_TAINT_ROUNDS` how many offices there are, one after the other;
`--junitxml FILE -o junit_family=xunit1` writes down how much was seen of how many.
"""

import contextlib
import logging
import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders, private_folder
from carekraft_desktop.domain.attesting import FIRST
from carekraft_desktop.domain.directory import Wanted
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.sandbox import answers, world
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.slots import SlotTaken
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.presenters.referral_state import At
from carekraft_desktop.presenters.referrals import ReferralsPresenter
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.presenters.tasks import InlineRunner, Outcome
from carekraft_desktop.services import directory, referrals
from carekraft_desktop.services import office as offices
from carekraft_desktop.services.access import SetUp
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.sync import Link
from carekraft_desktop.store import referrals as rows
from tests.fakes.clock import FakeClock
from tests.fakes.timers import FakeTimers
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON, Hub, start_hub
from tests.proxy import Relay
from tests.taint import MARK
from tests.tainted import taint
from tests.window.conftest import theme
from tests.window.test_tasks import PASSWORD, Hands, unlock
from ui.inactivity import Inactivity
from ui.theme import Theme
from ui.window import Window

__all__ = ["theme"]

PEOPLE = int(os.environ.get("CAREKRAFT_TAINT_SCREEN", "24"))
"""Patients, each of whom a referral is made for if it can be."""
ROUNDS = int(os.environ.get("CAREKRAFT_TAINT_ROUNDS", "1"))
T = TypeVar("T")


class Shown(QObject):
    """Notes whatever the machine around the window is told."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.titles: set[str] = set()
        self.copied: set[str] = set()
        self.tips: set[str] = set()
        self.noted = 0
        application.installEventFilter(self)
        clipboard = QGuiApplication.clipboard()
        clipboard.clear()  # whatever another test left there is none of this window's doing
        clipboard.changed.connect(self._copy)
        for mode in QClipboard.Mode:
            self._copy(mode)

    def _copy(self, mode: QClipboard.Mode) -> None:
        self.copied.add(QGuiApplication.clipboard().text(mode))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.WindowTitleChange, QEvent.Type.Show)
        if event.type() in kinds and isinstance(watched, QWidget) and watched.isWindow():
            self.titles |= {watched.windowTitle(), watched.accessibleName()}
            self.tips.add(watched.toolTip())
            self.noted += 1
        return False


class Turns:
    """Implements `Runner`: a turn of the sync waits until the test takes it."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def submit(self, work: Callable[[], T], report: Callable[[Outcome[T]], None]) -> None:
        self.waiting.append(lambda: InlineRunner().submit(work, report))

    def take(self) -> None:
        waiting, self.waiting = self.waiting, []
        for turn in waiting:
            turn()


@dataclass
class Desk:
    """The window, whoever types at it, and the exchange behind the relay."""

    hub: Hub
    relay: Relay
    clock: FakeClock
    timers: FakeTimers
    turns: Turns
    window: Window
    shown: Shown

    @property
    def opened(self) -> Opened:
        found = self.window.shell.office_of()
        assert found is not None
        return found

    @property
    def presenter(self) -> ReferralsPresenter:
        assert self.window.frame is not None
        return cast("ReferralsPresenter", self.window.frame.rooms.screen(Page.REFERRALS))

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key)
        QApplication.processEvents()

    def settle(self) -> None:
        """Let the time to undo pass, and turn until nothing is on its way any more.

        Somebody sits there all the while: hundreds of referrals take longer to leave than the
        minutes after which an office that nobody touches covers itself.
        """
        self.clock.advance(seconds=10)
        for _ in range(3 * PEOPLE + 40):
            self.key(Qt.Key.Key_Shift)
            self.timers.advance(2.0)
            self.clock.advance(seconds=2)
            self.turns.take()
            QApplication.processEvents()
            assert self.window.shell.state.open
            if not self.window.shell.state.waiting and self.window.shell.online:
                return
        raise AssertionError(self.window.shell.state.waiting)

    def refer(self, patient_id: str, chance: random.Random) -> bool:
        """By keys: agree, the favourite, a time or a part of a day, the message, send."""
        assert self.window.office is not None
        self.window.office.referring.for_patient(patient_id)
        QApplication.processEvents()
        if not self._at(At.AGREE):
            return False
        self.key(Qt.Key.Key_Space)
        assert self._at(At.PROVIDER)
        self.key(chance.choice([Qt.Key.Key_1, Qt.Key.Key_2]))
        assert self._at(At.TIME)
        self.key(chance.choice([Qt.Key.Key_1, Qt.Key.Key_2]))
        if self._at(At.TIME):  # parts of days are confirmed by a button of their own
            self._next()
            QApplication.processEvents()
        if not self._at(At.CHECK):
            return False
        self.key(Qt.Key.Key_Space)
        return self.presenter.wizard is None

    def _at(self, step: At) -> bool:
        state = self.presenter.state.wizard
        return state is not None and state.at is step

    def _next(self) -> None:
        wizard = self.presenter.wizard
        assert wizard is not None
        wizard.next()


@pytest.fixture(params=range(ROUNDS))
def desk(
    request: pytest.FixtureRequest, tmp_path: Path, theme: Theme, qtbot: QtBot, qapp: QApplication
) -> Iterator[Desk]:
    clock, vault = FakeClock(NOON), FakeVault()
    hub = start_hub(tmp_path, now=clock.now, office_at=NOON)
    hub.write(lambda c: world.pour(c, NOON, size=world.Size(offices=6, providers=60)))
    taint(hub, PEOPLE, seed=request.param)
    place = urlsplit(hub.url)
    relay = Relay((place.hostname or "", place.port or 0))
    hub.settings.url = relay.url
    program = Program(
        Folders(private_folder(tmp_path / "home")), clock=clock, ids=SystemIds(), vault=vault
    )
    _set_up(program, hub, relay)
    turns, timers, inactivity = Turns(), FakeTimers(), Inactivity(qapp)
    shown = Shown(qapp)
    window = Window(
        program,
        theme,
        sync_runner=turns,
        chores=InlineRunner(),
        copies=InlineRunner(),
        timers=timers,
        inactivity=inactivity,
    )
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.begin(set_up=False)
    window.show()
    window.activateWindow()
    window.first_look()
    made = Desk(hub, relay, clock, timers, turns, window, shown)
    unlock(Hands(window, qtbot, clock))
    yield made
    qapp.removeEventFilter(shown)
    window.close()
    inactivity.rest()
    program.release()
    hub.stop()
    relay.close()


def _set_up(program: Program, hub: Hub, relay: Relay) -> None:
    """A workstation that has received everything, with two favourites and the agreement."""
    opened = program.set_up(
        SetUp(
            exchange=relay.url,
            code=hub.sandbox.issue_code(),
            workstation="Front desk 1",
            name="r.alvarez",
            display="Rosa Alvarez",
            roles=frozenset({Role.FRONT_DESK, Role.PRIVACY_OFFICER}),
            password=PASSWORD,
            confirms=FIRST,
        )
    )
    while opened.sync.cycle(wait=0).state.link is not Link.UP_TO_DATE:
        pass
    here, asked = opened.desk, opened.directory
    referrals.record_agreement(here, on=True)
    directory.refresh(here, asked)
    favourites = 0
    for found in directory.find(here, Wanted()).found:
        entry = found.entry
        if favourites < 2 and not entry.organisation:
            favourites += 1
            for provider in offices.providers(here):
                directory.mark(here, provider.id, *entry.key, on=True)
    program.lock()


def _answered(desk: Desk, sent: Sequence[str], chance: random.Random) -> None:
    for referral_id in sent:
        way = chance.choice(("accept", "accept", "decline", "move", "cancel"))
        with contextlib.suppress(NotPossible, NotThere, SlotTaken):
            desk.hub.write(
                lambda c, id_=referral_id, way=way: answers.answer(c, id_, way, NOON)  # type: ignore[misc]
            )


def _looked_at(desk: Desk, sent: Sequence[str], chance: random.Random) -> set[str]:
    """Each on its page, with a part of what can be done about it done; what was done."""
    presenter, did = desk.presenter, set()
    for referral_id in sent:
        presenter.show_one(referral_id)
        QApplication.processEvents()
        pane = presenter.state.pane
        assert pane is not None
        assert MARK in str(pane)  # a person sees who it is with
        for deed in pane.deeds:
            if deed.name in {"cancel", "seen"} and chance.random() < 0.3:
                presenter.do(deed.name)
                did.add(deed.name)
                break
    return did


@pytest.mark.slow
@pytest.mark.req("REQ-63", "REQ-94")
@pytest.mark.timeout(3_600)
def test_of_thousands_of_referrals_nothing_reaches_a_title_a_notification_or_the_clipboard(
    desk: Desk, caplog: pytest.LogCaptureFixture, record_property: Callable[[str, object], None]
) -> None:
    caplog.set_level(logging.DEBUG)
    chance = random.Random(11)
    desk.settle()
    with desk.opened.store.read() as unit:
        adults = [
            str(id_)
            for (id_,) in unit.rows(
                "SELECT id FROM patient WHERE id LIKE 'p-%' AND birth_date < '2008-12-01'"
            )
        ]
    sent = sum(desk.refer(patient_id, chance) for patient_id in adults)
    assert sent > len(adults) * 0.7
    desk.settle()
    with desk.opened.store.read() as unit:
        made = [each.id for each in rows.sent(unit)]
    assert len(made) == sent
    _answered(desk, made, chance)
    desk.settle()
    assert _looked_at(desk, made, chance) == {"cancel", "seen"}
    desk.settle()
    desk.window.cover()
    desk.hub.play("patient/book")
    desk.turns.take()
    desk.timers.advance(60)

    shown = desk.shown
    told = desk.window.alerts.told
    assert told
    assert "CareKraft · Referrals" in shown.titles
    assert "CareKraft · Locked" in shown.titles
    found = [
        words
        for place in (shown.titles, shown.copied, shown.tips, told)
        for words in place
        if MARK in words
    ]
    for name, value in (
        ("patients", PEOPLE),
        ("referrals", sent),
        ("windows and titles noted", shown.noted),
        ("titles", len(shown.titles)),
        ("notifications", len(told)),
        ("canaries found", len(found)),
    ):
        record_property(name, value)
    assert found == []
    assert shown.copied == {""}
    assert not any(MARK in record.getMessage() for record in caplog.records)
    out = bytes(desk.relay.sent)
    assert out.count(b"referral.create") >= sent
    assert MARK.encode() not in out
