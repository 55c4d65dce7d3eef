"""Keys that rotate, partners who speak FHIR, and unique indexes that name the office."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    # A workstation's next key, until it has signed in with it.
    "ALTER TABLE device ADD COLUMN next_jwk TEXT",
    "ALTER TABLE device ADD COLUMN rotated_at BIGINT",
    # What a partner's system may do; empty for a workstation of the office.
    "ALTER TABLE device ADD COLUMN scopes VARCHAR(400) NOT NULL DEFAULT ''",
    "ALTER TABLE token ADD COLUMN scopes VARCHAR(400) NOT NULL DEFAULT ''",
    "CREATE INDEX device_by_office ON device (office_id)",
    "CREATE INDEX token_by_client ON token (client_id)",
    # What a partner calls our things: its own numbers for patients, schedules, appointments.
    """CREATE TABLE alias (
        office_id VARCHAR(64) NOT NULL, client_id VARCHAR(64) NOT NULL,
        kind VARCHAR(64) NOT NULL, system VARCHAR(300) NOT NULL,
        value VARCHAR(200) NOT NULL, id VARCHAR(64) NOT NULL,
        PRIMARY KEY (office_id, client_id, kind, system, value))""",
    "CREATE INDEX alias_by_thing ON alias (office_id, client_id, kind, id)",
    # A unique index without the office's id could not be spread by office.
    "DROP INDEX referral_by_id",
    "CREATE INDEX referral_by_id ON referral (id)",
    "ALTER TABLE letter RENAME TO letter_before",
    """CREATE TABLE letter (
        office_id VARCHAR(64) NOT NULL, request_id VARCHAR(64) NOT NULL,
        patient_id VARCHAR(64) NOT NULL, permission_id VARCHAR(64) NOT NULL,
        message TEXT NOT NULL, link VARCHAR(64) NOT NULL, at BIGINT NOT NULL,
        PRIMARY KEY (office_id, request_id))""",
    """INSERT INTO letter (office_id, request_id, patient_id, permission_id, message, link, at)
        SELECT office_id, request_id, patient_id, permission_id, message, link, at
        FROM letter_before""",
    "DROP TABLE letter_before",
    "CREATE INDEX letter_by_link ON letter (link)",
)


def upgrade() -> None:
    """Run them."""
    for statement in STATEMENTS:
        op.execute(statement)
