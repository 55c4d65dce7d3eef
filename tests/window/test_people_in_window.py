"""Looking after people in the whole window, over a real store: leaving, new keys, an emergency."""

import pytest
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.emergencies import Reason
from carekraft_desktop.domain.leaving import Cause
from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.domain.staff import Right, Role
from carekraft_desktop.presenters import wording_colleague
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.services.admitting import Newcomer
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.workplace import keys_in
from tests.window.test_covering import ADAS, PIN, choose_pin, come_back, form, house, rosa
from tests.window.test_window import PASSWORD, House

__all__ = ["house"]


def answer(house: House, qtbot: QtBot) -> None:
    """Type the password that is asked for."""
    frame = house.window.frame
    assert frame is not None
    sheet = frame.again
    assert sheet is not None
    sheet.password.put(PASSWORD)
    sheet.go.click()
    qtbot.waitUntil(lambda: frame.again is None, timeout=20_000)


@pytest.mark.req("REQ-97", "REQ-19")
def test_req_97_who_is_dismissed_on_the_page_is_gone_and_the_office_has_new_keys(
    house: House, qtbot: QtBot
) -> None:
    window, program = house.window, house.program
    proof = program.confirm(rosa(house), PASSWORD)
    ada = program.let_in(
        Newcomer("a.osei", "Ada Osei", frozenset({Role.FRONT_DESK}), ADAS), proof=proof
    )
    assert window.office is not None
    window.office.again.leave()  # as some minutes after coming in
    window.shell.go(Page.PEOPLE)
    page = form(house)
    page.rows.chosen.emit(ada.id)
    page.pane.deeds["leave"].click()
    page.pane.causes[Cause.DISMISSED].click()
    answer(house, qtbot)
    note = page.pane._said
    qtbot.waitUntil(lambda: note.accessibleName() == wording_colleague.ROTATE_DONE, timeout=20_000)
    ring = KeyRing.load(keys_in(program.folders.office), clock=program.clock)
    assert ring.generation == 2
    assert not page.pane.rotate.isVisible()
    window.shell.go(Page.TODAY)
    assert window.office is not None
    assert window.office.today.state.blocks
    house.hub.play("patient/book")
    before = window.shell.state.to_answer
    qtbot.waitUntil(lambda: window.shell.state.to_answer > before, timeout=20_000)


@pytest.mark.req("REQ-21")
def test_req_21_an_emergency_is_seen_on_every_page_until_it_is_ended(
    house: House, qtbot: QtBot
) -> None:
    window = house.window
    assert window.office is not None
    window.office.again.leave()
    window.shell.go(Page.OWN)
    assert window.frame is not None
    page = window.frame.rooms[Page.OWN].page
    page.glass.click()  # type: ignore[attr-defined]
    page.reasons[Reason.PATIENT_IN_DANGER].click()  # type: ignore[attr-defined]
    answer(house, qtbot)
    frame = window.frame
    opened = window.shell.office_of()
    assert frame is not None
    assert opened is not None
    assert frame.glass.isVisible()
    assert not opened.desk.staff.may(Right.ANSWER_BOOKINGS)
    window.shell.go(Page.TODAY)
    today = window.office.today
    assert today is not None
    today.visit.choose(today.state.blocks[0].visit_id)
    today.visit.reveal(DataClass.CONTACT)
    frame.glass.button.click()
    after = window.shell.office_of()
    assert after is not None
    assert after.desk.staff.may(Right.ANSWER_BOOKINGS)
    assert window.frame is not None
    assert not window.frame.glass.isVisible()


@pytest.mark.req("REQ-19")
def test_req_19_coming_in_by_password_counts_and_coming_back_by_pin_does_not(
    house: House, qtbot: QtBot
) -> None:
    window = house.window
    asked: list[StepUp | None] = []
    assert window.office is not None
    window.office.again.then("because", asked.append)
    assert [proof is not None for proof in asked] == [True]
    choose_pin(house)
    window.cover()
    come_back(house, qtbot, PIN)
    qtbot.waitUntil(lambda: window.shell.state.open, timeout=20_000)
    window.office.again.then("because", asked.append)
    assert len(asked) == 1
    assert window.frame is not None
    assert window.frame.again is not None
    window.office.again.close()
