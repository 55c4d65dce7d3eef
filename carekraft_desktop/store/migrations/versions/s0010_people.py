"""People at a shared desk: PINs, work in hand, emergencies, attestations, reviews, leaving."""

from alembic import op

revision = "0010"
down_revision = "0009"

STATEMENTS = (
    "CREATE TABLE pin (staff TEXT PRIMARY KEY, salt BLOB NOT NULL, value BLOB NOT NULL,"
    " made_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    # What somebody was doing when the screen was covered; gone once they have it back.
    "CREATE TABLE unfinished (staff TEXT PRIMARY KEY, kept_at INTEGER NOT NULL,"
    " content TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE emergency (
        id TEXT PRIMARY KEY, staff TEXT NOT NULL, reason TEXT NOT NULL, began_at INTEGER NOT NULL,
        ends_at INTEGER NOT NULL, ended_at INTEGER, signed_by TEXT NOT NULL DEFAULT '',
        signed_at INTEGER) STRICT, WITHOUT ROWID""",
    """CREATE TABLE attestation (
        staff TEXT NOT NULL, subject TEXT NOT NULL, version TEXT NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (staff, subject, version, at)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE access_review (
        at INTEGER PRIMARY KEY, by TEXT NOT NULL, content TEXT NOT NULL) STRICT""",
    """CREATE TABLE leaving (
        staff TEXT PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, cause TEXT NOT NULL,
        rotated_at INTEGER, done TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    # What was signed stays as it was (REQ-30).
    """CREATE TRIGGER attestation_stays BEFORE UPDATE ON attestation
        BEGIN SELECT raise(ABORT, 'attestations stay as they are'); END""",
    """CREATE TRIGGER attestation_kept BEFORE DELETE ON attestation
        BEGIN SELECT raise(ABORT, 'attestations stay as they are'); END""",
    """CREATE TRIGGER access_review_stays BEFORE UPDATE ON access_review
        BEGIN SELECT raise(ABORT, 'reviews stay as they are'); END""",
    """CREATE TRIGGER access_review_kept BEFORE DELETE ON access_review
        BEGIN SELECT raise(ABORT, 'reviews stay as they are'); END""",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
