"""What was last seen of a booking; and the time that a booking holds, offered or agreed."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    """CREATE TABLE baseline (
        booking_id TEXT PRIMARY KEY, state TEXT NOT NULL, changed TEXT NOT NULL)
        STRICT, WITHOUT ROWID""",
    "CREATE INDEX baseline_changed ON baseline (booking_id) WHERE changed <> ''",
    # While the office offers another time, that is the one which is held.
    """ALTER TABLE booking ADD COLUMN held_start INTEGER GENERATED ALWAYS AS
        (iif(status = 'offered', coalesce(offered_start, start), start)) VIRTUAL""",
    """ALTER TABLE booking ADD COLUMN held_end INTEGER GENERATED ALWAYS AS
        (iif(status = 'offered', coalesce(offered_end, "end"), "end")) VIRTUAL""",
    """UPDATE calendar SET start = held_start, "end" = held_end FROM booking
        WHERE booking.id = calendar.id AND booking.status = 'offered'""",
)


def upgrade() -> None:
    """Make the table and the columns; offers in the calendar go to the time they hold."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
