"""What patients ask of the office: one register, and what each kind of request needs beside it."""

from alembic import op

revision = "0016"
down_revision = "0015"

STATEMENTS: tuple[str, ...] = (
    # One row a request; codes, days and opaque ids. What became of it stands in the steps.
    """CREATE TABLE patient_request (
        id TEXT PRIMARY KEY, patient_id TEXT NOT NULL, kind TEXT NOT NULL,
        received_on TEXT NOT NULL, due_on TEXT NOT NULL, extended_to TEXT NOT NULL,
        reason TEXT NOT NULL, identity TEXT NOT NULL, by_representative TEXT NOT NULL,
        fee_cents INTEGER NOT NULL, state TEXT NOT NULL, outcome TEXT NOT NULL,
        made_by TEXT NOT NULL, closed_on TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX patient_request_patient ON patient_request (patient_id)",
    "CREATE INDEX patient_request_open ON patient_request (due_on) WHERE state = 'open'",
    """CREATE TABLE request_step (
        n INTEGER PRIMARY KEY, request_id TEXT NOT NULL, at INTEGER NOT NULL,
        staff TEXT NOT NULL, what TEXT NOT NULL, code TEXT NOT NULL) STRICT""",
    "CREATE INDEX request_step_request ON request_step (request_id)",
    # The patient's words to one record, and the disagreement that stays with it.
    """CREATE TABLE amendment (
        request_id TEXT PRIMARY KEY, record_kind TEXT NOT NULL, record_id TEXT NOT NULL,
        asked TEXT NOT NULL, decision TEXT NOT NULL, denial TEXT NOT NULL,
        disagreement TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE authorization (
        id TEXT PRIMARY KEY, patient_id TEXT NOT NULL, description TEXT NOT NULL,
        discloser TEXT NOT NULL, recipient TEXT NOT NULL, purpose TEXT NOT NULL,
        expires_on TEXT NOT NULL, expires_event TEXT NOT NULL, event_on TEXT NOT NULL,
        signed_on TEXT NOT NULL, representative_id TEXT NOT NULL, says_revocation INTEGER NOT NULL,
        says_redisclosure INTEGER NOT NULL, revoked_at INTEGER NOT NULL, made_at INTEGER NOT NULL,
        made_by TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX authorization_patient ON authorization (patient_id)",
    """CREATE TABLE representative (
        id TEXT PRIMARY KEY, patient_id TEXT NOT NULL, name TEXT NOT NULL,
        authority TEXT NOT NULL, scope TEXT NOT NULL, document TEXT NOT NULL,
        verified_by TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL,
        endangers INTEGER NOT NULL, exception TEXT NOT NULL, made_at INTEGER NOT NULL)
        STRICT, WITHOUT ROWID""",
    "CREATE INDEX representative_patient ON representative (patient_id)",
    # Restrictions and confidential communication: what the office has agreed to.
    """CREATE TABLE wish (
        id TEXT PRIMARY KEY, patient_id TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
        booking_id TEXT NOT NULL, set_at INTEGER NOT NULL, set_by TEXT NOT NULL,
        ended_at INTEGER NOT NULL, ended_by TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX wish_patient ON wish (patient_id) WHERE ended_at = 0",
    # Disclosures outside the office that no other table knows (45 CFR 164.528).
    """CREATE TABLE outside (
        id TEXT PRIMARY KEY, patient_id TEXT NOT NULL, at INTEGER NOT NULL,
        recipient TEXT NOT NULL, address TEXT NOT NULL, what TEXT NOT NULL,
        purpose TEXT NOT NULL, basis TEXT NOT NULL, source TEXT NOT NULL,
        made_by TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX outside_patient ON outside (patient_id, at)",
    """CREATE TABLE suspension (
        id TEXT PRIMARY KEY, patient_id TEXT NOT NULL, recipient TEXT NOT NULL,
        first_day TEXT NOT NULL, last_day TEXT NOT NULL, written INTEGER NOT NULL,
        made_at INTEGER NOT NULL, made_by TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    # What a patient was given: the very copy.
    """CREATE TABLE copy_given (
        id TEXT PRIMARY KEY, request_id TEXT NOT NULL, patient_id TEXT NOT NULL,
        at INTEGER NOT NULL, staff TEXT NOT NULL, form TEXT NOT NULL, hash TEXT NOT NULL,
        content TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX copy_given_patient ON copy_given (patient_id, at)",
    """CREATE TRIGGER request_step_stays BEFORE UPDATE ON request_step
        BEGIN SELECT raise(ABORT, 'steps stay as they are'); END""",
    """CREATE TRIGGER outside_stays BEFORE UPDATE ON outside
        BEGIN SELECT raise(ABORT, 'the accounting stays as it is'); END""",
    """CREATE TRIGGER copy_given_stays BEFORE UPDATE ON copy_given
        BEGIN SELECT raise(ABORT, 'copies stay as they are'); END""",
    """CREATE TRIGGER disagreement_stays BEFORE UPDATE ON amendment
        WHEN OLD.disagreement <> '' AND NEW.disagreement <> OLD.disagreement
        BEGIN SELECT raise(ABORT, 'a statement of disagreement stays'); END""",
    "CREATE TRIGGER amendment_stays BEFORE DELETE ON amendment WHEN EXISTS"
    " (SELECT 1 FROM patient_request WHERE id = OLD.request_id)"
    " BEGIN SELECT raise(ABORT, 'kept'); END",
    "CREATE TRIGGER request_step_kept BEFORE DELETE ON request_step WHEN EXISTS"
    " (SELECT 1 FROM patient_request WHERE id = OLD.request_id)"
    " BEGIN SELECT raise(ABORT, 'kept'); END",
)

_DAY = "unixepoch(NULLIF({column}, ''))"
SIX_YEARS: dict[str, str] = {
    "patient_request": _DAY.format(column="OLD.closed_on"),
    "authorization": "max(OLD.made_at, OLD.revoked_at,"
    " coalesce(unixepoch(NULLIF(OLD.expires_on, '')), unixepoch(NULLIF(OLD.event_on, ''))))",
    "representative": _DAY.format(column="OLD.ends_on"),
    "wish": "NULLIF(OLD.ended_at, 0)",
    "outside": "OLD.at",
    "suspension": _DAY.format(column="OLD.last_day"),
    "copy_given": "OLD.at",
}
"""When the six years of each begin; what has not ended has no such day."""


def upgrade() -> None:
    """Make the tables."""
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
    for table, start in SIX_YEARS.items():
        connection.exec_driver_sql(
            f"""CREATE TRIGGER {table}_six_years BEFORE DELETE ON {table}
            WHEN EXISTS (SELECT 1 FROM legal_hold WHERE passed_at = 0 AND scope = 'all')
            OR NOT EXISTS (SELECT 1 FROM disposal_run WHERE ended_at = 0
                AND on_day >= date({start}, 'unixepoch', '+6 years'))
            BEGIN SELECT raise(ABORT, 'kept'); END"""
        )
