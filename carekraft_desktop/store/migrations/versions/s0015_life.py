"""How long things are kept: the office's table, holds, what stays restricted, disposal records."""

from alembic import op

revision = "0015"
down_revision = "0013"

_RUNS = "EXISTS (SELECT 1 FROM disposal_run WHERE ended_at = 0 AND on_day >= {due})"
"""A disposal is under way, and its day is not before the thing is due."""
_HELD = "EXISTS (SELECT 1 FROM legal_hold WHERE passed_at = 0 AND scope = 'all')"

STATEMENTS: tuple[str, ...] = (
    # The office's numbers; the newest row counts, the earlier ones say what was in force.
    """CREATE TABLE retention_table (
        n INTEGER PRIMARY KEY, at INTEGER NOT NULL, staff TEXT NOT NULL, state TEXT NOT NULL,
        never_came_days INTEGER NOT NULL, seen_years INTEGER NOT NULL,
        minor_years INTEGER NOT NULL, referral_years INTEGER NOT NULL,
        draft_days INTEGER NOT NULL) STRICT""",
    # A hold counts until a disposal has passed over its release (`passed_at`).
    """CREATE TABLE legal_hold (
        id TEXT PRIMARY KEY, scope TEXT NOT NULL, about TEXT NOT NULL, first_day TEXT NOT NULL,
        last_day TEXT NOT NULL, matter TEXT NOT NULL, set_at INTEGER NOT NULL,
        set_by TEXT NOT NULL, released_at INTEGER NOT NULL, released_by TEXT NOT NULL,
        passed_at INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    # What a patient withdrew and the office must keep: one row a record, as it was, and apart
    # from every table that a list, a search or a message reads.
    """CREATE TABLE kept (
        n INTEGER PRIMARY KEY, patient_id TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
        part TEXT NOT NULL, class TEXT NOT NULL, start_day TEXT NOT NULL, due_on TEXT NOT NULL,
        birth TEXT NOT NULL, guardian INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL,
        UNIQUE (kind, id, part)) STRICT""",
    "CREATE INDEX kept_patient ON kept (patient_id)",
    "CREATE INDEX kept_due ON kept (due_on)",
    # What was erased, so that it never comes back: hashes under the store's own salt.
    """CREATE TABLE erasure (
        hash BLOB PRIMARY KEY, kind TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
        outcome TEXT NOT NULL, month TEXT NOT NULL, complete_on TEXT NOT NULL)
        STRICT, WITHOUT ROWID""",
    "INSERT OR IGNORE INTO meta VALUES ('erasure-salt', lower(hex(randomblob(32))))",
    # The booking numbers of who was erased, by hash: the person can name one of them.
    """CREATE TABLE erased_number (
        hash BLOB PRIMARY KEY, patient_id TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE disposal_run (
        id TEXT PRIMARY KEY, at INTEGER NOT NULL, on_day TEXT NOT NULL, staff TEXT NOT NULL,
        ended_at INTEGER NOT NULL, disposed INTEGER NOT NULL, held INTEGER NOT NULL)
        STRICT, WITHOUT ROWID""",
    """CREATE TABLE disposal_line (
        run_id TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, class TEXT NOT NULL,
        start_day TEXT NOT NULL, due_on TEXT NOT NULL, outcome TEXT NOT NULL,
        PRIMARY KEY (run_id, kind, id)) STRICT, WITHOUT ROWID""",
    # Old entries of the journal, packed; what is gone after six years leaves its ends.
    """CREATE TABLE journal_segment (
        first INTEGER PRIMARY KEY, last INTEGER NOT NULL, from_at INTEGER NOT NULL,
        until_at INTEGER NOT NULL, before BLOB NOT NULL, after BLOB NOT NULL,
        digest BLOB NOT NULL, packed BLOB, mac BLOB NOT NULL) STRICT""",
    "ALTER TABLE receipt ADD COLUMN outcome TEXT NOT NULL DEFAULT 'deleted'",
    "ALTER TABLE receipt ADD COLUMN month TEXT NOT NULL DEFAULT ''",
    'CREATE INDEX booking_ended ON booking ("end")',
    # Nothing that is kept goes before its day, nothing held goes, and nothing without a record.
    f"""CREATE TRIGGER kept_stays BEFORE DELETE ON kept WHEN NOT
        {_RUNS.format(due="OLD.due_on")} OR EXISTS (SELECT 1 FROM legal_hold WHERE passed_at = 0
        AND (scope = 'all' OR scope = 'patient' AND about = OLD.patient_id))
        BEGIN SELECT raise(ABORT, 'kept'); END""",
    """CREATE TRIGGER disposal_line_stays BEFORE UPDATE ON disposal_line
        BEGIN SELECT raise(ABORT, 'disposals are kept'); END""",
    """CREATE TRIGGER legal_hold_stays BEFORE DELETE ON legal_hold
        BEGIN SELECT raise(ABORT, 'holds are kept'); END""",
    """CREATE TRIGGER retention_table_stays BEFORE UPDATE ON retention_table
        BEGIN SELECT raise(ABORT, 'kept'); END""",
    # The journal's entries leave it only into a segment.
    "DROP TRIGGER journal_no_delete",
    """CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal WHEN NOT EXISTS
        (SELECT 1 FROM journal_segment WHERE OLD.n BETWEEN first AND last AND packed IS NOT NULL)
        BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
    f"""CREATE TRIGGER journal_segment_emptied BEFORE UPDATE ON journal_segment
        WHEN NEW.packed IS NOT NULL OR OLD.last <> NEW.last OR OLD.after <> NEW.after OR {_HELD}
        OR NOT {_RUNS.format(due="date(OLD.until_at, 'unixepoch', '+6 years')")}
        BEGIN SELECT raise(ABORT, 'kept'); END""",
    """CREATE TRIGGER journal_segment_stays BEFORE DELETE ON journal_segment
        BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
)

SIX_YEARS: dict[str, str] = {
    "ledger": "OLD.at",
    "disclosure": "OLD.at",
    "reply_record": "OLD.at",
    "attestation": "OLD.at",
    "access_review": "OLD.at",
    "weekly_review": "OLD.signed_at",
    "erasure": "OLD.at",
    "disposal_line": "(SELECT at FROM disposal_run WHERE id = OLD.run_id)",
    "disposal_run": "OLD.at",
    # What was in force ends with what took its place; the newest is in force still.
    "paper": "(SELECT min(from_at) FROM paper AS p WHERE p.kind = OLD.kind AND p.n > OLD.n)",
    "retention_table": "(SELECT min(at) FROM retention_table AS t WHERE t.n > OLD.n)",
}
"""When the six years of each begin (REQ-30, REQ-32)."""
BEFORE = {
    "reply_record": "reply_record_no_delete",
    "attestation": "attestation_kept",
    "access_review": "access_review_kept",
    "weekly_review": "weekly_review_no_delete",
    "paper": "paper_no_delete",
}
"""Triggers that refused any removal, for ever."""


def upgrade() -> None:
    """Make the tables, and let what is kept go after six years and not before."""
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
    for name in BEFORE.values():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    for table, start in SIX_YEARS.items():
        due = f"date({start}, 'unixepoch', '+6 years')"
        connection.exec_driver_sql(
            f"""CREATE TRIGGER {table}_six_years BEFORE DELETE ON {table}
            WHEN {_HELD} OR NOT coalesce({_RUNS.format(due=due)}, 0)
            BEGIN SELECT raise(ABORT, 'kept'); END"""
        )
