"""How often a page asks the database: the number does not grow with its rows."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from registry.warming import warm
from tests.web.conftest import EU, UK, Visitor

MOST = 40  # queries of any page, once what rests on the whole database is computed


@pytest.fixture
def queries(site):
    """A function that gives how many queries an address takes, and its page."""
    with counted(site.app.extensions["engine"]) as asked:

        def of(address):
            site.get(address)  # computes what is kept from then on
            asked.clear()
            page = site.get(address)
            return len(asked), page

        yield of


@contextmanager
def counted(engine):
    """What is asked of a database meanwhile: a list of statements that grows."""
    asked = []

    def count(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", count)


@pytest.mark.parametrize(
    ("few", "many", "row"),
    [
        pytest.param(
            "/coverage/?q=EU.1.1", "/coverage/", '<tr role="row">', id="subjects of the matrix"
        ),
        pytest.param(
            "/search/?q=EU.1.1", "/search/?q=filler+bureau", '<tr role="row">', id="what is found"
        ),
        pytest.param(
            f"/changes/?list={UK}&change=amended", f"/changes/?list={UK}", "change-", id="changes"
        ),
        pytest.param(
            f"/changes/feed.atom?list={UK}&change=amended",
            f"/changes/feed.atom?list={UK}",
            "<entry>",
            id="entries of the feed",
        ),
        pytest.param("/situations/drc", "/situations/syria", "/subjects/", id="a situation"),
    ],
)
def test_queries_do_not_grow_with_the_rows(queries, few, many, row):
    (number, page), (number_of_many, page_of_many) = queries(few), queries(many)
    assert page_of_many.count(row) > page.count(row), "there is more to show"
    assert number_of_many <= number


def test_a_subject_of_many_listings_takes_as_many_queries_as_one_of_one(queries, site):
    one = site.subject[f"{EU}:EU.100.0"]
    three = site.subject[f"{UK}:MMR0001"]
    assert queries(f"/subjects/{three}")[0] <= queries(f"/subjects/{one}")[0] + 1


def test_the_first_reader_waits_for_nothing_that_was_made_at_the_start(desk):
    warm(desk.app).join()
    subject = desk.subject[f"{UK}:SYR0010"]
    with counted(desk.app.extensions["engine"]) as asked:
        for address in (
            "/",
            "/coverage/",
            "/search/?q=example",
            "/review/",
            f"/subjects/{subject}",
        ):
            took = []
            for _ in range(2):
                asked.clear()
                desk.get(address)
                took.append(len(asked))
            assert took[0] == took[1], address


@pytest.mark.parametrize(
    "address",
    ["/", "/coverage/", "/search/?q=example", "/changes/", "/review/", "/lists/", "/situations/"],
)
def test_no_page_takes_many_queries(queries, address):
    assert queries(address)[0] <= MOST


def test_pages_that_are_read_most_ask_once_what_all_of_them_rest_on(queries, site):
    """A transaction, its state, and for a subject its listings and their changes."""
    subject = site.subject[f"{UK}:MMR0001"]
    for address, most in (
        ("/coverage/", 2),
        ("/search/?q=example", 2),
        ("/situations/syria", 2),
        (f"/subjects/{subject}", 4),
    ):
        assert queries(address)[0] <= most, address


def test_names_are_looked_up_with_as_many_queries_for_sixty_as_for_one(site):
    visitor = Visitor(site.app)
    with counted(site.app.extensions["engine"]) as asked:

        def took(names):
            asked.clear()
            visitor.post("/search/paste", {"names": names}, 200)
            return len(asked)

        took("Filler Bureau 100")
        one = took("Filler Bureau 100")
        assert took("\n".join(f"Filler Bureau {n}" for n in range(100, 160))) == one
