"""The accounting of disclosures: who outside was told what of a patient, six years back (REQ-39).

Left out are treatment, payment and operations, what went to the patient, and what an
authorization covered (45 CFR 164.528(a)(1)). What should not have happened is in it: a bad reply,
a misdirected copy. Referral bookings are in the full view only. It can be answered of somebody
who was erased: by the booking's number and the paperwork that outlived the record.
"""

from datetime import date, timedelta
from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.asking import BACK_YEARS
from carekraft_desktop.domain.days import is_day
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere, RequestUnclear
from carekraft_desktop.services import authorizations
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import disclosures, erasures, ledger, retention
from carekraft_desktop.store.disclosures import Outside, Suspension
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value

ORAL_DAYS = 30
"""Days that an authority's spoken request counts at most (164.528(a)(2)(ii))."""


class Basis(StrEnum):
    """Why something was told to somebody outside."""

    LAW = "law"
    PUBLIC_HEALTH = "public-health"
    COURT = "court"
    POLICE = "police"
    OVERSIGHT = "oversight"
    IMPERMISSIBLE = "impermissible"
    """It should not have happened."""
    AUTHORIZED = "authorized"
    PATIENT = "patient"
    TREATMENT = "treatment"


LEFT_OUT = frozenset({Basis.AUTHORIZED, Basis.PATIENT, Basis.TREATMENT})


class Entry(Value, frozen=True):
    """One line of the report."""

    at: Moment
    recipient: str
    address: str
    what: str
    purpose: str
    basis: Basis


class Report(Value, frozen=True):
    """What a patient gets."""

    patient_id: str
    since: date
    until: date
    full: bool
    entries: tuple[Entry, ...]


class Told(Value, frozen=True):
    """A disclosure that somebody records by hand."""

    recipient: str
    what: str
    purpose: str
    basis: Basis
    on: str
    """ISO date."""
    address: str = ""
    authorization_id: str = ""
    """Needed where the basis is an authorization."""
    source: str = ""
    """What else on file it belongs to, such as an incident's disclosure."""


def record(desk: Desk, patient_id: str, told: Told) -> None:
    """Put a disclosure into the accounting.

    Raises:
        RequestUnclear: recipient, subject, purpose or day are missing.
        NotAuthorized: it names an authorization that does not cover it (REQ-42).
    """
    desk.require(Right.ANSWER_REQUESTS, "disclosure.record", patient_id)
    texts = (told.recipient.strip(), told.what.strip(), told.purpose.strip())
    if not all(texts) or not is_day(told.on):
        raise RequestUnclear("disclosure")
    with desk.store.write() as unit:
        where = retention.zone(unit)
        day = date.fromisoformat(told.on)
        today = retention.day_of(desk.now(), where)
        if day > today:
            raise RequestUnclear("disclosure")
        if told.basis is Basis.AUTHORIZED:
            authorizations.require(unit, told.authorization_id, patient_id, texts[0], today)
        at = desk.now() - (today - day).days * 86_400
        disclosures.add(
            unit,
            Outside(
                desk.ids.new(),
                patient_id,
                at,
                texts[0],
                told.address.strip(),
                texts[1],
                texts[2],
                told.basis.value,
                told.source,
                desk.staff.id,
            ),
        )
        desk.note(unit, "disclosure.record", patient_id, detail=told.basis.value)


def unlinked(desk: Desk) -> tuple[disclosures.Loose, ...]:
    """Disclosures of incidents that nobody has said yet whom they were about."""
    desk.require(Right.ANSWER_REQUESTS, "disclosure.list")
    with desk.store.read() as unit:
        return disclosures.loose(unit)


