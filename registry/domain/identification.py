"""How well listings tell whom they mean: what stands beside a name that namesakes do not share.

A gap is no surer than that: who is told by a bare name may stand on the other partner's list
under another spelling, and nothing would show it.
"""

from collections.abc import Iterable
from enum import StrEnum

from registry.domain.party import IdentifierKind, Kind


class Identification(StrEnum):
    """FIRM: an official number, a date of birth, an entity's address, or a name of several words.
    THIN: a short name alone. BARE: a person's single word, or a short name that another subject
    bears, too."""

    FIRM = "firm"
    THIN = "thin"
    BARE = "bare"

    def doubt(self) -> int:
        """0 for firm to 2 for bare: the steps of confidence that a gap loses."""
        return _IDENTIFICATIONS.index(self)


_IDENTIFICATIONS = tuple(Identification)
# References of other lists and numbers of no stated kind are left out.
TELLING = frozenset(IdentifierKind) - {
    IdentifierKind.EU_REFERENCE,
    IdentifierKind.OFSI_GROUP_ID,
    IdentifierKind.CALL_SIGN,
    IdentifierKind.OTHER,
}
SEVERAL = {Kind.PERSON: 3, Kind.UNKNOWN: 3}  # words of a name that few share; others: two
SHORTEST = {Kind.PERSON: 2, Kind.UNKNOWN: 2}  # letters of a word that counts; others: four


def of_party(
    kind: Kind,
    names: Iterable[str],
    identifiers: Iterable[IdentifierKind] = (),
    *,
    dated: bool = False,
    placed: bool = False,
) -> Identification:
    """What one listing tells.

    `names` are those that the list does not call weak, `dated` tells of a date of birth, to the
    year at least, `placed` of an address. Ships and aircraft bear no names that tell them apart.
    """
    if dated or not TELLING.isdisjoint(identifiers):
        return Identification.FIRM
    if kind in (Kind.VESSEL, Kind.AIRCRAFT):
        return Identification.THIN
    if placed and kind is Kind.ENTITY:
        return Identification.FIRM
    least = SHORTEST.get(kind, 4)
    words = max(
        (sum(_letters(word) >= least for word in name.split()) for name in names), default=0
    )
    if words >= SEVERAL.get(kind, 2):
        return Identification.FIRM
    return Identification.THIN if words > 1 or kind is Kind.ENTITY else Identification.BARE


def _letters(word: str) -> int:
    return sum(map(str.isalpha, word))


def of_subject(
    stated: Iterable[Identification], *, partners: int, namesakes: bool
) -> Identification:
    """What the listings behind a gap tell together.

    The best of them counts; a short name that another subject bears tells nobody apart. Lists of
    two partners that were found to agree have shown that what they say is enough to be found by:
    one step firmer.
    """
    doubt = min((each.doubt() for each in stated), default=Identification.BARE.doubt())
    if doubt and namesakes:
        doubt = Identification.BARE.doubt()
    if doubt and partners > 1:
        doubt -= 1
    return _IDENTIFICATIONS[doubt]
