"""Invented patients: who they are, who answers for them, and what they share with the office."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from carekraft_desktop.contract.fhir import (
    Address,
    CodeableConcept,
    Coding,
    ContactPoint,
    Coverage,
    CoverageClass,
    HumanName,
    Patient,
    PatientContact,
    Period,
    Reference,
)
from carekraft_desktop.hub.sandbox import names, words
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sharing import CLASSES, Shared, Sharing, Withdrawn

ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
COVERAGE_CLASS = "http://terminology.hl7.org/CodeSystem/coverage-class"
ADULT = 18


@dataclass(slots=True)
class Person:
    """One patient and everything the exchange knows, shared or not."""

    id: str
    consent_id: str
    coverage_id: str
    joined: datetime
    born: date
    full: Patient
    """As it would be with every class shared."""
    coverage: Coverage | None
    sharing: Sharing = field(default_factory=dict)

    def age(self, on: date) -> int:
        """Years of age."""
        before = (on.month, on.day) < (self.born.month, self.born.day)
        return on.year - self.born.year - before

    def shares(self, name: str) -> bool:
        """Whether the office may see that class of data."""
        return isinstance(self.sharing[name], Shared)


def without_contact(patient: Patient) -> Patient:
    """The patient when contact data is not shared; a guardian's name stays."""
    return replace(
        patient,
        telecom=[],
        address=[],
        contact=[replace(each, telecom=[]) for each in patient.contact],
    )


def without_demographic(patient: Patient) -> Patient:
    """The patient when demographic data is not shared."""
    return replace(
        patient,
        gender=None,
        birth_date=None,
        address=[replace(each, postal_code=None) for each in patient.address],
    )


def shown(person: Person) -> Patient:
    """What the office gets to see of a person."""
    patient = person.full
    if not person.shares("contact"):
        patient = without_contact(patient)
    if not person.shares("demographic"):
        patient = without_demographic(patient)
    return patient


def make_person(
    chance: Chance, *, joined: datetime, today: date, minor: bool | None = None
) -> Person:
    """Invent a patient; `minor` asks for one under 18 or for an adult."""
    if minor is None:
        minor = chance.happens(0.18)
    years = chance.randint(0, ADULT - 1) if minor else min(98, int(chance.triangular(18, 98, 45)))
    born = today - timedelta(days=int(years * 365.25) + chance.randint(1, 360))
    if not minor and _years(born, today) < ADULT:
        born = born.replace(year=born.year - 1, day=min(born.day, 28))
    pool = names.family_pool(chance)
    female = chance.happens(0.52)
    name = names.person_name(chance, pool, female=female)
    person_id = chance.new_id(joined)
    full = Patient(
        resource_type="Patient",
        id=person_id,
        name=[name],
        telecom=[] if minor else _telecom(chance),
        gender=chance.weighted(
            {"female" if female else "male": 96.0, "other": 2.0, "unknown": 2.0}
        ),
        birth_date=born.isoformat(),
        address=[_address(chance)],
        contact=[_guardian(chance, pool, name)] if minor else [],
    )
    return Person(
        id=person_id,
        consent_id=chance.new_id(joined),
        coverage_id=chance.new_id(joined),
        joined=joined,
        born=born,
        full=full,
        coverage=None,
        sharing=_sharing(chance, joined, today),
    )


def make_minor_alone(chance: Chance, *, joined: datetime, today: date) -> Person:
    """Somebody of fifteen with an account of their own, which the terms do not allow."""
    person = make_person(chance, joined=joined, today=today, minor=True)
    born = date(today.year - 15, 6, 1) if today.month > 6 else date(today.year - 16, 6, 1)
    full = replace(person.full, telecom=_telecom(chance), contact=[], birth_date=born.isoformat())
    return Person(
        id=person.id,
        consent_id=person.consent_id,
        coverage_id=person.coverage_id,
        joined=joined,
        born=born,
        full=full,
        coverage=None,
        sharing={name: Shared() for name in CLASSES},
    )


