"""A referral for a partner who speaks FHIR: judged, taken, answered and refused by others."""

import json
import random
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from carekraft_desktop.contract.codec import Malformed
from carekraft_desktop.contract.referrals import CancelCode, ReferralStatus
from carekraft_desktop.domain import payload
from carekraft_desktop.exchange import partner, sign_in
from carekraft_desktop.hub.now import steady, utc_now
from tests.messages import message, random_parts
from tests.oracles import judges
from tests.unit.exchange.test_sign_in import CLIENT, key, sekmet

__all__ = ["key", "sekmet"]

ALLOWED = {
    "resourceType",
    "id",
    "meta",
    "meta.profile",
    "identifier",
    "identifier.system",
    "identifier.value",
    "status",
    "cancelationReason",
    "cancelationReason.coding",
    "cancelationReason.coding.system",
    "cancelationReason.coding.code",
    "specialty",
    "specialty.coding",
    "specialty.coding.system",
    "specialty.coding.code",
    "start",
    "end",
    "minutesDuration",
    "slot",
    "slot.reference",
    "requestedPeriod",
    "requestedPeriod.start",
    "requestedPeriod.end",
    "created",
    "participant",
    "participant.actor",
    "participant.actor.type",
    "participant.actor.identifier",
    "participant.actor.identifier.system",
    "participant.actor.identifier.value",
    "participant.required",
    "participant.status",
}
"""What the map of compliance allows in an Appointment."""


def paths(value: Any, before: str = "") -> set[str]:
    if isinstance(value, list):
        return set().union(*(paths(each, before) for each in value))
    if not isinstance(value, dict):
        return set()
    found = {f"{before}{name}" for name in value}
    return found.union(*(paths(member, f"{before}{name}.") for name, member in value.items()))


def test_the_appointment_has_what_the_map_allows_and_is_fhir() -> None:
    chance = random.Random(3)
    for number in range(300):
        booking = payload.build(**random_parts(chance)).booking
        for data in (
            partner.appointment(booking),
            partner.cancellation(booking, CancelCode.PATIENT, id_="a-1"),
        ):
            resource = json.loads(data)
            assert paths(resource) <= ALLOWED
            assert booking.family_name.encode() not in data
            if number < 10:
                assert judges.by_models(resource) == []
                assert judges.by_rust(resource) == []


def _bearer(address: str, jwk: sign_in.PrivateKey) -> dict[str, str]:
    found = requests.get(f"{address}/.well-known/smart-configuration", timeout=20).json()
    url = found["token_endpoint"]
    assertion = sign_in.assertion(
        jwk, client_id=CLIENT, token_url=url, now=utc_now(), jti=str(steady())
    )
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion,
        "scope": "system/*.*",
    }
    token = requests.post(url, data=form, timeout=20).json()["access_token"]
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/fhir+json"}


def test_a_server_that_others_wrote_takes_it_answers_and_refuses_a_stale_cancel(
    sekmet: str, key: sign_in.PrivateKey
) -> None:
    headers = _bearer(sekmet, key)
    booking = message().booking
    once = {"If-None-Exist": f"identifier={partner.REQUEST}|{booking.request_id}"}
    made = requests.post(
        f"{sekmet}/Appointment",
        data=partner.appointment(booking),
        headers=headers | once,
        timeout=20,
    )
    assert made.status_code == 201, made.text
    again = requests.post(
        f"{sekmet}/Appointment",
        data=partner.appointment(booking),
        headers=headers | once,
        timeout=20,
    )
    assert again.status_code == 200
    id_ = made.json()["id"]
    url = f"{sekmet}/Appointment/{id_}"
    asked = partner.answer(requests.get(url, headers=headers, timeout=20).content, booking)
    assert (asked.status, asked.version) == (ReferralStatus.PROPOSED, "1")

    # The partner's own desk books it, and adds what must not come in.
    theirs = requests.get(url, headers=headers, timeout=20).json()
    theirs |= {"status": "booked", "comment": "Knee pain", "description": "MRI"}
    put = requests.put(url, json=theirs, headers=headers | {"If-Match": 'W/"1"'}, timeout=20)
    assert put.status_code == 200, put.text
    booked = partner.answer(requests.get(url, headers=headers, timeout=20).content, booking)
    assert booked.status is ReferralStatus.BOOKED
    assert booked.dropped >= 2
    assert "Knee" not in repr(booked)

    cancel = partner.cancellation(booking, CancelCode.FROM_OFFICE, id_=id_)
    stale = requests.put(url, data=cancel, headers=headers | {"If-Match": 'W/"1"'}, timeout=20)
    assert stale.status_code == 412, stale.text
    fresh = requests.put(
        url, data=cancel, headers=headers | {"If-Match": f'W/"{booked.version}"'}, timeout=20
    )
    assert fresh.status_code == 200, fresh.text
    over = partner.answer(requests.get(url, headers=headers, timeout=20).content, booking)
    assert over.status is ReferralStatus.CANCELLED


@pytest.mark.parametrize(
    "status", ["arrived", "fulfilled", "checked-in", "noshow", "waitlist", "entered-in-error", "x"]
)
def test_a_status_that_tells_too_much_or_does_not_exist_is_nothing_new(status: str) -> None:
    booking = message().booking
    came = json.loads(partner.appointment(booking)) | {"status": status, "note": "x"}
    found = partner.answer(json.dumps(came).encode(), booking)
    assert found.status is None
    assert found.dropped >= 1


def test_another_time_is_told_and_another_request_is_refused() -> None:
    booking = message().booking
    came = json.loads(partner.appointment(booking)) | {"status": "booked"}
    moved = came | {"start": "2026-12-01T15:00:00Z", "end": "2026-12-01T15:30:00Z"}
    found = partner.answer(json.dumps(moved).encode(), booking)
    assert found.status is ReferralStatus.RESCHEDULED
    assert found.start == datetime(2026, 12, 1, 15, tzinfo=UTC)
    other = came | {"identifier": [{"system": partner.REQUEST, "value": "another"}]}
    with pytest.raises(Malformed):
        partner.answer(json.dumps(other).encode(), booking)
    with pytest.raises(Malformed):
        partner.answer(b'{"resourceType":"ServiceRequest","status":"active"}', booking)
