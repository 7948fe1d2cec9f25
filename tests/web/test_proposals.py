"""The pages of proposals: what each account sees of them, byte for byte, and hostile tries."""

import re
from datetime import date

import pytest

from registry.domain.designation import Measure
from registry.domain.evidence import Evidence, EvidenceKind
from registry.domain.handling import Level, mark
from registry.domain.position import Status
from registry.domain.proposal import Stage
from registry.domain.section import Heading
from registry.services import discuss, propose, substantiate
from registry.services.propose import Fields
from registry.web.sent import FORM_PAGE
from tests.registry.services.proposing import EU, FREEZE, NOW, QUAD, TODAY, WHO
from tests.web.conftest import HOSTILE, Visitor
from tests.web.proposing import TOKEN, Desk

NOBODYS = "QQQQQQQQQQQQQQ"


@pytest.fixture
def desk(database, tmp_path):
    made = Desk(database, tmp_path)
    yield made
    made.close()


def pages(proposal_id, subject):
    return [
        "/proposals/",
        "/proposals/?q=round",
        f"/proposals/{proposal_id}",
        *(f"/proposals/boards/{partner}" for partner in ("US", "EU", "UK", "CA")),
        "/notices/",
        "/calendar/",
        "/search/?q=example",
        "/coverage/",
        f"/subjects/{subject}",
        "/",
    ]


def seen(desk, who, proposal_id):
    """Every page that the account can open, with its status."""
    found = {}
    for address in pages(proposal_id, desk.world.subject_of[f"{EU}:EU.1"]):
        answer = desk.of(who).client.get(address)
        found[address] = answer.status_code, TOKEN.sub("", answer.text)
    return found


OTHERS = [each for each in WHO if each not in ("uk", "uk2", "uk-auditor", "admin")]


def test_what_a_partner_keeps_to_itself_changes_no_byte_for_the_others(desk):
    world = desk.world
    made = world.circulated()
    for who in ("us", "eu", "ca"):
        world.do(discuss.watch, who, made.id, on=True)
    world.answer("uk", made, Status.REVIEWING, marking=mark("UK", releases=QUAD))
    before = {who: seen(desk, who, made.id) for who in OTHERS}
    assert before["us"] != before["ngo"]
    own = mark("UK")
    world.answer("uk", made, Status.OBJECTS, "Our source says otherwise.")
    world.do(discuss.comment, "uk", made.id, "@us @eu @uk2 @ngo our source", own, NOW)
    world.do(discuss.assign, "uk", made.id, "Ask our source", "uk2", TODAY, own, NOW)
    item = Evidence(EvidenceKind.TESTIMONY, "Our source", "", source="Our source")
    world.do(substantiate.add, "uk", made.id, item, own, NOW)
    red = mark("UK", Level.RED, QUAD, [world.who["uk"].id])
    world.do(discuss.comment, "uk", made.id, "Our source in red", red, NOW)
    assert {who: seen(desk, who, made.id) for who in OTHERS} == before
    page = desk.get("uk", f"/proposals/{made.id}")
    assert page.count("ur source") >= 6
    assert "in red" in page
    assert "in red" not in desk.get("uk2", f"/proposals/{made.id}")


def test_a_draft_and_a_proposal_for_others_are_there_for_nobody_else(desk):
    world = desk.world
    before = {who: seen(desk, who, NOBODYS) for who in WHO if not who.startswith("us")}
    draft = world.start()
    pair = world.circulated(releases=["EU"], partners=("EU", "US"))
    for who, pages_before in before.items():
        if who != "eu":
            assert seen(desk, who, NOBODYS) == pages_before, who
            for made in (draft, pair):
                assert (
                    seen(desk, who, made.id)[f"/proposals/{made.id}"]
                    == pages_before[f"/proposals/{NOBODYS}"]
                )
    assert "Round two" in desk.get("eu", "/proposals/")
    desk.get("eu", f"/proposals/{draft.id}", 404)


