"""The people's page: what is typed reaches the presenter, and no password stays in the form."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters import wording_people as words
from tests.fakes.people import FakePeople
from tests.staged_people import staged_people
from ui.theme import Theme


def test_a_colleague_is_typed_in_by_keys_alone(theme: Theme, qtbot: QtBot) -> None:
    people = FakePeople()
    page, _presenter = staged_people(theme, people)
    qtbot.addWidget(page)
    page.show()
    for field, typed in (
        (page.display, "Ada Osei"),
        (page.name, "a.osei"),
        (page.password, "river-lamp-42"),
        (page.again, "river-lamp-42"),
    ):
        qtbot.keyClicks(field.input, typed)
    qtbot.keyClick(page.roles[Role.REPLY_AUTHOR], Qt.Key.Key_Space)
    qtbot.keyClick(page.again.input, Qt.Key.Key_Return)
    (came,) = people.came
    assert (came.display, came.name, came.roles) == (
        "Ada Osei",
        "a.osei",
        frozenset({Role.REPLY_AUTHOR}),
    )
    left = (page.display, page.name, page.password, page.again, page.code)
    assert {field.text for field in left} == {""}
    assert not page.roles[Role.REPLY_AUTHOR].isChecked()
    assert not page.code.isVisible()


def test_without_a_keyring_the_workstation_code_is_asked_for(theme: Theme, qtbot: QtBot) -> None:
    page, _presenter = staged_people(theme, FakePeople(needs_code=True))
    qtbot.addWidget(page)
    page.show()
    assert page.code.isVisible()
    assert page.password._below.text() == words.LENGTH_ALONE
