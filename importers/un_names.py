"""Names as the Security Council's list writes them: several in one field, notes among them."""

import re
from collections.abc import Iterator
from itertools import groupby

from importers.normalise.scripts import script

SEPARATOR = re.compile(r"[;؛]|\s[b-z]\)\s")  # "M. Sabet b) J. Sabet; Jawad Sabet"
ONE_NAME = re.compile(r"[^;؛()]*")
IN_ORIGINAL_SCRIPT = re.compile(r"[;؛،]")
NOTE = re.compile(
    r"^(.*\S)\s*\(((?:previously|formerly) listed as|combat name|birth name|nom de guerre"
    r"|false identity.*?)\)?$",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"\s*\(([^)]*)\)?\s*")


def names_in(text: str) -> Iterator[tuple[str, str]]:
    """Give the (name, note) pairs of a name field.

    One field may hold several names, and one beside its original script: "El Harrachi (الحراشي)".
    """
    if text.isascii() and ONE_NAME.fullmatch(text):
        if text:
            yield text, ""
        return
    for piece in SEPARATOR.split(text):
        for name in _by_script(piece):
            match = NOTE.match(name)
            name, note = (match[1], match[2]) if match else (name, "")
            if (bare := _bare(name)) and bare.casefold() != "original script":
                yield bare, note


def names_in_original_script(text: str) -> Iterator[tuple[str, str]]:
    """Give the (name, note) pairs of a field in the original script; remarks stand in brackets."""
    for piece in IN_ORIGINAL_SCRIPT.split(text):
        before, _colon, name = piece.rpartition(":")  # "formerly known as: …"
        notes = [before, *BRACKETS.findall(name)]
        if bare := " ".join(BRACKETS.sub(" ", name).split()):
            yield bare, "; ".join(note.strip() for note in notes if note.strip())


def name_in_note(note: str) -> str:
    """The name that a note gives in the original script ("original script: Абу Банат"), or ""."""
    _before, colon, after = note.rpartition(":")
    return after.strip() if colon and script(after) not in ("Latn", "") else ""


def _by_script(text: str) -> Iterator[str]:
    """Split where Latin and another script follow each other; words of no script stay beside."""
    latin: list[bool] = []
    words = text.split()
    for word in words:
        found = script(word)
        latin.append(found == "Latn" if found else latin[-1] if latin else True)
    for _latin, group in groupby(zip(words, latin, strict=True), key=lambda pair: pair[1]):
        yield " ".join(word for word, _ in group)


def _bare(name: str) -> str:
    """A name without the brackets and commas that splitting left at its ends."""
    name = name.strip(" ,")
    while name.count("(") != name.count(")"):
        before = name
        if name.count("(") > name.count(")"):
            name = name.removeprefix("(") if name.startswith("(") else name.removesuffix("(")
        else:
            name = name.removesuffix(")") if name.endswith(")") else name.removeprefix(")")
        if name == before:
            return name
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    return name.strip(" ,")
