"""What a patient shares, class by class: the decision, by whom, and the values while uncovered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from carekraft_desktop.domain.ages import is_minor
from carekraft_desktop.domain.patients import DataClass, Insurance, Patient, Shares, Sharing
from carekraft_desktop.domain.staff import Right, Staff
from carekraft_desktop.presenters import wording, wording_desk
from carekraft_desktop.presenters.pieces import Tone
from carekraft_desktop.presenters.times import OfficeTime, age_in_years, written_date
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carekraft_desktop.domain import Moment
    from carekraft_desktop.domain.visits import Visit

MASK = "••••••••"
"""Always the same length, so that it says nothing about what is behind it."""


REVEAL: dict[DataClass, Right] = {
    DataClass.CONTACT: Right.REVEAL_CONTACT,
    DataClass.DEMOGRAPHIC: Right.REVEAL_CONTACT,
    DataClass.INSURANCE: Right.REVEAL_CONTACT,
    DataClass.MEDICAL: Right.REVEAL_MEDICAL,
}
"""Which right uncovers which class; the services hold the rule, this greys the button."""


class Fact(Value, frozen=True):
    """One line: an icon, what it is, and its value."""

    icon: str
    label: str
    value: str


class ClassState(Value, frozen=True):
    """One class of the patient's data."""

    data: DataClass
    title: str
    sharing: str
    tone: Tone
    advice: str
    """Why there is nothing, or how to read what there is."""
    facts: tuple[Fact, ...]
    """Masked unless `revealed`."""
    revealed: bool
    reveal: str
    """Label of the button, empty when there is nothing to uncover."""
    may_reveal: bool
    by: str = ""
    """Who decided it, and when; empty when that is not known."""


class Held(NamedTuple):
    """Everything that is held of one patient."""

    patient: Patient | None
    shares: Shares
    insurance: Insurance | None
    visit: Visit | None
    """Medical data belong to a visit."""


def classes(
    held: Held, *, staff: Staff, when: OfficeTime, now: Moment, revealed: frozenset[DataClass]
) -> tuple[ClassState, ...]:
    """The four classes, covered unless `revealed`."""
    shown = ((data, _facts(held, data, when, now)) for data in DataClass)
    return tuple(_class(held, data, facts, staff, when, data in revealed) for data, facts in shown)


def decided(held: Held, when: OfficeTime) -> str:
    """When and by whom it was decided what is shared."""
    shares = held.shares
    if shares.decided_at is None:
        return ""
    who = "Decided by the guardian" if shares.by_guardian else "Decided by the patient"
    return f"{who} on {when.short_day(shares.decided_at)}"


_TONE = {
    Sharing.SHARED: Tone.CONFIRMED,
    Sharing.WITHHELD: Tone.COMPLETED,
    Sharing.WITHDRAWN: Tone.LATE,
    Sharing.NOT_KNOWN: Tone.REQUESTED,
}


def _class(
    held: Held,
    data: DataClass,
    facts: tuple[Fact, ...],
    staff: Staff,
    when: OfficeTime,
    revealed: bool,  # noqa: FBT001 - internal, always given by position with the rest
) -> ClassState:
    decision = held.shares.of(data)
    decided = held.shares.decided_at
    shared = decision is Sharing.SHARED
    advice = wording.SHARING_ADVICE[decision]
    if shared and not facts:
        advice = wording.NOTHING_GIVEN
    elif shared and data is DataClass.INSURANCE:
        advice = wording.UNVERIFIED
    elif shared and data is DataClass.MEDICAL and revealed:
        advice = wording.OWN_WORDS
    if shared and facts and (missing := _missing(held, data, facts)):
        advice = f"{advice} {wording_desk.not_given(missing)}".strip()
    lines = facts if shared else ()
    return ClassState(
        data=data,
        title=wording.DATA[data],
        sharing=wording.sharing(decision, when.short_day(decided) if decided else ""),
        tone=_TONE[decision],
        advice=advice,
        facts=lines if revealed else tuple(Fact(f.icon, f.label, MASK) for f in lines),
        revealed=revealed and bool(lines),
        reveal=("Hide" if revealed else "Reveal") if lines else "",
        may_reveal=staff.may(REVEAL[data]),
        by=wording_desk.decided_by(
            when.short_day(decided) if decided else "", guardian=held.shares.by_guardian
        ),
    )


_EXPECTED: dict[DataClass, tuple[str, ...]] = {
    DataClass.CONTACT: ("Telephone", "E-mail", "Address"),
    DataClass.INSURANCE: ("Carrier", "Plan"),
}
"""What the policy asks of whoever signs up; where it is missing, that is said."""


def _missing(held: Held, data: DataClass, facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """What was to be expected of a class that is shared, and did not come."""
    patient = held.patient
    if data is DataClass.CONTACT and patient is not None and patient.guardian is not None:
        return ()  # the guardian is called, and the child's own contact is not used
    there = {fact.label for fact in facts}
    return tuple(label for label in _EXPECTED.get(data, ()) if label not in there)


def _facts(held: Held, data: DataClass, when: OfficeTime, now: Moment) -> tuple[Fact, ...]:
    match data:
        case DataClass.CONTACT:
            found = _contact(held, when, now)
        case DataClass.DEMOGRAPHIC:
            found = _demographic(held, when, now)
        case DataClass.INSURANCE:
            found = _insurance(held)
        case DataClass.MEDICAL:
            found = _medical(held)
    return tuple(fact for fact in found if fact.value)


def _contact(held: Held, when: OfficeTime, now: Moment) -> Iterable[Fact]:
    patient = held.patient
    if patient is None:
        return
    if not is_minor(patient.birth_date, when.day(now)):
        # A child's own telephone and e-mail are not used; the guardian is called (REQ-71).
        yield Fact("phone", "Telephone", patient.phone)
        yield Fact("mail", "E-mail", patient.email)
    yield Fact("map-pin", "Address", patient.address)
    if patient.guardian is not None:
        yield Fact("phone", "Guardian's telephone", patient.guardian.phone)


def _demographic(held: Held, when: OfficeTime, now: Moment) -> Iterable[Fact]:
    patient = held.patient
    if patient is None:
        return
    years = age_in_years(patient.birth_date, when.day(now))
    born = written_date(patient.birth_date)
    yield Fact("user", "Gender", wording.GENDER.get(patient.gender, patient.gender))
    yield Fact("calendar-days", "Born", f"{born} ({years} years)" if years is not None else born)
    yield Fact("map-pin", "ZIP code", patient.postal_code)


def _insurance(held: Held) -> Iterable[Fact]:
    insurance = held.insurance
    if insurance is None:
        return
    yield Fact("building-2", "Carrier", insurance.carrier)
    yield Fact("shield-check", "Plan", insurance.plan)
    yield Fact("id-card", "Member number", insurance.member_id)


def _medical(held: Held) -> Iterable[Fact]:
    visit = held.visit
    if visit is None:
        return
    yield Fact("heart-pulse", "Purpose", visit.purpose)
    yield Fact("info", "The patient's own words", visit.comment)
    yield Fact("stethoscope", "Seen before by", ", ".join(visit.previous_providers))
