"""What comes from outside may be anything: every importer refuses it in words and within bounds.

The samples of every list and format are the files that are damaged here, and each edition ends in
one of two ways: read, or refused with a message for the user. Nothing else is ever raised.
"""

import io
import stat
import zipfile
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from importers import catalogue, eu_csv, source, us_state_7031c
from importers.base import FormatProblem, ImportProblem
from importers.reading import text
from importers.reading.records import whole
from importers.reading.text import csv_rows, decode
from importers.source import Part, Source, from_bytes, open_source

SAMPLES = Path(__file__).resolve().parents[2] / "sample_lists"
EDITIONS = sorted(each for each in SAMPLES.glob("*/*") if each.is_dir())
XML = [each for each in EDITIONS if next(each.iterdir()).suffix == ".xml"]
TRIES = 12  # damaged copies of each sample; thousands were tried when this was written
BITS = (
    b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbf\xbf", b"&#0;", b"&#xFFFF;", b"&x;", b"<!--",
    b"]]>", b"<![CDATA[", b'"', b"'", b"\r", b"<x:y>", b"9" * 5_000, b"(" * 300, b"2026-99-99",
    b"NaN", b"1e999", "²".encode(), "٣".encode(), "\u202e".encode(), b"\x1b[2J", b"=1+1",
)  # fmt: skip


def outcome(key, given):
    """What becomes of an edition: the number of its entries, or the words of its refusal."""
    try:
        return len(catalogue.listings(key, catalogue.read(key, given)))
    except ImportProblem as problem:
        return str(problem)


def replaced(given, place, content):
    parts = list(given.parts)
    parts[place] = Part(parts[place].name, bytes(content))
    return Source(given.name, tuple(parts))


def damaged(content, random):
    """The bytes with something overwritten, cut off, left out, doubled, put in or misnumbered."""
    found = bytearray(content)
    start, place = random.randrange(len(found)), random.randrange(len(found))
    end = start + random.randint(1, 2_000)
    match random.randrange(6):
        case 0:
            for _ in range(random.randint(1, 20)):
                found[random.randrange(len(found))] = random.randrange(256)
        case 1:
            del found[start:]
        case 2:
            del found[start:end]
        case 3:
            found[place:place] = found[start:end]
        case 4:
            found[place:place] = random.choice(BITS)
        case _:
            digits = [at for at, each in enumerate(found) if chr(each).isdigit()]
            for at in sorted(random.sample(digits, min(5, len(digits))), reverse=True):
                found[at : at + 1] = random.choice((b"0", b"99999", b"-1", "²".encode(), BITS[14]))
    return bytes(found)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda each: f"{each.parent.name} {each.name}")
def test_a_damaged_edition_is_read_or_refused_in_words(edition):
    given, random = open_source(edition), Random(edition.name)
    for _ in range(TRIES):
        place = random.randrange(len(given.parts))
        content = damaged(given.parts[place].content, random)
        assert outcome(edition.parent.name, replaced(given, place, content)) != ""


@pytest.mark.parametrize(
    ("before", "told"),
    [
        pytest.param(
            b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
            b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>',
            "has a DOCTYPE",
            id="entities that multiply",
        ),
        pytest.param(
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
            "has a DOCTYPE",
            id="a file of this machine",
        ),
        pytest.param(
            b'<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">', "has a DOCTYPE", id="a far definition"
        ),
        pytest.param(b"<a>" * 300 + b"</a>" * 300, "", id="something before the root"),
        pytest.param(b"\xff\xff", "", id="bytes before the root"),
    ],
)
@pytest.mark.parametrize("edition", XML, ids=lambda each: f"{each.parent.name} {each.name}")
def test_no_list_in_xml_brings_entities_or_another_root(edition, before, told):
    given = open_source(edition)
    content = given.parts[0].content
    root = content.index(b"<", content.index(b"?>")) if b"<?xml" in content[:100] else 0
    found = outcome(
        edition.parent.name, replaced(given, 0, content[:root] + before + content[root:])
    )
    assert isinstance(found, str), "refused"
    assert told in found


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda each: f"{each.parent.name} {each.name}")
@pytest.mark.parametrize(
    "other",
    [
        pytest.param(b"<html><body><h1>Access denied</h1></body></html>", id="a web page"),
        pytest.param(b"\x7fELF\x02\x01\x01" + b"\x00" * 500, id="a program"),
        pytest.param("Reference,Name\n1,x\n".encode("utf-16"), id="UTF-16"),
        pytest.param(b"\r\n" * 2_000, id="blank lines"),
        pytest.param(b"{}", id="JSON"),
        pytest.param(b"\x1f\x8b\x08" + b"\x00" * 300, id="gzip"),
    ],
)
def test_what_is_another_thing_is_no_edition_of_any_list(edition, other):
    given = replaced(open_source(edition), 0, other)
    alone = Source(given.name, given.parts[:1])
    assert isinstance(outcome(edition.parent.name, alone), str)


def zipped(content, name="list.xml", how=zipfile.ZIP_DEFLATED, **attributes):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        member = zipfile.ZipInfo(name)
        member.compress_type = how
        for key, value in attributes.items():
            setattr(member, key, value)
        archive.writestr(member, content)
    return packed.getvalue()


