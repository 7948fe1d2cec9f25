"""Proposals: starting them from the coverage, writing them, marking them, moving them on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.domain import handling, reference
from registry.domain.account import Account, may_speak_for
from registry.domain.cell import PARTNERS, State
from registry.domain.days import require_near
from registry.domain.designation import Measure
from registry.domain.handling import Marking, NotThere, mark, remarked
from registry.domain.history import Entry, Event
from registry.domain.portion import Portion, Waiver, latest
from registry.domain.position import Ask, Status
from registry.domain.proposal import (
    Proposal,
    Stage,
    Subject,
    may_circulate,
    moved,
    require_drafter,
    require_originator,
    unnamed,
    unreleased,
    words,
)
from registry.domain.record import InvalidRecord
from registry.domain.section import Heading, Section, next_revision
from registry.domain.selection import Traits
from registry.services import audit, chronicle, closing, draft, lot, snapshot
from registry.store import accounts, history, portions, proposals, subjects


@dataclass(frozen=True, slots=True)
class Fields:
    """What a drafter writes of the proposal itself."""

    title: str
    summary: str = ""
    situation: str = ""
    target_on: date | None = None
    embargo_until: date | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What a draft lacks before it can be circulated.

    `readers` are partners that are asked and may not read it, `unnamed` those of which a RED mark
    names nobody who may answer, `unwritten` the subjects of whom it
    is not written down what speaks for them; `unwaived` has, by subject, the risks of mistaken
    identity that nobody has waived as they are now.
    """

    readers: tuple[str, ...]
    unnamed: tuple[str, ...]
    unwritten: tuple[Subject, ...]
    unwaived: Mapping[str, tuple[str, ...]]

    @property
    def count(self) -> int:
        return bool(self.readers) + bool(self.unnamed) + len(self.unwritten) + len(self.unwaived)


def get(session: Session, account: Account, proposal_id: str) -> Proposal:
    """The proposal. Raises NotThere if the account may not read it, or if there is none."""
    found = proposals.find(session, handling.reader(account), proposal_id)
    if found is None:
        raise NotThere
    return found


def note_read(session: Session, shown: Collection[tuple[str, Marking]], page: str = "") -> None:
    """Record that whoever acts was shown these (proposal, mark of what stood there): on the
    proposal's own page, or on another one that names it.

    An entry is there for the auditors of those who may read any of it, whatever else stood beside
    it: were it hidden with a portion that is kept back, its absence would tell of that.
    """
    by_audience: dict[frozenset[str], list[str]] = {}
    for each, audience in proposals.audiences(session, shown).items():
        by_audience.setdefault(audience, []).append(each)
    for audience in sorted(by_audience, key=sorted):
        audit.record_reads(session, "proposal", by_audience[audience], audience, page)


def start(
    session: Session,
    account: Account,
    fields: Fields,
    subject_ids: Iterable[str],
    partners: Iterable[str],
    measures: Iterable[Measure],
    today: date,
    at: datetime,
) -> Proposal:
    """Make a draft on these subjects, filled from the registry and marked for its originator alone.

    It seeks each of the measures from each of the partners, where the measure can apply. What the
    lists show already is entered at once.
    """
    require_drafter(account)
    _require_days(fields, today)
    day = snapshot.snapshot(session, today, today)
    chosen = traits_of(session, day.by_id, subject_ids)
    asked = tuple(each for each in PARTNERS if each in set(partners))
    proposal = Proposal(
        id=lot.drawn(),
        title=fields.title.strip(),
        summary=fields.summary.strip(),
        situation=_situation(fields.situation),
        stage=Stage.DRAFT,
        marking=mark(account.affiliation),
        subjects=tuple(Subject(each.facts.id, each.facts.name) for each in chosen),
        asks=tuple(sorted(asks_on(chosen, asked, frozenset(measures)))),
        created_at=at,
        created_by=account.id,
        target_on=fields.target_on,
        embargo_until=fields.embargo_until,
    )
    proposals.add(session, proposal)
    names = ", ".join(each.name for each in proposal.subjects)
    _record(session, proposal, account, Event.CREATED, names, at)
    for each in chosen:
        for section in draft.sections(session, each, proposal.partners, today):
            portions.add(session, proposal.id, section_portion(section, proposal, account, at))
    edition_of = closing.editions(session, day.coverage)
    closing.settle(session, proposal, day.by_id, edition_of, at)
    history.watch(session, proposal.id, account.id)
    return proposal


