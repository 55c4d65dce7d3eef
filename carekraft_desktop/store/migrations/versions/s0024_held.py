"""Patients whose record is held: no guardian is named, and they are not of age."""

from alembic import op

revision = "0024"
down_revision = "0023"

STATEMENTS = (
    # An opaque id and a code. What came lies in the quarantine, `whole` while all of it does.
    """CREATE TABLE held_back (
        patient_id TEXT PRIMARY KEY, why TEXT NOT NULL, at INTEGER NOT NULL,
        whole INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
)


def upgrade() -> None:
    """Make the table."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
