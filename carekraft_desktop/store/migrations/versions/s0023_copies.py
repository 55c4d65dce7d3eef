"""What a copy costs, that the patient was told, and to whom else it goes by the patient's writing."""

from alembic import op

revision = "0023"
down_revision = "0019"

STATEMENTS = (
    # `fee_cents` is the whole; what is neither supplies nor postage is the work of copying.
    "ALTER TABLE patient_request ADD COLUMN fee_supplies INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE patient_request ADD COLUMN fee_postage INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE patient_request ADD COLUMN fee_told_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE patient_request ADD COLUMN fee_told TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE patient_request ADD COLUMN to_name TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE patient_request ADD COLUMN to_address TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE patient_request ADD COLUMN to_signed_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE patient_request ADD COLUMN to_authorization TEXT NOT NULL DEFAULT ''",
)


def upgrade() -> None:
    """Widen the register."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
