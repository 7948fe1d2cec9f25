"""Dossiers: organisations hand them in; officers of the partners that they chose read them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import Schema, ValidationError, fields, pre_load, validate
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from registry.domain import dossier as domain
from registry.domain import handling
from registry.domain.cell import PARTNERS
from registry.domain.dossier import (
    GIVEN,
    MOST_A_DAY,
    NO_OBLIGATION,
    Alleged,
    Content,
    Disposition,
    Link,
    Sharing,
    insider,
)
from registry.domain.evidence import EvidenceKind
from registry.domain.proposal import EDITABLE
from registry.services import dossiers as services
from registry.services import propose
from registry.store import proposals as stored
from registry.web import attachments, context, marks, reads, refused
from registry.web.asked import without_blanks
from registry.web.asking import asking
from registry.web.item_form import ItemForm, item
from registry.web.sent import filled

dossiers = Blueprint("dossiers", __name__, url_prefix="/dossiers")

SUBJECT_FIELDS = ("subject-name", "subject-details")
LINK_FIELDS = ("link-url", "link-archived-on")
ROWS = 4  # of subjects and of links, before the page adds more
SHARING = {
    Sharing.OFFICERS_ONLY: "The officers of the chosen partners read it. Nothing of it is used "
    "beyond without our consent.",
    Sharing.MAY_ADOPT: "An officer may also use what it says in a proposal, under the officer's "
    "own name and without ours.",
}


class DossierForm(Schema):
    title = fields.String(load_default="")
    conduct = fields.String(load_default="")
    subject_name = fields.List(fields.String(), data_key="subject-name")
    subject_details = fields.List(fields.String(), data_key="subject-details")
    link_url = fields.List(fields.String(), data_key="link-url")
    link_archived_on = fields.List(fields.Date(allow_none=True), data_key="link-archived-on")
    recipients = fields.List(fields.String(validate=validate.OneOf(PARTNERS)), data_key="recipient")
    sharing = fields.Enum(Sharing, by_value=True, required=True)
    protected = fields.Boolean(load_default=False)

    @pre_load
    def without_blank_days(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        days = data["link-archived-on"]
        return data | {"link-archived-on": [each or None for each in days]}


class AnswerForm(Schema):
    disposition = fields.Enum(Disposition, by_value=True, required=True)
    feedback = fields.String(load_default="")


class AdoptingForm(Schema):
    proposal = fields.String(load_default="")


class OwnWordsForm(ItemForm):
    proposal = fields.String(required=True)


AdoptForm = OwnWordsForm.from_dict(dict(marks.FIELDS))


@dossiers.get("/")
def board() -> str:
    account = asking()
    found = services.readable(context.session(), account)
    reads.note_dossiers([each.id for each in found], "list")
    return render_template(
        "dossiers/board.html",
        dossiers=found,
        insider=insider(account),
        no_obligation=NO_OBLIGATION,
    )


@dossiers.get("/new")
def new() -> str:
    return render_template(
        "dossiers/new.html",
        partners=PARTNERS,
        sharing=SHARING,
        **attachments.BOUNDS,
        most_a_day=MOST_A_DAY,
        rows=max(ROWS, *map(refused.rows, ("subject-name", "link-url"))),
        no_obligation=NO_OBLIGATION,
    )


@dossiers.post("/new")
def hand_in() -> Response:
    form = DossierForm().load(filled((*SUBJECT_FIELDS, *LINK_FIELDS, "recipient")))
    files = attachments.received()
    content = Content(
        title=form["title"].strip(),
        subjects=_subjects(form["subject_name"], form["subject_details"]),
        conduct=form["conduct"].replace("\r\n", "\n").strip(),
        links=_links(form["link_url"], form["link_archived_on"]),
        attachments=tuple(kept for kept, _content in files),
        recipients=frozenset(form["recipients"]),
        sharing=form["sharing"],
        protected=form["protected"],
    )
    with context.writing() as session:
        made = services.hand_in(session, asking(), content, context.now())
        attachments.keep(files)
    return redirect(url_for(".page", dossier_id=made.id), 303)


@dossiers.get("/<dossier_id>")
def page(dossier_id: str) -> str:
    account = asking()
    with context.writing() as session:
        dossier = services.read(session, account, dossier_id)
    return render_template(
        "dossiers/page.html",
        dossier=dossier,
        insider=insider(account),
        sharing=SHARING,
        given=[each for each in GIVEN if each is not Disposition.ADOPTED],
        no_obligation=NO_OBLIGATION,
    )


@dossiers.get("/<dossier_id>/attachments/<int:place>")
def attachment(dossier_id: str, place: int) -> Response:
    """A file as it was handed in, to be kept and never shown: no browser opens it here."""
    with context.writing() as session:
        dossier = services.read(session, asking(), dossier_id)
    if place >= len(dossier.content.attachments):
        raise NotFound
    return attachments.download(dossier.content.attachments[place], dossier.handed_in_at)


@dossiers.post("/<dossier_id>/answers")
def answer(dossier_id: str) -> Response:
    form = AnswerForm().load(filled())
    with context.writing() as session:
        services.answer(
            session,
            asking(),
            dossier_id,
            form["disposition"],
            form["feedback"],
            context.today(),
        )
    return redirect(url_for(".page", dossier_id=dossier_id), 303)


@dossiers.get("/<dossier_id>/adopt")
def adopting(dossier_id: str) -> str:
    """The form for taking what a dossier says into a proposal, in the officer's own words."""
    session, account = context.session(), asking()
    dossier = services.get(session, account, dossier_id)
    domain.require_adoptable(dossier)
    form = AdoptingForm().load(without_blanks(request.args))
    chosen = propose.get(session, account, form["proposal"]) if form["proposal"] else None
    offered = stored.readable(session, handling.reader(account), tuple(EDITABLE))
    shown = (chosen,) if chosen else offered
    # As a read like any other: others' auditors must not learn that a dossier lies behind it.
    reads.note(shown, "" if chosen else "list")
    reads.note_dossiers([dossier_id], "adopt")
    return render_template(
        "dossiers/adopt.html",
        dossier=dossier,
        chosen=chosen,
        banner=handling.combined(each.marking for each in shown) if shown else None,
        proposals=offered,
        kinds=EvidenceKind,
    )


