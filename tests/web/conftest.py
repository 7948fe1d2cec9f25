"""A small registry with every trap that pages meet, and the application over it."""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from registry.app import create_app
from registry.config import Config
from registry.domain import partial_date
from registry.domain.account import Role
from registry.domain.party import (
    Country,
    Gender,
    Identifier,
    IdentifierKind,
    Kind,
    NameRole,
    Place,
)
from registry.services import accounts
from registry.store.archive import Archive
from registry.store.database import writing
from tests.factories import designation, keep_edition, listing, name, reconcile

TODAY = date(2026, 5, 20)
NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
UK, EU, US, CA = "uk-sanctions-list", "eu-fsf", "us-ofac-sdn", "ca-sema"
UK_MYANMAR = "The Myanmar (Sanctions) Regulations 2021"
UK_SYRIA = "The Syria (Sanctions) (EU Exit) Regulations 2019"
HOSTILE = '<script>alert("x")</script> & Söhne <b>GmbH</b>'
FILLERS = 60
CHROMIUM = "/usr/bin/chromium"


def fill(session, archive):
    born_in_1965 = (partial_date.day(date(1965, 5, 12)),)
    minor = (partial_date.day(date(2012, 3, 12), raw="12 Mar 2012"),)
    uk = [
        listing(UK, "MMR0001", "Aung EXAMPLE", UK_MYANMAR, line=11, reason="He led a battalion."),
        listing(UK, "MMR0002", "Example Trading Company", UK_MYANMAR, kind=Kind.ENTITY),
        listing(
            UK,
            "SYR0009",
            "Sami CHILD",
            UK_SYRIA,
            birth_dates=minor,
            remarks=("Son of a listed person, born 12 March 2012.",),
            raw="SYR0009;Sami CHILD;2012-03-12",
        ),
        listing(
            UK,
            "SYR0010",
            "Samir EXAMPLE",
            UK_SYRIA,
            names=(
                name("Samir EXAMPLE"),
                name("سمير المثال", NameRole.VARIATION, script="Arab"),
                name("Abu Mithal", NameRole.ALIAS),
            ),
            birth_dates=born_in_1965,
            birth_places=(Place("Homs, Syria", "Homs", country=Country("Syria", "SY")),),
            nationalities=(Country("Syria", "SY"),),
            genders=(Gender.MALE,),
            identifiers=(Identifier(IdentifierKind.PASSPORT, "N 0123", Country("Syria", "SY")),),
        ),
    ]
    gone = listing(UK, "MMR0003", "Former EXAMPLE", UK_MYANMAR)
    older_child = listing(
        UK,
        "SYR0009",
        "Sami CHILD",
        UK_SYRIA,
        birth_dates=(partial_date.day(date(2012, 3, 11)),),
        raw="SYR0009;Sami CHILD;2012-03-11",
    )
    keep_edition(session, archive, UK, date(2026, 4, 1), [*uk[:2], older_child, uk[3], gone])
    keep_edition(session, archive, UK, date(2026, 5, 12), uk, reports=[(99, "MMR0099", "no name")])
    keep_edition(
        session,
        archive,
        UK,
        date(2026, 5, 15),
        [],
        state="quarantined",
        findings=["3 entries against 5 in the edition of 12 May 2026 (-40%)"],
    )
    keep_edition(
        session,
        archive,
        EU,
        date(2026, 5, 10),
        [
            listing(EU, "EU.1.1", "Aung EXAMPLE", "MMR"),
            listing(EU, "EU.2.2", "Sami CHILD", "SYR", birth_dates=minor),
            listing(EU, "EU.3.3", HOSTILE, "SYR", kind=Kind.ENTITY),
            listing(EU, "EU.4.4", "Former EXAMPLE", "MMR"),
            *(
                listing(EU, f"EU.{n}.0", f"Filler Bureau {n}", "SYR", kind=Kind.ENTITY)
                for n in range(100, 100 + FILLERS)
            ),
        ],
    )
    keep_edition(
        session,
        archive,
        US,
        date(2026, 5, 15),
        [
            listing(US, "101", "EXAMPLE TRADING COMPANY", "BURMA-EO14014", kind=Kind.ENTITY),
            listing(
                US,
                "102",
                "EXAMPLE, Samir",
                "SYRIA-EO13894",
                birth_dates=(partial_date.year(1967),),
                designations=(designation("SYRIA-EO13894"), designation("NOT-IN-THE-TABLE")),
            ),
        ],
    )
    keep_edition(
        session,
        archive,
        CA,
        date(2026, 5, 1),
        [listing(CA, "Syria|1, Part 1|7", "Sameer EXAMPLE", "Syria", birth_dates=born_in_1965)],
    )
    keep_edition(
        session, archive, "un-sc", date(2026, 5, 10), [listing("un-sc", "CDi.999", "X Y", "DRC")]
    )
    keep_edition(
        session,
        archive,
        "au-dfat",
        date(2026, 5, 1),
        [listing("au-dfat", "9001", "Aung EXAMPLE", "Myanmar")],
    )
    return reconcile(
        session,
        {f"{UK}:MMR0001", f"{EU}:EU.1.1", "au-dfat:9001"},
        {f"{UK}:MMR0002", f"{US}:101"},
        {f"{UK}:SYR0009", f"{EU}:EU.2.2"},
        {f"{UK}:SYR0010", f"{US}:102"},
        {f"{UK}:MMR0003", f"{EU}:EU.4.4"},
        candidates=[(f"{UK}:SYR0010", f"{CA}:Syria|1, Part 1|7")],
    )


