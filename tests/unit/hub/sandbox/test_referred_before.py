"""The sandbox's office has referred people before, and others refer people to it."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import RowMapping, select

from carekraft_desktop.contract.codec import decode
from carekraft_desktop.contract.referrals import Referral, read_message
from carekraft_desktop.hub import feed, tables
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.sandbox import options, referred_before
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.office import OFFICE_ID, Size
from tests.hub_fixture import NOON

SMALL = Size(patients=120, bookings=200)


@pytest.fixture
def filled(tmp_path: Path) -> Database:
    found = Database(f"sqlite:///{tmp_path / 'exchange.db'}")
    found.create()
    options.fill(found, 3, NOON, SMALL)
    return found


def referrals(database: Database) -> list[RowMapping]:
    return list(database.read(lambda c: c.execute(select(tables.referral)).mappings().all()))


def test_every_folder_of_the_office_has_something_in_it(filled: Database) -> None:
    sent = Counter(r["status"] for r in referrals(filled) if r["office_id"] == OFFICE_ID)
    assert sent == {"PROPOSED": 3, "BOOKED": 4, "DECLINED": 1, "CANCELLED": 1, "RESCHEDULED": 1}
    received = Counter(r["status"] for r in referrals(filled) if r["to_office_id"] == OFFICE_ID)
    assert received == {"PROPOSED": 2, "BOOKED": 2}


def test_both_sides_are_told_what_stands_in_the_exchange(filled: Database) -> None:
    for row in referrals(filled):
        for office_id, side in ((row["office_id"], "sent"), (row["to_office_id"], "received")):
            item = filled.read(lambda c, o=office_id, r=row: feed.one(c, o, "referral", r["id"]))  # type: ignore[misc]
            assert item is not None
            told = decode(item["body"].encode(), Referral)
            assert (told.side, told.status) == (side, row["status"])
            assert told.message == read_message(row["message"].encode())


def test_the_same_seed_refers_the_same_people(filled: Database, tmp_path: Path) -> None:
    other = Database(f"sqlite:///{tmp_path / 'other.db'}")
    other.create()
    options.fill(other, 3, NOON, SMALL)
    assert referrals(other) == referrals(filled)


def test_another_office_goes_on_referring(filled: Database) -> None:
    before = len(referrals(filled))
    made = filled.write(lambda c: referred_before.receive(c, Chance("one more"), OFFICE_ID, NOON))
    rows = referrals(filled)
    assert len(rows) == before + 1
    row = next(each for each in rows if each["id"] == made)
    assert (row["to_office_id"], row["status"]) == (OFFICE_ID, "PROPOSED")
