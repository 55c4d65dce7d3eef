"""Referrals: permissions, what was booked elsewhere, the directory, and the paper trail."""

from alembic import op

revision = "0009"
down_revision = "0008"

STATEMENTS = (
    "ALTER TABLE office ADD COLUMN npi TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE office ADD COLUMN zip5 TEXT NOT NULL DEFAULT ''",
    # The keys by which the exchange signs permissions.
    """CREATE TABLE sealing (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, jwk TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE permission (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, patient_id TEXT NOT NULL,
        sealed TEXT NOT NULL, revoked_at INTEGER) STRICT, WITHOUT ROWID""",
    "CREATE INDEX permission_patient ON permission (patient_id)",
    # Referrals as the exchange has them, made by this office or by others.
    """CREATE TABLE referral (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, sent INTEGER NOT NULL,
        stage TEXT NOT NULL, message BLOB NOT NULL, patient_id TEXT NOT NULL,
        permission_id TEXT NOT NULL, provider_npi TEXT NOT NULL, location_id TEXT NOT NULL,
        from_npi TEXT NOT NULL, from_phone TEXT NOT NULL, start INTEGER NOT NULL,
        "end" INTEGER NOT NULL, booking_id TEXT NOT NULL, decline_code TEXT NOT NULL,
        cancel_code TEXT NOT NULL, sent_at INTEGER NOT NULL, actor TEXT NOT NULL)
        STRICT, WITHOUT ROWID""",
    "CREATE INDEX referral_permission ON referral (permission_id)",
    "CREATE INDEX referral_patient ON referral (patient_id)",
    # What only this office knows: drafts, on whose behalf, who asked the patient.
    """CREATE TABLE referral_work (
        id TEXT PRIMARY KEY, patient_id TEXT NOT NULL, permission_id TEXT NOT NULL,
        referring TEXT NOT NULL, visit_id TEXT NOT NULL, agreed_by TEXT NOT NULL,
        agreed_at INTEGER NOT NULL, provider_npi TEXT NOT NULL, location_id TEXT NOT NULL,
        specialty TEXT NOT NULL, visit_class TEXT NOT NULL, mode TEXT NOT NULL,
        slot_id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        wishes TEXT NOT NULL, earliest_ok INTEGER NOT NULL, message BLOB NOT NULL,
        digest TEXT NOT NULL, made_at INTEGER NOT NULL, touched_at INTEGER NOT NULL,
        actor TEXT NOT NULL, key TEXT NOT NULL, seen_version INTEGER NOT NULL)
        STRICT, WITHOUT ROWID""",
    "CREATE INDEX referral_work_patient ON referral_work (patient_id)",
    "CREATE INDEX referral_work_recent ON referral_work (referring, touched_at)",
    # A copy of the directory; where it is found by group and place, and by name.
    """CREATE TABLE directory (
        n INTEGER PRIMARY KEY, npi TEXT NOT NULL, location_id TEXT NOT NULL, name TEXT NOT NULL,
        groups TEXT NOT NULL, line TEXT NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL,
        zip5 TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL, zone TEXT NOT NULL,
        phone TEXT NOT NULL, plans TEXT NOT NULL, languages TEXT NOT NULL, modes TEXT NOT NULL,
        new_patients INTEGER NOT NULL, wants_sex INTEGER NOT NULL,
        UNIQUE (npi, location_id)) STRICT""",
    "CREATE INDEX directory_zip ON directory (zip5, latitude, longitude)",
    "CREATE INDEX directory_place ON directory (latitude, longitude)",
    """CREATE TABLE directory_group (
        code TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (code, latitude, longitude, n)) STRICT, WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE directory_words USING fts5(
        words, prefix='2 3', content='', contentless_delete=1,
        tokenize='unicode61 remove_diacritics 2')""",
    # The open times that were looked at last, with the moment they are of.
    """CREATE TABLE directory_times (
        npi TEXT NOT NULL, location_id TEXT NOT NULL, at INTEGER NOT NULL, times TEXT NOT NULL,
        PRIMARY KEY (npi, location_id)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE favourite (
        referring TEXT NOT NULL, npi TEXT NOT NULL, location_id TEXT NOT NULL,
        at INTEGER NOT NULL, PRIMARY KEY (referring, npi, location_id)) STRICT, WITHOUT ROWID""",
    # Who was told what, for the accounting of disclosures (REQ-78); never a value.
    """CREATE TABLE ledger (
        id TEXT PRIMARY KEY, at INTEGER NOT NULL, patient_id TEXT NOT NULL,
        recipient TEXT NOT NULL, what TEXT NOT NULL, purpose TEXT NOT NULL,
        permission_id TEXT NOT NULL, digest TEXT NOT NULL, actor TEXT NOT NULL)
        STRICT, WITHOUT ROWID""",
    "CREATE INDEX ledger_patient ON ledger (patient_id, at)",
    # Kinds that were kept as they came are read now: everything is fetched once more.
    """INSERT INTO meta SELECT 'resync', 'yes' WHERE EXISTS
        (SELECT 1 FROM meta WHERE name = 'cursor' AND value <> '')
        ON CONFLICT(name) DO UPDATE SET value = 'yes'""",
    "UPDATE meta SET value = '' WHERE name IN ('cursor', 'epoch')",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
