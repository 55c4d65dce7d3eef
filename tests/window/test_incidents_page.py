"""The page of incidents with its widgets: by keyboard, from opening one to the steps."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.incidents import Entered, Kind, Step
from carekraft_desktop.presenters import wording_affected
from carekraft_desktop.presenters import wording_incidents as words
from tests.fakes.incidents import FakeIncidents, missent
from tests.staged_incidents import staged_incidents
from ui.theme import Theme


def test_the_worst_day_is_opened_and_its_first_step_ticked_by_keyboard(
    qtbot: QtBot, theme: Theme
) -> None:
    fake = FakeIncidents()
    page, _ = staged_incidents(theme, fake)
    qtbot.addWidget(page)
    page.show()
    page.start()
    qtbot.keyClick(page.kinds[Kind.LOST_MACHINE], Qt.Key.Key_Space)
    page.start()
    qtbot.keyClick(page.steps.buttons[Step.STAY_CALM], Qt.Key.Key_Space)
    assert list(fake.files[0].done()) == [Step.STAY_CALM]
    assert Step.STAY_CALM not in page.steps.buttons
    assert page.lost.isVisibleTo(page)


def test_what_is_typed_and_chosen_is_put_down(qtbot: QtBot, theme: Theme) -> None:
    fake = FakeIncidents([missent()])
    page, presenter = staged_incidents(theme, fake)
    qtbot.addWidget(page)
    presenter.choose("inc-1")
    page.known.fields["systems"].put("Fax")
    page.known.save.click()
    page.breach.links["viewed"].put("818")
    picker = page.breach.choices["viewed"]
    picker.setCurrentIndex(picker.findData("shown-not"))
    page.breach.assess.click()
    assert fake.files[0].said(Entered.SYSTEMS) == "Fax"
    assert [page.breach.conclusions.itemData(n) for n in range(2)] == ["breach", "low-probability"]
    page.breach.conclusions.setCurrentIndex(1)
    page.breach.conclude.click()
    assert fake.files[0].said(Entered.CONCLUDED) == "low-probability"
    page.duties.buttons["individuals:"].click()
    assert "individuals:" not in page.duties.buttons
    outcome = page.end.outcomes["staff-2"]
    outcome.setCurrentIndex(outcome.findData("training"))
    outcome.activated.emit(outcome.currentIndex())
    assert fake.files[0].violations() == {"staff-2": "training"}
    page.end.close_it.click()
    assert fake.files[0].closed_at is not None
    assert not page.known.save.isVisibleTo(page)


@pytest.mark.req("REQ-99")
def test_whose_data_it_is_about_is_chosen_by_keys_alone(qtbot: QtBot, theme: Theme) -> None:
    page, presenter = staged_incidents(theme)
    qtbot.addWidget(page)
    page.show()
    presenter.choose("inc-2")
    card = page.patients
    qtbot.keyClicks(card.typed.input, "demir")
    qtbot.keyClick(card.typed.input, Qt.Key.Key_Return)
    assert card.found.isVisible()
    qtbot.keyClick(card.found, Qt.Key.Key_Down)
    qtbot.keyClick(card.reveal, Qt.Key.Key_Space)
    born = [row.cells[1].text for row in card.found.rows.rows]
    assert born.count(wording_affected.COVERED) == len(born) - 1, "one at a time"
    qtbot.keyClick(card.found, Qt.Key.Key_Return)
    assert len(card.chosen.rows.rows) == 1
    qtbot.keyClick(card.chosen, Qt.Key.Key_Down)
    qtbot.keyClick(card.chosen, Qt.Key.Key_Return)
    assert [row.key for row in card.chosen.rows.rows] == []


@pytest.mark.req("REQ-96")
def test_a_lost_computer_is_reported_once_every_question_is_answered(
    qtbot: QtBot, theme: Theme
) -> None:
    page, presenter = staged_incidents(theme)
    qtbot.addWidget(page)
    page.show()
    presenter.choose("inc-3")

    def refused() -> str:
        problem = presenter.state.problem
        return problem.title if problem is not None else ""

    qtbot.keyClick(page.lost.report, Qt.Key.Key_Space)
    assert refused() == words.CHOOSE_ONE.title
    qtbot.keyClick(page.lost.rows, Qt.Key.Key_Down)
    for picker in list(page.lost.asks.values())[1:]:
        picker.setCurrentIndex(1)
    qtbot.keyClick(page.lost.report, Qt.Key.Key_Space)
    assert refused() == words.ASK_FIRST.title
    page.lost.asks["password_with_it"].setCurrentIndex(1)
    qtbot.keyClick(page.lost.report, Qt.Key.Key_Space)
    assert refused() == ""
    assert presenter.state.sheet is not None
    assert presenter.state.sheet.evidence == words.CANDIDATE
