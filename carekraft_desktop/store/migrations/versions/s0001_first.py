"""The first schema: what arrives from the exchange, what the office asks for, who saw what.

Ids are UUIDv7, so that keys grow at one end. What the calendar reads lies together in
`calendar`, clustered by time. Times are whole seconds since 1970 in UTC.
"""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    # Facts about this store: ids, the exchange's address, the cursor, the device's key.
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # How many transactions this store has seen; see anchor.py.
    "CREATE TABLE commits (n INTEGER NOT NULL) STRICT",
    "INSERT INTO commits VALUES (0)",
    """CREATE TABLE office (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, zone TEXT NOT NULL,
        phone TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE provider (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL,
        specialty TEXT NOT NULL, active INTEGER NOT NULL, hours TEXT NOT NULL)
        STRICT, WITHOUT ROWID""",
    """CREATE TABLE schedule (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, provider_id TEXT NOT NULL)
        STRICT, WITHOUT ROWID""",
    """CREATE TABLE slot (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, schedule_id TEXT NOT NULL,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, free INTEGER NOT NULL)
        STRICT, WITHOUT ROWID""",
    "CREATE INDEX slot_open ON slot (schedule_id, start) WHERE free = 1",
    """CREATE TABLE patient (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
        name TEXT NOT NULL, sort_name TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL,
        address TEXT NOT NULL, postal_code TEXT NOT NULL, gender TEXT NOT NULL,
        birth_date TEXT NOT NULL, guardian_name TEXT NOT NULL, guardian_phone TEXT NOT NULL)
        STRICT""",
    """CREATE TABLE consent (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, patient_id TEXT NOT NULL,
        contact TEXT NOT NULL, demographic TEXT NOT NULL, insurance TEXT NOT NULL,
        medical TEXT NOT NULL, decided_at INTEGER, by_guardian INTEGER NOT NULL)
        STRICT, WITHOUT ROWID""",
    "CREATE INDEX consent_patient ON consent (patient_id)",
    """CREATE TABLE coverage (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, patient_id TEXT NOT NULL,
        carrier TEXT NOT NULL, plan TEXT NOT NULL, member_id TEXT NOT NULL)
        STRICT, WITHOUT ROWID""",
    "CREATE INDEX coverage_patient ON coverage (patient_id)",
    """CREATE TABLE booking (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, number TEXT NOT NULL,
        patient_id TEXT NOT NULL, provider_id TEXT NOT NULL, slot_id TEXT NOT NULL,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, status TEXT NOT NULL,
        requested_at INTEGER NOT NULL, cancelled_by TEXT NOT NULL, reason TEXT NOT NULL,
        offered_start INTEGER, offered_end INTEGER,
        purpose TEXT NOT NULL, comment TEXT NOT NULL, previous TEXT NOT NULL)
        STRICT, WITHOUT ROWID""",
    "CREATE INDEX booking_patient ON booking (patient_id)",
    "CREATE INDEX booking_requested ON booking (requested_at) WHERE status = 'requested'",
    # The booking again, as the calendar shows it, in the order in which it is read.
    """CREATE TABLE calendar (
        start INTEGER NOT NULL, id TEXT NOT NULL, "end" INTEGER NOT NULL,
        provider_id TEXT NOT NULL, patient_id TEXT NOT NULL, name TEXT NOT NULL,
        status TEXT NOT NULL, version INTEGER NOT NULL, requested_at INTEGER NOT NULL,
        PRIMARY KEY (start, id)) STRICT, WITHOUT ROWID""",
    # Finding a patient; a deleted row's words are removed from the index at once.
    """CREATE VIRTUAL TABLE search USING fts5(
        name, phone, birth_date, prefix='1 2 3', detail=column,
        tokenize='unicode61 remove_diacritics 2')""",
    "INSERT INTO search(search, rank) VALUES ('secure-delete', 1)",
    # What the office asked for; one row for each act of a person.
    """CREATE TABLE outbox (
        n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, visit_id TEXT NOT NULL,
        act TEXT NOT NULL, if_version INTEGER NOT NULL, actor TEXT NOT NULL,
        made_at INTEGER NOT NULL, visit_start INTEGER NOT NULL, delivery TEXT NOT NULL,
        start INTEGER, "end" INTEGER, slot_id TEXT NOT NULL, provider_id TEXT NOT NULL,
        reason TEXT NOT NULL, tries INTEGER NOT NULL, next_at INTEGER NOT NULL,
        problem TEXT NOT NULL, settled_version INTEGER NOT NULL, read INTEGER NOT NULL)
        STRICT""",
    "CREATE INDEX outbox_visit ON outbox (visit_id)",
    """CREATE INDEX outbox_open ON outbox (n)
        WHERE delivery IN ('waiting', 'unknown', 'deferred')""",
    """CREATE INDEX outbox_unread ON outbox (n)
        WHERE read = 0 AND delivery IN ('conflict', 'rejected', 'expired')""",
    # What came and could not be applied, with its bytes, for the next version to try again.
    """CREATE TABLE quarantine (
        kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
        error TEXT NOT NULL, program TEXT NOT NULL, reported INTEGER NOT NULL, body BLOB NOT NULL,
        PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID""",
    # Kinds that this version does not know, kept as they came.
    """CREATE TABLE other (
        kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL,
        PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE tombstone (
        kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
        reason TEXT NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID""",
    # Proof of erasure that the exchange has not confirmed yet.
    """CREATE TABLE receipt (
        key TEXT PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
        at INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    # What a resync from zero has met so far; what it never meets is gone.
    """CREATE TABLE met (
        kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID""",
    # Who did and saw what (REQ-11, 13); ids and codes only, chained and keyed.
    """CREATE TABLE journal (
        n INTEGER PRIMARY KEY, at INTEGER NOT NULL, staff TEXT NOT NULL, device TEXT NOT NULL,
        action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT NOT NULL,
        outcome TEXT NOT NULL, mac BLOB NOT NULL) STRICT""",
    """CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
        BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
        BEGIN SELECT raise(ABORT, 'the journal is append-only'); END""",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
