"""Incidents: each has a file of entries that only grows; whom the office's states ask to hurry."""

from alembic import op

revision = "0019"
down_revision = "0016"

STATEMENTS = (
    """CREATE TABLE incident_entry (
        n INTEGER PRIMARY KEY, incident_id TEXT NOT NULL, at INTEGER NOT NULL,
        staff TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL) STRICT""",
    "CREATE INDEX incident_entry_of ON incident_entry (incident_id, n)",
    """CREATE TRIGGER incident_entry_no_update BEFORE UPDATE ON incident_entry
        BEGIN SELECT raise(ABORT, 'incidents are kept'); END""",
    """CREATE TRIGGER incident_entry_no_delete BEFORE DELETE ON incident_entry
        BEGIN SELECT raise(ABORT, 'incidents are kept'); END""",
    # The office's workstations with their last signed word; nothing of a patient.
    """CREATE TABLE machine (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL,
        word TEXT NOT NULL, statement TEXT NOT NULL, lost_at INTEGER NOT NULL)
        STRICT, WITHOUT ROWID""",
    # What workstations and CareKraft tell each other, in closed codes.
    """CREATE TABLE notice (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
        device TEXT NOT NULL, person TEXT NOT NULL, body TEXT NOT NULL, seen INTEGER NOT NULL)
        STRICT, WITHOUT ROWID""",
    "CREATE INDEX notice_new ON notice (kind, seen)",
    "CREATE INDEX notice_person ON notice (person) WHERE person <> ''",
    # Under which version of the terms each record came.
    """CREATE TABLE came_under (
        kind TEXT NOT NULL, id TEXT NOT NULL, version TEXT NOT NULL, PRIMARY KEY (kind, id))
        STRICT, WITHOUT ROWID""",
    # Agreements with those who work for the office; each change is a new row.
    """CREATE TABLE partner_agreement (
        n INTEGER PRIMARY KEY, name TEXT NOT NULL, does TEXT NOT NULL, until TEXT NOT NULL,
        staff TEXT NOT NULL, at INTEGER NOT NULL) STRICT""",
    """CREATE TRIGGER partner_agreement_no_update BEFORE UPDATE ON partner_agreement
        BEGIN SELECT raise(ABORT, 'agreements are kept'); END""",
    """CREATE TRIGGER partner_agreement_no_delete BEFORE DELETE ON partner_agreement
        BEGIN SELECT raise(ABORT, 'agreements are kept'); END""",
    # Patients who do not want to be called.
    """CREATE TABLE no_contact (
        patient_id TEXT PRIMARY KEY, staff TEXT NOT NULL, at INTEGER NOT NULL)
        STRICT, WITHOUT ROWID""",
    # Days that a state's law allows, as the office confirmed them.
    """CREATE TABLE notice_days (
        state TEXT PRIMARY KEY, days INTEGER NOT NULL, staff TEXT NOT NULL,
        at INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
