"""Whatever a text says, it stays text: on every page and in every file that is handed out.

A registry that holds something of everything has each of its kept texts followed by markup and led
by a formula; no page then holds an element, an attribute or an address that no template wrote, and
no file a formula.
"""

import csv
import dataclasses
import io
import json
import re
import zipfile
from datetime import date
from enum import StrEnum
from html.parser import HTMLParser
from urllib.parse import urlencode

import openpyxl
import pytest
from lxml import etree
from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Session

from exports.delimited import RUNS
from registry.domain import party as parties
from registry.domain.designation import Designation
from registry.store import codec
from registry.store.database import touch
from registry.store.tables import Base, VersionRow
from tests.web.crawl import FILES, Filled, pages

MARKUP = "'\"><poison onx=1>{{7*7}}</title><!--&lt;"
FORMULA = "=1+1+"
# Words of closed vocabularies, ids, keys and hashes: what nobody types.
CLOSED = {
    "action", "answer", "asked_for", "change", "claim", "code", "content_hash", "disposition",
    "event", "families", "field", "finding", "format", "hash", "heading", "id", "importer_version",
    "key", "kind", "left", "left_fingerprint", "level", "listing", "made_by", "measure", "measures",
    "merged_into", "new_key", "official_list", "old_key", "originator", "originators", "origin",
    "partner", "password", "preview", "previous", "procedure", "proposal_id", "public_id",
    "quality", "query", "record", "reference", "relation", "released_to", "right",
    "right_fingerprint", "roles", "sha256", "sharing", "silent", "situation", "stage", "state",
    "status", "subject_id", "token", "token_sha256", "un_references", "verdict", "affiliation",
    "dossier_id",
}  # fmt: skip
CLOSED_AT = {"account.name", "fact.value", "sign_in_attempt.name", "override.value", "job.message"}
# Where silence has no meaning of its own, there is no silence.
FILLED = {"evidence.source", "evidence.text", "position.reason", "proposal.summary"}
NO_ROW_IS_CHANGED = {"trail"}  # the database refuses it; it holds names and ids alone
ADDRESSES = {"url", "source_url"}  # begin with https:// as their rule says


def poisoned(value, *, leads=True):
    """The value with a formula before each text in it and markup after it."""
    match value:
        case "":
            return ""
        case StrEnum() | None | bool() | int() | float() | date():
            return value
        case str() if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return value
        case str() if value.startswith("https://") or not leads:
            return value + MARKUP
        case str():
            return FORMULA + value + MARKUP
        case list() | tuple():
            return type(value)(poisoned(each, leads=leads) for each in value)
        case _:
            return _fields_poisoned(value)


def _fields_poisoned(value):
    kept = {"script", "language", "issued", "expires", "reason_language"}
    if isinstance(value, parties.Country):
        kept.add("code")
    found = {
        each.name: poisoned(getattr(value, each.name))
        for each in dataclasses.fields(value)
        if each.name not in kept and not isinstance(getattr(value, each.name), dict)
    }
    return dataclasses.replace(value, **found)


def everything(kind):
    """A party in which every text of every kind of fact is given."""
    country, text = parties.Country("Syria", "SY"), "x"
    return {
        "birth_places": (parties.Place(text, text, text, country),),
        "nationalities": (country,),
        "citizenships": (country,),
        "titles": (text,),
        "functions": (text, text * 2),
        "identifiers": tuple(
            parties.Identifier(each, f"N{place}", country, text, "", "", text)
            for place, each in enumerate(parties.IdentifierKind)
        ),
        "addresses": (parties.Address(text, text, text, text, country),),
        "relations": tuple(
            parties.Relation(each, text, text, text) for each in parties.RelationKind
        ),
        "details": tuple(parties.Detail(each, text, text) for each in parties.DetailKind),
        "remarks": (text, text * 2),
    }


