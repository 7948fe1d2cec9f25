"""Whether a subject may be mistaken for somebody else: looked at before a proposal is circulated.

Mistakes were made: a restaurateur of the same name stood on the SDN list from January to March
2021. Copied jointly, such a mistake would be multiplied.
"""

from collections.abc import Iterable, Sequence

from registry.domain.partial_date import Precision
from registry.domain.party import IdentifierKind, Party

NEEDED = 2
# Numbers that an authority gave to one party alone; those by which lists know their own entries,
# and numbers that anybody may share, are none.
_NUMBERS = frozenset(
    {
        IdentifierKind.PASSPORT,
        IdentifierKind.NATIONAL_ID,
        IdentifierKind.TAX,
        IdentifierKind.REGISTRATION,
        IdentifierKind.BIRTH_CERTIFICATE,
        IdentifierKind.DRIVING_LICENCE,
        IdentifierKind.SOCIAL_SECURITY,
        IdentifierKind.LEI,
        IdentifierKind.SWIFT_BIC,
        IdentifierKind.DUNS,
        IdentifierKind.IMO,
        IdentifierKind.MMSI,
        IdentifierKind.TAIL_NUMBER,
        IdentifierKind.SERIAL_NUMBER,
    }
)


def strong(parties: Iterable[Party]) -> tuple[str, ...]:
    """What tells the subject apart, as words without the values: official numbers, each once, and
    the date of birth where all who give one to the day agree on it."""
    found: dict[tuple[IdentifierKind, str], str] = {}
    days = set()
    for party in parties:
        for each in party.identifiers:
            plain = "".join(letter for letter in each.value.casefold() if letter.isalnum())
            if each.kind in _NUMBERS and plain:
                found[each.kind, plain] = each.kind.value.replace("-", " ")
        days |= {
            each.first
            for each in party.birth_dates
            if each.precision is Precision.DAY and not each.circa
        }
    born = ("date of birth",) if len(days) == 1 else ()
    return (*born, *sorted(found.values()))


def risks(parties: Sequence[Party], namesakes: Sequence[str]) -> tuple[str, ...]:
    """Why the subject needs a waiver before circulation, in sentences; none if it needs none.

    `namesakes` are listings that reviewers judged to be somebody else, though they came near.
    """
    known = strong(parties)
    found = []
    if len(known) < NEEDED:
        has = known[0] if known else "none"
        found.append(
            f"Fewer than two strong identifiers ({has}): somebody of the same name could be taken "
            "for the subject."
        )
    if namesakes:
        found.append(f"Reviewers told it apart from near namesakes: {'; '.join(namesakes)}.")
    return tuple(found)
