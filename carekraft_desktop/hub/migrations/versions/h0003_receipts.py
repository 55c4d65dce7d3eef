"""A receipt says what became of what was withdrawn, and until when it is kept."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    "ALTER TABLE receipt ADD COLUMN outcome VARCHAR(16) NOT NULL DEFAULT 'deleted'",
    "ALTER TABLE receipt ADD COLUMN dispose VARCHAR(7)",
)


def upgrade() -> None:
    """Run them."""
    for statement in STATEMENTS:
        op.execute(statement)
