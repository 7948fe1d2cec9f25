"""The free texts of the DFAT list: lists within a cell, dates, places and citizenships."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.base import ParsedAddress, ParsedDate, ParsedPlace
from importers.normalise.countries import country

PLACEHOLDERS = frozenset({"", "na", "n/a", "nil", "none", "unknown", "-", "not available"})
LETTER = re.compile(r"(?:^|(?<=[\s;,.)]))\(?([a-z])\)\s*")
NOTE = re.compile(r"\s*\([^()]*\)")

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
YEAR = r"(?<!\d)(?:1[2-9]|20)\d\d(?!\d)"
DAY = (
    r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)"
    r"|(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?[\s.-]*{MONTH}[\s.,-]*(?:{YEAR}|\d{{2}}(?!\d))"
)
MOMENT = rf"(?:{DAY}|{MONTH}[\s.-]*{YEAR}|(?<!\d)\d{{1,2}}/{YEAR}|{YEAR})"
CIRCA = r"(?:approximately|approx\.?|circa|c\.|about|around)"
BIRTH = re.compile(
    rf"(?P<circa>{CIRCA}[:\s]*)?"
    rf"(?:between\s+(?P<month>{MONTH})\s+and\s+(?P<months>{MONTH}\s*{YEAR})"
    rf"|between\s+(?P<first>{MOMENT})\s+(?:and|to)\s+(?P<last>{MOMENT})"
    rf"|(?P<begins>{MOMENT})\s+to\s+(?P<ends>{MOMENT})"
    rf"|(?P<years>{YEAR}\s*[-–/]\s*{YEAR})"
    rf"|(?P<one>{MOMENT}))",
    re.IGNORECASE,
)
HIJRI = re.compile(r"(?<!\d)1[2-4]\d\d(?!\d)")  # no Gregorian year of a living person

LISTED = re.compile(
    rf"\b(?:listed|designated)\b(?:[^.;()]{{0,160}}?\bon)?:?\s*(?P<day>{DAY})", re.IGNORECASE
)
NOT_FIRST = re.compile(r"(?:\bre-?|\blast[\s-]*|\bformerly\s*|\bpreviously\s*)$", re.IGNORECASE)

# Countries with an "and" or a comma of their own, in which nothing is to be split.
WHOLE_COUNTRIES = re.compile(
    r"Trinidad and Tobago|Bosnia and Herzegovina|Antigua and Barbuda|Saint Kitts and Nevis"
    r"|Sao Tome and Principe|Saint Vincent and the Grenadines|Serbia and Montenegro"
    r"|(?:United Kingdom of )?Great Britain(?: and Northern Ireland)?"
    r"|Congo, (?:the )?(?:Democratic Republic|Republic) of(?: the)?"
    r"|Korea, (?:Democratic People's Republic|Republic) of",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    city: str
    region: str
    country: str


def clean(text: str) -> str:
    """What Excel leaves in a text, taken out; one line."""
    return " ".join(text.replace("_x000D_", " ").split())


def stated(text: str) -> str:
    """The text in one line, "" for a word that says that nothing is known."""
    line = clean(text)
    return "" if line.casefold().strip(" .") in PLACEHOLDERS else line


def lettered(text: str) -> list[str]:
    """The items of `a) … b) …`; the text itself where there are none."""
    marks = list(LETTER.finditer(text))
    if not marks or marks[0][1] not in "ab":  # the first letter is at times forgotten
        return [text]
    edges = [0, *(edge for mark in marks for edge in mark.span()), len(text)]
    items = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return [item.strip(" ;,") for item in items if item.strip(" ;,")]


def birth_dates(text: str) -> Iterator[ParsedDate]:
    """Every date in a cell, each by itself: they are alternatives. A cell in which no date can
    be read is kept whole."""
    text = re.sub(r"(?<=\d)\s*/\s*(?=\d)", "/", stated(text))
    if not text:
        return
    found = False
    for match in BIRTH.finditer(text):
        found = True
        if match["month"]:
            year = match["months"][-4:]
            composed = f"{match['month']} {year} to {match['months']}"
        elif match["first"] or match["begins"]:
            composed = f"{match['first'] or match['begins']} to {match['last'] or match['ends']}"
        else:
            composed = match["years"] or match["one"]
        calendar = "islamic" if HIJRI.search(composed) else ""
        yield ParsedDate(_with_plain_months(composed), bool(match["circa"]), calendar)
    if not found:
        yield ParsedDate(text)


def first_listed_on(text: str) -> str:
    """The day on which the text says that the party was listed, "" if it says none: a later
    listing anew is not the listing."""
    for match in LISTED.finditer(text):
        if not NOT_FIRST.search(text[: match.start()]):
            return _with_plain_months(match["day"])
    return ""


def places(text: str) -> Iterator[ParsedPlace]:
    for item in _items(text):
        where = _whereabouts(item)
        yield ParsedPlace(item, where.city, where.region, where.country)


def addresses(text: str) -> Iterator[ParsedAddress]:
    for item in _items(text):
        yield ParsedAddress(item, country=_country_at_end(item))


def citizenships(text: str) -> Iterator[str]:
    """Each citizenship of a cell: the list writes countries or adjectives, in many ways joined."""
    for item in lettered(stated(text)):
        for part in re.split(r"\s*[;/]\s*", item):
            plain = WHOLE_COUNTRIES.sub(_unsplittable, NOTE.sub("", part).strip(" .,"))
            for each in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", plain):
                if each:
                    yield each.replace("\0", " ").replace("\1", ",")


def _unsplittable(match: re.Match[str]) -> str:
    return match[0].replace(" ", "\0").replace(",", "\1")


def _items(text: str) -> Iterator[str]:
    for item in lettered(stated(text)):
        for part in item.split(";"):
            plain = part.strip(" ,.;")
            if plain.casefold() not in PLACEHOLDERS:
                yield plain


def _whereabouts(text: str) -> Whereabouts:
    parts = [part for part in (each.strip() for each in NOTE.sub("", text).split(",")) if part]
    land = parts.pop() if parts and country(parts[-1]).code else ""
    city = parts.pop(0) if parts and not _is_region(parts[0]) else ""
    return Whereabouts(city, ", ".join(parts), land)


def _is_region(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:province|region|oblast|district|governorate|governate|republic|state|krai|county)\b",
            text,
            re.IGNORECASE,
        )
    )


def _country_at_end(text: str) -> str:
    last = NOTE.sub("", text).strip(" ,.").rpartition(",")[2].strip()
    behind_postcode = re.sub(r"^.*\d\s+", "", last)
    return next((each for each in (last, behind_postcode) if each and country(each).code), "")


def _with_plain_months(text: str) -> str:
    """Months by their first three letters: the list misspells them."""
    return re.sub(MONTH, lambda match: f" {match[0][:3]} ", text, flags=re.IGNORECASE)
