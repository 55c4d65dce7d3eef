"""The outbox takes what is asked about anything, not only about bookings."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    "ALTER TABLE outbox RENAME COLUMN visit_id TO about",
    "ALTER TABLE outbox ADD COLUMN kind TEXT NOT NULL DEFAULT 'booking'",
    "ALTER TABLE outbox ADD COLUMN body TEXT NOT NULL DEFAULT ''",
)


def upgrade() -> None:
    """Whatever waits in it already is about a booking."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
