"""Thousands of patients, offices and times full of canaries; thousands of referrals leave clean.

Everything arrives over a recording wire, every referral is drafted, shown, confirmed, sent,
answered, cancelled or withdrawn over it, and every byte that left is searched. The numbers are
`CAREKRAFT_TAINT_WIRE` (patients and as many referrals) and `CAREKRAFT_TAINT_AROUND` (entries of
the directory with their slots).
"""

import logging
import os
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from sqlalchemy import select

from carekraft_desktop.contract.opaque import tells_something
from carekraft_desktop.domain.directory import Entry, Wanted
from carekraft_desktop.domain.referrals import AFTER, Stage, Step
from carekraft_desktop.errors import MessageRefused, ReferralRefused
from carekraft_desktop.hub import revoking, tables
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.sandbox import answers, world
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.hub.slots import SlotTaken
from carekraft_desktop.services import directory, referrals
from carekraft_desktop.store import referrals as rows
from tests.desks import template
from tests.fakes.clock import FakeClock
from tests.hub_fixture import NOON, Hub, start_hub
from tests.proxy import Relay
from tests.referring import Seat
from tests.taint import MARK, canary
from tests.tainted import HOSTILE, taint
from tests.unit.domain.test_payload import MEMBERS, keys_of

__all__ = ["template"]

PEOPLE = int(os.environ.get("CAREKRAFT_TAINT_WIRE", "120"))
"""Patients, each of whom a referral is made for if it can be."""
AROUND = int(os.environ.get("CAREKRAFT_TAINT_AROUND", "300"))
"""Providers elsewhere."""
DAY = 24 * 3_600


@dataclass
class Wire:
    """An exchange full of canaries behind a relay that records, and a desk before it."""

    hub: Hub
    relay: Relay
    clock: FakeClock
    folder: Path
    desk: Seat


@pytest.fixture
def wire(tmp_path: Path, template: Path) -> Iterator[Wire]:
    clock = FakeClock(NOON)
    hub = start_hub(tmp_path, now=clock.now, office_at=NOON)
    hub.write(lambda c: world.pour(c, NOON, size=world.Size(offices=6, providers=AROUND)))
    place = urlsplit(hub.url)
    relay = Relay((place.hostname or "", place.port or 0))
    shutil.copytree(template, tmp_path / "seat")
    hub.settings.url = relay.url
    try:
        taint(hub, PEOPLE)
    except BaseException:
        hub.stop()
        relay.close()
        raise
    desk = Seat(hub, tmp_path / "seat", clock, address=relay.url)
    yield Wire(hub, relay, clock, tmp_path, desk)
    desk.close()
    hub.stop()
    relay.close()


def _draft(desk: Seat, patient_id: str, entry: Entry, chance: random.Random) -> str:
    """A draft with everything chosen: a slot for some, parts of days for the others."""
    here = desk.desk
    draft = referrals.begin(here, patient_id, referring=canary())
    group = entry.groups[0].value if entry.organisation else ""
    referrals.choose_provider(here, draft, entry.npi, entry.location_id, specialty=group)
    times = directory.times_known(here, entry.npi, entry.location_id)
    if times is not None and times.slots and chance.random() < 0.5:
        slot = chance.choice(times.slots)
        referrals.choose_time(here, draft, slot.id, slot.start, slot.end)
    else:
        days = ["2026-12-01", "2026-12-02", "2026-12-03"]
        wishes = tuple((day, chance.choice(["AM", "PM"])) for day in days[: chance.randint(1, 3)])
        referrals.choose_wishes(here, draft, wishes)
    referrals.agree(here, draft, agreed=True)
    return draft


def _confirmed(wire: Wire, entries: Sequence[Entry], chance: random.Random) -> list[str]:
    """One referral for everybody who can have one, confirmed at the desk."""
    made = []
    for number in range(PEOPLE):
        patient_id = f"p-{number}"
        try:
            draft = _draft(wire.desk, patient_id, chance.choice(entries), chance)
            message = referrals.preview(wire.desk.desk, draft)
        except (MessageRefused, ReferralRefused):
            continue
        assert MARK.encode() not in message.data
        assert keys_of(msgspec.json.decode(message.data)) <= set(MEMBERS["ck-ref-1"].split())
        referrals.send(wire.desk.desk, draft, message.digest)
        made.append(draft)
    return made


