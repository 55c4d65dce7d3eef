"""The practice system next door: copy a booking in its shape, and see what is not entered yet.

Only what the patient shares, and what the person's role may see, is copied; each copy is written
in the journal with the classes of data it carried (REQ-92).
"""

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.ages import is_minor
from carekraft_desktop.domain.handover import (
    FIELDS,
    LONGEST,
    SHIPPED,
    Template,
    classes_of,
    render,
    unknown_fields,
)
from carekraft_desktop.domain.marks import Mark, visit_of
from carekraft_desktop.domain.patients import DataClass, Insurance, Patient, Sharing
from carekraft_desktop.domain.pending import Seen, project
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Status, Visit
from carekraft_desktop.errors import NoLongerThere, TemplateUnclear
from carekraft_desktop.services import copying
from carekraft_desktop.services import marks as marking
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import (
    baselines,
    facts,
    marks,
    office,
    outbox,
    patients,
    templates,
    visits,
)
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading

DAYS_BACK = 7
"""What is not entered is listed from so many days ago on."""
MOST, COUNTED = 500, 100
"""So many lines are listed, and so many counted: an office that never enters has other worries."""
_ENTERED = frozenset({Status.CONFIRMED, Status.ARRIVED, Status.COMPLETED})
_SECONDS = 86_400


class Waiting(NamedTuple):
    """A booking that the practice system does not have as it is now."""

    seen: Seen
    since: Moment
    """When it was confirmed or last changed."""
    entered: Mark | None
    """Who entered it before it changed; None when nobody has."""


def all_templates(desk: Desk) -> tuple[Template, ...]:
    """Every template, the office's own words in place of the shipped ones."""
    with desk.store.read() as unit:
        own = templates.own(unit)
    return tuple(own.get(shipped.key, shipped) for shipped in SHIPPED)


def chosen(desk: Desk) -> Template:
    """The template that this office uses."""
    with desk.store.read() as unit:
        key = facts.get(unit, Fact.TEMPLATE)
    found = all_templates(desk)
    return next((each for each in found if each.key == key), found[0])


def choose(desk: Desk, key: str) -> None:
    """Use another template from now on."""
    desk.require(Right.ANSWER_BOOKINGS, "template.choose")
    with desk.store.write() as unit:
        facts.put(unit, Fact.TEMPLATE, key)
        desk.note(unit, "template.choose", detail=key)


def keep(desk: Desk, key: str, text: str) -> None:
    """Change a template's words.

    Raises:
        TemplateUnclear: a field in braces does not exist, or there is none at all.
    """
    desk.require(Right.ANSWER_BOOKINGS, "template.keep")
    shipped = next(each for each in SHIPPED if each.key == key)
    unknown = unknown_fields(text)
    if unknown or not text.strip() or len(text) > LONGEST:
        raise TemplateUnclear(unknown[0][:40] if unknown else "")
    with desk.store.write() as unit:
        templates.keep(unit, Template(key, shipped.title, shipped.style, text))
        desk.note(unit, "template.keep", detail=key)


def restore(desk: Desk, key: str) -> None:
    """Back to the shipped words."""
    desk.require(Right.ANSWER_BOOKINGS, "template.restore")
    with desk.store.write() as unit:
        templates.forget(unit, key)
        desk.note(unit, "template.restore", detail=key)


def copy(desk: Desk, visit_id: str) -> str:
    """The booking in the shape of the chosen template; journalled as a disclosure.

    Raises:
        NoLongerThere: the booking is gone.
        NotPermitted: the role may not see patients' contact data.
        CopyingOff: nobody copies here (REQ-92).
    """
    desk.require(Right.TAKE_ALONG, "visit.copy", visit_id)
    desk.require(Right.REVEAL_CONTACT, "visit.copy", visit_id)
    copying.require(desk, visit_id)
    template = chosen(desk)
    with desk.store.write() as unit:
        visit = visits.get(unit, visit_id)
        if visit is None:
            raise NoLongerThere
        shares = patients.shares(unit, visit.patient_id)
        open_ = {
            data
            for data in classes_of(template.text)
            if shares.of(data) is Sharing.SHARED and _may(desk, data)
        }
        values = _values(unit, visit)
        told = {name: value for name, value in values.items() if FIELDS[name] in {None, *open_}}
        classes = ",".join(sorted(open_)) or "none"
        desk.note(unit, "visit.copy", visit_id, detail=f"{template.key}:{classes}")
    return render(template, told)


