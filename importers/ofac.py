"""OFAC publishes two lists in the same formats: which format and which list a file is."""

import re
from collections.abc import Iterable, Iterator

from importers import ofac_classic, ofac_csv, ofac_enhanced
from importers.base import Reading, Refused
from importers.ofac_words import words
from importers.reading.xml import xml_root
from importers.source import Part, Source

SDN, CONSOLIDATED = "us-ofac-sdn", "us-ofac-consolidated"
PROGRAMME_OR_END = re.compile(rb"<(?:\w+:)?program>\s*([^<]*?)\s*<|</(?:\w+:)?sdnEntry>")
LIST_OR_END = re.compile(rb"<(?:\w+:)?sanctionsList [^>]*>\s*([^<]*?)\s*<|</(?:\w+:)?entity>")


def read(source: Source, key: str) -> Reading:
    """Begin to read an edition of the SDN or the consolidated list, in any format but ADVANCED.

    Refused if the file is of the other list, is a part of the list or is nothing of OFAC's.
    """
    tables = [part for part in source.parts if ofac_csv.looks_like(part)]
    if len(tables) == len(source.parts):
        return _read_csv(source, key)
    if len(source.parts) > 1:
        others = ", ".join(part.name for part in source.parts if part not in tables)
        raise Refused(
            f"{source.name}: {others} is not one of OFAC's CSV files. "
            "Give the files of one edition in one format."
        )
    part = source.parts[0]
    root = xml_root(part)
    match root.name if root else "":
        case ofac_classic.ROOT:
            return _read_classic(part, key)
        case ofac_enhanced.ROOT:
            return _read_enhanced(part, key)
        case "Sanctions":  # ADVANCED
            raise Refused(
                f"{part.name}: OFAC's ADVANCED XML is not read for now. Give the ENHANCED XML, "
                "the classic XML or the CSV files of the same day."
            )
    raise Refused(
        f"{part.name}: neither OFAC's CSV files nor its classic or ENHANCED XML. "
        "If a page of the web site was saved in its place, fetch the file again."
    )


def _read_csv(source: Source, key: str) -> Reading:
    files = ofac_csv.open_files(source)
    _refuse_other_list(source.name, key, files.programmes)
    silent = ofac_csv.silent(files)
    missing = tuple(
        f"{field} stand in a file that was not given: what is missing is not taken as gone"
        for field in sorted(silent)
    )
    return Reading(
        "csv",
        None,
        ofac_csv.read(files, on_sdn_list=key == SDN),
        warnings=(*ofac_csv.strays(files), *missing),
        silent=silent,
    )


def _read_classic(part: Part, key: str) -> Reading:
    head = ofac_classic.read_head(part)
    _refuse_other_list(part.name, key, _words_by_entry(part, PROGRAMME_OR_END))
    entries = ofac_classic.read(part, on_sdn_list=key == SDN)
    return Reading("classic-xml", head.published_on, entries, head.count)


def _read_enhanced(part: Part, key: str) -> Reading:
    head = ofac_enhanced.read_head(part)
    if head.programmes:
        raise Refused(
            f"{part.name}: its header says that it was filtered to {', '.join(head.programmes)}. "
            "A part of the list is no edition: fetch the whole file."
        )
    if len(head.lists) > 1 and ofac_enhanced.SDN_LIST in head.lists:
        raise Refused(
            f"{part.name}: its header says that it holds the SDN list and others in one. "
            "Fetch the file of the one list."
        )
    lists = list(_words_by_entry(part, LIST_OR_END))
    on_sdn_list = [ofac_enhanced.SDN_LIST in each for each in lists]
    _refuse_unless(key, part.name, [not on_list for on_list in on_sdn_list])
    entries = ofac_enhanced.read(part, on_sdn_list=key == SDN)
    return Reading("enhanced-xml", head.published_on, entries)


def _words_by_entry(part: Part, pattern: re.Pattern[bytes]) -> Iterator[list[str]]:
    """A quick look, before reading: the words that the pattern finds in each entry."""
    found: list[str] = []
    begins = max(part.content.find(b"<entities>"), 0)
    for match in pattern.finditer(part.content, begins):
        if match[1] is None:
            yield found
            found = []
        else:
            found.append(match[1].decode("utf-8", "replace"))


def _refuse_other_list(name: str, key: str, programmes: Iterable[Iterable[str]]) -> None:
    """Nearly every consolidated entry has a programme of the non-SDN lists, few SDN entries do."""
    _refuse_unless(key, name, [not words().consolidated.isdisjoint(tags) for tags in programmes])


def _refuse_unless(key: str, name: str, marked: list[bool]) -> None:
    """`marked` tells of each entry whether it seems to be of the consolidated list."""
    found = CONSOLIDATED if sum(marked) * 2 > len(marked) else SDN
    if marked and found != key:
        raise Refused(f"{name}: by its entries this is {found}, not {key}. Import it as {found}.")
