"""The roles in which authorities list somebody, for all subjects of a day."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from importers import catalogue
from registry.domain import finding, roles
from registry.domain.roles import Role
from registry.services.assess import Coverage
from registry.store import queries, standing
from registry.store.queries import StandingVersion

BATCH = 500  # versions that are read at once

# What a listing says never changes under one content hash: it is read once, whatever happens to
# other listings. Reading all of 36,000 listings takes ten seconds.
_known: dict[tuple[str, str], frozenset[Role]] = {}


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


def _of_listings(session: Session, coverage: Coverage) -> Mapping[str, frozenset[Role]]:
    """By listing key."""
    in_use = standing.editions_in_use(session, catalogue.official_lists(), coverage.world.on)
    versions = queries.versions_of_editions(session, in_use.values())
    unread = [each for each in versions if _sign(each) not in _known]
    for start in range(0, len(unread), BATCH):
        batch = {each.id: each for each in unread[start : start + BATCH]}
        for id_, party, designations in queries.contents(session, batch):
            of = batch[id_]
            texts = finding.statements(of.key, of.official_list, party, designations)
            acts = finding.not_adverse(of.official_list, designations)
            stated = roles.stated(party, (each.text for each in texts)) if acts else ()
            _known[_sign(of)] = frozenset(each.role for each in stated)
    return {each.key: _known[_sign(each)] for each in versions}


def _sign(version: StandingVersion) -> tuple[str, str]:
    return version.official_list, version.content_hash
