"""United States: the Department of State's public listing under section 7031(c).

The Department publishes it as pages of its web site, one for each year: under the heading of a year
stand headings that name the limb of the statute, and under them numbered items in prose.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from lxml import etree

from importers.base import (
    EntryProblem,
    ParsedDesignation,
    ParsedEntry,
    ParsedName,
    ParsedRelation,
    Reading,
    Refused,
    ReportedEntry,
    entries,
)
from importers.normalise.countries import country
from importers.normalise.dates import plain_date
from importers.reading.text import decode
from importers.reading.xml import Element
from importers.source import Part, Source
from importers.vocabulary import fold

TITLE = re.compile(r"anti-kleptocracy and human rights visa restrictions", re.IGNORECASE)
LARGEST_PAGE = 16 * 1024 * 1024  # bytes; the report's own pages have well below a tenth of it
PROGRAMME = "STATE-7031C"
AUTHORITY = "Department of State"
INELIGIBLE = "ineligible for entry"  # what the statute and the report's heading say of each
YEAR = re.compile(r"\b(20\d\d)\b")
LIMBS = (("corrupt", "corruption"), ("human rights", "human rights"), ("detention", "detention"))
ASIDES = frozenset({"nav", "footer", "aside", "script", "style", "select", "form"})
BLOCKS = frozenset({"h1", "h2", "h3", "h4", "li", "p"})
NUMBERED = re.compile(r"(?:\d{1,4}[.)]\s+|\([A-Z]{1,4}(?://[A-Z]+)?\)\s)")
ITEM = re.compile(
    r"(?:(?P<number>\d{1,4})[.)]\s*)?(?:\((?P<marking>[A-Z]{1,4}(?://[A-Z]+)?)\)\s+)?"
    r"[*†\s]*(?P<rest>.+)",
    re.DOTALL,
)
BRACKET = re.compile(r"\(([^()]*)\)")
ALSO = re.compile(r"\(?\b(?:also known as|a\.?k\.?a\.?)[:,]?\s+(?P<name>[^(),]+)\)?", re.IGNORECASE)
KIN = (
    "wife|husband|spouse|partner|son|daughter|child|brother|sister|father|mother|"
    "stepson|stepdaughter|son-in-law|daughter-in-law|nephew|niece"
)
WORD = r"[^\W\d_a-z](?:\.|[\w'’-]+)"
PERSON = rf"{WORD}(?: (?:{WORD}|al|bin|bint|ben|da|de|del|della|dos|la|van|von))+"
# "is Ivan Petrov's daughter"
KIN_OF = re.compile(rf"(?:is|was)(?: also)? (?P<name>{PERSON})['’]s? (?P<kin>{KIN})\b")
# "his wife, Maria Petrova", "Petrov's son Pavel Petrov"
KIN_NAMED = re.compile(
    rf"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir)|['’]s?) (?:\w+ )?(?P<kin>{KIN}),? (?P<name>{PERSON})"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item as the page words it, with the headings above it and its place among its like."""

    text: str
    year: str
    limb: str
    line: int
    place: int
    url: str


def read(source: Source) -> Reading:
    """Begin to read the report's pages: one that holds all years, or one page for each year.

    Refused if a page is another page, if there is no item, or if the pages are only a part of the
    report: its menu names a year that none of them shows.
    """
    pages = [(part, _page(part)) for part in source.parts]
    items: list[Item] = []
    for part, page in pages:
        items.extend(_items(part, page))
    if not items:
        raise Refused(
            f"{source.name}: the report's page holds no item. "
            "Save the pages of its years, which its menu leads to, into one folder."
        )
    missing = _years_in_menus(page for _, page in pages) - {item.year for item in items}
    if missing:
        raise Refused(
            f"{source.name}: the report's menu names {', '.join(sorted(missing))}, but no page of "
            "that year is given. A part of the list is no edition: save every year's page into "
            "one folder."
        )
    return Reading("html", _published_on(page for _, page in pages), _entries(items))


def _page(part: Part) -> Element:
    if len(part.content) > LARGEST_PAGE:
        raise Refused(f"{part.name}: larger than {LARGEST_PAGE:,} bytes, the most of a page.")
    text = decode(part, "utf-8", "cp1252")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        page = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        page = None
    if page is None or page.find("body") is None or "<" not in text:
        raise Refused(f"{part.name}: not a page of HTML. Save the report's page as HTML.")
    headings = [_text(each) for each in page.iter("title", "h1", "h2")]
    if not any(TITLE.search(heading) for heading in headings):
        shown = next(filter(None, headings), "a page without a title")
        raise Refused(
            f"{part.name}: {shown[:80]!r} is not the report on anti-kleptocracy and human rights "
            "visa restrictions. If the site showed an error, save the page again."
        )
    return page


def _items(part: Part, page: Element) -> Iterator[Item]:
    canonical = page.find(".//link[@rel='canonical']")
    url = canonical.get("href", "") if canonical is not None else ""
    year = limb = ""
    listed: set[Element] = set()
    places: dict[tuple[str, str], int] = {}
    for element in _content(page):
        text = _text(element)
        if element.tag in ("h1", "h2"):
            found = YEAR.search(text)
            year, limb = (found[1] if found else year), ""
        elif element.tag in ("h3", "h4"):
            limb = _limb(text) or (limb if element.tag == "h4" else "")
        elif text and not text.startswith("* Denotes") and _is_item(element, text, limb, listed):
            if element.tag == "li":
                listed.add(element)
            place = places[year, limb] = places.get((year, limb), 0) + 1
            line: int = element.sourceline or 0  # type: ignore[assignment]
            yield Item(text, year, limb, line, place, str(url))


