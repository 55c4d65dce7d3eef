"""The key that a workstation had before its own: it opens nothing, and is known again."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Run it."""
    op.execute("ALTER TABLE device ADD COLUMN former_jwk TEXT")
