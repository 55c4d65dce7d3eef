"""Twenty offices, eight writers, readers in between: nothing is lost, nobody is booked twice.

Writers do what happens in life: book, move, cancel, withdraw, refer from one office to another,
take permissions back; one in ten changes its mind and is rolled back. Readers are desks: page
after page, state by state. The same with places taken beforehand, as from a sequence, loses
what it must lose, so that the test is known to see it.
"""

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, case, func, select, text, update

from carekraft_desktop.contract.codec import decode
from carekraft_desktop.contract.commands import CommandType
from carekraft_desktop.contract.directory import Entry
from carekraft_desktop.contract.feed import Page
from carekraft_desktop.hub import feed, revoking, tables
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.sandbox import acts, world
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.hub.slots import LIVE, SLOT_OF, SlotTaken, SlotUnknown
from tests.hub_fixture import NOON, filled_database
from tests.postgres import Postgres
from tests.unit.hub.bench import TINY
from tests.unit.hub.far_bench import Far

OFFICES, WRITERS, READERS = 20, 8, 2
TURNS = 28
"""Acts of each writer."""
State = dict[tuple[str, str], tuple[int, bool]]
"""Version of each item, and whether it is gone."""


class ChangedMind(Exception):
    """The transaction is rolled back."""


class Writer:
    """One process's worth of what happens; by its seed always the same tries."""

    def __init__(self, database: Database, office: Any, number: int) -> None:
        self.chance = Chance(f"writer {number}")
        self.far = Far(database, office, chance=self.chance)
        self.far.requests = number * 10_000
        self.offices = [OFFICE_ID, *(world.neighbour_id(n) for n in range(OFFICES - 1))]
        self.done: Counter[str] = Counter()

    def go(self) -> "Writer":
        """All turns."""
        for _ in range(TURNS):
            name = self.chance.weighted(
                {"book": 40, "move": 15, "cancel": 12, "unshare": 6, "refer": 17, "revoke": 10}
            )
            try:
                getattr(self, name)(self.chance.choice(self.offices))
                self.done[name] += 1
            except (NotPossible, NotThere, SlotTaken, SlotUnknown, ChangedMind, AssertionError):
                self.done["nothing"] += 1
        return self

    def write(self, work: Callable[[Connection], object]) -> None:
        """One transaction, sometimes taken back at its very end."""
        gives_up = self.chance.happens(0.1)

        def whole(connection: Connection) -> None:
            work(connection)
            if gives_up:
                raise ChangedMind

        self.far.write(whole)

    def some(self, table: Any, condition: Any, column: Any) -> Any:
        """Some row's column, None when there is no row."""
        ids = self.far.read(
            lambda c: c.scalars(select(column).where(condition).order_by(column)).all()
        )
        del table
        return self.chance.choice(ids) if ids else None

    def booking(self, office: str) -> str:
        table = tables.booking
        wanted = (table.c.office_id == office) & table.c.status.in_(("proposed", "booked"))
        found = self.some(table, wanted, table.c.id)
        if found is None:
            raise NotPossible
        return str(found)

    def book(self, office: str) -> None:
        self.write(lambda c: acts.book(c, self.chance, office, NOON))

    def move(self, office: str) -> None:
        booking = self.booking(office)
        self.write(lambda c: acts.move(c, self.chance, office, booking, NOON))

    def cancel(self, office: str) -> None:
        booking = self.booking(office)
        self.write(lambda c: acts.cancel(c, office, booking, NOON))

    def unshare(self, office: str) -> None:
        item = tables.item
        wanted = (item.c.office_id == office) & (item.c.kind == "patient") & item.c.gone.is_(False)
        patient = self.some(item, wanted, item.c.id)
        if patient is None:
            raise NotPossible
        self.write(lambda c: acts.unshare(c, office, str(patient), NOON))

    def refer(self, _office: str) -> None:
        """Two offices in one transaction: a booking there, a record in both."""
        entry = self.chance.choice(self._listed())
        grant = self.far.permit(self.far.patient(), entry)
        try:
            message = self.far.message(grant, entry)
        except IndexError:  # somebody has just taken the last of its times
            raise NotPossible from None
        request = decode(message, dict[str, Any])["request_id"]
        self.far.order(CommandType.REFERRAL_CREATE, request, message)

    def revoke(self, _office: str) -> None:
        table = tables.permission
        permission = self.some(table, table.c.revoked_at.is_(None), table.c.permission_id)
        if permission is None:
            raise NotPossible
        self.write(lambda c: revoking.revoke(c, OFFICE_ID, str(permission), NOON))

    def _listed(self) -> list[Entry]:
        table = tables.directory
        bodies = self.far.read(
            lambda c: c.scalars(select(table.c.body).order_by(table.c.npi)).all()
        )
        return [decode(body.encode(), Entry) for body in bodies]


class Reader:
    """A desk of one office, without the program around it."""

    def __init__(self, database: Database, office_id: str) -> None:
        self._database = database
        self._office_id = office_id
        self._cursor = ""
        self.seen: State = {}

    def read(self) -> bool:
        """Apply a page; whether more is ready."""
        stretch = self._database.read(
            lambda c: feed.page(c, self._office_id, self._cursor, limit=7, most_bytes=10**6)
        )
        page = decode(stretch.envelope(30.0), Page)
        for item in page.items:
            known = self.seen.get((item.kind, item.id))
            assert known is None or item.v > known[0], "an older version came later"
            self.seen[item.kind, item.id] = (item.v, item.op == "del")
        self._cursor = page.cursor
        return page.more


