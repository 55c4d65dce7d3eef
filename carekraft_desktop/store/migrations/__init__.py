"""Bring a store's schema up to date with Alembic; imported only when it is behind."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, *, to: str = "head") -> None:
    """Run every step that is missing, inside the caller's transaction.

    `to`: a step's number, for tests that need an older store.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
