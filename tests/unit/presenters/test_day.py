"""The day as columns and blocks."""

from datetime import timedelta

from carekraft_desktop.domain.visits import Status
from carekraft_desktop.presenters.day import blocks, columns, extent, mark_of, monday, week
from carekraft_desktop.presenters.pieces import Tone
from carekraft_desktop.value import replace
from tests.fakes.office import DAY, WHEN, FakeOffice, at, desk, lakeside

TODAY = DAY.date()


def seen(office: FakeOffice) -> tuple:  # type: ignore[type-arg]
    return office.day(desk(), *WHEN.span(TODAY))


def test_a_column_for_each_provider_with_the_number_of_visits() -> None:
    office = lakeside()
    shown = columns(office.staffed, seen(office), TODAY)
    assert [column.name for column in shown][:2] == ["Dr. Amara Osei", "Dr. Lena Fischer"]
    assert shown[0].subtitle == "Family medicine · 8 visits"


def test_lunch_and_night_are_closed() -> None:
    office = lakeside()
    column = columns(office.staffed, (), TODAY)[0]
    assert column.closed == ((0, 480), (720, 780), (1020, 1440))


def test_someone_who_left_is_shown_only_while_visits_remain() -> None:
    office = lakeside()
    office.staffed = (replace(office.staffed[0], active=False), *office.staffed[1:])
    assert columns(office.staffed, seen(office), TODAY)[0].provider_id == "osei"
    assert columns(office.staffed, (), TODAY)[0].provider_id == "fischer"


def test_a_visit_of_a_provider_nobody_knows_gets_a_column_of_its_own() -> None:
    office = lakeside()
    office.staffed = office.staffed[1:]
    shown = columns(office.staffed, seen(office), TODAY)
    assert shown[-1].provider_id == "osei"
    assert shown[-1].name == "Other provider"


def test_cancelled_visits_are_left_out_until_asked_for() -> None:
    office = lakeside()
    visits = seen(office)
    shown = columns(office.staffed, visits, TODAY)
    args = {"when": WHEN, "now": at("09:46")}
    without = blocks(visits, shown, **args, cancelled=False)  # type: ignore[arg-type]
    with_them = blocks(visits, shown, **args, cancelled=True)  # type: ignore[arg-type]
    assert {b.visit_id for b in with_them} - {b.visit_id for b in without} == {"c6", "d3"}
    assert all(b.struck for b in with_them if b.visit_id == "d3")


def test_a_waiting_act_is_said_in_words() -> None:
    office = lakeside()
    visits = seen(office)
    shown = columns(office.staffed, visits, TODAY)
    placed = blocks(visits, shown, when=WHEN, now=at("09:46"), cancelled=False)
    block = next(b for b in placed if b.visit_id == "b3")
    assert block.pending == "Waiting to send"
    assert (
        "Samuel Grant, 09:50 to 10:30, Dr. Lena Fischer, Arrived, Waiting to send" in block.spoken
    )


def test_late_is_said_after_five_minutes_and_unmarked_after_the_end() -> None:
    office = FakeOffice()
    office.book("v", "osei", "10:00", 30, "Maria Keller")
    visit = seen(office)[0]
    assert mark_of(visit, at("10:04")).tone is Tone.CONFIRMED
    assert mark_of(visit, at("10:05")).word == "Late"
    assert mark_of(visit, at("10:31")).word == "Arrival not marked"


def test_a_request_whose_time_has_passed_says_so() -> None:
    office = FakeOffice()
    office.book("v", "osei", "10:00", 30, "Maria Keller", Status.REQUESTED)
    assert mark_of(seen(office)[0], at("10:00")).word == "Time has passed"


def test_a_name_that_has_not_arrived_is_not_left_blank() -> None:
    office = lakeside()
    office.patients.clear()
    visits = seen(office)
    shown = columns(office.staffed, visits, TODAY)
    placed = blocks(visits, shown, when=WHEN, now=at("09:46"), cancelled=False)
    assert {block.name for block in placed} == {"Name not arrived yet"}


def test_a_visit_over_midnight_ends_with_the_day() -> None:
    office = FakeOffice()
    office.book("v", "osei", "23:30", 120, "Maria Keller")
    visits = seen(office)
    placed = blocks(visits, columns((), visits, TODAY), when=WHEN, now=0, cancelled=False)
    assert (placed[0].start, placed[0].end) == (1410, 1440)


def test_the_paper_reaches_from_the_first_hour_to_the_last() -> None:
    office = lakeside()
    shown = columns(office.staffed, (), TODAY)
    assert extent(shown, ()) == (420, 1080)
    assert extent((), ()) == (420, 1140)


def test_a_week_has_a_column_for_each_working_day_and_marks_today() -> None:
    office = lakeside()
    first = monday(TODAY)
    visits = office.day(desk(), WHEN.midnight(first), WHEN.midnight(first + timedelta(days=7)))
    shown = week(office.staffed[0], visits, first, today=TODAY, when=WHEN)
    assert [column.name for column in shown] == [
        "Mon, Nov 23",
        "Tue, Nov 24",
        "Wed, Nov 25",
        "Thu, Nov 26",
        "Fri, Nov 27",
    ]
    assert [column.is_today for column in shown] == [False, True, False, False, False]
    assert [column.subtitle for column in shown][1] == "8 visits"
    placed = blocks(visits, shown, when=WHEN, now=at("09:46"), cancelled=False)
    assert {block.visit_id: block.column for block in placed}["r4"] == 4
    assert "c1" not in {block.visit_id for block in placed}
    found = next(block for block in placed if block.visit_id == "r4")
    assert found.spoken == "David Cohen, 09:15 to 09:45, Friday, November 27, To be answered"


def test_a_day_off_is_shown_when_somebody_is_booked_on_it() -> None:
    office = lakeside()
    office.book("sat", "osei", "10:00", 30, "Igor Blum", day=4)
    visits = (office._seen(office.visits["sat"]),)
    shown = week(office.staffed[0], visits, monday(TODAY), today=TODAY, when=WHEN)
    assert [column.name for column in shown][5:] == ["Sat, Nov 28"]
    assert shown[5].closed == ((0, 1440),)


def test_a_visit_over_midnight_stands_in_its_first_day_only() -> None:
    office = lakeside()
    office.book("late", "osei", "23:30", 60, "Igor Blum")
    visits = (office._seen(office.visits["late"]),)
    shown = week(office.staffed[0], visits, monday(TODAY), today=TODAY, when=WHEN)
    placed = blocks(visits, shown, when=WHEN, now=0, cancelled=False)
    assert [(block.column, block.start, block.end) for block in placed] == [(1, 1410, 1440)]


def test_a_day_that_has_an_hour_less_keeps_its_wall_clock() -> None:
    office = lakeside()
    spring = TODAY.replace(year=2027, month=3, day=14)
    begin = WHEN.midnight(spring) + 9 * 3600
    office.book("dst", "osei", "10:00", 30, "Igor Blum")
    visit = replace(office.visits["dst"], start=begin, end=begin + 1800)
    shown = week(office.staffed[0], (office._seen(visit),), monday(spring), today=TODAY, when=WHEN)
    placed = blocks((office._seen(visit),), shown, when=WHEN, now=0, cancelled=False)
    assert (placed[0].column, placed[0].start) == (5, 600)
