"""Today: gestures reach the presenter, states reach the pixels and the accessible names."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.value import replace
from tests.fakes.office import FakeOffice
from tests.staged import Stage
from ui.theme import Theme
from ui.widgets.sidebar import Place

OTHER_DAY = date(2026, 12, 3)


@pytest.fixture
def stage(theme: Theme, qtbot: QtBot) -> Stage:
    found = Stage(theme)
    qtbot.addWidget(found.frame)
    found.frame.resize(1440, 900)
    with qtbot.waitActive(found.frame):
        found.frame.show()
    found.frame.setFocus()
    return found


def test_a_click_on_a_visit_opens_it(stage: Stage, qtbot: QtBot) -> None:
    calendar = stage.frame.today.calendar
    number = next(n for n, each in enumerate(calendar.placed) if each.block.visit_id == "b3")
    middle = calendar.block_rect(number).center()
    qtbot.mouseClick(calendar.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert stage.today.state.selected == "b3"
    assert stage.frame.today.pane.isVisible()


def test_a_click_beside_every_visit_opens_none(stage: Stage, qtbot: QtBot) -> None:
    view = stage.frame.today.calendar.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(3, 200))
    assert stage.today.state.selected == ""


def test_the_day_is_walked_and_opened_by_keys_alone(stage: Stage, qtbot: QtBot) -> None:
    calendar = stage.frame.today.calendar
    calendar.setFocus(Qt.FocusReason.TabFocusReason)
    assert calendar.here == "a1"
    qtbot.keyClick(calendar, Qt.Key.Key_Down)
    assert calendar.here == "a2"
    qtbot.keyClick(calendar, Qt.Key.Key_Right)
    assert calendar.here == "b1"
    qtbot.keyClick(calendar, Qt.Key.Key_Left)
    qtbot.keyClick(calendar, Qt.Key.Key_Return)
    assert stage.today.state.selected != ""
    qtbot.keyClick(calendar, Qt.Key.Key_PageDown)
    assert stage.today.state.title == "Wednesday, November 25"
    qtbot.keyClick(calendar, Qt.Key.Key_Home)
    assert stage.today.state.is_today


def test_in_right_to_left_the_right_arrow_leads_to_the_column_at_the_right(
    stage: Stage, qtbot: QtBot
) -> None:
    calendar = stage.frame.today.calendar
    calendar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    calendar.here = "b1"
    qtbot.keyClick(calendar, Qt.Key.Key_Right)
    here = next(n for n, each in enumerate(calendar.placed) if each.block.visit_id == calendar.here)
    there = next(n for n, each in enumerate(calendar.placed) if each.block.visit_id == "b1")
    assert calendar.block_rect(here).left() > calendar.block_rect(there).left()


def test_one_key_accepts_and_the_next_request_opens(stage: Stage, qtbot: QtBot) -> None:
    inbox = stage.frame.today.inbox
    inbox.setFocus()
    stage.today.visit.choose_request("r1")
    qtbot.keyClick(inbox, Qt.Key.Key_A)
    assert ("accept", "r1", "") in stage.office.calls
    assert stage.today.state.selected == "r2"
    qtbot.keyClick(inbox, Qt.Key.Key_Z)
    assert stage.toasts[-1].words.startswith("Taken back")


def test_a_reason_is_taken_by_its_number(stage: Stage, qtbot: QtBot) -> None:
    stage.frame.today.inbox.setFocus()
    stage.today.visit.choose_request("r1")
    qtbot.keyClick(stage.frame.today.inbox, Qt.Key.Key_D)
    choice = stage.frame.today.choice
    assert choice.list.hasFocus()
    qtbot.keyClick(choice.list, Qt.Key.Key_2)
    assert ("decline", "r1", "not-taking-patients") in stage.office.calls


def test_enter_takes_a_time_and_escape_goes_back(stage: Stage, qtbot: QtBot) -> None:
    stage.today.visit.choose("a5")
    stage.today.answers.act(Act.MOVE)
    choice = stage.frame.today.choice
    qtbot.keyClick(choice.list, Qt.Key.Key_Escape)
    assert stage.today.state.choice is None
    stage.today.answers.act(Act.MOVE)
    qtbot.keyClick(choice.list, Qt.Key.Key_Return)
    assert ("move", "a5", "free-osei-1-08:30") in stage.office.calls


def test_the_buttons_are_those_that_are_lawful(stage: Stage, qtbot: QtBot) -> None:
    stage.today.visit.choose("a5")
    shown = [b for b in stage.frame.today.pane.findChildren(QPushButton) if b.isVisible()]
    names = [b.accessibleName() for b in shown if b.accessibleName() and "Reveal" not in b.text()]
    assert names == ["Mark arrived", "Move", "Cancel visit"]
    arrive = next(b for b in shown if b.accessibleName() == "Mark arrived")
    assert arrive.toolTip() == "Mark arrived (V)"
    qtbot.mouseClick(arrive, Qt.MouseButton.LeftButton)
    assert ("arrive", "a5", "") in stage.office.calls


def test_the_painted_day_can_be_read_by_a_screen_reader(stage: Stage) -> None:
    calendar = stage.frame.today.calendar
    QAccessible.setActive(True)
    found = QAccessible.queryAccessibleInterface(calendar)
    assert found.role() is QAccessible.Role.List
    assert found.childCount() == len(calendar.placed)
    names = [found.child(n).text(QAccessible.Text.Name) for n in range(found.childCount())]
    assert "Maria Keller, 08:00 to 08:30, Dr. Amara Osei, Completed" in names
    assert found.child(0).role() is QAccessible.Role.ListItem
    assert not found.child(0).rect().isEmpty()
    stage.today.visit.choose("a1")
    assert found.child(0).state().selected
    QAccessible.setActive(False)


def test_a_status_reaches_the_pixels(stage: Stage, theme: Theme) -> None:
    calendar = stage.frame.today.calendar
    number = next(n for n, each in enumerate(calendar.placed) if each.block.visit_id == "a3")
    rect = calendar.block_rect(number)
    image = calendar.viewport().grab().toImage()
    assert (
        image.pixelColor(rect.left() + 2, rect.center().y()).name().upper()
        == theme.tokens.arrived.bar
    )
    assert (
        image.pixelColor(rect.right() - 4, rect.bottom() - 5).name().upper()
        == theme.tokens.arrived.fill
    )


def test_an_empty_office_says_why(theme: Theme, qtbot: QtBot) -> None:
    stage = Stage(theme, FakeOffice())
    qtbot.addWidget(stage.frame)
    stage.frame.show()
    assert not stage.frame.today.calendar.isVisible()
    texts = {
        label.text() for label in stage.frame.today.findChildren(type(stage.frame.today._title))
    }
    assert "No providers yet" in texts


def test_in_a_narrow_window_the_visit_and_the_day_take_turns(stage: Stage, qtbot: QtBot) -> None:
    stage.frame.resize(760, 700)
    page = stage.frame.today
    assert page.calendar.isVisible()
    page.calendar.setFocus()
    stage.today.visit.choose("a5")
    assert not page.calendar.isVisible()
    assert page.pane.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.calendar.isVisible()


def test_forgetting_leaves_nothing_painted(stage: Stage) -> None:
    calendar = stage.frame.today.calendar
    calendar.forget()
    assert calendar.placed == ()
    assert QAccessible.queryAccessibleInterface(calendar).childCount() == 0


def test_a_chord_shows_a_providers_week_and_another_all_of_them(stage: Stage, qtbot: QtBot) -> None:
    calendar = stage.frame.today.calendar
    calendar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(calendar, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert stage.today.state.week
    assert calendar.accessibleName() == "Week of Dr. Lena Fischer"
    assert stage.frame.today._who.currentText() == "Dr. Lena Fischer"
    qtbot.keyClick(calendar, Qt.Key.Key_PageDown)
    assert stage.today.state.title == "November 30 to December 4"
    qtbot.keyClick(calendar, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert calendar.accessibleName() == "Day by provider"
    qtbot.keyClick(calendar, Qt.Key.Key_W)
    assert stage.today.state.week


def test_a_day_is_typed_after_g(stage: Stage, qtbot: QtBot) -> None:
    page = stage.frame.today
    page.calendar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.calendar, Qt.Key.Key_G)
    assert page.jump.hasFocus()
    qtbot.keyClicks(page.jump, "+2w")
    assert page._reading.words == "Tuesday, December 8, 2026"
    qtbot.keyClick(page.jump, Qt.Key.Key_Return)
    assert stage.today.state.title == "Tuesday, December 8"
    assert page.calendar.hasFocus()
    qtbot.keyClick(page.calendar, Qt.Key.Key_G)
    qtbot.keyClick(page.jump, Qt.Key.Key_Escape)
    assert not page.jump.isVisible()
    assert page.calendar.hasFocus()


def test_today_is_marked_in_the_week(stage: Stage, theme: Theme) -> None:
    stage.today.days.show_week_of(0)
    calendar = stage.frame.today.calendar
    grid = calendar._grid()
    image = calendar.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    y = round((grid.head - theme.px(6)) * ratio)
    seen = [
        image.pixelColor(round((calendar._column_x(grid, n) + grid.column - 8) * ratio), y)
        .name()
        .upper()
        for n in range(3)
    ]
    assert seen == [theme.tokens.surface, theme.tokens.soft, theme.tokens.surface]


def place_of(stage: Stage, visit_id: str) -> QPoint:
    calendar = stage.frame.today.calendar
    number = next(n for n, each in enumerate(calendar.placed) if each.block.visit_id == visit_id)
    return calendar.block_rect(number).center()


def test_a_visit_is_dragged_to_a_free_time(stage: Stage, qtbot: QtBot) -> None:
    calendar = stage.frame.today.calendar
    view, grid = calendar.viewport(), calendar._grid()
    start = place_of(stage, "b4")
    end = QPoint(round(start.x() + 2 * grid.column), round(start.y() + grid.hour * 1.5))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, QPoint(start.x() + 2, start.y()))
    drag(view, end)
    held = stage.today.state.ghost
    assert held is not None
    assert (held.column, held.start) == (3, 12 * 60 + 10)
    assert stage.office.intentions[-1].about != "b4"
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    made = stage.office.intentions[-1]
    assert (made.about, made.provider_id) == ("b4", "okafor")
    assert stage.toasts[-1].undo == made.key


def drag(view: QWidget, to: QPoint) -> None:
    """Qt's own test mouse moves without a pressed button."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(to),
        QPointF(view.mapToGlobal(to)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view, event)


