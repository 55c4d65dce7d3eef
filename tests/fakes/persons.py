"""Patients' cards over the made-up office."""

from dataclasses import dataclass, field

from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NotPermitted
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.persons import Person
from tests.fakes.office import FakeOffice


@dataclass
class FakePersons:
    """Implements `PersonUses`."""

    office: FakeOffice
    calls: list[tuple[str, ...]] = field(default_factory=list)

    def card(self, desk: Desk, patient_id: str) -> Person:
        del desk
        self.office._may_fail()
        self.calls.append(("card", patient_id))
        return self.office.person(patient_id)

    def same(self, desk: Desk, person: Person) -> bool:
        del desk
        known = person.patient.id in self.office.patients
        return known and self.office.person(person.patient.id) == person

    def reveal(self, desk: Desk, patient_id: str, data: DataClass) -> None:
        if data is DataClass.MEDICAL and not desk.staff.may(Right.REVEAL_MEDICAL):
            raise NotPermitted(Right.REVEAL_MEDICAL)
        self.calls.append(("reveal", patient_id, data.value))

    def join(self, desk: Desk, one: str, other: str) -> None:
        del desk
        self.office._may_fail()
        self.office.decided.add((one, other, True))

    def keep_apart(self, desk: Desk, one: str, other: str) -> None:
        del desk
        self.office.decided.add((one, other, False))

    def let_be(self, desk: Desk, patient_id: str, *, on: bool) -> None:
        del desk
        self.office._may_fail()
        self.calls.append(("let-be", patient_id, str(on)))

    def undecide(self, desk: Desk, one: str, other: str) -> None:
        del desk
        self.office.decided -= {(one, other, True), (one, other, False)}
