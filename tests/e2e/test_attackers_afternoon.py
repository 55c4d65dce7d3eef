"""An afternoon with what an attacker might have: what each of them gets, tried for real.

The rows of docs/threats.md name these tests. A real office was received into a real store; a
name out of it stands for everything that must not be got.
"""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders
from carekraft_desktop.domain import trail
from carekraft_desktop.errors import (
    AccessError,
    CareKraftError,
    KeyFileDamaged,
    KeyringLost,
    NeedsContact,
    NotEncrypted,
    StoreDamaged,
    StoreRolledBack,
    TooManyTries,
    WrongPassword,
)
from carekraft_desktop.hub import tables
from carekraft_desktop.hub.sandbox.faults import Fault, FaultKind
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.security.keys import KeyRing, NewStaff
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.services import visits
from carekraft_desktop.services.sync import Link
from carekraft_desktop.services.workplace import keys_in, store_in
from carekraft_desktop.store.anchor import Anchor
from carekraft_desktop.store.engine import connect
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.unit import Reading
from tests.e2e.seats import PASSWORD, Seat
from tests.e2e.test_canary import spellings
from tests.fakes.vault import FakeVault
from tests.hub_fixture import Hub

COLLEAGUE = "lantern-copper-harbor-77"


@dataclass
class Loot:
    """What lies on the desk: a seat that was locked, and names that must not be got."""

    seat: Seat
    key: bytes
    recovery_key: str
    names: list[str]

    @property
    def office(self) -> Path:
        return self.seat.folder / "office"

    def program(self, folder: Path, vault: FakeVault | None = None) -> Program:
        """A program of the attacker's own over a copy."""
        return Program(
            Folders(folder), clock=self.seat.clock, ids=SystemIds(), vault=vault or FakeVault()
        )

    def copy(self, name: str) -> Path:
        """The whole folder, taken along."""
        taken = self.seat.folder.with_name(name)
        shutil.copytree(self.seat.folder, taken)
        return taken


@pytest.fixture
def loot(hub: Hub, tmp_path: Path) -> Iterator[Loot]:
    seat = Seat(hub, tmp_path / "seat")
    seat.settle()
    visits.card(seat.opened.desk, min(seat.all_visits()))
    with seat.opened.desk.store.read() as unit:
        names = [name for (name,) in unit.rows("SELECT name FROM patient WHERE length(name) > 9")]
    key = bytes(seat.opened.unlocked.key.content)
    made = Loot(seat, key, seat.opened.recovery_key, names[:40])
    assert len(made.names) == 40
    seat.program.lock()
    yield made
    seat.program.lock()


def readable(folder: Path, loot: Loot) -> list[str]:
    """Names that stand anywhere in a folder, in some spelling."""
    data = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return [name for name in loot.names if any(each in data for each in spellings(name))]


@pytest.mark.req("REQ-07", "REQ-08", "REQ-09")
def test_the_folder_alone_gives_nothing(loot: Loot) -> None:
    taken = loot.copy("taken")
    assert readable(taken, loot) == []
    store = store_in(taken / "office")
    plain = sqlite3.connect(store)
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT count(*) FROM sqlite_master").fetchone()
    plain.close()
    for guess in (bytes(32), bytes(range(32))):
        with pytest.raises((StoreDamaged, NotEncrypted)):
            connect(store, guess)


@pytest.mark.req("REQ-09")
def test_the_folder_and_the_password_give_nothing_without_the_keyring(loot: Loot) -> None:
    taken = loot.copy("taken")
    program = loot.program(taken)
    (person,) = program.people()
    with pytest.raises(KeyringLost):
        program.unlock(person.id, PASSWORD)
    other = FakeVault()
    other.kept = dict.fromkeys(loot.seat.vault.kept, bytes(range(32)))
    with pytest.raises(AccessError):
        loot.program(taken, other).unlock(person.id, PASSWORD)


@pytest.mark.req("REQ-09", "REQ-35")
def test_the_folder_and_the_keyring_give_nothing_without_the_password(loot: Loot) -> None:
    taken = loot.copy("taken")
    program = loot.program(taken, loot.seat.vault)
    (person,) = program.people()
    for guess in ("password", "12345678", loot.seat.name, PASSWORD[:-1], PASSWORD.upper()):
        with pytest.raises(WrongPassword):
            program.unlock(person.id, guess)
    with pytest.raises(TooManyTries):
        program.unlock(person.id, PASSWORD)
    for secret in loot.seat.vault.kept.values():
        with pytest.raises((StoreDamaged, NotEncrypted, ValueError)):
            connect(store_in(taken / "office"), secret[-32:])


LOCKED = """
import sys
from pathlib import Path
from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.services import visits
from tests.e2e.seats import PASSWORD
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON

vault = FakeVault()
vault.kept.update(eval(sys.argv[2]))
program = Program(Folders(Path(sys.argv[1])), clock=FakeClock(NOON), ids=SystemIds(), vault=vault)
(person,) = program.people()
opened = program.unlock(person.id, PASSWORD)
from tests.e2e.seats import WEEKS
now = int(NOON.timestamp())
for seen in visits.day(opened.desk, now - WEEKS, now + WEEKS)[:30]:
    visits.card(opened.desk, seen.entry.id)
if sys.argv[3] == "locked":
    program.lock()
print("ready", flush=True)
sys.stdin.read()
"""


