"""What officers enter, who owns whom, and the use of programmes, on a real database."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from importers import catalogue
from matching.version import made_by
from registry.domain import partial_date
from registry.domain.act import Act, ActState
from registry.domain.cell import State
from registry.domain.designation import Measure
from registry.domain.identification import Identification
from registry.domain.judgement import Verdict
from registry.domain.lag import Seen
from registry.domain.override import Field, Override
from registry.domain.party import Identifier, IdentifierKind, Kind, NameRole, Relation, RelationKind
from registry.domain.record import InvalidRecord, Withdrawal
from registry.services import acts, assess, health, judge, overrides, programmes
from registry.store import scores, seen
from registry.store.archive import Archive
from tests.factories import designation, keep_edition, listing, name, reconcile

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
TODAY = NOW.date()
APRIL, MAY = date(2026, 4, 20), date(2026, 5, 10)
UK, EU, US = "uk-sanctions-list", "eu-fsf", "us-ofac-sdn"
MYANMAR = "The Myanmar (Sanctions) Regulations 2021"
FREEZE, BAN = Measure.ASSET_FREEZE, Measure.TRAVEL_BAN
BACK = Withdrawal("B. Officer", "entered by mistake", NOW)


def uk(reference, full="Aung EXAMPLE", **more):
    return listing(UK, reference, full, MYANMAR, **more)


def eu(reference, full="Aung EXAMPLE", **more):
    return listing(EU, reference, full, "MMR", **more)


class Registry:
    """One registry; each call is a transaction of its own. `subject_of` is by listing key."""

    def __init__(self, engine, folder):
        self.engine, self.archive, self.subject_of = engine, Archive(folder), {}

    def do(self, function, *arguments):
        with Session(self.engine) as session, session.begin():
            return function(session, *arguments)

    def keep(self, official_list, dated, *listings):
        self.do(keep_edition, self.archive, official_list, dated, listings)

    def reconcile(self, *clusters, candidates=()):
        with Session(self.engine) as session, session.begin():
            self.subject_of = reconcile(session, *clusters, candidates=candidates)

    def subject(self, key):
        """The subject as coverage of everybody has it; coverage of it alone must be the same."""
        with Session(self.engine) as session:
            everybody = assess.assess(session, TODAY, TODAY).find(self.subject_of[key])
            alone = assess.assess(session, TODAY, TODAY, self.subject_of[key])
        assert [each.facts.id for each in alone.subjects] == [everybody.facts.id]
        assert alone.subjects[0].cells == everybody.cells
        assert alone.subjects[0].facts == everybody.facts
        return everybody

    def cell(self, key, partner, measure):
        cells = self.subject(key).cells
        return next(e for e in cells if (e.partner, e.measure) == (partner, measure))

    def statuses(self):
        with Session(self.engine) as session:
            found = assess.assess(session, TODAY, TODAY).subjects
            return acts.statuses(session, {each.facts.id: each for each in found}, TODAY)


@pytest.fixture
def registry(database, tmp_path):
    return Registry(database, tmp_path / "archive")


def correct(field, value, key=f"{UK}:MMR1"):
    return Override(key, field, value, "The notice says so.", "Notice 7", "A. Officer", NOW)


def enacted(**rest):
    said = {"partner": "EU", "measures": (FREEZE,), "made_on": date(2026, 5, 15), **rest}
    return Act(
        citation="Regulation (EU) 2026/999",
        source_url="https://eur-lex.europa.eu/",
        officer="A. Officer",
        reason="Published.",
        entered_at=NOW,
        **said,
    )


def test_an_override_survives_a_new_edition_and_ends_with_its_withdrawal(registry):
    registry.keep(UK, APRIL, uk("MMR1"))
    registry.reconcile()
    number = registry.do(overrides.enter, correct(Field.TRAVEL_BAN, "no"))
    assert registry.cell(f"{UK}:MMR1", "UK", BAN).state is State.OTHER_MEASURE_ONLY
    registry.keep(UK, MAY, uk("MMR1", reason="Amended since."))
    registry.reconcile()
    assert registry.cell(f"{UK}:MMR1", "UK", BAN).state is State.OTHER_MEASURE_ONLY
    assert "overridden by A. Officer" in registry.cell(f"{UK}:MMR1", "UK", BAN).note
    registry.do(overrides.withdraw, number, BACK)
    assert registry.cell(f"{UK}:MMR1", "UK", BAN).state is State.IN_FORCE_STATED
    assert "overridden" not in registry.cell(f"{UK}:MMR1", "UK", BAN).note


def test_an_overridden_kind_is_the_kind_of_the_subject(registry):
    registry.keep(UK, MAY, uk("MMR1"))
    registry.reconcile()
    registry.do(overrides.enter, correct(Field.KIND, "entity"))
    assert registry.subject(f"{UK}:MMR1").facts.kind is Kind.ENTITY
    assert registry.cell(f"{UK}:MMR1", "US", BAN).state is State.NOT_APPLICABLE


def test_overrides_are_listed_beside_what_the_file_says(registry):
    registry.keep(UK, MAY, uk("MMR1"))
    registry.reconcile()
    number = registry.do(overrides.enter, correct(Field.LISTED_ON, "2020-01-01"))
    registry.do(overrides.withdraw, number, BACK)
    (row,) = registry.do(overrides.rows)
    assert (row.reference, row.stated) == ("MMR1", "2021-03-22")
    assert row.recorded.withdrawn.officer == "B. Officer"


def test_a_record_is_withdrawn_once_and_only_if_it_exists(registry):
    registry.keep(UK, MAY, uk("MMR1"))
    registry.reconcile()
    number = registry.do(overrides.enter, correct(Field.TRAVEL_BAN, "no"))
    registry.do(overrides.withdraw, number, BACK)
    for function in (overrides.withdraw, acts.withdraw):
        with pytest.raises(InvalidRecord):
            registry.do(function, number, BACK)


def test_what_is_on_no_list_can_not_be_overridden(registry):
    with pytest.raises(InvalidRecord, match="no listing"):
        registry.do(overrides.enter, correct(Field.TRAVEL_BAN, "no"))


def test_an_act_waits_for_the_list_and_closes_itself_when_the_list_shows_it(registry):
    registry.keep(UK, MAY, uk("MMR1"))
    registry.keep(EU, APRIL, eu("EU.9", "Somebody ELSE"))
    registry.reconcile()
    registry.do(acts.enter, enacted(listing=f"{UK}:MMR1"))
    assert registry.cell(f"{UK}:MMR1", "EU", FREEZE).state is State.PENDING_PUBLICATION
    assert [each.state for each in registry.statuses()] == [ActState.PENDING]
    registry.keep(EU, date(2026, 5, 18), eu("EU.9", "Somebody ELSE"), eu("EU.1"))
    registry.reconcile({f"{UK}:MMR1", f"{EU}:EU.1"})
    assert registry.cell(f"{UK}:MMR1", "EU", FREEZE).state is State.IN_FORCE_STATED
    assert [each.state for each in registry.statuses()] == [ActState.SHOWN]


def test_a_withdrawn_act_leaves_the_gap_as_it_was(registry):
    registry.keep(UK, MAY, uk("MMR1"))
    registry.keep(EU, MAY, eu("EU.9", "Somebody ELSE"))
    registry.reconcile()
    subject = registry.subject_of[f"{UK}:MMR1"]
    recorded = registry.do(acts.enter, enacted(subject_id=subject))
    registry.do(acts.withdraw, recorded.id, BACK)
    assert registry.cell(f"{UK}:MMR1", "EU", FREEZE).state is State.NOT_FOUND
    assert [each.state for each in registry.statuses()] == [ActState.WITHDRAWN]


def test_an_act_by_name_closes_no_gap_of_a_namesake(registry):
    registry.keep(UK, MAY, uk("MMR1"))
    registry.keep(EU, MAY, eu("EU.9", "Somebody ELSE"))
    registry.reconcile()
    registry.do(acts.enter, enacted(name="Aung EXAMPLE"))
    assert registry.cell(f"{UK}:MMR1", "EU", FREEZE).state is State.NOT_FOUND
    assert [each.state for each in registry.statuses()] == [ActState.UNATTACHED]


def test_an_act_on_a_subject_that_nobody_knows_is_refused(registry):
    with pytest.raises(InvalidRecord, match="no subject"):
        registry.do(acts.enter, enacted(subject_id="SNOBODY"))


def test_an_overdue_act_comes_first(registry):
    registry.keep(UK, MAY, uk("MMR1"))
    registry.reconcile()
    registry.do(acts.enter, enacted(listing=f"{UK}:MMR1"))
    registry.do(acts.enter, enacted(listing=f"{UK}:MMR1", made_on=date(2026, 3, 1)))
    assert [each.state for each in registry.statuses()] == [ActState.OVERDUE, ActState.PENDING]


def of(kind, other, reference=""):
    return {"kind": Kind.ENTITY, "relations": (Relation(kind, other, reference),)}


OWNED, PARENT = RelationKind.SUBSIDIARY_OF, RelationKind.PARENT_OF


@pytest.mark.parametrize(
    ("owned", "owner"),
    [
        pytest.param(of(OWNED, "BIG  holding Öl"), {"kind": Kind.ENTITY}, id="by folded name"),
        pytest.param(of(OWNED, "its parent", "MMR2"), {"kind": Kind.ENTITY}, id="by reference"),
        pytest.param({"kind": Kind.ENTITY}, of(PARENT, "Little Firm"), id="the owner states it"),
    ],
)
def test_a_listed_owner_is_named_in_the_cell_of_each_partner_that_freezes_it(
    registry, owned, owner
):
    registry.keep(
        UK, MAY, uk("MMR1", "Little Firm", **owned), uk("MMR2", "Big Holding Ol", **owner)
    )
    registry.keep(EU, MAY, eu("EU.2", "Big Holding", kind=Kind.ENTITY))
    registry.keep(US, MAY, listing(US, "7", "NOBODY", "BURMA-EO14014", kind=Kind.ENTITY))
    registry.reconcile({f"{UK}:MMR2", f"{EU}:EU.2"})
    assert registry.subject(f"{UK}:MMR1").facts.owners == (
        ("EU", "Big Holding"),
        ("UK", "Big Holding"),
    )
    assert "Owned or controlled by Big Holding" in registry.cell(f"{UK}:MMR1", "EU", FREEZE).note
    assert "Owned" not in registry.cell(f"{UK}:MMR1", "US", FREEZE).note


@pytest.mark.parametrize(
    ("listings", "official_list"),
    [
        pytest.param(
            (("MMR2", "Big Holding"), ("MMR3", "Big Holding")), UK, id="two bear the name"
        ),
        pytest.param((("EU.2", "Big Holding"),), EU, id="the name stands on another list only"),
        pytest.param((("MMR2", "Big Holdings"),), UK, id="nearly the name"),
    ],
)
def test_an_owner_that_is_not_surely_the_one_named_is_none(registry, listings, official_list):
    make = {UK: uk, EU: eu}[official_list]
    others = [make(reference, full, kind=Kind.ENTITY) for reference, full in listings]
    firm = uk("MMR1", "Little Firm", **of(OWNED, "Big Holding"))
    registry.keep(UK, MAY, firm, *(others if official_list == UK else ()))
    registry.keep(EU, MAY, eu("EU.9", "Else"), *(others if official_list == EU else ()))
    registry.reconcile()
    assert registry.subject(f"{UK}:MMR1").facts.owners == ()


def test_an_owner_counts_while_the_edition_in_use_states_it(registry):
    big = uk("MMR2", "Big Holding", kind=Kind.ENTITY)
    registry.keep(UK, APRIL, uk("MMR1", "Little Firm", **of(OWNED, "Big Holding")), big)
    registry.keep(UK, MAY, uk("MMR1", "Little Firm", kind=Kind.ENTITY), big)
    registry.reconcile()
    assert registry.subject(f"{UK}:MMR1").facts.owners == ()


def test_a_persons_employer_is_no_owner(registry):
    registry.keep(
        UK,
        MAY,
        uk("MMR1", relations=(Relation(RelationKind.ACTS_FOR, "Big Holding"),)),
        uk("MMR2", "Big Holding", kind=Kind.ENTITY),
    )
    registry.reconcile()
    assert registry.subject(f"{UK}:MMR1").facts.owners == ()


def test_a_candidate_on_another_subject_is_seen_when_one_subject_is_asked_for(registry):
    registry.keep(UK, MAY, uk("MMR1"))
    registry.keep(EU, MAY, eu("EU.1", "Aung EXEMPLAR"))
    registry.reconcile(candidates=[(f"{UK}:MMR1", f"{EU}:EU.1")])
    assert registry.cell(f"{UK}:MMR1", "EU", FREEZE).state is State.POSSIBLE_MATCH


def test_an_unknown_code_is_counted_and_shown_with_its_list(registry):
    acts_ = (designation("NOT-IN-THE-TABLE"), designation("NOT-IN-THE-TABLE"), designation("X Y"))
    registry.keep(US, MAY, listing(US, "7", "NOBODY", "", designations=acts_))
    registry.keep(UK, MAY, uk("MMR1"), uk("MMR2", "Other"))
    with Session(registry.engine) as session:
        used = programmes.usage(session, TODAY)
        found = {each.official_list.key: each.unmapped for each in health.lists(session, TODAY)}
    assert [(each.code, each.designations) for each in found[US]] == [
        ("NOT-IN-THE-TABLE", 2),
        ("X Y", 1),
    ]
    assert found[UK] == ()
    assert used.listings == {"GB-MMR": 2}


def test_a_code_of_an_older_edition_is_no_longer_unmapped(registry):
    registry.keep(US, APRIL, listing(US, "7", "NOBODY", "NOT-IN-THE-TABLE"))
    registry.keep(US, MAY, listing(US, "7", "NOBODY", "BURMA-EO14014"))
    with Session(registry.engine) as session:
        assert list(programmes.unmapped(session, TODAY)) == []


def test_a_programme_shows_whom_it_designates_and_what_others_would_use(registry):
    registry.keep(UK, MAY, uk("MMR1"), listing(UK, "SYR1", "Someone", "Syria"))
    registry.reconcile()
    with Session(registry.engine) as session:
        page = programmes.page(session, "GB-MMR", TODAY, TODAY)
        assert programmes.page(session, "GB-NONE", TODAY, TODAY) is None
    assert [each.listing.reference for each in page.designated] == ["MMR1"]
    assert {"EU", "US", "CA"} <= page.counterparts.keys()
    assert {each.measure for each in page.measures} == set(Measure)
    assert [each.key for each in page.situations] == ["myanmar"]


def test_first_seen_says_nothing_of_the_first_edition_and_bounds_the_others(registry):
    one, two = (listing(US, n, f"NAME {n}", "BELARUS", listed_on=None) for n in ("1", "2"))
    registry.keep(US, APRIL, one)
    registry.keep(US, MAY, one, two)
    sdn = next(each for each in catalogue.official_lists() if each.key == US)
    with Session(registry.engine) as session:
        assert seen.first_seen(session, sdn, TODAY) == {f"{US}:2": Seen(MAY, APRIL)}
        assert seen.first_seen(session, sdn, APRIL) == {}


def near(registry, score=-1.5, pair=(f"{EU}:EU.1", f"{UK}:MMR1")):
    registry.do(scores.replace, {}, {pair: score}, made_by())


def test_a_near_listing_that_matching_rejected_is_named_at_the_partner_that_it_stands_on(registry):
    registry.keep(UK, MAY, uk("MMR1"))
    registry.keep(EU, MAY, eu("EU.1", "Aungg EXEMPLE"))
    registry.reconcile()
    near(registry)
    assert (
        "Aungg EXEMPLE (eu-fsf EU.1) comes near" in registry.cell(f"{UK}:MMR1", "EU", FREEZE).note
    )
    assert "Aung EXAMPLE" in registry.cell(f"{EU}:EU.1", "UK", FREEZE).note
    assert "comes near" not in registry.cell(f"{UK}:MMR1", "US", FREEZE).note


def test_a_near_listing_that_reviewers_judged_different_is_no_doubt_any_more(registry):
    registry.keep(UK, MAY, uk("MMR1"))
    registry.keep(EU, MAY, eu("EU.1", "Aungg EXEMPLE"))
    registry.reconcile()
    near(registry)
    registry.do(
        judge.record, f"{EU}:EU.1", f"{UK}:MMR1", Verdict.DIFFERENT, "R. Reviewer", "read", NOW
    )
    assert "comes near" not in registry.cell(f"{UK}:MMR1", "EU", FREEZE).note


def test_of_several_near_listings_of_a_partner_the_nearest_is_named(registry):
    registry.keep(UK, MAY, uk("MMR1"))
    registry.keep(EU, MAY, eu("EU.1", "Further OFF"), eu("EU.2", "Aungg EXEMPLE"))
    registry.reconcile()
    pairs = {(f"{EU}:EU.1", f"{UK}:MMR1"): -2.4, (f"{EU}:EU.2", f"{UK}:MMR1"): -1.2}
    registry.do(scores.replace, {}, pairs, made_by())
    (found,) = registry.subject(f"{UK}:MMR1").facts.near
    assert found.reference == "EU.2"


def test_what_a_stored_listing_tells_is_read_from_its_numbers_dates_and_strong_names(registry):
    weak = (name("Aung"), name("Aung Thura Example", NameRole.WEAK_ALIAS))
    year = (partial_date.year(1965),)
    passport = (Identifier(IdentifierKind.PASSPORT, "N 0123"),)
    registry.keep(
        UK,
        MAY,
        uk("MMR1"),
        uk("MMR2", names=weak),
        uk("MMR3", names=weak, birth_dates=year),
        uk("MMR4", names=weak, identifiers=passport),
    )
    registry.reconcile()
    told = [registry.subject(f"{UK}:MMR{n}").facts.listings[0].identification for n in (1, 2, 3, 4)]
    firm, thin, bare = Identification
    assert told == [thin, bare, firm, firm]


def test_two_subjects_of_one_name_are_namesakes(registry):
    registry.keep(UK, MAY, uk("MMR1"), uk("MMR2", "AUNG Example"), uk("MMR3", "Thura EXAMPLE"))
    registry.reconcile()
    bearers = [registry.subject(f"{UK}:MMR{n}").facts.namesakes for n in (1, 2, 3)]
    assert bearers == [True, True, False]
