"""From the wire to the office's values: permissions, the key that signed them, and referrals.

The closed door: a status or code that the contract does not list makes the item unreadable, so
that it is kept aside, counted, and shown nowhere; members that it does not list are dropped
(REQ-79).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from carekraft_desktop.contract import referrals
from carekraft_desktop.contract.codec import Malformed, encode
from carekraft_desktop.contract.referrals import ReferralStatus
from carekraft_desktop.domain.permissions import Sealed, Sealing
from carekraft_desktop.domain.referrals import Record, Stage
from carekraft_desktop.exchange import seals

SHAPE: dict[str, Any] = {
    "sealing": referrals.Sealing,
    "permission": referrals.Permission,
    "referral": referrals.Referral,
}
"""What each of these kinds carries."""

_STAGE = {
    ReferralStatus.PROPOSED: Stage.PROPOSED,
    ReferralStatus.BOOKED: Stage.BOOKED,
    ReferralStatus.RESCHEDULED: Stage.RESCHEDULED,
    ReferralStatus.DECLINED: Stage.DECLINED,
    ReferralStatus.CANCELLED: Stage.CANCELLED,
}


def _sealing(item: referrals.Sealing, version: int) -> Sealing:
    jwk = {"kty": item.kty, "crv": item.crv, "x": item.x, "y": item.y}
    return Sealing(item.id, version, msgspec.json.encode(jwk).decode())


def _permission(item: referrals.Permission, version: int) -> Sealed:
    grant = seals.claimed(item.grant)
    if grant.permission_id != item.id:
        raise Malformed("other-id")
    return Sealed(item.id, version, grant.patient_id, item.grant, _moment(item.revoked_at))


def _referral(item: referrals.Referral, version: int) -> Record:
    message = item.message
    if message.request_id != item.id:
        raise Malformed("other-id")
    return Record(
        id=item.id,
        version=version,
        sent=item.side == "sent",
        stage=_STAGE[item.status],
        message=encode(message),
        patient_id=message.patient_id,
        permission_id=message.permission_id,
        provider_npi=message.to_provider_npi,
        location_id=message.to_location_id,
        from_npi=message.from_office_npi,
        from_phone=message.from_office_phone,
        start=_moment(item.start) or 0,
        end=_moment(item.end) or 0,
        booking_id=item.booking_id or "",
        decline_code=item.decline_code or "",
        cancel_code=item.cancel_code or "",
        sent_at=_moment(item.sent_at) or 0,
        actor=item.actor or "",
    )


def _moment(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return int(datetime.fromisoformat(text).timestamp())
    except ValueError:
        raise Malformed("date") from None


READERS: dict[str, Callable[..., Any]] = {
    "sealing": _sealing,
    "permission": _permission,
    "referral": _referral,
}