def test_escape_during_a_drag_calls_it_off(stage: Stage, qtbot: QtBot) -> None:
    calendar = stage.frame.today.calendar
    calendar.setFocus()
    before = len(stage.office.intentions)
    start = place_of(stage, "b4")
    qtbot.mousePress(calendar.viewport(), Qt.MouseButton.LeftButton, pos=start)
    drag(calendar.viewport(), start + QPoint(0, 120))
    qtbot.keyClick(calendar, Qt.Key.Key_Escape)
    assert stage.today.state.ghost is None
    qtbot.mouseRelease(calendar.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert len(stage.office.intentions) == before
    assert stage.today.state.selected == ""


def test_a_taken_time_turns_to_the_warning_look_before_release(
    stage: Stage, theme: Theme, qtbot: QtBot
) -> None:
    calendar = stage.frame.today.calendar
    start, end = place_of(stage, "b4"), place_of(stage, "c5")
    qtbot.mousePress(calendar.viewport(), Qt.MouseButton.LeftButton, pos=start)
    drag(calendar.viewport(), end)
    held = stage.today.state.ghost
    assert held is not None
    assert held.clash
    rect = calendar._ghost_rect(held)
    image = calendar.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    colour = image.pixelColor(round((rect.right() - 6) * ratio), round((rect.bottom() - 6) * ratio))
    assert colour.name().upper() == theme.tokens.warn.fill
    qtbot.mouseRelease(calendar.viewport(), Qt.MouseButton.LeftButton, pos=end)
    choice = stage.frame.today.choice
    assert choice.list.hasFocus()
    qtbot.keyClick(choice.list, Qt.Key.Key_1)
    assert ("overlap", "b4", "patient-agreed") in stage.office.calls


def test_shift_and_arrows_hold_a_visit_and_enter_puts_it_there(stage: Stage, qtbot: QtBot) -> None:
    calendar = stage.frame.today.calendar
    calendar.setFocus(Qt.FocusReason.TabFocusReason)
    calendar.here = "a7"
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(calendar, Qt.Key.Key_Down, shift)
    qtbot.keyClick(calendar, Qt.Key.Key_Right, shift)
    qtbot.keyClick(calendar, Qt.Key.Key_Escape)
    assert stage.today.state.ghost is None
    qtbot.keyClick(calendar, Qt.Key.Key_Down, shift)
    qtbot.keyClick(calendar, Qt.Key.Key_Return)
    assert stage.office.intentions[-1].about == "a7"
    assert stage.toasts[-1].words == "Visit moved"


def test_while_a_visit_is_held_a_narrow_window_shows_the_day(stage: Stage, qtbot: QtBot) -> None:
    stage.frame.resize(760, 700)
    stage.today.visit.choose("a7")
    stage.today.hand.nudge("a7", 0, 1)
    assert stage.frame.today.calendar.isVisible()
    stage.today.visit.close()
    assert not stage.frame.today.calendar.isVisible()


def test_a_digit_in_the_list_of_times_begins_a_time(stage: Stage, qtbot: QtBot) -> None:
    stage.today.visit.choose("a5")
    stage.today.answers.act(Act.MOVE)
    choice = stage.frame.today.choice
    assert choice.list.hasFocus()
    qtbot.keyClick(choice.list, Qt.Key.Key_1)
    assert choice.other.input.hasFocus()
    qtbot.keyClicks(choice.other.input, "5:00")
    assert choice.other.text == "15:00"
    qtbot.keyClick(choice.other.input, Qt.Key.Key_Return)
    assert stage.office.intentions[-1].about == "a5"


def test_where_nothing_is_published_the_keyboard_begins_in_the_field(stage: Stage) -> None:
    stage.office.free = ()
    stage.today.visit.choose("a5")
    stage.today.answers.act(Act.MOVE)
    assert stage.frame.today.choice.other.input.hasFocus()


def test_tab_through_the_inbox_opens_nobodys_visit(stage: Stage, qtbot: QtBot) -> None:
    stage.today.visit.choose("a5")
    page = stage.frame.today
    page.calendar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.calendar, Qt.Key.Key_Tab)
    assert page.inbox.hasFocus()
    assert stage.today.state.selected == "a5"
    assert stage.office.calls.count(("card", "r1")) == 0
    qtbot.keyClick(page.inbox, Qt.Key.Key_Return)
    assert stage.today.state.selected == "r1"


