"""From the wire to the office's own values: strict, and with one kind of refusal.

An item that cannot be understood is refused alone, with a code; the page goes on without it.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from msgspec import UnsetType

from carekraft_desktop.contract import fhir, marks, reviews
from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.feed import Item
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.machines import Machine
from carekraft_desktop.domain.marks import Mark, MarkKind
from carekraft_desktop.domain.notices import Notice
from carekraft_desktop.domain.patients import (
    Consent,
    Coverage,
    DataClass,
    Guardian,
    Insurance,
    Patient,
    Shares,
    Sharing,
)
from carekraft_desktop.domain.permissions import Sealed, Sealing
from carekraft_desktop.domain.referrals import Record
from carekraft_desktop.domain.reviews import LiveReply, Review
from carekraft_desktop.domain.visits import (
    Hours,
    Office,
    Provider,
    Schedule,
    Slot,
    Status,
    Visit,
)
from carekraft_desktop.exchange import incoming_notices, incoming_referrals
from carekraft_desktop.value import replace

Value = (
    Office
    | Provider
    | Schedule
    | Slot
    | Patient
    | Consent
    | Coverage
    | Visit
    | Review
    | Mark
    | Sealing
    | Sealed
    | Record
    | Machine
    | Notice
)

_BODY: dict[str, Any] = {
    **fhir.RESOURCE_OF,
    "review": reviews.PublicReview,
    "mark": marks.Mark,
    **incoming_referrals.SHAPE,
    **incoming_notices.SHAPE,
}
"""How the body of each kind is read: patients' data as FHIR resources, the rest as our own."""

_STATUS: dict[str, Status] = {
    "proposed": Status.REQUESTED,
    "waitlist": Status.REQUESTED,
    "pending": Status.OFFERED,
    "booked": Status.CONFIRMED,
    "arrived": Status.ARRIVED,
    "checked-in": Status.ARRIVED,
    "fulfilled": Status.COMPLETED,
    "noshow": Status.NO_SHOW,
    "cancelled": Status.CANCELLED,
    "entered-in-error": Status.CANCELLED,
}
_CLASS: dict[str | None, DataClass] = {data.value: data for data in DataClass}
_CANCELLED_BY = {"pat": "patient", "prov": "office"}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST_VISIT = 24 * 3600


def read(item: Item) -> Value:
    """The value that a `put` of a known kind carries.

    Raises:
        Malformed: the body is not what the contract says, or not whole; its reason is a path
            or a code, never a value.
    """
    if isinstance(item.data, UnsetType):
        raise Malformed("no-data")
    resource = decode(item.data, _BODY[item.kind])
    if resource.id != item.id:
        raise Malformed("other-id")
    value = _READERS[item.kind](resource, item.v)
    if isinstance(value, Visit):
        return replace(value, changed_at=int(item.at.timestamp()))
    return value


def _office(resource: fhir.Organization, version: int) -> Office:
    zone = next((e.value_code for e in resource.extension if e.url == fhir.TIME_ZONE), None)
    if not zone:
        raise Malformed("no-time-zone")
    npi = next((e.value for e in resource.identifier if e.system == fhir.US_NPI and e.value), "")
    code = next((a.postal_code for a in resource.address if a.postal_code), "")
    phone = _first(resource.telecom, "phone")
    return Office(resource.id, resource.name, zone, phone, version, npi, code[:5])


def _provider(resource: fhir.PractitionerRole, version: int) -> Provider:
    if not resource.practitioner.display:
        raise Malformed("no-name")
    hours = [
        Hours(
            _WEEKDAYS.index(day),
            _minutes(time.available_start_time),
            _minutes(time.available_end_time),
        )
        for time in resource.available_time
        for day in time.days_of_week
        if time.available_start_time and time.available_end_time
    ]
    return Provider(
        id=resource.id,
        name=resource.practitioner.display,
        specialty=_words(resource.specialty),
        active=resource.active,
        hours=tuple(sorted(hours, key=lambda h: (h.weekday, h.opens))),
        version=version,
    )


def _schedule(resource: fhir.Schedule, version: int) -> Schedule:
    for actor in resource.actor:
        provider = fhir.target(actor, "PractitionerRole")
        if provider:
            return Schedule(resource.id, version, provider)
    raise Malformed("no-provider")


def _slot(resource: fhir.Slot, version: int) -> Slot:
    schedule = fhir.target(resource.schedule, "Schedule")
    if not schedule:
        raise Malformed("no-schedule")
    start, end = _span(resource.start, resource.end)
    return Slot(resource.id, version, schedule, start, end, resource.status == "free")