class Poisoned(Filled):
    """The registry that holds something of everything, all of it hostile."""

    def __init__(self, engine, folder):
        super().__init__(engine, folder)
        with Session(engine) as session, session.begin():
            self.changed = {
                f"{mapper.local_table.name}.{column.name}": self._change(session, mapper, column)
                for mapper in Base.registry.mappers
                if mapper.local_table.name not in NO_ROW_IS_CHANGED
                for column in mapper.local_table.columns
                if is_text(column)
            }
            self._change_parties(session)
            touch(session)

    def _change(self, session, mapper, column):
        """How many rows hold a hostile text in this column now."""
        number = 0
        for row in session.scalars(select(mapper.class_)):
            named = f"{column.table.name}.{column.name}"
            before = getattr(row, column.name) or ("x" if named in FILLED else "")
            after = poisoned(before, leads=column.name not in ADDRESSES)
            number += after != before
            setattr(row, column.name, after)
        session.flush()
        return number

    def _change_parties(self, session):
        for row in session.scalars(select(VersionRow)):
            party = codec.party(row.party)
            acts = codec.designations(row.designations)
            if "EXAMPLE" in row.name:
                party = dataclasses.replace(party, **everything(party.kind))
                stated = {"reason": "He led.", "authority": "x", "other_measures": ("x", "y")}
                acts = tuple(
                    dataclasses.replace(each, **stated, source_url="https://example.org/")
                    for each in acts
                )
            acts = tuple(
                dataclasses.replace(_fields_poisoned(each), code=each.code, act=each.act)
                for each in acts
            )
            assert all(isinstance(each, Designation) for each in acts)
            row.party, row.designations = codec.encode(_fields_poisoned(party)), codec.encode(acts)
            row.raw = codec.pack(poisoned(codec.unpack(row.raw)))
        session.flush()


def is_text(column):
    plain = type(column.type) in (String, JSON)
    named = f"{column.table.name}.{column.name}"
    if not plain or column.primary_key or column.name in CLOSED or named in CLOSED_AT:
        return False
    return not column.foreign_keys


@pytest.fixture(scope="module")
def world(lasting_databases, tmp_path_factory):
    made = Poisoned(lasting_databases.open(), tmp_path_factory.mktemp("poisoned"))
    yield made
    made.app.extensions["engine"].dispose()


class Page(HTMLParser):
    """What of a page a browser could run, or leave it by, though no template wrote it."""

    def __init__(self, text):
        super().__init__()
        self.found, self.text, self.inside = [], "", ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.inside = tag
        given = dict(attrs)
        if tag in ("poison", "iframe", "object", "embed", "base", "style", "applet", "frame"):
            self.found.append(tag)
        if tag == "script" and not (given.get("src") or "").startswith("/"):
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "formtarget"):
                self.found.append((tag, name, value))
            if name in ("href", "src", "action", "formaction") and not re.match(
                r"(https?://|mailto:|/(?!/)|#|\?)", value or "#"
            ):
                self.found.append((tag, name, value))

    def handle_data(self, data):
        self.text += data


def test_every_kept_text_is_hostile_or_known_to_be_none(world):
    """A new column is hostile from the start; who adds a word of a closed set says so."""
    known = {each.name for table in Base.metadata.sorted_tables for each in table.columns}
    assert known >= CLOSED - {"quality"}, "these are no columns any more"
    hostile = {column for column, number in world.changed.items() if number}
    assert {
        "account.shown_name", "act.citation", "act.reason", "comment.text", "dossier.conduct",
        "dossier.links", "dossier.subjects", "edition.file_name", "edition.findings",
        "evidence.title", "history.after", "judgement.reason", "override.reason",
        "proposal.summary", "proposal.title", "reported_entry.reason", "saved_view.name",
        "section.text", "task.text", "waiver.reason", "waiver.risks",
    } <= hostile  # fmt: skip


def test_no_page_holds_an_element_or_an_address_that_no_template_wrote(world):
    told = 0
    for who, address in pages(world):
        answer = world.visitors.get(who, world).client.get(address)
        assert answer.status_code in (200, 404), (who, address, answer.text[:500])
        page = Page(answer.text)
        assert page.found == [], (who, address)
        assert "49" not in re.findall(r"'\"><poison[^>]*>(.{2})", page.text), address
        told += MARKUP in page.text
    assert told >= 35, "the texts are on the pages, as they were written"


