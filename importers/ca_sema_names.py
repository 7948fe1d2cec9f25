"""The names in Canada's list: titles with an alias or a French half inside, and aliases jammed
into one text.

The text of aliases has no grammar. It is split at semicolons and at the labels of languages; at
commas, slashes and "or" only where both sides read as whole names. What is not clear stays one
name: a wrong half would stand as a name of its own and match other parties.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from importers.normalise.scripts import script

LANGUAGES = (
    "Arabic|Armenian|Belarusian|Belarussian|Burmese|Chinese|Farsi|French|Georgian|Hebrew|Kazakh"
    "|Korean|Moldovan|Persian|Romanian|Russian|Spanish|Turkish|Ukrainian"
)
LABEL = re.compile(rf"\(?\b({LANGUAGES})\s*:\s*", re.IGNORECASE)
ALSO = r"also\s+known\s+as|a\.?\s?k\.?\s?a\.?(?=\s)"
FORMERLY = r"formerly(?:\s+known\s+as)?|previously(?:\s+known\s+as)?"
BRACKETED = re.compile(rf"\(\s*(?:({ALSO})|(?:{FORMERLY}))\s+", re.IGNORECASE)
PREFIX = re.compile(rf"^(?:({ALSO})|({FORMERLY}))\s+", re.IGNORECASE)
SEPARATOR = re.compile(r"\s*[,،]\s*(?:(?:and|or)\s+)?|\s*/\s*|\s+(?:and|or)\s+")
CONJUNCTION = re.compile(r"\b(?:and|or)\b")
BROKEN_WORD = re.compile(r"(?<=\w)-\s*\n\s*")
OPENING, CLOSING = "([«“„", ")]»”"
LEGAL_FORM = re.compile(
    r"(?:ao|oao|ooo|pao|zao|sao|fgup|jsc|ojsc|cjsc|pjsc|jscb|llc|llp|ltd|limited|inc|co|corp|company"
    r"|corporation|gmbh|plc|sa|sarl|fsue|fze|tov|sc|ао|оао|ооо|пао|зао|сао|ак|мк|пк|фгуп|аат)",
    re.IGNORECASE,
)
LEGAL_START = re.compile(
    r"(?:public |open |closed |private )?(?:joint[- ]stock|stock company|limited liability)|"
    r"(?:ao|oao|ooo|pao|zao|jsc|ojsc|cjsc|pjsc|llc)\s",
    re.IGNORECASE,
)
FRENCH = re.compile(
    r"\b(?:de|du|des|la|le|les|et|en|aux|institut|agence|banque|garde|société)\b|\b[dl]['’]"
    r"|[àâçéèêëîïôùûœ]|[aeio](?:enne|ienne|oise|aise)s?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Called:
    """One name out of a text: `former` and `language` as the text says, "" where it does not."""

    name: str
    language: str = ""
    former: bool = False


def flat(text: str) -> str:
    """One line: a word broken at its hyphen is joined, any other break is a blank."""
    return " ".join(BROKEN_WORD.sub("-", text).replace('""', '"').split())


def entity_name(text: str) -> tuple[str, tuple[Called, ...]]:
    """The name of an entity, and the other names that stand within it: "(also known as …)" and
    the French half behind a slash."""
    head, others = _without_brackets(flat(text))
    english, french = _halves(head)
    if french:
        others = (Called(french, "French"), *others)
    return english, others


def name_in_brackets(text: str) -> tuple[str, str]:
    """A part of a person's name and its other spelling: `DIKIY (DIKY)`; "" where there is none."""
    plain = flat(text)
    match = re.fullmatch(r"([^()]+?)\s*\(([^()]+)\)", plain)
    return (match[1], match[2]) if match else (plain, "")


def aliases(text: str, *, person: bool) -> tuple[Called, ...]:
    """The names in a text of aliases, in its order."""
    found: list[Called] = []
    for language, chunk in _by_language(text):
        for piece in chunk.split(";"):
            for part in _parts(flat(piece).strip(" ,،"), person=person):
                called = _clean(part)
                if called.name:
                    found.append(Called(called.name, language, called.former))
    return tuple(dict.fromkeys(found))


def _by_language(text: str) -> Iterator[tuple[str, str]]:
    begins, language = 0, ""
    for match in LABEL.finditer(text):
        yield language, text[begins : match.start()]
        begins, language = match.end(), match[1].capitalize()
    yield language, text[begins:]


def _clean(part: str) -> Called:
    name = part.strip(" ,;،/|.-–") if not part.endswith(("Ltd.", "Inc.", "Co.")) else part.strip()
    if name.count("(") > name.count(")"):
        name = name.removeprefix("(") if name.startswith("(") else f"{name})"
    elif name.count(")") > name.count("("):
        name = name.removesuffix(")")
    match = PREFIX.match(name)
    former = bool(match and match[2])
    return Called(name[match.end() :] if match else name, former=former)


