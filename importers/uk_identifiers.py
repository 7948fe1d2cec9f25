"""Numbers of documents and registers as the UK's lists word them, often several in one field."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from importers import vocabulary
from importers.base import ParsedIdentifier
from importers.normalise.countries import country
from importers.uk_wording import unquoted
from importers.vocabulary import fold

DATE = (
    r"\s*:?\s*(?:on )?"
    r"(\d{1,2}[./ ]{1,2}(?:[A-Z][a-z]{2,8}\.?|\d{1,2})[./ ]{1,2}\d{4}"
    r"|[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{4}-\d\d-\d\d)"
)
ISSUED = re.compile(
    r"\b(?:issued?(?: date)?|date of (?:issue|delivery)|delivered|valid from)" + DATE, re.I
)
EXPIRES = re.compile(r"\b(?:expir\w*(?: date)?|date of expir\w+|until|to)" + DATE, re.I)
ISSUER = re.compile(r"\b(?:issuing country|country|issued by(?: the)?)\s*:?\s+(.+)", re.I)

CODE = r"[^\W_][\w./-]*\d[\w./-]*|\d[\d ]{4,}\d"
BRACKETED = re.compile(rf"({CODE})\s*\(([^()]+)\)")
DATED = re.compile(rf"({CODE})\s+(dated .+)")
AFTER_COUNTRY = re.compile(rf"([A-Z][A-Za-z ]+?)(?:,? numbers?|\s*[-–:])\s*({CODE})")
SWIFT = re.compile(r"[A-Z]{8}(?:[A-Z]{3})?")  # may have no digit
LETTER = re.compile(r"[^\W\d_]")
EDGES = " '\"()[]:;,–—-/·"
OUTER = " ':;,–—-/·"
BEFORE_LABEL = re.compile(r"([A-Z][A-Za-z]+)\s*[-–]?\s*$")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[&\d]")
SHORT_NAMES = frozenset({"UK", "US"})  # other pairs of letters are not taken for a country

WHO = r"(?P<who>(?:[^\W\d][\w-]*\s+){0,4}?)"
PASSPORT = re.compile(
    WHO + r"(?P<label>passport|travel document)(?P<also>\s*\(\w+\))?"
    r"\s*(?:numbers?|no\b)?[\s.:]*(?:no\b[.:\s]*)?",
    re.I,
)
WITHOUT_PASSPORT = re.compile(WHO + r"(?:(?:numbers?|no\b)[\s.:]*)?(?=[A-Z]{0,3}\d{5})", re.I)
LEADING = re.compile(
    r"(\d[\d ]+\d|(?:[A-Z]{1,4}[ /-]?)?[A-Z0-9][\w/.-]*\d[\w/]*)(?=$|[\s.,;(])(?! No\b)"
)


class Label(NamedTuple):
    """A label found in a text: its words, where it begins with its country, and where it ends."""

    text: str
    start: int
    end: int
    country: str


def country_in(text: str) -> str:
    """The country that a note on a document names as its issuer, "" if it names none.

    It leads the note or stands alone in brackets; where a document was issued is another matter.
    """
    if found := ISSUER.search(text):
        return _leading_country(found[1])
    leading = _leading_country(text)
    if leading:
        return leading
    for inner in re.findall(r"\(([^()]+)\)", text):
        if found_country := _leading_country(inner):
            return found_country
    return ""


def passport(number: str, note: str) -> ParsedIdentifier:
    """A passport with its note; a note without number is kept in the number's place."""
    return _document("Passport", unquoted(number), note) if number else passport_in(note)


def passport_in(text: str) -> ParsedIdentifier:
    """A passport of which number and note stand in one field: "Passport no. 12345 (Iran)"."""
    prefix = PASSPORT.match(text)
    if prefix is None and not LEADING.match(text):
        prefix = WITHOUT_PASSPORT.match(text)
    rest = text[prefix.end() :] if prefix else text
    found = LEADING.match(rest)
    if not found:
        return _document("Passport", text, "")
    stated = prefix.groupdict("") if prefix else {}
    before = (stated.get("who", ""), stated.get("also", ""))
    note = " ".join(filter(None, (*map(str.strip, before), rest[found.end() :].strip(" .,;"))))
    return _document(stated.get("label", "Passport").capitalize(), found[1].rstrip("."), note)


def national(number: str, note: str) -> tuple[ParsedIdentifier, ...]:
    """A number given as a national identifier; its note often tells that it is another kind."""
    if not number:
        return registered(note, default="National identifier")
    found = registered(number, default="National identifier")
    kinds = _labels(note)
    return tuple(
        _document(
            kinds[0].text if kinds and each.label == "National identifier" else each.label,
            each.value,
            ", ".join(filter(None, (each.note, note))),
            each.country,
        )
        for each in found
    )


