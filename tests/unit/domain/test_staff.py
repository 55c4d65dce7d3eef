"""Who may do what (REQ-02, matrix A.5)."""

import pytest

from carekraft_desktop.domain.staff import Right, Role, Staff

OFFICERS = {Right.SEE_ACCOUNTING, Right.SET_REFERRAL_RULES}
EVERY = set(Right)
REPLIES = {Right.SEE_REVIEWS, Right.DRAFT_REPLIES, Right.TAKE_DOWN_REPLIES}
OFFICER = {
    Right.SEE_JOURNAL,
    Right.APPROVE_DOUBTFUL,
    Right.KEEP_PAPERS,
    Right.ADMIT_PEOPLE,
    Right.DISABLE_PEOPLE,
    Right.REVIEW_ACCESS,
    Right.KEEP_RECORDS,
    Right.ANSWER_REQUESTS,
    Right.KEEP_INCIDENTS,
    Right.BACK_UP,
    Right.RESTORE,
    Right.EXPORT,
    Right.RETIRE_WORKSTATION,
}
KEEPS_RUNNING = {
    Right.RUN_SYNC,
    Right.ADMIT_PEOPLE,
    Right.DISABLE_PEOPLE,
    Right.BACK_UP,
    Right.RESTORE,
}


@pytest.mark.req("REQ-02")
@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (
            Role.FRONT_DESK,
            EVERY
            - {Right.REVEAL_MEDICAL, Right.PUBLISH_REPLIES, Right.COUNTERSIGN_INCIDENTS}
            - REPLIES
            - OFFICER
            - OFFICERS,
        ),
        (Role.PROVIDER, EVERY - OFFICER - OFFICERS),
        (Role.REPLY_AUTHOR, REPLIES | {Right.RUN_SYNC, Right.REPORT_INCIDENTS}),
        (Role.PRIVACY_OFFICER, EVERY - {Right.ANSWER_BOOKINGS, Right.REFER}),
        (Role.IT_ADMINISTRATOR, KEEPS_RUNNING | {Right.REPORT_INCIDENTS}),
    ],
)
def test_each_role_may_do_its_own_and_no_more(role: Role, rights: set[Right]) -> None:
    staff = Staff("s", "n.ame", "Name", frozenset({role}))
    assert {right for right in Right if staff.may(right)} == rights


def test_roles_add_up() -> None:
    both = Staff("s", "n.ame", "Name", frozenset({Role.REPLY_AUTHOR, Role.PROVIDER}))
    assert both.may(Right.REVEAL_MEDICAL)
    assert not Staff("s", "n.ame", "Name", frozenset()).may(Right.RUN_SYNC)
