"""What is known of one thing that goes to a partner, and how answers are told on.

Values and looks at the store for `services/carrier.py`; nothing here talks to anybody.
"""

from datetime import UTC, datetime

from carekraft_desktop.contract.referrals import (
    ReferralBooking,
    ReferralStatus,
    ReportReferral,
)
from carekraft_desktop.domain import Moment, payload
from carekraft_desktop.domain.intentions import Intention
from carekraft_desktop.domain.partners import Answer, Carried, Partner
from carekraft_desktop.errors import MessageRefused
from carekraft_desktop.store import partners, referrals
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value

ASK_EVERY = 60
"""Seconds between two questions about one referral."""


class Job(Value, frozen=True):
    """One thing to do at a partner, with all that is known of it."""

    intention: Intention
    partner: Partner | None
    carried: Carried | None
    message: bytes


def job_of(unit: Reading, intention: Intention) -> Job:
    """An intention with its partner and what was sent."""
    carried = partners.carried(unit, intention.about)
    work, record = (
        referrals.work(unit, intention.about),
        referrals.record(unit, intention.about),
    )
    npi = work.provider_npi if work else record.provider_npi if record else ""
    found = (
        partners.get(unit, carried.partner_id)
        if carried is not None
        else partners.of_number(unit, npi)
    )
    message = record.message if record is not None else work.message if work else b""
    return Job(intention, found, carried, message)


def carried_of(job: Job, partner_id: str, answer: Answer, status: str, now: Moment) -> Carried:
    """How it stands at the partner after an answer."""
    return Carried(
        job.intention.about,
        partner_id,
        answer.id,
        answer.version,
        status,
        int(answer.start.timestamp()) if answer.start else 0,
        now + ASK_EVERY,
        answer.dropped,
    )


def booking_of(unit: Reading, referral_id: str) -> ReferralBooking | None:
    """What was sent, None where it is not known or cannot be read."""
    record = referrals.record(unit, referral_id)
    if record is None:
        return None
    try:
        return payload.read(record.message).booking
    except MessageRefused:
        return None


def report_of(answer: Answer) -> ReportReferral | None:
    """What the exchange is told; None for what is no answer."""
    if answer.status in (None, ReferralStatus.PROPOSED):
        return None
    if answer.status is ReferralStatus.CANCELLED:
        return ReportReferral(ReferralStatus.CANCELLED)
    start, end = answer.start, answer.end
    if start is None or end is None:
        return None
    return ReportReferral(answer.status or ReferralStatus.BOOKED, _written(start), _written(end))


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
