"""The state of coordination, as it is put on the table."""


def test_the_page_tells_shares_candidates_and_movement(site):
    page = site.get("/conference/?nexus=all&since=2026-04-15")
    assert "Movement since" in page
    assert "strongest joint candidates" in page
    assert "One partner alone" in page


def test_a_day_that_is_not_past_is_refused(site):
    page = site.get("/conference/?since=2026-05-20", 422)
    assert "Give the day of an earlier meeting." in page


def test_a_word_that_is_no_choice_is_refused(site):
    site.get("/conference/?nexus=everything", 422)
    site.get("/conference/?since=yesterday", 422)


def test_hostile_names_stay_text(site):
    assert "<script>alert" not in site.get("/conference/?nexus=all&since=2026-04-15")
