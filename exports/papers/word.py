"""DOCX: a paper as Word reads it, with its headings, tables and languages marked as such."""

import io
import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from exports import steady_zip
from exports.papers.paper import Block, Bullets, Heading, Paper, Quote, Table, Text, clean
from registry.domain.law import in_words

AUTHOR = "Atrocity Sanctions Registry"
INK, GREY = RGBColor(0x14, 0x21, 0x3D), RGBColor(0x4A, 0x55, 0x68)
LATIN, EAST_ASIAN, COMPLEX = "Noto Sans", "Noto Sans CJK SC", "Noto Sans Arabic"
WIDTH = 170  # millimetres between the margins of an A4 page
# Hebrew, Arabic, Syriac, Thaana, N'Ko and the Arabic presentation forms.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+"
    "(?:[\\s\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff])?"
)


def render(paper: Paper) -> bytes:
    """The paper as DOCX: the same paper gives the same bytes."""
    document = Document()
    _styles(document)
    _properties(document, paper)
    _page(document, paper)
    document.add_paragraph(style="Title").add_run(clean(paper.title))
    _runs(document.add_paragraph(style="Subtitle"), paper.subtitle)
    for label, said in paper.lead:
        paragraph = document.add_paragraph(style="Lead")
        paragraph.add_run(f"{clean(label)}: ").bold = True
        _runs(paragraph, said)
    for each in paper.blocks:
        _add(document, each)
    stream = io.BytesIO()
    document.save(stream)
    return steady_zip.rewritten(stream.getvalue())


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            _runs(document.add_heading(level=level), text)
        case Text(text, note):
            _runs(document.add_paragraph(style="Note" if note else "Normal"), text)
        case Quote(text, said_by):
            _runs(document.add_paragraph(style="Quote"), text)
            _runs(document.add_paragraph(style="Said by"), said_by)
        case Bullets(items):
            for item in items:
                _runs(document.add_paragraph(style="List Bullet"), item)
        case Table():
            _table(document, block)


def _table(document: Any, block: Table) -> None:
    _runs(document.add_paragraph(style="Caption"), block.caption)
    table = document.add_table(rows=1, cols=len(block.headers), style="Table Grid")
    table.autofit = False
    shares = sum(block.widths)
    for cell, header in zip(table.rows[0].cells, block.headers, strict=True):
        _fill(cell, header, bold=True)
        _shade(cell)
    _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    for row in block.rows:
        added = table.add_row()
        _mark(added._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, text in zip(added.cells, row, strict=True):
            _fill(cell, text)
    for column, share in zip(table.columns, block.widths, strict=True):
        column.width = Mm(WIDTH * share / shares)
        for cell in column.cells:
            cell.width = Mm(WIDTH * share / shares)
    document.add_paragraph(style="Note")


def _fill(cell: Any, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Cell"
    _runs(paragraph, text, bold=bold)


def _runs(paragraph: Any, text: str, *, bold: bool = False) -> None:
    """Text in runs of one direction each: Word orders a run by what it is marked as."""
    for part, right_to_left in _directions(clean(text)):
        run = paragraph.add_run(part)
        run.bold = bold or None
        if right_to_left:
            _mark(run._r.get_or_add_rPr(), "w:rtl")


def _directions(text: str) -> Iterator[tuple[str, bool]]:
    end = 0
    for found in _RIGHT_TO_LEFT.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], False
        yield found[0], True
        end = found.end()
    if end < len(text):
        yield text[end:], False


def _page(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(30)
    section.header_distance = section.footer_distance = Mm(9)
    _banner(section.header.paragraphs[0], paper)
    label = section.header.add_paragraph(style="Furniture")
    label.add_run(f"{clean(paper.label)}\t\t")
    _runs(label, paper.title)
    pages = section.footer.paragraphs[0]
    pages.style = "Furniture"
    pages.add_run(f"Made on {in_words(paper.made_on)}\t\tPage ")
    _field(pages, "PAGE")
    pages.add_run(" of ")
    _field(pages, "NUMPAGES")
    _banner(section.footer.add_paragraph(), paper)


def _banner(paragraph: Any, paper: Paper) -> None:
    paragraph.style = "Banner"
    _runs(paragraph, paper.banner)
    shading = _element("w:shd", val="clear", color="auto", fill="14213D")
    paragraph._p.get_or_add_pPr().append(shading)


def _shade(cell: Any) -> None:
    shading = _element("w:shd", val="clear", color="auto", fill="F3F5F8")
    cell._tc.get_or_add_tcPr().append(shading)


def _field(paragraph: Any, instruction: str) -> None:
    field = _element("w:fldSimple", instr=instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _mark(properties: Any, tag: str) -> None:
    properties.append(OxmlElement(tag))


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _properties(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    properties.title = clean(paper.title)[:255]
    properties.author = properties.last_modified_by = AUTHOR
    properties.comments = properties.keywords = ""
    properties.subject = clean(paper.banner)[:255]
    properties.language = "en-GB"
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(paper.made_on, time())


def _styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"]
    _font(normal, 10)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 22), ("Heading 1", 14), ("Heading 2", 11.5), ("Heading 3", 10)):
        _font(styles[name], size, INK, bold=True)
        styles[name].paragraph_format.keep_with_next = True
    _without_rule(styles["Title"])
    _font(styles["Subtitle"], 11, GREY)
    _font(styles["Caption"], 8.5, GREY)
    styles["Caption"].paragraph_format.keep_with_next = True
    _font(styles["Quote"], 10)
    styles["Quote"].paragraph_format.left_indent = Mm(6)
    styles["Quote"].paragraph_format.keep_with_next = True
    for name, size, colour, bold in (
        ("Banner", 8, RGBColor(0xFF, 0xFF, 0xFF), True),
        ("Furniture", 7.5, GREY, False),
        ("Note", 8.5, GREY, False),
        ("Said by", 8.5, GREY, False),
        ("Lead", 10, None, False),
        ("Cell", 8.5, None, False),
    ):
        style = styles.add_style(name, 1)
        style.base_style = normal
        _font(style, size, colour, bold=bold)
    styles["Banner"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Furniture"].paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH / 2))
    styles["Furniture"].paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), 2)
    styles["Furniture"].paragraph_format.space_after = Pt(2)
    styles["Said by"].paragraph_format.left_indent = Mm(6)
    styles["Lead"].paragraph_format.space_after = Pt(2)
    styles["Cell"].paragraph_format.space_after = Pt(2)


def _font(style: Any, size: float, colour: RGBColor | None = None, *, bold: bool = False) -> None:
    style.font.name = LATIN
    style.font.size = Pt(size)
    style.font.bold = style.font.cs_bold = bold
    style.font.italic = style.font.cs_italic = False
    if colour is not None:
        style.font.color.rgb = colour
    properties = style.element.get_or_add_rPr()
    for own in properties.findall(qn("w:szCs")):
        properties.remove(own)
    properties.find(qn("w:sz")).addnext(_element("w:szCs", val=str(round(size * 2))))
    fonts = properties.get_or_add_rFonts()
    for slot, family in (("eastAsia", EAST_ASIAN), ("cs", COMPLEX), ("hAnsi", LATIN)):
        fonts.set(qn(f"w:{slot}"), family)
    for spacing in style.element.findall(f".//{qn('w:rPr')}/{qn('w:spacing')}"):
        spacing.getparent().remove(spacing)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _without_rule(style: Any) -> None:
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
