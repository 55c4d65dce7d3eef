"""The desk's main screen, gesture by gesture."""

from datetime import date

import pytest

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import DiskFull, IllegalStep, StoreBusy
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.choice import OtherTime
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.shared_data import MASK
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.presenters.today import TodayPresenter
from carekraft_desktop.presenters.today_state import TodayState
from carekraft_desktop.value import replace
from tests.fakes.clipboard import FakeClipboard
from tests.fakes.office import ROSA, WHEN, FakeDesk, FakeOffice, at, desk, lakeside
from tests.fakes.timers import FakeTimers


class Screen:
    """A presenter and all it showed."""

    def __init__(self, office: FakeOffice | None = None, staff: Staff = ROSA) -> None:
        self.office = office or lakeside()
        self.desk = desk(staff=staff)
        self.timers = FakeTimers()
        self.clipboard = FakeClipboard()
        self.persons: list[str] = []
        self.shown: list[TodayState] = []
        self.toasts: list[Toast] = []
        self.acted = 0
        self.presenter = TodayPresenter(
            self.desk,
            self.shown.append,
            visits=self.office,
            office=self.office,
            outbox=self.office,
            changes=self.office,
            marks=self.office,
            handover=self.office,
            clipboard=self.clipboard,
            timers=self.timers,
            told=self.toasts.append,
            acted=self._act,
            open_person=self.persons.append,
            when=WHEN,
        )
        self.presenter.refresh()

    def _act(self) -> None:
        self.acted += 1

    @property
    def state(self) -> TodayState:
        return self.shown[-1]

    def facts(self, data: DataClass) -> list[str]:
        assert self.state.detail is not None
        found = next(each for each in self.state.detail.classes if each.data is data)
        return [fact.value for fact in found.facts]

    def actions(self) -> list[Act]:
        assert self.state.detail is not None
        return [action.act for action in self.state.detail.actions]

    def wait(self, minutes: float) -> None:
        fake = self.desk.clock
        assert hasattr(fake, "advance")
        fake.advance(minutes=minutes)


@pytest.fixture
def screen() -> Screen:
    return Screen()


def test_the_day_opens_on_today_with_now_and_the_inbox(screen: Screen) -> None:
    state = screen.state
    assert state.title == "Tuesday, November 24"
    assert state.is_today
    assert state.now == 9 * 60 + 46
    assert state.clock == "09:46"
    assert [row.cells[1].text for row in state.inbox][:2] == ["Julia Sommer", "Mehmet Yilmaz"]
    assert state.inbox_note == "6 to answer, oldest 1 h"
    assert state.hours[0] == "07:00"


def test_days_are_turned_and_home_comes_back(screen: Screen) -> None:
    screen.presenter.days.go(1)
    assert screen.state.title == "Wednesday, November 25"
    assert screen.state.now is None
    other = screen.state
    screen.presenter.days.go_today()
    assert (other.is_today, screen.state.is_today) == (False, True)
    screen.presenter.days.go_to(date(2026, 12, 1))
    assert screen.state.day_note == "No visits on this day"


def test_a_request_opens_with_the_day_it_is_about(screen: Screen) -> None:
    screen.presenter.visit.choose_request("r2")
    assert screen.state.day == date(2026, 11, 25)
    assert screen.actions() == [Act.ACCEPT, Act.PROPOSE, Act.DECLINE]


def test_accepting_shows_at_once_offers_undo_and_opens_the_next(screen: Screen) -> None:
    screen.presenter.visit.choose_request("r1")
    screen.presenter.answers.act(Act.ACCEPT)
    assert ("accept", "r1", "") in screen.office.calls
    assert screen.toasts[-1].words == "Booking accepted"
    assert screen.state.selected == "r2"
    assert len(screen.state.inbox) == 5
    assert screen.acted == 1


