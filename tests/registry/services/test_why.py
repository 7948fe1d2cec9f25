from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from registry.domain.judgement import Verdict
from registry.domain.partial_date import PartialDate, Precision
from registry.services import judge, why
from registry.services.why import Outcome
from registry.store.archive import Archive
from tests.factories import keep_edition, listing, reconcile

UK, EU, US, UN = "uk-sanctions-list", "eu-fsf", "us-ofac-sdn", "un-sc"
MYANMAR = "The Myanmar (Sanctions) Regulations 2021"
MAY, AUGUST, TODAY = date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 2)
ASKED = f"{UK}:MMR1"


def born(year, month, day):
    on = date(year, month, day)
    return (PartialDate(on, on, Precision.DAY),)


MINOR = born(2012, 5, 3)


class Registry:
    def __init__(self, engine, folder):
        self.engine, self.archive, self.subject_of = engine, Archive(folder), {}

    def keep(self, official_list, dated, *listings):
        with Session(self.engine) as session, session.begin():
            return keep_edition(session, self.archive, official_list, dated, listings).sha256

    def reconcile(self, *clusters, candidates=()):
        with Session(self.engine) as session, session.begin():
            self.subject_of = reconcile(session, *clusters, candidates=candidates)

    def why(self, partner="EU", on=TODAY, key=ASKED):
        with Session(self.engine) as session:
            return why.nearest(session, self.subject_of.get(key, "none"), partner, on)


@pytest.fixture
def registry(database, tmp_path):
    made = Registry(database, tmp_path / "archive")
    asked = listing(UK, "MMR1", "Thura SAMPLE", MYANMAR, birth_dates=born(1970, 1, 2))
    made.keep(UK, MAY, asked, listing(UK, "MMR2", "Ivan PETROV", MYANMAR))
    made.sha256 = made.keep(
        EU,
        MAY,
        listing(EU, "EU.1", "Thura SIMPLE", "MMR", birth_dates=born(1988, 7, 9)),
        listing(EU, "EU.2", "Min SAMPLE", "MMR"),
        listing(EU, "EU.3", "Thura KYAW", "MMR"),
        listing(EU, "EU.4", "Thura SAMPLE", "MMR", birth_dates=born(1950, 6, 7)),
        listing(EU, "EU.5", "Aleksandr VOLKOV", "MMR"),
    )
    made.reconcile()
    return made


def test_the_three_nearest_are_shown_with_what_speaks_for_them_and_against(registry):
    found = registry.why()
    assert (found.name, found.partner, found.listed) == ("Thura SAMPLE", "EU", ())
    assert len(found.nearest) == 3
    first = found.nearest[0]
    assert (first.listing.reference, first.beside.key) == ("EU.4", ASKED)
    assert "name" in [each.feature for each in first.speaks_for]
    assert "birth_date" in [each.feature for each in first.speaks_against]
    scores = [each.score for each in found.nearest]
    assert scores == sorted(scores, reverse=True)
    assert all(each.outcome is Outcome.TOO_UNLIKE for each in found.nearest)


def test_it_says_which_editions_were_searched_and_what_could_not_be(registry):
    found = registry.why()
    (searched,) = found.searched
    assert (searched.official_list, searched.dated, searched.sha256, searched.listings) == (
        EU, MAY, registry.sha256, 5,
    )  # fmt: skip
    assert found.missing == ("EU consolidated travel bans (Sanctions Map)",)
    nothing = registry.why("US")
    assert (nothing.searched, nothing.nearest) == ((), ())
    assert len(nothing.missing) >= 1


def test_the_edition_of_the_day_is_searched(registry):
    registry.keep(EU, AUGUST, listing(EU, "EU.5", "Thura SAMPLER", "MMR"))
    registry.reconcile()
    assert [each.listing.reference for each in registry.why().nearest] == ["EU.5"]
    assert len(registry.why(on=date(2026, 6, 1)).nearest) == 3


def test_the_subjects_own_listings_there_are_named_and_are_not_near(registry):
    registry.reconcile({ASKED, f"{EU}:EU.2"})
    found = registry.why()
    assert found.listed == (f"{EU}:EU.2",)
    assert "EU.2" not in [each.listing.reference for each in found.nearest]


def test_a_pair_that_awaits_review_says_so(registry):
    registry.reconcile(candidates=[(ASKED, f"{EU}:EU.4")])
    outcomes = {each.listing.reference: each.outcome for each in registry.why().nearest}
    assert outcomes["EU.4"] is Outcome.AWAITS_REVIEW
    assert outcomes["EU.1"] is Outcome.TOO_UNLIKE


def test_what_reviewers_judged_different_says_so(registry):
    with Session(registry.engine) as session, session.begin():
        judge.record(
            session, ASKED, f"{EU}:EU.4", Verdict.DIFFERENT, "A. Reviewer", "other birth date",
            datetime(2026, 11, 1, tzinfo=UTC),
        )  # fmt: skip
    outcomes = {each.listing.reference: each.outcome for each in registry.why().nearest}
    assert outcomes["EU.4"] is Outcome.JUDGED_DIFFERENT


def test_of_a_minor_the_comparison_knows_the_year_only(registry):
    registry.keep(UK, AUGUST, listing(UK, "MMR1", "Thura SAMPLE", MYANMAR, birth_dates=MINOR))
    registry.keep(EU, AUGUST, listing(EU, "EU.1", "Thura SIMPLE", "MMR", birth_dates=MINOR))
    registry.reconcile()
    said = [
        f"{evidence.left} {evidence.right} {evidence.sentence}"
        for each in registry.why().nearest
        for evidence in (*each.speaks_for, *each.speaks_against)
        if evidence.feature == "birth_date"
    ]
    assert said
    assert not any("05" in each or "May" in each for each in said)


def test_a_subject_that_does_not_exist_has_no_answer(registry):
    assert registry.why(key="nobody") is None


def test_preparing_changes_no_answer(registry):
    before = registry.why()
    with Session(registry.engine) as session:
        why.prepare(session, TODAY)
    assert registry.why() == before