@pytest.mark.parametrize("key", [*catalogue.KEYS])
def test_a_zip_within_a_zip_is_opened_once_and_no_more(key):
    inner = zipped(b"<a/>")
    given = from_bytes("x.zip", zipped(inner, "list.zip"))
    assert given.parts[0].content == inner
    assert isinstance(outcome(key, given), str)


def test_a_small_zip_that_unpacks_to_very_much_is_not_unpacked():
    bomb = zipped(b"0" * 5_000_000)
    assert len(bomb) < 10_000
    with pytest.raises(ImportProblem, match="unpacks to more than one edition can hold"):
        from_bytes("x.zip", bomb)


def test_the_size_that_a_zip_states_is_all_that_is_unpacked():
    content = bytearray(zipped(b"<a/>" + b"x" * 4_000_000))
    for stated in (content.find((4_000_004).to_bytes(4, "little"), at) for at in (0, 40)):
        content[stated : stated + 4] = (4).to_bytes(4, "little")
    with pytest.raises(ImportProblem, match="not a readable zip"):
        from_bytes("x.zip", bytes(content))


def test_official_files_unpack_within_the_bound():
    for edition in EDITIONS:
        for part in open_source(edition).parts:
            packed = zipped(part.content)
            assert len(part.content) < len(packed) * source.MOST_TIMES / 2
            assert from_bytes("x.zip", packed).archived == part.content


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "C:\\x.xml", "a/../../b.xml", "\u202elmx.exe", "CON"],
)
def test_a_name_within_a_zip_leads_nowhere(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    [part] = from_bytes("x.zip", zipped(b"<a/>", name)).parts
    assert "/" not in part.name
    assert part.content == b"<a/>"
    assert list(tmp_path.iterdir()) == []


def test_a_zip_with_a_file_of_no_name_is_refused():
    with pytest.raises(ImportProblem, match="not a readable zip"):
        from_bytes("x.zip", zipped(b"<a/>", ""))


def test_a_link_within_a_zip_is_its_text_and_is_not_followed():
    link = zipped(b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16)
    [part] = from_bytes("x.zip", link).parts
    assert part.content == b"/etc/passwd"


def test_a_zip_of_very_many_files_is_not_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(source.MOST_PARTS + 1):
            archive.writestr(f"{number}.csv", "1")
    with pytest.raises(ImportProblem, match="more than one edition can hold"):
        from_bytes("x.zip", packed.getvalue())


def test_a_folder_whose_files_are_links_to_no_file_holds_none(tmp_path):
    (tmp_path / "list.xml").symlink_to("/dev/zero")
    with pytest.raises(ImportProblem, match="holds no file"):
        open_source(tmp_path)


def test_a_text_beyond_all_bounds_is_not_decoded(monkeypatch):
    monkeypatch.setattr(text, "LARGEST_TEXT", 1_000)
    with pytest.raises(FormatProblem, match=r"x\.csv: more than 1,000 bytes"):
        decode(Part("x.csv", b"1" * 1_001), "utf-8")


def test_a_cell_beyond_all_bounds_is_not_read():
    text = f"1,{'x' * 200_000}\n"
    with pytest.raises(FormatProblem, match=r"line 1: not readable as CSV"):
        list(csv_rows(Part("x.csv", b""), text))


def test_a_table_of_more_lines_than_any_list_is_not_read(monkeypatch):
    monkeypatch.setattr(text, "MOST_LINES", 1_000)
    with pytest.raises(FormatProblem, match="more than 1,000 lines"):
        list(csv_rows(Part("x.csv", b""), "1,2\n" * 1_001))
    assert len(list(csv_rows(Part("x.csv", b""), "1,2\n" * 999))) == 999


def test_rows_of_the_eus_table_that_never_end_are_not_gathered():
    header = "fileGenerationDate;Entity_LogicalId;a\n"
    with pytest.raises(FormatProblem, match="a row that does not end"):
        list(eu_csv._rows(header + "x\n" * 200_000, "x.csv"))


def test_an_edition_of_more_entries_than_any_list_is_not_taken(monkeypatch):
    monkeypatch.setattr(catalogue, "MOST_ENTRIES", 3)
    given = open_source(SAMPLES / "us-ofac-sdn" / "2024-05-03")
    read = catalogue.read("us-ofac-sdn", given)
    left = iter(read.entries)
    with pytest.raises(FormatProblem, match="more than 3 entries"):
        catalogue.listings("us-ofac-sdn", replace(read, entries=left))
    assert next(left), "the rest is not even read"


def test_a_page_beyond_all_bounds_is_not_parsed(monkeypatch):
    monkeypatch.setattr(us_state_7031c, "LARGEST_PAGE", 100)
    given = open_source(SAMPLES / "us-state-7031c" / "2023-12-31")
    assert "larger than 100 bytes" in outcome("us-state-7031c", given)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("17", 17), ("٣", 3), ("²", None), ("", None), ("-1", None), ("9" * 5_000, None)],
)
def test_a_number_is_one_that_somebody_counts(text, number):
    assert whole(text) == number
