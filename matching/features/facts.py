"""Features that compare countries, places, gender and legal form."""

from functools import lru_cache

from babel import Locale

from matching.evidence import MISSING, Fact, Level
from matching.naming import NameForm
from matching.profile import Profile
from registry.domain.party import Kind

SHARED_WORDS = (Level.DIFFERENT, Level.APART, Level.PARTIAL, Level.CLOSE, Level.SAME)
# Forms that a Russian company passed through without becoming another one: state enterprises were
# made joint-stock companies, and open ones lost the word in 2014 (Federal Law 99-FZ).
SUCCEEDING = frozenset({"state", "jsc", "pjsc"})
LOOSE = frozenset({"company", "corporation", "enterprise", "holding", "group", "concern"})


def country(left: Profile, right: Profile) -> Fact:
    """Whether both speak of the same country: as nationality, or in any other way."""
    if both := left.countries & right.countries:
        named = _countries(both)
        return Fact(Level.SAME, named, named, f"Both are nationals of {named}")
    if not left.ties or not right.ties:
        return MISSING
    shown = _countries(left.ties), _countries(right.ties)
    if both := left.ties & right.ties:
        named = _countries(both)
        return Fact(Level.COMPATIBLE, *shown, f"Both have to do with {named}")
    if not left.stated or not right.stated:
        # One of them sanctions people of many countries for what was done in its own.
        return Fact(
            Level.PARTIAL, *shown, f"Under programmes of other countries: {shown[0]} and {shown[1]}"
        )
    level = Level.DIFFERENT if left.countries and right.countries else Level.APART
    return Fact(level, *shown, f"Different countries: {shown[0]} and {shown[1]}")


@lru_cache(maxsize=1 << 12)
def _countries(codes: frozenset[str]) -> str:
    """Their English names, those of the Unicode locale data."""
    names = Locale("en").territories
    return ", ".join(sorted(names.get(code, code) for code in codes))


def other_names(left: Profile, right: Profile) -> Fact:
    """Whether two parties of several names each have more than one of them in common, spelled
    alike; `amount` counts those beyond the first."""
    if len(left.spellings) < 2 or len(right.spellings) < 2:
        return MISSING
    common = len(left.spellings & right.spellings)
    if common > 1:
        return Fact(Level.SAME, sentence=f"{common} names agree to the letter", amount=common - 1)
    ours, theirs = _full_names(left), _full_names(right)
    if len(ours) < 2 or len(theirs) < 2 or len(ours & theirs) > 1:
        return MISSING
    return Fact(Level.DIFFERENT, sentence="Both have several names, but hardly one in common")


def _full_names(profile: Profile) -> set[frozenset[str]]:
    return {frozenset(form.tokens) for form in profile.names if _is_full(form)}


def _is_full(form: NameForm) -> bool:
    return not form.weak and len(form.tokens) > 1


def official_list(left: Profile, right: Profile) -> Fact:
    """Whether both stand on one list. An authority that keeps two entries under one programme says
    that they are two; under two programmes it may list a party twice."""
    if left.official_list != right.official_list:
        return MISSING
    if left.programmes & right.programmes:
        return Fact(Level.DIFFERENT, sentence="One list keeps them apart under one programme")
    return Fact(Level.APART, sentence="Both stand on one list, which seldom names a party twice")


def kind(left: Profile, right: Profile) -> Fact:
    """Whether both are listed as the same sort of party; some lists enter ships as entities."""
    if Kind.UNKNOWN in (left.kind, right.kind):
        return MISSING
    if left.kind is right.kind:
        return Fact(Level.SAME, left.kind, right.kind, f"Both are of the kind {left.kind}")
    return Fact(Level.DIFFERENT, left.kind, right.kind, f"Listed as {left.kind} and {right.kind}")


def gender(left: Profile, right: Profile) -> Fact:
    """Whether the stated genders agree."""
    if not left.genders or not right.genders:
        return MISSING
    shown = "/".join(sorted(left.genders)), "/".join(sorted(right.genders))
    if left.genders & right.genders:
        return Fact(Level.SAME, *shown, f"Both are {shown[0]}")
    return Fact(Level.DIFFERENT, *shown, f"One is {shown[0]}, the other {shown[1]}")


def birth_place(left: Profile, right: Profile) -> Fact:
    """Whether the places of birth share a name."""
    if not left.birth_cities or not right.birth_cities:
        return MISSING
    shown = " ".join(sorted(left.birth_cities)), " ".join(sorted(right.birth_cities))
    if left.birth_cities & right.birth_cities:
        return Fact(Level.SAME, *shown, "The places of birth agree")
    return Fact(Level.DIFFERENT, *shown, "The places of birth differ")


def address(left: Profile, right: Profile) -> Fact:
    """How many words and numbers any two addresses share, one of each."""
    found = addresses(left, right)
    if left.official_list != right.official_list:
        return found
    # Companies of one network are listed together and share an address; two programmes may give
    # one party two.
    differ = found.level in (Level.APART, Level.DIFFERENT)
    return found if differ and left.programmes & right.programmes else MISSING


def addresses(left: Profile, right: Profile) -> Fact:
    """As `address`, whatever lists the two stand on."""
    if not left.addresses or not right.addresses:
        return MISSING
    shared, ours, theirs = max(
        ((a & b, a, b) for a in left.addresses for b in right.addresses),
        key=lambda each: (len(each[0]), -len(each[1]) - len(each[2])),
    )
    shown = " ".join(sorted(ours)), " ".join(sorted(theirs))
    if min(len(ours), len(theirs)) < 2:
        # Hardly more than a town.
        level = Level.PARTIAL if shared else Level.APART
    else:
        level = SHARED_WORDS[min(len(shared), len(SHARED_WORDS) - 1)]
    agree = f"Addresses agree in {len(shared)} words" if shared else "No address is alike"
    return Fact(level, *shown, agree)


def legal_form(left: Profile, right: Profile) -> Fact:
    """Whether any names give the same legal form; one company may be written several ways."""
    return _forms(left, right, loose=False)


def business_word(left: Profile, right: Profile) -> Fact:
    """Whether any names share a word like Holding, Group or Corporation."""
    return _forms(left, right, loose=True)


def _forms(left: Profile, right: Profile, *, loose: bool) -> Fact:
    if left.is_person or right.is_person:
        return MISSING
    ours, theirs = (
        {word for form in each.names for word in form.forms if (word in LOOSE) is loose}
        - {"company"}
        for each in (left, right)
    )
    if not ours or not theirs:
        return MISSING
    shown = "/".join(sorted(ours)), "/".join(sorted(theirs))
    what = "words for the sort of business" if loose else "legal forms"
    if ours & theirs:
        return Fact(Level.SAME, *shown, f"The {what} agree")
    level = Level.APART if ours | theirs <= SUCCEEDING else Level.DIFFERENT
    return Fact(level, *shown, f"The {what} differ: {shown[0]} and {shown[1]}")
