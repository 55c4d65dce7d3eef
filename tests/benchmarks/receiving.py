"""Goals 5 and 6: the first sync, and the storing in it."""

import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import requests
from msgspec import UnsetType

from carekraft_desktop.contract.codec import decode
from carekraft_desktop.contract.feed import Item, Page
from carekraft_desktop.exchange import incoming
from carekraft_desktop.services import arrivals
from carekraft_desktop.services.sync import AT_ONCE, Link, Sync
from carekraft_desktop.store import engine
from carekraft_desktop.store.unit import Store
from tests.benchmarks import bare, exchange, feed, sample
from tests.benchmarks.bench import Bench
from tests.benchmarks.exchange import Exchange
from tests.benchmarks.measure import Check, interleave
from tests.benchmarks.naive import Naive
from tests.benchmarks.sample import KEY, NOON, STORE_ID
from tests.fakes.clock import FakeClock

NAIVE_ITEMS = 1_000


class Stores:
    """Hands out empty stores, copied from one."""

    def __init__(self, bench: Bench) -> None:
        """Makes the first."""
        self._bench = bench
        self._template = bench.place("template")
        sample.new_store(self._template).close()

    def folder(self) -> Path:
        """With an empty store in it."""
        folder = self._bench.place("store")
        shutil.copytree(self._template, folder, dirs_exist_ok=True)
        return folder


def opened(folder: Path) -> Store:
    """The store there."""
    path = folder / "office.store"
    return Store.open(path, KEY, anchor=sample.anchor(folder), store_id=STORE_ID)


def sync_of(store: Store, there: Exchange) -> Sync:
    """A conversation that has not begun."""
    desk = sample.desk_of(store)
    return Sync(
        store,
        there.gateway(),
        clock=FakeClock(NOON),
        ids=desk.ids,
        journal=desk.journal,
        device=there.device.client_id,
    )