def test_what_a_filter_says_is_text_on_the_page_that_refuses_or_repeats_it(world):
    every = ("next", "actor", "object", "name", "partner", "subject", "situation", "list", MARKUP)
    for who, address in pages(world):
        client = world.visitors.get(who, world).client
        start = "&" if "?" in address else "?"
        for names in (("q",), every):
            answer = client.get(address + start + urlencode(dict.fromkeys(names, MARKUP)))
            assert Page(answer.text).found == [], (address, names)


def files(world):
    """(name, bytes) of every file that is handed out of the tables."""
    desk, ngo = world.desk.client, world.ngo.client
    chosen = "&".join(f"subject={each}" for each in sorted(set(world.subject.values()))[:30])
    for form in ("csv", "xlsx", "json"):
        for address in (
            f"/changes/changes.{form}",
            f"/coverage/gaps.{form}?confidence=all",
            f"/coverage/subjects.{form}",
            f"/coverage/chosen.{form}?{chosen}",
        ):
            yield address, desk.get(address)
        yield (
            f"/search/paste.{form}",
            world.desk.post(f"/search/paste.{form}", {"names": f"{FORMULA}{MARKUP}\n-1+1"}, 200),
        )
    yield "/trail/trail.csv", desk.get("/trail/trail.csv")
    yield "/changes/feed.atom", desk.get("/changes/feed.atom")
    package = f"/proposals/{world.values['circulated']}/package"
    sent = {"recipient": "US", "cover-note": FORMULA + MARKUP}
    yield "package.zip", world.desk.post(package, sent, 200)
    assert {"lists.file", "jobs.state"} <= FILES
    assert ngo.get("/trail/trail.csv").status_code == 403


def test_no_file_holds_a_formula_or_an_element_that_no_writer_wrote(world):
    seen = set()
    for name, answer in files(world):
        assert answer.status_code == 200, (name, answer.text[:500])
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        ending = re.search(r"\.(\w+)(\?|$)", name)[1]
        CHECKS[ending](name, answer.data)
        seen.add(ending)
    assert seen == set(CHECKS) - {"docx", "pdf", "txt"}


def check_csv(name, content):
    rows = list(csv.reader(io.StringIO(content.decode())))
    assert len(rows) > 1, name
    assert {len(row) for row in rows} == {len(rows[0])}, name
    for row in rows:
        for cell in row:
            number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
            assert number or cell.startswith("'") or not RUNS.match(cell), (name, cell[:80])


def check_xlsx(name, content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (name, sheet.title, cell.coordinate)
                assert cell.hyperlink is None, (name, sheet.title, cell.coordinate)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            assert b"<poison" not in archive.read(member), (name, member)
            assert not re.search("external|macro|vba", member, re.IGNORECASE), (name, member)


def check_json(name, content):
    assert json.loads(content), name


def check_atom(name, content):
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    tags = {etree.QName(each).localname for each in root.iter()}
    assert tags == {
        "feed", "id", "title", "updated", "author", "name", "rights", "link", "entry", "category",
        "summary",
    }, name  # fmt: skip


def check_zip(name, content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            assert re.fullmatch(r"[\w./-]+", member), (name, member)
            assert ".." not in member, (name, member)
            CHECKS[member.rpartition(".")[2]](member, archive.read(member))


def check_docx(name, content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            text = archive.read(member)
            assert b"<poison" not in text, (name, member)
            if member.endswith((".xml", ".rels")):
                assert etree.fromstring(text) is not None
            assert b'TargetMode="External"' not in text or b"javascript:" not in text


def check_pdf(name, content):
    assert content.startswith(b"%PDF-"), name
    for risky in (b"/JavaScript", b"/JS ", b"/Launch", b"/OpenAction", b"/EmbeddedFile"):
        assert risky not in content, (name, risky)


def check_txt(name, content):
    assert content.decode(), name


CHECKS = {
    "csv": check_csv,
    "xlsx": check_xlsx,
    "json": check_json,
    "atom": check_atom,
    "zip": check_zip,
    "docx": check_docx,
    "pdf": check_pdf,
    "txt": check_txt,
}
