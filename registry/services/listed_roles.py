"""The roles in which authorities list somebody: found once for each version of a listing, and kept
in the database."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from importers import catalogue
from matching import workers
from registry import domain
from registry.domain import finding, roles
from registry.domain.roles import Role
from registry.services.assess import Coverage
from registry.store import codec, derived, queries, standing, subjects
from registry.store.parts import parts
from registry.store.subjects import Content, LatestListing

BATCH = 500  # versions that one process reads at a time
AT_ONCE = 20_000  # versions whose content is in memory at a time
SUFFIXES = frozenset({".py", ".toml"})

# What nobody kept, such as versions of the past, by list and content, which tell all.
_known: dict[tuple[str, str], str] = {}


def filled(session: Session, coverage: Coverage) -> Coverage:
    """The same coverage, its subjects with the roles that their listings of the day state."""
    of_listing = _of_listings(session, coverage)
    return replace(
        coverage,
        subjects=tuple(
            replace(
                each,
                roles=frozenset[Role]().union(
                    *(of_listing.get(one.key, ()) for one in each.facts.listings)
                ),
            )
            for each in coverage.subjects
        ),
    )


@contextmanager
def prepared(
    session: Session, listings: Sequence[LatestListing], processes: int = 1
) -> Iterator[Callable[[], Mapping[int, str]]]:
    """Find, by version, the roles of those listings for which none are kept; what is given answers
    with them. Nothing is written.

    With several processes, one finds them beside what the caller does meanwhile, but for those
    whose content would take too much memory.
    """
    kept = derived.versions(session, derived.ROLES, _made_by())
    missing = [each for each in listings if each.version_id not in kept]
    list_of = {each.version_id: each.official_list for each in missing}
    versions = list(list_of)
    found = dict(_found(session, list_of, versions[:-AT_ONCE], processes))
    contents = subjects.contents(session, versions[-AT_ONCE:])
    with workers.beside(lambda: _read(list_of, contents), processes if contents else 1) as rest:
        yield lambda: {**found, **rest()}


def keep(session: Session, listings: Sequence[LatestListing], made: Mapping[int, str]) -> None:
    """Keep what `prepared` found for these listings, and nothing of any others."""
    if made:
        wanted = {each.version_id for each in listings}
        derived.replace(session, derived.ROLES, _made_by(), made, wanted)


@cache
def _made_by() -> str:
    """Names this state of the words and rules: the hash of all that any of them comes from."""
    here = Path(domain.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(each for each in here.rglob("*") if each.suffix in SUFFIXES):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _of_listings(session: Session, coverage: Coverage) -> Mapping[str, frozenset[Role]]:
    """By listing key."""
    in_use = standing.editions_in_use(session, catalogue.official_lists(), coverage.world.on)
    versions = queries.versions_of_editions(session, in_use.values())
    kept = derived.load(session, derived.ROLES, _made_by())
    others = [each for each in versions if each.id not in kept]
    unread = {
        each.id: each.official_list
        for each in others
        if (each.official_list, each.content_hash) not in _known
    }
    kept |= _found(session, unread, list(unread))
    for each in others:
        sign = each.official_list, each.content_hash
        kept[each.id] = _known[sign] = kept.get(each.id) or _known.get(sign, "")
    return {each.key: _roles(kept[each.id]) for each in versions}


@cache
def _roles(text: str) -> frozenset[Role]:
    return frozenset(map(Role, text.split()))


def _found(
    session: Session, list_of: Mapping[int, str], versions: Sequence[int], processes: int = 1
) -> Iterator[tuple[int, str]]:
    """Yield (version, its roles apart by blanks)."""
    for chunk in parts(versions, AT_ONCE):
        contents = list(subjects.contents(session, chunk).items())
        batches = [dict(each) for each in parts(contents, BATCH)]
        for found in workers.mapped(lambda batch: _read(list_of, batch), batches, processes):
            yield from found.items()


def _read(list_of: Mapping[int, str], contents: Mapping[int, Content]) -> dict[int, str]:
    return {version: _stated(list_of[version], content) for version, content in contents.items()}


def _stated(official_list: str, content: Content) -> str:
    party, acts = codec.party(content.party), codec.designations(content.designations)
    if not finding.not_adverse(official_list, acts):
        return ""
    texts = finding.statements("", official_list, party, acts)
    return " ".join(each.role for each in roles.stated(party, (each.text for each in texts)))
