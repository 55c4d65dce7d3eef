"""Under which hash the office's other workstations know somebody who left."""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Widen the list of who left."""
    op.get_bind().exec_driver_sql("ALTER TABLE leaving ADD COLUMN person TEXT NOT NULL DEFAULT ''")
