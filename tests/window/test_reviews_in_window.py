"""The reply editor in the whole window: no patient beside it, and nothing lost when it locks."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.reviews import Stage
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters.reviews import ReviewsPresenter
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.services import papers, reviews
from tests.repliers import PAPERS, SAFE, STOPPED
from tests.window.test_window import PASSWORD, House, house
from ui.pages.reviews import ReviewsPage

__all__ = ["house"]
CANARY = "zanzibar-quokka-marmalade"
ROLES = (Role.PROVIDER, Role.PRIVACY_OFFICER)


@pytest.fixture
def ready(house: House, qtbot: QtBot) -> House:
    """A provider who is the privacy officer too, with papers on file, at the reviews."""
    house.hub.play("patient/book")
    house.set_up(qtbot, roles=ROLES)
    opened = house.window.shell.office_of()
    assert opened is not None
    papers.put(opened.desk, PAPERS)
    house.window.shell.go(Page.REVIEWS)
    return house


def page_of(house: House) -> ReviewsPage:
    frame = house.window.frame
    assert frame is not None
    page = frame.rooms[Page.REVIEWS].page
    assert isinstance(page, ReviewsPage)
    return page


def presenter(house: House) -> ReviewsPresenter:
    assert house.window.office is not None
    answering = house.window.office.answering
    assert answering is not None
    found = answering._reviews
    assert found is not None
    return found


def write(house: House, text: str) -> str:
    """Open the editor on the newest review and type; its id."""
    shown = presenter(house)
    review = shown.state.rows[0].key
    shown.choose(review)
    shown.do("own")
    shown.do_number(1)
    page_of(house).reply.text.setPlainText(text)
    return review


def names_of_patients(house: House) -> set[str]:
    assert house.window.office is not None
    today = house.window.office.today
    assert today is not None
    return {block.name for block in today.state.blocks}


def on_screen(widget: QWidget) -> str:
    """All words that anybody could read now."""
    texts: list[str] = []
    for each in widget.findChildren(QWidget):
        if each.isVisible():
            for name in ("text", "toPlainText", "accessibleName", "toolTip"):
                read = getattr(each, name, None)
                if callable(read):
                    texts.append(str(read()))
    return "\n".join(texts)


def test_while_a_reply_is_open_no_patient_is_found_or_shown_and_leaving_closes_it(
    ready: House,
) -> None:
    names = names_of_patients(ready)
    assert names
    window = ready.window
    assert window.office is not None
    finding = window.office.finding
    assert finding is not None
    today = window.office.today
    assert today is not None
    today.visit.choose(today.state.blocks[0].visit_id)
    opened_before = today.state.detail is not None
    review = write(ready, SAFE)
    assert (opened_before, today.state.detail) == (True, None)
    finding.open()
    finding.type(next(iter(names)).split()[0])
    assert finding.state is not None
    assert not [row for row in finding.state.rows if row.kind == "patient"]
    finding.step(1)
    shown = on_screen(window)
    assert not [name for name in names if name in shown]
    finding.close()
    window.shell.go(Page.TODAY)
    pages = [window.shell.state.page]
    opened = window.shell.office_of()
    assert opened is not None
    assert reviews.sheet(opened.desk, review).stage is Stage.DRAFTED
    window.shell.go(Page.REVIEWS)
    presenter(ready).do("edit-go-on")
    page_of(ready).reply.text.setPlainText(STOPPED)
    window.shell.go(Page.TODAY)
    pages.append(window.shell.state.page)
    # Whoever insists has read what closing means.
    window.shell.go(Page.TODAY)
    pages.append(window.shell.state.page)
    assert pages == [Page.TODAY, Page.REVIEWS, Page.TODAY]
    assert reviews.sheet(opened.desk, review).stage is Stage.NEW


def test_a_lock_keeps_what_was_typed_empties_the_screen_and_leaves_nothing_readable(
    ready: House, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    window = ready.window
    typed = f"{STOPPED} {CANARY}"
    write(ready, typed)
    ready.timers.advance(5)
    window.lock()
    for each in qapp.allWidgets():
        if isinstance(each, QPlainTextEdit):
            assert CANARY not in each.toPlainText()
    # Only when the store is closed; its log goes away with it, whenever the sync lets go.
    log = tmp_path / "home" / "office" / "office.store-wal"
    qtbot.waitUntil(lambda: not log.exists(), timeout=20_000)
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".db"]
    assert files
    for path in files:
        content = path.read_bytes()
        assert CANARY.encode() not in content, path.name
        assert CANARY.encode("utf-16-le") not in content, path.name
    qtbot.waitUntil(lambda: window._unlocking.state.live, timeout=10_000)
    window.unlock._password.put(PASSWORD)
    window.unlock._go.click()
    qtbot.waitUntil(lambda: window.shell.state.page is Page.REVIEWS, timeout=20_000)
    assert presenter(ready).editing
    assert page_of(ready).reply.text.toPlainText() == typed
