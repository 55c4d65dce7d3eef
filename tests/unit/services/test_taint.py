"""Whatever comes in of a patient, nothing goes out but what the closed list names."""

import os
import random

import pytest

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.referrals import Grantor
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain import payload
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import REFERRAL, Intention
from carekraft_desktop.domain.permissions import Permission, Standing
from carekraft_desktop.domain.referrals import Work
from carekraft_desktop.errors import ReferralRefused
from carekraft_desktop.exchange import outgoing, partner
from carekraft_desktop.services import referral_rules
from carekraft_desktop.services.arrivals import Circumstances, apply
from carekraft_desktop.store import directory
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation, exchange, seat, template
from tests.fakes.ids import FakeIds
from tests.fakes.referring import entry
from tests.messages import DAY, GUARDIAN, OFFICE, PERMISSION, SENDER
from tests.taint import MARK, random_person, soiled_item

__all__ = ["exchange", "seat", "template"]

PEOPLE = int(os.environ.get("CAREKRAFT_TAINT", "10000"))
"""How many random patients."""
NOW = int(samples.NOON.timestamp())


def permission_of(patient_id: str, *, minor: bool, chance: random.Random) -> Permission:
    standing = Standing(
        GUARDIAN.given_name, GUARDIAN.family_name, GUARDIAN.phone, GUARDIAN.relation
    )
    return replace(
        PERMISSION,
        patient_id=patient_id,
        granted_by=Grantor.GUARDIAN if minor else Grantor.SELF,
        guardian=standing if minor else None,
        representative_id="rep-1" if minor else "",
        share_contact=chance.random() < 0.8,
        share_demographic=chance.random() < 0.8,
        share_insurance=chance.random() < 0.8,
        payer_code="PRAIRIE",
    )


def _command(work: Work, made: payload.Message) -> bytes:
    """The bytes of the command, as the sync makes them."""
    intention = Intention(
        f"{work.id[:14]}7{work.id[15:]}",
        work.id,
        Act.REFER,
        0,
        "staff-1",
        NOW,
        work.start,
        kind=REFERRAL,
        body=made.data.decode(),
    )
    return encode(outgoing.command(intention, device="ws-1"))


@pytest.mark.slow
@pytest.mark.req("REQ-63")
@pytest.mark.timeout(600)
def test_no_canary_of_any_inbound_field_is_in_any_message(seat: Workstation) -> None:
    chance = random.Random(20_261_125)
    people = [random_person(chance, number) for number in range(PEOPLE)]
    office = soiled_item(
        samples.office(),
        identifier=[{"system": "http://hl7.org/fhir/sid/us-npi", "value": OFFICE}],
    )
    rest = [soiled_item(each) for each in (samples.provider(), samples.schedule(), samples.slot())]
    items = [office, *rest, *(item for those, _ in people for item in those)]
    how = Circumstances(now=NOW, ids=FakeIds(), program="0")
    who = entry(1, f"Dr. {MARK}", Specialty.CARDIOLOGY, MARK, line=MARK, phone=MARK)
    with seat.store.write() as unit:
        apply(unit, items, how)
        directory.put(unit, [who])
        assert not unit.value("SELECT count(*) FROM quarantine")
    sent = 0
    with seat.store.read() as unit:
        assert MARK in str(unit.value("SELECT purpose FROM booking LIMIT 1"))
        for number, (_, minor) in enumerate(people):
            work = Work(
                f"{number:08x}-0000-4000-8000-000000000000",
                f"p-{number}",
                "perm-1",
                provider_npi=who.npi,
                location_id=who.location_id,
                visit_id=f"book-{number}",
                referring=MARK,
                slot_id=f"s-{number}",
                start=NOW + DAY,
                end=NOW + DAY + 1_800,
            )
            permission = permission_of(work.patient_id, minor=minor, chance=chance)
            made = referral_rules.message(unit, work, permission, NOW)
            assert MARK.encode() not in made.data
            # All of it up to the socket: what the exchange gets, and what a partner would.
            for out in (_command(work, made), partner.appointment(made.booking)):
                assert MARK.encode() not in out
            assert payload.read(made.data).booking.from_office_npi == SENDER.npi
            sent += 1
    assert sent == PEOPLE


def test_what_a_patient_does_not_share_with_us_is_not_passed_on(seat: Workstation) -> None:
    chance = random.Random(2)
    (patient, _, coverage, booking), _ = random_person(chance, 1)
    withheld = samples.consent("con-1", patient_id="p-1", withheld=("contact", "insurance"))
    how = Circumstances(now=NOW, ids=FakeIds(), program="0")
    who = entry(1, "Dr. Wei Zhang", Specialty.CARDIOLOGY)
    office = samples.office()
    with seat.store.write() as unit:
        apply(unit, [office, patient, withheld, coverage, booking], how)
        directory.put(unit, [who])
        unit.run("UPDATE office SET npi = ?", OFFICE)
    work = Work(
        "00000001-0000-4000-8000-000000000000",
        "p-1",
        "perm-1",
        provider_npi=who.npi,
        location_id=who.location_id,
        wishes=(("2026-12-01", "AM"),),
    )
    allowed = replace(PERMISSION, patient_id="p-1", payer_code="PRAIRIE")
    with seat.store.read() as unit:
        made = dict(payload.parts(referral_rules.message(unit, work, allowed, NOW).booking))
    assert {"phone", "email", "payer_code"}.isdisjoint(made)
    with seat.store.write() as unit:
        apply(
            unit,
            [samples.consent("con-1", patient_id="p-1", withheld=("demographic",), v=2)],
            how,
        )
    with seat.store.read() as unit, pytest.raises(ReferralRefused):
        referral_rules.message(unit, work, allowed, NOW)
