"""The lawful steps of a visit."""

import pytest

from carekraft_desktop.domain.acts import EXPIRES_AT_START, Act
from carekraft_desktop.domain.visits import AFTER, Status, acts_for

START = 1_000_000


@pytest.mark.parametrize(
    ("status", "before", "after"),
    [
        (
            Status.REQUESTED,
            {Act.ACCEPT, Act.DECLINE, Act.PROPOSE},
            {Act.DECLINE, Act.PROPOSE},
        ),
        (Status.OFFERED, {Act.PROPOSE, Act.CANCEL}, {Act.PROPOSE, Act.CANCEL}),
        (
            Status.CONFIRMED,
            {Act.MOVE, Act.CANCEL, Act.ARRIVE},
            {Act.MOVE, Act.CANCEL, Act.ARRIVE, Act.NO_SHOW},
        ),
        (Status.ARRIVED, {Act.COMPLETE, Act.ACCEPT}, {Act.COMPLETE, Act.ACCEPT}),
        (Status.NO_SHOW, {Act.ACCEPT, Act.ARRIVE}, {Act.ACCEPT, Act.ARRIVE}),
        (Status.COMPLETED, set(), set()),
        (Status.CANCELLED, set(), set()),
    ],
)
def test_what_may_be_done_before_and_from_the_start_on(
    status: Status, before: set[Act], after: set[Act]
) -> None:
    assert acts_for(status, start=START, now=START - 1) == before
    assert acts_for(status, start=START, now=START) == after


def test_a_cancelled_visit_never_becomes_a_no_show() -> None:
    assert Act.NO_SHOW not in AFTER[Status.CANCELLED]


def test_only_answers_claims_and_referrals_lose_their_meaning_with_time() -> None:
    claims = {Act.CLAIM, Act.RELEASE}
    asked = {Act.ACCEPT, Act.DECLINE, Act.PROPOSE, Act.REFER, Act.CARRY}
    assert asked | claims == EXPIRES_AT_START
