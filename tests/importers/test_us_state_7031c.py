"""The Department of State's public listing under section 7031(c), saved as HTML."""

from datetime import date

import pytest

from importers import catalogue
from importers.base import Refused, ReportedEntry
from importers.source import Part, Source
from registry.domain.designation import DateBasis, Listing, Measure
from registry.domain.party import Kind, NameRole

KEY = "us-state-7031c"
TITLE = "Report to Congress on Anti-Kleptocracy and Human Rights Visa Restrictions: Public Listing"
RIGHTS = (
    "Section 7031(c) Designations: Gross Violations of Human Rights (Generally Listed in Order)"
)
CORRUPTION = "Section 7031(c) Designations: Significant Corruption Since Previous Report"


def section(year: str, heading: str, body: str) -> str:
    return (
        f'<section class="report__content__inner"><h2>{year}</h2><section class="entry-content">'
        f'<h3 class="report__section-subtitle">{heading}</h3>{body}</section></section>'
    )


def numbered(*items: str) -> str:
    return "".join(f"<p>{place}. {item}</p>" for place, item in enumerate(items, start=1))


def listed(*items: str) -> str:
    return f"<ol>{''.join(f'<li>{item}</li>' for item in items)}</ol>"


def page(*sections: str, title: str = TITLE, menu: tuple[str, ...] = ()) -> str:
    options = "".join(f'<option value="/{text}">{text}</option>' for text in menu)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>"
        '<link rel="canonical" href="https://www.state.gov/report/">'
        '<meta property="article:modified_time" content="2024-05-06T12:00:00+00:00"></head><body>'
        f"<nav><ul><li>Home (Russia) menu</li></ul></nav><header><h1>{title}</h1></header>"
        f'<nav id="report-nav"><select>{options}</select></nav>'
        f"<main><p>Officials of foreign governments (see below) are ineligible.</p>"
        f"{''.join(sections)}</main><footer><ul><li>Contact</li></ul></footer></body></html>"
    )


def source(*pages: str) -> Source:
    parts = (Part(f"{place}.html", text.encode()) for place, text in enumerate(pages))
    return Source("report", tuple(parts))


def read(*pages: str) -> list[Listing | ReportedEntry]:
    return catalogue.listings(KEY, catalogue.read(KEY, source(*pages)))


def only(item: str) -> Listing:
    (found,) = read(page(section("2023", RIGHTS, listed(item))))
    assert isinstance(found, Listing), found
    return found


def test_an_item_states_an_entry_ban_dated_to_the_year() -> None:
    reading = catalogue.read(
        KEY,
        source(page(section("2023", RIGHTS, numbered("(U) Ivan Petrov (Belarus) – ill-treated.")))),
    )
    assert reading.published_on == date(2024, 5, 6)
    (listing,) = catalogue.listings(KEY, reading)
    assert isinstance(listing, Listing)
    assert (listing.party.kind, listing.party.name) == (Kind.PERSON, "Ivan Petrov")
    assert [each.code for each in listing.party.nationalities] == ["BY"]
    (designation,) = listing.designations
    assert designation.code == "STATE-7031C"
    assert designation.stated == ((Measure.TRAVEL_BAN, True),)
    assert (designation.listed_on, designation.date_basis) == (
        date(2023, 1, 1),
        DateBasis.YEAR_ONLY,
    )
    assert designation.act == "Section 7031(c): human rights"
    assert designation.reason == "ill-treated."
    assert designation.source_url == "https://www.state.gov/report/"
    assert listing.reference == "2023|human rights|Ivan Petrov"


@pytest.mark.parametrize(
    ("item", "name", "country", "reason"),
    [
        pytest.param("Ivan Petrov (Russia) Mayor.", "Ivan Petrov", "RU", "Mayor.", id="no dash"),
        pytest.param("Ivan Petrov, (Russia) - Mayor.", "Ivan Petrov", "RU", "Mayor.", id="comma"),
        pytest.param(
            "12. (U) Ana Díaz (El Salvador) — Judge.", "Ana Díaz", "SV", "Judge.", id="long dash"
        ),
        pytest.param(
            "* Jean O’Neil (Haiti): Senator.", "Jean O’Neil", "HT", "Senator.", id="asterisk"
        ),
        pytest.param(
            "Ivan Petrov (Russia) (1)(B) Public Designation.",
            "Ivan Petrov",
            "RU",
            "(1)(B) Public Designation.",
            id="brackets in the reason",
        ),
        pytest.param(
            "General Aung Aung (Burma) – Commander.",
            "General Aung Aung",
            "MM",
            "Commander.",
            id="rank",
        ),
    ],
)
def test_name_country_and_reason_are_parted_in_any_layout(
    item: str, name: str, country: str, reason: str
) -> None:
    listing = only(item)
    assert listing.party.name == name
    assert [each.code for each in listing.party.nationalities] == [country]
    assert listing.designations[0].reason == reason