def _answered(wire: Wire, sent: Sequence[str], chance: random.Random) -> None:
    """The other offices answer everything in some way, attendance among them."""
    ways = ("accept", "accept", "decline", "move", "cancel", "arrived", "noshow")

    for referral_id in sent:
        for way in chance.sample(ways, 2):

            def answer(c: Any, referral_id: str = referral_id, way: str = way) -> None:
                answers.answer(c, referral_id, way, NOON)

            try:
                wire.hub.write(answer)
            except (NotPossible, NotThere, SlotTaken):
                continue


def _carried_on(wire: Wire, sent: Sequence[str], chance: random.Random) -> set[str]:
    """The desk cancels, books again, looks; patients take permissions back. What was done."""
    desk, did = wire.desk, set()
    for referral_id in sent:
        referral = desk.look(referral_id)
        lawful = AFTER[referral.stage]
        draw = chance.random()
        if draw < 0.25 and Step.CANCEL in lawful:
            referrals.cancel(desk.desk, referral_id, by_patient=chance.random() < 0.5)
            did.add("cancel")
        elif draw < 0.5 and Step.SEEN in lawful:
            referrals.seen(desk.desk, referral_id)
            did.add("seen")
        elif draw < 0.6 and Step.AGAIN in lawful:
            try:
                referrals.again(desk.desk, referral_id)
            except ReferralRefused:
                continue
            did.add("again")
        elif draw > 0.9:
            _revoke(wire, referral.work.permission_id)
            did.add("revoke")
    return did


def _revoke(wire: Wire, permission: str) -> None:
    wire.hub.write(lambda c: revoking.revoke(c, OFFICE_ID, permission, NOON))


@pytest.mark.slow
@pytest.mark.req("REQ-63", "REQ-79")
@pytest.mark.timeout(3_600)
def test_of_thousands_of_referrals_no_byte_holds_a_canary(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    chance, desk = random.Random(7), wire.desk
    desk.prepare()
    with desk.store.read() as unit:
        assert int(unit.value("SELECT count(*) FROM patient")) >= PEOPLE
        assert MARK in str(unit.value("SELECT group_concat(name) FROM directory"))
        kept = int(unit.value("SELECT count(*) FROM directory"))
        assert AROUND * 0.9 < kept < AROUND
        assert not unit.value(
            "SELECT count(*) FROM directory WHERE location_id LIKE '%mri%' OR location_id LIKE ?",
            f"%{MARK}%",
        )
    entries = [found.entry for found in directory.find(desk.desk, Wanted()).found]
    for entry in entries[:20]:
        for slot in desk.times(entry):
            assert not tells_something(slot.id)
    directory.find(desk.desk, Wanted(words=f"{MARK} chemo"))
    with pytest.raises(MessageRefused):
        directory.hold(desk.desk, desk.directory, entries[0].npi, entries[0].location_id, "chemo-1")

    sent = _confirmed(wire, entries, chance)
    assert len(sent) > PEOPLE * 0.6
    desk.settle(most=PEOPLE)
    _answered(wire, sent, chance)
    desk.settle(most=PEOPLE)
    did = _carried_on(wire, sent, chance)
    assert did == {"cancel", "seen", "again", "revoke"}
    desk.settle(most=PEOPLE)
    with desk.store.read() as unit:
        stages = {each.stage for each in rows.sent(unit)}
    assert {Stage.BOOKED, Stage.DECLINED, Stage.CANCELLED, Stage.RESCHEDULED} <= stages

    out = bytes(wire.relay.sent)
    assert out.count(b"referral.create") >= len(sent)
    assert out.count(b"referral.cancel") > 0
    for word in (MARK, "chemo", *HOSTILE):
        assert word.encode() not in out
    assert not any(MARK in record.getMessage() for record in caplog.records)
    assert not any(MARK in path.name for path in wire.folder.rglob("*"))
    with desk.store.read() as unit:
        for query in (
            "SELECT action, object, detail, outcome FROM journal",
            "SELECT body, reason, problem FROM outbox",
            "SELECT * FROM ledger",
        ):
            assert MARK not in str(unit.rows(query))
    # What the other offices and the patients received holds none either.
    told = wire.hub.read(
        lambda c: [
            *c.scalars(select(tables.item.c.body).where(tables.item.c.office_id != OFFICE_ID)),
            *c.scalars(select(tables.letter.c.message)),
            *c.scalars(select(tables.referral.c.message)),
        ]
    )
    assert len(told) > len(sent)
    assert not any(MARK in body for body in told)