def test_the_key_to_the_inbox_opens_its_oldest_request(stage: Stage, qtbot: QtBot) -> None:
    page = stage.frame.today
    page.calendar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.calendar, Qt.Key.Key_I)
    assert page.inbox.hasFocus()
    assert stage.today.state.selected == "r1"


def test_a_click_on_the_page_one_is_on_leaves_it_marked(stage: Stage, qtbot: QtBot) -> None:
    place = next(p for p in stage.frame.findChildren(Place) if p.text() == "Today")
    qtbot.mouseClick(place, Qt.MouseButton.LeftButton)
    assert place.isChecked()


def test_at_the_lower_edge_the_day_scrolls_under_the_held_visit(stage: Stage, qtbot: QtBot) -> None:
    calendar = stage.frame.today.calendar
    view, bar = calendar.viewport(), calendar.verticalScrollBar()
    start = place_of(stage, "b4")
    foot = QPoint(start.x(), view.height() - 3)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    held: list[int] = []
    places = [bar.value()]
    for shift in (0, 1):
        drag(view, foot - QPoint(shift, 0))
        assert stage.today.state.ghost is not None
        held.append(stage.today.state.ghost.start)
        places.append(bar.value())
    assert places[0] < places[1] < places[2]
    assert held[0] < held[1]
    qtbot.keyClick(calendar, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=foot)


def test_who_was_found_on_another_day_is_in_sight_there(stage: Stage) -> None:
    calendar = stage.frame.today.calendar
    stage.frame.resize(1440, 500)
    latest = max(calendar.placed, key=lambda each: each.block.start).block.visit_id
    there = stage.today.state
    stage.frame.today.show_state(replace(there, columns=(), blocks=(), selected=""))
    # The person is chosen first, their day comes after.
    elsewhere = replace(there, columns=tuple(replace(c, day=OTHER_DAY) for c in there.columns))
    stage.frame.today.show_state(replace(elsewhere, blocks=(), selected=latest))
    stage.frame.today.show_state(replace(there, selected=latest))
    number = next(n for n, each in enumerate(calendar.placed) if each.block.visit_id == latest)
    rect = calendar.block_rect(number)
    assert 0 < rect.top() < rect.bottom() < calendar.viewport().height()
