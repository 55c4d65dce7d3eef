"""Patients who do not want to be called or reminded: no list names them, no packet has their number."""

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import no_contact, patients


def is_marked(desk: Desk, patient_id: str) -> bool:
    """Whether this patient asked not to be contacted."""
    desk.require(Right.SEE_SCHEDULE, "no-contact.see", patient_id)
    with desk.store.read() as unit:
        return no_contact.is_marked(unit, patient_id)


def mark(desk: Desk, patient_id: str, *, on: bool) -> None:
    """Honour the wish from now on, or no longer.

    Raises:
        NoLongerThere: there is no such patient here.
    """
    desk.require(Right.ANSWER_BOOKINGS, "no-contact.mark", patient_id)
    with desk.store.write() as unit:
        if patients.get(unit, patient_id) is None:
            raise NoLongerThere
        no_contact.mark(unit, patient_id, on=on, staff=desk.staff.id, at=desk.now())
        desk.note(unit, "no-contact.mark", patient_id, detail="on" if on else "off")
