"""Partners outside the exchange, and what was brought to them."""

from alembic import op

revision = "0011"
down_revision = "0010"

STATEMENTS = (
    """CREATE TABLE partner (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL,
        client_id TEXT NOT NULL, key TEXT NOT NULL, tested_at INTEGER NOT NULL,
        problem TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    # A provider is reached in one way only.
    """CREATE TABLE partner_number (
        npi TEXT PRIMARY KEY, partner_id TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE carried (
        referral_id TEXT PRIMARY KEY, partner_id TEXT NOT NULL, id TEXT NOT NULL,
        version TEXT NOT NULL, status TEXT NOT NULL, start INTEGER NOT NULL,
        next_at INTEGER NOT NULL, dropped INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
