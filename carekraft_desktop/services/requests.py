"""The register of what patients ask of the office: taken, extended once, answered (D.5, A.6)."""

from datetime import date

from carekraft_desktop.domain.asking import (
    DAYS,
    RESULTS,
    Asked,
    Delay,
    Identity,
    Request,
    Result,
    Step,
    Urgency,
    due,
    extended,
)
from carekraft_desktop.domain.days import is_day
from carekraft_desktop.domain.representing import OF_MINORS, Scope, refusal
from carekraft_desktop.domain.retention import years_after
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere, RequestUnclear
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import records, retention, rights
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value, replace


class Line(Value, frozen=True):
    """One request as the register shows it."""

    request: Request
    name: str
    """Empty where the patient is no longer here."""
    urgency: Urgency


def every(desk: Desk) -> tuple[Line, ...]:
    """The whole register; that somebody read it is journalled."""
    desk.require(Right.TAKE_REQUESTS, "request.list")
    with desk.store.write() as unit:
        today = _today(unit, desk)
        desk.note(unit, "request.list")
        return tuple(
            Line(each, name_of(unit, each.patient_id), each.urgency(today))
            for each in rights.requests(unit)
        )


def open_of(desk: Desk, patient_id: str) -> tuple[Request, ...]:
    """What a patient has asked that is not answered, for the card."""
    desk.require(Right.TAKE_REQUESTS, "request.list", patient_id)
    with desk.store.read() as unit:
        return tuple(each for each in rights.requests(unit, patient_id) if each.open)


def pressing(desk: Desk) -> tuple[int, int]:
    """How many are overdue, and how many due within ten days; for whoever answers them."""
    if not desk.staff.may(Right.ANSWER_REQUESTS):
        return 0, 0
    with desk.store.read() as unit:
        today = _today(unit, desk)
        found = [each.urgency(today) for each in rights.requests(unit)]
    return found.count(Urgency.OVERDUE), found.count(Urgency.SOON)


def take(
    desk: Desk,
    patient_id: str,
    kind: Asked,
    *,
    received: date | None = None,
    identity: Identity | None = None,
    representative_id: str = "",
) -> Request:
    """Put a request on the register.

    Args:
        desk: who takes it.
        patient_id: whose record it is about.
        kind: what is asked.
        received: the day it came; today when none is named.
        identity: how the office made sure who asks; may follow later.
        representative_id: who asks for the patient; empty when the patient does.

    Raises:
        RequestUnclear: it came tomorrow, or the representative may not ask.
    """
    desk.require(Right.TAKE_REQUESTS, "request.take", patient_id)
    with desk.store.write() as unit:
        today = _today(unit, desk)
        day = received or today
        if day > today:
            raise RequestUnclear("received")
        if representative_id:
            require_representative(unit, representative_id, patient_id, today)
        request = Request(
            id=desk.ids.new(),
            patient_id=patient_id,
            kind=kind,
            received_on=day,
            due_on=due(kind, day),
            extended_to=None,
            reason=None,
            identity=identity,
            by_representative=representative_id,
            open=True,
            outcome=None,
            made_by=desk.staff.id,
            closed_on=None,
        )
        put(unit, desk, request, "take", kind.value)
    return request


def check_identity(desk: Desk, request_id: str, how: Identity) -> Request:
    """Record how the office made sure who asks; without it nothing is handed over."""
    return change(desk, request_id, "identity", how.value, identity=how)


def accounting_is_free(unit: Reading, request: Request) -> bool:
    """The first in twelve months is (164.528(c)(2))."""
    before = [
        each
        for each in rights.requests(unit, request.patient_id)
        if each.kind is Asked.ACCOUNTING
        and each.id != request.id
        and each.outcome is Result.HANDED_OVER
        and each.received_on <= request.received_on
    ]
    return all(years_after(each.received_on, 1) <= request.received_on for each in before)


