"""Desks of real offices on one real exchange, for tests of referrals from end to end.

Real stores, real HTTP over loopback, the exchange's own sandbox as patients and other offices;
one clock that tests set.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from carekraft_desktop.domain.directory import Entry, Slot, Wanted
from carekraft_desktop.domain.partners import Partner
from carekraft_desktop.domain.referrals import Referral
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.exchange.directory import ExchangeDirectory
from carekraft_desktop.exchange.gateway import Device, ExchangeGateway, enrol
from carekraft_desktop.exchange.partner_link import PartnerLink
from carekraft_desktop.hub import enrol as codes
from carekraft_desktop.hub.sandbox import world
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.services import directory, referrals
from carekraft_desktop.services.carrier import Carrier
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.sync import Cycle, Link, Sync
from carekraft_desktop.services.ways import ByWay
from carekraft_desktop.store import facts, patients
from carekraft_desktop.store import referrals as rows
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Journal
from carekraft_desktop.store.unit import Store
from carekraft_desktop.value import replace
from tests.desks import KEY, STORE_ID, anchor, template
from tests.fakes.clock import FakeClock
from tests.hub_fixture import NOON, Hub, start_hub

__all__ = ["referring", "template"]

ROSA = Staff(
    "staff-1",
    "r.alvarez",
    "Rosa Alvarez",
    frozenset({Role.FRONT_DESK, Role.PRIVACY_OFFICER}),
)
SMALL_WORLD = world.Size(offices=3, providers=42)


@dataclass
class Seat:
    """One workstation of an office, at a store of its own."""

    hub: Hub
    folder: Path
    clock: FakeClock
    office_id: str = OFFICE_ID
    staff: Staff = ROSA
    address: str = ""
    """Of the exchange, when something stands between."""

    def __post_init__(self) -> None:
        code = self.hub.write(
            lambda connection: codes.issue(connection, self.office_id, self.hub.now())
        )
        ids = SystemIds()
        address = self.address or self.hub.url
        _, self.device = enrol(address, code=code, name="Desk", clock=self.clock, ids=ids)
        self.store = Store.open(
            self.folder / "office.store", KEY, anchor=anchor(self.folder), store_id=STORE_ID
        )
        journal = Journal(b"journal-key")
        self.journal = journal
        client = self.device.client_id
        self.desk = Desk(self.store, self.clock, ids, journal, self.staff, client)
        self.gateway = self._connect()
        self.sync = Sync(
            self.store,
            self.gateway,
            clock=self.clock,
            ids=ids,
            journal=journal,
            device=client,
            carrier=Carrier(self.store, self.link, clock=self.clock, ids=ids),
        )
        self.directory = ByWay(self.store, ExchangeDirectory(self._connect), self.link)

    def link(self, partner: Partner) -> PartnerLink:
        """A connection to a partner outside the exchange."""
        return PartnerLink(partner, clock=self.clock, ids=SystemIds())

    def _connect(self) -> ExchangeGateway:
        device = Device(self.device.client_id, self.device.office_id, self.device.key)
        address = self.address or self.hub.url
        return ExchangeGateway(address, device, clock=self.clock, ids=SystemIds())

    def close(self) -> None:
        """End it."""
        self.gateway.close()
        self.sync.break_off()
        self.directory.close()
        self.store.close()

    def cycle(self) -> Cycle:
        """One turn of the sync."""
        return self.sync.cycle(wait=0)

    def settle(self, *, most: int = 40) -> Cycle:
        """Let the time for undoing pass, and turn until nothing is on its way."""
        self.clock.advance(seconds=10)
        for _ in range(most):
            cycle = self.cycle()
            if cycle.state.link is Link.UP_TO_DATE and not cycle.state.waiting and cycle.pause > 1:
                return cycle
            if cycle.pause:
                self.clock.advance(seconds=2)
        raise AssertionError(cycle.state)

    def prepare(self) -> None:
        """Receive everything, copy the directory, record the agreement."""
        self.settle()
        directory.refresh(self.desk, self.directory)
        referrals.record_agreement(self.desk, on=True)

    def entry(self, **wanted: Any) -> Entry:
        """A provider of the copied directory who has open times."""
        for found in directory.find(self.desk, Wanted()).found:
            entry = found.entry
            fits = all(getattr(entry, name) == value for name, value in wanted.items())
            if fits and self.times(entry):
                return entry
        raise AssertionError

    def times(self, entry: Entry) -> tuple[Slot, ...]:
        """Open times, asked for now."""
        return directory.look_up_times(
            self.desk, self.directory, entry.npi, entry.location_id
        ).slots

    def patient(self, *, minor: bool = False) -> str:
        """Somebody who shares enough and lets nobody book yet; their id."""
        with self.store.read() as unit:
            found = unit.rows(
                """SELECT p.id FROM patient p JOIN consent c ON c.patient_id = p.id
                WHERE length(birth_date) = 10 AND c.demographic = 'shared'
                AND c.contact = 'shared' AND (birth_date > '2008-12-01') = ?
                AND (? = 0 OR guardian_phone <> '')
                AND p.id NOT IN (SELECT patient_id FROM permission) ORDER BY p.id""",
                int(minor),
                int(minor),
            )
        return str(found[0][0])

    def permit(self, patient_id: str, entry: Entry, **more: Any) -> str:
        """The patient lets the office book with that provider; the permission's id."""
        wanted = {"specialties": [group.value for group in entry.groups], "targets": [entry.npi]}
        done = self.hub.play("patient/permit", patient=patient_id, **(wanted | more))
        self.settle()
        return str(done["done"])

    def draft(self, patient_id: str, entry: Entry) -> str:
        """A draft with everything chosen."""
        draft = referrals.begin(self.desk, patient_id)
        group = entry.groups[0].value if entry.organisation else ""
        referrals.choose_provider(self.desk, draft, entry.npi, entry.location_id, specialty=group)
        slot = self.times(entry)[0]
        referrals.choose_time(self.desk, draft, slot.id, slot.start, slot.end)
        referrals.agree(self.desk, draft, agreed=True)
        return draft

    def times_known(self, entry: Entry) -> tuple[Slot, ...]:
        """Open times as they were when somebody last looked."""
        found = directory.times_known(self.desk, entry.npi, entry.location_id)
        assert found is not None
        return found.slots

    def draft_at(self, patient_id: str, entry: Entry, slot: Slot) -> str:
        """A referral at one of the known times that was confirmed and is not on its way yet."""
        draft = referrals.begin(self.desk, patient_id)
        group = entry.groups[0].value if entry.organisation else ""
        referrals.choose_provider(self.desk, draft, entry.npi, entry.location_id, specialty=group)
        referrals.choose_time(self.desk, draft, slot.id, slot.start, slot.end)
        referrals.agree(self.desk, draft, agreed=True)
        referrals.send(self.desk, draft, referrals.preview(self.desk, draft).digest)
        return draft

    def sent(self, patient_id: str, entry: Entry) -> str:
        """A referral that was confirmed and is not on its way yet."""
        draft = self.draft(patient_id, entry)
        message = referrals.preview(self.desk, draft)
        referrals.send(self.desk, draft, message.digest)
        return draft

    def whole(self) -> tuple[str, Entry]:
        """A patient who allows it, and a provider with open times."""
        entry = self.entry(wants_sex=False)
        patient_id = self.patient()
        self.permit(patient_id, entry)
        return patient_id, entry

    def look(self, referral_id: str) -> Referral:
        """How a referral stands."""
        with self.store.read() as unit:
            found = rows.get(unit, referral_id)
        assert found is not None
        return found

    def journal_of(self, about: str) -> list[tuple[str, str, str]]:
        """Action, detail and outcome of every journal line about something."""
        with self.store.read() as unit:
            return [
                (action, detail, outcome)
                for action, detail, outcome in unit.rows(
                    "SELECT action, detail, outcome FROM journal WHERE object = ? ORDER BY n", about
                )
            ]

    def set_fact(self, fact: Fact, value: str) -> None:
        """Change something that is noted."""
        with self.store.write() as unit:
            facts.put(unit, fact, value)

    def change_patient(self, patient_id: str, **changes: str) -> None:
        """Alter the local copy of a profile, as nobody should."""
        with self.store.write() as unit:
            found = patients.get(unit, patient_id)
            assert found is not None
            patients.put(unit, [replace(found, **changes)], force=True)  # type: ignore[arg-type]