def with_guardian(chance: Chance, patient: Patient) -> Patient:
    """The same patient once a guardian has named themselves."""
    child = patient.name[0]
    return replace(
        patient, telecom=[], contact=[_guardian(chance, names.family_pool(chance), child)]
    )


def insure(chance: Chance, person: Person) -> None:
    """Give a person a card, as most have."""
    insurer, plans = chance.choice(words.INSURERS)
    classes = [
        CoverageClass(
            type=CodeableConcept(coding=[Coding(system=COVERAGE_CLASS, code="plan")]),
            value=chance.choice(plans),
        )
    ]
    if chance.happens(0.5):
        classes.append(
            CoverageClass(
                type=CodeableConcept(coding=[Coding(system=COVERAGE_CLASS, code="group")]),
                value=f"G{chance.randint(10_000, 99_999)}",
            )
        )
    person.coverage = Coverage(
        resource_type="Coverage",
        id=person.coverage_id,
        status="active",
        beneficiary=Reference(reference=f"Patient/{person.id}"),
        payor=[Reference(display=insurer)],
        subscriber_id=f"{chance.choice('ABHKMX')}{chance.randint(10**8, 10**9 - 1)}",
        class_=classes,
        period=Period(start=f"{person.joined.year}-01-01"),
    )


def _sharing(chance: Chance, joined: datetime, today: date) -> Sharing:
    sharing: Sharing = {}
    for name in CLASSES:
        kind = chance.weighted({"shared": 80.0, "withheld": 14.0, "withdrawn": 6.0})
        withdrawn = min(today, joined.date() + timedelta(days=chance.randint(1, 200)))
        if kind == "withdrawn":
            sharing[name] = Withdrawn(withdrawn.isoformat())
        else:
            sharing[name] = Shared() if kind == "shared" else None
    if not any(isinstance(each, Shared) for each in sharing.values()):
        sharing["contact"] = Shared()
    return sharing


def _telecom(chance: Chance) -> list[ContactPoint]:
    points = [ContactPoint(system="phone", value=_phone(chance), use="mobile", rank=1)]
    if chance.happens(0.7):
        mail = f"patient.{chance.randint(1_000, 999_999)}@example.com"
        points.append(ContactPoint(system="email", value=mail, use="home", rank=2))
    if chance.happens(0.12):
        points.append(ContactPoint(system="phone", value=_phone(chance), use="home", rank=3))
    return _by_preference(points)


def _by_preference(points: list[ContactPoint]) -> list[ContactPoint]:
    """Some would rather be written to than called."""
    if len(points) > 1 and points[1].system == "email" and str(points[0].value)[-1] in "135":
        points[:2] = [replace(points[0], rank=2), replace(points[1], rank=1)]
    return points


def _phone(chance: Chance) -> str:
    area = chance.choice(("312", "773", "708", "847", "630"))
    return f"+1 {area} 555 {chance.randint(100, 199):04d}"


def _address(chance: Chance) -> Address:
    city, code = chance.choice(words.TOWNS)
    line = [f"{chance.randint(12, 9_800)} {chance.choice(words.STREETS)}"]
    if chance.happens(0.2):
        line.append(f"Apt {chance.randint(1, 40)}{chance.choice('ABC')}")
    return Address(use="home", line=line, city=city, state="IL", postal_code=code, country="US")


def _guardian(chance: Chance, pool: names.Pool, child: HumanName) -> PatientContact:
    family = child.family if chance.happens(0.8) else None
    return PatientContact(
        relationship=[
            CodeableConcept(coding=[Coding(system=ROLE_CODE, code="GUARD", display="guardian")])
        ],
        name=names.person_name(chance, pool, female=chance.happens(0.6), family=family),
        telecom=[ContactPoint(system="phone", value=_phone(chance), use="mobile", rank=1)],
    )


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
