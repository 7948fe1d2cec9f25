"""Tables in which one entry takes many rows: the product of all that it repeats.

Rows with one reference are one entry. A column, or a set of columns that belong together, is read
as its distinct values in the order of their first row.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from importers.base import EntryProblem, FormatProblem
from importers.uk_wording import clean
from importers.vocabulary import fold


@dataclass(frozen=True, slots=True)
class Table:
    """Where each column stands. Columns are named as the newest header names them."""

    where: str
    header: tuple[str, ...]
    places: Mapping[str, int]

    @classmethod
    def of(
        cls,
        where: str,
        header: Sequence[str],
        *,
        columns: Iterable[str],
        optional: frozenset[str] = frozenset(),
        renamed: Mapping[str, str] | None = None,
    ) -> "Table":
        """Find every column in a header, in any order and letter case.

        `renamed` gives the present name of columns that were called otherwise. Raises
        FormatProblem if a column is unknown, twice there, or gone and not optional.
        """
        known = {fold(column): column for column in columns}
        known |= {fold(old): new for old, new in (renamed or {}).items()}
        places: dict[str, int] = {}
        for place, stated in enumerate(header):
            column = known.get(fold(stated))
            if column is None:
                raise FormatProblem(f"{where}: column {stated!r} is not known to the importer")
            if column in places:
                raise FormatProblem(f"{where}: column {column!r} stands twice in the header")
            places[column] = place
        gone = set(known.values()) - places.keys() - optional
        if gone:
            raise FormatProblem(f"{where}: columns {sorted(gone)} are gone")
        return cls(where, tuple(header), places)

    def entries(
        self, rows: Iterable[tuple[int, Sequence[str]]], key: str
    ) -> Iterator[tuple[str, int, "Rows"]]:
        """Bring (line, fields) with one `key` together, in the order of their first rows.

        Raises FormatProblem if a row is not as long as the header. Rows without a key can not be
        brought together: each is an entry.
        """
        place, width = self.places[key], len(self.header)
        groups: dict[str | int, tuple[int, list[Sequence[str]]]] = {}
        for line, fields in rows:
            if len(fields) != width:
                raise FormatProblem(
                    f"{self.where}, line {line}: {len(fields)} fields under {width} columns"
                )
            groups.setdefault(fields[place].strip() or line, (line, []))[1].append(fields)
        for known, (line, grouped) in groups.items():
            reference = known if isinstance(known, str) else ""
            yield reference, line, Rows(self, reference, line, list(zip(*grouped, strict=True)))


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one entry, column by column. `line` is the first one's."""

    table: Table
    reference: str
    line: int
    columns: Sequence[tuple[str, ...]]

    def once(self, column: str) -> str:
        """What the entry states once, "" if the table has no such column.

        Raises EntryProblem if the rows differ.
        """
        stated = self.each(column)
        if len(stated) > 1:
            raise EntryProblem(
                f"{self.table.where}, line {self.line}: {column!r} differs within "
                f"{self.reference}: {stated}"
            )
        return stated[0] if stated else ""

    def each(self, column: str) -> list[str]:
        """The distinct values of a column, leaving out the empty ones."""
        place = self.table.places.get(column)
        if place is None:
            return []
        stated = map(clean, dict.fromkeys(self.columns[place]))
        return list(dict.fromkeys(filter(None, stated)))

    def together(self, columns: Sequence[str]) -> list[tuple[str, ...]]:
        """The distinct values of columns that belong together, "" for a column that is not there.

        Combinations of which all are empty are left out.
        """
        places = [self.table.places.get(column) for column in columns]
        there = [self.columns[place] for place in places if place is not None]
        if not there:
            return []
        stated: dict[tuple[str, ...], None] = {}
        for values in dict.fromkeys(zip(*there, strict=True)):
            cleaned = map(clean, values)
            combination = tuple("" if place is None else next(cleaned) for place in places)
            if any(combination):
                stated[combination] = None
        return list(stated)

    @property
    def raw(self) -> str:
        """The rows as JSON, without loss: what all state alike, then the columns that vary.

        {"same": {column: value, …}, "columns": [column, …], "rows": [[value, …], …]}, named by the
        file's own header; a column that is empty in all rows is left out.
        """
        same: dict[str, str] = {}
        varying: list[int] = []
        for place, values in enumerate(self.columns):
            if len(set(values)) > 1:
                varying.append(place)
            elif values[0]:
                same[self.table.header[place]] = values[0]
        content = {
            "same": same,
            "columns": [self.table.header[place] for place in varying],
            "rows": list(zip(*(self.columns[place] for place in varying), strict=True))
            or [()] * len(self.columns[0]),
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
