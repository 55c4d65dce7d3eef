"""Referrals that an office carries to a partner by itself: taken once, told in closed codes."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.contract.commands import CommandType, DeclineReason, Result, ResultStatus
from carekraft_desktop.contract.referrals import (
    CancelCode,
    CancelReferral,
    DeclineCode,
    ReferralStatus,
    ReportReferral,
)
from carekraft_desktop.hub import far_ends, feed, revoking, tables
from carekraft_desktop.hub.sandbox import answers
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from tests.postgres import Postgres
from tests.unit.hub.far_bench import Far, make_far

START, END = "2026-12-01T15:00:00Z", "2026-12-01T15:30:00Z"


@pytest.fixture
def far(tmp_path: Path, server: Postgres | None) -> Iterator[Far]:
    """A small office with neighbours, and no server."""
    made = make_far(tmp_path, server)
    yield made
    made.database.close()


def slug(result: Result) -> str:
    return result.problem.slug if result.problem is not None else ""


def carried(far: Far) -> str:
    """A referral that its office brings to a partner."""
    grant, entry = far.whole()
    data = far.message(grant, entry)
    request: str = msgspec.json.decode(data)["request_id"]
    result = far.order(CommandType.REFERRAL_CARRY, request, data)
    assert result.status is ResultStatus.APPLIED
    return request


def report(far: Far, request: str, body: ReportReferral, *, office: str = OFFICE_ID) -> Result:
    return far.order(CommandType.REFERRAL_REPORT, request, body, office=office)


@pytest.mark.req("REQ-69", "REQ-80")
def test_a_carried_referral_takes_the_permission_and_makes_no_booking_anywhere(far: Far) -> None:
    grant, entry = far.whole()
    data = far.message(grant, entry)
    request = msgspec.json.decode(data)["request_id"]
    assert far.order(CommandType.REFERRAL_CARRY, request, data).status is ResultStatus.APPLIED
    there = far.behind(entry).office_id
    assert far.told(request)[0].status is ReferralStatus.PROPOSED
    assert far.read(lambda c: feed.one(c, there, "booking", request)) is None
    assert far.read(lambda c: feed.one(c, there, "referral", request)) is None
    again = far.message(grant, entry)
    assert slug(far.create(again)) == "permission-count-used"
    letters = far.read(
        lambda c: c.scalars(
            select(tables.letter.c.message).where(tables.letter.c.patient_id == grant.patient_id)
        ).all()
    )
    assert [text.encode() for text in letters] == [data]


def test_what_the_partner_answers_is_told_back_until_it_has_ended(far: Far) -> None:
    request = carried(far)
    booked = ReportReferral(ReferralStatus.BOOKED, START, END)
    assert report(far, request, booked).status is ResultStatus.APPLIED
    told, v = far.told(request)
    assert (told.status, told.start, told.end) == (ReferralStatus.BOOKED, START, END)
    cancel = CancelReferral(CancelCode.FROM_OFFICE)
    assert far.order(CommandType.REFERRAL_CANCEL, request, cancel, v=v).status is (
        ResultStatus.APPLIED
    )
    assert slug(report(far, request, booked)) == "illegal-transition"


def test_a_refusal_of_the_partner_frees_the_permission(far: Far) -> None:
    request = carried(far)
    declined = ReportReferral(ReferralStatus.DECLINED, decline_code=DeclineCode.UNREACHABLE)
    assert report(far, request, declined).status is ResultStatus.APPLIED
    told, _ = far.told(request)
    assert told.decline_code is DeclineCode.UNREACHABLE
    message = msgspec.structs.replace(
        told.message, request_id="b" * 8 + told.message.request_id[8:]
    )
    assert far.create(encode(message)).status is ResultStatus.APPLIED


def test_nobody_answers_for_an_office_of_the_exchange(far: Far) -> None:
    grant, entry = far.whole()
    data = far.message(grant, entry)
    request = msgspec.json.decode(data)["request_id"]
    assert far.create(data).status is ResultStatus.APPLIED
    booked = ReportReferral(ReferralStatus.BOOKED, START, END)
    assert slug(report(far, request, booked)) == "illegal-transition"
    assert slug(report(far, request, booked, office="another")) == "not-found"


def test_no_other_office_answers_a_carried_one(far: Far) -> None:
    request = carried(far)
    with pytest.raises(NotPossible):
        far.write(lambda c: answers.answer(c, request, "decline", far.at))


def test_a_withdrawn_permission_ends_a_carried_request(far: Far) -> None:
    request = carried(far)
    permission = far.told(request)[0].message.permission_id
    far.write(lambda c: revoking.revoke(c, OFFICE_ID, permission, far.at))
    assert far.told(request)[0].cancel_code is CancelCode.PERMISSION_REVOKED


@pytest.mark.parametrize(
    "body",
    [
        b'{"status":"PROPOSED"}',
        b'{"status":"BOOKED"}',
        b'{"status":"BOOKED","start":"2026-12-01T15:00:00Z"}',
        b'{"status":"BOOKED","start":"2026-12-01T15:00:00Z","end":"2026-12-01T14:00:00Z"}',
        b'{"status":"DECLINED"}',
        b'{"status":"CANCELLED","decline_code":"OTHER"}',
        b'{"status":"arrived"}',
        b'{"status":"CANCELLED","note":"x"}',
    ],
)
def test_an_answer_has_what_belongs_to_it_and_nothing_else(body: bytes) -> None:
    with pytest.raises(Malformed):
        decode(body, ReportReferral)


@pytest.mark.req("REQ-79")
def test_each_reason_of_an_office_has_a_code_of_the_closed_list() -> None:
    assert far_ends._DECLINED.keys() == set(DeclineReason)
    assert far_ends._DECLINED[DeclineReason.DUPLICATE] is DeclineCode.OTHER
    assert far_ends._DECLINED[DeclineReason.REFERRAL_NEEDED] is DeclineCode.OTHER