def edit(
    session: Session,
    account: Account,
    proposal_id: str,
    started_from: int,
    fields: Fields,
    at: datetime,
) -> Proposal:
    """Change the proposal's own fields. Raises Overtaken if somebody else did so meanwhile."""
    proposal = changeable(session, account, proposal_id)
    _require_days(fields, at.date())
    revision = next_revision(
        started_from, proposal.revision, yours=_text(fields), theirs=_text(_fields(proposal))
    )
    changed = replace(
        proposal,
        title=fields.title.strip(),
        summary=fields.summary.strip(),
        situation=_situation(fields.situation),
        target_on=fields.target_on,
        embargo_until=fields.embargo_until,
        revision=revision,
    )
    proposals.update(session, changed)
    entry = _entry(account, Event.EDITED, "title, summary and dates", at)
    chronicle.record(
        session,
        proposal.id,
        replace(entry, before=_text(_fields(proposal)), after=_text(_fields(changed))),
    )
    return changed


def seek(
    session: Session,
    account: Account,
    proposal_id: str,
    started_from: int,
    asks: Iterable[Ask],
    today: date,
    at: datetime,
) -> Proposal:
    """Change what a draft seeks, among what can be sought on its subjects; a partner that was not
    asked before gets its sections. Raises Overtaken if somebody else changed it meanwhile."""
    proposal = changeable(session, account, proposal_id)
    if proposal.stage is not Stage.DRAFT:
        raise InvalidRecord("What is sought is settled when the proposal is circulated.")
    wanted = tuple(sorted(set(asks)))
    if not set(wanted) <= set(possible_asks(session, proposal, today)):
        raise InvalidRecord("One of these can not be sought: the measure does not apply there.")
    before, after = _sought(proposal, proposal.asks), _sought(proposal, wanted)
    revision = next_revision(started_from, proposal.revision, yours=after, theirs=before)
    changed = replace(proposal, asks=wanted, revision=revision)
    proposals.update(session, changed)
    day = snapshot.snapshot(session, today, today)
    new = [each for each in changed.partners if each not in proposal.partners]
    for each in traits_of(session, day.by_id, [subject.id for subject in proposal.subjects]):
        for section in draft.sections(session, each, new, today):
            if section.partner in new:
                portions.add(session, proposal_id, section_portion(section, proposal, account, at))
    entry = _entry(account, Event.EDITED, "what is sought", at)
    chronicle.record(session, proposal_id, replace(entry, before=before, after=after))
    closing.settle(session, changed, day.by_id, closing.editions(session, day.coverage), at)
    return changed


def possible_asks(session: Session, proposal: Proposal, today: date) -> tuple[Ask, ...]:
    """All that could be sought on the subjects of a proposal, and what it seeks already."""
    by_id = snapshot.snapshot(session, today, today).by_id
    found = [by_id[each.id] for each in proposal.subjects if each.id in by_id]
    able = set(asks_on(found, PARTNERS, frozenset(Measure)))
    return tuple(sorted(able.union(proposal.asks)))


def write(
    session: Session,
    account: Account,
    proposal_id: str,
    section_id: str,
    started_from: int,
    text: str,
    at: datetime,
) -> Section:
    """Write a section anew. Raises Overtaken if somebody else did so meanwhile."""
    proposal = changeable(session, account, proposal_id)
    found = _find(portions.sections(session, handling.reader(account), proposal_id), section_id)
    old = found.value
    plain = text.replace("\r\n", "\n").strip()
    revision = next_revision(started_from, old.revision, yours=plain, theirs=old.text)
    new = replace(old, text=plain, revision=revision)
    portions.set_section(session, section_id, new)
    entry = _entry(account, Event.SECTION, heading(proposal, new), at, section_id)
    chronicle.record(session, proposal.id, replace(entry, before=old.text, after=new.text))
    return new


def mark_proposal(
    session: Session, account: Account, proposal_id: str, marking: Marking, at: datetime
) -> None:
    """Mark the proposal anew, and with it every portion that follows it.

    Raises InvalidRecord if the change is not the account's to make.
    """
    proposal = changeable(session, account, proposal_id)
    remarked(proposal.marking, marking, account.affiliation)
    if proposal.circulated_at is not None:
        may_circulate(replace(proposal, marking=marking), (), _named(session, marking))
    proposals.update(session, replace(proposal, marking=marking))
    _record_marks(session, proposal.id, account, "the proposal", proposal.marking, marking, at)


