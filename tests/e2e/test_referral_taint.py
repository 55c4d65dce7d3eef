"""Every flow of referrals over a recording wire: no canary leaves, in whatever place.

Bodies, addresses, headers, file names, the log, the journal, toasts, window titles, the
clipboard. The exchange's feed and directory are full of canaries, hostile identifiers among
them.
"""

import logging
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from PySide6.QtGui import QGuiApplication
from sqlalchemy import select, update

from carekraft_desktop.contract.referrals import DeclineCode
from carekraft_desktop.domain.directory import Wanted
from carekraft_desktop.domain.referrals import Stage
from carekraft_desktop.errors import MessageRefused
from carekraft_desktop.hub import feed, tables
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.sandbox import world
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.hub.sandbox.world import neighbour_id
from carekraft_desktop.presenters import wording_referrals
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.referrals import ReferralsPresenter
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.services import directory, referrals
from tests.desks import template
from tests.fakes.clock import FakeClock
from tests.hub_fixture import NOON, Hub, start_hub
from tests.proxy import Relay
from tests.referring import SMALL_WORLD, Seat
from tests.taint import MARK, random_person, soil
from tests.window.conftest import theme
from ui.pages.referrals import ReferralsPage
from ui.theme import Theme

__all__ = ["template", "theme"]

PEOPLE = 12
HOSTILE = ("MRI-LUMBAR", "chemo-slot", "hiv.followup", "slotForCOLONOSCOPY")


@dataclass
class Wire:
    """An exchange full of canaries behind a relay that records."""

    hub: Hub
    relay: Relay
    clock: FakeClock
    folder: Path
    seats: list[Seat] = field(default_factory=list)

    def seat(self, office_id: str = OFFICE_ID) -> Seat:
        """A desk whose every byte passes the relay."""
        made = Seat(
            self.hub,
            self.folder / f"seat-{len(self.seats)}",
            self.clock,
            office_id=office_id,
            address=self.relay.url,
        )
        self.seats.append(made)
        return made


def _soil_everything(hub: Hub) -> list[str]:
    """Canaries in every item of the office's feed and in the directory; the new patients."""
    chance = random.Random(7)
    item = tables.item

    def work(connection: Any) -> list[str]:
        rows = connection.execute(
            select(item.c.kind, item.c.id, item.c.body).where(
                item.c.office_id == OFFICE_ID,
                item.c.gone.is_(False),
                item.c.kind.in_(("office", "provider", "schedule", "slot", "booking", "coverage")),
            )
        ).all()
        for kind, id_, body in rows:
            soiled = msgspec.json.encode(soil(msgspec.json.decode(body))).decode()
            connection.execute(
                update(item)
                .where(item.c.office_id == OFFICE_ID, item.c.kind == kind, item.c.id == id_)
                .values(body=soiled)
            )
        changes, adults = [], []
        for number in range(PEOPLE):
            items, minor = random_person(chance, number)
            adults += [] if minor else [f"p-{number}"]
            changes += [
                Change(
                    kind=each.kind,
                    id=each.id,
                    body=bytes(each.data).decode(),
                    subject=f"p-{number}",
                )
                for each in items
                if not isinstance(each.data, msgspec.UnsetType)
            ]
        feed.write(connection, OFFICE_ID, changes, NOON)
        entries = connection.execute(select(tables.directory.c.npi, tables.directory.c.body)).all()
        for npi, body in entries:
            told = msgspec.json.decode(body)
            told |= {"line": f"{MARK} Street", "note": MARK, "display": MARK}
            connection.execute(
                update(tables.directory)
                .where(tables.directory.c.npi == npi)
                .values(body=msgspec.json.encode(told).decode())
            )
        slots = (
            connection.execute(
                select(tables.slot.c.id).where(tables.slot.c.office_id == neighbour_id(0)).limit(4)
            )
            .scalars()
            .all()
        )
        for slot_id, hostile in zip(slots, HOSTILE, strict=False):
            connection.execute(
                update(tables.slot).where(tables.slot.c.id == slot_id).values(id=hostile)
            )
        return adults

    return hub.database.write(work)


@pytest.fixture
def wire(tmp_path: Path, template: Path) -> Iterator[Wire]:
    clock = FakeClock(NOON)
    hub = start_hub(tmp_path, now=clock.now, office_at=NOON)
    hub.write(lambda connection: world.pour(connection, NOON, size=SMALL_WORLD))
    place = urlsplit(hub.url)
    relay = Relay((place.hostname or "", place.port or 0))
    for number in range(2):
        shutil.copytree(template, tmp_path / f"seat-{number}")
    # Signing in names the address that the workstation knows.
    hub.settings.url = relay.url
    running = Wire(hub, relay, clock, tmp_path)
    yield running
    for seat in running.seats:
        seat.close()
    hub.stop()
    relay.close()