def _content(page: Element) -> Iterator[Element]:
    """The headings, list items and paragraphs of the page, without its menus."""
    for element in page.iter(*BLOCKS):
        if not any(above.tag in ASIDES for above in element.iterancestors()):
            yield element


def _is_item(element: Element, text: str, limb: str, listed: set[Element]) -> bool:
    """Whatever is numbered or marked counts, and below a limb's heading every list item and every
    paragraph worded as one. What stands inside a list item belongs to it."""
    if any(above in listed for above in element.iterancestors("li")):
        return False
    if NUMBERED.match(text):
        return True
    return bool(limb) and (element.tag == "li" or _split(text) is not None)


def _limb(heading: str) -> str:
    """The limb of the statute that a heading names, "" if it names none."""
    folded = fold(heading)
    found = [limb for word, limb in LIMBS if word in folded]
    return " and ".join(found) or (heading if "7031" in heading else "")


def _entries(items: list[Item]) -> Iterator[ParsedEntry | ReportedEntry]:
    """A second item for one name in one year and limb, in other words, is a listing of its own."""
    texts: dict[str, list[str]] = {}
    for entry in entries(((_reference(item), item.line, item) for item in items), _entry):
        if isinstance(entry, ParsedEntry):
            earlier = texts.setdefault(entry.identity, [])
            if entry.raw not in earlier:
                earlier.append(entry.raw)
            place = earlier.index(entry.raw) + 1
            yield replace(entry, identity=f"{entry.identity}|{place}") if place > 1 else entry
        else:
            yield entry


def _reference(item: Item) -> str:
    return f"{item.year}|{item.limb}|{item.place}"


def _entry(item: Item) -> ParsedEntry:
    found = ITEM.fullmatch(item.text)
    if found is None:
        raise EntryProblem(f"line {item.line}: an item without text")
    if found["marking"] not in (None, "U"):
        raise EntryProblem(f"line {item.line}: the item is marked ({found['marking']}), not (U)")
    if not item.year or not item.limb:
        raise EntryProblem(f"line {item.line}: the item stands under no year or no limb")
    split = _split(found["rest"])
    if split is None:
        raise EntryProblem(f"line {item.line}: no name with a country in brackets in the item")
    stated, place, reason = split
    names = tuple(_names(stated))
    countries = tuple(part.strip() for part in place.split("/"))
    return ParsedEntry(
        reference=f"{item.year}|{item.limb}|{names[0].full}",
        identity=f"{item.year}|{item.limb}|{fold(names[0].full)}|{fold(place)}",
        kind="person",  # the statute reaches officials and their immediate family only
        names=names,
        designations=(
            ParsedDesignation(
                code=PROGRAMME,
                act=f"Section 7031(c): {item.limb}",
                stated=((INELIGIBLE, True),),
                authority=AUTHORITY,
                listed_on=f"{item.year}-01-01",
                date_basis="year-only",
                reason=reason,
                reason_language="en",
                source_url=item.url,
            ),
        ),
        line=item.line,
        raw=item.text,
        nationalities=countries,  # the country of the office, which is the official's own
        relations=tuple(_relations(reason)),
    )


def _split(text: str) -> tuple[str, str, str] | None:
    """Name, country and reason: the first brackets that hold a country part them."""
    for bracket in BRACKET.finditer(text):
        stated = bracket[1].strip()
        if stated and all(country(part.strip()).code for part in stated.split("/")):
            name = text[: bracket.start()].strip(" ,–—-")
            reason = text[bracket.end() :].strip(" ,:–—-")
            words = len(name.split())
            return (name, stated, reason) if 0 < words <= 12 else None
    return None


def _names(stated: str) -> Iterator[ParsedName]:
    """The name, and what it says is also used: `Anna (aka Hanna) Petrova`."""
    also = ALSO.search(stated)
    if also is None:
        yield ParsedName(stated)
        return
    after = stated[also.end() :].strip(" ,)")
    before = stated[: also.start()].strip(" ,(")
    yield ParsedName(f"{before} {after}".strip())
    yield ParsedName(f"{also['name'].strip()} {after}".strip(), role="a.k.a.")


def _relations(reason: str) -> Iterator[ParsedRelation]:
    for found in KIN_OF.finditer(reason):
        yield ParsedRelation(f"{found['kin']} of", found["name"])
    for found in KIN_NAMED.finditer(reason):
        yield ParsedRelation(found["kin"], found["name"].rstrip(" .,"))


def _years_in_menus(pages: Iterable[Element]) -> set[str]:
    menus = (menu for page in pages for menu in page.iterfind(".//nav[@id='report-nav']"))
    options = (option for menu in menus for option in menu.iter("option", "a"))
    return {year for option in options for year in YEAR.findall(_text(option))}


def _published_on(pages: Iterable[Element]) -> date | None:
    """The newest of the dates at which the pages say that they were changed."""
    stated = (
        plain_date(str(meta.get("content", "")))
        for page in pages
        for meta in page.iterfind(".//meta[@property='article:modified_time']")
    )
    return max(filter(None, stated), default=None)


def _text(element: Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())
