"""OFAC's remarks: labelled values parted by semicolons, read into the facts of an entry."""

import re

from importers.ofac_facts import Facts
from importers.ofac_words import WALLET, Field, words
from importers.vocabulary import fold

PARTED = re.compile(r"\s*;\s*")
DAY = r"(?:\d\d? )?(?:[A-Z][a-z]+ )?\d{4}"
PERIOD = rf"{DAY}(?: to {DAY})?"
# `1084010 (Egypt) issued 01 Jan 1999 expires 2004`
NUMBER = re.compile(
    r"(?P<value>.*?)"
    r"(?:\s+\((?P<country>[^()]+(?:\([^()]*\)[^()]*)*)\))?"
    rf"(?:[\s,]+issued (?P<issued>{PERIOD}))?(?:[\s,]+expires (?P<expires>{PERIOD}))?",
    re.DOTALL,
)
PROSE = re.compile(r"[a-z]{4}")
DIGIT = re.compile(r"\d")
SITE = re.compile(r"(?:https?://|www\.)\S+")
MAIL = re.compile(r"[^\s@:]+@[^\s@]+\.\w+")
# A document type that OFAC has added since: a label that ends as its labels do, and a number.
NEW_LABEL = re.compile(
    r"(?:[Aa]lt\. )?(?P<label>[A-Z][^;:]*?\b(?:No\.|Number|ID|Code|Card|Certificate|Document)"
    r"(?: \([A-Za-z]+\))?)(?: #)?:? (?P<value>\S*\d.*)",
    re.DOTALL,
)


def read(text: str, facts: Facts, *, cut_off: bool = False) -> None:
    """Read every fragment of a remark into `facts`; what is not understood stays a remark.

    A remark that is `cut_off` ends in the middle of a value: the last fragment is kept as it is,
    since half a number would be a wrong number.
    """
    fragments = [fragment for fragment in PARTED.split(text.strip()) if fragment]
    if not fragments:
        return
    tail = fragments.pop() if cut_off else ""
    if not cut_off:
        fragments[-1] = _without_full_stop(fragments[-1])
    for fragment in fragments:
        _read(fragment, facts)
    if tail:
        facts.remarks.append(tail)


def _without_full_stop(fragment: str) -> str:
    """The full stop that closes a remark; that of `S.A.` belongs to the name."""
    abbreviated = len(fragment) > 3 and fragment[-3] == "." and fragment[-1] == "."
    return fragment if abbreviated else fragment.removesuffix(".")


def _read(fragment: str, facts: Facts) -> None:
    bare = fragment.removeprefix("(")
    if bare.count(")") > bare.count("("):
        bare = bare.removesuffix(")")  # `(Linked To: SOMEBODY)`
    found = words().labelled.match(bare)
    if found is None:
        _read_unlabelled(fragment, facts)
        return
    label, value = found["label"], found["value"].strip()
    field = words().field(label)
    if not value or field is None:
        _read_unlabelled(fragment, facts)
    elif field is not Field.IDENTIFIER:
        facts.add(field, label, value)
    elif label.startswith(WALLET):
        facts.add_identifier(label, value)
    elif PROSE.search(value) and not DIGIT.search(value):
        _read_unlabelled(fragment, facts)
    else:
        _add_number(label, value, facts)


def _add_number(label: str, text: str, facts: Facts) -> None:
    if found := NUMBER.fullmatch(text):
        facts.add_identifier(
            label,
            found["value"].strip(),
            found["country"] or "",
            found["issued"] or "",
            found["expires"] or "",
        )
    else:
        facts.add_identifier(label, text)


def _read_unlabelled(fragment: str, facts: Facts) -> None:
    if found := NEW_LABEL.fullmatch(fragment):
        _add_number(found["label"], found["value"], facts)
    elif SITE.fullmatch(bare := fragment.removesuffix(" (website)")):
        facts.details.append(("Website", bare))
    elif MAIL.fullmatch(bare := fragment.removesuffix(".").removesuffix(" (email)")):
        facts.details.append(("Email Address", bare))
    elif fold(fragment) == "deceased":
        facts.details.append(("Deceased", fragment))
    elif fragment not in facts.functions and fragment not in facts.titles:
        facts.remarks.append(fragment)
