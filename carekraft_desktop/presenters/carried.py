"""How a referral stands on its way to a partner outside the exchange, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.intentions import OPEN, Delivery
from carekraft_desktop.domain.referrals import Stage
from carekraft_desktop.presenters import wording_partners as words

if TYPE_CHECKING:
    from carekraft_desktop.services.referrals import Way

_ENDED = frozenset({Stage.DRAFT, Stage.CANCELLED, Stage.DECLINED, Stage.REFUSED})


def sentences(way: Way | None, stage: Stage) -> tuple[str, ...]:
    """What to add to what is said of every referral; nothing for one by the exchange."""
    if way is None or way.delivery is None:
        return ()
    found = [_delivery(way, stage)]
    if way.recalled is Delivery.CONFLICT and stage not in _ENDED:
        found.append(words.RECALL_CHANGED)
    return tuple(each.format(name=way.name) for each in found if each)


def arrived(way: Way | None) -> bool:
    """Whether the other office has it, as far as this desk is concerned."""
    return way is None or way.delivery is None or way.delivery not in OPEN


def _delivery(way: Way, stage: Stage) -> str:
    if way.delivery is Delivery.APPLIED:
        return "" if stage in _ENDED else words.DELIVERED
    if way.delivery in OPEN:
        if not way.taken:
            return words.WAITS_EXCHANGE
        if way.problem == "signed-out":
            return words.SHUT_OUT
        return words.AWAY if way.problem else words.WAITS
    if way.delivery is Delivery.REJECTED and way.problem == "partner-refused":
        return words.NOT_TAKEN
    return words.STOPPED