def test_two_countries_may_stand_in_the_brackets() -> None:
    listing = only("Ana Díaz (Honduras/Guatemala) – Judge.")
    assert [each.code for each in listing.party.nationalities] == ["HN", "GT"]


def test_a_second_given_name_in_brackets_is_an_alias_and_no_country() -> None:
    names = only("Karina (aka Khadizhat) Petrova (Russia) – Official.").party.names
    assert [(each.full, each.role) for each in names] == [
        ("Karina Petrova", NameRole.PRIMARY),
        ("Khadizhat Petrova", NameRole.ALIAS),
    ]


@pytest.mark.parametrize(
    ("reason", "relations"),
    [
        ("Anna Petrova is Ivan Petrov’s daughter.", [("daughter of", "Ivan Petrov")]),
        (
            "Mayor. His wife, Maria Petrova, and his minor son are ineligible, too.",
            [("wife", "Maria Petrova")],
        ),
        (
            "The spouse of an official, Petrov's son Pavel J. Petrov. He was a mayor.",
            [("son", "Pavel J. Petrov")],
        ),
        ("Mayor of a city whose children's hospital was closed.", []),
    ],
)
def test_family_named_in_prose_becomes_a_relation(
    reason: str, relations: list[tuple[str, str]]
) -> None:
    found = only(f"Anna Petrova (Russia) – {reason}").party.relations
    assert [(each.label, each.other) for each in found] == relations
    assert {str(each.kind) for each in found} <= {"family"}


def test_each_numbered_item_becomes_an_entry_or_is_reported() -> None:
    body = numbered(
        "(U) Ivan Petrov (Russia) – one.",
        "(U) A name without its country.",
        "(SBU) Pavel Petrov (Russia) – marked.",
        "(U) Ana Díaz (Atlantis) – a country that is none.",
    )
    prose = "<p>The following were designated.</p><p>* Denotes an action since the last report.</p>"
    found = read(page(section("2023", CORRUPTION, prose + body)))
    assert [type(each).__name__ for each in found] == ["Listing"] + ["ReportedEntry"] * 3
    reasons = [each.reason for each in found if isinstance(each, ReportedEntry)]
    assert ["no name with a country" in reasons[0], "(SBU)" in reasons[1]] == [True, True]


def test_an_item_under_no_year_is_reported() -> None:
    (found,) = read(page(section("", RIGHTS, numbered("(U) Ivan Petrov (Russia) – one."))))
    assert isinstance(found, ReportedEntry)
    assert "under no year" in found.reason


def test_what_stands_within_a_list_item_belongs_to_it() -> None:
    listing = only(
        "<p>Ivan Petrov (Russia) – Mayor.</p><ul><li>With Anna Petrova (Russia)</li></ul>"
    )
    assert listing.designations[0].reason == "Mayor.With Anna Petrova (Russia)"


def test_the_same_name_under_both_limbs_is_two_listings() -> None:
    item = "Ivan Petrov (Russia) – Mayor."
    found = read(
        page(
            section("2023", RIGHTS, listed(item, "Ivan Petrov (Russia) – named once more.", item)),
            section("2023", CORRUPTION, listed(item)),
            section("2022", CORRUPTION, listed(item)),
        )
    )
    listings = [each for each in found if isinstance(each, Listing)]
    assert len({each.key for each in listings}) == len(listings) == 4
    (repeated,) = (each for each in found if isinstance(each, ReportedEntry))
    assert "repeats" in repeated.reason


def test_a_listing_is_known_by_what_it_says_and_not_by_its_number() -> None:
    ivan, anna = "Ivan Petrov (Russia) – Mayor.", "Anna Petrova (Russia) – Judge."
    before = read(page(section("2023", RIGHTS, numbered(ivan, anna))))
    after = read(page(section("2023", RIGHTS, numbered(anna, ivan))))
    assert {each.key for each in before if isinstance(each, Listing)} == {
        each.key for each in after if isinstance(each, Listing)
    }


def test_the_years_may_stand_on_pages_of_their_own() -> None:
    menu = ("2022", "2023")
    first = page(section("2022", RIGHTS, listed("Ivan Petrov (Russia) – one.")), menu=menu)
    second = page(section("2023", RIGHTS, listed("Anna Petrova (Russia) – two.")), menu=menu)
    assert len(read(first, second)) == 2
    with pytest.raises(Refused, match=r"menu names 2023, but no page of that year is given"):
        read(first)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(
            page(title="Access Denied"), "'Access Denied' is not the report", id="an error page"
        ),
        pytest.param(page(), "holds no item", id="the report's first page alone"),
        pytest.param("uid,name\n1,x\n", "not a page of HTML", id="no HTML"),
        pytest.param("<", "is not the report", id="hardly HTML"),
    ],
)
def test_a_page_that_is_not_the_report_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(text)