def forms(proposal, section, item, task, comment):
    """Every address that changes a proposal, with a form that would be taken."""
    at = f"/proposals/{proposal}"
    marked = {"level": "clear", "releases": ["QUAD", "secretariat"]}
    return [
        (f"{at}/fields", {"title": "Taken over", "revision": "1"}),
        (f"{at}/asks", {"ask": ["S asset-freeze UK"], "revision": "1"}),
        (f"{at}/sections/{section}", {"text": "Taken over", "revision": "1"}),
        (f"{at}/sections/{section}/mark", marked),
        (f"{at}/sections/{section}/follow", {}),
        (f"{at}/mark", marked),
        (f"{at}/stage", {"to": "withdrawn"}),
        (f"{at}/waivers", {"subject": "S", "reason": "so"}),
        (f"{at}/answer", {"on": ["S asset-freeze"], "status": "supports"}),
        (f"{at}/evidence", {"kind": "document", "title": "x"}),
        (f"{at}/evidence/{item}/withdraw", {"reason": "x"}),
        (f"{at}/evidence/{item}/mark", marked),
        (f"{at}/comments", {"text": "x"}),
        (f"{at}/tasks", {"text": "x", "assignee": "uk"}),
        (f"{at}/tasks/{task}/done", {}),
        (f"{at}/watch", {"on": "true"}),
    ]


def filled_draft(desk):
    world = desk.world
    made = world.start()
    own = mark("US")
    item = world.do(
        substantiate.add, "us", made.id, Evidence(EvidenceKind.DOCUMENT, "A", ""), own, NOW
    )
    task = world.do(discuss.assign, "us", made.id, "Do", "us2", None, own, NOW)
    comment = world.do(discuss.comment, "us", made.id, "Hm", own, NOW)
    section = world.sections("us", made.id)[0]
    return made, (made.id, section.id, item.id, task.id, comment.id)


@pytest.mark.parametrize("who", ["uk", "secretariat", "ngo", "admin"])
def test_a_direct_reference_to_what_is_hidden_answers_as_one_to_nothing(desk, who):
    made, ids = filled_draft(desk)
    before = seen(desk, "us", made.id)
    for (real, form), (forged, _form) in zip(forms(*ids), forms(*[NOBODYS] * 5), strict=True):
        got = [send(desk, who, address, form) for address in (real, forged)]
        assert got[0][0] in (403, 404), (real, got[0])
        assert got[0] == got[1], real
    for address in (f"/proposals/{made.id}/edit", f"/proposals/{made.id}/answer"):
        forged = address.replace(made.id, NOBODYS)
        assert read(desk, who, address) == read(desk, who, forged)
    assert seen(desk, "us", made.id) == before


def send(desk, who, address, form):
    visitor = desk.of(who)
    answer = visitor.client.post(address, data={"csrf_token": visitor.token(), **form})
    return answer.status_code, TOKEN.sub("", answer.text)


def read(desk, who, address):
    answer = desk.of(who).client.get(address)
    return answer.status_code, TOKEN.sub("", answer.text)


def test_portions_of_one_proposal_are_not_reached_through_another(desk):
    made, ids = filled_draft(desk)
    other = desk.world.start()
    before = seen(desk, "us", made.id)
    for address, form in forms(other.id, *ids[1:]):
        if any(portion in address for portion in ids[1:]):
            assert send(desk, "us2", address, form)[0] == 404, address
    assert seen(desk, "us", made.id) == before


def test_without_signing_in_nothing_is_there(desk):
    made = desk.world.circulated()
    answers = [
        Visitor(desk.app).client.get(address)
        for address in (f"/proposals/{made.id}", f"/proposals/{NOBODYS}")
    ]
    assert {each.status_code for each in answers} == {302}
    assert answers[0].text.replace(made.id, NOBODYS) == answers[1].text