def extend(desk: Desk, request_id: str, why: Delay) -> Request:
    """Take the one extension, with its reason, before the day has passed.

    Raises:
        RequestUnclear: it was taken, the kind has none, or the day has passed.
    """
    with desk.store.read() as unit:
        request = open_one(unit, request_id)
        if not request.may_extend or _today(unit, desk) > request.due_on:
            raise RequestUnclear("extension")
    return change(desk, request_id, "extend", why.value, extended_to=extended(request), reason=why)


def close(desk: Desk, request_id: str, result: Result) -> Request:
    """It is answered.

    Raises:
        RequestUnclear: this kind does not end so.
    """
    with desk.store.read() as unit:
        request = open_one(unit, request_id)
        today = _today(unit, desk)
    if result not in RESULTS[request.kind]:
        raise RequestUnclear("result")
    return change(
        desk, request_id, "close", result.value, open=False, outcome=result, closed_on=today
    )


def steps(desk: Desk, request_id: str) -> tuple[Step, ...]:
    """What was done with a request."""
    desk.require(Right.TAKE_REQUESTS, "request.open", request_id)
    with desk.store.read() as unit:
        return rights.steps(unit, request_id)


def get(unit: Reading, request_id: str, kind: Asked) -> Request:
    """An open request of one kind.

    Raises:
        NoLongerThere: there is none.
    """
    request = open_one(unit, request_id)
    if request.kind is not kind:
        raise NoLongerThere
    return request


def put(unit: Writing, desk: Desk, request: Request, what: str, code: str) -> None:
    """Keep a request with the step that was done, and journal it."""
    rights.put_request(unit, request)
    rights.add_step(unit, request.id, Step(desk.now(), desk.staff.id, what, code))
    desk.note(unit, f"request.{what}", request.id, detail=f"{request.kind} {code}")


def require_representative(
    unit: Reading, representative_id: str, patient_id: str, today: date
) -> None:
    """Let somebody ask for a patient only with authority for it (REQ-44).

    Raises:
        RequestUnclear: they have none; the detail says why.
    """
    one = rights.representative(unit, representative_id)
    if one is None or one.patient_id != patient_id:
        raise RequestUnclear("representative")
    birth = retention.birth_of(unit, patient_id)
    refused = refusal(one, Scope.RECORDS, birth, today)
    if refused is not None:
        raise RequestUnclear(refused.value)


def nightly(desk: Desk) -> int:
    """End the word of parents whose child has come of age; how many that were."""
    ended = 0
    with desk.store.write() as unit:
        today = _today(unit, desk)
        for one in rights.representatives(unit):
            birth = retention.birth_of(unit, one.patient_id)
            if one.ends_on or one.authority not in OF_MINORS or not is_day(birth):
                continue
            last = years_after(date.fromisoformat(birth), 18)
            if last <= today:
                day = date.fromordinal(last.toordinal() - 1).isoformat()
                rights.put_representative(unit, replace(one, ends_on=day), desk.now())
                desk.note(unit, "representative.lapse", one.id, detail="of-age")
                ended += 1
    return ended


def name_of(unit: Reading, patient_id: str) -> str:
    """A patient's name, as far as they are here."""
    body = records.one(unit, "patient", patient_id)
    return str(body["name"]) if body is not None else ""


def change(desk: Desk, request_id: str, what: str, code: str, **changes: object) -> Request:
    """Keep what is new of an open request, as a step in its register.

    Raises:
        NoLongerThere: it is answered.
    """
    desk.require(Right.ANSWER_REQUESTS, f"request.{what}", request_id)
    with desk.store.write() as unit:
        request = replace(open_one(unit, request_id), **changes)
        put(unit, desk, request, what, code)
    return request


def open_one(unit: Reading, request_id: str) -> Request:
    """A request that is not answered.

    Raises:
        NoLongerThere: it is, or there is none.
    """
    request = rights.request(unit, request_id)
    if request is None or not request.open:
        raise NoLongerThere
    return request


def _today(unit: Reading, desk: Desk) -> date:
    return retention.day_of(desk.now(), retention.zone(unit))


def extension_days(kind: Asked) -> int:
    """How many days the one extension of a kind gives; 0 where there is none."""
    return DAYS[kind][1]
