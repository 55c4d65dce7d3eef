"""Backups that were made, when each was removed, and trials of a restore (REQ-28, REQ-95)."""

from alembic import op

revision = "0013"
down_revision = "0012"

STATEMENTS = (
    """CREATE TABLE backup (
        id TEXT PRIMARY KEY, made_at INTEGER NOT NULL, why TEXT NOT NULL,
        size INTEGER NOT NULL, sha256 TEXT NOT NULL, gone_at INTEGER NOT NULL)
        STRICT, WITHOUT ROWID""",
    """CREATE TABLE restore_drill (
        n INTEGER PRIMARY KEY, at INTEGER NOT NULL, staff TEXT NOT NULL, backup TEXT NOT NULL,
        seconds INTEGER NOT NULL, found TEXT NOT NULL) STRICT""",
    # Entries of a damaged journal that could be read and whose chain no longer holds.
    """CREATE TABLE salvaged_entry (
        n INTEGER PRIMARY KEY, at INTEGER NOT NULL, staff TEXT NOT NULL, device TEXT NOT NULL,
        action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT NOT NULL,
        outcome TEXT NOT NULL, mac BLOB NOT NULL) STRICT""",
    """CREATE TRIGGER salvaged_entry_stays BEFORE UPDATE ON salvaged_entry
        BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER salvaged_entry_kept BEFORE DELETE ON salvaged_entry
        BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER restore_drill_stays BEFORE UPDATE ON restore_drill
        BEGIN SELECT raise(ABORT, 'trials stay as they are'); END""",
    """CREATE TRIGGER restore_drill_kept BEFORE DELETE ON restore_drill
        BEGIN SELECT raise(ABORT, 'trials stay as they are'); END""",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
