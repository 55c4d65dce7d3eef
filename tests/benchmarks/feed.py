"""The feed of an invented office, as its exchange would send it: each patient with four bookings."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime

from carekraft_desktop.contract.feed import Item
from tests import samples
from tests.benchmarks.sample import (
    A_DAY,
    DAY,
    FAMILY,
    FIRST_HOUR,
    GIVEN,
    NOW,
    PROVIDERS,
    provider_id,
    uid,
)

EACH = 4
"""Bookings of one patient."""


def office() -> Iterator[Item]:
    """What is there before any patient."""
    yield samples.office()
    for number in range(PROVIDERS):
        yield samples.provider(provider_id(number))


def people(bookings: int, *, seed: int = 11) -> Iterator[Item]:
    """Patients with their consent and bookings; `bookings` in all."""
    chance = random.Random(seed)
    midnight = NOW - NOW % DAY
    for number in range(bookings // EACH):
        patient = uid(number * EACH, number)
        yield samples.patient(
            patient,
            given=GIVEN[number % len(GIVEN)],
            family=f"{FAMILY[number // len(GIVEN) % len(FAMILY)]}-{number:x}",
            phone=f"312-555-{number % 10_000:04d}",
            birth_date=f"{1940 + number % 60}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        )
        yield samples.consent(
            uid(number * EACH, number + 1), patient_id=patient, withheld=("insurance",)
        )
        for place in range(EACH):
            day = chance.randrange(-20, bookings // A_DAY + 20)
            start = midnight + day * DAY + FIRST_HOUR + chance.randrange(18) * 1800
            yield samples.booking(
                uid(number * EACH + place, number),
                patient_id=patient,
                provider_id=provider_id(chance.randrange(PROVIDERS)),
                status="booked" if day >= 0 else "fulfilled",
                start=datetime.fromtimestamp(start, tz=UTC),
            )
