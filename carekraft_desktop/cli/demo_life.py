"""What has been asked, agreed and held in the demonstration office before one comes in.

Through the same use cases as at a desk; the people are those whom the invented exchange told of.
"""

from collections.abc import Callable
from datetime import timedelta

from carekraft_desktop.domain.asking import Asked, Delay, Identity
from carekraft_desktop.domain.copying import Directed, Fee
from carekraft_desktop.domain.wishes import WishKind
from carekraft_desktop.services import amending, directing, fees, holds, requests, wishes
from carekraft_desktop.services.amending import Wanted
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.holds import Wish
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.wishes import Agreed
from carekraft_desktop.store import retention
from carekraft_desktop.store.holds import Scope

MATTER = "M-2026-04"


def furnish(desk: Desk, again: StepUp) -> int:
    """Put some requests, wishes and a hold into the office; how many patients have one."""
    with desk.store.read() as unit:
        people = retention.some_patients(unit, most=8)
        today = retention.day_of(desk.now(), retention.zone(unit))
    steps: tuple[Callable[[str], object], ...] = (
        lambda who: fees.put(
            desk,
            requests.take(
                desk,
                who,
                Asked.ACCESS,
                received=today - timedelta(days=22),
                identity=Identity.PHOTO,
            ).id,
            Fee(copying=600, supplies=75, postage=160),
        ),
        lambda who: requests.extend(
            desk,
            requests.take(
                desk,
                who,
                Asked.ACCOUNTING,
                received=today - timedelta(days=40),
                identity=Identity.PHOTO,
            ).id,
            Delay.MANY_SYSTEMS,
        ),
        lambda who: amending.take(
            desk,
            who,
            Wanted("patient", who, "My address is the one of before I moved."),
            received=today - timedelta(days=6),
            identity=Identity.DETAILS,
        ),
        lambda who: requests.take(desk, who, Asked.COMPLAINT, received=today - timedelta(days=3)),
        lambda who: wishes.agree(desk, who, Agreed(WishKind.PHONE, "312-555-0164")),
        lambda who: wishes.agree(desk, who, Agreed(WishKind.NO_PLAN)),
        lambda who: directing.direct(
            desk,
            requests.take(desk, who, Asked.ACCESS, received=today - timedelta(days=2)).id,
            Directed("Prairie Legal Aid", "12 Prairie Road, Peoria, IL", today - timedelta(days=4)),
        ),
        lambda who: holds.put(desk, Wish(Scope.PATIENT, MATTER, who), again),
    )
    for who, step in zip(people, steps, strict=False):
        step(who)
    return min(len(people), len(steps))