@pytest.mark.parametrize(
    "extra",
    [
        {"partner": "EU"},
        {"automatic": "true"},
        {"originator": "EU"},
        {"account": "1"},
        {"listing": "x"},
        {"stage": "closed"},
        {"affiliation": "EU"},
    ],
)
def test_no_form_takes_a_field_that_is_not_its_own(desk, extra):
    made = desk.world.circulated()
    at = f"/proposals/{made.id}"
    subject = made.subjects[0].id
    for address, form in (
        (f"{at}/answer", {"on": [f"{subject} asset-freeze"], "status": "supports"}),
        (f"{at}/comments", {"text": "x"}),
        (f"{at}/evidence", {"kind": "document", "title": "x"}),
    ):
        assert send(desk, "uk", address, form | extra)[0] == 422
    if "stage" in extra or "originator" in extra:
        form = {"title": "x", "revision": "1"} | extra
        assert send(desk, "us", f"{at}/fields", form)[0] == 422
    assert desk.world.positions("uk", made.id).keys() == {desk.world.ask("EU")}


def test_nobody_says_in_a_form_that_somebody_is_designated(desk):
    made = desk.world.circulated()
    form = {"on": [f"{made.subjects[0].id} asset-freeze"], "status": "designated"}
    assert send(desk, "uk", f"/proposals/{made.id}/answer", form)[0] == 422


@pytest.mark.parametrize("who", ["uk", "eu"])
def test_a_mark_is_not_lowered_by_one_who_may_read(desk, who):
    made = desk.world.circulated()
    item = desk.world.do(
        substantiate.add,
        "us",
        made.id,
        Evidence(EvidenceKind.DOCUMENT, "A", ""),
        mark("US", releases=QUAD),
        NOW,
    )
    marked = {"level": "clear", "releases": ["QUAD", "secretariat"]}
    for address in (f"/proposals/{made.id}/mark", f"/proposals/{made.id}/evidence/{item.id}/mark"):
        status, page = send(desk, who, address, marked)
        assert status == 403
        assert "Only US" in page
    assert "TLP:CLEAR" not in desk.get("us", f"/proposals/{made.id}").split("<form", 1)[0]
    desk.get("secretariat", f"/proposals/{made.id}", 404)


@pytest.mark.parametrize("release", ["", "XX", "ngo:", "us", "G8"])
def test_a_forged_release_or_level_is_refused(desk, release):
    made = desk.world.start()
    assert send(desk, "us", f"/proposals/{made.id}/mark", {"releases": [release]})[0] == 422
    assert send(desk, "us", f"/proposals/{made.id}/mark", {"level": "white"})[0] == 422


def test_the_second_editor_is_shown_both_texts(desk):
    made = desk.world.start()
    section = next(
        each
        for each in desk.world.sections("us", made.id)
        if each.value.heading is Heading.EXCULPATORY
    )
    address = f"/proposals/{made.id}/sections/{section.id}"
    desk.post("us", address, text="The first <b>text</b>", revision="1")
    page = desk.post("us2", address, 409, text="The second text", revision="1").text
    assert "The first &lt;b&gt;text&lt;/b&gt;" in page
    assert "The second text" in page
    page = desk.post(
        "us2",
        address,
        409,
        text="The second text",
        revision="1",
        **{FORM_PAGE: f"/proposals/{made.id}/edit"},
    ).text
    form = page[page.index(f'action="{address}"') :].partition("</form>")[0]
    assert ">\nThe second text</textarea>" in form, "nothing has to be typed again"
    assert 'name="revision" value="2"' in form, "what is sent next starts from what was saved"
    assert "<pre>The first &lt;b&gt;text&lt;/b&gt;</pre>" in page
    desk.post("us2", address, text="Both", revision="2")


