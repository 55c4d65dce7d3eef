"""What must be recorded before an office refers anybody: the agreement, and no 42 CFR 2 program."""

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import facts
from carekraft_desktop.store.facts import Fact


def record_agreement(desk: Desk, *, on: bool) -> None:
    """The privacy officer records that the agreement with CareKraft is signed, or no longer is.

    Raises:
        NotPermitted: it is for the privacy officer.
    """
    desk.require(Right.SET_REFERRAL_RULES, "agreement.record")
    with desk.store.write() as unit:
        facts.put(unit, Fact.AGREEMENT, f"{desk.staff.id} {desk.now()}" if on else "")
        desk.note(unit, "agreement.record", detail="on" if on else "off")


def set_part_2(desk: Desk, *, on: bool) -> None:
    """The office is, or is not, a program under 42 CFR 2, whose referrals would tell too much.

    Raises:
        NotPermitted: it is for the privacy officer.
    """
    desk.require(Right.SET_REFERRAL_RULES, "part-2.record")
    with desk.store.write() as unit:
        facts.put(unit, Fact.PART_2, "yes" if on else "")
        desk.note(unit, "part-2.record", detail="on" if on else "off")
