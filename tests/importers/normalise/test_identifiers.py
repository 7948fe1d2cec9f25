import pytest

from importers import normalise, vocabulary
from importers.base import ParsedDesignation, ParsedEntry, ParsedIdentifier, ParsedName


@pytest.mark.parametrize(
    ("cited", "read"),
    [
        pytest.param("QDi.043", "QDi.043", id="as the Council writes it"),
        pytest.param("QDi.43", "QDi.043", id="without the zero"),
        pytest.param(" CDe 001", "CDe.001", id="without the stop"),
        pytest.param("not a reference", "not a reference", id="anything else is kept"),
    ],
)
def test_a_un_reference_is_cited_in_one_form(cited: str, read: str) -> None:
    entry = ParsedEntry(
        reference="EU.1.1",
        kind="person",
        names=(ParsedName("Example"),),
        designations=(ParsedDesignation("TAQA"),),
        line=1,
        raw="",
        identifiers=(ParsedIdentifier("unitedNationId", cited),),
    )
    listing = normalise.listing(entry, vocabulary.load("eu-fsf"))
    assert [each.value for each in listing.party.identifiers] == [read]