def memory_of(pid: int) -> bytes:
    """All that a process can write to, as far as the system lets us read it."""
    found = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            place, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            try:
                memory.seek(start)
                found.append(memory.read(end - start))
            except (OSError, ValueError, OverflowError):
                continue
    return b"".join(found)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory as Linux shows it")
@pytest.mark.req("REQ-06")
def test_a_running_locked_process_holds_no_key(loot: Loot) -> None:
    seen = {}
    for how in ("open", "locked"):
        folder = loot.copy(f"running-{how}")
        command = [sys.executable, "-c", LOCKED, str(folder), repr(loot.seat.vault.kept), how]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == b"ready\n"
            try:
                memory = memory_of(process.pid)
            except PermissionError:
                pytest.skip("the system does not let us look into another process")
        finally:
            process.communicate(timeout=30)
        seen[how] = memory.count(loot.key) + memory.count(loot.key.hex().encode())
    assert seen["open"] > 0, "the search finds the key where it is"
    assert seen["locked"] == 0


@pytest.mark.req("REQ-24")
def test_the_password_of_somebody_who_left_gives_nothing_here(loot: Loot) -> None:
    seat = loot.seat
    ring = KeyRing.load(keys_in(loot.office), clock=seat.clock)
    device = Secret(bytearray(seat.vault.kept[ring.device_name]))
    (person,) = ring.people()
    unlocked = ring.unlock(person.id, PASSWORD, device)
    left = ring.add_staff(
        unlocked,
        device_secret=device,
        staff=NewStaff(id="staff-left", name="a.osei", display="Ada Osei", roles=("front-desk",)),
        password=COLLEAGUE,
    )
    taken = loot.copy("before")
    ring.disable_staff(unlocked, left.id)
    unlocked.wipe()
    with pytest.raises(AccessError):
        loot.program(seat.folder, seat.vault).unlock(left.id, COLLEAGUE)
    # What they took along before, with the keyring of this computer, opens as it did: that is
    # why somebody's leaving changes the key as well.
    opened = loot.program(taken, seat.vault).unlock(left.id, COLLEAGUE)
    with opened.desk.store.read() as unit:
        assert unit.value("SELECT count(*) FROM patient")
    opened.close()


@pytest.mark.req("REQ-17")
def test_a_tampered_file_is_damage_and_never_another_record(loot: Loot) -> None:
    chance = random.Random(6)
    data = store_in(loot.office).read_bytes()
    for _ in range(8):
        taken = loot.copy(f"bent-{chance.randrange(10**9)}")
        place = chance.randrange(len(data))
        store = store_in(taken / "office")
        with store.open("r+b") as file:
            file.seek(place)
            file.write(bytes([data[place] ^ 0xFF]))
        with pytest.raises((StoreDamaged, NotEncrypted)):
            connection: Any = connect(store, loot.key, read_only=True)
            try:
                wrong = connection.execute("PRAGMA cipher_integrity_check").fetchall()
                if wrong:
                    raise StoreDamaged("integrity")
            finally:
                connection.close()


@pytest.mark.req("REQ-14")
def test_a_rolled_back_file_is_noticed_and_a_person_decides(loot: Loot) -> None:
    seat = loot.seat
    old = store_in(loot.office).read_bytes()
    seat.restart()
    seat.settle()
    visits.card(seat.opened.desk, min(seat.all_visits()))
    seat.program.lock()
    for more in loot.office.glob("office.store-*"):
        more.unlink()
    store_in(loot.office).write_bytes(old)
    with pytest.raises(StoreRolledBack):
        seat.restart()


@pytest.mark.req("REQ-14")
def test_a_deleted_write_ahead_log_is_noticed(loot: Loot) -> None:
    seat = loot.seat
    seat.restart()
    visits.card(seat.opened.desk, min(seat.all_visits()))
    taken = loot.copy("killed")  # as a killed program leaves it: the log beside the store
    seat.program.lock()
    logs = list((taken / "office").glob("office.store-*"))
    assert logs
    for log in logs:
        log.unlink()
    program = loot.program(taken, seat.vault)
    (person,) = program.people()
    with pytest.raises(StoreRolledBack):
        program.unlock(person.id, PASSWORD)


@pytest.mark.req("REQ-96")
def test_a_stolen_machine_that_is_kept_off_the_network_opens_for_fourteen_days_and_no_longer(
    loot: Loot, hub: Hub
) -> None:
    seat = loot.seat
    (person,) = seat.program.people()
    seat.program.lock()
    seat.program.wait_until_closed(5)
    hub.sandbox.faults.order(
        Fault(kind=FaultKind.UNAVAILABLE, path="/oauth/token", times=9, seconds=0.0)
    )
    seat.clock.advance(days=13)
    seat.program.unlock(person.id, PASSWORD)
    seat.program.lock()
    seat.program.wait_until_closed(5)
    seat.clock.advance(days=2)
    with pytest.raises(NeedsContact):
        seat.program.unlock(person.id, PASSWORD)
    seat.clock.set_wall(seat.clock.now() - timedelta(days=10))
    with pytest.raises(NeedsContact):  # a clock that is set back gains nothing
        seat.program.unlock(person.id, PASSWORD)


