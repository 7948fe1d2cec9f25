"""A list's data file: what the list is, where it is fetched, and what its words mean."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from registry.domain.designation import Measure
from registry.domain.official_list import OfficialList
from registry.domain.party import DetailKind, Gender, IdentifierKind, Kind, NameRole, RelationKind


@dataclass(frozen=True, slots=True)
class Follow:
    """How a JSON index leads to the files.

    `items` is the path of keys to the index's list of files, `value` the key of what stands for
    `{}` in `url`, `file_name` the key of the file's name: files of another suffix are left out.
    """

    items: str
    value: str
    file_name: str
    url: str


@dataclass(frozen=True, slots=True)
class Download:
    """Where a part of an edition is fetched; with `follow` the address is that of an index.

    The suffix of `name` tells what is expected: a web page is refused unless it is `.html`.
    """

    name: str
    url: str
    follow: Follow | None = None


@dataclass(frozen=True, slots=True)
class Gates:
    """What an edition must show before it is believed.

    `minimum` entries at least; `fill` gives per field of a listing the share (0-1) that must
    have it; `shrink` and `grow` bound the count against the nearest earlier edition.
    """

    minimum: int
    fill: Mapping[str, float]
    shrink: float = 0.05
    grow: float = 0.25


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The meaning of a list's words. Keys are folded by `fold`; `countries` are pairs of such a key
    and a code of ISO 3166-1."""

    official_list: OfficialList
    downloads: tuple[Download, ...]
    gates: Gates
    date_order: str
    kinds: Mapping[str, Kind]
    name_roles: Mapping[str, NameRole]
    genders: Mapping[str, Gender]
    identifiers: Mapping[str, IdentifierKind]
    relations: Mapping[str, RelationKind]
    details: Mapping[str, DetailKind]
    measures: Mapping[str, Measure]
    countries: tuple[tuple[str, str], ...]


def fold(word: str) -> str:
    """Letters' case and runs of blanks do not make another word."""
    return " ".join(word.split()).casefold()


@cache
def load(key: str) -> Vocabulary:
    """Read `importers/<key>.toml`; the file's keys are explained in `docs/operations.md`.

    Lists of one publisher may share their words: `words` names the file that holds them.
    """
    data = _data(key.replace("-", "_"))
    if "words" in data:
        data = _data(data["words"]) | data

    def words(section: str, vocabulary: Any) -> dict[str, Any]:
        return {fold(word): vocabulary(value) for word, value in data.get(section, {}).items()}

    return Vocabulary(
        official_list=OfficialList(**data["list"]),
        downloads=tuple(_download(each) for each in data.get("downloads", ())),
        gates=Gates(**data["gates"]),
        date_order=data.get("reading", {}).get("date_order", "ymd"),
        kinds=words("kinds", Kind),
        name_roles=words("name_roles", NameRole),
        genders=words("genders", Gender),
        identifiers=words("identifiers", IdentifierKind),
        relations=words("relations", RelationKind),
        details=words("details", DetailKind),
        measures=words("measures", Measure),
        countries=tuple(words("countries", str).items()),
    )


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("importers").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _download(data: Mapping[str, Any]) -> Download:
    follow = data.get("follow")
    return Download(data["name"], data["url"], Follow(**follow) if follow else None)
