"""A computer is taken out of service by the buttons of its page, to the last page and the next start."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from carekraft_desktop.__main__ import main
from carekraft_desktop.bootstrap import Standing
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import Offline
from carekraft_desktop.presenters.retiring import RetiringPresenter
from carekraft_desktop.presenters.shell import Page
from tests.staged_retiring import FREE, IN_THE_WAY, FakeRetiring, staged_retiring
from tests.window.test_window import PASSWORD, House, house
from ui.pages.retiring import RetiringPage
from ui.theme import Theme

__all__ = ["house"]


@pytest.mark.req("REQ-98")
def test_what_stands_in_the_way_is_named_with_the_way_to_it_and_nothing_can_be_pressed(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    fake = FakeRetiring(IN_THE_WAY)
    page, presenter = staged_retiring(theme, fake)
    qtbot.addWidget(page)
    page.show()
    assert [point.page for point in presenter.state.points] == [
        Page.OUTBOX,
        Page.OUTBOX,
        Page.KEPT,
        Page.BACKUPS,
    ]
    assert presenter.state.points[2].title == "2 legal holds in force"
    assert not page.certificate.isEnabled()
    presenter.ask("/stick/certificate.jsonl")
    assert not presenter.state.asking
    presenter.go(presenter.state.points[2].page)
    assert fake.did == [("went", Page.KEPT)]
    fake.found = FREE
    page.again.click()
    assert page.certificate.isEnabled()


@pytest.mark.req("REQ-98")
def test_without_the_exchange_it_goes_on_only_where_that_is_chosen(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    fake = FakeRetiring(FREE, Offline())
    page, presenter = staged_retiring(theme, fake)
    qtbot.addWidget(page)
    page.show()
    page.here.click()
    assert len(presenter.state.stays) == len(FREE.here) + len(FREE.elsewhere)
    presenter.ask("/stick/certificate.jsonl")
    page.no.click()
    assert not fake.did
    presenter.ask("/stick/certificate.jsonl")
    page.go.click()
    assert presenter.state.problem is not None
    assert page.untold.isVisible()
    page.untold.click()
    presenter.ask("/stick/certificate.jsonl")
    page.go.click()
    assert fake.did == [
        ("settled", ("certificate.jsonl", False, False)),
        ("settled", ("certificate.jsonl", False, True)),
        ("ended", "certificate.jsonl"),
    ]


@pytest.mark.req("REQ-98")
def test_an_office_ends_in_the_window_with_a_certificate_on_the_stick(
    house: House, qtbot: QtBot, tmp_path: Path
) -> None:
    house.set_up(qtbot, roles=(Role.PRIVACY_OFFICER,))
    window, program = house.window, house.program
    disk = tmp_path / "disk"
    disk.mkdir()
    program.keep_backup_folder(str(disk))
    (person,) = program.people()
    program.backups.make(program.confirm(person.id, PASSWORD))
    window.shell.go(Page.RETIRE)
    assert window.frame is not None
    room = window.frame.rooms[Page.RETIRE]
    page, presenter = room.page, room.screen
    assert isinstance(page, RetiringPage)
    assert isinstance(presenter, RetiringPresenter)
    qtbot.waitUntil(lambda: presenter.state.can_go, timeout=20_000)
    place = tmp_path / "certificate.jsonl"
    presenter.ask(str(place))
    page.go.click()
    office = window.office
    if office is not None and office.again.state is not None:
        office.again.answer(PASSWORD)
    qtbot.waitUntil(
        lambda: window._ending.presenter is not None and not window._ending.presenter.state.busy,
        timeout=30_000,
    )
    ended = window._ending.presenter
    assert ended is not None
    assert ended.state.problem is None
    assert not ended.state.notes
    assert window.stack.currentWidget() is window._ending.page
    assert window.windowTitle() == "CareKraft · Out of service"
    assert window.office is None
    assert program.standing() is Standing.NEEDS_SET_UP
    assert main(["audit", "verify", str(place)]) == 0
    assert place.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
