"""Somebody whose record was erased asks: their booking number leads to the paperwork (REQ-84)."""

from carekraft_desktop.domain.asking import AFTER_ERASURE, Asked, Request
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere, RequestUnclear
from carekraft_desktop.services import accounting, requests
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import visits


def take(desk: Desk, number: str, kind: Asked) -> Request:
    """Put a request of somebody on the register who is here by an opaque id only.

    Args:
        desk: who takes it.
        number: a booking number that the patient brings.
        kind: one of `AFTER_ERASURE`.

    Raises:
        RequestUnclear: the number was never one of somebody erased; its detail is `number-here`
            where the patient is still here, `number` where nobody has it.
    """
    desk.require(Right.ANSWER_REQUESTS, "request.take")
    if kind not in AFTER_ERASURE:
        raise RequestUnclear("kind")
    try:
        patient_id = accounting.found_by_number(desk, number)
    except NoLongerThere:
        with desk.store.read() as unit:
            here = visits.has_number(unit, number.strip())
        raise RequestUnclear("number-here" if here else "number") from None
    return requests.take(desk, patient_id, kind)
