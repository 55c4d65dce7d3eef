"""Referrals on the exchange: taken once, refused with a reason, told to both offices."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from carekraft_desktop.contract.codec import decode
from carekraft_desktop.contract.commands import Body, CommandType, Result, ResultStatus
from carekraft_desktop.contract.directory import Entry
from carekraft_desktop.contract.fhir import Appointment, Patient
from carekraft_desktop.contract.referrals import (
    AcceptReferral,
    CancelCode,
    CancelReferral,
    DeclineCode,
    DeclineReferral,
    PermissionGrant,
    ReferralStatus,
)
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain.payload import Sender, Wish
from carekraft_desktop.hub import feed, holds, revoking, tables
from carekraft_desktop.hub.sandbox import acts, answers
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.hub.sandbox.world import neighbour_id
from carekraft_desktop.hub.slots import SlotTaken
from tests.postgres import Postgres
from tests.unit.hub.far_bench import Far, make_far


@pytest.fixture
def far(tmp_path: Path, server: Postgres | None) -> Iterator[Far]:
    """A small office with neighbours, and no server."""
    made = make_far(tmp_path, server)
    yield made
    made.database.close()
    if server is not None:
        server.drop(made.database.url)


def slug(result: Result) -> str:
    return result.problem.slug if result.problem is not None else ""


def sent(far: Far) -> tuple[str, str]:
    """A referral that was taken: its id, and the office that has it."""
    grant, entry = far.whole()
    data = far.message(grant, entry)
    assert far.create(data).status is ResultStatus.APPLIED
    return msgspec.json.decode(data)["request_id"], far.behind(entry).office_id


def test_a_referral_becomes_a_booking_of_the_other_office(far: Far) -> None:
    grant, entry = far.whole()
    data = far.message(grant, entry)
    result = far.create(data)
    assert (result.status, result.v) == (ResultStatus.APPLIED, 1)
    request, there = msgspec.json.decode(data)["request_id"], far.behind(entry).office_id
    ours, _ = far.told(request)
    theirs, _ = far.told(request, there)
    assert (ours.side, ours.status, ours.booking_id) == ("sent", ReferralStatus.PROPOSED, None)
    assert (theirs.side, theirs.booking_id, theirs.actor) == ("received", request, None)
    assert msgspec.json.encode(ours.message) == data
    booking = far.read(lambda connection: feed.one(connection, there, "booking", request))
    assert booking is not None
    body = decode(booking["body"].encode(), Appointment)
    assert (body.status, body.reason_code, body.comment) == ("proposed", [], None)
    patient = far.read(lambda c: feed.one(c, there, "patient", grant.patient_id))
    assert patient is not None
    assert decode(patient["body"].encode(), Patient).name[0].family


def test_an_answer_of_the_other_office_comes_back(far: Far) -> None:
    request, there = sent(far)
    _, v = far.told(request, there)
    done = far.order(
        CommandType.REFERRAL_ACCEPT, request, AcceptReferral(), v=v, office=there, client="ws-9"
    )
    assert done.status is ResultStatus.APPLIED
    assert far.told(request)[0].status is ReferralStatus.BOOKED


def test_a_refusal_comes_back_with_its_code(far: Far) -> None:
    request, there = sent(far)
    _, v = far.told(request, there)
    body = DeclineReferral(DeclineCode.PLAN_NOT_TAKEN)
    far.order(CommandType.REFERRAL_DECLINE, request, body, v=v, office=there, client="ws-9")
    told, _ = far.told(request)
    assert (told.status, told.decline_code) == (
        ReferralStatus.DECLINED,
        DeclineCode.PLAN_NOT_TAKEN,
    )


def test_the_other_desks_ordinary_keys_answer_it_as_well(far: Far) -> None:
    request, there = sent(far)
    booking = far.read(lambda connection: feed.one(connection, there, "booking", request))
    assert booking is not None
    body = Body(reason="not-taking-patients")
    done = far.order(
        CommandType.DECLINE, request, body, v=booking["v"], office=there, client="ws-9"
    )
    assert done.status is ResultStatus.APPLIED, done
    told, _ = far.told(request)
    assert told.decline_code is DeclineCode.NOT_TAKING_NEW


@pytest.mark.parametrize("how", ["arrived", "noshow", "fulfilled"])
def test_whether_somebody_came_is_never_told(far: Far, how: str) -> None:
    request, _ = sent(far)
    far.write(lambda connection: answers.answer(connection, request, "accept", far.at))
    before = far.told(request)
    if how == "fulfilled":
        far.write(lambda connection: answers.answer(connection, request, "arrived", far.at))
    far.write(lambda connection: answers.answer(connection, request, how, far.at))
    assert far.told(request) == before


def test_a_time_that_the_other_office_moves_is_told(far: Far) -> None:
    request, _ = sent(far)
    before = far.told(request)[0]
    far.write(lambda connection: answers.answer(connection, request, "move", far.at))
    told, _ = far.told(request)
    assert told.status is ReferralStatus.RESCHEDULED
    assert told.start != before.start
    far.write(lambda connection: answers.answer(connection, request, "cancel", far.at))
    told, _ = far.told(request)
    assert (told.status, told.cancel_code) == (ReferralStatus.CANCELLED, CancelCode.TO_OFFICE)


def test_the_patient_may_cancel_at_the_far_end(far: Far) -> None:
    request, there = sent(far)
    far.write(lambda connection: acts.cancel(connection, there, request, far.at))
    assert far.told(request)[0].cancel_code is CancelCode.PATIENT


def test_a_cancel_frees_the_slot_and_a_stale_one_does_not(far: Far) -> None:
    request, _ = sent(far)
    _, v = far.told(request)
    body = CancelReferral(CancelCode.FROM_OFFICE)
    far.write(lambda connection: answers.answer(connection, request, "accept", far.at))
    late = far.order(CommandType.REFERRAL_CANCEL, request, body, v=v)
    assert (late.status, slug(late)) == (ResultStatus.CONFLICT, "version-conflict")
    _, v = far.told(request)
    assert far.order(CommandType.REFERRAL_CANCEL, request, body, v=v).status is ResultStatus.APPLIED
    told, _ = far.told(request)
    assert (told.status, told.cancel_code) == (ReferralStatus.CANCELLED, CancelCode.FROM_OFFICE)


def test_a_cancelled_booking_gives_the_permission_back(far: Far) -> None:
    grant, entry = far.whole()
    first = far.message(grant, entry)
    far.create(first)
    assert slug(far.create(far.message(grant, entry))) == "permission-count-used"
    request = msgspec.json.decode(first)["request_id"]
    far.write(lambda connection: answers.answer(connection, request, "decline", far.at))
    assert far.create(far.message(grant, entry)).status is ResultStatus.APPLIED


def test_a_wish_for_parts_of_days_gets_a_time_by_the_other_office(far: Far) -> None:
    grant, entry = far.whole()
    data = far.message(grant, entry, time=None, wishes=(Wish("2026-12-01", "AM"),))
    assert far.create(data).status is ResultStatus.APPLIED
    request, there = msgspec.json.decode(data)["request_id"], far.behind(entry).office_id
    theirs, v = far.told(request, there)
    assert theirs.booking_id is None
    free = far.times(entry)[0]
    done = far.order(
        CommandType.REFERRAL_ACCEPT,
        request,
        AcceptReferral(slot_id=free.slot_id),
        v=v,
        office=there,
        client="ws-9",
    )
    assert done.status is ResultStatus.APPLIED, done
    told, _ = far.told(request)
    assert told.status is ReferralStatus.BOOKED
    assert told.start is not None


Tried = tuple[bytes, str, str]
"""A message, the office that sends it, and the request under which it is sent."""


def _plain(_far: Far, data: bytes, office: str = OFFICE_ID) -> Tried:
    return data, office, msgspec.json.decode(data)["request_id"]


def _without_permission(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    return _plain(far, far.message(grant, entry, permission_id="nowhere"))


def _for_another_patient(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    return _plain(far, far.message(grant, entry, patient_id="somebody-else"))


def _by_another_office(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    return _plain(far, far.message(grant, entry), neighbour_id(0))


def _in_another_offices_name(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    return _plain(far, far.message(grant, entry, sender=Sender(entry.npi, "+13125550100")))


def _after_its_term(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    far.at += timedelta(days=91)
    return _plain(far, far.message(grant, entry))


def _revoked(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    far.write(lambda c: revoking.revoke(c, OFFICE_ID, grant.permission_id, far.at))
    return _plain(far, far.message(grant, entry))


def _with_another_provider(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    return _plain(far, far.message(grant, far.entry(groups=[far.other_group(entry)])))


def _of_a_telling_group(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    return _plain(far, far.message(grant, far.entry(groups=[Specialty.BEHAVIORAL])))


def _twice(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    far.create(far.message(grant, entry))
    return _plain(far, far.message(grant, entry))


def _of_another_guardian(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    members = msgspec.json.decode(far.message(grant, entry))
    members["guardian"]["given_name"] = "Somebody"
    return _plain(far, msgspec.json.encode(members))


def _on_the_eighteenth_birthday(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    born = far.at.date().replace(year=far.at.year - 18).isoformat()
    _born(far, grant.patient_id, born)
    return _plain(far, far.message(grant, entry, birth_date=born))


def _with_another_name(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    return _plain(far, far.message(grant, entry, family_name="Knee Pain"))


def _with_one_more_member(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    data, office, request = _plain(far, far.message(grant, entry))
    return data[:-1] + b',"note":"x"}', office, request


def _written_otherwise(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    data, office, request = _plain(far, far.message(grant, entry))
    return data + b" ", office, request


def _under_another_request(far: Far, grant: PermissionGrant, entry: Entry) -> Tried:
    return far.message(grant, entry), OFFICE_ID, "another"


REFUSED: dict[Callable[[Far, PermissionGrant, Entry], Tried], str] = {
    _without_permission: "permission-none",
    _for_another_patient: "permission-none",
    _by_another_office: "permission-wrong-office",
    _in_another_offices_name: "permission-wrong-office",
    _after_its_term: "permission-expired",
    _revoked: "permission-revoked",
    _with_another_provider: "permission-wrong-target",
    _of_a_telling_group: "permission-wrong-specialty",
    _twice: "permission-count-used",
    _of_another_guardian: "permission-guardian-required",
    _on_the_eighteenth_birthday: "permission-aged-out",
    _with_another_name: "profile-drift",
    _with_one_more_member: "invalid-request",
    _written_otherwise: "schema",
    _under_another_request: "schema",
}
OF_MINORS = (_of_another_guardian, _on_the_eighteenth_birthday)


@pytest.mark.req("REQ-61", "REQ-66")
@pytest.mark.parametrize(("attempt", "code"), REFUSED.items())
def test_what_a_permission_does_not_cover_is_refused(
    far: Far, attempt: Callable[[Far, PermissionGrant, Entry], Tried], code: str
) -> None:
    entry = far.entry(wants_sex=False)
    grant = far.permit(far.patient(minor=attempt in OF_MINORS), entry)
    data, office, request = attempt(far, grant, entry)
    result = far.order(CommandType.REFERRAL_CREATE, request, data, office=office)
    assert (result.status, slug(result)) == (ResultStatus.REJECTED, code)
    table = tables.referral
    made = far.read(lambda connection: connection.execute(select(table.c.id)).all())
    assert len(made) == (1 if attempt is _twice else 0)


def _born(far: Far, patient_id: str, day: str) -> None:
    item = tables.item

    def work(connection: Any) -> None:
        row = feed.one(connection, OFFICE_ID, "patient", patient_id)
        assert row is not None
        body = msgspec.json.decode(row["body"]) | {"birthDate": day}
        connection.execute(
            update(item)
            .where(item.c.office_id == OFFICE_ID, item.c.id == patient_id)
            .values(body=msgspec.json.encode(body).decode())
        )

    far.write(work)


@pytest.mark.req("REQ-69")
def test_a_permission_is_used_once_however_many_try_at_once(far: Far) -> None:
    grant, entry = far.whole()
    times = far.times(entry)
    messages = [far.message(grant, entry, time=times[n % len(times)]) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        results = list(
            pool.map(lambda n: far.create(messages[n], client=f"ws-{n}"), range(len(messages)))
        )
    assert [result.status for result in results].count(ResultStatus.APPLIED) == 1
    assert {slug(result) for result in results if result.problem} <= {
        "permission-count-used",
        "slot-taken",
        "unavailable",
    }


def test_two_permissions_do_not_get_one_slot(far: Far) -> None:
    entry = far.entry(wants_sex=False)
    grant = far.permit(far.patient(), entry, bookings=8)
    time = far.times(entry)[0]
    messages = [far.message(grant, entry, time=time) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        results = list(
            pool.map(lambda n: far.create(messages[n], client=f"ws-{n}"), range(len(messages)))
        )
    assert [result.status for result in results].count(ResultStatus.APPLIED) == 1
    assert {slug(result) for result in results if result.problem} <= {"slot-taken", "unavailable"}


def test_a_revocation_ends_what_is_not_confirmed_and_nothing_else(far: Far) -> None:
    entry = far.entry(wants_sex=False)
    grant = far.permit(far.patient(), entry, bookings=3)
    times = far.times(entry)
    requests = []
    for time in times[:2]:
        data = far.message(grant, entry, time=time)
        assert far.create(data).status is ResultStatus.APPLIED
        requests.append(msgspec.json.decode(data)["request_id"])
    far.write(lambda connection: answers.answer(connection, requests[0], "accept", far.at))
    link = far.read(lambda connection: connection.scalars(select(tables.letter.c.link)).first())
    far.write(lambda connection: revoking.by_link(connection, str(link), far.at))
    told = [far.told(request)[0] for request in requests]
    assert told[0].status is ReferralStatus.BOOKED
    assert told[1].cancel_code is CancelCode.PERMISSION_REVOKED
    assert slug(far.create(far.message(grant, entry))) == "permission-revoked"


def test_a_held_slot_is_for_the_office_that_holds_it(far: Far) -> None:
    grant, entry = far.whole()
    there, time = far.behind(entry).office_id, far.times(entry)[0]
    data = far.message(grant, entry)
    far.write(lambda c: holds.keep(c, there, time.slot_id, by=OFFICE_ID, now=far.at))
    with pytest.raises(SlotTaken):
        far.write(lambda c: holds.keep(c, there, time.slot_id, by="another", now=far.at))
    assert far.create(data).status is ResultStatus.APPLIED


def test_a_hold_ends_by_itself(far: Far) -> None:
    grant, entry = far.whole()
    there, time = far.behind(entry).office_id, far.times(entry)[0]
    data = far.message(grant, entry)
    far.write(lambda c: holds.keep(c, there, time.slot_id, by="another", now=far.at))
    assert slug(far.create(data)) == "slot-taken"
    far.at += timedelta(minutes=6)
    assert far.create(data).status is ResultStatus.APPLIED


def test_the_patient_gets_the_bytes_that_were_sent(far: Far) -> None:
    grant, entry = far.whole()
    data = far.message(grant, entry)
    far.create(data)
    letter = tables.letter
    found = far.read(
        lambda connection: connection.scalars(
            select(letter.c.message).where(letter.c.patient_id == grant.patient_id)
        ).all()
    )
    assert [text.encode() for text in found] == [data]


def test_withdrawing_the_share_ends_permission_and_request(far: Far) -> None:
    request, there = sent(far)
    patient_id = far.told(request)[0].message.patient_id
    far.write(lambda connection: acts.unshare(connection, OFFICE_ID, patient_id, far.at))
    row = far.read(lambda connection: feed.one(connection, OFFICE_ID, "referral", request))
    assert row is not None
    assert (row["gone"], row["reason"]) == (True, "unshared")
    assert far.told(request, there)[0].cancel_code is CancelCode.PERMISSION_REVOKED
