"""One's own way in, a colleague's, and the office's keys, gesture by gesture."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.domain.emergencies import Reason
from carekraft_desktop.domain.leaving import Cause, Chore
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import LastOfficer, WeakPassword, WeakPin, WrongRecoveryKey
from carekraft_desktop.presenters import wording_access, wording_lock, wording_own
from carekraft_desktop.presenters import wording_colleague as words
from carekraft_desktop.presenters.access_keys import AccessPresenter, AccessState
from carekraft_desktop.presenters.colleague import ColleaguePresenter, ColleagueState, Renewal
from carekraft_desktop.presenters.own import OwnPresenter, OwnState
from carekraft_desktop.presenters.tasks import InlineRunner, Outcome, attempt
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.value import replace
from tests.fakes.keeping import PAPER, FakeAccess, FakeOwn
from tests.fakes.office import ROSA, WHEN, desk
from tests.fakes.people import FakePeople
from tests.fakes.timers import FakeTimers

PROOF = StepUp(ROSA, 0)
T = TypeVar("T")


def proved(_why: str, do: Callable[[StepUp | None], None]) -> None:
    """The password is right at once."""
    do(PROOF)


def own(fake: FakeOwn, role: Role = Role.FRONT_DESK) -> OwnPresenter:
    at = desk("12:00", replace(ROSA, roles=frozenset({role})))
    states: list[OwnState] = []
    made = OwnPresenter(
        at,
        states.append,
        own=fake,
        runner=InlineRunner(),
        broken=lambda reason, proof: fake.did.append((reason, proof)),
        again=proved,
    )
    made.refresh()
    return made


def test_a_pin_is_kept_with_the_proof_and_given_up_again() -> None:
    fake = FakeOwn()
    page = own(fake)
    page.choose_pin("493817", "493818")
    assert page.state.problem is not None
    assert page.state.problem.title == wording_lock.PIN_NOT_THE_SAME
    page.choose_pin("493817", "493817")
    assert fake.did == [("pin", PROOF)]
    assert (page.state.has_pin, page.state.said) == (True, wording_lock.PIN_KEPT)
    page.give_up_pin()
    assert not page.state.has_pin


def test_a_weak_pin_says_why_beside_its_field() -> None:
    page = own(FakeOwn(refuses=WeakPin("too-simple")))
    page.choose_pin("123456", "123456")
    assert page.state.problem is not None
    assert (page.state.beside, page.state.problem.code) == ("pin", "weak-pin")


@pytest.mark.req("REQ-33")
def test_req_33_the_own_password_is_changed_with_the_old_one_and_without_games() -> None:
    fake = FakeOwn()
    page = own(fake)
    page.change_password("old", "several words together", "several words togethr", "")
    assert fake.did == []
    page.change_password("old", "several words together", "several words together", "")
    assert fake.did == [("password", "old", "several words together", "")]
    assert page.state.said == wording_own.WORD_CHANGED
    refused = own(FakeOwn(refuses=WeakPassword("well-known")))
    refused.change_password("old", "password1", "password1", "")
    assert refused.state.problem is not None
    assert (refused.state.busy, refused.state.beside) == ("", "word")


@pytest.mark.req("REQ-25")
def test_req_25_what_is_due_is_confirmed_one_by_one() -> None:
    page = own(FakeOwn())
    page.confirm(Subject.TRAINING)
    assert page.state.due == (Subject.POLICY, Subject.TERMS)


@pytest.mark.req("REQ-21")
def test_req_21_an_emergency_needs_a_reason_and_a_role() -> None:
    fake = FakeOwn()
    page = own(fake)
    page.break_glass(Reason.DISASTER)
    assert fake.did == []
    page.ask_reason(on=True)
    page.break_glass(Reason.DISASTER)
    assert fake.did == [(Reason.DISASTER, PROOF)]
    author = own(FakeOwn(), Role.REPLY_AUTHOR)
    author.ask_reason(on=True)
    assert not author.state.breaking


class Slow:
    """A runner that works when it is told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def submit(self, work: Callable[[], T], report: Callable[[Outcome[T]], None]) -> None:
        self.waiting.append(lambda: report(attempt(work)))

    def go(self) -> None:
        self.waiting.pop(0)()


def colleague(
    people: FakePeople, who: str = "staff-2", runner: Slow | None = None
) -> tuple[ColleaguePresenter, FakeTimers, list[str]]:
    timers, changes = FakeTimers(), list[str]()
    states: list[ColleagueState] = []
    officer = replace(ROSA, roles=frozenset({Role.PRIVACY_OFFICER}))
    made = ColleaguePresenter(
        desk("12:00", officer),
        states.append,
        people=people,
        runner=runner or InlineRunner(),
        timers=timers,
        when=WHEN,
        changed=lambda: changes.append("again"),
        again=proved,
    )
    chosen = next(each for each in people.there if each.id == who)
    made.choose(chosen, needs_code=False)
    return made, timers, changes


def test_how_a_colleague_stands_is_told_in_words() -> None:
    pane, _, _ = colleague(FakePeople())
    facts = dict(pane.state.facts)
    assert facts[words.LAST] == "Tue, Nov 24, 08:02. 2 wrong passwords since then"
    assert facts[words.CONFIRMED] == words.UNCONFIRMED[Subject.TRAINING]
    assert pane.state.deeds == ("renew", "leave")
    locked, _, _ = colleague(FakePeople(), "staff-3")
    assert locked.state.deeds == ("renew", "again", "leave")
    mine, _, _ = colleague(FakePeople(), "staff-1")
    assert (mine.state.deeds, mine.state.note) == ((), words.ONESELF)


