"""Public reviews and the office's work on them: drafts, approvals, records, incidents, papers."""

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    """CREATE TABLE review (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, author TEXT NOT NULL,
        rating INTEGER NOT NULL, text TEXT NOT NULL, written_at INTEGER NOT NULL,
        edited_at INTEGER NOT NULL, reply TEXT NOT NULL, reply_at INTEGER NOT NULL,
        reply_edited_at INTEGER NOT NULL, reported INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX review_written ON review (written_at)",
    # Reviews that an earlier version kept without understanding them are tried again.
    """INSERT INTO quarantine SELECT kind, id, version, 0, 'unknown-kind', '', 1, CAST(
        '{"seq":0,"kind":"review","id":"' || id || '","v":' || version ||
        ',"op":"put","at":"2026-01-01T00:00:00Z","data":' || CAST(body AS TEXT) || '}' AS BLOB)
        FROM other WHERE kind = 'review'""",
    "DELETE FROM other WHERE kind = 'review'",
    # One draft for each review; the text is in the encrypted file and nowhere else.
    """CREATE TABLE reply_draft (
        review_id TEXT PRIMARY KEY, text TEXT NOT NULL, author TEXT NOT NULL,
        review_version INTEGER NOT NULL, saved_at INTEGER NOT NULL, stage TEXT NOT NULL,
        severity INTEGER NOT NULL, until INTEGER NOT NULL, note TEXT NOT NULL,
        held INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    # "No reply", for the review as it read then.
    """CREATE TABLE review_closed (
        review_id TEXT PRIMARY KEY, edited_at INTEGER NOT NULL, staff TEXT NOT NULL,
        at INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    # What was posted or stopped, by whom, under which rules; kept six years (REQ-54).
    """CREATE TABLE reply_record (
        n INTEGER PRIMARY KEY, key TEXT NOT NULL, review_id TEXT NOT NULL, what TEXT NOT NULL,
        at INTEGER NOT NULL, author TEXT NOT NULL, approver TEXT NOT NULL,
        text TEXT NOT NULL, hash TEXT NOT NULL, checker TEXT NOT NULL,
        severity INTEGER NOT NULL, labels TEXT NOT NULL, acknowledged INTEGER NOT NULL,
        cooled INTEGER NOT NULL, released TEXT NOT NULL) STRICT""",
    "CREATE INDEX reply_record_key ON reply_record (key)",
    "CREATE INDEX reply_record_author ON reply_record (author, what, at)",
    """CREATE TRIGGER reply_record_no_update BEFORE UPDATE ON reply_record
        BEGIN SELECT raise(ABORT, 'the record is append-only'); END""",
    """CREATE TRIGGER reply_record_no_delete BEFORE DELETE ON reply_record
        BEGIN SELECT raise(ABORT, 'the record is append-only'); END""",
    # How the reply that is public was judged last (REQ-58).
    """CREATE TABLE live_check (
        review_id TEXT PRIMARY KEY, hash TEXT NOT NULL, checker TEXT NOT NULL,
        severity INTEGER NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    # Things somebody has to do; codes and ids only.
    """CREATE TABLE task (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, about TEXT NOT NULL, at INTEGER NOT NULL,
        done_at INTEGER NOT NULL, done_by TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX task_open ON task (kind, about) WHERE done_at = 0",
    # The register of incidents; other pages build on it. Evidence stays in this file.
    """CREATE TABLE incident (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, about TEXT NOT NULL, opened_at INTEGER NOT NULL,
        opened_by TEXT NOT NULL, concerns TEXT NOT NULL, state TEXT NOT NULL,
        evidence TEXT NOT NULL, closed_at INTEGER NOT NULL, closed_by TEXT NOT NULL)
        STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER incident_no_delete BEFORE DELETE ON incident
        BEGIN SELECT raise(ABORT, 'incidents are kept'); END""",
    # Accounting of disclosures (REQ-39).
    """CREATE TABLE disclosure (
        id TEXT PRIMARY KEY, at INTEGER NOT NULL, recipient TEXT NOT NULL, what TEXT NOT NULL,
        purpose TEXT NOT NULL, incident_id TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    # Policy versions and officials, each from a day on; what was in force on a day is one row.
    """CREATE TABLE paper (
        n INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL,
        from_at INTEGER NOT NULL, staff TEXT NOT NULL, at INTEGER NOT NULL) STRICT""",
    "CREATE INDEX paper_kind ON paper (kind, from_at)",
    """CREATE TRIGGER paper_no_update BEFORE UPDATE ON paper
        BEGIN SELECT raise(ABORT, 'papers are kept'); END""",
    """CREATE TRIGGER paper_no_delete BEFORE DELETE ON paper
        BEGIN SELECT raise(ABORT, 'papers are kept'); END""",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
