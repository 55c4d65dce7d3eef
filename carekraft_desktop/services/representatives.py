"""Who may act for a patient: recorded with what was shown, ended, warned of (REQ-44)."""

from carekraft_desktop.domain.days import is_day
from carekraft_desktop.domain.representing import Authority, Representative, Scope
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere, RequestUnclear
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import retention, rights
from carekraft_desktop.value import Value, replace


class Shown(Value, frozen=True):
    """What somebody showed at the desk."""

    name: str
    authority: Authority
    scope: Scope
    document: str
    starts_on: str
    ends_on: str = ""
    exception: str = ""


def record(desk: Desk, patient_id: str, shown: Shown) -> Representative:
    """Put a representative on file; whoever sits here has verified the document.

    Raises:
        RequestUnclear: name, document or first day are missing.
    """
    desk.require(Right.ANSWER_REQUESTS, "representative.record", patient_id)
    name, document = " ".join(shown.name.split()), " ".join(shown.document.split())
    days = [day for day in (shown.starts_on, shown.ends_on) if day]
    if not (name and document and shown.starts_on) or not all(map(is_day, days)):
        raise RequestUnclear("representative")
    one = Representative(
        desk.ids.new(),
        patient_id,
        name,
        shown.authority,
        shown.scope,
        document,
        desk.staff.id,
        shown.starts_on,
        shown.ends_on,
        endangers=False,
        exception=shown.exception,
    )
    with desk.store.write() as unit:
        rights.put_representative(unit, one, desk.now())
        desk.note(unit, "representative.record", patient_id, detail=one.authority.value)
    return one


def of(desk: Desk, patient_id: str) -> tuple[Representative, ...]:
    """All of a patient."""
    desk.require(Right.TAKE_REQUESTS, "representative.list", patient_id)
    with desk.store.read() as unit:
        return rights.representatives(unit, patient_id)


def warn(desk: Desk, representative_id: str, *, endangers: bool) -> None:
    """This person may endanger the patient, or does not any more: the record is hidden from them."""
    _change(desk, representative_id, "representative.warn", endangers=endangers)


def end(desk: Desk, representative_id: str) -> None:
    """The authority has ended today."""
    with desk.store.read() as unit:
        today = retention.day_of(desk.now(), retention.zone(unit)).isoformat()
    _change(desk, representative_id, "representative.end", ends_on=today)


def _change(desk: Desk, representative_id: str, action: str, **changes: object) -> None:
    desk.require(Right.ANSWER_REQUESTS, action, representative_id)
    with desk.store.write() as unit:
        one = rights.representative(unit, representative_id)
        if one is None:
            raise NoLongerThere
        rights.put_representative(unit, replace(one, **changes), desk.now())
        desk.note(unit, action, one.patient_id, detail=one.id)
