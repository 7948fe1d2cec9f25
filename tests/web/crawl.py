"""An address of every page that answers HTML, in a registry that holds something of everything."""

import re
from io import BytesIO

from registry.config import Reading
from registry.domain.account import Role
from registry.store import accounts
from registry.store.database import writing
from registry.web import access
from registry.web.access import Who
from registry.web.matrix_columns import EXTRA
from tests.web.conftest import CA, UK, Site, Visitor, add_account
from tests.web.desks import work

# Endpoints that are read and answer something else than a page.
FILES = frozenset(
    {
        "static",
        "bootstrap.static",
        "changes.download",
        "changes.feed",
        "contributions.attachment",
        "coverage.chosen",
        "coverage.download",
        "coverage.subjects",
        "dossiers.attachment",
        "jobs.state",
        "lists.file",
        "trail.download",
    }
)

# By endpoint, addresses of it; what stands in braces is a value of `Filled.values`.
ADDRESSES = {
    "accounts.own": ["/account"],
    "accounts.sign_in_page": ["/sign-in"],
    "acts.board": ["/acts/"],
    "acts.new": ["/acts/new"],
    "acts.urgent_procedure": ["/acts/urgent", "/acts/urgent?situation=syria"],
    "administration.one": ["/accounts/crawl.ngo"],
    "administration.page": ["/accounts/"],
    "calendar.page": ["/calendar/"],
    "changes.diverging": ["/changes/divergence"],
    "changes.page": ["/changes/", f"/changes/?list={UK}&change=amended"],
    "composing.page": ["/proposals/{draft}/subjects"],
    "conference.page": ["/conference/", "/conference/?nexus=all&since=2026-04-02"],
    "conference.movement": ["/conference/movement?nexus=all&since=2026-05-01"],
    "coverage.matrix": [
        "/coverage/",
        "/coverage/?listed-by=EU&missing-from=US&situation=syria",
        "/coverage/?q=nobody-of-this-name",
        "/coverage/?as-of=2026-04-15&sort=value&confidence=all"
        + "".join(f"&column={each}" for each in EXTRA),
    ],
    "dossiers.adopting": [
        "/dossiers/{dossier}/adopt",
        "/dossiers/{dossier}/adopt?proposal={circulated}",
    ],
    "dossiers.board": ["/dossiers/"],
    "dossiers.new": ["/dossiers/new"],
    "dossiers.page": ["/dossiers/{dossier}"],
    "drafting.page": ["/proposals/{draft}/edit"],
    "jobs.board": ["/jobs/"],
    "jobs.one": ["/jobs/1"],
    "listings.page": [f"/listings/{UK}/SYR0010"],
    "lists.board": ["/lists/"],
    "lists.difference": [f"/lists/{UK}/difference"],
    "lists.edition": [f"/lists/{UK}/editions/1", f"/lists/{UK}/editions/3"],
    "lists.one": [f"/lists/{UK}"],
    "lists.reported": ["/lists/reported"],
    "lists.upload": ["/lists/un-sc/uploads/1"],
    "method.page": ["/method/"],
    "notices.page": ["/notices/"],
    "overrides.board": ["/overrides/"],
    "overrides.new": [f"/overrides/new?listing={UK}:MMR0001"],
    "overview.page": ["/"],
    "packages.form": ["/proposals/{circulated}/package"],
    "positions.board": ["/proposals/boards/UK"],
    "positions.form": ["/proposals/{circulated}/answer"],
    "programmes.index": ["/programmes/"],
    "programmes.page": ["/programmes/EU-SYR"],
    "proposals.board": ["/proposals/"],
    "proposals.new": ["/proposals/new", "/proposals/new?subject={aung}&situation=syria"],
    "proposals.page": ["/proposals/{draft}", "/proposals/{circulated}"],
    "review.judgement_board": ["/review/judgements"],
    "review.pair": ["/review/pair?left={left}&right={right}"],
    "review.queue": ["/review/"],
    "search.page": ["/search/", "/search/?q=example", "/search/?q=qqqqqq"],
    "search.paste": ["/search/paste"],
    "situations.index": ["/situations/"],
    "situations.page": ["/situations/myanmar"],
    "subjects.join": ["/subjects/{samir}/join"],
    "subjects.page": ["/subjects/{samir}", "/subjects/{aung}?as-of=2026-05-01"],
    "trail.page": ["/trail/"],
    "why.page": ["/subjects/{samir}/why/CA"],
}

# Who asks: as many roles as go together, and those that do not.
PEOPLE = {
    "nobody": None,
    "crawl.desk": ("UK", set(Role) - {Role.ADMINISTRATOR, Role.NGO}),
    "crawl.administrator": ("secretariat", {Role.ADMINISTRATOR}),
    "crawl.ngo": ("ngo:Watch & Report", {Role.NGO}),
}


