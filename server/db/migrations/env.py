"""Alembic's entrance: migrations run on the connection, and in the transaction, of whoever asked."""

from alembic import context

from server.db.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # the caller began a transaction by hand: true on SQLite, too
    render_as_batch=True,
)
context.run_migrations()
