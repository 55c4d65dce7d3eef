"""The feed: nothing is lost, whatever is written while it is read."""

import base64
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from functools import partial

import msgspec
import pytest
from sqlalchemy import Connection, update

from carekraft_desktop.contract.codec import decode
from carekraft_desktop.contract.feed import Item, Page
from carekraft_desktop.hub import feed, tables
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import stamp
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from tests.hub_fixture import NOON
from tests.unit.hub.bench import Bench

State = dict[tuple[str, str], tuple[int, bool]]
"""Version of each item, and whether it is gone."""


def read_page(
    database: Database,
    cursor: str,
    *,
    limit: int = 1_000,
    most_bytes: int = 10**6,
    kinds: tuple[str, ...] = (),
) -> Page:
    """A page, as a workstation decodes it."""
    stretch = database.read(
        lambda connection: feed.page(
            connection, OFFICE_ID, cursor, limit=limit, most_bytes=most_bytes, kinds=kinds
        )
    )
    return decode(stretch.envelope(30.0), Page)


def read_all(database: Database, cursor: str = "", *, limit: int = 1_000) -> tuple[list[Item], str]:
    items: list[Item] = []
    while True:
        page = read_page(database, cursor, limit=limit)
        items += page.items
        cursor = page.cursor
        if not page.more:
            return items, cursor


def put(id_: str, text: str = "{}", kind: str = "notice") -> Change:
    return Change(kind=kind, id=id_, body=text)


def truth(database: Database) -> State:
    """What the exchange has."""
    rows = database.read(
        lambda connection: connection.execute(
            tables.item.select().where(tables.item.c.office_id == OFFICE_ID)
        ).all()
    )
    return {(row.kind, row.id): (row.v, row.gone) for row in rows}


# ------------------------------------------------------------------ pages and cursors


@pytest.mark.parametrize("limit", [1, 7, 1_000])
def test_pages_of_any_size_give_the_same_items(bench: Bench, limit: int) -> None:
    items, _ = read_all(bench.database, limit=limit)
    assert {(item.kind, item.id): (item.v, item.op == "del") for item in items} == truth(
        bench.database
    )
    seqs = [item.seq for item in items]
    assert seqs == sorted(set(seqs))


def test_a_page_is_closed_when_it_is_large(bench: Bench) -> None:
    page = read_page(bench.database, "", most_bytes=2_000)
    assert page.more
    assert 1 < len(page.items) < 20
    after = read_page(bench.database, page.cursor, most_bytes=2_000)
    assert after.items[0].seq > page.items[-1].seq


def test_an_item_that_changed_is_there_once_at_its_last_place(bench: Bench) -> None:
    _, cursor = read_all(bench.database)
    for text in ('{"n":1}', '{"n":2}'):
        in_one_transaction(bench.database, put("x", text), lambda: None)
    items, _ = read_all(bench.database, cursor)
    assert [
        (item.id, item.v, bytes(item.data)) for item in items if item.data is not msgspec.UNSET
    ] == [("x", 2, b'{"n":2}')]


def test_what_is_gone_stays_as_a_tombstone_without_a_body(bench: Bench) -> None:
    _, cursor = read_all(bench.database)
    gone = Change(kind="notice", id="x", reason="unshared")
    for change in (put("x", '{"secret":1}'), gone):
        in_one_transaction(bench.database, change, lambda: None)
    items, _ = read_all(bench.database, cursor)
    assert [(item.op, item.reason, item.data) for item in items] == [
        ("del", "unshared", msgspec.UNSET)
    ]
    row = bench.read(lambda connection: feed.one(connection, OFFICE_ID, "notice", "x"))
    assert row is not None
    assert row["body"] is None


def test_one_may_ask_for_some_kinds_only(bench: Bench) -> None:
    page = read_page(bench.database, "", kinds=("provider", "office"))
    assert {item.kind for item in page.items} == {"provider", "office"}
    assert not page.more
    assert read_page(bench.database, page.cursor).items == []


def test_an_empty_page_keeps_its_place(bench: Bench) -> None:
    _, cursor = read_all(bench.database)
    page = read_page(bench.database, cursor)
    assert (page.items, page.cursor, page.more) == ([], cursor, False)


def test_a_cursor_names_epoch_and_place(bench: Bench) -> None:
    page = read_page(bench.database, "", limit=3)
    text = base64.urlsafe_b64decode(page.cursor + "=" * (-len(page.cursor) % 4)).decode()
    assert text == f"v1.{page.epoch}.{page.items[-1].seq}"


@pytest.mark.parametrize(
    "cursor",
    ["x", "====", "djEu", "é", feed.make_cursor("ab", -1), "a" * 200]
    + [base64.urlsafe_b64encode(each).decode() for each in (b"v2.ab.1", b"v1.a b.1", b"v1..1")]
    + [base64.urlsafe_b64encode(b"v1.ab." + b"9" * 17).decode()],
)
def test_a_strange_cursor_is_refused(bench: Bench, cursor: str) -> None:
    with pytest.raises(feed.CursorMalformed):
        read_page(bench.database, cursor)


def test_a_new_epoch_sends_everybody_back_to_the_beginning(bench: Bench) -> None:
    _, cursor = read_all(bench.database)
    epoch = bench.write(feed.new_epoch)
    with pytest.raises(feed.EpochChanged):
        read_page(bench.database, cursor)
    assert read_page(bench.database, "").epoch == epoch


