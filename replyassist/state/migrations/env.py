"""What Alembic runs around the migrations: on the connection that it is given, in its transaction."""

from alembic import context

from replyassist.state.tables import metadata

connection = context.config.attributes["connection"]
# SQLite can't alter a column: Alembic then makes the table anew and copies the rows.
context.configure(
    connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite"
)
context.run_migrations()