def _patient(resource: fhir.Patient, version: int) -> Patient:
    names = sorted(resource.name, key=lambda n: n.use != "official")
    name = names[0]
    given = " ".join(name.given)
    shown = name.text or f"{given} {name.family or ''}".strip()
    if not shown:
        raise Malformed("no-name")
    address = resource.address[0] if resource.address else fhir.Address()
    return Patient(
        id=resource.id,
        version=version,
        name=shown,
        sort_name=f"{name.family}, {given}" if name.family and given else shown,
        phone=_first(resource.telecom, "phone"),
        email=_first(resource.telecom, "email"),
        address=", ".join(part for part in (*address.line, address.city, address.state) if part),
        postal_code=address.postal_code or "",
        gender=resource.gender or "",
        birth_date=_birth_date(resource.birth_date),
        guardian=_guardian(resource),
        prefers=_prefers(resource.telecom),
    )


def _prefers(points: list[fhir.ContactPoint]) -> str:
    """The way that the patient ranks first (FHIR ContactPoint.rank), among those we can use."""
    ranked = [p for p in points if p.rank and p.value and p.system in {"phone", "sms", "email"}]
    return min(ranked, key=lambda p: p.rank or 0).system or "" if ranked else ""


def _guardian(resource: fhir.Patient) -> Guardian | None:
    for contact in resource.contact:
        codes = {coding.code for kind in contact.relationship for coding in kind.coding}
        if "GUARD" in codes and contact.name is not None:
            given = " ".join(contact.name.given)
            name = contact.name.text or f"{given} {contact.name.family or ''}".strip()
            return Guardian(name, _first(contact.telecom, "phone"))
    return None


def _consent(resource: fhir.Consent, version: int) -> Consent:
    patient = fhir.target(resource.patient, "Patient")
    if not patient:
        raise Malformed("no-patient")
    decisions = dict.fromkeys(DataClass, Sharing.WITHHELD)
    rule = resource.provision
    if rule is not None and resource.status == "active":
        for data in _classes(rule):
            decisions[data] = Sharing.SHARED
        for exception in rule.provision:
            withdrawn = exception.period is not None and exception.period.start is not None
            for data in _classes(exception):
                decisions[data] = Sharing.WITHDRAWN if withdrawn else Sharing.WITHHELD
    elif resource.status == "inactive":
        decisions = dict.fromkeys(DataClass, Sharing.WITHDRAWN)
    return Consent(
        resource.id,
        version,
        patient,
        Shares(
            contact=decisions[DataClass.CONTACT],
            demographic=decisions[DataClass.DEMOGRAPHIC],
            insurance=decisions[DataClass.INSURANCE],
            medical=decisions[DataClass.MEDICAL],
            decided_at=_moment(resource.date_time),
            by_guardian=any(fhir.target(p, "Patient") is None for p in resource.performer),
        ),
    )


def _classes(rule: fhir.Provision) -> list[DataClass]:
    return [
        _CLASS[coding.code]
        for coding in rule.class_
        if coding.system == fhir.DATA_CLASS and coding.code in _CLASS
    ]


def _coverage(resource: fhir.Coverage, version: int) -> Coverage:
    patient = fhir.target(resource.beneficiary, "Patient")
    if not patient:
        raise Malformed("no-patient")
    plan = next((c.name or c.value for c in resource.class_), "")
    carrier = resource.payor[0].display or ""
    insurance = Insurance(carrier, plan, resource.subscriber_id or "")
    return Coverage(resource.id, version, patient, insurance)


def _visit(resource: fhir.Appointment, version: int) -> Visit:
    actors: dict[str, str] = {}
    for participant in resource.participant:
        kind, id_ = _pointed(participant.actor)
        actors.setdefault(kind, id_)
    patient, provider = actors.get("Patient"), actors.get("PractitionerRole")
    if not patient:
        raise Malformed("no-patient")
    if not provider:
        raise Malformed("no-provider")
    if resource.start is None or resource.end is None:
        raise Malformed("no-time")
    start, end = _span(resource.start, resource.end)
    offered = resource.requested_period[0] if resource.requested_period else None
    by, reason = _cancellation(resource) if resource.cancelation_reason is not None else ("", "")
    # By position, for speed: a first sync makes one for each booking.
    return Visit(
        resource.id,
        version,
        _number(resource.identifier),
        patient,
        provider,
        _slot_of(resource.slot),
        start,
        end,
        _STATUS[resource.status],
        _moment(resource.created) or start,
        by,
        reason,
        int(offered.start.timestamp()) if offered else None,
        int(offered.end.timestamp()) if offered else None,
        _words(resource.reason_code),
        resource.comment or "",
        tuple(
            [
                e.value_string
                for e in resource.extension
                if e.url == fhir.PREVIOUS_PROVIDER and e.value_string
            ]
        ),
    )


