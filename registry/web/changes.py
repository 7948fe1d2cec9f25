"""What was listed, amended and delisted between the editions of each list."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, make_response, render_template, request, url_for
from marshmallow import Schema, ValidationError, fields, post_load, validate, validates
from werkzeug.wrappers import Response

from exports import columns
from exports.writing import Format
from importers import catalogue
from registry.domain import minors, reference
from registry.domain.changes import ChangeKind
from registry.domain.party import Party
from registry.domain.selection import PARTNERS
from registry.services import changed, publish, snapshot
from registry.store import queries, subjects
from registry.store.changes import ChangedListing, ChangesAsked
from registry.store.queries import Change
from registry.web import context, footer, handing_out, paging
from registry.web.asked import without_blanks

changes = Blueprint("changes", __name__, url_prefix="/changes")

SIZE = 100
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FED = 100  # entries of the feed
BIRTH_DATES = "birth_dates"  # the field of a party, as changes name it


@dataclass(frozen=True, slots=True)
class Question:
    """What the address asks for; empty where it asks for nothing in particular."""

    official_list: str
    partner: str
    situation: str
    kind: ChangeKind | None
    since: date | None
    until: date | None
    page: int

    def address(self) -> dict[str, Any]:
        """The arguments that ask for the same changes."""
        given = {
            "list": self.official_list,
            "partner": self.partner,
            "situation": self.situation,
            "change": self.kind.value if self.kind else "",
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return {key: value for key, value in given.items() if value}

    def asked(self) -> ChangesAsked:
        return ChangesAsked(
            self._lists(),
            self.since,
            self.until,
            self.kind,
            changed.of_situation(context.session(), self.situation, context.today())
            if self.situation
            else None,
        )

    def _lists(self) -> set[str] | None:
        if not (self.official_list or self.partner):
            return None
        return {
            each.key
            for each in catalogue.official_lists()
            if self.official_list in ("", each.key) and self.partner in ("", each.partner)
        }


class ChangesForm(Schema):
    official_list = fields.String(
        data_key="list", load_default="", validate=validate.OneOf(catalogue.KEYS)
    )
    partner = fields.String(load_default="", validate=validate.OneOf(PARTNERS))
    situation = fields.String(load_default="")
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)
    kind = fields.Enum(ChangeKind, by_value=True, data_key="change", load_default=None)
    page = fields.Integer(validate=validate.Range(min=1), load_default=1)

    @validates("situation")
    def is_known(self, value: str, **_: object) -> None:
        if value and value not in reference.situations():
            raise ValidationError("No such situation.")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Question:
        return Question(**data)


class SinceForm(Schema):
    since = fields.Date(load_default=None)


@changes.get("/")
def page() -> str:
    question = _question()
    session, today = context.session(), context.today()
    found = changed.stretch(session, question.asked(), today, number=question.page, size=SIZE)
    number = min(question.page, paging.last_page(found.total, SIZE))
    return render_template(
        "changes/page.html",
        page=paging.Page(found.rows, number, SIZE, found.total),
        question=question,
        subject_names=_names(found.rows),
        editions=queries.latest_changes(session, question.official_list or None),
        lists=[each.official_list for each in footer.lists()],
        kinds=ChangeKind,
        partners=PARTNERS,
        situations=reference.situations(),
    )


@changes.get("/divergence")
def diverging() -> str:
    """Whom one partner has taken off its list while others keep the measure."""
    since = SinceForm().load(without_blanks(request.args))["since"]
    found = changed.divergences(context.session(), context.today(), since)
    return render_template("changes/divergence.html", found=found, since=since)


@changes.get("/feed.atom")
def feed() -> Response:
    """The latest of these changes, for programs that look again from time to time."""
    question = _question()
    session, today = context.session(), context.today()
    rows = changed.stretch(session, question.asked(), today, number=1, size=FED).rows
    said = render_template(
        "changes/feed.xml",
        rows=rows,
        names=_names(rows),
        question=question,
        feed_id=_urn(url_for(".page", **question.address())),
        entry_id=lambda each: _urn(f"{each.official_list} {each.edition} {each.key} {each.change}"),
        updated=max((each.received_at for each in rows), default=context.now()),
    )
    answer = make_response(_NOT_XML.sub("", said))
    answer.mimetype = "application/atom+xml"
    return answer


@changes.get("/changes.<any(xlsx, csv, json):format>")
def download(format: str) -> Response:
    """These changes, a row for each field that was amended."""
    question = _question()
    session, today = context.session(), context.today()
    rows = list(publish.change_rows(changed.all_of(session, question.asked(), today)))
    filters = ("Filters", url_for(".page", **question.address()))
    said = publish.provenance(
        session,
        snapshot.snapshot(session, today, today).coverage,
        "Changes",
        context.config().contact,
        [filters],
    )
    return handing_out.file(columns.CHANGES, rows, said, Format(format), f"changes-{today}")


def _question() -> Question:
    found: Question = ChangesForm().load(without_blanks(request.args))
    return found


def _names(rows: Sequence[ChangedListing]) -> Mapping[str, str]:
    ids = {each.subject_id for each in rows if each.subject_id}
    return subjects.names(context.session(), ids)


def _urn(text: str) -> str:
    """The same for the same text, wherever the registry runs."""
    return uuid5(NAMESPACE_URL, f"atrocity-sanctions-registry {text}").urn


def shown(
    changes_: Sequence[Change], parties: Callable[[list[str]], Mapping[str, Party]], on: date
) -> list[Change]:
    """The changes without the days on which minors were born; `parties` finds by listing keys.

    Only texts in which a recent date stands are looked at, so few parties are asked for.
    """
    recent = [each.key for each in changes_ if each.field != BIRTH_DATES and _tells_of(each, on)]
    known = parties(recent) if recent else {}

    def told(change: Change, text: str) -> str:
        if change.field == BIRTH_DATES:
            return minors.shown_birth_dates(text, on)
        return minors.shown_text(text, known[change.key], on) if change.key in known else text

    return [
        replace(each, before=told(each, each.before), after=told(each, each.after))
        for each in changes_
    ]


def _tells_of(change: Change, on: date) -> bool:
    return any(minors.shown_birth_dates(each, on) != each for each in (change.before, change.after))
