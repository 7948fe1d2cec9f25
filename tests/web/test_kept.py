"""What is kept between requests is right for whoever asks next."""

import pytest
from flask import url_for
from sqlalchemy import select

from registry.services import ingest
from registry.store.database import writing
from registry.store.tables import EditionRow
from tests.web.conftest import EU


def test_what_one_reader_may_do_in_a_situation_is_not_offered_to_the_next(site):
    offered = "/proposals/new?situation=syria"
    drafter = site.visitor("policy").get("/situations/syria")
    assert offered in drafter
    assert "Jo Example" in drafter
    anybody = site.get("/situations/syria")
    assert offered not in anybody
    assert "Jo Example" not in anybody
    assert offered in site.visitor("policy").get("/situations/syria")


def test_a_situation_is_written_anew_when_its_lists_change(desk):
    assert "<b>64</b> subjects" in desk.get("/situations/syria")
    with writing(desk.engine) as session:
        edition = session.scalars(select(EditionRow).where(EditionRow.official_list == EU)).one()
        ingest.withdraw_edition(session, edition.id, "a test")
    assert "<b>64</b> subjects" not in desk.get("/situations/syria")


@pytest.mark.parametrize("mounted_at", ["", "/registry"])
@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"page": 1}, id="a number"),
        pytest.param({"page": "1"}, id="a text"),
        pytest.param({"page": True}, id="what is equal to a number and is none"),
        pytest.param({"listed-by": ["EU", "UK"]}, id="several"),
        pytest.param({"q": None}, id="nothing"),
        pytest.param({"_external": True}, id="with the host"),
    ],
)
def test_a_page_addresses_others_as_the_router_does(site, mounted_at, values):
    address = site.app.jinja_env.globals["url_for"]
    for host in ("a.example", "b.example"):
        base_url = f"http://{host}{mounted_at}"
        with site.app.test_request_context("/coverage/", base_url=base_url):
            for endpoint in ("coverage.matrix", ".matrix"):
                for _ in range(2):
                    assert address(endpoint, **values) == url_for(endpoint, **values)
