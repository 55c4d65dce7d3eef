"""How a patient wants to be reached, and what the office has agreed not to tell (REQ-45)."""

from carekraft_desktop.contract.referrals import plain_phone
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.wishes import Wish, WishKind
from carekraft_desktop.errors import NoLongerThere, RequestUnclear
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import records, wishes
from carekraft_desktop.value import Value

LONGEST = 200
"""Letters of an address."""


class Agreed(Value, frozen=True):
    """What was agreed to, and for whom."""

    kind: WishKind
    value: str = ""
    booking_id: str = ""


def of(desk: Desk, patient_id: str) -> tuple[Wish, ...]:
    """What counts for a patient."""
    desk.require(Right.REVEAL_CONTACT, "wish.list", patient_id)
    with desk.store.read() as unit:
        return wishes.of(unit, patient_id)


def agree(desk: Desk, patient_id: str, what: Agreed) -> Wish:
    """Put it into force, at once and everywhere.

    Raises:
        RequestUnclear: the number or address cannot be used.
        NoLongerThere: the patient is gone.
    """
    desk.require(Right.TAKE_REQUESTS, "wish.set", patient_id)
    value = " ".join(what.value.split())
    if what.kind is WishKind.PHONE and not plain_phone(value):
        raise RequestUnclear("phone")
    if what.kind is WishKind.ADDRESS and not 5 <= len(value) <= LONGEST:
        raise RequestUnclear("address")
    if what.kind not in {WishKind.PHONE, WishKind.ADDRESS}:
        value = ""
    wish = Wish(
        desk.ids.new(), patient_id, what.kind, value, what.booking_id, desk.now(), desk.staff.id
    )
    with desk.store.write() as unit:
        if records.one(unit, "patient", patient_id) is None:
            raise NoLongerThere
        wishes.put(unit, wish)
        desk.note(unit, "wish.set", patient_id, detail=what.kind.value)
    return wish


def end(desk: Desk, wish_id: str) -> None:
    """It counts no more.

    Raises:
        NoLongerThere: it has ended already.
    """
    desk.require(Right.TAKE_REQUESTS, "wish.end", wish_id)
    with desk.store.write() as unit:
        wish = wishes.one(unit, wish_id)
        if wish is None:
            raise NoLongerThere
        wishes.end(unit, wish_id, desk.staff.id, desk.now())
        desk.note(unit, "wish.end", wish.patient_id, detail=wish.kind.value)
