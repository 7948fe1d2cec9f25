"""Listings prepared for matching: made once for each version, kept in the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from matching import workers
from matching.packed import Packed, pack
from matching.profile import Profile, profile
from matching.version import made_by
from registry.domain import minors
from registry.store import codec, derived, subjects
from registry.store.parts import parts
from registry.store.queries import ListingDetail
from registry.store.subjects import Content, LatestListing

BATCH = 500  # listings that one process prepares at a time
AT_ONCE = 20_000  # listings whose content is in memory at a time


@dataclass(frozen=True, slots=True)
class Prepared:
    """The profiles of listings, in their order; `made` are those that were not kept, by version."""

    profiles: Packed
    made: Mapping[int, bytes]


def prepare(
    session: Session,
    listings: Sequence[LatestListing],
    *,
    hide_identifiers: bool = False,
    processes: int = 1,
) -> Prepared:
    """Take the profiles that are kept and make the others. Nothing is written.

    What is kept knows all identifiers: hiding them makes every profile anew.
    """
    kept = {} if hide_identifiers else derived.load(session, derived.PROFILES, made_by())
    missing = [each for each in listings if each.version_id not in kept]
    made = dict(_made(session, missing, hide_identifiers, processes))
    known = {**kept, **made}
    return Prepared(Packed(known[each.version_id] for each in listings), made)


def keep(session: Session, listings: Sequence[LatestListing], prepared: Prepared) -> None:
    """Keep what was made for these listings, and nothing of any others."""
    if prepared.made:
        wanted = {each.version_id for each in listings}
        derived.replace(session, derived.PROFILES, made_by(), prepared.made, wanted)


def shown(listing: ListingDetail, on: date) -> Profile:
    """A listing as those who compare it see it: of a minor's birth date the year only."""
    return profile(
        listing.key,
        listing.official_list,
        minors.shown(listing.party, on),
        tuple(act.code for act in listing.designations),
    )


def _made(
    session: Session, listings: Sequence[LatestListing], hide_identifiers: bool, processes: int
) -> Iterator[tuple[int, bytes]]:
    def packed(batch: Sequence[tuple[LatestListing, Content]]) -> list[tuple[int, bytes]]:
        return [
            (listing.version_id, _packed(listing, content, hide_identifiers))
            for listing, content in batch
        ]

    for chunk in parts(listings, AT_ONCE):
        contents = subjects.contents(session, [each.version_id for each in chunk])
        told = [(each, contents[each.version_id]) for each in chunk]
        for batch in workers.mapped(packed, list(parts(told, BATCH)), processes):
            yield from batch


def _packed(listing: LatestListing, content: Content, hide_identifiers: bool) -> bytes:
    codes = tuple(each.code for each in codec.designations(content.designations))
    party = codec.party(content.party)
    return pack(
        profile(
            listing.key,
            listing.official_list,
            party,
            codes,
            hide_identifiers=hide_identifiers,
        )
    )
