"""The state of coordination, as it is put on the table."""


def test_the_page_tells_shares_candidates_and_movement(site):
    page = site.visitor("reader").get("/conference/?nexus=all&since=2026-04-15")
    assert "Movement since" in page
    assert "strongest joint candidates" in page
    assert "One partner alone" in page
    assert "One alone, 15 April 2026" not in page
    assert "no edition of that day is held of US, EU, CA" in page, "unknown then is not none"
    page = site.visitor("reader").get("/conference/?nexus=all&since=2026-05-19")
    assert "One alone, 19 May 2026" in page
    assert "is held of" not in page


def test_a_day_that_is_not_past_is_refused(site):
    page = site.visitor("reader").get("/conference/?since=2026-05-20", 422)
    assert "Give the day of an earlier meeting." in page


def test_a_word_that_is_no_choice_is_refused(site):
    site.visitor("reader").get("/conference/?nexus=everything", 422)
    site.visitor("reader").get("/conference/?since=yesterday", 422)


def test_hostile_names_stay_text(site):
    assert "<script>alert" not in site.visitor("reader").get(
        "/conference/?nexus=all&since=2026-04-15"
    )


def test_who_keeps_accounts_is_not_led_to_the_conference_page_and_reads_nothing_there(site):
    administrator = site.visitor("administrator")
    administrator.get("/conference/", 403)
    assert "/conference/" not in administrator.get("/")
    assert "/conference/" in site.visitor("reader").get("/")
    assert site.client.get("/conference/").headers["Location"].startswith("/sign-in?next=")
