"""The last step before the socket: a referral leaves only if all of it is still true.

The bytes are those of the preview, they are a message of the closed contract, the permission
holds and is known to hold, and the patient's profile is what the message says (REQ-61, REQ-65,
REQ-66, REQ-67).
"""

from carekraft_desktop.domain import Moment, payload
from carekraft_desktop.domain.digest import digest
from carekraft_desktop.domain.intentions import Intention
from carekraft_desktop.domain.permissions import PROBLEM, Refusal, stale
from carekraft_desktop.domain.referrals import Work
from carekraft_desktop.errors import MessageRefused, ReferralRefused
from carekraft_desktop.services import referral_rules
from carekraft_desktop.store import facts, permissions, referrals
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading

ASK_AGAIN = 1
"""Seconds after which the exchange will have been heard, while it can be reached."""


def look(unit: Reading, intention: Intention, now: Moment) -> tuple[str, Moment]:
    """Let it go, put it off until the exchange has been heard, or stop it for good.

    The problem that stops it, empty for none, and the moment until which it is put off, 0 for
    none. One that was on its way before is let go: it is asked about again under its key, which
    the exchange answers as it did the first time.
    """
    if intention.tries:
        return "", 0
    refusal = reason(unit, intention, now)
    if refusal is None:
        return "", 0
    if refusal is Refusal.STALE:
        return "", now + ASK_AGAIN
    return PROBLEM[refusal], 0


LATER = "later"
"""The exchange has to be heard first."""


def stops(unit: Reading, intention: Intention, now: Moment) -> str:
    """Why it may not go to a partner now: a problem, LATER, or empty when it may.

    Asked before every attempt: the partner takes a request that it has as the same one.
    """
    refusal = reason(unit, intention, now)
    if refusal is None:
        return ""
    return LATER if refusal is Refusal.STALE else PROBLEM[refusal]


def reason(unit: Reading, intention: Intention, now: Moment) -> Refusal | None:
    """Why it may not leave now, None when it may."""
    work = referrals.work(unit, intention.about)
    data = intention.body.encode()
    if work is None or digest(data) != work.digest or work.message != data:
        return Refusal.SCHEMA
    try:
        message = payload.read(data)
    except MessageRefused:
        return Refusal.SCHEMA
    heard = facts.get(unit, Fact.HEARD)
    if stale(int(heard) if heard else None, now):
        return Refusal.STALE
    if permissions.unreadable(unit, work.permission_id):
        return Refusal.STALE
    return _permission(unit, work, message, now)


def _permission(unit: Reading, work: Work, message: payload.Message, now: Moment) -> Refusal | None:
    booking = message.booking
    named = (booking.permission_id, booking.patient_id, booking.to_provider_npi)
    if named != (work.permission_id, work.patient_id, work.provider_npi):
        return Refusal.SCHEMA
    answer = referral_rules.allowed(unit, work, now)
    if answer.refusal is not None or answer.permission is None:
        return answer.refusal or Refusal.NONE
    try:
        anew = referral_rules.message(unit, work, answer.permission, now)
    except (MessageRefused, ReferralRefused):
        return Refusal.PROFILE_DRIFT
    same = payload.profile_of(anew.booking) == payload.profile_of(booking)
    return None if same else Refusal.PROFILE_DRIFT