def test_hostile_text_in_every_field_is_only_text(desk):
    world = desk.world
    hostile = f"=1+1 {HOSTILE} \"' {{{{7*7}}}} javascript:alert(1)"
    made = world.do(
        propose.start,
        "us",
        Fields(hostile, hostile),
        [world.subject_of[f"{EU}:EU.1"]],
        ["US", "EU", "UK"],
        [FREEZE],
        TODAY,
        NOW,
    )
    own = mark("US")
    for section in world.sections("us", made.id):
        world.do(propose.write, "us", made.id, section.id, 1, hostile, NOW)
    item = Evidence(EvidenceKind.DOCUMENT, hostile, hostile, source=hostile)
    world.do(substantiate.add, "us", made.id, item, own, NOW)
    world.do(discuss.comment, "us", made.id, hostile, own, NOW)
    world.do(discuss.assign, "us", made.id, hostile, "us2", TODAY, own, NOW)
    world.do(propose.waive, "us", made.id, made.subjects[0].id, hostile, NOW)
    world.do(propose.mark_proposal, "us", made.id, mark("US", releases=QUAD), NOW)
    world.do(propose.move, "us", made.id, propose.Stage.CIRCULATED, TODAY, NOW)
    world.answer("us", made, Status.OBJECTS, hostile)
    for address in (
        *pages(made.id, made.subjects[0].id),
        f"/proposals/{made.id}/edit",
        f"/proposals/{made.id}/answer",
        f"/proposals/new?subject={made.subjects[0].id}",
    ):
        page = desk.get("us", address)
        assert "<script>alert" not in page
        assert "<b>GmbH" not in page
        assert "{{7*7}}" in page or address not in (f"/proposals/{made.id}", "/proposals/")
    assert "&lt;script&gt;alert" in desk.get("us", f"/proposals/{made.id}")


def test_a_link_of_an_item_opens_nothing_but_the_web(desk):
    made = desk.world.circulated()
    form = {"kind": "document", "title": "x", "url": "javascript:alert(1)"}
    assert send(desk, "us", f"/proposals/{made.id}/evidence", form)[0] == 422


def test_a_proposal_is_made_from_subjects_that_were_chosen(desk):
    subject = desk.world.subject_of[f"{EU}:EU.1"]
    page = desk.get("us", f"/proposals/new?subject={subject}&subject=SNOTHERE2")
    assert "Aung EXAMPLE" in page
    assert "Fewer than two strong identifiers" in page
    answer = desk.post(
        "us",
        "/proposals/",
        title="From a gap",
        subject=[subject],
        partner=["UK", "US"],
        measure=[Measure.ASSET_FREEZE.value],
        target_on="2026-06-01",
    )
    page = desk.get("us", answer.headers["Location"])
    assert "Name: Aung EXAMPLE [eu-fsf EU.1, edition of 10 May 2026]" in page
    assert "TLP:AMBER+STRICT · releasable to US · originator US" in page
    assert "From a gap" in desk.get("us", "/calendar/")


def test_the_coverage_page_and_a_subject_s_page_lead_to_a_proposal(desk):
    subject = desk.world.subject_of[f"{EU}:EU.1"]
    made = desk.world.circulated()
    assert 'formaction="/proposals/new"' in desk.get("us", "/coverage/")
    assert 'formaction="/proposals/new"' not in desk.get("us-reader", "/coverage/")
    page = desk.get("us", f"/subjects/{subject}")
    assert f'href="/proposals/new?subject={subject}"' in page
    for who, sees in (("us", True), ("ca", True), ("ngo", False), ("secretariat", False)):
        assert (made.id in desk.get(who, f"/subjects/{subject}")) is sees
    desk.get("us", f"/proposals/new?subject={subject}&as-of=2026-05-01")


def test_what_a_draft_seeks_is_changed_with_boxes(desk):
    made = desk.world.start(partners=("UK",))
    subject = made.subjects[0].id
    page = desk.get("us", f"/proposals/{made.id}/edit")
    assert f'value="{subject} asset-freeze UK" checked' in page
    asks = [f"{subject} asset-freeze UK", f"{subject} travel-ban CA"]
    address = f"/proposals/{made.id}/asks"
    assert desk.of("us").post(address, {"revision": "1", "ask": asks}).status_code == 303
    assert f'value="{subject} travel-ban CA" checked' in desk.get(
        "us", f"/proposals/{made.id}/edit"
    )
    late = {"revision": "1", "ask": asks[:1], FORM_PAGE: f"/proposals/{made.id}/edit"}
    page = desk.of("us2").post(address, late, 409).text
    assert "CA, travel ban on Aung EXAMPLE" in page, "what was saved meanwhile, in words"
    for wrong in (["x"], [f"{subject} x UK"], [f"{subject} asset-freeze XX"], []):
        assert send(desk, "us", address, {"revision": "2", "ask": wrong})[0] == 422