def _without_brackets(text: str) -> tuple[str, tuple[Called, ...]]:
    match = BRACKETED.search(text)
    if not match:
        return text, ()
    depth, ends = 1, match.end()
    while ends < len(text) and depth:  # the closing bracket is at times forgotten
        depth += {"(": 1, ")": -1}.get(text[ends], 0)
        ends += 1
    inside = text[match.end() : ends - 1 if not depth else ends]
    former = match[1] is None
    others = tuple(Called(name, former=former) for name in _legal_parts(inside))
    return f"{text[: match.start()]} {text[ends:]}".strip(" ,"), others


def _legal_parts(text: str) -> Iterator[str]:
    """Companies joined by "and": only a legal form beside it shows that two are meant."""
    begins = 0
    for match in re.finditer(r",?\s+and\s+", text):
        left, right = text[begins : match.start()], text[match.end() :]
        if _is_legal_form(left.split()[-1]) or LEGAL_START.match(right):
            yield left.strip(" ,")
            begins = match.end()
    yield text[begins:].strip(" ,")


def _halves(text: str) -> tuple[str, str]:
    """`English/French`: one slash outside brackets, and French words behind it."""
    slashes = [
        match
        for match in re.finditer(r"\s*[/|]\s*", text)
        if text.count("(", 0, match.start()) == text.count(")", 0, match.start())
    ]
    if len(slashes) != 1:
        return text, ""
    left, right = text[: slashes[0].start()], text[slashes[0].end() :]
    if "|" in slashes[0][0] or (len(left.split()) > 1 and FRENCH.search(right)):
        return left, right
    return text, ""


def _parts(piece: str, *, person: bool) -> list[str]:
    """Split at the separators between which whole names stand: first at those that show it by
    themselves, then at the commas of each part, which decide together."""
    if not SEPARATOR.search(piece):
        return [piece]
    parts = []
    for part in _split(piece, lambda left, mark, right: _splits(left, mark, right, person=person)):
        names = _split(part, lambda _left, mark, _right: _is_comma(mark))
        whole = _are_persons(names) if person else _are_entities(names)
        parts.extend(names if whole else [part])
    return parts


def _split(text: str, splits: Callable[[str, str, str], bool]) -> list[str]:
    """Split at the separators of which `splits(left, separator, right)` holds; left and right
    reach to the next separator."""
    marks = [match for match in SEPARATOR.finditer(text) if not _inside(text, match.start())]
    edges = [0, *(edge for mark in marks for edge in mark.span()), len(text)]
    names = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    parts, begins = [], 0
    for (left, right), mark in zip(pairwise(names), marks, strict=True):
        if splits(left, mark[0], right):
            parts.append(text[begins : mark.start()])
            begins = mark.end()
    return [*parts, text[begins:]]


def _splits(left: str, mark: str, right: str, *, person: bool) -> bool:
    """Whether one separator alone shows that names stand on both sides of it."""
    scripts = script(left), script(right)
    if not all(scripts) or _is_legal_form(right):
        return False
    if scripts[0] != scripts[1]:
        return True
    words = min(len(left.split()), len(right.split()))
    if "/" in mark:
        return words > 1 or (not person and mark != "/")
    if "Latn" not in scripts and CONJUNCTION.search(mark):  # English between two foreign names
        return len(left.split()) > 1 or _is_legal_form(left)
    if _is_comma(mark):
        return False
    if person:
        return words > 2  # "Evgenyevich or Evgenievich Konkov" is one name with two spellings
    return "or" in mark and words > 1


def _are_persons(run: list[str]) -> bool:
    """Each a whole name; in a long run one of four may be a single word, such as a nickname."""
    if any(CONJUNCTION.search(name) or "/" in name for name in run):
        return False
    single = sum(len(name.split()) == 1 for name in run)
    return single == 0 or (len(run) > 3 and single * 4 <= len(run))


def _are_entities(run: list[str]) -> bool:
    """Each a name in Latin letters, none a legal form or the rest of an enumeration. A single
    word is an acronym, stands in quotation marks or begins as another name of the run does."""
    if CONJUNCTION.search(run[-1]):  # "Education, Science and Youth"
        return False
    for name in run:
        begins = name.lstrip("“\"'«")
        if script(name) != "Latn" or "/" in name:
            return False
        if _is_legal_form(name) or not begins[:1].isupper():
            return False
        if len(name.split()) == 1 and sum(map(str.isupper, name)) < 2 and begins == name:
            stem = name[:5].casefold()
            others = (word for other in run if other is not name for word in other.split())
            if not any(word.casefold().startswith(stem) for word in others):
                return False
    return True


def _is_comma(mark: str) -> bool:
    return "," in mark or "،" in mark


def _is_legal_form(name: str) -> bool:
    words = [word.strip(".,\"'“”«»") for word in name.split()]
    return bool(words) and all(map(LEGAL_FORM.fullmatch, words))


def _inside(text: str, place: int) -> bool:
    """Whether a place stands within brackets or quotation marks."""
    before = text[:place]
    opened = sum(before.count(mark) for mark in OPENING)
    closed = sum(before.count(mark) for mark in CLOSING)
    return opened > closed and any(mark in text[place:] for mark in CLOSING)