def test_undo_puts_it_back(screen: Screen) -> None:
    screen.presenter.visit.choose_request("r1")
    screen.presenter.answers.act(Act.ACCEPT)
    screen.presenter.answers.undo()
    assert screen.toasts[-1].words == "Taken back. Nothing was sent."
    assert len(screen.state.inbox) == 6
    screen.presenter.answers.undo()
    assert len(screen.toasts) == 2


def test_undo_too_late_says_so(screen: Screen) -> None:
    screen.presenter.visit.choose_request("r1")
    screen.presenter.answers.act(Act.ACCEPT)
    screen.office.settle(screen.office.intentions[-1].key, Delivery.APPLIED)
    screen.presenter.answers.undo()
    assert screen.toasts[-1].words == "Too late to undo"


def test_the_last_request_answered_leaves_an_empty_inbox(screen: Screen) -> None:
    for _ in range(6):
        screen.presenter.visit.choose_request(screen.state.inbox[0].key)
        screen.presenter.answers.act(Act.ACCEPT)
    assert screen.state.inbox == ()
    assert screen.state.inbox_empty is not None
    assert screen.state.inbox_note == ""


def test_declining_asks_for_the_reason_first(screen: Screen) -> None:
    screen.presenter.visit.choose_request("r1")
    screen.presenter.answers.act(Act.DECLINE)
    assert screen.state.choice is not None
    assert [option.digit for option in screen.state.choice.options] == list("123456")
    assert screen.state.choice.title == "Decline Julia Sommer"
    screen.presenter.answers.pick(3)
    assert ("decline", "r1", "insurance-not-taken") in screen.office.calls
    assert screen.state.choice is None


