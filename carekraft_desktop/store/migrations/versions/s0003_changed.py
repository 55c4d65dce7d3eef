"""When the exchange last changed a booking, so that a conflict can be told with its hour."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bookings that are here already get it with their next change; 0 is "not known"."""
    op.get_bind().exec_driver_sql(
        "ALTER TABLE booking ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0"
    )