def test_the_strongest_candidates_of_a_situation_are_offered_with_why(desk):
    page = desk.get("us", "/proposals/new?situation=myanmar")
    assert "Aung EXAMPLE" in page
    assert "points" in page
    link = 'href="/proposals/new?situation=myanmar"'
    assert link in desk.get("us", "/situations/myanmar")
    assert link not in desk.get("us-reader", "/situations/myanmar")


def test_marks_stand_on_top_and_at_the_bottom_and_on_every_portion(desk):
    made = desk.world.circulated()
    desk.world.answer("uk", made, Status.REVIEWING, marking=mark("UK", Level.GREEN, QUAD))
    page = desk.get("ca", f"/proposals/{made.id}")
    line = (
        "For unclassified information only · TLP:AMBER+STRICT · releasable to US, EU, UK, CA "
        "· originator US, UK"
    )
    assert page.count(line) == 2
    assert page.index(line) < page.index("<h1>") < page.rindex(line)
    assert "TLP:GREEN · rel US, EU, UK, CA" in page
    own = desk.get("us", f"/proposals/{made.id}")
    assert own.count("TLP:AMBER+STRICT · releasable to US · originator US, UK") == 2, (
        "the history of the draft is on it, which others never read"
    )


def test_notices_are_counted_and_read(desk):
    made = desk.world.circulated()
    desk.world.do(discuss.comment, "uk", made.id, "@us done", mark("UK", releases=QUAD), NOW)
    assert "Notices <b>1</b>" in desk.get("us", "/")
    assert "@us" not in desk.get("us", "/notices/"), "the text stays with the proposal"
    desk.world.answer(
        "uk", made, Status.OBJECTS, "Not yet ripe.", marking=mark("UK", releases=QUAD)
    )
    page = desk.get("us", "/notices/")
    assert "asset freeze on Aung EXAMPLE: objects <small>" in page
    assert "ripe" not in page, "nor does the reason"
    desk.post("us", "/notices/read")
    assert "Notices <b>" not in desk.get("us", "/")


def test_the_calendar_knows_the_terms_of_programmes(desk):
    assert "Term ends unless renewed" in desk.get("us-reader", "/calendar/")


def test_on_the_table_lie_only_the_proposals_that_every_partner_may_read(desk):
    pair = desk.world.circulated(releases=["EU"], partners=("US", "EU"))
    draft = desk.world.start()
    for_all = desk.world.circulated()
    for who in ("us", "eu", "ca"):
        page = desk.get(who, "/conference/?nexus=all")
        assert for_all.id in page
        assert pair.id not in page, who
        assert draft.id not in page, who
    assert for_all.id not in desk.get("secretariat", "/conference/?nexus=all")


def test_a_board_shows_what_is_asked_and_what_was_answered(desk):
    made = desk.world.circulated()
    desk.world.answer("uk", made, Status.SUPPORTS)
    assert "Supports" in desk.get("uk", "/proposals/boards/UK")
    board = desk.get("us", "/proposals/boards/UK")
    assert "Supports" not in board
    assert "Not assessed" in board
    desk.get("us", "/proposals/boards/XX", 404)


def test_a_reader_finds_no_form_to_change_anything(desk):
    made = desk.world.circulated()
    page = desk.get("us-reader", f"/proposals/{made.id}")
    assert page.count("<form") == page.count("/watch") + page.count("/sign-out") + 1