def test_back_leaves_the_reasons_then_the_visit(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    screen.presenter.answers.act(Act.CANCEL)
    screen.presenter.visit.close()
    without_reasons = screen.state
    assert without_reasons.choice is None
    assert without_reasons.detail is not None
    screen.presenter.visit.close()
    assert screen.state.detail is None
    assert screen.state.selected == ""


def test_cancelling_takes_a_reason(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    screen.presenter.answers.act(Act.CANCEL)
    screen.presenter.answers.pick(0)
    assert ("cancel", "a5", "provider-away") in screen.office.calls
    assert screen.toasts[-1].words == "Visit cancelled"


def test_a_row_that_is_not_there_is_not_taken(screen: Screen) -> None:
    screen.presenter.answers.pick(0)
    screen.presenter.visit.choose("a5")
    screen.presenter.answers.act(Act.CANCEL)
    screen.presenter.answers.pick(17)
    assert screen.acted == 0


def test_moving_shows_free_times_by_day_and_provider(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    screen.presenter.answers.act(Act.MOVE)
    chosen = screen.state.choice
    assert chosen is not None
    assert chosen.providers[chosen.provider] == "Dr. Amara Osei"
    assert chosen.options[0].text == "08:30 to 09:00"
    assert chosen.options[0].group == "Wed, Nov 25"
    screen.presenter.other_time.choose_provider(3)
    screen.presenter.answers.pick(1)
    assert ("move", "a5", "free-okafor-1-11:00") in screen.office.calls


def test_a_provider_without_free_times_says_so(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    screen.presenter.answers.act(Act.MOVE)
    screen.presenter.other_time.choose_provider(2)
    assert screen.state.choice is not None
    assert screen.state.choice.empty is not None


def test_proposing_asks_the_patient(screen: Screen) -> None:
    screen.presenter.visit.choose_request("r1")
    screen.presenter.answers.act(Act.PROPOSE)
    screen.presenter.answers.pick(0)
    assert screen.toasts[-1].words == "Another time proposed"
    screen.presenter.visit.choose("r1")
    assert screen.state.detail is not None
    assert screen.state.detail.status is Status.OFFERED


def test_an_offer_shows_the_offered_time(screen: Screen) -> None:
    screen.presenter.visit.choose("b5")
    assert screen.state.detail is not None
    values = [fact.value for fact in screen.state.detail.facts]
    assert values[:2] == ["Wed, Nov 25", "14:30 to 15:00 · 30 min"]
    assert "Offered instead of Tue, Nov 24, 10:40" in values


def test_a_key_of_an_act_that_is_not_lawful_does_nothing(screen: Screen) -> None:
    screen.presenter.visit.choose("a1")
    screen.presenter.answers.act(Act.ACCEPT)
    screen.presenter.visit.close()
    screen.presenter.answers.act(Act.ACCEPT)
    assert screen.acted == 0


def test_arrived_can_be_taken_back(screen: Screen) -> None:
    screen.presenter.visit.choose("a3")
    assert screen.state.detail is not None
    action = screen.state.detail.action(Act.ACCEPT)
    assert action is not None
    assert action.label == "Take the mark back"
    screen.presenter.answers.act(Act.ACCEPT)
    assert screen.toasts[-1].words == "Mark taken back"


@pytest.mark.req("REQ-03")
def test_values_are_covered_until_revealed_and_for_a_minute_only(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    assert set(screen.facts(DataClass.CONTACT)) == {MASK}
    screen.presenter.visit.reveal(DataClass.CONTACT)
    assert "312-555-0187" in screen.facts(DataClass.CONTACT)
    assert set(screen.facts(DataClass.DEMOGRAPHIC)) == {MASK}
    assert ("reveal", "a5", DataClass.CONTACT) in screen.office.calls
    screen.timers.advance(59)
    assert "312-555-0187" in screen.facts(DataClass.CONTACT)
    screen.timers.advance(1)
    assert set(screen.facts(DataClass.CONTACT)) == {MASK}


@pytest.mark.req("REQ-03")
def test_masks_return_on_leaving_the_visit(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    screen.presenter.visit.reveal(DataClass.CONTACT)
    screen.presenter.visit.choose("a6")
    screen.presenter.visit.choose("a5")
    assert set(screen.facts(DataClass.CONTACT)) == {MASK}
    assert screen.timers.waiting == 0


def test_hide_covers_at_once(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    screen.presenter.visit.reveal(DataClass.CONTACT)
    screen.presenter.visit.reveal(DataClass.CONTACT)
    assert set(screen.facts(DataClass.CONTACT)) == {MASK}
    screen.presenter.visit.reveal(DataClass.DEMOGRAPHIC)
    screen.presenter.leave()
    assert screen.timers.waiting == 0


@pytest.mark.req("REQ-02", "REQ-03")
def test_the_front_desk_may_not_reveal_medical_data(screen: Screen) -> None:
    screen.presenter.visit.choose("a3")
    assert screen.state.detail is not None
    medical = screen.state.detail.classes[3]
    assert not medical.may_reveal
    screen.presenter.visit.reveal(DataClass.MEDICAL)
    assert screen.state.problem is not None
    assert screen.state.problem.code == "not-permitted"
    assert set(screen.facts(DataClass.MEDICAL)) == {MASK}


def test_a_provider_reads_the_patients_own_words() -> None:
    provider = Staff("2", "a.osei", "Dr. Amara Osei", frozenset({Role.PROVIDER}))
    screen = Screen(staff=provider)
    screen.presenter.visit.choose("a3")
    screen.presenter.visit.reveal(DataClass.MEDICAL)
    assert "Diabetes review, and the results of last week" in screen.facts(DataClass.MEDICAL)


def test_what_is_shared_withheld_withdrawn_or_missing_is_said(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    assert screen.state.detail is not None
    words = [each.sharing for each in screen.state.detail.classes]
    assert words == ["Shared", "Shared", "Withdrawn since Sat, Nov 21", "Withheld"]
    assert screen.state.detail.classes[2].facts == ()
    screen.presenter.visit.choose("r4")
    assert screen.state.detail is not None
    assert {each.sharing for each in screen.state.detail.classes} == {"Not arrived"}


def test_a_withdrawn_class_never_shows_what_is_still_there(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    screen.presenter.visit.reveal(DataClass.INSURANCE)
    assert screen.facts(DataClass.INSURANCE) == []


def test_a_guardian_is_named(screen: Screen) -> None:
    screen.presenter.visit.choose("d1")
    assert screen.state.detail is not None
    assert "Dana Carter" in [fact.value for fact in screen.state.detail.facts]
    screen.presenter.visit.reveal(DataClass.CONTACT)
    assert "312-555-0164" in screen.facts(DataClass.CONTACT)


def test_a_conflict_is_told_on_the_visit_until_read(screen: Screen) -> None:
    screen.presenter.visit.choose("d3")
    assert screen.state.detail is not None
    note = screen.state.detail.notes[0]
    assert note.words == "The patient cancelled this visit at 09:31; your Move was not applied."
    screen.presenter.visit.read_note(note.key)
    assert screen.state.detail.notes == ()


def test_opening_is_journalled_once_however_often_the_minute_passes(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    before = len([call for call in screen.office.calls if call[0] == "card"])
    screen.wait(1)
    screen.presenter.tick()
    screen.presenter.tick()
    screen.presenter.visit.reveal(DataClass.CONTACT)
    assert len([call for call in screen.office.calls if call[0] == "card"]) == before == 1


def test_a_visit_that_was_withdrawn_meanwhile_closes_with_words(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    del screen.office.visits["a5"]
    screen.presenter.refresh()
    assert screen.state.detail is None
    assert screen.state.problem is not None
    assert screen.state.problem.code == "no-longer-there"


def test_a_step_that_is_no_longer_lawful_is_told_in_the_pane(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    screen.office.fails = IllegalStep("arrive")
    screen.presenter.answers.act(Act.ARRIVE)
    assert screen.state.problem is not None
    assert screen.state.detail is not None
    assert screen.acted == 0


def test_a_full_disk_is_told_and_the_old_screen_stays(screen: Screen) -> None:
    blocks = screen.state.blocks
    screen.office.fails = DiskFull()
    screen.presenter.refresh()
    assert screen.state.problem is not None
    assert screen.state.problem.code == "disk-full"
    assert screen.state.blocks == blocks


def test_openings_that_cannot_be_read_are_told(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    screen.office.fails = StoreBusy()
    screen.presenter.answers.act(Act.MOVE)
    assert screen.state.choice is None
    assert screen.state.problem is not None
    assert screen.state.problem.retry


def test_cancelled_visits_come_and_go(screen: Screen) -> None:
    assert screen.state.cancelled == 2
    few = len(screen.state.blocks)
    screen.presenter.days.toggle_cancelled()
    assert len(screen.state.blocks) == few + 2
    screen.presenter.days.toggle_cancelled()
    assert len(screen.state.blocks) == few


def test_after_midnight_today_is_the_new_day(screen: Screen) -> None:
    screen.wait(15 * 60)
    screen.presenter.tick()
    assert screen.state.day == date(2026, 11, 25)
    assert screen.state.is_today


def test_a_role_without_sight_of_patients_sees_why() -> None:
    admin = Staff("3", "it", "Kim", frozenset({Role.IT_ADMINISTRATOR}))
    screen = Screen(staff=admin)
    assert screen.state.day_empty is not None
    assert screen.state.blocks == ()
    assert screen.presenter.count_requests() == 0


def test_an_office_that_has_not_arrived_says_why_it_is_empty() -> None:
    screen = Screen(FakeOffice())
    assert screen.state.day_empty is not None
    assert screen.state.day_empty.title == "No providers yet"


def test_a_privacy_officer_sees_buttons_that_are_not_live() -> None:
    officer = Staff("4", "po", "Pat", frozenset({Role.PRIVACY_OFFICER}))
    screen = Screen(staff=officer)
    screen.presenter.visit.choose("a5")
    assert screen.state.detail is not None
    assert not any(action.live for action in screen.state.detail.actions)
    screen.presenter.answers.act(Act.ARRIVE)
    assert screen.acted == 0


def test_another_spelling_of_times_reaches_every_line(screen: Screen) -> None:
    screen.presenter.respell(OfficeTime.of("America/Chicago", twelve=True))
    assert screen.state.clock == "9:46 AM"
    assert screen.state.inbox[0].cells[2].text == "Tue, Nov 24, 10:00 AM"


def test_a_visit_opened_from_elsewhere_brings_its_day(screen: Screen) -> None:
    screen.presenter.visit.show_visit("r4")
    assert screen.state.day == date(2026, 11, 27)
    assert screen.state.selected == "r4"
    assert isinstance(screen.desk, FakeDesk)


# -- the week and the jump ------------------------------------------------------------------


def weekly(screen: Screen) -> bool:
    return screen.state.week


def test_the_week_is_of_the_open_visits_provider(screen: Screen) -> None:
    screen.presenter.visit.choose("b4")
    screen.presenter.days.toggle_week()
    assert weekly(screen)
    assert screen.state.title == "November 23 to 27"
    assert screen.state.providers[screen.state.who] == "Dr. Lena Fischer"
    assert {block.visit_id[0] for block in screen.state.blocks} == {"b", "r"}
    assert screen.state.now_column == 1
    assert screen.state.is_today
    screen.presenter.days.toggle_week()
    assert not weekly(screen)
    assert len(screen.state.columns) == 4


def test_in_a_week_a_step_is_a_week(screen: Screen) -> None:
    screen.presenter.days.show_week_of(0)
    screen.presenter.days.go(1)
    assert screen.state.title == "November 30 to December 4"
    assert not screen.state.is_today
    assert screen.state.now is None
    assert screen.state.day_note == "No visits in this week"
    screen.presenter.days.go_today()
    assert screen.state.day == date(2026, 11, 24)


def test_one_chord_changes_the_provider_and_another_shows_all(screen: Screen) -> None:
    screen.presenter.days.show_week_of(2)
    assert screen.state.providers[screen.state.who] == "P. Novak, NP"
    screen.presenter.days.show_week_of(1)
    assert screen.state.who == 1
    screen.presenter.days.show_week_of(8)
    assert screen.state.who == 1
    screen.presenter.days.show_everyone()
    assert not weekly(screen)


def test_a_visit_from_elsewhere_brings_the_week_of_its_provider(screen: Screen) -> None:
    screen.presenter.days.show_week_of(0)
    screen.presenter.visit.show_visit("d2")
    assert screen.state.providers[screen.state.who] == "Dr. Samuel Okafor"
    screen.presenter.visit.choose_request("r2")
    assert screen.state.providers[screen.state.who] == "Dr. Lena Fischer"
    assert screen.state.selected == "r2"


def test_without_providers_there_is_no_week() -> None:
    screen = Screen(FakeOffice())
    screen.presenter.days.toggle_week()
    assert not weekly(screen)
    assert screen.state.providers == ()


def test_in_a_week_the_day_moves_on_only_with_the_week(screen: Screen) -> None:
    screen.presenter.days.show_week_of(0)
    screen.presenter.days.go_to(date(2026, 11, 26))
    screen.wait(24 * 60)
    screen.presenter.tick()
    assert screen.state.day == date(2026, 11, 26)
    assert screen.state.now_column == 2
    screen.wait(5 * 24 * 60)
    screen.presenter.tick()
    assert screen.state.title == "November 30 to December 4"


def test_a_day_is_typed_and_gone_to(screen: Screen) -> None:
    screen.presenter.days.ask_day()
    screen.presenter.days.type_day("dec 3")
    assert screen.state.jump is not None
    assert screen.state.jump.reading == "Thursday, December 3, 2026"
    screen.presenter.days.take_day()
    assert screen.state.day == date(2026, 12, 3)
    assert screen.state.jump is None


def test_what_is_no_day_is_said_and_the_field_stays(screen: Screen) -> None:
    screen.presenter.days.ask_day()
    screen.presenter.days.type_day("dec 45")
    screen.presenter.days.take_day()
    assert screen.state.jump is not None
    said = [screen.state.jump.problem]
    screen.presenter.days.type_day("dec 4")
    said.append(screen.state.jump.problem)
    assert said == [wording.NO_SUCH_DAY, ""]
    screen.presenter.visit.choose("a5")
    screen.presenter.visit.close()
    assert screen.shown[-1].jump is None
    assert screen.state.selected == "a5"


# -- moving by hand -------------------------------------------------------------------------


def test_a_held_visit_shows_its_time_in_steps_of_five_minutes(screen: Screen) -> None:
    screen.presenter.hand.drag("a5", 1, 12 * 60 + 33)
    held = screen.state.ghost
    assert held is not None
    assert (held.column, held.start, held.end) == (1, 755, 815)
    assert held.clock == "12:35 to 13:35"
    assert held.clash == ""
    assert held.spoken == held.clock
    assert screen.state.selected == ""


@pytest.mark.parametrize(
    ("column", "minute", "words"),
    [
        (0, 11 * 60, "Overlaps 11:30 to 12:00"),
        (1, 10 * 60 + 30, "Overlaps 10:40 to 11:10"),
        (0, 12 * 60 + 30, wording.CLOSED_THEN),
        (0, 16 * 60 + 30, wording.CLOSED_THEN),
        (0, 9 * 60 + 30, wording.TIME_IS_PAST),
        (3, 14 * 60, ""),
    ],
)
def test_what_is_against_a_time_is_said_before_release(
    screen: Screen, column: int, minute: int, words: str
) -> None:
    screen.presenter.hand.drag("a5", column, minute)
    assert screen.state.ghost is not None
    assert screen.state.ghost.clash == words
    assert "Nguy" not in screen.state.ghost.spoken


def test_on_a_free_time_it_moves_at_once_and_can_be_undone(screen: Screen) -> None:
    screen.presenter.hand.drag("a5", 1, 12 * 60 + 30)
    screen.presenter.hand.drop()
    made = screen.office.intentions[-1]
    assert (made.act, made.provider_id, made.slot_id) == (Act.MOVE, "fischer", "")
    assert made.start == at("12:30")
    assert made.end == at("13:30")
    assert screen.toasts[-1] == Toast("Visit moved", undo=made.key)
    assert screen.state.ghost is None
    assert screen.acted == 1
    screen.presenter.answers.undo(made.key)
    assert ("undo", made.key) in screen.office.calls


def test_a_published_time_is_taken_with_its_slot(screen: Screen) -> None:
    screen.presenter.days.show_week_of(0)
    screen.presenter.hand.drag("a5", 2, 11 * 60)
    assert screen.state.ghost is not None
    assert screen.state.ghost.clock == "Wed, Nov 25, 11:00 to 12:00"
    screen.presenter.hand.drop()
    assert ("move", "a5", "free-osei-1-11:00") in screen.office.calls
    assert screen.office.intentions[-1].end == at("12:00", 1)


def test_on_a_taken_time_a_reason_is_asked_and_stays_in_the_office(screen: Screen) -> None:
    screen.presenter.hand.drag("a5", 1, 10 * 60 + 30)
    screen.presenter.hand.drop()
    asked = screen.state.choice
    assert asked is not None
    assert asked.by_reason
    assert asked.title == "Move Elif Demir to Tue, Nov 24, 10:30"
    assert asked.advice.startswith("Overlaps 10:40 to 11:10. ")
    assert [option.digit for option in asked.options] == ["1", "2", "3", "4", "5"]
    assert screen.state.ghost is not None
    screen.presenter.answers.pick(1)
    assert ("overlap", "a5", "urgent") in screen.office.calls
    made = screen.office.intentions[-1]
    assert (made.act, made.reason, made.provider_id) == (Act.MOVE, "", "fischer")
    assert screen.shown[-1].ghost is None


def test_the_reason_can_be_backed_out_of(screen: Screen) -> None:
    before = len(screen.office.intentions)
    screen.presenter.hand.drag("a5", 1, 10 * 60 + 30)
    screen.presenter.hand.drop()
    screen.presenter.visit.close()
    assert screen.state.choice is None
    assert screen.state.ghost is None
    assert screen.state.selected == "a5"
    assert len(screen.office.intentions) == before


def test_nobody_is_moved_into_the_past_or_to_where_they_are(screen: Screen) -> None:
    before = len(screen.office.intentions)
    screen.presenter.hand.drag("a5", 0, 9 * 60)
    screen.presenter.hand.drop()
    assert screen.toasts[-1].words == wording.TIME_IS_PAST
    screen.presenter.hand.drag("a5", 0, 10 * 60 + 31)
    screen.presenter.hand.drop()
    assert len(screen.toasts) == 1
    assert screen.state.ghost is None
    assert len(screen.office.intentions) == before


def test_keys_move_it_by_five_minutes_and_by_columns(screen: Screen) -> None:
    screen.presenter.hand.nudge("a7", 0, 1)
    screen.presenter.hand.nudge("a7", 0, 1)
    screen.presenter.hand.nudge("a7", 1, 0)
    held = screen.state.ghost
    assert held is not None
    assert (held.column, held.start) == (1, 14 * 60 + 10)
    screen.presenter.hand.nudge("a7", 9, 0)
    screen.presenter.hand.nudge("a7", 0, -1)
    screen.presenter.hand.drop()
    made = screen.office.intentions[-1]
    assert (made.about, made.provider_id, made.start) == ("a7", "okafor", at("14:05"))


@pytest.mark.parametrize("visit", ["a3", "r1", "b5", "d3", "nobody", ""])
def test_only_confirmed_visits_can_be_moved_by_hand(screen: Screen, visit: str) -> None:
    screen.presenter.hand.drag(visit, 0, 14 * 60)
    screen.presenter.hand.nudge(visit, 0, 1)
    screen.presenter.hand.drop()
    assert screen.shown[-1].ghost is None


def test_a_role_that_answers_nothing_moves_nothing() -> None:
    screen = Screen(staff=Staff("s", "p", "P", frozenset({Role.PRIVACY_OFFICER})))
    screen.presenter.hand.drag("a5", 1, 14 * 60)
    assert screen.state.ghost is None


def test_a_held_visit_is_looked_at_anew_when_something_arrives(screen: Screen) -> None:
    screen.presenter.hand.drag("a5", 1, 13 * 60)
    screen.office.book("new", "fischer", "13:00", 30, "Ines Costa")
    screen.presenter.refresh()
    assert screen.state.ghost is not None
    assert screen.state.ghost.clash == "Overlaps 13:00 to 13:30"
    visit = screen.office.visits["a5"]
    screen.office.visits["a5"] = replace(visit, status=Status.CANCELLED)
    screen.presenter.refresh()
    assert screen.shown[-1].ghost is None


def test_another_day_lets_go_of_it(screen: Screen) -> None:
    screen.presenter.hand.drag("a5", 1, 13 * 60)
    screen.presenter.days.go(1)
    assert screen.state.ghost is None


def test_a_failed_move_is_told_and_nothing_is_held(screen: Screen) -> None:
    screen.presenter.hand.drag("a5", 1, 13 * 60)
    screen.office.fails = DiskFull()
    screen.presenter.hand.drop()
    assert screen.state.problem is not None
    assert screen.state.problem.code == "disk-full"
    assert screen.state.ghost is None


# -- another time ---------------------------------------------------------------------------


def other(screen: Screen) -> OtherTime:
    assert screen.state.choice is not None
    assert screen.state.choice.other is not None
    return screen.state.choice.other


def test_a_time_that_nobody_published_is_typed_and_taken(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    screen.presenter.answers.act(Act.MOVE)
    screen.presenter.other_time.type_time("dec 3 14:30")
    assert other(screen).reading == "Thu, Dec 3, 14:30 to 15:30"
    screen.presenter.other_time.take_time()
    made = screen.office.intentions[-1]
    assert (made.act, made.slot_id, made.provider_id) == (Act.MOVE, "", "osei")
    assert made.end is not None
    assert made.start is not None
    assert made.end - made.start == 3600


def test_a_typed_time_that_is_taken_asks_why_also_when_it_is_offered(screen: Screen) -> None:
    screen.presenter.visit.choose_request("r2")
    screen.presenter.answers.act(Act.PROPOSE)
    screen.presenter.other_time.type_time("today 12:00")
    assert other(screen).reading == "Tue, Nov 24, 12:00 to 12:30. Overlaps 11:45 to 12:15"
    screen.presenter.other_time.take_time()
    assert screen.state.choice is not None
    assert screen.state.choice.title == "Offer Mehmet Yilmaz at Tue, Nov 24, 12:00"
    screen.presenter.answers.pick(0)
    assert ("overlap", "r2", "patient-agreed") in screen.office.calls
    assert screen.office.intentions[-1].act is Act.PROPOSE


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("soon", wording.NO_SUCH_TIME), ("", wording.NO_SUCH_TIME), ("9:00", wording.TIME_IS_PAST)],
)
def test_a_time_that_cannot_be_is_said(screen: Screen, typed: str, problem: str) -> None:
    screen.presenter.visit.choose("a5")
    screen.presenter.answers.act(Act.MOVE)
    screen.presenter.other_time.type_time(typed)
    screen.presenter.other_time.take_time()
    assert other(screen).problem == problem


def test_a_typed_time_outlives_the_change_of_provider(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    screen.presenter.answers.act(Act.MOVE)
    screen.presenter.other_time.type_time("12:30")
    screen.presenter.other_time.choose_provider(1)
    assert other(screen).typed == "12:30"
    assert other(screen).reading == "Tue, Nov 24, 12:30 to 13:30"
    screen.presenter.other_time.take_time()
    assert screen.office.intentions[-1].provider_id == "fischer"


# -- what is journalled ---------------------------------------------------------------------


def cards(screen: Screen) -> int:
    return len([call for call in screen.office.calls if call[0] == "card"])


def test_news_of_other_visits_do_not_open_the_card_again(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    screen.office.book("new", "osei", "15:00", 30, "Ines Costa")
    screen.presenter.refresh()
    screen.presenter.refresh()
    assert cards(screen) == 1
    assert "new" in {block.visit_id for block in screen.state.blocks}


def test_news_of_the_open_visit_open_it_again(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    visit = screen.office.visits["a5"]
    screen.office.visits["a5"] = replace(visit, version=4, start=at("15:00"), end=at("15:30"))
    screen.presenter.refresh()
    assert cards(screen) == 2
    assert screen.state.detail is not None
    assert "15:00 to 15:30 · 30 min" in {fact.value for fact in screen.state.detail.facts}
    screen.office.arrive(screen.desk, "a5")
    screen.presenter.refresh()
    assert cards(screen) == 3
    assert screen.state.detail.status is Status.ARRIVED


def test_an_open_visit_that_has_gone_is_closed_by_the_news(screen: Screen) -> None:
    screen.presenter.visit.choose("a5")
    del screen.office.visits["a5"]
    screen.presenter.refresh()
    assert screen.state.detail is None
    assert screen.state.problem is not None
    assert screen.state.problem.code == "no-longer-there"
