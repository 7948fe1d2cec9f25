from datetime import date
from pathlib import Path

import pytest

from importers import catalogue, eu_xml
from importers.base import Refused
from importers.eu_travel_bans import read
from importers.source import Part, Source, open_source
from registry.domain.designation import Listing, Measure
from registry.domain.party import Kind, NameRole

KEY = "eu-travel-bans"
DECISION = """
<regulation regulationType="amendment" organisationType="council" publicationDate="2022-04-21"
  entryIntoForceDate="2022-04-22" numberTitle="Council Decision (CFSP) 2022/{} of 21 April 2022"
  {}><publicationUrl>https://example.org/{}</publicationUrl></regulation>"""


def decision(number: int = 661, programme: str = "") -> str:
    return DECISION.format(number, programme, number)


def person(*inside: str, reference: str = "EU.1.1", name: str = "A B") -> str:
    return (
        f'<sanctionEntity euReferenceNumber="{reference}" logicalId="1">{"".join(inside)}'
        '<subjectType code="person" classificationCode="P"/>'
        f'<nameAlias wholeName="{name}" logicalId="1"/></sanctionEntity>'
    )


def fillers(*inside: str) -> list[str]:
    return [person(*(inside or (decision(),)), reference=f"EU.9.{n}") for n in range(5)]


def part(*entities: str, name: str = "bans.xml", day: str = "2026-05-01") -> Part:
    text = f'<export xmlns="{eu_xml.NAMESPACE}" generationDate="{day}">{"".join(entities)}</export>'
    return Part(name, text.encode())


def listings(*parts: Part) -> list[Listing]:
    found = catalogue.listings(KEY, catalogue.read(KEY, Source("bans", parts)))
    assert all(isinstance(each, Listing) for each in found), found
    return [each for each in found if isinstance(each, Listing)]


def test_presence_in_the_file_states_a_travel_ban_under_its_decision() -> None:
    (found, *_others) = listings(part(person(decision()), *fillers()))
    (designation,) = found.designations
    assert designation.stated == ((Measure.TRAVEL_BAN, True),)
    assert designation.act == "Council Decision (CFSP) 2022/661 of 21 April 2022"
    assert designation.code == ""


def test_a_person_banned_under_two_decisions_is_one_listing() -> None:
    found = listings(
        part(person(decision(661)), *fillers(), name="a.xml"),
        part(person(decision(849), name="B A"), name="b.xml"),
    )
    assert len(found) == 6
    assert [each.act[24:32] for each in found[0].designations] == ["2022/661", "2022/849"]
    assert [(each.full, each.role) for each in found[0].party.names] == [
        ("A B", NameRole.PRIMARY),
        ("B A", NameRole.ALIAS),
    ]
    assert found[0].raw.count("<sanctionEntity") == 2


def test_files_that_repeat_a_person_add_nothing() -> None:
    one = listings(part(person(decision()), *fillers(), name="a.xml"))
    two = listings(
        part(person(decision()), *fillers(), name="a.xml"), part(person(decision()), name="b.xml")
    )
    assert [each.party for each in one] == [each.party for each in two]
    assert [each.designations for each in one] == [each.designations for each in two]


@pytest.mark.parametrize(
    ("own", "reference", "key"),
    [
        pytest.param('logicalId="77"', "77", "eu-travel-bans:77", id="with a logical id"),
        pytest.param("", "", "eu-travel-bans:name example person", id="with nothing"),
    ],
)
def test_two_remarks_without_a_type_are_a_persons_name_and_particulars(
    own: str, reference: str, key: str
) -> None:
    bare = (
        f"<sanctionEntity {own}><remark>Example PERSON (born 1970)</remark>"
        f"<remark>Minister of examples.</remark>{decision()}</sanctionEntity>"
    )
    (found, *_others) = listings(part(bare, *fillers()))
    assert (found.reference, found.key, found.party.kind) == (reference, key, Kind.PERSON)
    assert found.party.name == "Example PERSON"
    assert found.party.remarks == ("Example PERSON (born 1970)", "Minister of examples.")
    assert found.designations[0].stated == ((Measure.TRAVEL_BAN, True),)


def test_an_edition_of_several_files_is_dated_by_the_newest() -> None:
    parts = (
        part(*fillers(), name="a.xml", day="2026-05-01"),
        part(person(decision()), name="b.xml", day="2026-05-20"),
    )
    assert read(Source("bans", parts)).published_on == date(2026, 5, 20)


ACT = decision(661, 'programme="UKR"').replace("Council Decision (CFSP) 2022/661", "2022/581 (OJ)")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        pytest.param(
            Source("x", (part(*fillers(ACT)),)), "imported as eu-fsf", id="the asset freezes"
        ),
        pytest.param(Source("x", (part(*fillers(" ")),)), "do not stand", id="no act at all"),
        pytest.param(Source("x", (part(person(decision())),)), "1 entities", id="an excerpt"),
        pytest.param(
            Source("x", (part(*fillers()), Part("index.json", b"{}"))),
            "index.json: not EU XML",
            id="another file among them",
        ),
    ],
)
def test_what_is_no_edition_of_this_list_is_refused(source: Source, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(source)


@pytest.mark.real_lists
@pytest.mark.parametrize("folder", ["2026-03-20-rebuilt", "2021-10-03-rebuilt-approximate"])
def test_a_real_edition_of_the_asset_freezes_is_refused(real_lists: Path, folder: str) -> None:
    path = real_lists / "eu-fsf" / folder / "xmlFullSanctionsList_1_1.xml"
    with pytest.raises(Refused, match="imported as eu-fsf"):
        read(open_source(path))
