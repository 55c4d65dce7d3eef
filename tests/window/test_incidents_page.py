"""The page of incidents with its widgets: by keyboard, from opening one to the steps."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.incidents import Entered, Kind, Step
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
