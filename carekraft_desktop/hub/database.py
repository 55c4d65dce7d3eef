"""One way to run a transaction, on SQLite or PostgreSQL by URL.

Writing transactions begin at once as writers (a reader that turns writer fails on SQLite
without waiting) and are run again when the database could not serialise them. All take their
locks in one order: bookings, slots (by id), the office's counter, items.
"""

import secrets
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError

from carekraft_desktop.hub import tables

T = TypeVar("T")

TRIES = 6
BUSY_MILLISECONDS = 5_000


_PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 20_000}
"""How long a PostgreSQL server may be silent: seconds for a greeting, then milliseconds.

One that was lost without a word, as in a failover, must not hold our threads for minutes.
"""


class Busy(Exception):
    """The database could not take the transaction in time; asking again is welcome."""


class MadeByNewer(Exception):
    """The schema has steps that this version of the program does not know."""


class Database:
    """The exchange's tables behind `read` and `write`."""

    def __init__(self, url: str, *, pool: int = 20, pooler: bool = False) -> None:
        """`url`: SQLAlchemy's, e.g. `sqlite:////var/lib/exchange.db`; `pool`: connections.

        `pooler`: a pool by transaction, such as PgBouncer's, stands before the server, which
        does not know of statements that were prepared over another of its connections.
        """
        parsed = make_url(url)
        self.url = parsed.render_as_string(hide_password=True)
        """The URL, fit for a log."""
        self.sqlite = parsed.get_backend_name() == "sqlite"
        if self.sqlite and parsed.database in (None, "", ":memory:"):
            message = "the exchange needs a database file: threads do not share one in memory"
            raise ValueError(message)
        arguments: dict[str, Any] = {} if self.sqlite else dict(_PATIENCE)
        if pooler and not self.sqlite:
            arguments["prepare_threshold"] = None
        self._engine = create_engine(
            parsed,
            pool_size=pool,
            max_overflow=4,
            hide_parameters=True,
            connect_args=arguments,
        )
        self._turn: AbstractContextManager[Any] = nullcontext()
        if self.sqlite:
            # SQLite's own waiting sleeps and polls; writers of one process queue here instead.
            self._turn = threading.Lock()
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        self._writing = self._engine.execution_options(carekraft_begin="BEGIN IMMEDIATE")
        # On PostgreSQL each statement sees what is committed, in a transaction or out of one;
        # out of one, its beginning and end are not sent. SQLite's snapshot is worth having.
        options = {} if self.sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._reading = self._engine.execution_options(**options)

    def create(self) -> None:
        """Bring the schema up to date, and give a new database its epoch.

        Raises:
            MadeByNewer: a newer version of the program has been here.
        """
        # Half a second of imports that nobody else here needs.
        from carekraft_desktop.hub import migrations

        def work(connection: Connection) -> None:
            if migrations.standing(connection) is migrations.Standing.AHEAD:
                raise MadeByNewer
            migrations.upgrade(connection)
            if connection.scalar(select(tables.exchange.c.value)) is None:
                connection.execute(
                    insert(tables.exchange).values(name="epoch", value=secrets.token_hex(4))
                )

        self.write(work)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work`, which only reads."""
        with self._reading.connect() as connection, connection.begin():
            return work(connection)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a writing transaction and commit it; several times if need be.

        Raises:
            Busy: the database did not get to it.
        """
        for attempt in range(TRIES):
            try:
                with self._turn, self._writing.connect() as connection, connection.begin():
                    return work(connection)
            except DBAPIError as error:
                if not _again(error):
                    raise
                # Two that collided should not come back in step.
                time.sleep(0.005 * 2**attempt * (1 + secrets.randbelow(100) / 100))
        raise Busy

    def close(self) -> None:
        """Close all connections; on SQLite the write-ahead log is folded in."""
        self._engine.dispose()


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's begin event alone begins
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("carekraft_begin", "BEGIN"))


def is_lost(error: DBAPIError) -> bool:
    """Whether the server went away, rather than refused what it was told to do."""
    return bool(error.connection_invalidated) or isinstance(error, OperationalError)


def _again(error: DBAPIError) -> bool:
    """Whether the same transaction may succeed when run again."""
    state = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    if state is not None:
        return state in ("40001", "40P01")
    return "locked" in str(error.orig) or "busy" in str(error.orig)
