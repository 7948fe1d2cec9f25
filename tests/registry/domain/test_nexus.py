import pytest

from registry.domain import nexus, reference
from registry.domain.nexus import Finding, Nexus
from tests.registry.domain.worlds import listed

TEXT = Finding(("torture",), "a quote of the reasons")
CONFIRMED = Finding(("torture",), "a quote of the reasons", confirmed=True)


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
    assert nexus.of_designation(glomag, TEXT) is Nexus.POSSIBLE
    assert nexus.of_designation(terror, TEXT) is Nexus.NONE
    assert nexus.of_designation(terror, CONFIRMED) is Nexus.STATED


def test_no_text_brings_an_adverse_programme_into_these_views():
    court = reference.programmes()["US-ICC-EO14203"]
    assert nexus.of_designation(court, CONFIRMED) is Nexus.NONE


def test_a_code_that_is_not_in_the_table_shows_nothing():
    assert nexus.of_designation(None) is Nexus.NONE


def test_the_strongest_designation_decides():
    found = [listed("us-ofac-sdn", "SDGT", also=("GLOMAG",)), listed("eu-fsf", "HR")]
    assert nexus.of_listings(found) is Nexus.PROGRAMME
    assert nexus.of_listings(found[:1]) is Nexus.POSSIBLE
    assert nexus.of_listings([]) is Nexus.NONE
