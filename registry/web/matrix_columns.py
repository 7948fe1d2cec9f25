"""The further columns of the matrix that a reader may choose, each with what stands in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from registry.domain import ranking
from registry.domain.selection import Match, programmes_of
from registry.web import wording

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Extra:
    """`value` is shown as text, as a number, or as a date."""

    label: str
    value: Callable[[Match], Value]


def _nationalities(match: Match) -> str:
    codes = {code for each in match.subject.facts.listings for code in each.countries}
    return ", ".join(sorted(map(wording.country, codes)))


def _programmes(match: Match) -> str:
    return ", ".join(sorted(programmes_of(match.subject)))


EXTRA: Mapping[str, Extra] = {
    "nationality": Extra("Nationality", _nationalities),
    "programmes": Extra("Programmes", _programmes),
    "nexus": Extra("Nexus", lambda match: wording.NEXUS.get(match.subject.nexus, "None")),
    "first-listed": Extra("First listed", lambda match: ranking.first_listed(match.subject)),
    "last-listed": Extra("Last listed", lambda match: ranking.last_listed(match.subject)),
    "open-since": Extra("Gap since", ranking.open_since),
    "value": Extra("Gap value", ranking.gap_value),
}
