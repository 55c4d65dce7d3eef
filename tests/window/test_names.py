"""Long names, names from the right, names with marks over marks: whole somewhere on every page."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.patients import Patient
from carekraft_desktop.presenters.lists import Tab
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.value import replace
from tests.fakes.office import FakeOffice, lakeside, with_calls, with_news
from tests.staged import Stage
from ui.theme import Theme
from ui.widgets.parts import Elided
from ui.widgets.rows import Rows

NAMES = (
    "Maximiliana-Alexandrina Wolfeschlegelsteinhausenbergerdorff X",
    "عبد الرحمن بن محمد بن أحمد الأندلسي الغرناطي القرطبي المغربي",
    "Z̷̧̛a̴͉͂l̵̰̾g̶̙̈́o̴̬͝ Q̴u̵̞̒ë́̈́r̶̲͑",
    "שרה־רבקה בת־שבע כהן־לוי",
    "อัครวินท์ กฤษณพงศ์ภูมิพัฒน์",
    "अनुष्का राधाकृष्णन्",
)


def named(name: str) -> FakeOffice:
    """Everybody of the office is called that."""
    office = with_calls(with_news(lakeside()))
    office.patients = {
        key: replace(patient, name=name, sort_name=name) for key, patient in office.patients.items()
    }
    return office


def whole(office: FakeOffice, patient: str = "pat-a5") -> Patient:
    return office.patients[patient]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_whole_in_every_list_and_head(theme: Theme, qtbot: QtBot, name: str) -> None:
    stage = Stage(theme, named(name))
    qtbot.addWidget(stage.frame)
    stage.frame.resize(1100, 760)
    stage.frame.show()
    stage.today.visit.choose("a5")
    QApplication.processEvents()
    assert name in [each.words for each in stage.frame.findChildren(Elided) if each.isVisible()]
    assert name in told(stage.frame.today.inbox)
    stage.shell_state(page=Page.LISTS)
    for tab in Tab:
        stage.lists.go(tab)
        QApplication.processEvents()
        assert name in told(stage.lists_page.rows[tab])
    stage.shell_state(page=Page.PERSON)
    stage.person.open(whole(stage.office).id)
    assert stage.person_page._name.words == name
    stage.shell_state(page=Page.OUTBOX)
    stage.outbox.refresh()
    assert name in told(stage.outbox_page.rows)


def told(rows: Rows) -> set[str]:
    """What the list's tips say: all of a cell, however little of it there was room for."""
    from PySide6.QtCore import Qt

    model = rows.model()
    return {
        str(model.data(model.index(row, column), Qt.ItemDataRole.ToolTipRole))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_name_never_makes_the_window_wider(theme: Theme, qtbot: QtBot, name: str) -> None:
    short, long = Stage(theme, named("Bo")), Stage(theme, named(name))
    for stage in (short, long):
        qtbot.addWidget(stage.frame)
        stage.today.visit.choose("a5")
    assert long.frame.minimumSizeHint().width() == short.frame.minimumSizeHint().width()
