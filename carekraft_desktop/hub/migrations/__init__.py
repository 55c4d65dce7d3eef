"""Brings an exchange's schema up to date with Alembic, on SQLite and PostgreSQL alike.

The steps stand apart from those of the workstation's store: another database, another history.
Each runs in the caller's transaction, so that a step that fails leaves nothing behind. Steps
only add, or change what no running process reads: processes of the version before go on
working while others are brought up to date.
"""

from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

VERSION_TABLE = "schema_step"
FIRST = "0001"
"""What databases have that were made before steps were counted."""
TURN = 4_271_118
"""Of PostgreSQL's advisory locks the one that lets a single process upgrade at a time."""


class Standing(Enum):
    """How a database's schema stands to this program."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    AHEAD = "ahead"
    """Made by a newer version, of which this one knows nothing."""


def standing(connection: Connection) -> Standing:
    """How far the database is."""
    there = _step(connection)
    scripts = ScriptDirectory.from_config(_config(connection))
    if there is None:
        return Standing.BEHIND if _made_before(connection) else Standing.EMPTY
    if there == scripts.get_current_head():
        return Standing.CURRENT
    known = {each.revision for each in scripts.walk_revisions()}
    return Standing.BEHIND if there in known else Standing.AHEAD


def upgrade(connection: Connection, *, to: str = "head") -> None:
    """Run every step that is missing, inside the caller's transaction.

    `to`: a step's number, for tests that need an older schema.
    """
    if connection.dialect.name == "postgresql":
        # Until the transaction's end; who comes second finds nothing left to do.
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
    config = _config(connection)
    if _step(connection) is None and _made_before(connection):
        command.stamp(config, FIRST)
    command.upgrade(config, to)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _step(connection: Connection) -> str | None:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


def _made_before(connection: Connection) -> bool:
    return inspect(connection).has_table("exchange")