def _pointed(reference: fhir.Reference | None) -> tuple[str, str]:
    """Type and id behind a reference; both empty when it points to nothing of the exchange's."""
    if reference is None or reference.reference is None:
        return "", ""
    kind, _, id_ = reference.reference.partition("/")
    return (kind, id_) if id_ and "/" not in id_ else ("", "")


def _number(identifiers: list[fhir.Identifier]) -> str:
    for each in identifiers:
        if each.system == fhir.BOOKING_NUMBER and each.value:
            return each.value
    return ""


def _slot_of(references: list[fhir.Reference]) -> str:
    for each in references:
        kind, id_ = _pointed(each)
        if kind == "Slot":
            return id_
    return ""


def _cancellation(resource: fhir.Appointment) -> tuple[str, str]:
    by = reason = ""
    if resource.cancelation_reason is not None:
        for coding in resource.cancelation_reason.coding:
            if coding.system == fhir.CANCELLED_BY:
                by = _CANCELLED_BY.get(coding.code or "", "")
            elif coding.system == fhir.REASON:
                reason = coding.code or ""
    return by, reason


def _words(concepts: list[fhir.CodeableConcept]) -> str:
    for concept in concepts:
        if concept.text:
            return concept.text
        for coding in concept.coding:
            if coding.display:
                return coding.display
    return ""


def _first(points: list[fhir.ContactPoint], system: str) -> str:
    usable = [p for p in points if p.system == system and p.value and p.use != "old"]
    usable.sort(key=lambda p: p.rank or 99)
    return usable[0].value or "" if usable else ""


def _span(start: datetime, end: datetime) -> tuple[Moment, Moment]:
    try:
        first, last = int(start.timestamp()), int(end.timestamp())
    except (OverflowError, ValueError):
        raise Malformed("time-range") from None
    if not 0 < last - first <= _LONGEST_VISIT or not 0 <= first < 2**33:
        raise Malformed("time-range")
    return first, last


def _minutes(text: str | None) -> int:
    hours, minutes, _ = (text or "00:00:00").split(":")
    return int(hours) * 60 + int(minutes)


def _moment(text: str | None) -> Moment | None:
    if not text:
        return None
    try:
        stamp = datetime.fromisoformat(text if len(text) > 7 else f"{text}-01-01"[:10])
        if stamp.tzinfo is None:
            stamp = stamp.replace(tzinfo=UTC)
        return int(stamp.timestamp())
    except (ValueError, OverflowError):
        raise Malformed("date") from None


def _birth_date(text: str | None) -> str:
    if text and len(text) == len("2000-01-01"):
        try:
            date.fromisoformat(text)
        except ValueError:
            raise Malformed("birth-date") from None
    return text or ""


def _review(body: reviews.PublicReview, version: int) -> Review:
    reply = body.reply
    live = None
    if reply is not None and reply.text:
        live = LiveReply(reply.text, _instant(reply.posted), _instant(reply.edited))
    return Review(
        id=body.id,
        version=version,
        author=body.author_alias,
        rating=body.rating,
        text=body.text,
        written_at=_instant(body.created),
        edited_at=_instant(body.edited),
        reply=live,
        reported=body.reported,
    )


def _instant(stamp: datetime | None) -> Moment:
    """0 for none."""
    if stamp is None:
        return 0
    try:
        found = int(stamp.timestamp())
    except (OverflowError, ValueError):
        raise Malformed("date") from None
    if stamp.tzinfo is None or not 0 < found < 2**33:
        raise Malformed("date")
    return found


def _mark(body: marks.Mark, version: int) -> Mark:
    return Mark(
        id=body.id,
        version=version,
        kind=MarkKind(body.kind.value),
        visit_id=body.about,
        staff=body.by,
        name=body.name,
        device=body.device,
        workstation=body.workstation,
        at=_whole(body.at),
        until=_whole(body.until) if body.until is not None else 0,
        outcome=body.outcome.value if body.outcome is not None else "",
        visit_version=body.v or 0,
    )


def _whole(at: datetime) -> Moment:
    if at.tzinfo is None:
        raise Malformed("no-zone")
    try:
        return int(at.timestamp())
    except (OverflowError, ValueError):
        raise Malformed("time-range") from None


_READERS: dict[str, Callable[..., Value]] = {
    "office": _office,
    "provider": _provider,
    "schedule": _schedule,
    "slot": _slot,
    "patient": _patient,
    "consent": _consent,
    "coverage": _coverage,
    "booking": _visit,
    "review": _review,
    "mark": _mark,
    **incoming_referrals.READERS,
    **incoming_notices.READERS,
}
