"""Workstations that were reported lost, and incidents of which offices told."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    "ALTER TABLE device ADD COLUMN lost_at BIGINT",
    """CREATE TABLE told (
        office_id VARCHAR(64) NOT NULL, id VARCHAR(64) NOT NULL,
        client_id VARCHAR(64) NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL,
        PRIMARY KEY (office_id, id))""",
)


def upgrade() -> None:
    """Run them."""
    for statement in STATEMENTS:
        op.execute(statement)
