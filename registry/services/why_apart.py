"""Why two listings that came near are not one subject, in sentences that name the listings."""

from datetime import date

from sqlalchemy.orm import Session

from matching import model
from matching.apart import Apart, apart
from matching.compared import Compared
from matching.objections import Count, Objection
from matching.profile import Profile
from matching.rivals import Pair, ordered
from registry.services import review
from registry.services.prepare import shown
from registry.store import queries, scores, subjects
from registry.store.queries import ListingDetail


def why_apart(session: Session, left: str, right: str, on: date) -> tuple[str, ...]:
    """What keeps two listings, given by their keys, from being linked; () if matching has nothing
    against it, as where reviewers parted them. `on` tells who is a minor."""
    known = _Known(session, on)
    known.look_up({left, right})
    sides = (_cluster(session, known.detail(left)), _cluster(session, known.detail(right)))
    if sides[0] & sides[1]:
        return ()
    near = scores.touching(session, (left, right))
    beside = {key for pair in near for key in pair}
    near |= scores.touching(session, beside)
    known.look_up({key for pair in near for key in pair} | sides[0] | sides[1])
    pairs = Compared(known.profile, known.list_of, review.word_frequencies(session), near)
    found = apart((left, right), sides, near, pairs, model.RULES)
    return tuple(_sentences(found, pairs.score(left, right), near, known))


def _cluster(session: Session, each: ListingDetail) -> frozenset[str]:
    if each.subject_id is None:
        return frozenset({each.key})
    return frozenset(subjects.listing_keys(session, each.subject_id))


class _Known:
    """Listings by key, each looked up once."""

    def __init__(self, session: Session, on: date) -> None:
        self._session = session
        self._on = on
        self._details: dict[str, ListingDetail] = {}
        self._profiles: dict[str, Profile] = {}

    def look_up(self, keys: set[str]) -> None:
        if missing := sorted(keys - self._details.keys()):
            self._details |= queries.listings_by_key(self._session, missing)

    def detail(self, key: str) -> ListingDetail:
        self.look_up({key})
        return self._details[key]

    def list_of(self, key: str) -> str:
        return self.detail(key).official_list

    def profile(self, key: str) -> Profile:
        if key not in self._profiles:
            self._profiles[key] = shown(self.detail(key), self._on)
        return self._profiles[key]

    def name(self, key: str) -> str:
        each = self.detail(key)
        return f"{each.party.name} ({each.official_list} {each.reference})"

    def names(self, pair: Pair) -> str:
        return " and ".join(map(self.name, pair))


def _sentences(found: Apart, score: float, near: dict[Pair, float], known: _Known) -> list[str]:
    said = []
    if found.weak:
        said.append(f"By itself a pair is linked from {model.LINK:+.1f}; this one has {score:+.1f}")
    for rival, ours in found.rivals:
        value = near[ordered(rival, ours)]
        fits = "fits better" if value > score else "fits nearly as well"
        said.append(f"{known.name(rival)} {fits} beside {known.name(ours)}: {value:+.1f}")
    said += [_objection(each, known) for each in found.objections]
    if found.against:
        worst = "; ".join(f"{known.names(each.pair)} {each.value:+.1f}" for each in found.against)
        said.append(
            f"All listings of the two subjects, taken together, speak against it "
            f"({found.total:+.1f}), most of all {worst}"
        )
    return said


def _objection(each: Count, known: _Known) -> str:
    if each.objection is Objection.REGISTERED:
        return f"A register gives {known.names(each.pair)} two numbers"
    official_list = known.list_of(each.pair[0])
    return f"{official_list} keeps {known.names(each.pair)} apart, one of each subject"
