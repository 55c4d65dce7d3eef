"""May this office book for this patient with this provider: every reason why not.

Asked when a draft begins, at each choice, and by the gate just before sending (REQ-66).
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from carekraft_desktop.contract.referrals import plain_phone
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.directory import Entry
from carekraft_desktop.domain.payload import Choice, Message, Sender, Time, Wish, build
from carekraft_desktop.domain.permissions import Permission, Refusal, Use, refusal
from carekraft_desktop.domain.referrals import LIVE, Work
from carekraft_desktop.domain.visits import Office
from carekraft_desktop.errors import ReferralRefused
from carekraft_desktop.exchange import seals
from carekraft_desktop.services import referral_profile
from carekraft_desktop.store import directory, facts, patients, permissions, referrals
from carekraft_desktop.store import office as offices
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value, replace


class Answer(Value, frozen=True):
    """Whether the rules allow it."""

    permission: Permission | None
    refusal: Refusal | None
    """None when they do."""


def allowed(unit: Reading, work: Work, now: Moment) -> Answer:
    """Hold a draft against agreement, signature and permission, as far as it has been chosen."""
    if not facts.get(unit, Fact.AGREEMENT) or facts.get(unit, Fact.PART_2):
        return Answer(None, Refusal.NO_BAA)
    sealed = permissions.get(unit, work.permission_id)
    if sealed is None or sealed.patient_id != work.patient_id:
        return Answer(None, Refusal.NONE)
    try:
        permission = seals.proven(sealed, permissions.keys(unit))
    except seals.BadSeal:
        return Answer(None, Refusal.BAD_SIGNATURE)
    use = _use(unit, work, permission, now)
    if use is None:
        return Answer(permission, Refusal.SCHEMA)
    return Answer(permission, refusal(permission, use))


def usable(unit: Reading, work: Work, now: Moment) -> Answer:
    """The first permission of the patient that covers the draft; else why the newest does not."""
    first: Answer | None = None
    for sealed in permissions.of_patient(unit, work.patient_id):
        answer = allowed(unit, replace(work, permission_id=sealed.id), now)
        if answer.refusal is None:
            return answer
        first = first or answer
    if first is not None:
        return first
    return Answer(None, allowed(unit, work, now).refusal or Refusal.NONE)


def prepared(unit: Reading, work: Work, now: Moment) -> Message:
    """The message of a draft that may be sent.

    Raises:
        ReferralRefused, MessageRefused: it may not, or something is missing.
    """
    answer = allowed(unit, work, now)
    if answer.refusal is not None or answer.permission is None:
        raise ReferralRefused(answer.refusal or Refusal.NONE)
    return message(unit, work, answer.permission, now)


def message(unit: Reading, work: Work, permission: Permission, now: Moment) -> Message:
    """The message of a draft, its profile copied as it is now.

    Raises:
        ReferralRefused: something that must be in it is not there.
        MessageRefused: something in it does not have the form that is allowed.
    """
    office = offices.office(unit)
    entry = directory.get(unit, work.provider_npi, work.location_id)
    if office is None or entry is None:
        raise ReferralRefused(Refusal.SCHEMA)
    profile = referral_profile.copied(
        unit,
        permission,
        today=today(office, now),
        wants_sex=entry.wants_sex,
        visit_id=work.visit_id,
    )
    return build(
        request_id=work.id,
        created_at=now,
        sender=Sender(office.npi, plain_phone(office.phone)),
        choice=_choice(work, entry),
        profile=profile,
    )


def today(office: Office | None, now: Moment) -> date:
    """The office's own day."""
    zone = ZoneInfo(office.zone) if office is not None else UTC
    return datetime.fromtimestamp(now, zone).date()


def groups(work: Work, entry: Entry | None) -> frozenset[Specialty]:
    """The groups that a booking is for: the chosen one of an organisation, else the provider's."""
    if entry is None:
        return frozenset()
    if entry.organisation:
        return frozenset({Specialty(work.specialty)}) if work.specialty else frozenset()
    return frozenset(entry.groups)


def _use(unit: Reading, work: Work, permission: Permission, now: Moment) -> Use | None:
    office = offices.office(unit)
    patient = patients.get(unit, work.patient_id)
    birth = referral_profile.born(patient, patients.shares(unit, work.patient_id))
    if birth is None:
        return None
    entry = directory.get(unit, work.provider_npi, work.location_id)
    chosen = groups(work, entry)
    others = referrals.with_permission(unit, permission.id)
    return Use(
        office_npi=office.npi if office is not None else "",
        patient_id=work.patient_id,
        born=birth,
        today=today(office, now),
        now=now,
        used=sum(each.stage in LIVE and each.id != work.id for each in others),
        target=entry.npi if entry is not None and chosen else "",
        groups=chosen,
    )


def _choice(work: Work, entry: Entry) -> Choice:
    return Choice(
        permission_id=work.permission_id,
        provider_npi=work.provider_npi,
        location_id=work.location_id,
        visit_class=work.visit_class,
        mode=work.mode,
        time=Time(work.slot_id, work.start, work.end) if work.slot_id else None,
        wishes=tuple(Wish(*wish) for wish in work.wishes),
        specialty=work.specialty if entry.organisation else "",
        earliest_ok=work.earliest_ok,
    )