def test_a_draft_is_not_circulated_before_its_page_says_that_nothing_is_missing(desk):
    world = desk.world
    made = world.start()
    page = desk.get("us", f"/proposals/{made.id}")
    assert 'disabled aria-describedby="circulate-lacks">Circulate' in page
    assert "3 things are missing" in page
    for lacking in (
        "EU, UK, and the proposal is not released",
        "is not written down",
        "mistaken for somebody",
    ):
        assert lacking in page
    world.do(propose.mark_proposal, "us", made.id, mark("US", releases=QUAD), NOW)
    (section,) = (
        each for each in world.sections("us", made.id) if each.value.heading is Heading.EXCULPATORY
    )
    assert f"#text-{section.id}" in page
    world.do(propose.write, "us", made.id, section.id, 1, "None found; looked at …", NOW)
    assert "1 thing is missing" in desk.get("us", f"/proposals/{made.id}")
    world.do(propose.waive, "us", made.id, made.subjects[0].id, "The function.", NOW)
    page = desk.get("us", f"/proposals/{made.id}")
    assert 'type="submit">Circulate' in page
    assert "Nothing is missing" in page
    assert "EU, UK will read all of it that is released to them" in page


def test_the_editor_offers_first_those_who_are_asked_and_folds_their_annexes(desk):
    made = desk.world.start()
    page = desk.get("us", f"/proposals/{made.id}/edit")
    sought = page[page.index('id="sought"') : page.index("Save what is sought")]
    usual, others = sought.split("<summary>Others</summary>")[:2]
    assert " AU</label>" in others
    assert " AU</label>" not in usual
    for partner in ("the United States", "the European Union", "the United Kingdom"):
        assert f"<summary>For {partner}" in page
    assert "<summary>For Canada" not in page
    assert "legal test: " in page


def test_who_answers_several_measures_too_late_sees_which_and_chooses_none_anew(desk):
    made = desk.world.circulated(measures=(FREEZE, Measure.TRAVEL_BAN))
    subject, at = made.subjects[0].id, f"/proposals/{made.id}/answer"
    freeze, ban = f"{subject} asset-freeze", f"{subject} travel-ban"
    uk, uk2 = desk.of("uk"), desk.of("uk2")
    uk2.post(at, {"on": [ban], "after": [f"{freeze} ", f"{ban} "], "status": "reviewing"})
    late = {"on": [freeze, ban], "after": [f"{freeze} ", f"{ban} "], "status": "supports"}
    page = uk.post(at, {**late, FORM_PAGE: at}, 409).text
    assert "<pre>UK, travel ban on Aung EXAMPLE: reviewing</pre>" in page
    for each in (freeze, ban):
        assert f'name="on" value="{each}" checked' in page
    after = re.findall(r'name="after" value="([^"]+)"', page)
    uk.post(at, {**late, "after": after})
    given = desk.world.positions("uk", made.id)
    ours = [each.value.status for ask, each in given.items() if ask.partner == "UK"]
    assert ours == [Status.SUPPORTS] * 2


def test_what_is_chosen_twice_is_answered_once(desk):
    made = desk.world.circulated()
    chosen = f"{made.subjects[0].id} asset-freeze"
    form = {"on": [chosen, chosen], "status": "supports"}
    assert send(desk, "uk", f"/proposals/{made.id}/answer", form)[0] == 303


def test_what_can_not_be_taken_back_says_so_before_it_is_done(desk):
    world = desk.world
    made = world.circulated()
    world.do(propose.move, "us", made.id, Stage.UNDER_CONSIDERATION, TODAY, NOW)

    def told():
        return " ".join(re.sub(r"<[^>]+>", " ", desk.get("us", f"/proposals/{made.id}")).split())

    assert "No subject comes in after it." in told()
    assert "enter a target date" in told()
    fields = Fields("Round two", target_on=date(2026, 6, 1), embargo_until=date(2026, 6, 1))
    world.do(propose.edit, "us", made.id, 1, fields, NOW)
    day = "1.June.2026"
    assert re.search(rf"dated today, for the target of {day} under embargo until {day} ?\.", told())
    assert "it does not come back" in told()
    desk.post("us", f"/proposals/{made.id}/stage", to="agreed")
    assert world.find("us", made.id).stage is Stage.AGREED
