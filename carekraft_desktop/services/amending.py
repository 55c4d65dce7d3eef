"""Amendments: what a patient wants changed, decided from four reasons only (REQ-40).

What came from CareKraft was not written here: the patient corrects it there and the office
receives it anew. The original stays as it is either way, with the request linked to it, and a
statement of disagreement stays attached for good.
"""

from datetime import date

from carekraft_desktop.domain.asking import Asked, Denial, Identity, Request, Result
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere, RequestUnclear
from carekraft_desktop.services import requests
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import facts, records, rights
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.rights import Amendment
from carekraft_desktop.value import Value, replace

LONGEST = 2_000
"""Letters of what is asked, and of a statement."""
KINDS = ("patient", "consent", "coverage", "booking")


class Wanted(Value, frozen=True):
    """What is to be changed, in the patient's words."""

    record_kind: str
    record_id: str
    asked: str


def take(
    desk: Desk,
    patient_id: str,
    wanted: Wanted,
    *,
    received: date | None = None,
    identity: Identity | None = None,
) -> Request:
    """Put the request and its words on the register.

    Raises:
        RequestUnclear: nothing is asked, or of no record of this patient.
    """
    asked = wanted.asked.strip()
    if not asked or len(asked) > LONGEST or wanted.record_kind not in KINDS:
        raise RequestUnclear("asked")
    with desk.store.read() as unit:
        owned = records.of(unit, wanted.record_kind, patient_id)
    if wanted.record_id not in {str(each["id"]) for each in owned}:
        raise RequestUnclear("record")
    request = requests.take(desk, patient_id, Asked.AMENDMENT, received=received, identity=identity)
    with desk.store.write() as unit:
        one = Amendment(request.id, wanted.record_kind, wanted.record_id, asked)
        rights.put_amendment(unit, one)
    return request


def of(desk: Desk, request_id: str) -> Amendment | None:
    """What belongs to a request."""
    desk.require(Right.TAKE_REQUESTS, "request.open", request_id)
    with desk.store.read() as unit:
        return rights.amendment(unit, request_id)


def attached(desk: Desk, patient_id: str) -> tuple[Amendment, ...]:
    """What stays attached to a patient's records, for whoever opens them."""
    desk.require(Right.SEE_SCHEDULE, "amendment.list", patient_id)
    with desk.store.read() as unit:
        return rights.amendments(unit, patient_id)


def correct_at_source(desk: Desk, request_id: str) -> Request:
    """The patient corrects it in CareKraft; the office asks the exchange for everything anew."""
    request = _decide(desk, request_id, Result.CORRECT_AT_SOURCE, "")
    with desk.store.write() as unit:
        # Read from zero: what was corrected there replaces what is here.
        facts.put(unit, Fact.CURSOR, "")
        desk.note(unit, "amendment.pull", request_id)
    return request


def amend(desk: Desk, request_id: str) -> Request:
    """The office agrees: the amendment is linked to the record from now on."""
    return _decide(desk, request_id, Result.AMENDED, "")


def deny(desk: Desk, request_id: str, why: Denial) -> Request:
    """Deny it, for one of the four reasons."""
    return _decide(desk, request_id, Result.DENIED, why.value)


def disagree(desk: Desk, request_id: str, statement: str) -> None:
    """The patient's statement against a denial; it stays with the record.

    Raises:
        RequestUnclear: it was not denied, there is a statement already, or it is empty.
    """
    desk.require(Right.TAKE_REQUESTS, "amendment.disagree", request_id)
    text = statement.strip()
    with desk.store.write() as unit:
        one = rights.amendment(unit, request_id)
        denied = one is not None and one.decision == Result.DENIED.value
        if one is None or not denied or one.disagreement or not 0 < len(text) <= LONGEST:
            raise RequestUnclear("statement")
        rights.put_amendment(unit, replace(one, disagreement=text))
        desk.note(unit, "amendment.disagree", request_id)


def _decide(desk: Desk, request_id: str, result: Result, denial: str) -> Request:
    desk.require(Right.ANSWER_REQUESTS, "amendment.decide", request_id)
    with desk.store.write() as unit:
        requests.get(unit, request_id, Asked.AMENDMENT)
        one = rights.amendment(unit, request_id)
        if one is None:
            raise NoLongerThere
        rights.put_amendment(unit, replace(one, decision=result.value, denial=denial))
    return requests.close(desk, request_id, result)