def first_sync(bench: Bench) -> list[Check]:
    """Goal 5; costs are seconds for one item on the wall."""
    stores = Stores(bench)
    with exchange.running(bench.place("exchange"), bench.size.stored) as there:
        pages = _download(there)
        total = sum(page.count(b'"op":"put"') for page in pages)
        timed = _Timed()

        def ours() -> float:
            folder = stores.folder()
            store = opened(folder)
            sync = sync_of(store, there)

            def receive() -> None:
                while (cycle := sync.cycle(wait=0)).state.link is Link.RECEIVING:
                    pass
                assert cycle.state.link is Link.UP_TO_DATE, cycle.state

            seconds = timed.run("ours", receive) / total
            store.close()
            shutil.rmtree(folder)
            return seconds

        def limit() -> float:
            folder = stores.folder()
            connection = engine.connect(folder / "office.store", KEY)

            def receive() -> None:
                for page in pages:
                    bare.write(connection, bare.read(page))

            seconds = timed.run("limit", receive) / total
            connection.close()
            shutil.rmtree(folder)
            return seconds

        def naive() -> float:
            folder = stores.folder()
            obvious = Naive(folder / "office.store")
            url, token = _address(there)
            began = time.perf_counter()
            taken = obvious.receive(url, token, most=min(NAIVE_ITEMS, total // 2))
            seconds = (time.perf_counter() - began) / taken
            obvious.close()
            shutil.rmtree(folder)
            return seconds

        cases = {"limit": limit, "ours": ours, "naive": naive}
        measured = interleave(cases, rounds=bench.size.rounds, limit="limit")
    what = f"{total:,} items over loopback HTTP, gzip, search kept, wall"
    against = "the same JSON in memory into bare SQLCipher upserts"
    worked = tuple(
        ours / limit for ours, limit in zip(timed.cpu["ours"], timed.cpu["limit"], strict=True)
    )
    return [
        measured.check(5, what, against, 1.2, ours="ours", against="limit", unit="us"),
        Check(5, "the same, CPU of the program", against, None, worked[-bench.size.rounds :]),
        measured.check(
            5,
            "how many times faster",
            "requests and ORM, item by item",
            25.0,
            ours="naive",
            against="ours",
            unit="us",
            at_least=True,
        ),
    ]


class _Timed:
    """Takes the wall's time, and this process's CPU time beside it."""

    def __init__(self) -> None:
        self.cpu: dict[str, list[float]] = defaultdict(list)

    def run(self, name: str, work: Callable[[], None]) -> float:
        began, worked = time.perf_counter(), time.process_time()
        work()
        self.cpu[name].append(time.process_time() - worked)
        return time.perf_counter() - began


def _address(there: Exchange) -> tuple[str, str]:
    """The feed's address and a token for it."""
    gateway = there.gateway()
    gateway._sign_in_if_due()
    token = gateway._token
    gateway.close()
    return f"{there.url}/v1/offices/{there.device.office_id}/changes", token


def _download(there: Exchange) -> list[bytes]:
    """Every page, decompressed."""
    url, token = _address(there)
    pages: list[bytes] = []
    cursor, more = "", True
    while more:
        answer = requests.get(
            url,
            params={"cursor": str(cursor), "limit": "1000", "wait": "0"},
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        )
        pages.append(answer.content)
        page = decode(answer.content, Page)
        cursor, more = page.cursor, page.more
    return pages


# --------------------------------------------------------------------------- storing


def storing(bench: Bench) -> list[Check]:
    """Goal 6: values at hand, CPU."""
    stores = Stores(bench)
    items = list(feed.people(bench.size.stored))
    chunks = [_values(items[at : at + AT_ONCE]) for at in range(0, len(items), AT_ONCE)]
    rows = bare.thousands((item.kind, bare.row(item.kind, item.v, _json(item))) for item in items)

    def ours() -> float:
        folder = stores.folder()
        store = opened(folder)
        with store.write():
            pass  # SQLAlchemy is imported
        began = time.process_time()
        for values in chunks:
            with store.write() as unit:
                arrivals.keep(unit, values, force=False)
        seconds = time.process_time() - began
        store.close()
        shutil.rmtree(folder)
        return seconds

    def plain() -> float:
        folder = bench.place("plain")
        connection = _plain(stores.folder() / "office.store", folder / "plain.db")
        began = time.process_time()
        for some in rows:
            bare.write(connection, some)
        seconds = time.process_time() - began
        connection.close()
        shutil.rmtree(folder)
        return seconds

    def naive() -> float:
        folder = stores.folder()
        obvious = Naive(folder / "office.store")
        few = items[:NAIVE_ITEMS]
        began = time.process_time()
        obvious.save((item.kind, bare.row(item.kind, item.v, _json(item))) for item in few)
        seconds = (time.process_time() - began) / len(few) * len(items)
        obvious.close()
        shutil.rmtree(folder)
        return seconds

    cases = {"plain": plain, "ours": ours, "naive": naive}
    measured = interleave(cases, rounds=bench.size.rounds, limit="plain")
    limit = "plain SQLite, same tables, 1,000 a transaction, no search"
    what = f"{bench.size.stored:,} bookings with their patients, indexes and search"
    return [
        measured.check(6, what, limit, 1.3, ours="ours", against="plain"),
        measured.check(
            6, "the naive way: ORM, select then add", limit, None, ours="naive", against="plain"
        ),
    ]


def _json(item: Item) -> bytes:
    assert not isinstance(item.data, UnsetType)
    return bytes(item.data)


def _values(items: Sequence[Item]) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = defaultdict(list)
    for item in items:
        values[item.kind].append(incoming.read(item))
    return dict(values)


def _plain(source: Path, path: Path) -> Any:
    """An empty unencrypted store with the same tables and settings."""
    from sqlcipher3 import dbapi2

    cipher = engine.connect(source, KEY)
    cipher.execute("ATTACH DATABASE ? AS plain KEY ''", (str(path),))
    cipher.execute("SELECT sqlcipher_export('plain')")
    cipher.close()
    connection = dbapi2.connect(str(path), isolation_level=None)
    for pragma in engine._PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection
