"""How the desk is done with a referral of its own: throw away, cancel, put aside as seen."""

from carekraft_desktop.contract.referrals import CancelCode
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import OPEN, Intention
from carekraft_desktop.domain.referrals import AFTER, Referral, Step
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import IllegalStep
from carekraft_desktop.services import referral_care
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.referral_rows import draft, get
from carekraft_desktop.store import outbox, referrals
from carekraft_desktop.store.unit import Writing
from carekraft_desktop.value import replace


def discard(desk: Desk, referral_id: str) -> None:
    """Throw a draft away."""
    desk.require(Right.REFER, "referral.discard", referral_id)
    with desk.store.write() as unit:
        draft(unit, referral_id)
        referrals.drop(unit, [referral_id])
        desk.note(unit, "referral.discard", referral_id)


def cancel(desk: Desk, referral_id: str, *, by_patient: bool = False) -> None:
    """Cancel at the other end what has been sent; a saved request is taken back instead.

    Raises:
        IllegalStep: it has ended, or is being cancelled already.
    """
    desk.require(Right.REFER, "referral.cancel", referral_id)
    code = CancelCode.PATIENT if by_patient else CancelCode.FROM_OFFICE
    now = desk.now()
    with desk.store.write() as unit:
        referral = get(unit, referral_id)
        asked = outbox.about(unit, referral_id)
        if Step.CANCEL not in AFTER[referral.stage] or any(
            i.act is Act.CANCEL_REFERRAL and i.delivery in OPEN for i in asked
        ):
            raise IllegalStep(Act.CANCEL_REFERRAL)
        version = referral.record.version if referral.record is not None else 0
        _recall(desk, unit, referral, asked, code)
        outbox.append(
            unit,
            referral_care.cancelling(
                referral,
                code,
                key=desk.ids.new(),
                actor=desk.staff.id,
                now=now,
                version=max(version, *(i.settled_version for i in asked), 0),
            ),
        )
        desk.note(unit, "referral.cancel", referral_id, detail=code)


def _recall(
    desk: Desk,
    unit: Writing,
    referral: Referral,
    asked: tuple[Intention, ...],
    code: CancelCode,
) -> None:
    """The partner first: it may have changed it, and then nothing has been cancelled."""
    deliver = next((each for each in asked if each.act is Act.DELIVER), None)
    if deliver is None:
        return
    if deliver.delivery in OPEN:
        # What is on its way there is brought no more; what may have arrived is taken back.
        outbox.void(unit, deliver.key)
        if not deliver.tries:
            return
    made = referral_care.recalling(
        referral, code, key=desk.ids.new(), actor=desk.staff.id, now=desk.now()
    )
    outbox.append(unit, made)


def seen(desk: Desk, referral_id: str) -> None:
    """Somebody has looked at how it stands."""
    desk.require(Right.REFER, "referral.seen", referral_id)
    with desk.store.write() as unit:
        look_at(desk, unit, get(unit, referral_id))


def look_at(desk: Desk, unit: Writing, referral: Referral) -> None:
    """Keep that somebody has looked at how it stands."""
    version = referral.record.version if referral.record is not None else -1
    referrals.save(unit, replace(referral.work, seen_version=version))
    if referral.work.key:
        outbox.mark_read(unit, referral.work.key)
    desk.note(unit, "referral.seen", referral.id, detail=referral.stage)
