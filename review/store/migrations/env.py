"""Alembic's way in: it runs within the connection and the transaction that it is given."""

from __future__ import annotations

from alembic import context

from review.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
