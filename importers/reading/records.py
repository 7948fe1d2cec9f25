"""A record of named fields, whatever it was read from."""

from collections.abc import Mapping

from importers.base import EntryProblem, FormatProblem

MOST_DIGITS = 18


class Row:
    """A record of named fields, read by taking fields out: what is left was overlooked."""

    __slots__ = ("_fields", "_where", "line")

    def __init__(self, fields: Mapping[str, str], where: str, line: int) -> None:
        self._fields = dict(fields)
        self._where = where
        self.line = line

    def take(self, column: str) -> str:
        """Return the field, stripped. FormatProblem if there is no such column."""
        try:
            return self._fields.pop(column).strip()
        except KeyError:
            raise self.problem(f"column {column!r} is gone") from None

    def finish(self, *, unused: frozenset[str] = frozenset()) -> None:
        """Raise FormatProblem if a field was neither taken nor declared as unused."""
        left = self._fields.keys() - unused
        if left:
            raise self.problem(f"unread columns {sorted(left)}")

    def problem(self, what: str) -> FormatProblem:
        return FormatProblem(f"{self._where}, line {self.line}: {what}")

    def entry_problem(self, what: str) -> EntryProblem:
        return EntryProblem(f"{self._where}, line {self.line}: {what}")


def whole(text: str) -> int | None:
    """A whole number as files number their parts; None for what is none, or has more digits than
    any count or id."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None
