"""OFAC's labels: into which field of an entry a labelled value goes, in every format."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from tomllib import loads

from importers.vocabulary import fold


class Field(StrEnum):
    """The fields that a labelled value can fill."""

    BIRTH_DATE = "birth-date"
    BIRTH_PLACE = "birth-place"
    NATIONALITY = "nationality"
    CITIZENSHIP = "citizenship"
    GENDER = "gender"
    FUNCTION = "function"
    ALIAS = "alias"
    IDENTIFIER = "identifier"
    RELATION = "relation"
    DETAIL = "detail"
    MENU = "menu"


# The first word is that of remarks, the second that of the ENHANCED file's feature types.
PLAIN = {
    "DOB": Field.BIRTH_DATE,
    "Birthdate": Field.BIRTH_DATE,
    "POB": Field.BIRTH_PLACE,
    "Place of Birth": Field.BIRTH_PLACE,
    "nationality": Field.NATIONALITY,
    "Nationality": Field.NATIONALITY,
    "Nationality Country": Field.NATIONALITY,
    "citizen": Field.CITIZENSHIP,
    "Citizenship Country": Field.CITIZENSHIP,
    "Gender": Field.GENDER,
    "Title": Field.FUNCTION,
    "Alternate Title": Field.FUNCTION,
    "Position": Field.FUNCTION,
    "a.k.a.": Field.ALIAS,
    "f.k.a.": Field.ALIAS,
    "n.k.a.": Field.ALIAS,
}
WALLET = "Digital Currency Address"
DATED = ("Listing Date", "Effective Date", "Purchase/Sales For Divestment Date")
ORDER = re.compile(r"Executive Order (\d+)")


@dataclass(frozen=True, slots=True)
class Words:
    """What `ofac_words.toml` says of labels; `labelled` finds a known label before a value."""

    fields: Mapping[str, Field]
    menus: Mapping[str, str]
    measures: frozenset[str]
    honorifics: frozenset[str]
    consolidated: frozenset[str]
    labelled: re.Pattern[str]

    def field(self, label: str) -> Field | None:
        """The field of a canonical label, None for a label that OFAC has since added."""
        if found := self.fields.get(label):
            return found
        if label.startswith(WALLET):
            return Field.IDENTIFIER
        if ORDER.sub("Executive Order #", label) in self.menus:
            return Field.MENU
        if label.startswith(DATED):
            return Field.DETAIL
        return None

    def menu_tag(self, label: str) -> str:
        """The part of a programme's tag by which a menu belongs to it: `CAATSA`, `EO13662`."""
        order = ORDER.match(label)
        tag = self.menus.get(ORDER.sub("Executive Order #", label), "")
        return tag.replace("#", order[1] if order else "")


def canonical(label: str) -> str:
    """A label without its closing colon or dash and with a straight apostrophe."""
    return label.replace("\u2019", "'").rstrip(" :-")


@cache
def words() -> Words:
    data = loads(files("importers").joinpath("ofac_words.toml").read_text(encoding="utf-8"))
    fields = dict(PLAIN)
    sections = {
        "identifiers": Field.IDENTIFIER,
        "relations": Field.RELATION,
        "details": Field.DETAIL,
        "menus": Field.MENU,
    }
    for section, field in sections.items():
        fields.update(dict.fromkeys(data[section], field))
    return Words(
        fields=fields,
        menus=data["menus"],
        measures=frozenset(map(fold, data["measures"])),
        honorifics=frozenset(map(fold, data["titles"]["honorifics"])),
        consolidated=frozenset(data["lists"]["consolidated"]),
        labelled=_labelled(fields),
    )


def _labelled(labels: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(labels, key=lambda label: (-len(label), label))
    known = "|".join(
        re.escape(label).replace(r"Order\ \#", r"Order\ \d+") for label in longest_first
    )
    return re.compile(
        rf"(?:[Aa]lt\. )?(?P<label>(?:{known})(?: \((?:CMIC|EO )[^)]*\))?)"
        r"(?:\s*[:,]\s*|\s+-\s+|\s+|$)(?P<value>.*)",
        re.DOTALL,
    )
