"""The store of one workstation and its transactions; the only place that commits.

Reading goes over a bare connection for each thread, so that the first screen needs no more
than the driver. Writing goes through SQLAlchemy: one engine, one connection, one lock around
it. Both speak SQL through the same small face, and nothing else of a row leaves.
"""

import hmac
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carekraft_desktop.errors import (
    NotEncrypted,
    StoreBusy,
    StoreDamaged,
    StoreRolledBack,
    StoreTooNew,
)
from carekraft_desktop.store.anchor import Anchor
from carekraft_desktop.store.engine import (
    APPLICATION_ID,
    check_file,
    check_pages,
    check_settings,
    connect,
    copying,
    translated,
)
from carekraft_desktop.store.gate import Gate

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SCHEMA = 27
"""The schema's number that this program writes; the newest migration's."""

_STRETCH = 200
"""Pages that are copied at a time, some milliseconds' worth."""
_FLUSHED = 20
"""Stretches after which the copy is flushed to the disk."""
_LENT = 0.001
"""Seconds for which a copy lends the lock to somebody who waits."""

Row = tuple[Any, ...]


class Reading:
    """A consistent look at the store."""

    def __init__(self, execute: Callable[[str, Sequence[Any]], Any]) -> None:
        """`execute`: runs one statement and returns a cursor."""
        self._execute = execute

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """All rows of a query."""
        with translated():
            found: list[Row] = self._execute(sql, values).fetchall()
        return found

    def row(self, sql: str, *values: Any) -> Row | None:
        """The first row of a query, None when there is none."""
        with translated():
            found: Row | None = self._execute(sql, values).fetchone()
        return found

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, None when there is none."""
        found = self.row(sql, *values)
        return None if found is None else found[0]


class Writing(Reading):
    """A transaction that changes the store, all or nothing.

    SQLAlchemy keeps the connection and the transaction; the statements go straight to the
    driver, which halves the cost of a small one.
    """

    def __init__(self, driver: Any) -> None:
        """`driver`: the driver's connection, inside a transaction."""
        super().__init__(driver.execute)
        self._driver = driver

    def run(self, sql: str, *values: Any) -> int:
        """Run one statement; returns how many rows it touched."""
        with translated():
            touched: int = self._driver.execute(sql, values).rowcount
        return touched

    def run_many(self, sql: str, rows: Sequence[Row]) -> None:
        """Run one statement for each of `rows`."""
        if rows:
            with translated():
                self._driver.executemany(sql, rows)


def warm() -> None:
    """Import what the first write needs; slow, so that a worker does it while a person types."""
    from importlib import import_module

    for name in ("sqlalchemy", "sqlalchemy.dialects.sqlite", "sqlcipher3.dbapi2"):
        import_module(name)
    _engine(Path(), bytearray())  # connects to nothing; the first one sets much up in SQLAlchemy


