"""What was asked for about replies and referrals, found without looking at years of visits."""

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add the index."""
    op.get_bind().exec_driver_sql(
        """CREATE INDEX outbox_elsewhere ON outbox (act, about, n)
        WHERE kind NOT IN ('booking', 'mark')"""
    )
