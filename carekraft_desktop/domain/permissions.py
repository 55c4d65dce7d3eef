"""A patient's permission to book for them, and every reason why it does not cover a booking.

It is a booking permission, never an authorization under HIPAA, and unlocks nothing else
(REQ-70). Looked at when a draft begins and again just before sending (REQ-66).
"""

from datetime import date
from enum import StrEnum

from carekraft_desktop.contract.referrals import Grantor, years_of_age
from carekraft_desktop.contract.specialties import SENSITIVE, Specialty
from carekraft_desktop.domain import Moment
from carekraft_desktop.value import Value

FRESH_SECONDS = 15 * 60
"""How long ago the exchange may have been heard for a permission to count as known (REQ-67)."""
OF_AGE = 18


class Refusal(StrEnum):
    """Why a booking may not be made; the codes of REQ-66."""

    NONE = "NONE"
    """There is no permission of this patient."""
    EXPIRED = "EXPIRED"
    """Its term has ended, or not begun."""
    REVOKED = "REVOKED"
    WRONG_OFFICE = "WRONG_OFFICE"
    """It was given to another office."""
    WRONG_TARGET = "WRONG_TARGET"
    WRONG_SPECIALTY = "WRONG_SPECIALTY"
    COUNT_USED = "COUNT_USED"
    BAD_SIGNATURE = "BAD_SIGNATURE"
    STALE = "STALE"
    """Whether it still holds has not been heard lately."""
    GUARDIAN_REQUIRED = "GUARDIAN_REQUIRED"
    AGED_OUT = "AGED_OUT"
    """A guardian gave it, and the patient is of age by now."""
    PROFILE_DRIFT = "PROFILE_DRIFT"
    """The patient's profile is not what the message says."""
    SCHEMA = "SCHEMA"
    NO_BAA = "NO_BAA"
    """No agreement with CareKraft is recorded."""


PROBLEM: dict[Refusal, str] = {
    Refusal.NONE: "permission-none",
    Refusal.EXPIRED: "permission-expired",
    Refusal.REVOKED: "permission-revoked",
    Refusal.WRONG_OFFICE: "permission-wrong-office",
    Refusal.WRONG_TARGET: "permission-wrong-target",
    Refusal.WRONG_SPECIALTY: "permission-wrong-specialty",
    Refusal.COUNT_USED: "permission-count-used",
    Refusal.BAD_SIGNATURE: "permission-bad-signature",
    Refusal.STALE: "permission-stale",
    Refusal.GUARDIAN_REQUIRED: "permission-guardian-required",
    Refusal.AGED_OUT: "permission-aged-out",
    Refusal.PROFILE_DRIFT: "profile-drift",
    Refusal.SCHEMA: "schema",
    Refusal.NO_BAA: "no-agreement",
}
"""Each refusal as outbox and exchange word it."""


class Standing(Value, frozen=True):
    """A guardian as a permission names them."""

    given_name: str
    family_name: str
    phone: str
    relation: str


class Permission(Value, frozen=True):
    """What a patient allows, as the exchange signed it."""

    id: str
    version: int
    patient_id: str
    office_npi: str
    targets: frozenset[str]
    specialties: frozenset[Specialty]
    share_contact: bool
    share_demographic: bool
    share_insurance: bool
    max_bookings: int
    valid_from: Moment
    valid_until: Moment
    granted_by: Grantor
    representative_id: str = ""
    contact_pref: str = "PHONE"
    language: str = "en"
    interpreter: bool = False
    payer_code: str = ""
    plan_code: str = ""
    guardian: Standing | None = None
    revoked_at: Moment | None = None


class Sealed(Value, frozen=True):
    """A permission as it arrives: the exchange's signed word, and whether it was taken back."""

    id: str
    version: int
    patient_id: str
    grant: str
    """The signed text; read anew, and proved, each time it is asked."""
    revoked_at: Moment | None = None


class Sealing(Value, frozen=True):
    """The key by which the exchange signs, as a public JWK."""

    id: str
    version: int
    jwk: str


class Use(Value, frozen=True):
    """The booking that somebody wants to make with a permission."""

    office_npi: str
    patient_id: str
    born: date
    today: date
    """The office's own day."""
    now: Moment
    used: int
    """Other bookings that were made with it and have not fallen through."""
    target: str = ""
    """The provider's number; empty before one is chosen."""
    groups: frozenset[Specialty] = frozenset()
    """The groups of the provider that count: the chosen one of an organisation."""


def refusal(permission: Permission | None, use: Use) -> Refusal | None:
    """The first reason why the permission does not cover the use, None when it does."""
    if permission is None or permission.patient_id != use.patient_id:
        return Refusal.NONE
    if permission.office_npi != use.office_npi:
        return Refusal.WRONG_OFFICE
    return (
        _term(permission, use.now)
        or _age(permission, use)
        or (_scope(permission, use) if use.target else None)
        or (Refusal.COUNT_USED if use.used >= permission.max_bookings else None)
    )


def stale(heard_at: Moment | None, now: Moment) -> bool:
    """Whether it is too long since the exchange told everything it knew."""
    return heard_at is None or now - heard_at > FRESH_SECONDS or heard_at > now + FRESH_SECONDS


def a_minor(born: date, today: date) -> bool:
    """Whether somebody is under 18; of age from the midnight of their birthday on (REQ-72)."""
    return years_of_age(born, today) < OF_AGE


def needs_naming(groups: frozenset[Specialty]) -> bool:
    """Whether the groups are of those whose booking alone tells much."""
    return bool(groups & SENSITIVE)


def _term(permission: Permission, now: Moment) -> Refusal | None:
    if permission.revoked_at is not None:
        return Refusal.REVOKED
    if not permission.valid_from <= now < permission.valid_until:
        return Refusal.EXPIRED
    return None


def _age(permission: Permission, use: Use) -> Refusal | None:
    by_guardian = permission.granted_by is Grantor.GUARDIAN
    if a_minor(use.born, use.today):
        whole = by_guardian and permission.representative_id and permission.guardian is not None
        return None if whole else Refusal.GUARDIAN_REQUIRED
    return Refusal.AGED_OUT if by_guardian else None


def _scope(permission: Permission, use: Use) -> Refusal | None:
    """A named provider or a named group; a group that tells much must be named in any case."""
    named = bool(use.groups & permission.specialties)
    if needs_naming(use.groups) and not use.groups & SENSITIVE <= permission.specialties:
        return Refusal.WRONG_SPECIALTY
    if use.target in permission.targets or named:
        return None
    return Refusal.WRONG_TARGET if permission.targets else Refusal.WRONG_SPECIALTY
