"""Files of evidence: handed out to those who may read their item, and to nobody else."""

import hashlib
import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.store.tables import EvidenceRow, TrailRow
from registry.web import access
from tests.registry.domain.test_attachment import word
from tests.web.conftest import HOSTILE
from tests.web.proposing import Desk

PDF = b"%PDF-1.7 of the witness"
FORM = {"kind": "document", "title": "A paper", "level": "amber", "releases": ["UK"]}


@pytest.fixture
def desk(database, tmp_path):
    made = Desk(database, tmp_path)
    yield made
    made.close()


def add(desk, proposal, who="us", status=303, files=(), **changes):
    visitor = desk.of(who)
    sent = {"csrf_token": visitor.token(), **FORM, **changes}
    sent["attachment"] = [(io.BytesIO(content), name) for name, content in files]
    answer = visitor.client.post(f"/proposals/{proposal.id}/evidence", data=sent)
    assert answer.status_code == status, answer.text[:3000]
    return answer


def kept(desk):
    folder = Path(desk.app.config["REGISTRY"].attachments)
    return [each for each in folder.rglob("*") if each.is_file()]


def address_of(desk, proposal):
    page = desk.get("us", f"/proposals/{proposal.id}")
    return page.split('<ul class="files break"><li><a href="')[1].split('"')[0]


def test_a_file_comes_back_as_it_was_to_those_who_may_read_its_item(desk):
    made = desk.world.circulated()
    add(desk, made, files=[("Bericht (1).pdf", PDF), ("notes.txt", b"plain")])
    address = address_of(desk, made)
    for who in ("us", "us-reader", "uk", "uk-auditor"):
        answer = desk.of(who).client.get(address)
        assert answer.data == PDF
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="Bericht (1).pdf"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        answer.close()
    for who in ("eu", "ca", "secretariat", "ngo"):
        desk.get(who, address, 404)
        assert "Bericht" not in desk.of(who).client.get(f"/proposals/{made.id}").text
    desk.get("admin", address, 403)
    desk.get("us", address.replace("attachments/0", "attachments/2"), 404)
    desk.get("us", address.replace("attachments/0", "attachments/-1"), 404)
    assert {each.name for each in kept(desk)} == {
        hashlib.sha256(content).hexdigest() for content in (PDF, b"plain")
    }
    with Session(desk.world.engine) as session:
        read = session.scalars(
            select(TrailRow).where(TrailRow.action == "marked-read", TrailRow.actor == "uk")
        ).all()
    assert [(each.object, json.loads(each.released_to)) for each in read] == [
        (f"proposal:{made.id}", ["UK", "US"])
    ]


def test_a_file_of_an_item_that_was_withdrawn_or_marked_anew_is_there_no_more(desk):
    made = desk.world.circulated()
    add(desk, made, files=[("a.pdf", PDF)])
    address = address_of(desk, made)
    item = address.rsplit("/", 2)[0]
    desk.post("us", f"{item}/mark", level="amber", releases=["EU"])
    desk.get("uk", address, 404)
    desk.of("eu").client.get(address).close()
    desk.post("us", f"{item}/withdraw", reason="It was forged.")
    desk.get("eu", address, 404)
    desk.get("us", address, 404)
    page = desk.get("us", f"/proposals/{made.id}")
    assert f"File: a.pdf, sha256 {hashlib.sha256(PDF).hexdigest()}" in page, "the history says it"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("../../../tmp/evil.txt", b"text"),
        ("/etc/cron.d/evil.txt", b"text"),
        ("bomb.zip", b"PK\x03\x04"),
        ("page.html", b"<script>alert(1)</script>"),
        ("a.pdf", b"<script>alert(1)</script>"),
        ("macros.docx", word("word/vbaProject.bin")),
        ("slip.docx", word("../../x")),
    ],
)
def test_a_file_that_is_not_taken_leaves_nothing_behind(desk, name, content):
    made = desk.world.circulated()
    add(desk, made, status=422, files=[("good.pdf", PDF), (name, content)])
    assert kept(desk) == []
    with Session(desk.world.engine) as session:
        assert session.scalar(select(func.count()).select_from(EvidenceRow)) == 0


def test_who_may_add_nothing_leaves_no_file_behind(desk, monkeypatch):
    made = desk.world.circulated()
    for who, status in (("ngo", 403), ("us-reader", 403), ("secretariat", 404)):
        add(desk, made, who, status, files=[("a.pdf", PDF)])
    add(desk, made, status=422, files=[(f"{n}.txt", b"a") for n in range(11)])
    add(desk, made, status=422, files=[("a.pdf", PDF)], account_id="1")
    monkeypatch.setitem(access.MOST_SENT, "contributions.add_evidence", 20_000)
    add(desk, made, status=413, files=[("a.txt", b"a" * 30_000)])
    assert kept(desk) == []


def test_a_hostile_title_of_an_item_with_a_file_stays_text(desk):
    made = desk.world.circulated()
    add(desk, made, title=HOSTILE, files=[("a'b;c.txt", b"text")])
    assert "<script>alert" not in desk.get("uk", f"/proposals/{made.id}")
    answer = desk.of("uk").client.get(address_of(desk, made))
    assert answer.headers["Content-Disposition"] == "attachment; filename=a-b-c.txt"
    answer.close()


def test_a_package_holds_the_files_of_what_its_recipient_may_read(desk):
    made = desk.world.circulated()
    before = desk.post("us", f"/proposals/{made.id}/package", 200, recipient="EU").data
    add(desk, made, files=[("a.pdf", PDF)])
    assert desk.post("us", f"/proposals/{made.id}/package", 200, recipient="EU").data == before
    answer = desk.post("us", f"/proposals/{made.id}/package", 200, recipient="UK")
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.read("08-evidence/E1-1.pdf") == PDF
    [path] = kept(desk)
    path.write_bytes(b"altered")
    answer = desk.post("us", f"/proposals/{made.id}/package", 422, recipient="UK")
    assert "restores the file" in answer.text
