from dataclasses import replace
from datetime import date

from registry.domain import lag
from registry.domain.designation import DateBasis
from registry.domain.lag import Listing, Median, Seen
from registry.domain.party import Kind
from tests.registry.domain.worlds import in_uk, listed

STATED, OBSERVED, ACT = DateBasis.STATED, DateBasis.OBSERVED, DateBasis.ENTRY_INTO_FORCE


def dated(made, basis=STATED, **rest):
    acts = tuple(replace(act, date_basis=basis, **rest) for act in made.designations)
    return replace(made, designations=acts)


def one(partner, on, basis=STATED):
    return Listing(partner, on, basis)


def test_a_partner_listed_a_subject_on_its_first_designation_not_its_last_amendment():
    uk = in_uk()
    acts = (
        replace(uk.designations[0], listed_on=date(2024, 2, 1), date_basis=STATED),
        replace(uk.designations[0], listed_on=date(2022, 4, 8), date_basis=STATED),
    )
    (found,) = lag.first_listings([replace(uk, designations=acts)], {})
    assert found == one("UK", date(2022, 4, 8))


def test_an_earlier_date_that_is_less_well_known_is_still_the_first():
    uk = in_uk()
    acts = (
        replace(uk.designations[0], listed_on=date(2024, 2, 1), date_basis=STATED),
        replace(uk.designations[0], listed_on=date(2014, 1, 1), date_basis=DateBasis.YEAR_ONLY),
    )
    (found,) = lag.first_listings([replace(uk, designations=acts)], {})
    assert found.basis is DateBasis.YEAR_ONLY


def test_the_first_edition_that_holds_a_listing_stands_in_for_a_date_only_where_none_is_stated():
    seen = {"us-ofac-sdn:1": Seen(date(2022, 2, 28), date(2022, 2, 23))}
    dateless = listed("us-ofac-sdn", "BELARUS", listed_on=None)
    (found,) = lag.first_listings([dateless], seen)
    assert found == Listing("US", date(2022, 2, 28), OBSERVED, date(2022, 2, 23))
    (found,) = lag.first_listings([dated(listed("us-ofac-sdn", "BELARUS"))], seen)
    assert found.basis is STATED


def test_a_listing_that_was_always_there_has_no_date_at_all():
    assert lag.first_listings([listed("us-ofac-sdn", "BELARUS", listed_on=None)], {}) == ()


def test_an_interim_block_and_a_programme_against_investigators_start_no_clock():
    for code in ("BPI-SDNTK", "ICC-EO14203"):
        assert lag.first_listings([dated(listed("us-ofac-sdn", code))], {}) == ()


def test_in_a_situation_only_the_designations_that_count_there_are_dated():
    both = (
        dated(listed("eu-fsf", "BLR", listed_on=date(2020, 10, 2))),
        dated(listed("eu-fsf", "TERR", listed_on=date(2001, 12, 1))),
    )
    (found,) = lag.first_listings(both, {}, "belarus")
    assert found.on == date(2020, 10, 2)


def test_days_are_counted_from_the_first_date_that_counts():
    found = lag.lags(
        "S1",
        "Somebody",
        Kind.PERSON,
        (
            one("US", date(2021, 1, 1), OBSERVED),
            one("UK", date(2021, 3, 1)),
            one("EU", date(2021, 3, 11)),
        ),
    )
    assert [(each.listing.partner, each.first, each.days) for each in found] == [
        ("US", "UK", None),
        ("UK", "UK", 0),
        ("EU", "UK", 10),
    ]


def test_a_subject_of_one_partner_has_no_lag():
    assert lag.lags("S1", "Somebody", Kind.PERSON, (one("UK", date(2021, 3, 1)),)) == ()


def test_medians_rest_on_designation_dates_and_say_how_many_they_leave_out():
    subjects = [
        (one("UK", date(2021, 3, 1)), one("EU", date(2021, 3, 11))),
        (one("UK", date(2021, 3, 1)), one("EU", date(2021, 3, 21))),
        (one("UK", date(2021, 3, 1)), one("EU", date(2021, 4, 10))),
        (one("UK", date(2021, 3, 1)), one("EU", date(2024, 1, 1), ACT)),
        (one("UK", date(2021, 3, 1)), one("EU", date(2024, 1, 1), OBSERVED)),
    ]
    assert lag.medians("", subjects) == (Median("", "UK", "EU", 20, 3, 2),)
    observed = lag.medians("", subjects, lag.DESIGNATION_DATES | {OBSERVED})
    assert [(each.subjects, each.left_out) for each in observed] == [(4, 1)]


def test_an_observed_date_counts_only_if_the_edition_before_it_was_near():
    near = Listing("US", date(2022, 2, 28), OBSERVED, date(2022, 2, 23))
    far = Listing("US", date(2024, 5, 2), OBSERVED, date(2022, 2, 28))
    subjects = [(one("UK", date(2022, 2, 24)), near), (one("UK", date(2022, 2, 24)), far)]
    found = lag.medians("", subjects, lag.DESIGNATION_DATES | {OBSERVED})
    assert found == (Median("", "UK", "US", 4, 1, 1),)


def test_a_year_is_never_counted_in_days_unless_it_is_a_date():
    subjects = [(one("UK", date(2021, 3, 1)), one("UN", date(2021, 1, 1), DateBasis.YEAR_ONLY))]
    assert lag.medians("", subjects) == (Median("", "UK", "UN", None, 0, 1),)


def test_the_partner_that_mostly_lists_first_is_named_first_whatever_the_order():
    subjects = [(one("CA", date(2021, 3, 1)), one("US", date(2021, 3, 31)))]
    turned = [tuple(reversed(each)) for each in subjects]
    assert lag.medians("", subjects) == (Median("", "CA", "US", 30, 1, 0),)
    assert lag.medians("", turned) == lag.medians("", subjects)
