"""Templates for the practice system, how patients like to be reached, and who is one person."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = (
    """CREATE TABLE template (
        key TEXT PRIMARY KEY, title TEXT NOT NULL, style TEXT NOT NULL, text TEXT NOT NULL)
        STRICT, WITHOUT ROWID""",
    # Which of the ways of reaching the patient named first; known from the next change on.
    "ALTER TABLE patient ADD COLUMN prefers TEXT NOT NULL DEFAULT ''",
    # What somebody has decided of two records that look like one person.
    """CREATE TABLE same_person (
        one TEXT NOT NULL, other TEXT NOT NULL, same INTEGER NOT NULL, staff TEXT NOT NULL,
        at INTEGER NOT NULL, PRIMARY KEY (one, other)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX same_person_other ON same_person (other)",
    # How far somebody has been alerted.
    "CREATE INDEX booking_changed ON booking (changed_at)",
    "CREATE INDEX patient_phone ON patient (phone) WHERE phone <> ''",
    "CREATE INDEX patient_birth ON patient (birth_date) WHERE birth_date <> ''",
)


def upgrade() -> None:
    """Make the tables and indexes."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
