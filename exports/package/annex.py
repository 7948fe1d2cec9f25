"""The annex for one partner: its measures, instrument and test, and drafts in its list's form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from exports.package import wording
from exports.package.brief import facts_table
from exports.package.facts import WEAK, Fact, stated
from exports.papers.paper import Block, Heading, Paper, Table, Text
from registry.domain.cell import IN_FORCE, Cell
from registry.domain.designation import Measure
from registry.domain.package import Package
from registry.domain.party import Kind
from registry.domain.proposal import Subject
from registry.domain.publication import ConsolidatedRow
from registry.domain.section import Heading as Under


@dataclass(frozen=True, slots=True)
class Form:
    """How a partner's own list words an entry, and what it calls the reasons that go with it.

    `entry` makes (field, text) pairs of a subject's name, kind and facts.
    """

    entry_title: str
    reasons_title: str
    reasons_note: str
    entry: Callable[[str, Kind, Sequence[Fact]], list[tuple[str, str]]]


def paper(package: Package, partner: str) -> Paper:
    form = FORMS.get(partner, _PLAIN)
    name = wording.partner(partner)
    asked = {each.subject_id for each in package.proposal.asks if each.partner == partner}
    sought = [each for each in package.proposal.subjects if each.id in asked]
    done = [each for each in sought if _is_imposed(package, partner, each)]
    return Paper(
        title=f"Annex for {name}",
        subtitle=package.proposal.title,
        banner=wording.banner(package),
        label=wording.LABEL,
        made_on=package.made_on,
        lead=(
            ("Proposed by", wording.originators(package.proposal.marking)),
            ("Target date", wording.day(package.proposal.target_on)),
            *wording.embargo(package),
        ),
        blocks=(
            *_done(package, partner, done),
            *(
                block
                for each in sought
                if each not in done
                for block in _subject(package, partner, form, each)
            ),
        ),
    )


def _is_imposed(package: Package, partner: str, subject: Subject) -> bool:
    """Whether the partner imposes already all that is sought from it on the subject."""
    row = package.row(subject.id)
    return row is not None and all(
        row.state(partner, each.measure) in IN_FORCE
        for each in package.proposal.asks
        if (each.subject_id, each.partner) == (subject.id, partner)
    )


def _done(package: Package, partner: str, subjects: Sequence[Subject]) -> list[Block]:
    """Those on whom nothing is left to be done: no entry is drafted anew."""
    if not subjects:
        return []
    return [
        Heading("Designated already"),
        Table(
            ("Subject", *(wording.MEASURES[measure] for measure in Measure)),
            (4, 5, 5),
            tuple(
                (
                    each.name,
                    *(
                        wording.state(cell)
                        for measure in Measure
                        for cell in _cells(package, partner, each, measure)
                    ),
                )
                for each in subjects
            ),
            f"What {wording.partner(partner)} imposes on {wording.day(package.provenance.as_of)}",
        ),
    ]


def _cells(package: Package, partner: str, subject: Subject, measure: Measure) -> list[Cell]:
    row = package.row(subject.id)
    cells = row.cells if row else ()
    return [each for each in cells if (each.partner, each.measure) == (partner, measure)]


def _subject(package: Package, partner: str, form: Form, subject: Subject) -> list[Block]:
    row = package.row(subject.id)
    facts = stated(row)
    entry = form.entry(subject.name, row.kind if row else Kind.UNKNOWN, facts)
    reasons = [
        *package.sections(subject.id, Under.ROLE),
        *package.sections(subject.id, Under.CONDUCT),
    ]
    blocks: list[Block] = [
        Heading(subject.name),
        Heading("Measures sought", 2),
        _measures(package, partner, subject, row),
        Heading("Instrument that would serve", 2),
        *wording.written(package.sections(subject.id, Under.INSTRUMENT, partner)),
        Heading("Legal test, in our words", 2),
        *wording.written(package.sections(subject.id, Under.LEGAL_TEST, partner)),
        Heading(form.entry_title, 2),
        Table(("Field", "Draft"), (3, 9), tuple(entry), f"Draft entry of {subject.name}"),
        Heading(form.reasons_title, 2),
        Text(form.reasons_note, note=True),
        *wording.quoted(reasons),
        Heading("What speaks for the subject", 2),
        *wording.written(package.sections(subject.id, Under.EXCULPATORY)),
    ]
    if facts:
        blocks += [
            Heading("Identifiers and their sources", 2),
            facts_table(tuple(facts), f"What the lists state of {subject.name}"),
        ]
    return blocks


def _measures(
    package: Package, partner: str, subject: Subject, row: ConsolidatedRow | None
) -> Table:
    cells = {each.measure: each for each in row.cells if each.partner == partner} if row else {}
    asked = {
        each.measure
        for each in package.proposal.asks
        if each.partner == partner and each.subject_id == subject.id
    }
    return Table(
        ("Measure", "Now", "Why"),
        (3, 4, 6),
        tuple(
            (
                wording.MEASURES[measure],
                wording.state(cells[measure]) if measure in cells else "Unknown",
                cells[measure].basis if measure in cells else "",
            )
            for measure in Measure
            if measure in asked
        ),
        f"Sought from {wording.partner(partner)} for {subject.name}",
    )


def _values(facts: Sequence[Fact], *labels: str) -> str:
    return "; ".join(dict.fromkeys(each.value for each in facts if each.label in labels))


def _numbers(facts: Sequence[Fact]) -> list[Fact]:
    described = {*_DESCRIBING, "Address"}
    return [each for each in facts if each.label not in described]


_DESCRIBING = (
    "Name", "Also known as", "Former name", WEAK, "Born", "Date", "Place of birth",
    "Nationality", "Citizenship", "Gender", "Title", "Function",
)  # fmt: skip


def _latin(facts: Sequence[Fact], *, latin: bool) -> str:
    names = [each.value for each in facts if each.label in ("Name", "Also known as")]
    return "; ".join(dict.fromkeys(each for each in names if _is_latin(each) is latin))


def _is_latin(text: str) -> bool:
    return all(letter < "\u0250" or "\u1e00" <= letter < "\u2100" for letter in text)


def _filled(*fields: tuple[str, str]) -> list[tuple[str, str]]:
    """The fields that are known, and those which stay open on purpose."""
    return [(field, text) for field, text in fields if text]


def _eu(name: str, kind: Kind, facts: Sequence[Fact]) -> list[tuple[str, str]]:
    """The columns of the tables in annexes to Council Decisions and Regulations."""
    identifying = [
        f"{label}: {text}"
        for label, text in (
            ("Function", _values(facts, "Function", "Title")),
            ("DOB", _values(facts, "Born")),
            ("POB", _values(facts, "Place of birth")),
            ("Nationality", _values(facts, "Nationality", "Citizenship")),
            ("Gender", _values(facts, "Gender")),
            ("Address", _values(facts, "Address")),
        )
        if text
    ] + [f"{each.label}: {each.value}" for each in _numbers(facts)]
    return _filled(
        ("Name (Latin script)", _latin(facts, latin=True) or name),
        ("Name (original script)", _latin(facts, latin=False)),
        ("Identifying information", "; ".join(identifying)),
        ("Statement of reasons", "see below"),
        ("Date of listing", "left open"),
    )


def _uk(name: str, kind: Kind, facts: Sequence[Fact]) -> list[tuple[str, str]]:
    """The fields of the UK Sanctions List."""
    return _filled(
        ("Primary name", name),
        ("Name variations and aliases", _latin(facts, latin=True)),
        ("Name, non-Latin script", _latin(facts, latin=False)),
        ("Weak aliases", _values(facts, WEAK)),
        ("Individual, entity or ship", wording.KINDS[kind]),
        ("D.O.B.", _values(facts, "Born")),
        ("Place of birth", _values(facts, "Place of birth")),
        ("Nationality", _values(facts, "Nationality", "Citizenship")),
        ("Gender", _values(facts, "Gender")),
        ("Position", _values(facts, "Function")),
        ("Title", _values(facts, "Title")),
        ("Numbers", "; ".join(f"{each.label}: {each.value}" for each in _numbers(facts))),
        ("Address", _values(facts, "Address")),
        ("UK statement of reasons", "see below"),
    )


def _us(name: str, kind: Kind, facts: Sequence[Fact]) -> list[tuple[str, str]]:
    """One line, as notices of the Office of Foreign Assets Control word an entry."""
    parts = [name.upper()]
    aliases = [
        f"a.k.a. {each}"
        for each in dict.fromkeys(
            fact.value for fact in facts if fact.label in ("Name", "Also known as")
        )
        if each.casefold() != name.casefold()
    ]
    parts += [f"({'; '.join(aliases)})"] if aliases else []
    parts += [
        f"{label} {text}"
        for label, text in (
            ("DOB", _values(facts, "Born")),
            ("POB", _values(facts, "Place of birth")),
            ("nationality", _values(facts, "Nationality", "Citizenship")),
            ("Gender", _values(facts, "Gender")),
        )
        if text
    ]
    parts += [f"{each.label} {each.value}" for each in _numbers(facts)]
    return _filled(
        ("Entry", "; ".join(parts) + f" ({wording.KINDS[kind]})"),
        ("Function", _values(facts, "Function", "Title")),
        ("Address", _values(facts, "Address")),
        ("Programme tag", "left open"),
    )


def _ca(name: str, kind: Kind, facts: Sequence[Fact]) -> list[tuple[str, str]]:
    """The words of an item in a schedule to regulations: a name, and the day of birth."""
    born = _values(facts, "Born")
    return _filled(
        ("Item", f"{name} (born on {born})" if born else name),
        ("Also known as", _latin(facts, latin=True)),
        ("Original script", _latin(facts, latin=False)),
        ("Nationality", _values(facts, "Nationality", "Citizenship")),
        ("Schedule and part", "left open"),
    )


def _plain(name: str, kind: Kind, facts: Sequence[Fact]) -> list[tuple[str, str]]:
    return _filled(
        ("Name", name),
        ("Other names", _latin(facts, latin=True)),
        ("Original script", _latin(facts, latin=False)),
        ("Kind", wording.KINDS[kind]),
        ("Born", _values(facts, "Born")),
        ("Place of birth", _values(facts, "Place of birth")),
        ("Nationality", _values(facts, "Nationality", "Citizenship")),
        ("Function", _values(facts, "Function", "Title")),
        ("Numbers", "; ".join(f"{each.label}: {each.value}" for each in _numbers(facts))),
    )


_NOTE = (
    "A draft from what authorities stated, each with its source. It is attributed and not "
    "established; the partner replaces it by reasons of its own."
)
_PLAIN = Form("Draft entry", "Draft statement of reasons", _NOTE, _plain)
FORMS: Mapping[str, Form] = {
    "US": Form(
        "Draft entry, as a notice of OFAC words it",
        "Draft for the evidentiary memorandum",
        f"{_NOTE} The memorandum rests on the totality of the information before the Office.",
        _us,
    ),
    "EU": Form(
        "Draft entry, as the annex to a Council act",
        "Draft statement of reasons",
        f"{_NOTE} The Court of Justice asks for reasons that are individual, specific and "
        "concrete, and for evidence that can be shown.",
        _eu,
    ),
    "UK": Form(
        "Draft entry, as the UK Sanctions List words it",
        "Draft statement of reasons",
        _NOTE,
        _uk,
    ),
    "CA": Form("Draft item of a schedule", "Draft for the regulatory impact statement", _NOTE, _ca),
}
