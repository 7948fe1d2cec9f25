"""Why two listings stand apart is said with the names of the listings that matter."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from registry.domain.partial_date import day
from registry.services import resolve
from registry.services.why_apart import why_apart
from registry.store.archive import Archive
from tests.factories import keep_edition, listing

UK, US, EU = "uk-sanctions-list", "us-ofac-sdn", "eu-fsf"
CODES = {UK: "GB-MYA", US: "BURMA", EU: "EU-MMR"}
TODAY = date(2026, 2, 1)


@pytest.fixture
def said(database, tmp_path):
    """What is said of two listings once these are imported and reconciled."""

    def of(left, right, **lists):
        with Session(database) as session, session.begin():
            for official_list, entries in lists.items():
                official_list = official_list.replace("_", "-")
                made = [
                    listing(
                        official_list,
                        reference,
                        name,
                        CODES[official_list],
                        birth_dates=tuple(day(date(each, 3, 2)) for each in years),
                    )
                    for reference, (name, *years) in entries.items()
                ]
                keep_edition(session, Archive(tmp_path), official_list, date(2026, 1, 10), made)
            resolve.reconcile(session)
            return why_apart(session, left, right, TODAY)

    return of


def test_one_subject_is_not_apart(said):
    ours, theirs = {"MYA1": ("Kyaw Zaw Thant", 1958)}, {"1": ("THANT, Kyaw Zaw", 1958)}
    assert said(f"{UK}:MYA1", f"{US}:1", uk_sanctions_list=ours, us_ofac_sdn=theirs) == ()


def test_another_listing_that_fits_as_well_is_named(said):
    name = "Evgeny Viktorovich Prikhodko"
    found = said(
        f"{UK}:MYA1",
        f"{US}:1",
        uk_sanctions_list={"MYA1": (name,)},
        us_ofac_sdn={"1": (name, 1958), "2": (name, 1971)},
    )
    assert any(f"{name} (us-ofac-sdn 2) fits" in each for each in found)


def test_a_pair_that_evidence_alone_does_not_link_is_said_to_be_one(said):
    found = said(
        f"{UK}:MYA1",
        f"{US}:1",
        uk_sanctions_list={"MYA1": ("Ivan Dremin",)},
        us_ofac_sdn={"1": ("Boris TARABANOV",)},
    )
    assert found[0].startswith("By itself a pair is linked from +1.0")
