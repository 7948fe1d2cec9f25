"""The package of one recipient, down to its last byte."""

import hashlib
import html
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import openpyxl
import pytest

from exports.package import bundle, wording
from exports.package.facts import stated
from exports.papers.paper import Block, Quote, Table, Text
from exports.papers.paper import Heading as Heading_
from exports.problem import ExportProblem
from registry.domain import handling, naming
from registry.domain import package as domain
from registry.domain.designation import Measure
from registry.domain.handling import Level
from registry.domain.package import Package, Portions
from registry.domain.party import Kind, Name, NameRole, Party, Relation, RelationKind
from registry.domain.position import Act, Ask, Position, Status
from registry.domain.proposal import Subject
from registry.domain.record import InvalidRecord
from registry.domain.section import Heading, Section
from tests import packaging
from tests.exports import rows

SECRET = "Zyzzyva"  # in no package but where it is released
FOR_CANADA = handling.mark("US", Level.AMBER_STRICT, ["CA"])
RED = handling.mark("US", Level.RED, ["QUAD"], recipients=[1])


def members(content: bytes) -> dict[str, bytes]:
    """Every file of a zip, and of the zips in it."""
    with ZipFile(io.BytesIO(content)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    for name, inner in list(found.items()):
        if is_zipfile(io.BytesIO(inner)):
            found |= {f"{name}/{each}": data for each, data in members(inner).items()}
    return found


def every_text(package: Package, tmp_path: Path) -> str:
    """All that can be read in a package: names and bytes of files, and what the PDFs show."""
    parts = [bundle.file_name(package), repr(bundle.papers(package))]
    for name, content in members(packaging.zipped(package)).items():
        parts.append(name)
        parts.append(content.decode("latin-1"))
        parts.append(html.unescape(content.decode("utf-8", errors="ignore")))
        if name.endswith(".pdf") and shutil.which("pdftotext"):
            path = tmp_path / "one.pdf"
            path.write_bytes(content)
            for arguments in (["pdftotext", path, "-"], ["pdfinfo", path]):
                told = subprocess.run(arguments, capture_output=True, check=True).stdout
                parts.append(told.decode())
    return "\n".join(parts)


@pytest.mark.parametrize("hidden", [FOR_CANADA, RED], ids=["for another partner", "red"])
def test_what_is_not_releasable_is_in_no_byte_of_the_package(
    hidden: handling.Marking, tmp_path: Path
) -> None:
    objection = handling.mark("CA", Level.AMBER, ["US"])
    shown = Portions(packaging.sections(), (), (packaging.evidence(),), (packaging.waiver(),))
    secret = Portions(
        (
            *shown.sections,
            packaging.marked(Section("S2", Heading.FACTS, f"{SECRET} fact"), hidden),
            packaging.marked(Section("S2", Heading.LEGAL_TEST, f"{SECRET} test", "UK"), hidden),
        ),
        (packaging.position("CA", f"{SECRET} reason", objection),),
        (
            packaging.evidence(f"{SECRET} title", hidden, text=SECRET, source=SECRET),
            *shown.evidence,
            packaging.evidence("testimony", source=f"{SECRET} driver", protected=True),
        ),
        (*shown.waivers, replace(packaging.waiver(), marking=hidden)),
    )
    made = packaging.package("UK", portions=secret)
    text = every_text(made, tmp_path)
    assert SECRET.casefold() not in text.casefold()
    assert SECRET.encode("utf-16-le").decode("latin-1") not in text


def test_nothing_tells_that_something_was_left_out() -> None:
    """The package is the very one that would have been made had the hidden parts never been."""
    shown = Portions(packaging.sections(), (packaging.position(),), (packaging.evidence(),))
    hidden = Portions(
        (*shown.sections, packaging.marked(Section("S2", Heading.FACTS, "a"), FOR_CANADA)),
        (*shown.positions, packaging.position("CA", "b", handling.mark("CA", Level.AMBER, ["US"]))),
        (packaging.evidence("c", FOR_CANADA), *shown.evidence, packaging.evidence("d", RED)),
        (replace(packaging.waiver(), marking=RED),),
    )
    assert packaging.zipped(packaging.package("UK", portions=shown)) == packaging.zipped(
        packaging.package("UK", portions=hidden)
    )


def test_a_minor_is_in_no_byte_of_the_package(tmp_path: Path) -> None:
    proposed = packaging.proposal(Subject("S2", "An adult"), Subject("S3", SECRET))
    child = packaging.row("S3", SECRET, 2012)
    made = packaging.package("UK", proposed, None, (packaging.row(), child))
    assert SECRET.casefold() not in every_text(made, tmp_path).casefold()


CHILD = f"{SECRET} Kiddo"


def test_the_name_of_a_minor_is_left_out_of_every_text_and_the_log_says_no_more(
    tmp_path: Path,
) -> None:
    named = f"The son, {CHILD.upper()}, was there; {CHILD} left."
    listed = packaging.row()
    (entry,) = listed.listings
    told = replace(
        entry,
        party=replace(
            entry.party,
            remarks=(named,),
            functions=(named,),
            relations=(Relation(RelationKind.FAMILY, CHILD),),
        ),
        designations=tuple(replace(each, reason=named) for each in entry.designations),
    )
    parts = Portions(
        (
            packaging.marked(Section("S2", Heading.CONDUCT, named)),
            packaging.marked(Section("S2", Heading.LEGAL_TEST, named, "UK")),
        ),
        (packaging.position("CA", named),),
        (
            packaging.evidence(
                named,
                text=named,
                source=named,
                url=f"https://example.org/{CHILD.replace(' ', '-')}",
                attachments=(packaging.attachment(f"{CHILD}.txt"),),
            ),
        ),
        (packaging.waiver(),),
    )
    proposed = replace(packaging.proposal(title=named), summary=named, reopened=named)
    published = (replace(listed, listings=(told,)),)
    child = Party(Kind.PERSON, (Name(CHILD, NameRole.PRIMARY),))
    made = packaging.package(
        "UK", proposed, parts, published, cover_note=named, children=naming.keys(child)
    )
    text = every_text(made, tmp_path)
    assert SECRET.casefold() not in text.casefold()
    assert naming.LEFT_OUT in text
    log = members(packaging.zipped(made))[bundle.REDACTIONS]
    unnamed = members(packaging.zipped(packaging.package("UK")))[bundle.REDACTIONS]
    assert log == unnamed, "the same words, whether somebody is named or not"


def test_an_adult_who_has_the_name_of_a_minor_is_named() -> None:
    row = packaging.row()
    children = naming.keys(row.listings[0].party)
    assert children
    made = packaging.package(published=(row,), children=children)
    assert made == packaging.package(published=(row,))


def test_the_same_package_gives_the_same_bytes() -> None:
    assert packaging.zipped(packaging.package()) == packaging.zipped(packaging.package())


def test_the_manifest_names_the_hash_of_every_other_file() -> None:
    files = members(packaging.zipped(packaging.package()))
    manifest = json.loads(files[bundle.MANIFEST])
    listed = {each["name"]: each["sha256"] for each in manifest["files"]}
    outer = {name for name in files if "/" not in name} - {bundle.MANIFEST}
    assert set(listed) == outer
    for name in outer:
        assert listed[name] == hashlib.sha256(files[name]).hexdigest()


def test_a_file_of_evidence_goes_with_its_item_under_a_name_that_tells_nothing(tmp_path) -> None:
    shown = packaging.evidence(attachments=(packaging.attachment("Zeugin Müller.txt"),))
    kept = packaging.evidence(
        "c", FOR_CANADA, attachments=(packaging.attachment(f"{SECRET}.txt", SECRET),)
    )
    made = packaging.package(portions=Portions(evidence=(kept, shown)))
    content = packaging.zipped(made)
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("08-evidence/E1-1.txt") == b"%PDF-1.7 Zeugin"
        manifest = json.loads(archive.read(bundle.MANIFEST))
        described = json.loads(archive.read("06-package.json"))["evidence"]
    [listed] = [each for each in manifest["files"] if each["name"].startswith("08-evidence/")]
    assert listed["sha256"] == hashlib.sha256(b"%PDF-1.7 Zeugin").hexdigest()
    [item] = described
    assert item["files"] == [
        {
            "file": "08-evidence/E1-1.txt",
            "handed_in_as": "Zeugin Müller.txt",
            "bytes": 15,
            "sha256": listed["sha256"],
        }
    ]
    text = every_text(made, tmp_path)
    assert SECRET.casefold() not in text.casefold()
    assert "handed in as Zeugin Müller.txt; sha256" in text
    assert not any("08-evidence" in name for name in members(packaging.zipped(packaging.package())))


@pytest.mark.parametrize("content", [b"", b"something else"], ids=["gone", "altered"])
def test_a_file_that_is_not_as_it_was_handed_in_stops_the_package(content: bytes) -> None:
    item = packaging.evidence(attachments=(packaging.attachment("report.pdf"),))
    made = packaging.package(portions=Portions(evidence=(item,)))
    with pytest.raises(ExportProblem, match="restores the file"):
        bundle.zipped(made, lambda _attachment: content)


def test_a_package_takes_files_up_to_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    item = packaging.evidence(attachments=(packaging.attachment("report.pdf"),))
    monkeypatch.setattr(domain, "MOST_BYTES", 15)
    packaging.package(portions=Portions(evidence=(item,)))
    with pytest.raises(InvalidRecord, match="one by one"):
        packaging.package(portions=Portions(evidence=(item, item)))


def test_each_partner_that_is_asked_has_its_annex_in_its_own_form() -> None:
    files = members(packaging.zipped(packaging.package()))
    uk = files["03-annex-UK.docx/word/document.xml"].decode()
    ca = files["03-annex-CA.docx/word/document.xml"].decode()
    assert "UK statement of reasons" in uk
    assert "Reasonable grounds to suspect" in uk
    assert "Draft item of a schedule" in ca
    assert "Gross and systematic" in ca
    assert "Gross and systematic" not in uk
    assert "Nothing is stated under this heading in this package." in ca


def test_every_paper_has_the_highest_mark_and_is_called_a_draft(tmp_path: Path) -> None:
    strict = handling.mark("US", Level.AMBER_STRICT, ["QUAD"])
    made = packaging.package(portions=Portions(evidence=(packaging.evidence("strict", strict),)))
    banner = "TLP:AMBER+STRICT · Handed to the United Kingdom · Originator: The United States"
    files = members(packaging.zipped(made))
    for name, content in files.items():
        if re.search(r"docx/word/(header|footer)\d+\.xml", name):
            assert banner in re.sub("<[^>]+>", "", content.decode())
    sheets = [name for name in files if "xlsx/xl/worksheets/sheet" in name]
    assert len(sheets) == 2
    for name in (*sheets, "07-redaction-log.txt"):
        assert banner in html.unescape(files[name].decode())
    assert "Working draft, not legal advice" in files["07-redaction-log.txt"].decode()
    assert b"Working draft, not legal advice" in files["02-proposal-brief.docx/word/header1.xml"]


def test_brief_and_annex_say_of_a_subject_all_that_a_decision_rests_on() -> None:
    papers = bundle.papers(packaging.package())
    brief, annex = papers["02-proposal-brief"], papers["03-annex-UK"]

    def under(title: str, blocks: tuple[Block, ...]) -> str:
        """What stands under a heading, up to the next one."""
        titles = [each.text if isinstance(each, Heading_) else "" for each in blocks]
        start = titles.index(title) + 1
        end = next((n for n in range(start, len(blocks)) if titles[n]), len(blocks))
        return repr(blocks[start:end])

    for blocks in (brief.blocks, annex.blocks):
        assert "None found; searched" in under("What speaks for the subject", blocks)
    assert "commander" in under("Role as stated", brief.blocks)
    assert "attacked civilians" in under("Conduct as stated by authorities", brief.blocks)
    risk = under("Risk of mistaken identity", brief.blocks)
    assert "Fewer than two strong identifiers" in risk
    assert "The photograph in the panel's report agrees." in risk
    reasons = under("Draft statement of reasons", annex.blocks)
    assert "attacked civilians" in reasons
    assert "attributed and not established" in reasons
    assert "Asset freeze" in under("Measures sought", annex.blocks)
    assert "Sudan (Sanctions)" in under("Instrument that would serve", annex.blocks)
    assert "P01234567" in under("Identifiers and their sources", annex.blocks)


def test_an_embargo_stands_on_top_of_all_that_is_read_of_the_proposal() -> None:
    made = packaging.package()
    papers = bundle.papers(made)
    told = ("Embargo", "nothing is announced until 10 December 2026")
    for stem in ("01-cover-note", "02-proposal-brief", "03-annex-UK", "03-annex-CA"):
        assert told in papers[stem].lead, stem
    files = members(packaging.zipped(made))
    described = json.loads(files[bundle.MACHINE_READABLE])
    assert described["proposal"]["embargo_until"] == "2026-12-10"
    free = replace(made, proposal=replace(made.proposal, embargo_until=None))
    assert "Embargo" not in repr(bundle.papers(free))


def test_a_statement_of_an_authority_is_set_as_its_quotation() -> None:
    text = (
        "UK stated: “He led the unit.” (not confirmed by a reviewer) [uk-sanctions-list SUD0007]\n"
        "A remark of the drafter."
    )
    conduct = packaging.marked(Section("S2", Heading.CONDUCT, text))
    paper = bundle.papers(packaging.package(portions=Portions((conduct,))))["02-proposal-brief"]
    source = "The United Kingdom stated (not confirmed by a reviewer): UK Sanctions List SUD0007"
    assert Quote("“He led the unit.”", source) in paper.blocks
    assert Text("A remark of the drafter.") in paper.blocks


HOSTILE = '=cmd|"/c calc"!A1 #read("/etc/passwd") <script>alert(1)</script> \x07\u202e../../x'


def test_hostile_text_in_every_field_stays_text(tmp_path: Path) -> None:
    item = packaging.evidence(HOSTILE, text=HOSTILE, source=HOSTILE, url=f"https://{HOSTILE}")
    proposed = replace(
        packaging.proposal(Subject("S2", HOSTILE), title=HOSTILE),
        summary=HOSTILE, situation=HOSTILE, reopened=HOSTILE,
    )  # fmt: skip
    written = tuple(
        packaging.marked(
            Section("S2", each, HOSTILE, "UK" if each.value in ("instrument", "legal-test") else "")
        )
        for each in Heading
    )
    parts = Portions(written, (packaging.position("CA", HOSTILE),), (item,), (packaging.waiver(),))
    published = (packaging.row(name=HOSTILE),)
    made = packaging.package("UK", proposed, parts, published, cover_note=HOSTILE)
    content = packaging.zipped(made)
    files = members(content)
    assert all(re.fullmatch(r"[\w. /\[\]-]+", name) for name in files)
    assert "root:" not in every_text(made, tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(files["05-consolidated.xlsx"]))
    assert all(
        cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line
    )
    for name, data in files.items():
        if name.endswith(".xml"):
            assert b"<script>" not in data


def test_names_of_files_say_nothing_of_the_content() -> None:
    proposed = packaging.proposal(title=SECRET)
    made = packaging.package(proposed=proposed)
    assert bundle.file_name(made) == "package-k7q2m9-for-UK-2026-11-25.zip"
    assert not any(SECRET in name for name in members(packaging.zipped(made)))


def test_a_machine_reads_the_same_content() -> None:
    described = json.loads(members(packaging.zipped(packaging.package()))["06-package.json"])
    assert described["schema"] == "joint-proposal-package/1"
    assert described["to"] == "UK"
    assert described["marking"] == {
        "level": "TLP:AMBER", "originators": ["Canada", "the United States"],
    }  # fmt: skip
    assert described["evidence"][0]["number"] == "E1"
    assert {each["heading"] for each in described["sections"]} >= {"exculpatory", "conduct"}
    assert described["registry"][0]["subject_id"] == "S2"
    (waived,) = described["mistaken_identity"]
    assert waived["accepted_because"] == "The photograph in the panel's report agrees."
    (answered,) = described["positions"]
    assert (answered["partner"], answered["status"]) == ("CA", "supports")
    assert {each["partner"] for each in described["asks"]} == {"UK", "CA"}


def test_an_ngo_is_named_in_no_mark(tmp_path: Path) -> None:
    given = handling.mark("ngo:witness", Level.GREEN, ["QUAD"])
    made = packaging.package(portions=Portions(evidence=(packaging.evidence("report", given),)))
    text = every_text(made, tmp_path)
    assert "ngo:" not in text
    assert "a non-governmental organisation" in text


def tables(package: Package, stem: str) -> dict[str, Table]:
    """By caption."""
    paper = bundle.papers(package)[stem]
    return {each.caption: each for each in paper.blocks if isinstance(each, Table)}


def test_a_brief_says_once_what_holds_for_both_measures_and_what_is_left_to_do() -> None:
    found = tables(packaging.package(), "02-proposal-brief")
    sought = next(each for caption, each in found.items() if caption.startswith("Measures sought"))
    assert sought.rows == (
        (rows.NAMES[0], "Asset freeze, travel ban", "UK, CA", "US, EU", "UK, CA"),
    )


def test_what_lists_show_is_told_apart_from_what_partners_answered() -> None:
    act = Act("eu-fsf", "EU.1.2", "eu-fsf:EU.1.2", 4, date(2026, 5, 10))
    shown = tuple(
        packaging.marked(
            Position(Ask("S2", measure, "EU"), Status.DESIGNATED, automatic=True, act=act)
        )
        for measure in Measure
    )
    parts = Portions(positions=(*shown, packaging.position("CA", "No.")))
    proposed = packaging.proposal()
    asks = (*proposed.asks, *(each.value.ask for each in shown))
    made = packaging.package(proposed=replace(proposed, asks=asks), portions=parts)
    found = tables(made, "02-proposal-brief")
    assert found["Positions that their partners released to the recipient"].rows == (
        ("CA", rows.NAMES[0], "Asset freeze", "objects", "No.", "TLP:AMBER"),
    )
    (line,) = found["Positions that became designated by an entry of the partner's own list"].rows
    assert line[:3] == ("EU", rows.NAMES[0], "Asset freeze, travel ban")
    assert line[3].endswith("EU.1.2, edition of 10 May 2026")


def test_an_annex_drafts_no_entry_of_somebody_whom_the_partner_designated_already() -> None:
    proposed = packaging.proposal()
    asks = (*proposed.asks, Ask("S2", Measure.ASSET_FREEZE, "EU"))
    paper = bundle.papers(packaging.package(proposed=replace(proposed, asks=asks)))["03-annex-EU"]
    assert Heading_("Designated already") in paper.blocks
    (table,) = (each for each in paper.blocks if isinstance(each, Table))
    assert table.rows[0][0] == rows.NAMES[0]
    assert table.rows[0][1].startswith("In force, stated in the list")


def test_capitals_alone_make_no_other_fact() -> None:
    row = packaging.row()
    (entry,) = row.listings
    louder = replace(
        entry,
        official_list="eu-fsf",
        reference="EU.1",
        party=replace(
            entry.party,
            names=tuple(replace(each, full=each.full.upper()) for each in entry.party.names),
        ),
    )
    one = {(each.label, each.value) for each in stated(row)}
    assert {
        (each.label, each.value) for each in stated(replace(row, listings=(entry, louder)))
    } == (one)


def test_a_source_is_called_by_its_name() -> None:
    line = "Name: A [eu-fsf EU.1, edition of 10 May 2026; uk-sanctions-list MMR1, edition of …]"
    assert wording.sourced(line) == (
        "Name: A [EU list of those under financial sanctions EU.1, edition of 10 May 2026; "
        "UK Sanctions List MMR1, edition of …]"
    )
    assert wording.sourced("As [he] said: eu-fsf.") == "As [he] said: eu-fsf."
