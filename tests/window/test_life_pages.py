"""The pages of what is kept and what patients ask, by their widgets and keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from carekraft_desktop.presenters import wording_asked
from carekraft_desktop.presenters.kept import HoldWish
from carekraft_desktop.presenters.paper import Sheet
from tests.fakes.life import FakeAsked, FakeKept
from tests.staged_life import FakePrinter, staged_asked, staged_kept
from ui.printing import pdf
from ui.theme import Theme


def test_numbers_are_typed_confirmed_and_stay_where_they_were_put(
    qtbot: QtBot, theme: Theme
) -> None:
    fake = FakeKept(confirmed=False)
    page, _ = staged_kept(theme, fake)
    qtbot.addWidget(page)
    page.show()
    page.numbers["seen_years"].put("12")
    page.state_code.put("il")
    QTest.keyClick(page.confirm, Qt.Key.Key_Space)
    assert (fake.table.seen_years, fake.table.state) == (12, "IL")
    assert page.numbers["seen_years"].text == "12"
    page.numbers["seen_years"].put("many")
    page.confirm.click()
    assert fake.table.seen_years == -1


def test_a_hold_between_two_days_asks_for_the_days_only(qtbot: QtBot, theme: Theme) -> None:
    fake = FakeKept()
    page, _ = staged_kept(theme, fake)
    qtbot.addWidget(page)
    page.show()
    page.scope.setCurrentIndex(1)
    page.scope.activated.emit(1)
    assert page.first.isVisible()
    assert not page.person.isVisible()
    page.matter.put("M-2026-07")
    page.first.put("2026-03-01")
    page.last.put("2026-03-31")
    QTest.keyClick(page.set, Qt.Key.Key_Space)
    page.scope.setCurrentIndex(2)
    page.scope.activated.emit(2)
    assert page.person.isVisible()
    QTest.keyClick(page.set, Qt.Key.Key_Space)
    assert fake.did == [
        HoldWish("dates", "M-2026-07", "", "2026-03-01", "2026-03-31"),
        HoldWish("person", "M-2026-07", "prov-1"),
    ]
    assert page.holds.isVisible()


@pytest.mark.req("REQ-41")
def test_a_request_goes_from_identity_to_the_encrypted_file_by_keys(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    fake, printer = FakeAsked(), FakePrinter()
    page, presenter = staged_asked(theme, fake, printer=printer)
    qtbot.addWidget(page)
    page.show()
    assert not page.file.isVisible()
    QTest.keyClick(page.identity.go, Qt.Key.Key_Space)
    assert page.file.isVisible()
    QTest.keyClick(page.delay.go, Qt.Key.Key_Space)
    QTest.keyClick(page.letter, Qt.Key.Key_Space)
    assert "We need more time" in printer.sheets[0].said[1]
    presenter.to_file(tmp_path / "record.zip")
    assert fake.given == ["record.zip True"]
    assert presenter.state.phrase == fake.phrase
    assert page._phrase.isVisible()
    presenter.choose("q-2")
    assert presenter.state.phrase == ""
    QTest.keyClick(page.paper, Qt.Key.Key_Space)
    assert fake.given[-1] == "paper"
    assert printer.sheets[-1].rows


@pytest.mark.req("REQ-40")
@pytest.mark.req("REQ-41", "REQ-84")
def test_fee_recipient_and_the_number_of_somebody_erased_are_put_down_by_keys(
    qtbot: QtBot, theme: Theme
) -> None:
    fake = FakeAsked()
    page, presenter = staged_asked(theme, fake)
    qtbot.addWidget(page)
    page.show()
    QTest.keyClick(page.identity.go, Qt.Key.Key_Space)
    assert page.paper.isVisible()
    page.fee.fields[0].put("6.50")
    QTest.keyClick(page.fee.fields[0].input, Qt.Key.Key_Return)
    assert not page.paper.isVisible()
    assert page.fee.tell.isVisible()
    page.fee.fields[0].put("much")
    QTest.keyClick(page.fee.go, Qt.Key.Key_Space)
    assert presenter.state.problem is not None
    assert page.fee.fields[0].text == "much", "what is typed stays"
    QTest.keyClick(page.fee.tell.go, Qt.Key.Key_Space)
    assert page.paper.isVisible()
    page.recipient.name.put("Ruth Adeyemi")
    page.recipient.address.put("12 Prairie Road")
    page.recipient.signed.put("2026-11-20")
    QTest.keyClick(page.recipient.signed.input, Qt.Key.Key_Return)
    assert dict(presenter.state.facts)[wording_asked.GOES_TO] == "Ruth Adeyemi, 12 Prairie Road"
    QTest.keyClick(page.recipient.back, Qt.Key.Key_Space)
    assert wording_asked.GOES_TO not in dict(presenter.state.facts)
    page.recipient.under.setCurrentIndex(1)
    assert not page.recipient.name.isVisible(), "the authorization names them"
    page.gone.number.put("CK-0000-0000")
    QTest.keyClick(page.gone.number.input, Qt.Key.Key_Return)
    assert presenter.state.found is not None
    page.gone.number.put("CK-7Q2M-0001")
    QTest.keyClick(page.gone.go, Qt.Key.Key_Space)
    assert (presenter.state.selected, page.gone.number.text) == ("q-7", "")
    assert wording_asked.GONE in page._title.text()


def test_a_denial_leads_to_the_statement_which_is_attached_once(qtbot: QtBot, theme: Theme) -> None:
    page, presenter = staged_asked(theme, FakeAsked())
    qtbot.addWidget(page)
    page.show()
    presenter.choose("q-3")
    QTest.keyClick(page.denial.go, Qt.Key.Key_Space)
    assert page.statement.isVisible()
    page.disagree.click()
    assert presenter.state.problem is not None
    page.statement.setPlainText("It is in my passport.")
    page.disagree.click()
    assert not page.statement.isVisible()
    assert (wording_asked.DISAGREEMENT, "It is in my passport.") in presenter.state.facts
    presenter.choose("q-5")
    page._close("answered")
    assert presenter.state.said == wording_asked.DID["close"]


@pytest.mark.req("REQ-41")
def test_a_pdf_is_made_in_memory_and_paragraphs_come_before_the_table(qtbot: QtBot) -> None:
    sheet = Sheet("Title", ("A", "B"), (("1", "2"),) * 90, "foot", said=("First.", "Second."))
    made = pdf(sheet)
    assert made.startswith(b"%PDF-")
    assert made.count(b"/Type /Page\n") >= 2
    assert pdf(Sheet("Title", (), (), "foot", said=("A letter.",))).startswith(b"%PDF-")
