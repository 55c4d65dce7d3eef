"""What colleagues mark on bookings for each other."""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    """CREATE TABLE mark (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, kind TEXT NOT NULL,
        booking_id TEXT NOT NULL, staff TEXT NOT NULL, name TEXT NOT NULL,
        device TEXT NOT NULL, workstation TEXT NOT NULL, at INTEGER NOT NULL,
        until INTEGER NOT NULL, outcome TEXT NOT NULL, booking_version INTEGER NOT NULL)
        STRICT, WITHOUT ROWID""",
    "CREATE INDEX mark_booking ON mark (booking_id)",
    "CREATE INDEX mark_claim ON mark (until) WHERE kind = 'claim'",
    # What is not entered yet is looked for among the days around today.
    """CREATE INDEX booking_live ON booking (start)
        WHERE status IN ('confirmed', 'arrived', 'completed')""",
)


def upgrade() -> None:
    """Make the table and its indexes."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
