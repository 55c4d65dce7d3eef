"""The patient's card: what is shared and by whom, all visits, and records that look like the same.

Two records are joined by a person's word only, and that can be taken back at any time: nothing of
either record is changed, only seen together.
"""

from carekraft_desktop.domain.likeness import Point, Record, alike, compare
from carekraft_desktop.domain.patients import DataClass, Insurance, Patient, Shares
from carekraft_desktop.domain.pending import Seen, project
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere
from carekraft_desktop.services import no_contact
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import no_contact as marked
from carekraft_desktop.store import outbox, patients, persons, terms
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value


class Likeness(Value, frozen=True):
    """Another record that may be the same person."""

    patient: Patient
    points: tuple[Point, ...]
    """For and against it."""
    joined: bool
    """Somebody has said that it is."""


class Person(Value, frozen=True):
    """Everything the office holds on one patient."""

    patient: Patient
    shares: Shares
    insurance: Insurance | None
    visits: tuple[Seen, ...]
    """Of all joined records, the newest first."""
    likenesses: tuple[Likeness, ...]
    """Joined records, then those that nobody has decided about."""
    no_contact: bool = False
    """The patient asked not to be called or reminded."""
    terms: str = ""
    """The version of the terms under which the record came; empty where none was known."""


def card(desk: Desk, patient_id: str) -> Person:
    """A patient with all visits; opening it is journalled (REQ-11).

    Raises:
        NoLongerThere: the patient is gone.
    """
    desk.require(Right.SEE_SCHEDULE, "patient.open", patient_id)
    with desk.store.write() as unit:
        found = _card(unit, patient_id)
        desk.note(unit, "patient.open", patient_id)
    return found


def same(desk: Desk, person: Person) -> bool:
    """Whether an open card still says all there is; tells nothing, so nothing is journalled."""
    with desk.store.read() as unit:
        try:
            return _card(unit, person.patient.id) == person
        except NoLongerThere:
            return False


def reveal(desk: Desk, patient_id: str, data: DataClass) -> None:
    """Journal that one class of a patient's data is about to be shown (REQ-03)."""
    right = Right.REVEAL_MEDICAL if data is DataClass.MEDICAL else Right.REVEAL_CONTACT
    desk.require(right, "patient.reveal", patient_id)
    with desk.store.write() as unit:
        desk.note(unit, "patient.reveal", patient_id, detail=data)


def join(desk: Desk, one: str, other: str) -> None:
    """Somebody says that two records are one person."""
    _decide(desk, one, other, same=True, action="patient.join")


def keep_apart(desk: Desk, one: str, other: str) -> None:
    """Somebody says that they are two; they are not suggested again."""
    _decide(desk, one, other, same=False, action="patient.keep-apart")


def undecide(desk: Desk, one: str, other: str) -> None:
    """Take a decision back: two records again, as they came."""
    desk.require(Right.ANSWER_BOOKINGS, "patient.undecide", one)
    with desk.store.write() as unit:
        persons.undecide(unit, one, other)
        desk.note(unit, "patient.undecide", one, detail=other)


def let_be(desk: Desk, patient_id: str, *, on: bool) -> None:
    """The patient does not want to be called or reminded, or does again."""
    no_contact.mark(desk, patient_id, on=on)


def _decide(desk: Desk, one: str, other: str, *, same: bool, action: str) -> None:
    desk.require(Right.ANSWER_BOOKINGS, action, one)
    with desk.store.write() as unit:
        if patients.get(unit, one) is None or patients.get(unit, other) is None:
            raise NoLongerThere
        persons.decide(unit, one, other, same=same, staff=desk.staff.id, at=desk.now())
        desk.note(unit, action, one, detail=other)


def _card(unit: Reading, patient_id: str) -> Person:
    own = _record(unit, patient_id)
    if own is None:
        raise NoLongerThere
    decided = {each.other for each in persons.decisions(unit, patient_id)}
    person = persons.joined(unit, [patient_id]).get(patient_id, frozenset())
    joined = sorted(person - {patient_id})
    found = [likeness for other in joined if (likeness := _like(unit, own, other, joined=True))]
    found += [
        likeness
        for other in persons.look_alikes(unit, patient_id)
        if other not in decided | person and (likeness := _like(unit, own, other, joined=False))
    ]
    asked = outbox.showing_by_visit(unit)
    entries = persons.visits_of(unit, [patient_id, *joined])
    return Person(
        patient=own.patient,
        shares=patients.shares(unit, patient_id),
        insurance=own.insurance,
        visits=tuple(project(entry, asked.get(entry.id, ())) for entry in entries),
        likenesses=tuple(found),
        no_contact=marked.is_marked(unit, patient_id),
        terms=terms.under(unit, "patient", patient_id),
    )


def _record(unit: Reading, patient_id: str) -> Record | None:
    patient = patients.get(unit, patient_id)
    return Record(patient, patients.insurance(unit, patient_id)) if patient is not None else None


def _like(unit: Reading, own: Record, other_id: str, *, joined: bool) -> Likeness | None:
    other = _record(unit, other_id)
    if other is None:
        return None
    points = compare(own, other)
    return Likeness(other.patient, points, joined) if joined or alike(points) else None
