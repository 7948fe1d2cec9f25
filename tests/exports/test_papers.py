"""Papers as Word and PDF: text stays text, every script is set, nothing is lost in silence."""

import io
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
import typst
from docx import Document

from exports.papers import pdf, word
from exports.papers.paper import REPLACEMENT, Bullets, Heading, Paper, Quote, Table, Text, clean
from exports.problem import ExportProblem
from tests.exports.rows import NAMES

HOSTILE = (
    '#read("/etc/passwd")',
    '#eval("1+1") $x^2$ *bold* _it_ @ref <label> \\ `raw`',
    "</w:t></w:r><w:r><w:t>injected",
    "<script>alert(1)</script>&amp;]]>",
    '=HYPERLINK("https://example.org")',
    "a\x00b\x07c\x1b[31m",
    "{% raw %}{{ 7 * 7 }}",
    "\U0010ffff \ue000 \ud800",
)


def paper(*texts: str, banner: str = "TLP:AMBER") -> Paper:
    return Paper(
        title="A paper",
        subtitle="for the tests",
        banner=banner,
        label="Working draft",
        made_on=date(2026, 11, 25),
        lead=(("From", "The United States"),),
        blocks=(
            Heading("First"),
            *(Text(each) for each in texts),
            Heading("Second", 2),
            Quote("Their words.", "An authority"),
            Bullets(("one", "two")),
            Table(("Name", "Value"), (1, 2), tuple((each, each) for each in texts), "A table"),
        ),
    )


def shown(content: bytes) -> str:
    """The text of a Word paper, that of tables, header and footer among it."""
    with ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if re.match(r"word/(doc|head|foot)", name)]
        xml = "".join(archive.read(name).decode() for name in sorted(parts))
    return re.sub(r"<[^>]+>", "", xml)


def needs_pdftotext() -> None:
    """Where it is required, its absence is a failure."""
    if not shutil.which("pdftotext"):
        if os.environ.get("REGISTRY_REQUIRE") == "1":
            pytest.fail("pdftotext (poppler-utils) is required, but not installed")
        pytest.skip("pdftotext (poppler-utils) is not installed")


def printed(content: bytes, tmp_path: Path) -> str:
    needs_pdftotext()
    (tmp_path / "paper.pdf").write_bytes(content)
    return subprocess.run(
        ["pdftotext", "-layout", tmp_path / "paper.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.parametrize("writer", [pdf, word])
def test_the_same_paper_gives_the_same_bytes(writer) -> None:  # type: ignore[no-untyped-def]
    assert writer.render(paper(*NAMES)) == writer.render(paper(*NAMES))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_read_as_markup(text: str, tmp_path: Path) -> None:
    made = word.render(paper(text))
    Document(io.BytesIO(made))  # is well-formed
    assert "injected<" not in shown(made)
    plain = "".join(clean(text).split())
    assert plain in "".join("".join(p.text for p in Document(io.BytesIO(made)).paragraphs).split())
    if REPLACEMENT not in plain:
        assert plain in "".join(printed(pdf.render(paper(text)), tmp_path).split())


def test_every_script_is_set_in_the_pdf(tmp_path: Path) -> None:
    text = printed(pdf.render(paper("Мохамед ДАГАЛО", "穆罕默德", "모하메드")), tmp_path)
    assert "Мохамед ДАГАЛО" in text
    assert "穆罕默德" in text
    assert "모하메드" in text
    pdf.render(paper(*NAMES, "שלום", "გამარჯობა", "Հայաստան", "ไทย", "ኢትዮጵያ", "ខ្មែរ", "தமிழ்"))


def test_the_pdf_is_tagged_for_those_who_have_it_read_aloud() -> None:
    made = pdf.render(paper("text"))
    assert b"/MarkInfo" in made
    assert b"/Marked true" in made
    assert b"/Lang" in made


def test_a_script_that_no_font_has_is_told_with_the_package_that_has_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_system_fonts = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(pdf, "_fonts", lambda: without_system_fonts)
    monkeypatch.setattr(pdf, "_families", lambda: frozenset({"Libertinus Serif"}))
    with pytest.raises(ExportProblem, match="package fonts-noto-cjk"):
        pdf.render(paper("穆罕默德"))
    with pytest.raises(ExportProblem, match=r"MYANMAR.*package fonts-noto-core"):
        pdf.render(paper("မို"))


def test_what_is_no_character_stays_visible() -> None:
    assert clean("a\U0010ffffb\ue000") == f"a{REPLACEMENT}b{REPLACEMENT}"


def test_text_can_not_turn_the_order_of_what_stands_beside_it() -> None:
    assert clean("\u202eKU eht\u202c rof") == "KU eht rof"
    assert clean("\u2067a\u2069") == "a"
    assert clean("a\u200fb\u200c") == "a\u200fb\u200c"  # marks and joiners of names stay


def test_the_banner_stands_at_the_top_and_the_bottom_of_every_page(tmp_path: Path) -> None:
    long = paper(*(f"line {number}" for number in range(120)), banner="TLP:GREEN here")
    pages = printed(pdf.render(long), tmp_path).rstrip("\f").split("\f")
    assert len(pages) > 2
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert lines[0] == lines[-1] == "TLP:GREEN here"
    section = Document(io.BytesIO(word.render(long))).sections[0]
    assert section.header.paragraphs[0].text == "TLP:GREEN here"
    assert section.footer.paragraphs[-1].text == "TLP:GREEN here"


def test_arabic_runs_are_marked_as_such_in_word() -> None:
    with ZipFile(io.BytesIO(word.render(paper("Mohamed محمد حمدان 12")))) as archive:
        xml = archive.read("word/document.xml").decode()
    assert re.search(r"<w:rtl/></w:rPr><w:t>محمد حمدان</w:t>", xml)


def test_a_word_paper_says_nothing_of_the_machine_or_of_the_hour() -> None:
    with ZipFile(io.BytesIO(word.render(paper("text")))) as archive:
        assert {each.date_time[:3] for each in archive.infolist()} == {(1980, 1, 1)}
        core = archive.read("docProps/core.xml").decode()
    assert "python-docx" not in core
    assert "2026-11-25T00:00:00Z" in core