def national_in(text: str) -> tuple[ParsedIdentifier, ...]:
    """National identifiers of which number and note stand in one field."""
    found = LEADING.match(text)
    if found:
        return national(found[1], text[found.end() :].strip(" .,;"))
    return registered(text, default="National identifier")


def registered(
    text: str, default: str = "Business registration number"
) -> tuple[ParsedIdentifier, ...]:
    """Split a field of several labelled numbers; one that is not clear is kept in one piece."""
    text = unquoted(text).strip(OUTER)
    if not text:
        return ()
    return tuple(_labelled(text)) or (_single(text, default),)


def _labelled(text: str) -> Iterator[ParsedIdentifier]:
    """Yield a number for each label in the text, or nothing at all if any of it stays unclear."""
    labels = _labels(text)
    if not labels:
        return
    found: list[ParsedIdentifier] = []
    before = text[: labels[0].start].strip(EDGES)
    if before:
        if not re.fullmatch(CODE, before):
            return
        found.append(ParsedIdentifier("Business registration number", before))
    ends = [label.start for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        piece = text[label.end : end].strip(EDGES)
        if piece:
            identifier = _piece(label, piece)
            if identifier is None:
                return
            found.append(identifier)
        elif before and len(labels) == 1:
            found = [ParsedIdentifier(label.text, before, country=label.country)]
    yield from found


def _piece(label: Label, piece: str) -> ParsedIdentifier | None:
    bracket = re.fullmatch(r"(.+?)\s*\(([^()]+)", piece)
    value, note = (bracket[1], bracket[2]) if bracket else (piece, "")
    if len(value) > 40 or not (re.search(r"\d", value) or SWIFT.fullmatch(value)):
        return None
    return ParsedIdentifier(
        label.text, value, country=label.country or _leading_country(note), note=note
    )


def _labels(text: str) -> list[Label]:
    """The labels in a text, each with the country that stands before it."""
    labels: list[Label] = []
    if not LETTER.search(text):
        return labels
    words, pattern = _label_pattern()
    for found in pattern.finditer(text):
        start, issuer = found.start(), ""
        word = BEFORE_LABEL.search(text[labels[-1].end if labels else 0 : start])
        if word and _is_country(word[1]):
            start, issuer = start - len(word[0]), word[1]
        place = found.lastindex or 1
        stated, known = found[place], words[place - 1]
        label = stated if fold(stated) == known else known.capitalize()
        labels.append(Label(label, start, found.end(), issuer))
    return labels


def _single(text: str, default: str) -> ParsedIdentifier:
    if found := BRACKETED.fullmatch(text) or DATED.fullmatch(text):
        return ParsedIdentifier(default, found[1], country=country_in(found[2]), note=found[2])
    if (found := AFTER_COUNTRY.fullmatch(text)) and _is_country(found[1]):
        return ParsedIdentifier(default, found[2], country=found[1])
    return ParsedIdentifier(default, text)


def _document(label: str, value: str, note: str, issuer: str = "") -> ParsedIdentifier:
    return ParsedIdentifier(
        label,
        value,
        country=issuer or country_in(note),
        issued=_only(ISSUED, note),
        expires=_only(EXPIRES, note),
        note=note,
    )


def _only(pattern: re.Pattern[str], note: str) -> str:
    """A date that stands in the note once; of several, none is sure to be this document's."""
    found = set(pattern.findall(note))
    return found.pop() if len(found) == 1 else ""


def _leading_country(text: str) -> str:
    """The longest beginning of a text that is a country's name."""
    text = text.removeprefix("a ")
    words = list(
        takewhile(lambda word: word[0][0] == "&" or word[0][0].isalpha(), WORD.finditer(text))
    )[:7]
    for count in range(len(words), 0, -1):
        if _is_country(" ".join(word[0] for word in words[:count])):
            return text[words[0].start() : words[count - 1].end()].removesuffix(" of")
    return ""


def _is_country(text: str) -> bool:
    return (len(text) > 2 or text in SHORT_NAMES) and bool(country(text).code)


@cache
def _label_pattern() -> tuple[list[str], re.Pattern[str]]:
    """The labels of the lists' words, and a pattern with a group for each."""
    words = sorted(vocabulary.load("uk-sanctions-list").identifiers, key=len, reverse=True)
    number = r"\s*(?:numbers?|no\b\.?|codes?)"
    groups = []
    for word in words:
        plain = word.removesuffix(" number")
        group = re.escape(plain).replace(r"\ ", r"\s*")
        groups.append(f"({group}{number if plain != word else ''})")
    return words, re.compile(
        rf"(?<![^\W\d_])(?:{'|'.join(groups)})(?:\s*\(\w\w\))?(?:{number})?(?![^\W\d_])", re.I
    )