@pytest.mark.req("REQ-38", "REQ-63")
def test_no_canary_leaves_on_any_way_in_any_place(
    wire: Wire, theme: Theme, caplog: pytest.LogCaptureFixture, qtbot: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    adults = _soil_everything(wire.hub)
    ours = wire.seat()
    ours.prepare()
    with ours.store.read() as unit:
        assert MARK in str(unit.value("SELECT group_concat(purpose) FROM booking"))
        assert MARK in str(unit.value("SELECT group_concat(line) FROM directory"))
    entry = ours.entry(wants_sex=False)
    toasts: list[Toast] = []
    page = ReferralsPage(theme)
    qtbot.addWidget(page)
    presenter = ReferralsPresenter(
        ours.desk,
        page.show_state,
        referrals=referrals,
        make_wizard=lambda *_: pytest.fail("not here"),
        told=toasts.append,
        acted=lambda: None,
        when=OfficeTime.of("America/Chicago"),
    )
    page.bind(presenter)
    page.show()

    # Searching for a canary: neither kept nor sent.
    directory.find(ours.desk, Wanted(words=f"{MARK} chemo"))
    sent = []
    for patient_id in adults[:4]:
        ours.permit(patient_id, entry)
        draft = ours.draft(patient_id, entry)
        slot = ours.look(draft).work.slot_id
        directory.hold(ours.desk, ours.directory, entry.npi, entry.location_id, slot)
        message = referrals.preview(ours.desk, draft)
        referrals.send(ours.desk, draft, message.digest)
        ours.settle()
        assert ours.look(draft).stage is Stage.PROPOSED
        sent.append(draft)
        presenter.refresh()
        presenter.show_one(draft)
    there_id = wire.hub.read(
        lambda c: c.scalar(
            select(tables.referral.c.to_office_id).where(tables.referral.c.id == sent[0])
        )
    )
    there = wire.seat(str(there_id))
    there.settle()
    referrals.accept(there.desk, sent[0])
    referrals.decline(there.desk, sent[1], DeclineCode.OTHER)
    there.settle()
    ours.settle()
    referrals.seen(ours.desk, sent[1])
    referrals.cancel(ours.desk, sent[2])
    referrals.cancel(ours.desk, sent[0], by_patient=True)
    ours.settle()
    permission = ours.look(sent[3]).work.permission_id
    wire.hub.play("patient/revoke", permission=permission)
    ours.settle()
    presenter.choose_folder("cancelled")

    # A hostile slot's name is refused where it comes in, and where it would go out.
    with pytest.raises(MessageRefused):
        directory.hold(ours.desk, ours.directory, entry.npi, entry.location_id, "MRI-LUMBAR")
    for found in directory.find(ours.desk, Wanted()).found:
        for time in ours.times(found.entry):
            assert time.id not in HOSTILE

    out = bytes(wire.relay.sent)
    assert out.count(b"referral.create") == 4
    assert b"referral.cancel" in out
    assert MARK.encode() not in out
    assert not any(word.encode() in out for word in ("chemo", *HOSTILE))
    assert not any(MARK in record.getMessage() for record in caplog.records)
    assert not any(MARK in path.name for path in wire.folder.rglob("*"))
    assert not any(MARK in toast.words for toast in toasts)
    assert MARK not in page.window().windowTitle()
    assert MARK not in QGuiApplication.clipboard().text()
    for seat in wire.seats:
        with seat.store.read() as unit:
            lines = unit.rows("SELECT action, object, detail, outcome FROM journal")
            bodies = unit.rows("SELECT body, reason FROM outbox")
            ledger = unit.rows("SELECT * FROM ledger")
        assert MARK not in str(lines)
        assert MARK not in str(bodies)
        assert MARK not in str(ledger)
    # What the other office received holds none either.
    bodies_there = wire.hub.read(
        lambda c: c.scalars(
            select(tables.item.c.body).where(
                tables.item.c.office_id == there_id,
                tables.item.c.kind.in_(("patient", "booking", "consent", "referral")),
            )
        ).all()
    )
    assert bodies_there
    assert MARK not in str(bodies_there)


def test_fixed_sentences_name_no_specialty_and_no_provider() -> None:
    spoken = [
        wording_referrals.SENT,
        wording_referrals.TAKEN_BACK,
        wording_referrals.CANCEL_SAVED,
        wording_referrals.ANSWERED,
        wording_referrals.DISCARDED,
    ]
    named = [*wording_referrals.SPECIALTY.values(), "Dr."]
    assert not [words for words in spoken if any(each in words for each in named)]
