"""What a copy costs: three parts, and told before anything is handed over (45 CFR 164.524(c)(4)).

The first accounting in twelve months is free (164.528(c)(2)); the others may cost what they cost.
"""

from carekraft_desktop.domain.asking import Asked, Request
from carekraft_desktop.domain.copying import FREE, Fee, FeeTold
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import RequestUnclear
from carekraft_desktop.services import requests
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import retention
from carekraft_desktop.value import replace

COSTS = frozenset({Asked.ACCESS, Asked.ACCOUNTING})


def put(desk: Desk, request_id: str, fee: Fee) -> Request:
    """Set the fee; the patient has to be told of it anew.

    Raises:
        RequestUnclear: a part cannot be, nothing is copied for this kind, or it is free.
        NoLongerThere: it is answered.
    """
    desk.require(Right.ANSWER_REQUESTS, "request.fee", request_id)
    if not fee.possible:
        raise RequestUnclear("fee")
    with desk.store.read() as unit:
        request = requests.open_one(unit, request_id)
        free = request.kind is Asked.ACCOUNTING and requests.accounting_is_free(unit, request)
    if fee.cents and request.kind not in COSTS:
        raise RequestUnclear("fee")
    if fee.cents and free:
        raise RequestUnclear("free")
    told = replace(FREE, copying=fee.copying, supplies=fee.supplies, postage=fee.postage)
    if told == replace(request.fee, told_on=None, told=None):
        return request
    return requests.change(desk, request_id, "fee", str(fee.cents), fee=told)


def told(desk: Desk, request_id: str, how: FeeTold) -> Request:
    """The patient was told of the fee and wants the copy at it.

    Raises:
        RequestUnclear: there is no fee.
        NoLongerThere: it is answered.
    """
    desk.require(Right.ANSWER_REQUESTS, "request.fee-told", request_id)
    with desk.store.read() as unit:
        request = requests.open_one(unit, request_id)
        today = retention.day_of(desk.now(), retention.zone(unit))
    if not request.fee.cents:
        raise RequestUnclear("fee")
    fee = replace(request.fee, told_on=today, told=how)
    return requests.change(desk, request_id, "fee-told", how.value, fee=fee)


def require_told(request: Request) -> None:
    """Let a copy go only where it is free, or the patient knows what it costs.

    Raises:
        RequestUnclear: nobody has told them.
    """
    if not request.fee.may_go_on:
        raise RequestUnclear("fee-told")
