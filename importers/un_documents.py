"""Documents of the Security Council's list, whose numbers often stand in a sentence."""

import re

from importers.base import ParsedIdentifier
from importers.reading.xml import Node

NUMBER = r"(?:[A-Z]{1,4}[ /-]{0,2})?[A-Z]{0,3}\d[\dA-Z/.-]*(?: No\.? ?\d+)?"
PLAIN = re.compile(r"[\dA-Z][\dA-Z /.-]*")
# As in: Qatari passport number 00868774; Jordan 654781; 403062567 (US); R00012098, South Sudan.
IN_PROSE = re.compile(
    rf"(?P<before>.*?[a-z.)”:’]|No\.?|)\s*(?P<number>{NUMBER})\s*(?P<after>[,(].*)?"
)
IN_NOTE = re.compile(rf"(?:^|\b(?:number|no\.?:?|card|code:|ssn)\s*)(?P<number>{NUMBER})", re.I)
SHORTEST = 4  # characters: what is shorter in a note is a day or a count
# The type column says "Passport" or "National Identification Number"; the words beside know better.
SPECIFIC = (
    ("birth certificate", "Birth certificate"),
    ("driv", "Driving licence"),
    ("fiscal code", "Fiscal code"),
    ("social security", "Social security number"),
    (" ssn ", "Social security number"),
    ("passport", "Passport"),
)


def document(node: Node) -> tuple[ParsedIdentifier | None, str]:
    """Read an INDIVIDUAL_DOCUMENT: the identifier, or what it says where it has no number."""
    kind, kind_too, number, note = (
        " ".join(node.text(tag).split())
        for tag in ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "NOTE")
    )
    country, city_of_issue, country_of_issue = (
        node.text(tag) for tag in ("ISSUING_COUNTRY", "CITY_OF_ISSUE", "COUNTRY_OF_ISSUE")
    )
    issued, expires = node.text("DATE_OF_ISSUE"), node.text("DATE_OF_EXPIRY")
    value = _number(number) or ("" if number else _number(kind_too) or _number_in(note))
    label = _label(kind, f" {kind_too} {number} {'' if number else note} ".casefold()) or kind_too
    told = [kind] if kind and kind != label else []
    told += [text for text in (kind_too, number) if text and text not in (value, label)]
    if city_of_issue or country_of_issue:
        told.append(f"issued in {', '.join(filter(None, (city_of_issue, country_of_issue)))}")
    if note:
        told.append(note)
    text = "; ".join(told)
    if not value:
        return None, ": ".join(filter(None, (label, text)))
    return (
        ParsedIdentifier(label, value, country or country_of_issue, issued, expires, text),
        "",
    )


def _number(text: str) -> str:
    if PLAIN.fullmatch(text) and any(map(str.isdigit, text)):
        return text
    match = IN_PROSE.fullmatch(text)
    return match["number"] if match else text if any(map(str.isdigit, text)) else ""


def _number_in(note: str) -> str:
    found = (match["number"] for match in IN_NOTE.finditer(note))
    return next((number for number in found if len(number) > SHORTEST), "")


def _label(kind: str, words: str) -> str:
    if kind == "Passport":
        return kind
    return next((label for word, label in SPECIFIC if word in words), kind)