class Filled(Site):
    """The small registry with a proposal, a dossier, an upload, an act and all else in it."""

    def __init__(self, engine, folder):
        super().__init__(engine, folder)
        self.names = {who: name for who, name in zip(PEOPLE, PEOPLE, strict=True) if PEOPLE[who]}
        for name in self.names:
            affiliation, roles = PEOPLE[name]
            add_account(engine, *roles, affiliation=affiliation, name=name)
        self.visitors = {name: self._signed_in(name) for name in self.names}
        self.desk, self.ngo = self.visitors["crawl.desk"], self.visitors["crawl.ngo"]
        self.values = {
            "aung": self.subject[f"{UK}:MMR0001"],
            "samir": self.subject[f"{UK}:SYR0010"],
            "left": f"{CA}:Syria|1, Part 1|7",
            "right": f"{UK}:SYR0010",
        }
        self._enter()
        self._propose()
        self._hand_in()

    def _signed_in(self, name):
        visitor = Visitor(self.app)
        visitor.sign_in(name)
        return visitor

    def _enter(self):
        self._send_file("/lists/un-sc/uploads", "file", b"<nothing/>")
        work(self)
        self.desk.post(
            "/acts/",
            {
                "partner": "UK",
                "name": "Somebody NEW",
                "measure": "asset-freeze",
                "citation": "S.I. 2026/1",
                "made-on": "2026-05-18",
                "source": "https://example.org/si",
                "reason": "not on the list yet",
            },
        )
        self.desk.post(
            "/overrides/",
            {
                "listing": f"{UK}:MMR0002",
                "field": "listed-on",
                "value": "2021-05-12",
                "reason": "a slip of the file",
                "source": "S.I. 2021/496",
            },
        )
        self.desk.post("/coverage/views/", {"name": "Myanmar", "query": "situation=myanmar"})
        pair = {key: self.values[key] for key in ("left", "right")}
        self.desk.post("/review/pair", {**pair, "verdict": "unsure", "reason": "too little"})

    def _propose(self):
        self.values["draft"] = self._start("A draft")
        circulated = self.values["circulated"] = self._start("Myanmar, second round")
        there = f"/proposals/{circulated}"
        self.desk.post(f"{there}/mark", {"level": "amber-strict", "releases": "QUAD"})
        edit = self.desk.get(f"{there}/edit")
        section = re.search(r'<label for="text-(\w+)">Exculpatory', edit)[1]
        self.desk.post(f"{there}/sections/{section}", {"revision": "1", "text": "None found."})
        waiver = {"subject": self.values["aung"], "reason": "The function tells him apart."}
        self.desk.post(f"{there}/waivers", waiver)
        self.desk.post(f"{there}/stage", {"to": "circulated"})
        self.desk.post(f"{there}/comments", {"text": "Ready for an answer."})
        self.desk.post(f"{there}/evidence", {"kind": "document", "title": "A report"})
        self.desk.post(f"{there}/tasks", {"text": "Ask the ministry", "assignee": "crawl.desk"})

    def _start(self, title):
        made = self.desk.post(
            "/proposals/",
            {
                "title": title,
                "subject": self.values["aung"],
                "partner": ["US", "CA", "UK"],
                "measure": ["asset-freeze", "travel-ban"],
            },
        )
        return made.headers["Location"].split("/")[2]

    def _hand_in(self):
        answer = self.ngo.post(
            "/dossiers/new",
            {
                "title": "A prison and its commander",
                "subject-name": ["Aung EXAMPLE"],
                "subject-details": ["Born in 1965"],
                "conduct": "Detainees were beaten.",
                "link-url": ["https://example.org/report"],
                "link-archived-on": ["2026-04-01"],
                "recipient": ["UK"],
                "sharing": "may-adopt",
            },
        )
        self.values["dossier"] = answer.headers["Location"].rsplit("/", 1)[1]

    def _send_file(self, address, field, content):
        values = {"csrf_token": self.desk.token(), field: (BytesIO(content), "list.xml")}
        answer = self.desk.client.post(address, data=values, content_type="multipart/form-data")
        assert answer.status_code == 303, answer.text


def pages(filled):
    """(who may see it, address) of every page, each once."""
    found = []
    with writing(filled.engine) as session:
        known = {name: accounts.find(session, name) for name in filled.names}
    for endpoint, addresses in ADDRESSES.items():
        who = next(
            name
            for name in (["nobody"] if access.RULES[endpoint] is Who.ALWAYS else list(known))
            if access.allowed(endpoint, known.get(name), Reading.ANYONE)
        )
        found += [(who, each.format(**filled.values)) for each in addresses]
    return [*found, ("nobody", "/coverage/"), ("nobody", "/nowhere"), ("nobody", "/review/")]