@pytest.mark.req("REQ-19")
def test_req_19_password_and_roles_are_renewed_with_the_proof() -> None:
    people = FakePeople()
    pane, _, changes = colleague(people)
    pane.do("renew")
    pane.renew(Renewal(frozenset(), "a b c d e f", "a b c d e f"))
    pane.renew(Renewal(frozenset({Role.PROVIDER}), "a b c d e f", "other"))
    assert people.did == []
    assert pane.state.wrong
    pane.renew(Renewal(frozenset({Role.PROVIDER}), "a b c d e f", "a b c d e f"))
    assert (people.did[0][:2], people.proofs) == (("renew", "staff-2"), [PROOF])
    assert changes
    assert pane.state.said == words.RENEWED.format(name="Kofi Boateng")


@pytest.mark.req("REQ-97")
def test_req_97_who_is_dismissed_leaves_and_the_office_gets_new_keys_with_progress() -> None:
    people, slow = FakePeople(), Slow()
    pane, timers, _ = colleague(people, runner=slow)
    pane.do("leave")
    pane.let_go(Cause.DISMISSED)
    slow.go()
    assert pane.state.busy == words.ROTATE_BEGIN
    pane._progress = (30, 40)
    timers.advance(1)
    assert pane.state.busy == words.ROTATING.format(percent=75)
    slow.go()
    assert pane.state.said == words.ROTATE_DONE
    assert [each[0] for each in people.did] == ["leave", "rotate"]
    assert timers.waiting == 0


@pytest.mark.req("REQ-97")
def test_req_97_what_is_left_to_think_of_is_ticked_off() -> None:
    people = FakePeople()
    pane, _, _ = colleague(people)
    pane.do("leave")
    pane.let_go(Cause.LEFT)
    pane.choose(people.there[1], needs_code=False)
    farewell = pane.state.farewell
    assert farewell is not None
    assert farewell.took[0] == "Tue, Nov 24, 09:12  Print: day sheet"
    assert farewell.took[-2:] == (
        "Room 2: 3 prints, the last on Nov 20, 2026",
        "Laptop of the house calls: not told yet; it answers when somebody signs in there",
    )
    assert "1 begun reply and 2 begun referrals" in farewell.in_hand
    pane.tick(Chore.KEYS, done=True)
    assert pane.state.farewell is not None
    assert (Chore.KEYS, True) in pane.state.farewell.chores
    pane.rotate()
    assert "rotate" in people.did[-1]


@pytest.mark.req("REQ-23")
def test_req_23_the_last_officer_cannot_be_let_go() -> None:
    pane, _, _ = colleague(FakePeople(refuses=LastOfficer()))
    pane.do("leave")
    pane.let_go(Cause.LEFT)
    assert pane.state.problem is not None
    assert pane.state.problem.code == "last-officer"


def access(fake: FakeAccess, role: Role = Role.PRIVACY_OFFICER) -> AccessPresenter:
    states: list[AccessState] = []
    made = AccessPresenter(
        desk("12:00", replace(ROSA, roles=frozenset({role}))),
        states.append,
        access=fake,
        runner=InlineRunner(),
        timers=FakeTimers(),
        when=WHEN,
        again=proved,
    )
    made.refresh()
    return made


@pytest.mark.req("REQ-24")
def test_req_24_the_list_is_looked_through_and_signed_until_it_is_due_again() -> None:
    fake = FakeAccess()
    page = access(fake)
    assert (page.state.reviewed, page.state.review_due) == (wording_access.REVIEW_NEVER, True)
    page.sign_review()
    assert not page.state.review_due
    assert page.state.reviewed == "Rosa Alvarez looked through it on Tue, Nov 24, 12:00."
    assert fake.reviewed is not None
    fake.reviewed = fake.reviewed[0] - fake.review_every, fake.reviewed[1]
    page.refresh()
    assert page.state.review_due


@pytest.mark.req("REQ-21")
def test_req_21_the_officer_finds_each_emergency_and_signs_it() -> None:
    page = access(FakeAccess())
    ((id_, sentence),) = page.state.emergencies
    assert sentence == (
        "Kofi Boateng, Mon, Nov 23, 17:40: A hospital or an ambulance asks. "
        "3 records were looked at."
    )
    page.sign_emergency(id_)
    assert page.state.emergencies == ()
    administrator = access(FakeAccess(), Role.IT_ADMINISTRATOR)
    assert (administrator.state.may_review, administrator.state.emergencies) == (False, ())


@pytest.mark.req("REQ-21")
def test_req_21_the_paper_is_checked_and_a_new_one_shown_once() -> None:
    fake = FakeAccess()
    page = access(fake)
    assert page.state.drill_due
    page.check_paper(PAPER)
    assert (page.state.said, page.state.drill_due) == (wording_access.PAPER_RIGHT, False)
    page.new_paper("")
    assert page.state.groups == tuple(PAPER.split())
    assert PAPER.split()[0] not in repr(page.state)
    page.put_away()
    assert page.state.groups == ()
    fake.refuses = WrongRecoveryKey()
    page.check_paper("nonsense")
    assert page.state.problem is not None
    page.rotate()
    assert fake.rotated == 1


def test_who_has_no_right_is_told_whom_to_ask() -> None:
    page = access(FakeAccess(), Role.FRONT_DESK)
    assert page.state.empty is not None
    assert page.state.rows == ()
