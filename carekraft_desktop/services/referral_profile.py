"""The one place where a patient's values are copied into a referral.

Only what is listed here is copied, and only what the patient shares: with this office, and by
the permission with the other one. Nobody at the desk can write any of it. What a booking needs
and the patient does not share makes the booking impossible, with a code.
"""

from datetime import date

from carekraft_desktop.contract.referrals import plain_name, plain_phone
from carekraft_desktop.domain.patients import Patient, Shares, Sharing
from carekraft_desktop.domain.payload import GuardianCopy, Profile
from carekraft_desktop.domain.permissions import Permission, Refusal, a_minor
from carekraft_desktop.domain.wishes import WishKind
from carekraft_desktop.errors import ReferralRefused
from carekraft_desktop.store import patients, wishes
from carekraft_desktop.store.unit import Reading


def born(patient: Patient | None, shares: Shares) -> date | None:
    """The birth date, None where it is not shared or not whole."""
    if patient is None or shares.demographic is not Sharing.SHARED:
        return None
    try:
        return date.fromisoformat(patient.birth_date)
    except ValueError:
        return None


def copied(
    unit: Reading, permission: Permission, *, today: date, wants_sex: bool, visit_id: str = ""
) -> Profile:
    """What goes into the message.

    Args:
        unit: the store.
        permission: whose patient, and what may be passed on.
        today: the office's own day, which decides who is a minor.
        wants_sex: the other office cannot match a patient without the administrative sex.
        visit_id: the visit it comes from; what was paid in full there is told to no plan (REQ-45).

    Raises:
        ReferralRefused: the patient shares too little, or is no longer here.
    """
    patient = patients.get(unit, permission.patient_id)
    shares = patients.shares(unit, permission.patient_id)
    birth = born(patient, shares)
    if patient is None:
        raise ReferralRefused(Refusal.NONE)
    if birth is None:
        raise ReferralRefused(Refusal.SCHEMA)
    given, family = _names(patient)
    minor = a_minor(birth, today)
    contact = permission.share_contact and shares.contact is Sharing.SHARED and not minor
    demographic = permission.share_demographic
    told = not wishes.covers(unit, permission.patient_id, WishKind.NO_PLAN, visit_id)
    insurance = told and permission.share_insurance and shares.insurance is Sharing.SHARED
    guardian = permission.guardian if minor else None
    return Profile(
        patient_id=patient.id,
        given_name=given,
        family_name=family,
        birth_date=birth.isoformat(),
        sex_admin=patient.gender if wants_sex and demographic else "",
        phone=plain_phone(patient.phone) if contact else "",
        email=patient.email if contact else "",
        zip5=_zip5(patient.postal_code) if demographic else "",
        contact_pref=permission.contact_pref,
        language=permission.language,
        interpreter=permission.interpreter,
        payer_code=permission.payer_code if insurance else "",
        plan_code=permission.plan_code if insurance else "",
        guardian=None
        if guardian is None
        else GuardianCopy(
            guardian.given_name, guardian.family_name, guardian.phone, guardian.relation
        ),
    )


def _names(patient: Patient) -> tuple[str, str]:
    """Given and family name; somebody with one name has it as the family name."""
    family, comma, given = patient.sort_name.partition(", ")
    if not comma:
        return "", plain_name(patient.name)
    return plain_name(given), plain_name(family)


def _zip5(code: str) -> str:
    start = code[:5]
    return start if len(start) == 5 and start.isascii() and start.isdigit() else ""
