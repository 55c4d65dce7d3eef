"""A request that comes while somebody is elsewhere, answered without leaving the page."""

from dataclasses import dataclass, field

import pytest

from carekraft_desktop.domain.acts import Act, Decline
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.domain.visits import Opening, Status
from carekraft_desktop.errors import StoreBusy
from carekraft_desktop.presenters.knock import Knock, KnockState
from carekraft_desktop.presenters.pieces import Toast
from tests.fakes.office import ROSA, WHEN, FakeOffice, at, desk, lakeside

NEAR = ("09:00", "10:15", "10:30", "11:45", "12:00", "12:15", "14:00", "16:30")
"""Free times of the provider whom both requests ask for."""


def free(clock: str) -> Opening:
    return Opening(f"slot-{clock}", "prov-1", at(clock), at(clock) + 900)


def _quiet() -> FakeOffice:
    """The office with nothing booked yet."""
    made = lakeside()
    made.visits.clear()
    made.intentions.clear()
    return made


@dataclass
class Scene:
    """A knock over a fake office, and what it did."""

    staff: Staff = ROSA
    elsewhere: bool = True
    office: FakeOffice = field(default_factory=_quiet)
    shown: list[KnockState | None] = field(default_factory=list)
    told: list[Toast] = field(default_factory=list)
    opened: list[tuple[str, Act | None]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        requested = Status.REQUESTED
        self.office.book("req-2", "prov-1", "14:00", 30, "Bea Lund", requested, asked="09:30")
        self.office.book("req-1", "prov-1", "11:00", 30, "Ana Ruiz", requested, asked="09:05")
        self.knock = Knock(
            desk(staff=self.staff),
            self.shown.append,
            visits=self.office,
            office=self.office,
            when=WHEN,
            elsewhere=lambda: self.elsewhere,
            told=self.told.append,
            acted=lambda: None,
            open_request=lambda visit_id, act: self.opened.append((visit_id, act)),
            seen=lambda place, ids: self.seen.extend(f"{place} {id_}" for id_ in ids),
        )

    @property
    def name(self) -> str:
        state = self.knock.state
        return state.name if state is not None else ""


def test_the_oldest_is_shown_first_and_how_many_wait_behind_it() -> None:
    scene = Scene()
    scene.knock.come({"req-2", "req-1"})
    state = scene.knock.state
    assert state is not None
    assert (state.head, state.name, state.more) == (
        "New request, 41 min",
        "Ana Ruiz",
        "1 more behind it",
    )
    assert "11:00" in state.wants


def test_accepting_takes_it_with_an_undo_and_shows_the_next() -> None:
    scene = Scene()
    scene.knock.come({"req-2", "req-1"})
    scene.knock.accept()
    assert [(i.about, i.act) for i in scene.office.intentions] == [("req-1", Act.ACCEPT)]
    assert scene.told[0].undo == scene.office.intentions[0].key
    assert scene.name == "Bea Lund"
    scene.knock.accept()
    assert scene.knock.state is None
    assert scene.shown[-1] is None


def test_declining_asks_for_the_reason_right_there_and_takes_the_one_with_its_number() -> None:
    scene = Scene()
    scene.knock.come({"req-2", "req-1"})
    scene.knock.ask(Act.DECLINE)
    state = scene.knock.state
    assert state is not None
    assert state.name == "Ana Ruiz"
    assert [each.digit for each in state.answers] == ["1", "2", "3", "4", "5", "6"]
    assert not state.on_its_day
    scene.knock.pick(list(Decline).index(Decline.INSURANCE_NOT_TAKEN))
    (made,) = scene.office.intentions
    assert (made.about, made.act, made.reason) == ("req-1", Act.DECLINE, "insurance-not-taken")
    assert scene.told[0].undo == made.key
    assert scene.name == "Bea Lund"
    assert scene.knock.state is not None
    assert scene.knock.state.ask == ""
    assert scene.opened == []


def test_the_free_times_nearest_to_what_was_asked_for_are_offered_in_their_order() -> None:
    scene = Scene()
    scene.office.free = tuple(free(clock) for clock in NEAR)
    scene.knock.come({"req-1"})  # asks for 11:00
    scene.knock.ask(Act.PROPOSE)
    state = scene.knock.state
    assert state is not None
    assert state.on_its_day
    assert [each.text[-5:] for each in state.answers] == [
        "10:15",
        "10:30",
        "11:45",
        "12:00",
        "12:15",
    ]
    scene.knock.pick(3)
    (made,) = scene.office.intentions
    assert (made.about, made.act, made.start) == ("req-1", Act.PROPOSE, at("12:00"))
    assert scene.knock.state is None


def test_without_a_free_time_that_is_said_and_the_day_is_one_key_away() -> None:
    scene = Scene()
    scene.office.free = ()
    scene.knock.come({"req-1"})
    scene.knock.ask(Act.PROPOSE)
    state = scene.knock.state
    assert state is not None
    assert state.answers == ()
    assert state.ask
    assert state.on_its_day
    scene.knock.pick(0)
    assert scene.office.intentions == []
    scene.knock.on_its_day()
    assert scene.opened == [("req-1", Act.PROPOSE)]
    assert scene.knock.state is None


def test_back_leads_out_of_the_question_and_then_puts_the_request_off() -> None:
    scene = Scene()
    scene.knock.come({"req-2", "req-1"})
    scene.knock.ask(Act.DECLINE)
    scene.knock.back()
    assert scene.knock.state is not None
    assert (scene.name, scene.knock.state.ask) == ("Ana Ruiz", "")
    scene.knock.pick(0)
    assert scene.office.intentions == []  # a number means nothing any more
    scene.knock.back()
    assert scene.name == "Bea Lund"


def test_an_older_request_never_slips_under_an_answer_that_is_being_given() -> None:
    scene = Scene()
    scene.knock.come({"req-2"})
    scene.knock.ask(Act.DECLINE)
    scene.knock.come({"req-1"})
    assert scene.name == "Bea Lund"
    scene.knock.pick(0)
    assert [i.about for i in scene.office.intentions] == ["req-2"]
    assert scene.name == "Ana Ruiz"


def test_a_question_about_what_somebody_else_answered_is_not_asked_of_the_next() -> None:
    scene = Scene()
    scene.knock.come({"req-1", "req-2"})
    scene.knock.ask(Act.DECLINE)
    del scene.office.visits["req-1"]
    scene.knock.look()
    assert scene.name == "Bea Lund"
    scene.knock.pick(0)
    assert scene.office.intentions == []


@pytest.mark.req("REQ-12")
def test_a_name_that_was_shown_is_told_to_the_journal_once() -> None:
    scene = Scene()
    scene.knock.come({"req-1"})
    scene.knock.look()
    assert scene.seen == ["knock req-1"]


@pytest.mark.req("REQ-51")
def test_nothing_shows_where_no_patient_may_be_or_the_inbox_is_seen_anyway() -> None:
    scene = Scene(elsewhere=False)
    scene.knock.come({"req-1"})
    assert scene.shown == []
    assert scene.seen == []
    scene.elsewhere = True
    scene.knock.look()
    assert scene.knock.state is None  # it was told by the alert, and waits in the inbox


def test_going_to_the_inbox_takes_it_away() -> None:
    scene = Scene()
    scene.knock.come({"req-1"})
    scene.elsewhere = False
    scene.knock.look()
    assert scene.shown[-1] is None


def test_whoever_may_not_answer_is_not_asked() -> None:
    scene = Scene(staff=Staff("staff-9", "p.lee", "Pat Lee", frozenset({Role.IT_ADMINISTRATOR})))
    scene.knock.come({"req-1"})
    assert scene.shown == []


def test_what_somebody_else_answered_meanwhile_is_not_shown_any_more() -> None:
    scene = Scene()
    scene.knock.come({"req-1", "req-2"})
    del scene.office.visits["req-1"]
    scene.knock.look()
    assert scene.name == "Bea Lund"


def test_a_failure_is_told_and_the_next_one_is_shown() -> None:
    scene = Scene()
    scene.knock.come({"req-1", "req-2"})
    scene.office.fails = StoreBusy()
    scene.knock.accept()
    assert scene.told[0].words
    assert not scene.told[0].undo
    assert scene.name == "Bea Lund"
