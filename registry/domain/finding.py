"""What an authority's own words name, as reviewers have it: proposed, confirmed or rejected.

A finding belongs to one designation of one listing. Reviews are only ever added; the latest one on
a finding counts, as long as the sentence that it rests on stands word for word.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from registry.domain import conduct, reference, statement
from registry.domain.conduct import Doubt, Family
from registry.domain.designation import Designation
from registry.domain.party import Party
from registry.domain.programme import Standing
from registry.domain.record import InvalidRecord, require

READ_LANGUAGES = ("", "en")  # "": the list does not say


class Verdict(StrEnum):
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class State(StrEnum):
    """PROPOSED and DOUBTFUL are the machine's; REOPENED: the text was changed since a review."""

    PROPOSED = "proposed"
    DOUBTFUL = "doubtful"
    CONFIRMED = Verdict.CONFIRMED.value
    REJECTED = Verdict.REJECTED.value
    REOPENED = "reopened"


class Origin(StrEnum):
    """Where the authority says it."""

    REASON = "statement of reasons"
    REMARK = "remarks"


@dataclass(frozen=True, slots=True)
class DesignationKey:
    """A designation by what its list writes: the programme's code and the legal act. Remarks speak
    of the listing as a whole: they have neither."""

    listing: str
    code: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A text of the authority's own on one listing."""

    of: DesignationKey
    origin: Origin
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Conduct that a statement names. `sentence` is its number in the statement, `start` the
    quote's place in characters, `whole` the sentence that it stands in."""

    of: DesignationKey
    origin: Origin
    families: tuple[Family, ...]
    quote: str
    sentence: int
    start: int
    whole: str
    doubt: Doubt | None = None

    @property
    def id(self) -> str:
        """Ten hexadecimal digits, the same as long as the sentence and the quote are."""
        return fingerprint(self.whole, self.quote)


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer said of a finding, with the quote as it stood then."""

    of: DesignationKey
    origin: Origin
    finding: str
    families: tuple[Family, ...]
    quote: str
    whole: str
    verdict: Verdict
    reviewer: str
    reason: str
    reviewed_at: datetime

    def __post_init__(self) -> None:
        require(reviewer=self.reviewer, reason=self.reason)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A finding with its state, and the review that gave it."""

    finding: Finding
    state: State
    review: Review | None = None


def fingerprint(whole: str, quote: str) -> str:
    plain = " ".join(whole.split()) + "\n" + " ".join(quote.split())
    return hashlib.sha256(plain.encode()).hexdigest()[:10]


def statements(
    listing: str, official_list: str, party: Party, designations: Iterable[Designation]
) -> tuple[Statement, ...]:
    """The authority's own texts on a listing, each once.

    None of a programme that reaches people who work on accountability: what such a text names is
    what they look into.
    """
    acts = not_adverse(official_list, designations)
    if not acts:
        return ()
    found = [
        Statement(DesignationKey(listing, each.code, each.act), Origin.REASON, each.reason)
        for each in acts
        if each.reason and each.reason_language in READ_LANGUAGES
    ]
    found += [
        Statement(DesignationKey(listing), Origin.REMARK, each) for each in party.remarks if each
    ]
    return tuple(dict.fromkeys(found))


def not_adverse(official_list: str, designations: Iterable[Designation]) -> tuple[Designation, ...]:
    """The designations but for those that reach people who work on accountability."""
    found = []
    for each in designations:
        programme = reference.programme_for(official_list, each.code, each.act)
        if programme is None or programme.standing is not Standing.ADVERSE:
            found.append(each)
    return tuple(found)


def proposed(stated: Iterable[Statement], party: Party) -> tuple[Finding, ...]:
    """What the machine finds in these statements, each once."""
    found = {
        (each.of, passage.whole, passage.quote): Finding(
            each.of,
            each.origin,
            passage.families,
            passage.quote,
            passage.sentence,
            passage.start,
            passage.whole,
            passage.doubt,
        )
        for each in stated
        for passage in conduct.passages(each.text, party)
    }
    return tuple(found.values())


def quoted(stated: Iterable[Statement], quote: str, families: Iterable[Family] = ()) -> Finding:
    """A finding that a reviewer makes: their own quote, with the families that they give it or
    that its words name.

    Raises InvalidRecord if it does not stand word for word in one sentence of a statement, is
    too long, or names no family.
    """
    quote = quote.strip()
    if not quote or len(quote.split()) > conduct.MOST_WORDS:
        raise InvalidRecord(f"A quote has 1 to {conduct.MOST_WORDS} words.")
    named = tuple(families) or conduct.families(quote)
    if not named:
        raise InvalidRecord(
            f"The quote names no family of conduct; give one of {', '.join(Family)}."
        )
    for each in stated:
        for number, (start, sentence) in enumerate(statement.split(each.text), start=1):
            if quote in sentence:
                place = start + sentence.index(quote)
                return Finding(each.of, each.origin, named, quote, number, place, sentence)
    raise InvalidRecord(
        "The quote does not stand word for word in one sentence of what the list says."
    )


def latest(reviews: Iterable[Review]) -> dict[tuple[DesignationKey, str], Review]:
    """By designation and finding, the review that counts; `reviews` in the order of recording."""
    return {(each.of, each.finding): each for each in reviews}


def reviewed(
    found: Iterable[Finding], stated: Iterable[Statement], reviews: Iterable[Review]
) -> tuple[Reviewed, ...]:
    """Everything found in one listing, and everything that was reviewed there, with its state."""
    counted = latest(reviews)
    seen = set()
    result = []
    for each in found:
        seen.add((each.of, each.id))
        review = counted.get((each.of, each.id))
        unreviewed = State.DOUBTFUL if each.doubt else State.PROPOSED
        result.append(Reviewed(each, State(review.verdict) if review else unreviewed, review))
    sentences = sentences_of(stated)
    for key, review in counted.items():
        if key not in seen:
            place = sentences.get((review.of, review.whole))
            result.append(_again(review, place))
    return tuple(result)


def _again(review: Review, place: tuple[int, int] | None) -> Reviewed:
    """A finding made from its review: the machine has not found it, or the text is another."""
    number, start = place or (0, 0)
    finding = Finding(
        review.of,
        review.origin,
        review.families,
        review.quote,
        number,
        start + review.whole.index(review.quote),
        review.whole,
    )
    return Reviewed(finding, State(review.verdict) if place else State.REOPENED, review)


def sentences_of(
    stated: Iterable[Statement],
) -> Mapping[tuple[DesignationKey, str], tuple[int, int]]:
    """The number and the place of every sentence, by designation and words."""
    return dict(_sentences(stated))


def _sentences(
    stated: Iterable[Statement],
) -> Iterator[tuple[tuple[DesignationKey, str], tuple[int, int]]]:
    for each in stated:
        for number, (start, sentence) in enumerate(statement.split(each.text), start=1):
            yield (each.of, sentence), (number, start)


def standing(reviews: Iterable[Review], stated: Iterable[Statement]) -> frozenset[DesignationKey]:
    """The designations that count as stated: a confirmed sentence still stands word for word."""
    sentences = sentences_of(stated)
    return frozenset(
        review.of
        for review in latest(reviews).values()
        if review.verdict is Verdict.CONFIRMED and (review.of, review.whole) in sentences
    )
