"""Looking up many names at once. Nothing of what was pasted is kept."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from importers.normalise import countries, dates
from matching import model
from matching.evidence import Evidence
from matching.frequencies import Frequencies
from matching.model import Comparison
from matching.profile import Profile, profile
from matching.search import Hit
from registry.domain.cell import Listed
from registry.domain.party import Country, Kind, Name, NameRole, Party
from registry.domain.pasted import Candidate, Outcome, Pasted, PastedRow
from registry.domain.selection import Traits
from registry.services import review, search, snapshot
from registry.services.prepare import shown
from registry.services.snapshot import Snapshot
from registry.store import queries

CLOSELY = 4  # subjects that are compared in full
SHOWN = 3  # of them
NAMED_ALIKE = 0.8  # a name that explains less of the pasted one is not shown for itself
SAME_NAME = 0.99  # the very name, though it may be too common to tell who is meant
AT_ONCE = 100  # names whose candidates are in memory at a time
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


def look_up(session: Session, pasted: Sequence[Pasted], today: date) -> list[PastedRow]:
    """What today's lists hold that may be meant by each, in the order pasted."""
    day = snapshot.snapshot(session, today, today)
    index = search.index(session)
    counted = review.word_frequencies(session)
    index.names.look_up(each.name for each in pasted)
    rows: list[PastedRow] = []
    for start in range(0, len(pasted), AT_ONCE):
        batch = pasted[start : start + AT_ONCE]
        hits = [_hits(index, each, day) for each in batch]
        keys = {
            listed.key for found in hits for hit in found for listed in _listings(day.by_id[hit.id])
        }
        profiles = {
            key: shown(each, today)
            for key, each in queries.listings_by_key(session, sorted(keys)).items()
        }
        for each, found in zip(batch, hits, strict=True):
            rows.append(PastedRow(each, _candidates(each, found, day, profiles, counted)))
    return rows


def _hits(index: search.Index, pasted: Pasted, day: Snapshot) -> list[Hit]:
    exact = [
        Hit(subject, "", 2.0)
        for subject in index.exact.get(search.sign(pasted.name), ())
        if subject in day.by_id
    ]
    known = {hit.id for hit in exact}
    named = [
        hit
        for hit in index.names.search(pasted.name, CLOSELY)
        if hit.id in day.by_id and hit.id not in known
    ]
    return [*exact, *named]


def _listings(subject: Traits) -> Sequence[Listed]:
    return (*subject.facts.listings, *subject.facts.former)


def _candidates(
    pasted: Pasted,
    hits: Iterable[Hit],
    day: Snapshot,
    profiles: Mapping[str, Profile],
    counted: Frequencies,
) -> tuple[Candidate, ...]:
    found: list[tuple[float, Candidate]] = []
    for hit in hits:
        subject = day.by_id[hit.id]
        if not hit.name:
            said = (f"It is a reference or an identifier of {subject.facts.name}.",)
            found.append((float("inf"), Candidate(subject, Outcome.MATCH, "", None, said, ())))
            continue
        others = [profiles[each.key] for each in _listings(subject) if each.key in profiles]
        best = max(
            (model.compare(_read(pasted, other.kind), other, counted) for other in others),
            key=lambda compared: compared.score,
            default=None,
        )
        outcome = _outcome(best, hit) if best else None
        if best and outcome:
            found.append(
                (
                    best.score,
                    Candidate(
                        subject,
                        outcome,
                        hit.name,
                        best.probability,
                        _sentences(each for each in best.evidence if each.weight > 0),
                        _sentences(each for each in best.evidence if each.weight < 0),
                    ),
                )
            )
    found.sort(key=lambda each: -each[0])
    likely = [each for each in found if each[1].outcome is not Outcome.SIMILAR]
    return tuple(candidate for _, candidate in (likely or found)[:SHOWN])


def _outcome(compared: Comparison, hit: Hit) -> Outcome | None:
    """None where it is not worth showing."""
    if compared.score >= model.LINK and not compared.contradicted:
        return Outcome.MATCH
    if compared.score >= model.REVIEW or (hit.score >= SAME_NAME and not compared.contradicted):
        return Outcome.DOUBTFUL
    return Outcome.SIMILAR if hit.score >= NAMED_ALIKE else None


def _sentences(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(each.sentence for each in evidence if each.sentence)


def _read(pasted: Pasted, kind: Kind) -> Profile:
    """What was pasted, as an entry of that kind would be read."""
    born = _birth_date(pasted.birth_date) if kind is not Kind.ENTITY else ""
    country = _country(pasted.country)
    party = Party(
        kind,
        (Name(pasted.name, NameRole.PRIMARY),),
        birth_dates=(dates.birth_date(born),) if born else (),
        nationalities=(country,) if country else (),
    )
    return profile("", "", party)


def _birth_date(text: str) -> str:
    """Of 5/6/1970 nobody can tell which is the month: the year alone is taken."""
    numeric = _NUMERIC.fullmatch(text.strip())
    if not numeric:
        return text
    first, second, year = numeric.groups()
    if int(first) > 12 or first == second:
        return f"{year}-{second:0>2}-{first:0>2}"
    return f"{year}-{first:0>2}-{second:0>2}" if int(second) > 12 else year


def _country(text: str) -> Country | None:
    found = countries.country(text.upper() if len(text) == 2 else text) if text else None
    return found if found and found.code else None
