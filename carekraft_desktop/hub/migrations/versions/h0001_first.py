"""The schema of the exchange as it was when its steps began to be counted."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """CREATE TABLE assertion (
        client_id VARCHAR(64) NOT NULL, jti VARCHAR(128) NOT NULL, expires_at BIGINT NOT
        NULL, PRIMARY KEY (client_id, jti))""",
    """CREATE TABLE booking (
        office_id VARCHAR(64) NOT NULL, id VARCHAR(64) NOT NULL, status VARCHAR(20) NOT
        NULL, patient_id VARCHAR(64) NOT NULL, provider_id VARCHAR(64) NOT NULL, slot_id
        VARCHAR(64), start_at BIGINT NOT NULL, end_at BIGINT NOT NULL, marked_at BIGINT,
        PRIMARY KEY (office_id, id))""",
    "CREATE INDEX booking_by_patient ON booking (office_id, patient_id)",
    "CREATE INDEX booking_by_status ON booking (office_id, status, start_at)",
    """CREATE UNIQUE INDEX one_live_booking_per_slot ON booking (office_id, slot_id) WHERE
        slot_id IS NOT NULL AND status NOT IN ('cancelled', 'noshow')""",
    """CREATE TABLE code (
        selector VARCHAR(8) NOT NULL, secret_hash VARCHAR(64) NOT NULL, office_id
        VARCHAR(64) NOT NULL, expires_at BIGINT NOT NULL, tries_left INTEGER NOT NULL,
        used_at BIGINT, PRIMARY KEY (selector))""",
    """CREATE TABLE device (
        client_id VARCHAR(64) NOT NULL, office_id VARCHAR(64) NOT NULL, name VARCHAR(200)
        NOT NULL, jwk TEXT NOT NULL, enrolled_at BIGINT NOT NULL, revoked_at BIGINT,
        PRIMARY KEY (client_id))""",
    """CREATE TABLE directory (
        npi VARCHAR(10) NOT NULL, location_id VARCHAR(64) NOT NULL, office_id VARCHAR(64)
        NOT NULL, provider_id VARCHAR(64) NOT NULL, seq BIGINT NOT NULL, gone BOOLEAN NOT
        NULL, body TEXT NOT NULL, PRIMARY KEY (npi, location_id), UNIQUE (seq))""",
    """CREATE TABLE exchange (
        name VARCHAR(32) NOT NULL, value VARCHAR(200) NOT NULL, PRIMARY KEY (name))""",
    """CREATE TABLE feed (
        office_id VARCHAR(64) NOT NULL, last_seq BIGINT NOT NULL, min_seq BIGINT NOT NULL,
        PRIMARY KEY (office_id))""",
    """CREATE TABLE hold (
        office_id VARCHAR(64) NOT NULL, slot_id VARCHAR(64) NOT NULL, by_office_id
        VARCHAR(64) NOT NULL, until BIGINT NOT NULL, PRIMARY KEY (office_id, slot_id))""",
    "CREATE INDEX hold_by_end ON hold (until)",
    """CREATE TABLE item (
        office_id VARCHAR(64) NOT NULL, kind VARCHAR(64) NOT NULL, id VARCHAR(64) NOT
        NULL, v BIGINT NOT NULL, seq BIGINT NOT NULL, gone BOOLEAN NOT NULL, reason
        VARCHAR(64), at VARCHAR(32) NOT NULL, subject VARCHAR(64), body TEXT, PRIMARY KEY
        (office_id, kind, id))""",
    "CREATE UNIQUE INDEX item_by_seq ON item (office_id, seq)",
    "CREATE INDEX item_by_subject ON item (office_id, subject)",
    """CREATE TABLE letter (
        office_id VARCHAR(64) NOT NULL, request_id VARCHAR(64) NOT NULL, patient_id
        VARCHAR(64) NOT NULL, permission_id VARCHAR(64) NOT NULL, message TEXT NOT NULL,
        link VARCHAR(64) NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (office_id,
        request_id), UNIQUE (link))""",
    """CREATE TABLE office (
        office_id VARCHAR(64) NOT NULL, name VARCHAR(200) NOT NULL, zone VARCHAR(64) NOT
        NULL, PRIMARY KEY (office_id))""",
    """CREATE TABLE office_number (
        office_id VARCHAR(64) NOT NULL, npi VARCHAR(10) NOT NULL, PRIMARY KEY (office_id),
        UNIQUE (npi))""",
    """CREATE TABLE outcome (
        client_id VARCHAR(64) NOT NULL, key VARCHAR(36) NOT NULL, office_id VARCHAR(64)
        NOT NULL, fingerprint VARCHAR(64) NOT NULL, result TEXT NOT NULL, at BIGINT NOT
        NULL, PRIMARY KEY (client_id, key))""",
    """CREATE TABLE permission (
        office_id VARCHAR(64) NOT NULL, permission_id VARCHAR(64) NOT NULL, patient_id
        VARCHAR(64) NOT NULL, body TEXT NOT NULL, sealed TEXT NOT NULL, revoked_at BIGINT,
        PRIMARY KEY (office_id, permission_id))""",
    "CREATE INDEX permission_by_patient ON permission (office_id, patient_id)",
    """CREATE TABLE progress (
        client_id VARCHAR(64) NOT NULL, office_id VARCHAR(64) NOT NULL, cursor
        VARCHAR(200) NOT NULL, quarantined TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY
        (client_id))""",
    """CREATE TABLE receipt (
        office_id VARCHAR(64) NOT NULL, client_id VARCHAR(64) NOT NULL, kind VARCHAR(64)
        NOT NULL, id VARCHAR(64) NOT NULL, v BIGINT NOT NULL, key VARCHAR(36) NOT NULL, at
        BIGINT NOT NULL, PRIMARY KEY (office_id, client_id, kind, id, v))""",
    """CREATE TABLE referral (
        office_id VARCHAR(64) NOT NULL, id VARCHAR(64) NOT NULL, to_office_id VARCHAR(64)
        NOT NULL, booking_id VARCHAR(64), permission_id VARCHAR(64) NOT NULL, patient_id
        VARCHAR(64) NOT NULL, provider_id VARCHAR(64) NOT NULL, status VARCHAR(16) NOT
        NULL, message TEXT NOT NULL, start_at BIGINT, end_at BIGINT, decline_code
        VARCHAR(32), cancel_code VARCHAR(32), sent_at BIGINT NOT NULL, actor VARCHAR(64)
        NOT NULL, PRIMARY KEY (office_id, id))""",
    "CREATE INDEX referral_by_booking ON referral (to_office_id, booking_id)",
    "CREATE UNIQUE INDEX referral_by_id ON referral (id)",
    "CREATE INDEX referral_by_permission ON referral (office_id, permission_id, status)",
    """CREATE TABLE sealing (
        kid VARCHAR(64) NOT NULL, jwk TEXT NOT NULL, PRIMARY KEY (kid))""",
    """CREATE TABLE slot (
        office_id VARCHAR(64) NOT NULL, id VARCHAR(64) NOT NULL, provider_id VARCHAR(64)
        NOT NULL, schedule_id VARCHAR(64) NOT NULL, start_at BIGINT NOT NULL, end_at
        BIGINT NOT NULL, status VARCHAR(20) NOT NULL, PRIMARY KEY (office_id, id))""",
    "CREATE INDEX slot_by_time ON slot (office_id, provider_id, status, start_at)",
    """CREATE TABLE token (
        token_hash VARCHAR(64) NOT NULL, client_id VARCHAR(64) NOT NULL, expires_at BIGINT
        NOT NULL, PRIMARY KEY (token_hash))""",
    "CREATE INDEX token_by_expiry ON token (expires_at)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