def to_enter(desk: Desk) -> tuple[Waiting, ...]:
    """Confirmed bookings that are not entered, or have changed since, oldest first."""
    desk.require(Right.SEE_SCHEDULE, "to-enter.see")
    since = desk.now() - DAYS_BACK * _SECONDS
    with desk.store.read() as unit:
        news = baselines.changed(unit)
        ids = {*marks.not_entered(unit, since, most=MOST), *news}
        entries = visits.entries(unit, ids)
        moments = visits.changes(unit, ids)
        shown = marking.laid_over(unit, desk, marks.of_visits(unit, ids), ids)
        asked = outbox.showing_by_visit(unit)
        rows = []
        for id_, entry in entries.items():
            seen = project(entry, asked.get(id_, ()))
            entered = shown[id_].entered if id_ in shown else None
            if seen.status in _ENTERED and (entered is None or id_ in news):
                # Once a visit has begun, it has waited since then at the least.
                since = min(moments[id_].changed_at, max(seen.start, 0))
                rows.append(Waiting(seen, since, entered))
    return tuple(sorted(rows, key=lambda row: (row.since, row.seen.entry.id)))


def count(desk: Desk) -> int:
    """How many bookings are not entered, up to `COUNTED`; for the number beside the page."""
    desk.require(Right.SEE_SCHEDULE, "to-enter.see")
    with desk.store.read() as unit:
        since = desk.now() - DAYS_BACK * _SECONDS
        missing = set(marks.not_entered(unit, since, most=COUNTED))
        own = {visit_of(i.about) for i in outbox.marks_showing(unit) if i.act is Act.ENTER}
        return len(missing - own)


def _may(desk: Desk, data: DataClass) -> bool:
    right = Right.REVEAL_MEDICAL if data is DataClass.MEDICAL else Right.REVEAL_CONTACT
    return desk.staff.may(right)


def values_of(unit: Reading, desk: Desk, visit: Visit) -> dict[str, str]:
    """Every field of a booking that the patient shares and this person's role may see."""
    shares = patients.shares(unit, visit.patient_id)
    values = _values(unit, visit)
    return {
        name: value
        for name, value in values.items()
        if (data := FIELDS[name]) is None
        or (shares.of(data) is Sharing.SHARED and _may(desk, data))
    }


def _values(unit: Reading, visit: Visit) -> dict[str, str]:
    seen = project(visit.entry(), outbox.about(unit, visit.id))
    where = office.office(unit)
    start = datetime.fromtimestamp(seen.start, ZoneInfo(where.zone if where else "UTC"))
    names = {provider.id: provider.name for provider in office.providers(unit)}
    found = {
        "number": visit.number,
        "date": start.date().isoformat(),
        "date_us": f"{start:%m/%d/%Y}",
        "time": f"{start:%H:%M}",
        "minutes": str((seen.end - seen.start) // 60),
        "provider": names.get(seen.provider_id, ""),
        "purpose": visit.purpose,
    }
    found |= _of_person(patients.get(unit, visit.patient_id), start.date())
    return found | _of_insurance(patients.insurance(unit, visit.patient_id))


def _of_person(patient: Patient | None, on: date) -> dict[str, str]:
    if patient is None:
        return {}
    guardian, minor = patient.guardian, is_minor(patient.birth_date, on)
    return {
        "name": patient.name,
        "sort_name": patient.sort_name,
        "guardian": guardian.name if guardian else "",
        "guardian_phone": guardian.phone if guardian else "",
        # A child's own telephone and e-mail are not used (REQ-71).
        "phone": "" if minor else patient.phone,
        "email": "" if minor else patient.email,
        "address": patient.address,
        "zip": patient.postal_code,
        "gender": patient.gender,
        "born": patient.birth_date,
        "born_us": _american(patient.birth_date),
    }


def _american(iso: str) -> str:
    try:
        return f"{date.fromisoformat(iso):%m/%d/%Y}"
    except ValueError:
        return iso


def _of_insurance(insurance: Insurance | None) -> dict[str, str]:
    if insurance is None:
        return {}
    return {"carrier": insurance.carrier, "plan": insurance.plan, "member": insurance.member_id}
