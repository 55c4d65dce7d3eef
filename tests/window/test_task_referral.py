"""The eleventh task of the receptionist's day: a referral, by keys alone and without a network."""

import contextlib
from typing import cast

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders, private_folder
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain.directory import Wanted
from carekraft_desktop.domain.referrals import Stage
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.hub import tables
from carekraft_desktop.hub.sandbox import permits, world
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.referral_state import At
from carekraft_desktop.presenters.referrals import ReferralsPresenter
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.services import directory, referrals
from carekraft_desktop.services import office as offices
from carekraft_desktop.services.access import SetUp
from carekraft_desktop.services.sync import Link
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON, Hub, start_hub
from tests.referring import SMALL_WORLD
from tests.window.test_tasks import PASSWORD, Hands, Template, hands

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


def test_no_title_names_a_patient_a_provider_or_a_specialty(hands: Hands) -> None:
    visit = _permitted_visit(hands)
    hands.look(lambda: hands.today.visit.choose(visit))
    hands.window.frame.today.start()  # type: ignore[union-attr]
    titles = set()
    for key in (Qt.Key.Key_F, Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Space):
        hands.key(key)
        titles.add(hands.window.window().windowTitle())
    assert titles == {"CareKraft · Referrals"}
