"""How far each workstation's journal has come, so that one that was set back is noticed."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    "ALTER TABLE device ADD COLUMN trail_entries BIGINT",
    "ALTER TABLE device ADD COLUMN trail_code VARCHAR(64)",
)


def upgrade() -> None:
    """Run them."""
    for statement in STATEMENTS:
        op.execute(statement)
