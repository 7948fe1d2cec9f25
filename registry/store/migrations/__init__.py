"""How the tables of one release become those of the next: a chain of small steps, run by Alembic.

A new table or column gets a file in `versions` that names the step before it and says what to do on
SQLite and on PostgreSQL; a test holds the chain's end against `registry.store.tables`. A step that
was released is never changed.
"""