@dossiers.post("/<dossier_id>/adopt")
def adopt(dossier_id: str) -> Response:
    form = AdoptForm().load(filled(marks.SEVERAL))
    with context.writing() as session:
        services.adopt(
            session,
            asking(),
            dossier_id,
            form["proposal"],
            item(form),
            marks.marking(session, asking(), form),
            context.today(),
            context.now(),
        )
    return redirect(
        url_for("proposals.page", proposal_id=form["proposal"], _anchor="evidence"), 303
    )


def _subjects(names: Sequence[str], details: Sequence[str]) -> tuple[Alleged, ...]:
    """Rows that were left empty are none."""
    _require_pairs("subject-name", names, details)
    return tuple(
        Alleged(name.strip(), more.replace("\r\n", "\n").strip())
        for name, more in zip(names, details, strict=True)
        if name.strip() or more.strip()
    )


def _links(urls: Sequence[str], days: Sequence[date | None]) -> tuple[Link, ...]:
    _require_pairs("link-url", urls, days)
    found = []
    for url, day in zip(urls, days, strict=True):
        if bool(url.strip()) is not bool(day):
            raise ValidationError({"link-url": ["A link goes with the day of its archiving."]})
        if day:
            found.append(Link(url.strip(), day))
    return tuple(found)


def _require_pairs(field: str, first: Sequence[object], second: Sequence[object]) -> None:
    if len(first) != len(second):
        raise ValidationError({field: ["Send both fields of each row."]})
