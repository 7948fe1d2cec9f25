"""PDF: a paper set by typst, tagged for readers aloud (PDF/UA-1), the same bytes each time."""

import unicodedata
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files

import msgspec
import typst

from exports.papers.paper import Block, Bullets, Heading, Paper, Quote, Table, Text, clean
from exports.problem import ExportProblem
from registry.domain.law import in_words

AUTHOR = "Atrocity Sanctions Registry"
# Preferred where they are installed; for other scripts typst takes whatever system font has them.
FONTS = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Myanmar",
    "Noto Sans CJK SC",
    "DejaVu Sans",
    "Libertinus Serif",
)
CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "FULLWIDTH", "HALFWIDTH")
_UNSET = "could not be displayed"


def render(paper: Paper) -> bytes:
    """The paper as PDF.

    Raises ExportProblem for a character that no installed font has: it names the character and the
    Debian package that has fonts for its script. Nothing is left out in silence.
    """
    try:
        return typst.compile(
            _template(),
            font_paths=_fonts(),
            sys_inputs={"paper": _data(paper)},
            format="pdf",
            pdf_standards="ua-1",
            timestamp=datetime.combine(paper.made_on, time(), UTC),
        )
    except typst.TypstError as error:
        if _UNSET not in error.message:
            raise
        raise ExportProblem(_advice(_unset(error.message))) from error


def _data(paper: Paper) -> str:
    return msgspec.json.encode(
        {
            "title": clean(paper.title),
            "subtitle": clean(paper.subtitle),
            "banner": clean(paper.banner),
            "label": clean(paper.label),
            "made": f"Made on {in_words(paper.made_on)}",
            "author": AUTHOR,
            "fonts": [each for each in FONTS if each in _families()],
            "lead": [(clean(label), clean(said)) for label, said in paper.lead],
            "blocks": [_block(each) for each in paper.blocks],
        }
    ).decode()


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": clean(text), "level": level}
        case Text(text, note):
            return {"kind": "text", "text": clean(text), "note": note}
        case Quote(text, said_by):
            return {"kind": "quote", "text": clean(text), "said_by": clean(said_by)}
        case Bullets(items):
            return {"kind": "bullets", "items": [clean(item) for item in items]}
        case Table(headers, widths, rows, caption):
            return {
                "kind": "table",
                "headers": [clean(header) for header in headers],
                "widths": widths,
                "rows": [[clean(cell) for cell in row] for row in rows],
                "caption": clean(caption),
            }


def _unset(message: str) -> str:
    """The text that typst could not set, out of its message."""
    quoted = message.partition('"')[2].partition('"')[0]
    return quoted[0] if quoted else ""


def _advice(character: str) -> str:
    name = unicodedata.name(character, "") if character else ""
    package = "fonts-noto-cjk" if name.startswith(CJK) else "fonts-noto-core"
    shown = f"{character} (U+{ord(character):04X}, {name or 'unnamed'})" if character else "a text"
    return (
        f"No installed font can set {shown}. Install the Debian package {package} on the server "
        "(or another font with this character) and export again; no file was made."
    )


@cache
def _template() -> bytes:
    return files("exports.papers").joinpath("paper.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts()


@cache
def _families() -> frozenset[str]:
    return frozenset(_fonts().families())