@pytest.mark.req("REQ-37", "REQ-38")
def test_a_malicious_exchange_gets_nothing_and_breaks_nothing(loot: Loot, hub: Hub) -> None:
    seat = loot.seat
    seat.restart()
    seat.settle()
    known = seat.all_visits()
    item = tables.item
    hostile = [
        '{"resourceType":"Appointment"}',
        '{"resourceType":"Patient","id":"../../etc/passwd"}',
        '{"a":' * 500 + "1" + "}" * 500,
        '"' + "x" * 200_000 + '"',
        "[]",
        "null",
    ]

    def poison(c: Any) -> list[str]:
        ids = c.scalars(
            select(item.c.id)
            .where(item.c.office_id == OFFICE_ID, item.c.kind == "booking", item.c.gone.is_(False))
            .order_by(item.c.id)
            .limit(len(hostile))
        ).all()
        top = c.scalar(select(item.c.seq).order_by(item.c.seq.desc()).limit(1))
        for n, (id_, body) in enumerate(zip(ids, hostile, strict=True)):
            c.execute(
                update(item)
                .where(item.c.office_id == OFFICE_ID, item.c.id == id_, item.c.kind == "booking")
                .values(body=body, v=item.c.v + 1, seq=top + 1 + n)
            )
        counter = tables.feed
        c.execute(
            update(counter)
            .where(counter.c.office_id == OFFICE_ID)
            .values(last_seq=top + len(hostile))
        )
        return list(ids)

    touched = hub.write(poison)
    for _ in range(4):
        cycle = seat.cycle()
    assert cycle.state.link in set(Link)
    now = seat.all_visits()
    assert {k: v for k, v in now.items() if k not in touched} == {
        k: v for k, v in known.items() if k not in touched
    }
    with seat.opened.desk.store.read() as unit:
        assert seat.opened.desk.journal.first_wrong(unit) is None
    assert not list(seat.folder.rglob("passwd"))
    seat.program.lock()


@pytest.mark.req("REQ-14")
def test_somebody_with_the_key_and_sql_reads_all_and_is_found_unless_they_forge(loot: Loot) -> None:
    seat = loot.seat
    ring = KeyRing.load(keys_in(loot.office), clock=seat.clock)
    (person,) = ring.people()
    device = Secret(bytearray(seat.vault.kept[ring.device_name]))
    unlocked = ring.unlock(person.id, PASSWORD, device)
    with unlocked.derive("audit/v1") as audit, unlocked.derive("anchor/v1") as anchoring:
        audit_key, anchor_key = bytes(audit.content), bytes(anchoring.content)
    anchor = Anchor(loot.office / "office.anchor", anchor_key)
    raw: Any = connect(store_in(loot.office), loot.key)
    assert raw.execute("SELECT count(*) FROM patient").fetchone()[0] >= len(loot.names)
    whole = Journal(audit_key, anchor.entries)
    assert whole.first_wrong(Reading(raw.execute)) is None
    (last,) = raw.execute("SELECT max(n) FROM journal").fetchone()
    raw.execute("DROP TRIGGER journal_no_delete")
    raw.execute("DROP TRIGGER journal_no_update")
    # Their own last step is taken out of the journal: the count outside tells.
    raw.execute("DELETE FROM journal WHERE n = ?", (last,))
    assert whole.first_wrong(Reading(raw.execute)) == last
    # The stated limit: whoever derives the journal's own key writes an entry that fits.
    (n, mac) = raw.execute("SELECT n, mac FROM journal ORDER BY n DESC LIMIT 1").fetchone()
    forged = Entry(1, "somebody-else", "ws", "visit.open")
    code = whole.code(n + 1, bytes(mac), forged)
    raw.execute(
        "INSERT INTO journal VALUES (?, ?, ?, ?, ?, '', '', 'done', ?)",
        (n + 1, forged.at, forged.staff, forged.device, forged.action, code),
    )
    assert whole.first_wrong(Reading(raw.execute)) is None
    raw.close()
    unlocked.wipe()
    assert trail.FORMAT


@pytest.mark.req("REQ-09")
def test_a_changed_key_file_opens_for_nobody(loot: Loot) -> None:
    chance = random.Random(4)
    data = keys_in(loot.office).read_bytes()
    refused = 0
    for _ in range(12):
        taken = loot.copy(f"keys-{chance.randrange(10**9)}")
        place = chance.randrange(len(data))
        bent = data[:place] + bytes([data[place] ^ 0x01]) + data[place + 1 :]
        for path in (taken / "office").glob("office.keys*"):
            path.write_bytes(bent)
        program = loot.program(taken, loot.seat.vault)
        try:
            (person,) = program.people()
            opened = program.unlock(person.id, PASSWORD)
        except (KeyFileDamaged, CareKraftError, ValueError):
            refused += 1
        else:
            opened.close()
    assert refused == 12
