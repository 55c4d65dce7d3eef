"""Replies over a real exchange: from the feed to the public page, through every bad luck."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.reviews import Stage
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import NotPermitted, PasswordAgain, WrongPassword
from carekraft_desktop.hub.sandbox.faults import Fault, FaultKind
from carekraft_desktop.services import live_replies, papers, posting, replies, reviews
from carekraft_desktop.services.admitting import Newcomer
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.value import replace
from tests.e2e.seats import PASSWORD, Seat
from tests.hub_fixture import Hub
from tests.repliers import AUTHOR, OFFICER, PAPERS, PROVIDER, SAFE

SECOND = "lantern-willow-pepper-64"


@pytest.fixture
def seats(tmp_path: Path, hub: Hub) -> Iterator[Callable[[], Seat]]:
    """Makes workstations that have received the office."""
    made: list[Seat] = []

    def make() -> Seat:
        seat = Seat(hub, tmp_path / f"seat{len(made)}")
        made.append(seat)
        seat.settle()
        return seat

    yield make
    for seat in made:
        seat.program.lock()


def at(seat: Seat, role: Role) -> Desk:
    """The desk with somebody of another role at it."""
    who = {Role.REPLY_AUTHOR: AUTHOR, Role.PROVIDER: PROVIDER, Role.PRIVACY_OFFICER: OFFICER}[role]
    return replace(seat.opened.desk, staff=who, team=(AUTHOR, PROVIDER, OFFICER))


def prepared(seat: Seat) -> Desk:
    """A provider at a desk with papers on file."""
    papers.put(at(seat, Role.PRIVACY_OFFICER), PAPERS)
    return at(seat, Role.PROVIDER)


def written(hub: Hub, seat: Seat) -> str:
    review = str(hub.play("review/write")["done"])
    seat.settle()
    return review


def public(hub: Hub, review: str) -> str:
    """What anybody reads below the review."""
    answer = requests.get(f"{hub.url}/sandbox/reviews/{review}", timeout=10)
    return str(answer.json().get("reply", {}).get("text", ""))


def leave(seat: Seat) -> None:
    """Let the posting delay pass, then talk to the exchange."""
    seat.clock.advance(seconds=seat.opened.desk.posting_seconds + 1)
    seat.settle()


def test_a_reply_comes_to_the_public_page_is_changed_and_taken_down(
    seats: Callable[[], Seat], hub: Hub
) -> None:
    seat = seats()
    desk = prepared(seat)
    review = written(hub, seat)
    posting.publish(desk, review, SAFE, acknowledged=1)
    seat.cycle()
    assert public(hub, review) == ""
    leave(seat)
    assert public(hub, review) == SAFE
    assert reviews.sheet(desk, review).stage is Stage.ANSWERED
    replies.begin(desk, review)
    posting.publish(desk, review, "Thank you for the kind words.", acknowledged=1)
    leave(seat)
    assert public(hub, review) == "Thank you for the kind words."
    live_replies.take_down(desk, review)
    seat.settle()
    assert public(hub, review) == ""
    assert reviews.sheet(desk, review).incidents


@pytest.mark.parametrize("fault", [FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER])
def test_a_wire_that_is_cut_posts_once_and_says_what_is_not_known(
    seats: Callable[[], Seat], hub: Hub, fault: FaultKind
) -> None:
    seat = seats()
    desk = prepared(seat)
    review = written(hub, seat)
    posting.publish(desk, review, SAFE, acknowledged=1)
    hub.sandbox.faults.order(Fault(kind=fault, path="/commands"))
    seat.clock.advance(seconds=desk.posting_seconds + 1)
    seat.opened.sync.cycle(wait=0)
    assert reviews.sheet(desk, review).stage is Stage.UNKNOWN
    seat.restart()
    seat.settle()
    assert public(hub, review) == SAFE
    desk = at(seat, Role.PROVIDER)
    sheet = reviews.sheet(desk, review)
    assert sheet.stage is Stage.ANSWERED
    assert sheet.review.version == 2


def test_two_workstations_answer_one_review_and_one_of_them_stands(
    seats: Callable[[], Seat], hub: Hub
) -> None:
    one, two = seats(), seats()
    desks = prepared(one), prepared(two)
    review = written(hub, one)
    two.settle()
    posting.publish(desks[0], review, SAFE, acknowledged=1)
    posting.publish(desks[1], review, "Thank you for the kind words.", acknowledged=1)
    one.clock.advance(seconds=200)
    one.settle()
    # The other has not heard of it: the exchange tells.
    two.clock.advance(seconds=200)
    two.opened.sync.cycle(wait=0)
    assert public(hub, review) == SAFE
    last = reviews.sheet(desks[1], review).last
    assert last is not None
    assert last.delivery is Delivery.CONFLICT
    assert reviews.sheet(desks[1], review).stage is Stage.BACK


def test_a_review_deleted_by_its_writer_takes_a_waiting_reply_along(
    seats: Callable[[], Seat], hub: Hub
) -> None:
    seat = seats()
    desk = prepared(seat)
    review = written(hub, seat)
    posting.publish(desk, review, SAFE, acknowledged=1)
    hub.play("review/delete", review=review)
    leave(seat)
    assert review not in [line.review.id for line in reviews.inbox(desk)]
    assert seat.opened.sync.state.waiting == 0


def test_a_colleague_signs_in_at_the_same_workstation_and_proves_it_by_password(
    seats: Callable[[], Seat],
) -> None:
    seat = seats()
    with pytest.raises(NotPermitted):
        seat.program.let_in(Newcomer("k.boateng", "Kofi Boateng", AUTHOR.roles, SECOND))
    opened = seat.opened
    admitting = replace(opened.desk, staff=replace(OFFICER, id=opened.desk.staff.id))
    seat.program._opened = replace(opened, desk=admitting)
    newcomer = Newcomer("k.boateng", "Kofi Boateng", AUTHOR.roles, SECOND)
    with pytest.raises(PasswordAgain):
        seat.program.let_in(newcomer)
    typed = seat.program.confirm(opened.desk.staff.id, PASSWORD)
    kofi = seat.program.let_in(newcomer, proof=typed)
    proof = seat.program.confirm(kofi.id, SECOND)
    assert (proof.staff, proof.at) == (kofi, seat.opened.desk.now())
    with pytest.raises(WrongPassword):
        seat.program.confirm(kofi.id, PASSWORD)
    seat.program.lock()
    desk = seat.program.unlock(kofi.id, SECOND).desk
    assert desk.staff == replace(kofi, unconfirmed=True), "training and policy come first"
    assert {each.name for each in desk.team} == {"r.alvarez", "k.boateng"}
