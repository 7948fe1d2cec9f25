"""Copying all that a database holds into a new one, each row as it is: ids, moments, the trail."""

from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, select, text, update
from sqlalchemy.orm import Session

from registry.store.database import UnusableDatabase
from registry.store.tables import Base, FactRow

AT_ONCE = 1_000  # rows in one statement


def copy(source: Session, target: Session) -> int:
    """Fill the tables of a new database. Returns the number of rows.

    Both have the tables of this release. Raises UnusableDatabase if the new one is not empty.
    """
    found, into, tables = source.connection(), target.connection(), Base.metadata.sorted_tables
    facts = Base.metadata.tables[FactRow.__tablename__]  # some are there as soon as it is made
    for table in tables:
        if table is not facts and into.execute(select(table).limit(1)).first():
            raise UnusableDatabase(
                f"the database to copy into is not empty (table {table.name}): give a new one"
            )
    into.execute(facts.delete())
    return sum(_copy(found, into, table) for table in tables)


def _copy(source: Connection, target: Connection, table: Table) -> int:
    """The rows of a table. What refers to rows of the same table is set when all are there."""
    later = [each for each in table.columns if _refers_to_its_own_table(each)]
    left_out = {each.name: None for each in later}
    copied = 0
    every = select(table).execution_options(yield_per=AT_ONCE)  # not all of them in memory
    for rows in source.execute(every).mappings().partitions():
        target.execute(insert(table), [{**row, **left_out} for row in rows])
        copied += len(rows)
    for column in later:
        wanted = select(*table.primary_key, column).where(column.is_not(None))
        for row in source.execute(wanted).mappings():
            this_one = (each == row[each.name] for each in table.primary_key)
            target.execute(update(table).where(*this_one).values({column.name: row[column.name]}))
    _number_on(target, table)
    return copied


def _refers_to_its_own_table(column: Column[Any]) -> bool:
    return any(each.column.table is column.table for each in column.foreign_keys)


def _number_on(target: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    column = table.autoincrement_column
    if target.dialect.name != "postgresql" or column is None:
        return
    if (last := target.scalar(select(func.max(column)))) is not None:
        names = {"table": table.name, "column": column.name, "last": last}
        target.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"), names)
