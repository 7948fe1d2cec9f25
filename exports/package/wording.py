"""The words of a package: we report what an authority's list says, and what was not found.

After the vocabulary that the method gives: "designated by", "no matching entry found as of", never
"failed to", and no adjective on a partner.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from exports.papers.paper import Block, Bullets, Quote, Text
from registry.domain import reference
from registry.domain.cell import Cell, State
from registry.domain.designation import Measure
from registry.domain.handling import Marking, in_order
from registry.domain.law import in_words
from registry.domain.package import Package
from registry.domain.party import Kind
from registry.domain.section import Section

LABEL = "Working draft, not legal advice"
NOT_A_FINDING = (
    "A designation is an administrative act of the authority that made it, not a criminal finding. "
    "This package reports what authorities stated; it does not say that anybody is guilty."
)
ABSENCE = (
    "“No matching entry found” is said as of the date of the partner's own file. It may also mean "
    "later publication, another name, no authority to act, or a measure that is not public."
)
NOTHING = "Nothing is stated under this heading in this package."
MEASURES: Mapping[Measure, str] = {
    Measure.ASSET_FREEZE: "Asset freeze",
    Measure.TRAVEL_BAN: "Travel ban",
}
KINDS: Mapping[Kind, str] = {
    Kind.PERSON: "person",
    Kind.ENTITY: "entity",
    Kind.VESSEL: "vessel",
    Kind.AIRCRAFT: "aircraft",
    Kind.UNKNOWN: "kind not stated",
}
# As the registry fills the section on conduct in.
_STATED = re.compile(r"(?P<by>\S+) stated: “(?P<quote>.+)”(?P<state>.*) \[(?P<source>[^\]]+)\]")
_SOURCE = re.compile(r"\[[^\]]*\]$")
_PARTED = re.compile(r"(\[|, |; |\])")
_AS_OF = frozenset({State.NOT_FOUND, State.DELISTED, State.OTHER_MEASURE_ONLY})
_STATES: Mapping[State, str] = {
    State.IN_FORCE_STATED: "In force, stated in the list",
    State.IN_FORCE_DERIVED: "In force, derived from law",
    State.NOT_FOUND: "No matching entry found",
    State.OTHER_MEASURE_ONLY: "Designated, without this measure",
    State.DELISTED: "Formerly designated",
    State.NO_AUTHORITY: "No dedicated authority identified",
    State.POSSIBLE_MATCH: "Possible match, unreviewed",
    State.PENDING_PUBLICATION: "Act made, publication pending",
    State.NON_PUBLIC_POSSIBLE: "No public entry found; a measure that is not public is possible",
    State.UNKNOWN: "Unknown",
    State.NOT_APPLICABLE: "Not applicable",
}


def state(cell: Cell) -> str:
    words = _STATES[cell.state]
    if cell.state in _AS_OF and cell.dated:
        return f"{words} as of {in_words(cell.dated)}"
    references = ", ".join(
        dict.fromkeys(each.reference for each in cell.supports if _is_printed(each.reference))
    )
    return f"{words} ({references})" if references else words


def entry(official_list: str, reference_: str) -> str:
    """An entry by the list's short name and the publisher's reference, where it has one."""
    called = at_the_beginning(reference.list_law(official_list).called.removeprefix("the "))
    return f"{called} {reference_}" if _is_printed(reference_) else called


def _is_printed(reference_: str) -> bool:
    """Whether the publisher prints it: a list without references gets a made one, with bars."""
    return "|" not in reference_


def partner(key: str) -> str:
    """Within a sentence: "the United Kingdom"."""
    known = reference.partners().get(key)
    if known:
        return known.name
    return "a non-governmental organisation" if key.startswith("ngo:") else f"the {key}"


def originators(marking: Marking) -> str:
    """At the beginning of a line: "The United States, Canada". NGOs are not named."""
    names = dict.fromkeys(partner(each) for each in in_order(marking.originators))
    return at_the_beginning(", ".join(names))


def listed(words: Sequence[str]) -> str:
    """In one breath: "Asset freeze, travel ban"."""
    return ", ".join((*words[:1], *(each[:1].lower() + each[1:] for each in words[1:])))


def sourced(line: str) -> str:
    """A line with the lists in its closing brackets called by their names, where the registry
    filled in their keys."""
    return _SOURCE.sub(lambda found: "".join(map(_called, _PARTED.split(found[0]))), line)


def _called(part: str) -> str:
    key, _, reference_ = part.partition(" ")
    return entry(key, reference_).strip() if key in reference.list_keys() else part


def at_the_beginning(text: str) -> str:
    return text[:1].upper() + text[1:]


def banner(package: Package) -> str:
    """The mark that every page has at its top and bottom, in one line."""
    marking = package.marking
    return " · ".join(
        (
            marking.level.label,
            f"Handed to {partner(package.recipient)}",
            f"Originator: {originators(marking)}",
            "Unclassified information only",
        )
    )


def situation(package: Package) -> str:
    key = package.proposal.situation
    known = reference.situations().get(key)
    return known.title if known else key


def embargo(package: Package) -> list[tuple[str, str]]:
    """A line of what stands on top of a paper; none where there is no embargo."""
    until = package.proposal.embargo_until
    return [("Embargo", f"nothing is announced until {day(until)}")] if until else []


def day(found: date | None) -> str:
    return in_words(found) if found else "not set"


def written(sections: Iterable[Section]) -> list[Block]:
    """What is written under a heading: one line as a paragraph, several as items."""
    lines = [
        sourced(line.strip())
        for each in sections
        for line in each.text.splitlines()
        if line.strip()
    ]
    if not lines:
        return [Text(NOTHING, note=True)]
    return [Text(lines[0])] if len(lines) == 1 else [Bullets(tuple(lines))]


def quoted(sections: Iterable[Section]) -> list[Block]:
    """As `written`, with each statement of an authority set as its quotation."""
    blocks: list[Block] = []
    for block in written(sections):
        lines = block.items if isinstance(block, Bullets) else ()
        if isinstance(block, Text) and not block.note:
            lines = (block.text,)
        if not any(map(_STATED.fullmatch, lines)):
            blocks.append(block)
            continue
        for line in lines:
            found = _STATED.fullmatch(line)
            if found is None:
                blocks.append(Text(line))
            else:
                by = at_the_beginning(partner(found["by"]))
                said_by = f"{by} stated{found['state']}: {found['source']}"
                blocks.append(Quote(f"“{found['quote']}”", said_by))
    return blocks
