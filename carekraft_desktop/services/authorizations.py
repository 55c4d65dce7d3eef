"""Authorizations: recorded as they were signed, asked before what needs one (REQ-42)."""

from datetime import date

from carekraft_desktop.domain.authorizing import Authorization, Flaw, flaw, incomplete
from carekraft_desktop.domain.days import is_day
from carekraft_desktop.domain.representing import Scope, refusal
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere, NotAuthorized, RequestUnclear
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import retention, rights
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value, replace


class Signed(Value, frozen=True):
    """What stands on the paper."""

    description: str
    discloser: str
    recipient: str
    purpose: str
    signed_on: str
    expires_on: str = ""
    expires_event: str = ""
    representative_id: str = ""
    says_revocation: bool = False
    says_redisclosure: bool = False


def record(desk: Desk, patient_id: str, paper: Signed) -> Authorization:
    """Put an authorization on file.

    Raises:
        RequestUnclear: an element or statement that makes it valid is missing.
    """
    desk.require(Right.ANSWER_REQUESTS, "authorization.record", patient_id)
    one = Authorization(
        desk.ids.new(),
        patient_id,
        paper.description.strip(),
        paper.discloser.strip(),
        paper.recipient.strip(),
        paper.purpose.strip(),
        paper.expires_on,
        paper.expires_event.strip(),
        "",
        paper.signed_on,
        paper.representative_id,
        paper.says_revocation,
        paper.says_redisclosure,
        0,
        desk.now(),
        desk.staff.id,
    )
    if incomplete(one) or not all(map(is_day, filter(None, (one.signed_on, one.expires_on)))):
        raise RequestUnclear("authorization")
    with desk.store.write() as unit:
        rights.put_authorization(unit, one)
        desk.note(unit, "authorization.record", patient_id, detail=one.id)
    return one


def revoke(desk: Desk, authorization_id: str) -> None:
    """The patient takes it back: later uses are refused, earlier ones stay on record."""
    _end(desk, authorization_id, "authorization.revoke", revoked_at=desk.now())


def event_came(desk: Desk, authorization_id: str) -> None:
    """The event that ends it has come."""
    with desk.store.read() as unit:
        today = retention.day_of(desk.now(), retention.zone(unit)).isoformat()
    _end(desk, authorization_id, "authorization.event", event_on=today)


def of(desk: Desk, patient_id: str) -> tuple[Authorization, ...]:
    """All of a patient, ended ones among them."""
    desk.require(Right.ANSWER_REQUESTS, "authorization.list", patient_id)
    with desk.store.read() as unit:
        return rights.authorizations(unit, patient_id)


def require(
    unit: Reading, authorization_id: str, patient_id: str, recipient: str, today: date
) -> Authorization:
    """Let a disclosure go on only under a valid authorization for it.

    Only what is on file as an authorization counts: the id of a booking permission finds nothing.

    Raises:
        NotAuthorized: there is none that covers it; the detail says why.
    """
    one = rights.authorization(unit, authorization_id)
    found = flaw(one, patient_id, recipient, today) or _authority(unit, one, today)
    if found is not None or one is None:
        raise NotAuthorized((found or Flaw.MISSING).value)
    return one


def _authority(unit: Reading, one: Authorization | None, today: date) -> Flaw | None:
    """Whoever signed for the patient must have been able to on that day."""
    if one is None or not one.representative_id:
        return None
    by = rights.representative(unit, one.representative_id)
    if by is None or by.patient_id != one.patient_id:
        return Flaw.NO_AUTHORITY
    birth = retention.birth_of(unit, one.patient_id)
    signed = date.fromisoformat(one.signed_on)
    # What was signed while they had the authority ends with it when the child comes of age.
    refused = refusal(by, Scope.RECORDS, birth, signed) or refusal(by, Scope.RECORDS, birth, today)
    return Flaw.NO_AUTHORITY if refused is not None else None


def _end(desk: Desk, authorization_id: str, action: str, **changes: object) -> None:
    desk.require(Right.ANSWER_REQUESTS, action, authorization_id)
    with desk.store.write() as unit:
        one = rights.authorization(unit, authorization_id)
        if one is None or one.revoked_at:
            raise NoLongerThere
        rights.put_authorization(unit, replace(one, **changes))
        desk.note(unit, action, one.patient_id, detail=one.id)
