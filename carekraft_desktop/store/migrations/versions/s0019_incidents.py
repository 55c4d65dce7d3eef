"""Incidents: each has a file of entries that only grows; whom the office's states ask to hurry."""

from alembic import op

revision = "0019"
down_revision = "0012"

STATEMENTS = (
    """CREATE TABLE incident_entry (
        n INTEGER PRIMARY KEY, incident_id TEXT NOT NULL, at INTEGER NOT NULL,
        staff TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL) STRICT""",
    "CREATE INDEX incident_entry_of ON incident_entry (incident_id, n)",
    """CREATE TRIGGER incident_entry_no_update BEFORE UPDATE ON incident_entry
        BEGIN SELECT raise(ABORT, 'incidents are kept'); END""",
    """CREATE TRIGGER incident_entry_no_delete BEFORE DELETE ON incident_entry
        BEGIN SELECT raise(ABORT, 'incidents are kept'); END""",
    # Days that a state's law allows, as the office confirmed them.
    """CREATE TABLE notice_days (
        state TEXT PRIMARY KEY, days INTEGER NOT NULL, staff TEXT NOT NULL,
        at INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
