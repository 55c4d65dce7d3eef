"""The weekly review: which weeks somebody has read and signed (REQ-22)."""

from alembic import op

revision = "0012"
down_revision = "0011"

STATEMENTS = (
    """CREATE TABLE weekly_review (
        week INTEGER PRIMARY KEY, signed_by TEXT NOT NULL, signed_at INTEGER NOT NULL,
        findings INTEGER NOT NULL, through INTEGER NOT NULL) STRICT""",
    # A signature is a record: it is neither changed nor removed.
    """CREATE TRIGGER weekly_review_no_update BEFORE UPDATE ON weekly_review
        BEGIN SELECT RAISE(ABORT, 'signed'); END""",
    """CREATE TRIGGER weekly_review_no_delete BEFORE DELETE ON weekly_review
        BEGIN SELECT RAISE(ABORT, 'signed'); END""",
)


def upgrade() -> None:
    """Make the table."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
