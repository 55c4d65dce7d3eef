"""Finding by telephone tail, birth date and booking number: a new index over the patients."""

from alembic import op

from carekraft_desktop.store.search import words_of

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "DROP TABLE search",
    """CREATE VIRTUAL TABLE search USING fts5(
        name, tail, birth, prefix='1 2 3', detail=column, tokenize='unicode61')""",
    "INSERT INTO search(search, rank) VALUES ('secure-delete', 1)",
    # Every word of the index, for forgiving a slip of the finger.
    "CREATE VIRTUAL TABLE search_words USING fts5vocab('search', 'col')",
    "CREATE INDEX booking_number ON booking (number)",
)


def upgrade() -> None:
    """Make the index anew and fill it."""
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
    rows = connection.exec_driver_sql(
        "SELECT n, name, sort_name, phone, birth_date FROM patient"
    ).fetchall()
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO search(rowid, name, tail, birth) VALUES (?, ?, ?, ?)",
            [words_of(tuple(row)) for row in rows],
        )
