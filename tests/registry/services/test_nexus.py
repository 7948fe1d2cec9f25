from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from registry.domain.conduct import Family
from registry.domain.finding import State, Verdict
from registry.domain.nexus import Nexus
from registry.domain.partial_date import PartialDate, Precision
from registry.domain.record import InvalidRecord
from registry.domain.roles import Role, Side
from registry.services import assess, nexus
from registry.store.archive import Archive
from registry.store.database import revision
from tests.factories import keep_edition, listing, reconcile

UK = "uk-sanctions-list"
KEY = f"{UK}:RUS1"
RUSSIA = "The Russia (Sanctions) (EU Exit) Regulations 2019"
AT = datetime(2026, 11, 2, tzinfo=UTC)
TODAY = date(2026, 11, 2)
SAID = "Petrov commands a brigade. He tortured detainees. Sidorov committed massacres."
BORN = date(2012, 5, 3)
EVERYTHING = frozenset(State)


class Registry:
    def __init__(self, engine, folder):
        self.engine, self.archive, self.subject = engine, Archive(folder), ""

    def keep(self, dated, reason, *others):
        made = listing(UK, "RUS1", "Ivan PETROV", RUSSIA, reason=reason)
        with Session(self.engine) as session, session.begin():
            keep_edition(session, self.archive, UK, dated, [made, *others])
            self.subject = reconcile(session)[KEY]

    def rows(self, *states, **of):
        with Session(self.engine) as session:
            return list(nexus.rows(session, states or EVERYTHING, TODAY, **of))

    def review(self, finding_id, verdict=Verdict.CONFIRMED, key=KEY):
        with Session(self.engine) as session, session.begin():
            return nexus.review(session, key, finding_id, verdict, "A. Reviewer", "read it", AT)

    def quote(self, quote, *families):
        with Session(self.engine) as session, session.begin():
            return nexus.confirm_quote(session, KEY, quote, families, "A. Reviewer", "read it", AT)

    def level(self, on=TODAY):
        """What the subject counts as; it is the same in coverage of everybody and of it alone."""
        with Session(self.engine) as session:
            everybody = assess.assess(session, on, TODAY).find(self.subject)
            alone = assess.assess(session, on, TODAY, self.subject).find(self.subject)
        assert everybody.nexus == alone.nexus
        return everybody.nexus

    def revision(self):
        with Session(self.engine) as session:
            return revision(session)


@pytest.fixture
def registry(database, tmp_path):
    made = Registry(database, tmp_path / "archive")
    made.keep(date(2026, 5, 1), SAID)
    return made


def test_a_finding_counts_at_its_programmes_level_until_a_reviewer_confirms_it(registry):
    (row,) = registry.rows(State.PROPOSED)
    assert (row.level, registry.level()) == (Nexus.POSSIBLE, Nexus.POSSIBLE)
    before = registry.revision()
    registry.review(row.found.finding.id)
    assert registry.level() == Nexus.STATED
    assert registry.revision() > before
    (confirmed,) = registry.rows(State.CONFIRMED)
    assert confirmed.level is Nexus.STATED
    assert confirmed.found.review.reviewer == "A. Reviewer"


def test_a_rejected_finding_counts_for_nothing_and_may_be_confirmed_later(registry):
    found = registry.rows(State.PROPOSED)[0].found.finding.id
    registry.review(found)
    registry.review(found, Verdict.REJECTED)
    assert registry.level() == Nexus.POSSIBLE
    registry.review(found)
    assert registry.level() == Nexus.STATED


def test_an_amended_sentence_reopens_the_finding_and_the_past_keeps_its_text(registry):
    registry.review(registry.rows(State.PROPOSED)[0].found.finding.id)
    registry.keep(date(2026, 8, 1), SAID.replace("tortured", "may have tortured"))
    assert [row.quote for row in registry.rows(State.REOPENED)] == ["He tortured detainees."]
    assert registry.level() == Nexus.POSSIBLE
    assert registry.level(on=date(2026, 6, 1)) == Nexus.STATED


def test_what_no_longer_stands_there_can_not_be_reviewed(registry):
    found = registry.rows(State.PROPOSED)[0].found.finding.id
    registry.keep(date(2026, 8, 1), "Petrov commands a brigade.")
    with pytest.raises(InvalidRecord, match="has no finding"):
        registry.review(found)


def test_a_reviewer_may_confirm_a_quote_that_the_machine_does_not_find(registry):
    registry.quote("Petrov commands a brigade", Family.CIVILIANS)
    assert registry.level() == Nexus.STATED
    (row,) = registry.rows(State.CONFIRMED)
    assert row.found.finding.families == (Family.CIVILIANS,)
    with pytest.raises(InvalidRecord, match="word for word"):
        registry.quote("Petrov commands a regiment", Family.CIVILIANS)


def test_a_listing_that_is_not_held_can_not_be_reviewed(registry):
    with pytest.raises(InvalidRecord, match="no listing"):
        registry.review("0123456789", key=f"{UK}:NONE")


def test_findings_are_shown_by_state_list_and_subject(registry):
    assert [row.found.state for row in registry.rows()] == [State.PROPOSED, State.DOUBTFUL]
    assert registry.rows(official_list="eu-fsf") == []
    assert len(registry.rows(official_list=UK)) == 2
    assert len(registry.rows(subject_id=registry.subject)) == 2
    assert registry.rows(subject_id="none") == []


def test_a_minors_day_of_birth_is_not_in_the_quote_that_is_shown(registry):
    born = listing(
        UK, "RUS2", "Ivan PETROV", RUSSIA,
        reason="Petrov, born on 3 May 2012, took part in massacres.",
        birth_dates=(PartialDate(BORN, BORN, Precision.DAY),),
    )  # fmt: skip
    registry.keep(date(2026, 9, 1), SAID, born)
    quotes = [row.quote for row in registry.rows() if row.reference == "RUS2"]
    assert quotes == ["Petrov, born on 2012, took part in massacres."]


def test_a_subjects_listings_are_read_each_for_itself_with_the_stated_roles(registry):
    with Session(registry.engine) as session:
        (reading,) = nexus.of_subject(session, registry.subject, TODAY)
    assert (reading.official_list, reading.level) == (UK, Nexus.POSSIBLE)
    assert [row.found.state for row in reading.findings] == [State.PROPOSED, State.DOUBTFUL]
    assert [each.role for each in reading.roles] == [Role.COMMANDER]
    assert reading.sides == {Side.PERPETRATOR}


def test_a_programme_against_those_who_work_on_accountability_shows_no_finding_and_no_role(
    registry,
):
    court = listing("us-ofac-sdn", "1", "Anna RICHTER", "ICC-EO14203", functions=("Judge",))
    court = replace(court, party=replace(court.party, remarks=("Richter tried war crimes.",)))
    with Session(registry.engine) as session, session.begin():
        keep_edition(session, registry.archive, "us-ofac-sdn", date(2026, 5, 1), [court])
        subject = reconcile(session)[court.key]
        (reading,) = nexus.of_subject(session, subject, TODAY)
    assert (reading.level, reading.findings, reading.roles) == (Nexus.NONE, (), ())
