"""Alembic runs this: the steps, on the connection that registry.store.schema opened."""

from alembic import context

from registry.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
