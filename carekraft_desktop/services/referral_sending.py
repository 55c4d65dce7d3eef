"""The message of a draft: look at its bytes, confirm them, take them back while they are here."""

from datetime import UTC, datetime, timedelta

from carekraft_desktop.contract.referrals import SCHEMA
from carekraft_desktop.domain import Moment, payload
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import REFERRAL, Delivery, Intention
from carekraft_desktop.domain.permissions import Refusal
from carekraft_desktop.domain.referrals import Work
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import (
    IllegalStep,
    MessageRefused,
    NothingToUndo,
    ReferralRefused,
)
from carekraft_desktop.services import referral_rules
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.referral_rows import draft, get
from carekraft_desktop.store import outbox, partners, referrals
from carekraft_desktop.value import replace


def preview(desk: Desk, referral_id: str) -> payload.Message:
    """Make the message and keep it: exactly these bytes are what may leave (REQ-65).

    Raises:
        ReferralRefused: the permission does not cover it; journalled.
        MessageRefused: something is missing or has not its form; journalled.
    """
    desk.require(Right.REFER, "referral.preview", referral_id)
    now = desk.now()
    failure: ReferralRefused | MessageRefused
    with desk.store.write() as unit:
        work = draft(unit, referral_id)
        try:
            message = referral_rules.prepared(unit, work, now)
        except (ReferralRefused, MessageRefused) as refused:
            failure = refused
            code = refused.refusal if isinstance(refused, ReferralRefused) else Refusal.SCHEMA
            desk.note(unit, "referral.preview", referral_id, detail=code, outcome="refused")
        else:
            referrals.save(
                unit, replace(work, message=message.data, digest=message.digest, touched_at=now)
            )
            desk.note(unit, "referral.preview", referral_id, detail=message.digest[:16])
            return message
    raise failure


def send(desk: Desk, referral_id: str, digest: str) -> Intention:
    """Confirm what was shown: it leaves as soon as it can no longer be taken back.

    Args:
        desk: who confirms it.
        referral_id: which one.
        digest: of the message that the person looked at.

    Raises:
        IllegalStep: nobody has asked the patient, or another message was looked at.
        ReferralRefused: the permission does not cover it any more; journalled.
    """
    desk.require(Right.REFER, "referral.send", referral_id)
    now = desk.now()
    with desk.store.write() as unit:
        work = draft(unit, referral_id)
        if not work.agreed_by or not work.message or digest != work.digest:
            raise IllegalStep(Act.REFER)
        refusal = referral_rules.allowed(unit, work, now).refusal
        if refusal is None:
            carried = partners.of_number(unit, work.provider_npi) is not None
            intention = _intention(desk, work, Act.CARRY if carried else Act.REFER, now)
            outbox.append(unit, intention)
            if carried:
                # Only when the exchange has taken the permission does it leave for the partner.
                outbox.append(unit, _intention(desk, work, Act.DELIVER, now))
            referrals.save(
                unit, replace(work, key=intention.key, actor=desk.staff.id, touched_at=now)
            )
            desk.note(unit, "referral.send", work.id, detail=f"{SCHEMA} {work.permission_id}")
            return intention
        desk.note(unit, "referral.send", referral_id, detail=refusal, outcome="refused")
    raise ReferralRefused(refusal)


def take_back(desk: Desk, referral_id: str) -> None:
    """Make a saved request a draft again, as long as it has not left.

    Raises:
        NothingToUndo: it has left.
    """
    desk.require(Right.REFER, "referral.undo", referral_id)
    with desk.store.write() as unit:
        work = get(unit, referral_id).work
        intention = outbox.get(unit, work.key)
        if intention is None or intention.delivery is not Delivery.WAITING or intention.tries:
            raise NothingToUndo
        outbox.settle(unit, intention.key, Delivery.WITHDRAWN)
        for follows in outbox.about(unit, referral_id):
            if follows.act is Act.DELIVER and follows.delivery is Delivery.WAITING:
                outbox.settle(unit, follows.key, Delivery.WITHDRAWN)
        referrals.save(unit, replace(work, key="", message=b"", digest="", touched_at=desk.now()))
        desk.note(unit, "referral.undo", referral_id)


def _intention(desk: Desk, work: Work, act: Act, now: Moment) -> Intention:
    return Intention(
        key=desk.ids.new(),
        about=work.id,
        act=act,
        if_version=0,
        actor=desk.staff.id,
        made_at=now,
        visit_start=work.start or _last_wish(work, now),
        next_at=now + desk.undo_seconds,
        kind=REFERRAL,
        body=work.message.decode(),
    )


def _last_wish(work: Work, now: Moment) -> Moment:
    """Until when a wish for parts of days means something: the end of the last of the days."""
    if not work.wishes:
        return now
    last = max(day for day, _ in work.wishes)
    return int((datetime.fromisoformat(last).replace(tzinfo=UTC) + timedelta(days=2)).timestamp())
