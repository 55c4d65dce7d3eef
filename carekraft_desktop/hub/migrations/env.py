"""Alembic's entry: run the steps on the connection that was handed in, in its transaction."""

from alembic import context

from carekraft_desktop.hub.migrations import VERSION_TABLE

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True, version_table=VERSION_TABLE)
context.run_migrations()