def test_places_that_do_not_exist_are_refused(bench: Bench) -> None:
    epoch = bench.read(feed.current_epoch)
    head = bench.read(lambda connection: feed.head(connection, OFFICE_ID))
    with pytest.raises(feed.CursorExpired):
        read_page(bench.database, feed.make_cursor(epoch, head + 1))
    bench.write(lambda connection: connection.execute(update(tables.feed).values(min_seq=10)))
    with pytest.raises(feed.CursorExpired):
        read_page(bench.database, feed.make_cursor(epoch, 9))
    assert read_page(bench.database, feed.make_cursor(epoch, 10)).items


# ------------------------------------------------------------------ many writers, one reader

Scheme = Callable[[Database, Change, Callable[[], None]], None]
"""Writes one change; calls its last argument after the place is taken, before it is visible."""


class RolledBack(Exception):
    """A writer changed its mind."""


def in_one_transaction(database: Database, change: Change, pause: Callable[[], None]) -> None:
    """The exchange's way: place and item are committed together."""

    def work(connection: Connection) -> None:
        feed.write(connection, OFFICE_ID, [change], NOON)
        pause()

    database.write(work)


def place_beforehand(database: Database, change: Change, pause: Callable[[], None]) -> None:
    """The broken way: the place is taken in a transaction of its own, before the item."""

    def take(connection: Connection) -> int:
        place: int = connection.execute(
            update(tables.feed)
            .where(tables.feed.c.office_id == OFFICE_ID)
            .values(last_seq=tables.feed.c.last_seq + 1)
            .returning(tables.feed.c.last_seq)
        ).scalar_one()
        return place

    row = {
        "office_id": OFFICE_ID,
        "kind": change.kind,
        "id": change.id,
        "v": 1,
        "seq": database.write(take),
        "gone": False,
        "at": stamp(NOON),
        "body": change.body,
    }
    pause()

    def keep(connection: Connection) -> None:
        connection.execute(tables.item.insert().values(**row))

    database.write(keep)


class Reader:
    """A workstation that applies page after page while others write."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.cursor = ""
        self.seen: State = {}
        self.last = 0

    def read(self) -> bool:
        """Apply a page; whether more is ready."""
        page = read_page(self._database, self.cursor, limit=7)
        for item in page.items:
            assert item.seq > self.last, "the feed went back"
            self.last = item.seq
            known = self.seen.get((item.kind, item.id))
            assert known is None or item.v > known[0], "an older version came later"
            self.seen[item.kind, item.id] = (item.v, item.op == "del")
        self.cursor = page.cursor
        return page.more


def write_or_not(connection: Connection, *, changes: list[Change], fails: bool) -> None:
    feed.write(connection, OFFICE_ID, changes, NOON)
    if fails:
        raise RolledBack


def write_at_random(database: Database, number: int) -> None:
    """Put, change and remove items, sometimes taking a transaction back."""
    chance = Chance(number)
    for _ in range(40):
        changes = []
        for id_ in {f"n-{chance.randrange(60)}" for _ in range(chance.randint(1, 4))}:
            gone = chance.happens(0.2)
            changes.append(Change(kind="notice", id=id_, reason="deleted") if gone else put(id_))
        fails = chance.happens(0.1)

        with contextlib.suppress(RolledBack):
            database.write(partial(write_or_not, changes=changes, fails=fails))


def test_six_writers_and_a_reader_end_with_the_same_state(bench: Bench) -> None:
    reader = Reader(bench.database)
    with ThreadPoolExecutor(6) as pool:
        writers = [pool.submit(write_at_random, bench.database, number) for number in range(6)]
        while not all(each.done() for each in writers):
            reader.read()
        for each in writers:
            each.result()
    while reader.read():
        pass
    assert reader.seen == truth(bench.database)
    head = bench.read(lambda connection: feed.head(connection, OFFICE_ID))
    assert reader.last == head, "places were used up by transactions that were taken back"


@pytest.mark.parametrize(
    ("scheme", "lost"),
    [(in_one_transaction, set()), (place_beforehand, {("notice", "slow")})],
)
def test_a_writer_that_is_overtaken_loses_nothing_unless_places_are_taken_beforehand(
    bench: Bench, scheme: Scheme, lost: set[tuple[str, str]]
) -> None:
    reader = Reader(bench.database)
    while reader.read():
        pass
    stands, may_go = threading.Event(), threading.Event()

    def pause() -> None:
        stands.set()
        assert may_go.wait(20)

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(scheme, bench.database, put("slow"), pause)
        assert stands.wait(20)
        quick = pool.submit(scheme, bench.database, put("quick"), lambda: None)
        # The second writer gets past the first one, or waits for it: that is the difference.
        wait([quick], timeout=0.3)
        while reader.read():
            pass
        may_go.set()
        slow.result(20)
        quick.result(20)
    while reader.read():
        pass
    assert truth(bench.database).keys() - reader.seen.keys() == lost


def test_a_bulk_fill_is_read_like_single_writes(bench: Bench) -> None:
    _, cursor = read_all(bench.database)
    changes = [put(f"bulk-{number}") for number in range(500)]
    later = NOON + timedelta(minutes=1)
    bench.write(lambda connection: feed.fill(connection, OFFICE_ID, changes, later))
    items, _ = read_all(bench.database, cursor)
    assert [item.id for item in items] == [change.id for change in changes]
    assert {item.v for item in items} == {1}
    assert items[0].at == later