PASSWORD = "correct horse battery"


class Visitor:
    """A browser that keeps its cookies and sends the token of the forms that it was given."""

    def __init__(self, app):
        self.client = app.test_client()

    def get(self, address, status=200):
        answer = self.client.get(address)
        assert answer.status_code == status, (address, answer.status_code, answer.text[:2000])
        return answer.text

    def token(self):
        return re.search(r'name="csrf_token" value="([^"]+)"', self.get("/sign-in"))[1]

    def post(self, address, values=(), status=303):
        """Send a form, with its token. Gives the answer."""
        sent = {"csrf_token": self.token(), **dict(values)}
        answer = self.client.post(address, data=sent)
        assert answer.status_code == status, (address, answer.status_code, answer.text[:2000])
        return answer

    def sign_in(self, name, password=PASSWORD, status=303, **more):
        return self.post("/sign-in", {"name": name, "password": password, **more}, status)


def add_account(engine, *roles, affiliation="UK", name="", shown_name="Jo Example"):
    """An account in these roles. Gives the name to sign in with."""
    name = name or f"{affiliation}.{'.'.join(sorted(roles))}".lower().replace(":", ".")
    with writing(engine) as session:
        accounts.add(session, name, shown_name, affiliation, set(map(Role, roles)), PASSWORD, NOW)
    return name


class Site:
    """The application over the small registry; `subject` gives a listing's subject."""

    def __init__(self, engine, folder):
        self.url = engine.url.render_as_string(hide_password=False)
        self.engine = engine
        self.archive = Archive(Path(folder) / "archive")
        with Session(self.engine) as session, session.begin():
            self.subject = fill(session, self.archive)
        self.config = Config(self.url, self.archive.folder, "desk@registry.example")
        self.app = create_app(self.config, today=lambda: TODAY)
        self.client = self.app.test_client()
        self._visitors = {}

    def visitor(self, *roles, affiliation="UK"):
        """Somebody who is signed in, in these roles; the same one for the same roles."""
        known = (affiliation, *sorted(roles))
        if known not in self._visitors:
            self._visitors[known] = Visitor(self.app)
            self._visitors[known].sign_in(add_account(self.engine, *roles, affiliation=affiliation))
        return self._visitors[known]

    def get(self, address, status=200):
        answer = self.client.get(address)
        assert answer.status_code == status, (address, answer.status_code, answer.text[:2000])
        return answer.text


@pytest.fixture(scope="session")
def site(lasting_databases, tmp_path_factory):
    made = Site(lasting_databases.open(), tmp_path_factory.mktemp("site"))
    yield made
    made.app.extensions["engine"].dispose()


@pytest.fixture
def desk(database, tmp_path):
    """The same registry for one test alone, which may write in it."""
    made = Site(database, tmp_path)
    yield made
    made.app.extensions["engine"].dispose()


class Door:
    """An application whose clock the test moves, over a database of its own."""

    def __init__(self, engine, folder, **settings):
        self.engine, self.now = engine, NOW
        url = engine.url.render_as_string(hide_password=False)
        config = Config(url, folder, "the desk", **settings)
        self.app = create_app(config, today=lambda: TODAY, now=lambda: self.now)
        self.name = add_account(engine, "reader", name="anna", shown_name="Anna Example")

    def visitor(self):
        return Visitor(self.app)

    def wait(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def door(database, tmp_path):
    made = Door(database, tmp_path)
    yield made
    made.app.extensions["engine"].dispose()


@pytest.fixture
def anna(door):
    visitor = door.visitor()
    visitor.sign_in("anna")
    return visitor


@pytest.fixture(scope="session")
def address(site):
    """The address of the same application behind a real socket."""
    with served_by(site.app) as here:
        yield here


@contextmanager
def served_by(app: Flask) -> Iterator[str]:
    """The address of the application behind a real socket of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def follow(control) -> None:
    """Click what leads to another page, and wait until that page is there."""
    with control.page.expect_navigation():
        control.click()


@pytest.fixture(scope="session")
def browser():
    """Chromium from the system; where it is required, its absence is a failure."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("REGISTRY_REQUIRE") == "1":
            pytest.fail(f"a browser is required, but {CHROMIUM} is not there")
        pytest.skip(f"no browser at {CHROMIUM}")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield opened
        opened.close()