@dataclass
class Referring:
    """An exchange with offices around the sandbox's own, and desks at any of them."""

    hub: Hub
    clock: FakeClock
    make: Callable[..., Seat]
    ours: Seat
    _more: list[Seat] = field(default_factory=list)

    def seat(self, office_id: str = OFFICE_ID, **more: Any) -> Seat:
        """Another desk."""
        made = self.make(office_id=office_id, **more)
        self._more.append(made)
        return made

    def answer(self, referral_id: str, how: str, **more: Any) -> None:
        """The other office answers by itself."""
        self.hub.play("far/answer", referral=referral_id, how=how, **more)

    def letters(self, patient_id: str) -> list[dict[str, str]]:
        """The copies that a patient got."""
        answer = requests.get(
            f"{self.hub.url}/sandbox/patient/letters", params={"patient": patient_id}, timeout=20
        )
        found: list[dict[str, str]] = answer.json()
        return found

    def close(self) -> None:
        """End everything."""
        for seat in self._more:
            seat.close()
        self.hub.stop()


@pytest.fixture
def referring(tmp_path: Path, template: Path) -> Iterator[Referring]:
    """An exchange with three other offices, and one desk of ours that has received all."""
    clock = FakeClock(NOON)
    hub = start_hub(tmp_path, now=clock.now, office_at=NOON)
    hub.write(lambda connection: world.pour(connection, NOON, size=SMALL_WORLD))
    counter = iter(range(100))

    def make(**more: Any) -> Seat:
        folder = tmp_path / f"seat-{next(counter)}"
        shutil.copytree(template, folder)
        return Seat(hub, folder, clock, **more)

    ours = make()
    ours.prepare()
    running = Referring(hub, clock, make, ours, [ours])
    yield running
    running.close()