def link(desk: Desk, disclosure_id: str, patient_id: str) -> None:
    """An incident's disclosure was about this patient.

    Raises:
        NoLongerThere: there is no such disclosure, or it is linked to them already.
    """
    desk.require(Right.ANSWER_REQUESTS, "disclosure.link", patient_id)
    with desk.store.write() as unit:
        one = next((each for each in disclosures.loose(unit) if each.id == disclosure_id), None)
        if one is None:
            raise NoLongerThere
        disclosures.add(
            unit,
            Outside(
                desk.ids.new(),
                patient_id,
                one.at,
                one.recipient,
                "",
                one.what,
                one.purpose,
                Basis.IMPERMISSIBLE.value,
                one.id,
                desk.staff.id,
            ),
        )
        desk.note(unit, "disclosure.link", patient_id, detail=one.id)


def suspend(desk: Desk, patient_id: str, recipient: str, last_day: str, *, written: bool) -> None:
    """An authority asks that the patient is not told for now of what it was told.

    Raises:
        RequestUnclear: the day is missing, over, or too far ahead for a spoken request.
    """
    desk.require(Right.ANSWER_REQUESTS, "disclosure.suspend", patient_id)
    with desk.store.write() as unit:
        today = retention.day_of(desk.now(), retention.zone(unit))
        if not recipient.strip() or not is_day(last_day):
            raise RequestUnclear("suspension")
        last = date.fromisoformat(last_day)
        if last < today or (not written and last > today + timedelta(days=ORAL_DAYS)):
            raise RequestUnclear("suspension")
        disclosures.suspend(
            unit,
            Suspension(
                desk.ids.new(),
                patient_id,
                recipient.strip(),
                today.isoformat(),
                last_day,
                written,
                desk.now(),
                desk.staff.id,
            ),
        )
        desk.note(unit, "disclosure.suspend", patient_id, detail="written" if written else "oral")


def report(desk: Desk, patient_id: str, *, full: bool = False) -> Report:
    """The accounting of one patient, the newest first.

    `full`: with referral bookings and what else the rule leaves out, for whoever wants all.
    """
    desk.require(Right.ANSWER_REQUESTS, "accounting.report", patient_id)
    with desk.store.write() as unit:
        found = _report(unit, patient_id, desk.now(), full=full)
        desk.note(unit, "accounting.report", patient_id, detail="full" if full else "")
    return found


def found_by_number(desk: Desk, number: str) -> str:
    """The opaque id behind the booking number of somebody who was erased.

    Raises:
        NoLongerThere: the number was never one of theirs.
    """
    desk.require(Right.ANSWER_REQUESTS, "accounting.find")
    with desk.store.write() as unit:
        found = erasures.by_number(unit, number.strip())
        desk.note(unit, "accounting.find", found, outcome="done" if found else "refused")
    if not found:
        raise NoLongerThere
    return found


def _report(unit: Reading, patient_id: str, now: Moment, *, full: bool) -> Report:
    where = retention.zone(unit)
    today = retention.day_of(now, where)
    since = _years_before(today)
    hidden = {
        _plain(each.recipient)
        for each in disclosures.suspensions(unit, patient_id)
        if each.first_day <= today.isoformat() <= each.last_day
    }
    entries = [
        Entry(each.at, each.recipient, each.address, each.what, each.purpose, Basis(each.basis))
        for each in disclosures.of(unit, patient_id)
        if full or Basis(each.basis) not in LEFT_OUT
    ]
    if full:
        entries += [
            Entry(
                line.at,
                disclosures.provider(unit, line.recipient),
                "",
                line.what,
                line.purpose,
                Basis.TREATMENT,
            )
            for line in ledger.lines(unit, patient_id=patient_id, most=10_000)
        ]
    shown = [
        each
        for each in entries
        if retention.day_of(each.at, where) >= since and _plain(each.recipient) not in hidden
    ]
    return Report(
        patient_id, since, today, full, tuple(sorted(shown, key=lambda e: e.at, reverse=True))
    )


def _years_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - BACK_YEARS, 2, 28)
    return day.replace(year=day.year - BACK_YEARS)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
