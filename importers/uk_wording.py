"""How the UK's lists word names, places and lists within one field: strings in, strings out."""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from importers.base import ParsedAddress, ParsedName, ParsedPlace

NUMBER = re.compile(r"(?:^|(?<=[\s.,;)-]))\(?(\d{1,2}|[a-zA-Z])\)")
SPAN = re.compile(r"\((\d{1,2})\)?(?:-|–|\s*to\s*)\(?(\d{1,2})\)")
PRIMARY = frozenset({"primary name", "prime alias"})
NOTHING = frozenset({"", "-", "–", "- ."})


def clean(text: str) -> str:
    """One line without entities. The publisher's CSV writes every line break as a blank."""
    if "&" in text:
        text = unescape(text)
    return " ".join(text.split())


def unquoted(text: str) -> str:
    """Drop the apostrophe that a spreadsheet puts before digits to keep them as text."""
    return text.strip("' ") if text.startswith("'") else text


def name(
    parts: Sequence[str], role: str, strength: str, *, person: bool, note: str = ""
) -> ParsedName:
    """Put a name together from Name 1 to Name 6, in the order in which it is spoken.

    Name 6 is a person's family name, or the whole name where nothing else is given. A stated
    strength says more than the role, but a primary name stays what it is.
    """
    full = " ".join(filter(None, parts))
    if strength and role.casefold() not in PRIMARY:
        role = strength
    return ParsedName(full, role, tuple(_parts(parts, full, person)), quality=strength, note=note)


def _parts(parts: Sequence[str], full: str, person: bool) -> Iterator[tuple[str, str]]:
    if not person or not any(parts[:5]):
        yield "whole", full
        return
    first, *middle, last = parts
    for kind, value in (("given", first), *(("middle", each) for each in middle), ("family", last)):
        if value:
            yield kind, value


def address(lines: Sequence[str], postcode: str, country: str) -> ParsedAddress:
    """The lists do not say which line is the city; all lines are kept, in order."""
    raw = ", ".join(filter(None, (*lines, postcode, country)))
    return ParsedAddress(raw, postcode=postcode, country=country)


def birth_place(town: str, country: str) -> ParsedPlace:
    return ParsedPlace(", ".join(filter(None, (town, country))), city=town, country=country)


def numbered(text: str) -> list[str]:
    """Split "(1) one (2) two", also with letters or half brackets; "-" stands for nothing.

    Numbers count only where they follow each other from the first; text before the first one
    belongs to all and is left with it. A number without text of its own shares the next one's.
    """
    if ")" not in text:
        return [text]
    text = SPAN.sub(lambda span: _counted(int(span[1]), int(span[2])), text)
    cuts: list[re.Match[str]] = []
    for mark in NUMBER.finditer(text):
        if _position(mark[1]) == len(cuts) + 1:
            cuts.append(mark)
    if not cuts or (len(cuts) == 1 and cuts[0].start() > 0):
        return [text]
    ends = [mark.start() for mark in cuts[1:]] + [len(text)]
    items = [text[mark.end() : end].strip(" ;,") for mark, end in zip(cuts, ends, strict=True)]
    for place in range(len(items) - 2, -1, -1):
        items[place] = items[place] or items[place + 1]
    items = ["" if item in NOTHING else item for item in items]
    if before := text[: cuts[0].start()].strip():
        items[0] = f"{before} {items[0]}"
    return items


def each_of(values: Sequence[str]) -> tuple[str, ...]:
    """The single values of fields of which each may hold a numbered list."""
    if not values:
        return ()
    return tuple(item for value in values for item in numbered(value) if item)


def others_of(values: Sequence[str]) -> tuple[str, ...]:
    """The names of other parties in fields that may hold several, numbered or between ";"."""
    return tuple(
        other.strip() for item in each_of(values) for other in item.split(";") if other.strip()
    )


def paired(first: str, second: str) -> list[tuple[str, str]]:
    """Bring two numbered lists together by number.

    A single second value belongs to every first one; numbered second values beside a single first
    one stay as they stand, since nothing tells which of them it is.
    """
    left, right = numbered(first), numbered(second)
    if len(left) == 1 and left[0]:
        return [(left[0], second if len(right) > 1 else right[0])]
    if len(right) == 1:
        right *= len(left)
    if len(left) == len(right):
        pairs = list(zip(left, right, strict=True))
    else:
        pairs = [(each, "") for each in left] + [("", each) for each in right]
    return [pair for pair in pairs if any(pair)]


def _position(mark: str) -> int:
    return int(mark) if mark.isdigit() else ord(mark.lower()) - ord("a") + 1


def _counted(first: int, last: int) -> str:
    return " ".join(f"({number})" for number in range(first, last + 1))
