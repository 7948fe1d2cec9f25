from dataclasses import replace

import pytest

from registry.domain import nexus, reference
from registry.domain.finding import DesignationKey
from registry.domain.nexus import Nexus
from tests.registry.domain.worlds import listed


@pytest.mark.parametrize(
    ("key", "level"),
    [
        pytest.param("EU-HR", Nexus.PROGRAMME, id="core and unmixed"),
        pytest.param("US-GLOMAG", Nexus.POSSIBLE, id="core, but corruption under the same tag"),
        pytest.param("GB-RUS", Nexus.POSSIBLE, id="partial"),
        pytest.param("US-SDGT", Nexus.NONE, id="terrorism"),
        pytest.param("US-ICC-EO14203", Nexus.NONE, id="adverse to accountability"),
    ],
)
def test_a_programme_alone_shows_what_its_criteria_are(key, level):
    assert nexus.of_programme(reference.programmes()[key]) is level


def test_an_unconfirmed_finding_counts_at_its_programmes_level():
    glomag, terror = (reference.programmes()[key] for key in ("US-GLOMAG", "US-SDGT"))
    assert nexus.of_designation(glomag) is Nexus.POSSIBLE
    assert nexus.of_designation(terror) is Nexus.NONE
    assert nexus.of_designation(terror, stated=True) is Nexus.STATED


def test_no_text_brings_an_adverse_programme_into_these_views():
    court = reference.programmes()["US-ICC-EO14203"]
    assert nexus.of_designation(court, stated=True) is Nexus.NONE


def test_a_confirmed_statement_counts_for_its_designation_and_a_remark_for_the_listing():
    both = listed("us-ofac-sdn", "SDGT", also=("GLOMAG",))
    other = replace(listed("us-ofac-sdn", "SDNTK"), key="us-ofac-sdn:2")
    for found in (DesignationKey(both.key, "SDGT"), DesignationKey(both.key)):
        assert nexus.of_listings([both], {found}) is Nexus.STATED
        assert nexus.of_listings([other], {found}) is Nexus.NONE
    assert nexus.of_listings([both], {DesignationKey(both.key, "SDNTK")}) is Nexus.POSSIBLE


def test_a_code_that_is_not_in_the_table_shows_nothing():
    assert nexus.of_designation(None) is Nexus.NONE


def test_the_strongest_designation_decides():
    found = [listed("us-ofac-sdn", "SDGT", also=("GLOMAG",)), listed("eu-fsf", "HR")]
    assert nexus.of_listings(found) is Nexus.PROGRAMME
    assert nexus.of_listings(found[:1]) is Nexus.POSSIBLE
    assert nexus.of_listings([]) is Nexus.NONE