def mark_section(
    session: Session,
    account: Account,
    proposal_id: str,
    section_id: str,
    marking: Marking | None,
    at: datetime,
) -> None:
    """Mark a section by itself, or let it follow the proposal's mark (None)."""
    proposal = changeable(session, account, proposal_id)
    found = _find(portions.sections(session, handling.reader(account), proposal_id), section_id)
    new = remarked(found.marking, marking or proposal.marking, account.affiliation)
    portions.mark_anew(session, section_id, new, follows=marking is None)
    what = heading(proposal, found.value)
    _record_marks(session, proposal_id, account, what, found.marking, new, at, section_id)


def move(
    session: Session, account: Account, proposal_id: str, to: Stage, today: date, at: datetime
) -> Proposal:
    """Move the proposal to another stage; at circulation those who may answer are told. Raises
    InvalidRecord if it is not ready for it."""
    proposal = changeable(session, account, proposal_id)
    given = latest(portions.current_positions(session, proposal_id))
    designated = sum(
        each.value.status is Status.DESIGNATED and ask in proposal.asks
        for ask, each in given.items()
    )
    changed = replace(proposal, stage=moved(proposal, to, today, designated))
    if to is Stage.CIRCULATED:
        _require_ready(session, account, proposal)
        changed = replace(changed, circulated_at=at)
    if to is Stage.AGREED:
        changed = replace(changed, agreed_on=today)
    proposals.update(session, changed)
    entry = _entry(account, Event.STAGE, f"{words(proposal.stage)} → {words(to)}", at)
    asked = answering(session, changed.partners) if to is Stage.CIRCULATED else ()
    chronicle.record(session, proposal.id, entry, also=asked)
    return changed


def waive(
    session: Session,
    account: Account,
    proposal_id: str,
    subject_id: str,
    reason: str,
    at: datetime,
) -> None:
    """Accept the risk that a subject is mistaken for somebody else, with a reason."""
    proposal = changeable(session, account, proposal_id)
    name = next((each.name for each in proposal.subjects if each.id == subject_id), None)
    if name is None:
        raise NotThere
    risks = draft.risks(session, [subject_id]).get(subject_id)
    if not risks:
        raise InvalidRecord(
            f"{name} needs no waiver: its identity rests on two strong identifiers."
        )
    waiver = Waiver(subject_id, risks, reason.strip())
    portion = Portion(
        lot.drawn(), waiver, proposal.marking, True, account.id, account.affiliation, at
    )
    portions.add(session, proposal_id, portion)
    entry = _entry(account, Event.WAIVER, name, at, portion.id)
    chronicle.record(session, proposal_id, replace(entry, after=waiver.reason))


def missing(session: Session, account: Account, proposal: Proposal) -> Missing:
    """What has to be done before the proposal can be circulated, as far as the account sees it."""
    sections = portions.sections(session, handling.reader(account), proposal.id)
    written = {
        each.value.subject_id
        for each in sections
        if each.value.heading is Heading.EXCULPATORY and not each.value.is_empty
    }
    return Missing(
        unreleased(proposal),
        unnamed(proposal, _named(session, proposal.marking)),
        tuple(each for each in proposal.subjects if each.id not in written),
        _unwaived(session, account, proposal),
    )


def _unwaived(session: Session, account: Account, proposal: Proposal) -> dict[str, tuple[str, ...]]:
    """By subject, the risks of mistaken identity that nobody has waived as they are now."""
    given = portions.waivers(session, handling.reader(account), proposal.id)
    waived = {(each.value.subject_id, each.value.risks) for each in given}
    found = draft.risks(session, [each.id for each in proposal.subjects])
    return {subject: risks for subject, risks in found.items() if (subject, risks) not in waived}


def heading(proposal: Proposal, section: Section) -> str:
    """A section in words: what, on whom, for which partner."""
    name = proposal.names.get(section.subject_id, "the proposal")
    partner = f" ({section.partner})" if section.partner else ""
    return f"{section.heading.value.replace('-', ' ')}{partner}, {name}"


def _require_ready(session: Session, account: Account, proposal: Proposal) -> None:
    lacking = missing(session, account, proposal)
    may_circulate(
        proposal,
        tuple(each.name for each in lacking.unwritten),
        _named(session, proposal.marking),
    )
    if lacking.unwaived:
        names = ", ".join(each.name for each in proposal.subjects if each.id in lacking.unwaived)
        raise InvalidRecord(
            f"Whether the right one is meant is not sure enough: {names}. Add identifiers to the "
            "registry, or record a waiver with its reason."
        )


