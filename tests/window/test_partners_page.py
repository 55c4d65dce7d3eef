"""The partners' page by keys alone: what is typed reaches the presenter."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.partners import Partner
from tests.fakes.partners import KEY, FakePartners
from tests.staged_officer import staged_partners
from ui.theme import Theme


def test_a_partner_is_filled_in_and_tested_by_keys_alone(theme: Theme, qtbot: QtBot) -> None:
    partners = FakePartners(there=[])
    page, presenter = staged_partners(theme, partners)
    qtbot.addWidget(page)
    page.show()
    assert not page.test.isVisible()
    for field, typed in (
        (page.name, "Lakeside"),
        (page.address, "https://fhir.example.com/r4"),
        (page.client, "office-17"),
        (page.numbers, "1000040018, 1000040026"),
    ):
        qtbot.keyClicks(field.input, typed)
    qtbot.keyClick(page.numbers.input, Qt.Key.Key_Return)
    (kept,) = partners.there
    made = Partner(
        "partner-1",
        "Lakeside",
        "https://fhir.example.com/r4",
        "office-17",
        ("1000040018", "1000040026"),
        KEY,
    )
    assert kept == made
    qtbot.keyClick(page.test, Qt.Key.Key_Space)
    assert presenter.state.works
    qtbot.keyClick(page.fresh, Qt.Key.Key_Space)
    assert {field.text for field in page._fields} == {""}