class Store:
    """An open store. Threads may share it; each reads over a connection of its own."""

    def __init__(self, path: Path, key: bytes | bytearray, *, anchor: Anchor) -> None:
        """Use `Store.create` or `Store.open`."""
        self._path = path
        self._key = bytearray(key)
        self._anchor = anchor
        self._mine = threading.local()
        self._readers: list[Any] = []
        self._guard = threading.Lock()
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._wanted = 0
        self._open = True
        self._gate = Gate()
        self._lent = threading.Event()  # never set: a pause in which others take the lock
        self._era = 0
        """Grows when the file is replaced: a connection of before is of no use."""

    @classmethod
    def create(
        cls, path: Path, key: bytes | bytearray, *, anchor: Anchor, store_id: str
    ) -> "Store":
        """Make a new store; the file must not exist.

        Raises:
            StoreDamaged: something is already there; it is never overwritten.
        """
        if path.exists() and path.stat().st_size:
            raise StoreDamaged("exists")
        path.touch(mode=0o600)
        store = cls(path, key, anchor=anchor)
        try:
            store._upgrade(0)
            with store.write() as unit:
                unit.run("INSERT INTO meta VALUES ('store_id', ?)", store_id)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def open(
        cls,
        path: Path,
        key: bytes | bytearray,
        *,
        anchor: Anchor,
        store_id: str,
        accept_older: bool = False,
        before_upgrade: Callable[[], object] | None = None,
    ) -> "Store":
        """Open an existing store after every check that can be made.

        Args:
            path: the file.
            key: the raw data key.
            anchor: where its progress is noted.
            store_id: what the key file says the store is called.
            accept_older: open even if the store is behind its anchor; for a person's decision.
            before_upgrade: called before a store of an older form is brought to this one.

        Raises:
            StoreMissing, StoreDamaged, NotEncrypted: the file is not what the key file promises.
            StoreTooNew: a newer program wrote it.
            StoreRolledBack: its last commits are missing.
        """
        check_file(path)
        store = cls(path, key, anchor=anchor)
        try:
            store._bring_up_to_date(before_upgrade)
            store._check(store_id, accept_older=accept_older)
        except BaseException:
            store.close()
            raise
        return store

    def _bring_up_to_date(self, before: Callable[[], object] | None) -> None:
        connection = self._reader()
        with translated():
            check_settings(connection)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA:
            raise StoreTooNew(str(version))
        if version < SCHEMA:
            if version and before is not None:
                before()
            self._upgrade(version)

    def _check(self, store_id: str, *, accept_older: bool) -> None:
        with self.read() as unit:
            if unit.value("SELECT value FROM meta WHERE name = 'store_id'") != store_id:
                raise StoreDamaged("store-id")
            commits = int(unit.value("SELECT n FROM commits") or 0)
            entries = int(unit.value("SELECT coalesce(max(n), 0) FROM journal"))
        missing = max(self._anchor.count() - commits, self._anchor.entries() - entries)
        if missing > 0:
            if not accept_older:
                raise StoreRolledBack(str(missing))
            self._anchor.restart(commits, entries)

    def _upgrade(self, version: int) -> None:
        from carekraft_desktop.store.migrations import upgrade

        with self._lock, translated():
            connection = self._writer()
            with connection.begin():
                if version == 0:
                    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
                upgrade(connection)
                connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """A consistent look; nothing can be changed through it."""
        with self._gate.looking():
            connection = self._reader()
            with translated():
                connection.execute("BEGIN")
            try:
                yield Reading(connection.execute)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[Writing]:
        """One transaction: kept whole when the block ends well, dropped whole otherwise."""
        with self._guard:
            self._wanted += 1
        with self._lock:
            with self._guard:
                self._wanted -= 1
            with translated():
                connection = self._writer()
                transaction = connection.begin()
                try:
                    unit = Writing(connection.connection.driver_connection)
                    yield unit
                    commits = unit.value("UPDATE commits SET n = n + 1 RETURNING n")
                    entries = unit.value("SELECT coalesce(max(n), 0) FROM journal")
                    transaction.commit()
                except BaseException:
                    # A full disk has already rolled back; SQLAlchemy copes with that.
                    transaction.rollback()
                    raise
            self._anchor.put(commits, entries)

    @property
    def somebody_waits(self) -> bool:
        """Whether another thread waits to write; long work ends its transaction then."""
        return self._wanted > 0

    def entries_noted(self) -> int:
        """How many entries of the journal were noted outside the store."""
        return self._anchor.entries()

    def copy(
        self, fresh: Path, key: bytes | bytearray, *, told: Callable[[int, int], None]
    ) -> None:
        """A whole and consistent copy under another key, while people act; see `rotate`.

        Args:
            fresh: the file to be made; what is there goes.
            key: its own raw key.
            told: called with pages done and pages in all; what it raises ends the copying.

        Raises:
            StoreError: there is no copy.
        """
        with self._lock:
            self._copy(fresh, key, told)

    def rotate(
        self,
        fresh: Path,
        key: bytes | bytearray,
        *,
        anchor: Anchor,
        told: Callable[[int, int], None],
        swap: Callable[[], None],
    ) -> None:
        """Give the store another key while it is in use.

        The whole of it is copied under the new key, a stretch at a time; between two stretches
        people act, and what they do goes into the copy as well. Only for the last moment, in
        which the files change places, do they wait.

        Args:
            fresh: where the copy is made, on the same disk.
            key: the new data key.
            anchor: for the new key.
            told: called with pages done and pages in all.
            swap: puts the copy in the store's place; all connections are closed then.

        Raises:
            StoreError: the store is as it was.
        """
        with self._lock:
            self._copy(fresh, key, told)
            with self._gate.pause(), self._guard:
                readers, self._readers = self._readers, []
                for connection in readers:
                    connection.close()
                self._empty_log()
                self._drop_writer()
                self._era += 1
                swap()
                self._key[:] = key
                self._anchor.close()
                self._anchor = anchor
            with self.read() as unit:
                anchor.restart(
                    int(unit.value("SELECT n FROM commits") or 0),
                    int(unit.value("SELECT max(n) FROM journal") or 0),
                )

    def _empty_log(self) -> None:
        """Bring the log into the file, all of it; call with nobody looking."""
        driver: Any = self._writer().connection.driver_connection
        with translated():
            held, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if held:
            raise StoreBusy("log")

    @staticmethod
    def opens(path: Path, key: bytes | bytearray) -> bool:
        """Whether this key opens the file at all."""
        try:
            connect(path, key, read_only=True).close()
        except (StoreDamaged, NotEncrypted):
            return False
        return True

    def has_key(self, key: bytes | bytearray) -> bool:
        """Whether this is the key in use."""
        return hmac.compare_digest(self._key, key)

    def _copy(self, fresh: Path, key: bytes | bytearray, told: Callable[[int, int], None]) -> None:
        """Copy the whole under another key; call with the lock held, which it lends at times."""
        driver: Any = self._writer().connection.driver_connection
        stretches = 0

        def between(_status: int, left: int, pages: int) -> None:
            nonlocal stretches
            if not self._open:
                raise StoreBusy("closing")  # whoever closes it does not wait for a whole copy
            stretches += 1
            told(pages - left, pages)
            while left and self._wanted:
                self._lend(lambda: self._lent.wait(_LENT))
            if left and stretches % _FLUSHED == 0:
                # Bit by bit, so that the last stretch, in which people wait, has little to flush.
                self._lend(lambda: os.fsync(file.fileno()))

        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        copy = connect(fresh, key)
        try:
            with copying(), fresh.open("r+b") as file:
                # A copy that is cut short is thrown away, so it needs no journal of its own.
                for pragma in ("journal_mode=MEMORY", "cache_size=-2000"):
                    copy.execute(f"PRAGMA {pragma}")
                driver.backup(copy, pages=_STRETCH, progress=between)
        finally:
            copy.close()

    def _lend(self, wait: Callable[[], object]) -> None:
        """Let others have the lock while `wait` lasts."""
        self._lock.release()
        try:
            wait()
        finally:
            self._lock.acquire()

    def check_pages(self) -> None:
        """Look at every page; other threads go on meanwhile.

        Raises:
            StoreDamaged: one is not as it was written.
        """
        with self._gate.looking():
            try:
                self._check_pages()
            except StoreDamaged:
                # A page that was just being written reads as damaged: once more, with no writer.
                with self._lock:
                    self._check_pages()

    def _check_pages(self) -> None:
        """Over a connection of its own: one in use has an old idea of the search index."""
        connection = connect(self._path, self._key, read_only=True)
        try:
            check_pages(connection)
        finally:
            connection.close()

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file and cut it, while nothing is at work."""
        with self._lock, translated():
            if self._connection is not None:
                driver: Any = self._connection.connection.driver_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give back the file and wipe the key; safe to call twice."""
        with self._guard:
            readers, self._readers = self._readers, []
            was_open, self._open = self._open, False
        if was_open:
            try:
                self.checkpoint()
            finally:
                self._let_go()
        for connection in readers:
            connection.close()
        self._anchor.close()
        self._key[:] = bytes(len(self._key))

    def _reader(self) -> Any:
        if not self._open:
            # Also where this thread has looked before: its connection is closed as well.
            raise StoreDamaged("closed")
        connection = getattr(self._mine, "connection", None)
        if connection is None or self._mine.era != self._era:
            connection = connect(self._path, self._key, read_only=True)
            self._mine.connection, self._mine.era = connection, self._era
            with self._guard:
                self._readers.append(connection)
        return connection

    def _let_go(self) -> None:
        with self._lock:
            self._drop_writer()

    def _drop_writer(self) -> None:
        """Give the writing connection back; call with the lock held."""
        if self._connection is not None:
            self._connection.close()
            self._connection.engine.dispose()
            self._connection = None

    def _writer(self) -> "Connection":
        """The one writing connection; call with the lock held.

        Kept from one transaction to the next: taking it out of the pool each time would cost
        as much as the rows of an answer.
        """
        if self._connection is None:
            self._connection = _engine(self._path, self._key).connect()
        return self._connection


def _engine(path: Path, key: bytearray) -> "Engine":
    """SQLAlchemy over our own connections, with transactions that begin when we say so.

    The driver's default begins a transaction at the first write only, so that two
    read-then-write transactions lose an update without an error. Here each begins at once
    and as a writer.
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool
    from sqlcipher3 import dbapi2

    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_reset_on_return=None,  # `write` has ended its transaction, one way or the other
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Any) -> None:
    connection.connection.driver_connection.execute("BEGIN IMMEDIATE")