def run_all(database: Database, office: Any) -> tuple[Counter[str], dict[str, Reader]]:
    """Write and read until everything is done; what was done, and what each desk has."""
    readers = {
        each: Reader(database, each)
        for each in [OFFICE_ID, *(world.neighbour_id(n) for n in range(OFFICES - 1))]
    }
    over = threading.Event()

    def follow(mine: list[Reader]) -> None:
        # As a desk that is told of news: a breath between two looks, so that writers write.
        while not over.wait(0.002):
            for reader in mine:
                reader.read()

    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        every = list(readers.values())
        following = [pool.submit(follow, every[n::READERS]) for n in range(READERS)]
        writers = [Writer(database, office, number) for number in range(1, WRITERS + 1)]
        working = [pool.submit(writer.go) for writer in writers]
        try:
            done = sum((each.result(100).done for each in working), Counter[str]())
        finally:
            over.set()
        for each in following:
            each.result(30)
    for reader in readers.values():
        while reader.read():
            pass
    return done, readers


def truth(database: Database, office_id: str) -> State:
    """What the exchange has."""
    item = tables.item
    rows = database.read(
        lambda c: c.execute(select(item).where(item.c.office_id == office_id)).all()
    )
    return {(row.kind, row.id): (row.v, row.gone) for row in rows}


def differing(database: Database, readers: dict[str, Reader]) -> int:
    """Items that desks do not have as the exchange has them."""
    count = 0
    for office_id, reader in readers.items():
        there = truth(database, office_id)
        assert reader.seen.keys() <= there.keys(), "a desk has what was rolled back"
        count += sum(reader.seen.get(key) != state for key, state in there.items())
    return count


def assert_sound(database: Database) -> None:
    """No slot has two live bookings; slots, rows and counters agree."""
    booking, slot = tables.booking, tables.slot
    rows = database.read(lambda c: c.execute(select(booking)).all())
    live = Counter((r.office_id, r.slot_id) for r in rows if r.slot_id and r.status in LIVE)
    assert all(count == 1 for count in live.values())
    status = {(r.office_id, r.slot_id): r.status for r in rows if r.status in LIVE}
    for row in database.read(lambda c: c.execute(select(slot)).all()):
        holder = status.get((row.office_id, row.id))
        assert row.status == (SLOT_OF[holder] if holder else "free"), (row.office_id, row.id)
    item, counter = tables.item, tables.feed
    highest = select(item.c.office_id, func.max(item.c.seq)).group_by(item.c.office_id)
    found = dict(database.read(lambda c: [tuple(row) for row in c.execute(highest)]))
    heads = database.read(
        lambda c: [tuple(row) for row in c.execute(select(counter.c.office_id, counter.c.last_seq))]
    )
    assert dict(heads) == found, "places were used up by transactions that were taken back"


@pytest.fixture(params=["sqlite", "postgresql"])
def there(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Database, Any]]:
    """Twenty offices on an engine."""
    server: Postgres | None = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
    database, office = filled_database(tmp_path, 5, NOON, TINY, server)
    size = world.Size(offices=OFFICES - 1, providers=76)
    database.write(lambda c: world.pour(c, NOON, size=size))
    yield database, office
    database.close()


@pytest.mark.slow
def test_every_desk_ends_with_what_the_exchange_has(there: tuple[Database, Any]) -> None:
    database, office = there
    before = deadlocks(database)
    done, readers = run_all(database, office)
    assert differing(database, readers) == 0
    assert_sound(database)
    assert deadlocks(database) == before, "the one lock order was not kept"
    assert min(done[name] for name in ("book", "move", "cancel", "unshare", "refer", "revoke")) > 1
    referred = select(func.count()).select_from(tables.referral)
    assert (database.read(lambda c: c.scalar(referred)) or 0) > 5


def deadlocks(database: Database) -> int:
    """How many PostgreSQL has seen in this database; SQLite knows none."""
    if database.sqlite:
        return 0
    asked = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    return int(database.read(lambda c: c.scalar(asked)) or 0)


@pytest.mark.slow
def test_with_places_taken_beforehand_desks_lose_items(
    there: tuple[Database, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with a sequence: a number may become visible after a later one was read."""
    database, office = there
    numbers, mine = itertools.count(1), threading.local()
    write = Database.write

    def numbered(self: Database, work: Callable[[Connection], Any]) -> Any:
        number = next(numbers)
        mine.next = number * 10_000
        # Others overtake in this moment, of some by far; with a row's lock held until the commit
        # none could.
        threading.Event().wait(0.08 if number % 9 == 0 else 0.002)
        return write(self, work)

    def take(connection: Connection, office_id: str, count: int) -> int:
        mine.next += count
        last = tables.feed.c.last_seq
        highest = case((last < mine.next, mine.next), else_=last)
        connection.execute(
            update(tables.feed).where(tables.feed.c.office_id == office_id).values(last_seq=highest)
        )
        return int(mine.next) - count + 1

    monkeypatch.setattr(Database, "write", numbered)
    monkeypatch.setattr(feed, "_take", take)
    _, readers = run_all(database, office)
    assert differing(database, readers) > 0, "this test could not see a lost item"
