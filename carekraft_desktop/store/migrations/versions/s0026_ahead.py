"""Which confirmed acts the feed has not brought yet, so that a day need not look at all of years."""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add the mark and its index, and set it."""
    run = op.get_bind().exec_driver_sql
    run("ALTER TABLE outbox ADD COLUMN ahead INTEGER NOT NULL DEFAULT 0")
    run(
        """UPDATE outbox SET ahead = 1 WHERE delivery = 'applied' AND settled_version > 0
        AND kind IN ('booking', 'mark')"""
    )
    run("CREATE INDEX outbox_ahead ON outbox (n) WHERE ahead = 1")
