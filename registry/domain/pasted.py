"""Names pasted from a spreadsheet, and what the lists hold that may be meant by each."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.record import InvalidRecord
from registry.domain.selection import Traits

MOST = 2_000  # names
LONGEST = 300  # characters of a field
HEADERS = frozenset({"name", "names", "full name", "nom"})


class Outcome(StrEnum):
    """MATCH: what is known speaks for it as strongly as where listings are linked without a
    reviewer. DOUBTFUL: a person has to look. SIMILAR: a name like it, and more speaks against than
    for it. NO_MATCH: nothing like it was found, which clears nobody."""

    MATCH = "match"
    DOUBTFUL = "doubtful"
    SIMILAR = "similar-name"
    NO_MATCH = "no-match"


@dataclass(frozen=True, slots=True)
class Pasted:
    """A line: a name, with the birth date and the country if they were pasted, too."""

    line: int
    name: str
    birth_date: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that may be meant. `probability` is what scores like it have meant between two
    listings; `found_as` the name that is most like the one pasted. None and "" for a reference
    that is the very same."""

    subject: Traits
    outcome: Outcome
    found_as: str
    probability: float | None
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A pasted line with the subjects that may be meant, the likeliest first."""

    pasted: Pasted
    candidates: tuple[Candidate, ...]

    @property
    def outcome(self) -> Outcome:
        return self.candidates[0].outcome if self.candidates else Outcome.NO_MATCH


def read(text: str) -> tuple[Pasted, ...]:
    """Read a name a line, or columns name, birth date, country as spreadsheets give them (by tabs,
    commas or semicolons). A first line that calls its column a name is left out.

    Commas part columns only where what follows could be a date or a country: "DOE, John" is a name.
    Raises InvalidRecord if there is nothing, or more than can be looked up at once.
    """
    found = tuple(_lines(text))
    if found and found[0].name.casefold() in HEADERS:
        found = found[1:]
    if not found:
        raise InvalidRecord("Paste at least one name, each on a line of its own.", "names")
    if len(found) > MOST:
        raise InvalidRecord(
            f"These are {len(found):,} names; {MOST:,} can be looked up at once. Paste a part.",
            "names",
        )
    if too_long := [each for each in found if len(each.name) > LONGEST]:
        raise InvalidRecord(
            f"Line {too_long[0].line} is longer than {LONGEST} characters: is it one name?", "names"
        )
    return found


def _lines(text: str) -> Iterator[Pasted]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, *rest = (each.strip()[: LONGEST + 1] for each in _columns(line))
        birth_date = next((each for each in rest if _HAS_YEAR.search(each)), "")
        country = next((each for each in rest if each and each != birth_date), "")
        if name:
            yield Pasted(number, name, birth_date, country)


_HAS_YEAR = re.compile(r"\b(1[89]|20)\d\d\b")
_COUNTRY = re.compile(r"\s*[A-Za-z]{2}\s*")


def _columns(line: str) -> Sequence[str]:
    if "\t" in line:
        return [each.strip().strip('"') for each in line.split("\t")]
    for separator in ";,":
        if separator in line:
            columns = next(csv.reader([line], delimiter=separator, skipinitialspace=True))
            if separator == ";" or '"' in line or any(map(_is_further, columns[1:])):
                return columns
    return [line]


def _is_further(column: str) -> bool:
    """Whether it can be no part of a name: it has a year, or is a country's two letters."""
    return bool(
        _HAS_YEAR.search(column) or (_COUNTRY.fullmatch(column) and column.strip().isupper())
    )
