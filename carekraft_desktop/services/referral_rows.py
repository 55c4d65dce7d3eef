"""The referral that a use case is about, inside its transaction."""

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import OPEN
from carekraft_desktop.domain.referrals import AFTER, Referral, Step, Work
from carekraft_desktop.errors import IllegalStep, NoLongerThere
from carekraft_desktop.store import outbox, referrals
from carekraft_desktop.store.unit import Reading


def get(unit: Reading, referral_id: str) -> Referral:
    """The one with this id.

    Raises:
        NoLongerThere: it is gone.
    """
    found = referrals.get(unit, referral_id)
    if found is None:
        raise NoLongerThere
    return found


def draft(unit: Reading, referral_id: str) -> Work:
    """The one with this id, which can still be changed.

    Raises:
        NoLongerThere: it is gone.
        IllegalStep: it has been confirmed.
    """
    referral = get(unit, referral_id)
    if Step.EDIT not in AFTER[referral.stage]:
        raise IllegalStep(Act.REFER)
    return referral.work


def under_way(unit: Reading, referral_id: str) -> bool:
    """Whether an act about it has not been settled yet."""
    return any(i.delivery in OPEN for i in outbox.about(unit, referral_id))
