"""Who is in a proposal: subjects taken in and taken out after it was begun."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.domain import handling
from registry.domain.account import Account
from registry.domain.handling import NotThere
from registry.domain.history import Entry, Event
from registry.domain.proposal import OPEN_TO_SUBJECTS, Proposal, Subject, words
from registry.domain.record import InvalidRecord, require
from registry.domain.section import Heading, next_revision
from registry.domain.selection import Traits
from registry.services import chronicle, closing, draft, propose, snapshot
from registry.store import portions, proposals, subjects


def take_in(
    session: Session,
    account: Account,
    proposal_id: str,
    started_from: int,
    subject_id: str,
    reason: str,
    exculpatory: str,
    waiver: str,
    today: date,
    at: datetime,
) -> Proposal:
    """Take another subject in, with its sections, seeking on it what the proposal seeks.

    Once partners have the proposal, it takes what circulation takes: a `reason`, what speaks for
    the subject (`exculpatory`), and a `waiver` where it may be mistaken for somebody else; those
    who may answer are told, as at circulation. What partners answered on other subjects stays as it
    is. Raises Overtaken if somebody changed the proposal meanwhile.
    """
    proposal = propose.changeable(session, account, proposal_id)
    day = snapshot.snapshot(session, today, today)
    (traits,) = propose.traits_of(session, day.by_id, [subject_id])
    subject = Subject(traits.facts.id, traits.facts.name)
    if proposal.stage not in OPEN_TO_SUBJECTS:
        raise InvalidRecord(
            f"A proposal that is {words(proposal.stage)} takes in nobody: partners agreed on those "
            f"who are in it. Begin another one for {subject.name}."
        )
    if subject.id in _present(session, proposal):
        raise InvalidRecord(f"{subject.name} is in the proposal already.")
    measures = frozenset(each.measure for each in proposal.asks)
    asks = tuple(propose.asks_on([traits], proposal.partners, measures))
    if not asks:
        raise InvalidRecord(f"Nothing that the proposal seeks can apply to {subject.name}.")
    risks = draft.risks(session, [subject.id]).get(subject.id, ())
    circulated = proposal.circulated_at is not None
    if circulated:
        _require_all(subject, reason, exculpatory, waiver, risks)
    changed = replace(
        proposal,
        subjects=(*proposal.subjects, subject),
        former=tuple(each for each in proposal.former if each.id != subject.id),
        asks=tuple(sorted({*proposal.asks, *asks})),
    )
    change = f"{subject.name} taken in"
    asked = propose.answering(session, changed.partners) if circulated else ()
    changed = _keep(
        session, account, proposal, changed, started_from, change, reason, at, also=asked
    )
    _write(session, account, changed, traits, exculpatory.strip(), today, at)
    if risks and waiver.strip():
        propose.waive(session, account, proposal_id, subject.id, waiver, at)
    closing.settle(session, changed, day.by_id, closing.editions(session, day.coverage), at)
    return changed


def take_out(
    session: Session,
    account: Account,
    proposal_id: str,
    started_from: int,
    subject_id: str,
    reason: str,
    today: date,
    at: datetime,
) -> Proposal:
    """Take a subject out, once partners have the proposal with a reason: nothing is sought on it
    any more. What was written and answered on it stays in the history, what was answered on others
    stays as it is. Raises Overtaken if somebody changed the proposal meanwhile."""
    proposal = propose.changeable(session, account, proposal_id)
    subject = next((each for each in proposal.subjects if each.id == subject_id), None)
    if subject is None:
        raise NotThere
    if proposal.circulated_at is not None:
        require(reason=reason)
    left = tuple(each for each in proposal.subjects if each.id != subject_id)
    asks = tuple(each for each in proposal.asks if each.subject_id != subject_id)
    if not left or not asks:
        raise InvalidRecord(
            f"Nothing would be sought any more without {subject.name}: withdraw the proposal."
        )
    changed = replace(
        proposal,
        subjects=left,
        former=(*proposal.former, replace(subject, removed_at=at)),
        asks=asks,
    )
    changed = _keep(
        session, account, proposal, changed, started_from, f"{subject.name} taken out", reason, at
    )
    day = snapshot.snapshot(session, today, today)
    closing.settle(session, changed, day.by_id, closing.editions(session, day.coverage), at)
    return changed


def risks(session: Session, subject_id: str) -> tuple[str, ...]:
    """Why a subject may be mistaken for somebody else, in sentences."""
    return draft.risks(session, [subject_id]).get(subject_id, ())


def _require_all(
    subject: Subject, reason: str, exculpatory: str, waiver: str, risks: tuple[str, ...]
) -> None:
    require(reason=reason)
    if not exculpatory.strip():
        raise InvalidRecord(
            f"Write down what speaks for {subject.name} (“none found” and where you looked, if "
            "so): partners have the proposal already."
        )
    if risks and not waiver.strip():
        raise InvalidRecord(
            f"Whether the right one is meant is not sure enough: {subject.name}. Record a waiver "
            "with its reason."
        )


def _present(session: Session, proposal: Proposal) -> frozenset[str]:
    """The subjects of a proposal; of a merged one also its successor."""
    found = [subjects.find(session, each.id) for each in proposal.subjects]
    return frozenset({each.id for each in proposal.subjects} | {each.id for each in found if each})


def _keep(
    session: Session,
    account: Account,
    proposal: Proposal,
    changed: Proposal,
    started_from: int,
    change: str,
    reason: str,
    at: datetime,
    *,
    also: Iterable[int] = (),
) -> Proposal:
    """Keep the proposal with its other subjects, and in the history the change, in words, and why.
    Watchers are told, and the accounts `also`, if they may read it. Raises Overtaken if it was
    changed since `started_from`."""
    names = "\n".join(each.name for each in proposal.subjects)
    revision = next_revision(started_from, proposal.revision, yours=change, theirs=names)
    kept = replace(changed, revision=revision)
    proposals.update(session, kept)
    entry = Entry(Event.SUBJECTS, change, account.id, account.affiliation, at, after=reason.strip())
    chronicle.record(session, kept.id, entry, also=also)
    return kept


def _write(
    session: Session,
    account: Account,
    proposal: Proposal,
    traits: Traits,
    exculpatory: str,
    today: date,
    at: datetime,
) -> None:
    """The sections of a subject that is taken in; those from an earlier time stay what they are."""
    reader = handling.reader(account)
    written = {
        (each.value.heading, each.value.partner): each
        for each in portions.sections(session, reader, proposal.id)
        if each.value.subject_id == traits.facts.id
    }
    for section in draft.sections(session, traits, proposal.partners, today):
        told = section.heading is Heading.EXCULPATORY and exculpatory
        new = replace(section, text=exculpatory) if told else section
        earlier = written.get((section.heading, section.partner))
        if earlier is None:
            portion = propose.section_portion(new, proposal, account, at)
            portions.add(session, proposal.id, portion)
        elif told:
            propose.write(
                session,
                account,
                proposal.id,
                earlier.id,
                earlier.value.revision,
                exculpatory,
                at,
            )
