"""Every official list that the registry can import, and the one way to read an edition of it."""

from importlib import import_module
from itertools import islice
from typing import Any

from importers import normalise, vocabulary
from importers.base import (
    EntryProblem,
    FormatProblem,
    ImportProblem,
    ParsedEntry,
    Reading,
    Refused,
    ReportedEntry,
)
from importers.source import Source
from importers.vocabulary import Vocabulary
from registry.domain.designation import Listing
from registry.domain.official_list import OfficialList

SUBMISSION = "partner-submission"
KEYS = (
    "us-ofac-sdn",
    "us-ofac-consolidated",
    "us-state-7031c",
    "eu-fsf",
    "eu-travel-bans",
    "uk-sanctions-list",
    "uk-ofsi-conlist",
    "ca-sema",
    "un-sc",
    "au-dfat",
    "partner-submission-us",
    "partner-submission-eu",
    "partner-submission-uk",
    "partner-submission-ca",
)
MOST_ENTRIES = 100_000  # of one edition; the longest official list has fewer than 20,000


def official_lists() -> tuple[OfficialList, ...]:
    return tuple(vocabulary.load(key).official_list for key in KEYS)


def list_key(key: str, source: Source) -> str:
    """The key of the official list that a file is of.

    A partner's submission says itself which partner it speaks for; each partner's submissions are
    a list of their own, so that no file replaces another partner's. Raises ImportProblem if there
    is no such list, Refused as `read` does.
    """
    if key == SUBMISSION:
        return f"{SUBMISSION}-{_module(key).partner(source).lower()}"
    if key not in KEYS:
        raise ImportProblem(f"no list {key!r}: one of {', '.join((*KEYS, SUBMISSION))}")
    return key


def read(key: str, source: Source) -> Reading:
    """Begin to read an edition: its format is found from its content.

    Raises Refused if the bytes are no edition of this list, FormatProblem if its format is broken;
    the entries may raise FormatProblem, too, while they are read.
    """
    if key.startswith(SUBMISSION) and list_key(SUBMISSION, source) != key:
        raise Refused(f"{source.name}: speaks for another partner than {key}.")
    reading: Reading = _module(key).read(source)
    return reading


def _module(key: str) -> Any:
    name = SUBMISSION if key.startswith(SUBMISSION) else key
    return import_module(f"importers.{name.replace('-', '_')}")


def listings(key: str, reading: Reading) -> list[Listing | ReportedEntry]:
    """Interpret every entry of a reading, in file order.

    Entries that repeat one and the same listing are imported once; different ones under one key
    are all reported, since nothing tells which of them the key belongs to. Raises FormatProblem
    if there are more than any official list has.
    """
    words = vocabulary.load(key)
    found = [_interpret(entry, words) for entry in islice(reading.entries, MOST_ENTRIES + 1)]
    if len(found) > MOST_ENTRIES:
        raise FormatProblem(f"more than {MOST_ENTRIES:,} entries, which no official list has.")
    places: dict[str, list[int]] = {}
    for place, each in enumerate(found):
        if isinstance(each, Listing):
            places.setdefault(each.key, []).append(place)
    for same_key in places.values():
        if len(same_key) > 1:
            _settle_collision(found, same_key)
    return found


def _interpret(entry: ParsedEntry | ReportedEntry, words: Vocabulary) -> Listing | ReportedEntry:
    if isinstance(entry, ReportedEntry):
        return entry
    try:
        return normalise.listing(entry, words)
    except EntryProblem as problem:
        return ReportedEntry(entry.reference, entry.line, str(problem))


def _settle_collision(found: list[Listing | ReportedEntry], places: list[int]) -> None:
    entries = [each for place in places if isinstance(each := found[place], Listing)]
    lines = ", ".join(str(entry.line) for entry in entries)
    facts = {(entry.party, entry.designations) for entry in entries}
    kept = places[0] if len(facts) == 1 else None
    for place, entry in zip(places, entries, strict=True):
        if place != kept:
            why = (
                "repeats" if kept is not None else "collides: different parties under one reference"
            )
            found[place] = ReportedEntry(
                entry.reference, entry.line, f"{entry.reference} {why} (lines {lines})"
            )
