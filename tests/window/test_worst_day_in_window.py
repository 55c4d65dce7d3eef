"""A damaged store, as a person meets it: the page of the worst day, a restore, and back to work."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.services.workplace import store_in
from tests.fakes.backups import FakeBackups, several
from tests.staged_backups import staged_backups, staged_rescue
from tests.window.test_window import PASSWORD, House, house
from ui.theme import Theme

__all__ = ["house"]


@pytest.mark.req("REQ-17", "REQ-95")
def test_a_flipped_byte_leads_to_the_page_of_the_worst_day_and_from_there_back_to_work(
    house: House, qtbot: QtBot
) -> None:
    house.set_up(qtbot, roles=(Role.PRIVACY_OFFICER,))
    window, program = house.window, house.program
    # The program has made the first backup by itself.
    house.timers.advance(61)
    qtbot.waitUntil(lambda: bool(program.backups.shelf().backups), timeout=20_000)
    window.lock()
    assert program.wait_until_closed(10)
    file = store_in(program.folders.office)
    data = bytearray(file.read_bytes())
    data[40 * 4096 + 7] ^= 1
    file.write_bytes(data)
    qtbot.waitUntil(lambda: window._unlocking.state.live, timeout=10_000)
    window.unlock._password.put(PASSWORD)
    window.unlock._go.click()
    rescuing = window._rescuing
    qtbot.waitUntil(
        lambda: rescuing.presenter is not None and bool(rescuing.presenter.state.chosen),
        timeout=20_000,
    )
    page, presenter = rescuing.page, rescuing.presenter
    assert page is not None
    assert presenter is not None
    assert window.shell.state.page is Page.RESCUE
    assert window.stack.currentWidget() is page
    assert window.windowTitle() == "CareKraft · Restore"
    assert not window.unlock._password.text
    page.password.put(PASSWORD)
    page.go.click()
    qtbot.waitUntil(lambda: not presenter.state.busy, timeout=20_000)
    assert presenter.state.problem is None
    assert presenter.state.done
    page.back.click()
    assert window.stack.currentWidget() is window.unlock
    qtbot.waitUntil(lambda: window._unlocking.state.live, timeout=10_000)
    window.unlock._password.put(PASSWORD)
    window.unlock._go.click()
    qtbot.waitUntil(house.up_to_date, timeout=20_000)


@pytest.mark.req("REQ-95")
def test_everything_on_the_page_about_backups_is_done_by_its_buttons(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    fake = FakeBackups(several())
    page, presenter = staged_backups(theme, fake)
    qtbot.addWidget(page)
    page.show()
    page.make.click()
    assert presenter.state.said.startswith("A backup was made")
    page.trial.click()
    assert page.password.isVisible()
    page.password.put("typed")
    page.try_now.click()
    assert "The restore worked" in presenter.state.said
    assert not page.password.text
    page.rows.chosen.emit("backup-2")
    page.restore.click()
    assert page.go.isVisible()
    page.no[1].click()
    assert not page.go.isVisible()
    page.restore.click()
    page.go.click()
    page.own_folder.click()
    assert fake.did == [
        ("made", ""),
        ("tried", "carekraft-0"),
        ("to-rescue", "/backups/carekraft-2"),
        ("chose", ""),
    ]
    assert not page.own_folder.isVisible()


def test_the_worst_days_page_has_no_way_to_delete_anything(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    fake = FakeBackups(several())
    page, presenter = staged_rescue(theme, fake)
    qtbot.addWidget(page)
    page.show()
    assert "delete" not in " ".join(way.text() for way in page.ways.values()).lower()
    presenter.look_in(str(Path("/elsewhere")))
    page.password.put("typed")
    page.go.click()
    assert fake.did == [("looked", "/elsewhere"), ("restored", "carekraft-0")]
    assert presenter.state.done
    assert not page.password.text
