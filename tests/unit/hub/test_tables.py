"""The schema stays fit for PostgreSQL and for being spread by office."""

from sqlalchemy import create_mock_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from carekraft_desktop.hub.tables import metadata

BY_CLIENT = {"device", "assertion", "outcome", "progress"}
REFERENCE = {"exchange", "code", "token", "directory", "sealing"}
"""Small tables that every database would have whole."""


def test_every_primary_key_begins_with_the_office_or_the_client() -> None:
    for table in metadata.sorted_tables:
        first = next(iter(table.primary_key.columns)).name
        if table.name in REFERENCE:
            continue
        assert first == ("client_id" if table.name in BY_CLIENT else "office_id"), table.name


def test_the_schema_can_be_made_on_postgresql() -> None:
    statements: list[str] = []
    dialect = postgresql.dialect()
    engine = create_mock_engine(
        "postgresql://",
        lambda sql, *_, **__: statements.append(str(sql.compile(dialect=dialect))),
    )
    metadata.create_all(engine, checkfirst=False)
    tables = [each for each in statements if each.lstrip().startswith("CREATE TABLE")]
    assert len(tables) == len(metadata.tables)
    assert any("WHERE slot_id IS NOT NULL" in each for each in statements)
    assert all(str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables)
