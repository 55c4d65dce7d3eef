"""A request that comes while somebody is elsewhere, answered without leaving the page."""

from dataclasses import dataclass, field

import pytest

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import StoreBusy
from carekraft_desktop.presenters.knock import Knock, KnockState
from carekraft_desktop.presenters.pieces import Toast
from tests.fakes.office import ROSA, WHEN, FakeOffice, desk, lakeside


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


@pytest.mark.parametrize("act", [Act.DECLINE, Act.PROPOSE, None])
def test_what_needs_a_reason_or_a_time_is_asked_where_the_request_is(act: Act | None) -> None:
    scene = Scene()
    scene.knock.come({"req-1"})
    scene.knock.open(act)
    assert scene.opened == [("req-1", act)]
    assert scene.knock.state is None


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
