"""Messages, permissions and uses of them for tests: synthetic people and 555 numbers only."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from carekraft_desktop.contract.referrals import Grantor, is_npi
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain.payload import (
    Choice,
    GuardianCopy,
    Message,
    Profile,
    Sender,
    Time,
    Wish,
    build,
)
from carekraft_desktop.domain.permissions import Permission, Standing, Use
from carekraft_desktop.value import replace

NOON = int(datetime(2026, 11, 24, 18, 0, tzinfo=UTC).timestamp())
DAY = 24 * 3600


def npi(number: int) -> str:
    """The number with its check digit."""
    stem = f"1{number:08d}"
    return next(f"{stem}{digit}" for digit in range(10) if is_npi(f"{stem}{digit}"))


OFFICE, TARGET, OTHER = npi(81), npi(4_001), npi(4_002)
SENDER = Sender(OFFICE, "+13125550100")
REQUEST = "3f2b8a04-5d61-4c7e-9a10-2b3c4d5e6f70"
PROFILE = Profile(
    patient_id="0193a0de-0000-7000-8000-00000000c0de",
    given_name="Elif",
    family_name="Demir",
    birth_date="1979-03-12",
    phone="+13125550187",
    email="elif.demir@example.com",
    zip5="60601",
    contact_pref="SMS",
    language="es",
    interpreter=True,
    payer_code="PRAIRIE",
    plan_code="SILVER",
)
CHOICE = Choice(
    permission_id="perm-1",
    provider_npi=TARGET,
    location_id="loc-7",
    visit_class="NEW",
    mode="IN_PERSON",
    time=Time("slot-9", NOON + 2 * DAY, NOON + 2 * DAY + 1_800),
)
GUARDIAN = GuardianCopy("Ayla", "Demir", "+13125550188", "PARENT")
PERMISSION = Permission(
    id="perm-1",
    version=1,
    patient_id=PROFILE.patient_id,
    office_npi=OFFICE,
    targets=frozenset({TARGET}),
    specialties=frozenset({Specialty.CARDIOLOGY}),
    share_contact=True,
    share_demographic=True,
    share_insurance=True,
    max_bookings=1,
    valid_from=NOON - DAY,
    valid_until=NOON + 30 * DAY,
    granted_by=Grantor.SELF,
)
USE = Use(
    office_npi=OFFICE,
    patient_id=PROFILE.patient_id,
    born=date(1979, 3, 12),
    today=date(2026, 11, 24),
    now=NOON,
    used=0,
    target=TARGET,
    groups=frozenset({Specialty.CARDIOLOGY}),
)


def message(
    choice: Choice = CHOICE, profile: Profile = PROFILE, *, made: int = NOON, request: str = REQUEST
) -> Message:
    """A whole message."""
    return build(request_id=request, created_at=made, sender=SENDER, choice=choice, profile=profile)


def minors_permission() -> Permission:
    """What a guardian gave."""
    return replace(
        PERMISSION,
        granted_by=Grantor.GUARDIAN,
        representative_id="rep-1",
        guardian=Standing("Ayla", "Demir", "+13125550188", "PARENT"),
    )


_GIVEN = ("Elif", "María José", "Zoë", "Nguyễn", "O'Neil", "Anne-Marie", "राम", "李", "עדי", "J.")
_FAMILY = ("Demir", "García López", "Van der Berg", "Ó Súilleabháin", "शर्मा", "王", "D'Arcy")


def random_parts(chance: random.Random) -> dict[str, Any]:
    """What `build` takes, drawn at random over everything that is allowed."""
    minor = chance.random() < 0.3
    years = chance.randint(0, 16) if minor else chance.randint(19, 95)
    born = date(2026, 11, 24) - timedelta(days=int(years * 365.25) + chance.randint(1, 300))
    start = NOON + chance.randint(1, 80) * DAY + chance.randint(0, 40) * 900
    slotted = chance.random() < 0.7
    days = [(date(2026, 11, 25) + timedelta(days=n)).isoformat() for n in range(20)]
    wishes = {(chance.choice(days), chance.choice(("AM", "PM", "EVE"))) for _ in range(3)}

    def maybe(value: str) -> str:
        return value if chance.random() < 0.6 else ""

    profile = Profile(
        patient_id=f"p-{chance.randrange(10**9)}",
        given_name=maybe(chance.choice(_GIVEN)),
        family_name=chance.choice(_FAMILY),
        birth_date=born.isoformat(),
        sex_admin=maybe(chance.choice(("male", "female", "other", "unknown"))),
        phone=maybe(f"+1312555{chance.randint(100, 199):04d}"),
        email=maybe(f"p{chance.randrange(10**6)}@example.com"),
        zip5=maybe(f"{chance.randrange(10**5):05d}"),
        contact_pref=chance.choice(("PHONE", "SMS", "EMAIL")),
        language=chance.choice(("en", "es", "zh", "ase")),
        interpreter=chance.random() < 0.3,
        payer_code=maybe("SELF_PAY"),
        plan_code=maybe("PLAN-1"),
        guardian=GUARDIAN if minor else None,
    )
    choice = Choice(
        permission_id=f"perm-{chance.randrange(10**6)}",
        provider_npi=npi(chance.randrange(10**8)),
        location_id=f"loc-{chance.randrange(10**6)}",
        visit_class=chance.choice(("NEW", "RETURNING")),
        mode=chance.choice(("IN_PERSON", "VIDEO", "PHONE")),
        time=Time(f"s-{chance.randrange(10**6)}", start, start + chance.choice((900, 3_600)))
        if slotted
        else None,
        wishes=() if slotted else tuple(Wish(*wish) for wish in sorted(wishes)),
        specialty=maybe(chance.choice(list(Specialty))),
        earliest_ok=chance.random() < 0.5,
    )
    request = f"{chance.randrange(16**8):08x}-0000-4000-8000-{chance.randrange(16**12):012x}"
    return {
        "request_id": request,
        "created_at": NOON + chance.randint(0, 1_000_000),
        "sender": SENDER,
        "choice": choice,
        "profile": profile,
    }
