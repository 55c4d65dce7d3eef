"""The eleventh task of the receptionist's day: a referral, by keys alone and without a network."""

import contextlib
import os
from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders, private_folder
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain.attesting import FIRST
from carekraft_desktop.domain.directory import Wanted
from carekraft_desktop.domain.referrals import Stage
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import DiskFull
from carekraft_desktop.hub import tables
from carekraft_desktop.hub.now import steady
from carekraft_desktop.hub.sandbox import permits, world
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.referral_state import At
from carekraft_desktop.presenters.referrals import ReferralsPresenter
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.services import directory, looks, referrals
from carekraft_desktop.services import office as offices
from carekraft_desktop.services.access import SetUp
from carekraft_desktop.services.sync import Link
from tests.fakes.clock import FakeClock
from tests.fakes.timers import FakeTimers
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON, Hub, start_hub
from tests.keystrokes import Flow, flows, write_down
from tests.referring import SMALL_WORLD
from tests.window.test_tasks import PASSWORD, Hands, Template, hands
from ui.pages.referrals import ReferralsPage

__all__ = ["hands"]


def _permit_everybody(hub: Hub) -> None:
    """Whoever can allows one booking with anybody."""
    chance = Chance("task 11")
    with_visits = hub.read(
        lambda c: c.scalars(
            select(tables.booking.c.patient_id)
            .where(tables.booking.c.status == "booked")
            .distinct()
        ).all()
    )
    for patient_id in sorted(with_visits):
        with contextlib.suppress(NotPossible):
            hub.write(
                lambda c, id_=patient_id: permits.permit(  # type: ignore[misc]
                    c, chance, OFFICE_ID, id_, NOON, specialties=list(Specialty)
                )
            )


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An office with permissions, a directory, a favourite and times, and no network any more."""
    folder = tmp_path_factory.mktemp("referral")
    hub = start_hub(folder)
    hub.write(lambda c: world.pour(c, NOON, size=SMALL_WORLD))
    _permit_everybody(hub)
    vault, home = FakeVault(), private_folder(folder / "home")
    program = Program(Folders(home), clock=FakeClock(NOON), ids=SystemIds(), vault=vault)
    opened = program.set_up(
        SetUp(
            exchange=hub.url,
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
    desk, asked = opened.desk, opened.directory
    referrals.record_agreement(desk, on=True)
    directory.refresh(desk, asked)
    for found in directory.find(desk, Wanted()).found:
        entry = found.entry
        if directory.look_up_times(desk, asked, *entry.key).slots and not entry.organisation:
            for provider in offices.providers(desk):
                directory.mark(desk, provider.id, *entry.key, on=True)
            break
    program.lock()
    hub.stop()
    return Template(home, vault)


def _referrals(hands: Hands) -> ReferralsPresenter:
    assert hands.window.frame is not None
    return cast("ReferralsPresenter", hands.window.frame.rooms.screen(Page.REFERRALS))


def _permitted_visit(hands: Hands) -> str:
    """A confirmed visit of somebody who allows a booking."""
    opened = hands.window.shell.office_of()
    assert opened is not None
    for seen in hands.today._board.seen:
        fits = seen.status is Status.CONFIRMED and seen.entry.name
        if fits and referrals.permitted(opened.desk, seen.entry.patient_id) is None:
            return seen.entry.id
    raise AssertionError


def test_task_11_book_a_referral_takes_5_keys(hands: Hands) -> None:
    visit = _permitted_visit(hands)
    hands.look(lambda: hands.today.visit.choose(visit))
    hands.window.frame.today.start()  # type: ignore[union-attr]
    hands.key(Qt.Key.Key_F)  # from the visit
    assert hands.window.shell.state.page is Page.REFERRALS
    hands.key(Qt.Key.Key_Space)  # the patient was asked and agrees
    hands.key(Qt.Key.Key_1)  # the favourite
    hands.key(Qt.Key.Key_1)  # the first open time, as it was last known
    state = _referrals(hands).state.wizard
    assert state is not None
    assert (state.at, state.send) == (At.CHECK, words.SAVE)
    assert state.message
    hands.key(Qt.Key.Key_Space)  # what was looked at is sent
    pane = _referrals(hands).state.pane
    assert pane is not None
    assert pane.mark.word == words.STAGE[Stage.SAVED]
    assert hands.count == 5


class Paced:
    """Hands at the keyboard whose keys, decisions and reading are counted for the model."""

    def __init__(self, hands: Hands, name: str) -> None:
        self._hands, self._name = hands, name
        self._decisions = self._words = 0
        self._response = 0.0

    def decide(self, *keys: Qt.Key) -> None:
        """One decision, and the keys that carry it out."""
        self._decisions += 1
        for key in keys:
            self._timed(lambda key=key: self._hands.key(key))  # type: ignore[misc]

    def walk(self, there: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> None:
        """Walk with the keyboard until it is there."""
        shift = Qt.KeyboardModifier.ShiftModifier
        how = shift if key == Qt.Key.Key_Backtab else Qt.KeyboardModifier.NoModifier
        for _ in range(12):
            if QApplication.focusWidget() is there:
                return
            self._timed(lambda: self._hands.key(key, how))
        raise AssertionError

    def type(self, text: str) -> None:
        """One decision, and its letters."""
        self._decisions += 1
        self._timed(lambda: self._hands.letters(text))

    def read(self, *texts: str) -> None:
        """Words that are read before going on."""
        self._words += sum(len(text.split()) for text in texts)

    def done(self) -> Flow:
        """Counted; written down where that is asked for."""
        flow = Flow(self._name, self._hands.count, self._decisions, self._words, self._response)
        if os.environ.get("CAREKRAFT_MEASURE"):
            write_down(flow)
        return flow

    def _timed(self, do: Callable[[], None]) -> None:
        began = steady()
        do()
        self._response += steady() - began


def _check_page(hands: Hands) -> list[str]:
    state = _referrals(hands).state.wizard
    assert state is not None
    assert state.at is At.CHECK
    return [state.title, state.advice, state.residual, *(f"{n} {v}" for n, v in state.message)]


def _saved(hands: Hands) -> None:
    pane = _referrals(hands).state.pane
    assert pane is not None
    assert pane.mark.word == words.STAGE[Stage.SAVED]


def _as_written_down(flow: Flow) -> None:
    """The same keys, decisions and words as the table says; its response is of one machine."""
    (known,) = (each for each in flows() if each.name == flow.name)
    assert (flow.keys, flow.decisions, flow.words) == (known.keys, known.decisions, known.words)


def test_the_model_of_a_referral_to_a_favourite_is_what_the_table_says(hands: Hands) -> None:
    visit = _permitted_visit(hands)
    hands.look(lambda: hands.today.visit.choose(visit))
    hands.window.frame.today.start()  # type: ignore[union-attr]
    paced = Paced(hands, "to a favorite, first open time")
    paced.decide(Qt.Key.Key_F)
    paced.decide(Qt.Key.Key_Space)
    paced.decide(Qt.Key.Key_1)
    paced.decide(Qt.Key.Key_1)
    paced.read(*_check_page(hands))
    paced.decide(Qt.Key.Key_Space)
    _saved(hands)
    _as_written_down(paced.done())


def test_the_model_of_a_referral_to_somebody_looked_for_is_what_the_table_says(
    hands: Hands,
) -> None:
    visit = _permitted_visit(hands)
    hands.look(lambda: hands.today.visit.choose(visit))
    hands.window.frame.today.start()  # type: ignore[union-attr]
    paced = Paced(hands, "to somebody looked for by name, parts of two days")
    paced.decide(Qt.Key.Key_F)
    paced.decide(Qt.Key.Key_Space)
    page = hands.window.frame.rooms[Page.REFERRALS].page  # type: ignore[union-attr]
    state = _referrals(hands).state.wizard
    assert state is not None
    wanted = state.options[-1].text
    steps = cast("ReferralsPage", page).steps
    paced.walk(steps.search, Qt.Key.Key_Backtab)
    paced.type(wanted.split()[-1][:5].casefold())
    found = _referrals(hands).state.wizard
    assert found is not None
    paced.read(*(option.text for option in found.options))
    rows = [option.text for option in found.options]
    paced.decide(Qt.Key.Key_Down, *[Qt.Key.Key_Down] * rows.index(wanted), Qt.Key.Key_Return)
    paced.decide(Qt.Key.Key_2)
    paced.decide(Qt.Key.Key_5)
    paced.walk(steps.on)
    paced.decide(Qt.Key.Key_Space)
    paced.read(*_check_page(hands))
    paced.decide(Qt.Key.Key_Space)
    _saved(hands)
    _as_written_down(paced.done())


def test_no_title_names_a_patient_a_provider_or_a_specialty(hands: Hands) -> None:
    visit = _permitted_visit(hands)
    hands.look(lambda: hands.today.visit.choose(visit))
    hands.window.frame.today.start()  # type: ignore[union-attr]
    titles = set()
    for key in (Qt.Key.Key_F, Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Space):
        hands.key(key)
        titles.add(hands.window.window().windowTitle())
    assert titles == {"CareKraft · Referrals"}


@pytest.mark.req("REQ-12", "REQ-15")
def test_what_was_on_the_screen_is_in_the_journal_before_the_lock_or_the_screen_is_locked(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = hands.window.shell.office_of()
    assert opened is not None
    desk = opened.desk
    QApplication.processEvents()
    shown = {seen.entry.id for seen in hands.today._board.seen}
    timers = cast("FakeTimers", hands.window._timers._timers)
    timers.advance(2.0)
    with desk.store.read() as unit:
        lines = unit.rows("SELECT object, detail FROM journal WHERE action = 'rows.seen'")
    day = {id_ for place, detail in lines if place == "day" for id_ in detail.split()}
    assert day
    assert day <= shown
    hands.key(Qt.Key.Key_Slash)
    hands.letters("de")

    def full(*_all: object) -> int:
        raise DiskFull

    monkeypatch.setattr(looks, "seen", full)
    hands.window.show()
    hands.key(Qt.Key.Key_Escape)
    hands.window.shell.go(Page.LISTS)
    QApplication.processEvents()
    timers.advance(2.0)
    assert not hands.window.shell.state.open
