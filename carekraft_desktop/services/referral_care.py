"""What must happen to referrals by itself: when a permission ends, drafts and requests end too.

Drafts are destroyed, what has not left is never sent, and what nobody has confirmed is
cancelled. Confirmed appointments stay: they are the patient's (REQ-68, REQ-72). Run at every
turn of the sync and when a permission arrives, so that it happens within a minute of knowing.
"""

from collections.abc import Callable

from carekraft_desktop.contract.codec import Malformed, encode
from carekraft_desktop.contract.referrals import CancelCode, CancelReferral, Grantor
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import OPEN, Intention
from carekraft_desktop.domain.permissions import Refusal, Sealed
from carekraft_desktop.domain.referrals import DAY, DRAFT_DAYS, Referral, Stage
from carekraft_desktop.exchange import seals
from carekraft_desktop.ports import Ids
from carekraft_desktop.services import referral_rules
from carekraft_desktop.store import outbox, permissions, referrals
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

PROGRAM = "program"
"""The actor of what the program does by itself."""
_OVER = frozenset({Refusal.REVOKED, Refusal.AGED_OUT})
Note = Callable[[Writing, str, str, str], None]
"""Adds a journal line: action, about, detail."""


class Due(Value, frozen=True):
    """What has to be done."""

    expired: tuple[str, ...] = ()
    """Drafts that nobody has touched for too long."""
    over: tuple[Referral, ...] = ()
    """Referrals whose permission has ended."""

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.expired or self.over)


def due(unit: Reading, now: Moment) -> Due:
    """What has to be done; usually nothing."""
    over = [each for each in referrals.unsettled(unit) if _is_over(unit, each, now)]
    return Due(referrals.untouched(unit, now - DRAFT_DAYS * DAY), tuple(over))


def care(unit: Writing, what: Due, now: Moment, ids: Ids, note: Note) -> None:
    """Do it."""
    referrals.drop(unit, what.expired)
    for referral_id in what.expired:
        note(unit, "referral.expired", referral_id, "draft")
    for each in what.over:
        _end(unit, each, now, ids)
        note(unit, "referral.ended", each.id, "permission")


def _is_over(unit: Reading, referral: Referral, now: Moment) -> bool:
    sealed = permissions.get(unit, referral.work.permission_id)
    if sealed is None or sealed.revoked_at is not None:
        return _still_to_do(unit, referral)
    if not _by_guardian(sealed):
        return False  # only a guardian's grant ends by itself, with the 18th birthday
    answer = referral_rules.allowed(unit, referral.work, now)
    return answer.refusal in _OVER and _still_to_do(unit, referral)


def _by_guardian(sealed: Sealed) -> bool:
    """Whether it says so; what is claimed without proof can end nothing, only be looked into."""
    try:
        return seals.claimed(sealed.grant).granted_by is Grantor.GUARDIAN
    except Malformed:
        return False


def _still_to_do(unit: Reading, referral: Referral) -> bool:
    """Whether it has not been ended yet."""
    asked = outbox.about(unit, referral.id)
    return not any(i.act is Act.CANCEL_REFERRAL and i.delivery in OPEN for i in asked)


def _end(unit: Writing, referral: Referral, now: Moment, ids: Ids) -> None:
    if referral.stage is Stage.DRAFT:
        referrals.drop(unit, [referral.id])
        return
    intention = outbox.get(unit, referral.work.key)
    if intention is not None and intention.delivery in OPEN and not intention.tries:
        for waits in outbox.about(unit, referral.id):
            if waits.delivery in OPEN and not waits.tries:
                outbox.void(unit, waits.key)
        return
    version = referral.record.version if referral.record is not None else 0
    outbox.append(
        unit,
        cancelling(
            referral,
            CancelCode.PERMISSION_REVOKED,
            key=ids.new(),
            actor=PROGRAM,
            now=now,
            version=max(version, intention.settled_version if intention is not None else 0),
        ),
    )


def recalling(
    referral: Referral, code: CancelCode, *, key: str, actor: str, now: Moment
) -> Intention:
    """The act that cancels a carried referral at the partner."""
    return Intention(
        key=key,
        about=referral.id,
        act=Act.RECALL,
        if_version=0,
        actor=actor,
        made_at=now,
        visit_start=referral.start,
        next_at=now,
        kind="referral",
        body=encode(CancelReferral(code)).decode(),
    )


def cancelling(
    referral: Referral, code: CancelCode, *, key: str, actor: str, now: Moment, version: int
) -> Intention:
    """The act that cancels a referral at the other end."""
    return Intention(
        key=key,
        about=referral.id,
        act=Act.CANCEL_REFERRAL,
        if_version=version,
        actor=actor,
        made_at=now,
        visit_start=referral.start,
        next_at=now,
        kind="referral",
        body=encode(CancelReferral(code)).decode(),
    )