def _named(session: Session, marking: Marking) -> frozenset[str]:
    """The partners of which a RED mark names somebody who may answer."""
    return frozenset(
        each.affiliation
        for each in accounts.with_ids(session, marking.recipients or ())
        if may_speak_for(each, each.affiliation)
    )


def answering(session: Session, partners: Collection[str]) -> set[int]:
    """The accounts that may answer for one of these partners."""
    theirs = accounts.belonging(session, partners)
    return {each.id for each in theirs if may_speak_for(each, each.affiliation)}


def changeable(session: Session, account: Account, proposal_id: str) -> Proposal:
    """A proposal that the account may change. Raises NotThere, NotAllowed or InvalidRecord."""
    proposal = get(session, account, proposal_id)
    require_originator(account, proposal)
    return proposal


def _find(found: Iterable[Portion[Section]], portion_id: str) -> Portion[Section]:
    portion = next((each for each in found if each.id == portion_id), None)
    if portion is None:
        raise NotThere
    return portion


def traits_of(
    session: Session, by_id: Mapping[str, Traits], subject_ids: Iterable[str]
) -> tuple[Traits, ...]:
    """The coverage of the subjects, each once; of a merged one that of its successor."""
    found: dict[str, Traits] = {}
    for each in subject_ids:
        subject = subjects.find(session, each)
        if subject is None or subject.id not in by_id:
            raise InvalidRecord(f"There is no subject {each} that a list names.")
        found[subject.id] = by_id[subject.id]
    return tuple(found.values())


def asks_on(
    subjects_: Iterable[Traits], partners: tuple[str, ...], measures: frozenset[Measure]
) -> Iterable[Ask]:
    """What can be sought on the subjects: each of the measures from each of the partners, but for
    those that can not apply."""
    for each in subjects_:
        for cell in each.cells:
            if (
                cell.partner in partners
                and cell.measure in measures
                and cell.state is not State.NOT_APPLICABLE
            ):
                yield Ask(each.facts.id, cell.measure, cell.partner)


def _require_days(fields: Fields, today: date) -> None:
    require_near(today, target_on=fields.target_on, embargo_until=fields.embargo_until)


def _situation(key: str) -> str:
    if key and key not in reference.situations():
        raise InvalidRecord(f"There is no situation {key!r}.")
    return key


def _titled(situation: str) -> str:
    known = reference.situations().get(situation)
    return known.title if known else situation


def _fields(proposal: Proposal) -> Fields:
    return Fields(
        proposal.title,
        proposal.summary,
        proposal.situation,
        proposal.target_on,
        proposal.embargo_until,
    )


def _text(fields: Fields) -> str:
    """The fields as one text, to be compared and kept in the history."""
    return "\n".join(
        (
            f"Title: {fields.title}",
            f"Situation: {_titled(fields.situation) or 'none'}",
            f"Target date: {fields.target_on or 'none'}",
            f"Embargo until: {fields.embargo_until or 'none'}",
            f"Summary: {fields.summary or 'none'}",
        )
    )


def _sought(proposal: Proposal, asks: Iterable[Ask]) -> str:
    return "\n".join(closing.what(proposal, each) for each in sorted(asks))


def section_portion(
    section: Section, proposal: Proposal, account: Account, at: datetime
) -> Portion[Section]:
    """A new section that has the mark of its proposal."""
    return Portion(
        lot.drawn(), section, proposal.marking, True, account.id, account.affiliation, at
    )


def _entry(account: Account, event: Event, detail: str, at: datetime, portion: str = "") -> Entry:
    return Entry(event, detail, account.id, account.affiliation, at, portion=portion)


def _record(
    session: Session, proposal: Proposal, account: Account, event: Event, detail: str, at: datetime
) -> None:
    chronicle.record(session, proposal.id, _entry(account, event, detail, at))


def _record_marks(
    session: Session,
    proposal_id: str,
    account: Account,
    what: str,
    old: Marking,
    new: Marking,
    at: datetime,
    portion: str = "",
) -> None:
    """Who reads both marks reads of the change: it is kept under the old one."""
    entry = replace(
        _entry(account, Event.MARKING, what, at, portion), before=old.line, after=new.line
    )
    chronicle.record(session, proposal_id, entry, marking=old)
