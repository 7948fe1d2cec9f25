"""Proposals: those that the reader may see, one with all its portions, and a new one."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import EXCLUDE, Schema, fields, validate
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry.domain import handling, naming, reference
from registry.domain.account import has_role
from registry.domain.cell import PARTNERS, Cell
from registry.domain.designation import Measure
from registry.domain.handling import Level, Reader, combined
from registry.domain.portion import Portion, latest
from registry.domain.position import Ask, Status
from registry.domain.proposal import ANSWERABLE, DRAFTERS, EDITABLE, MOVES, Proposal, Stage
from registry.domain.section import Heading
from registry.domain.selection import MISSING_PARTNERS, Traits, fold
from registry.services import children, discuss, draft, joint, propose, release, snapshot
from registry.services.propose import Fields
from registry.store import accounts, history, portions, subjects
from registry.store import proposals as stored
from registry.web import account_wording, attachments, context, reads
from registry.web.asked import without_blanks
from registry.web.asking import asking
from registry.web.sent import filled

proposals = Blueprint("proposals", __name__, url_prefix="/proposals")

_WRITTEN = ("sections", "evidence", "comments", "tasks", "waivers")


class ListForm(Schema):
    q = fields.String(validate=validate.Length(max=200), load_default="")
    stage = fields.Enum(Stage, by_value=True, load_default=None)
    situation = fields.String(load_default="")


class NewForm(Schema):
    """Also what the coverage page sends with its chosen rows: the day is of no matter here."""

    class Meta:
        unknown = EXCLUDE

    situation = fields.String(
        validate=validate.OneOf(["", *reference.situations()]), load_default=""
    )
    subject = fields.List(fields.String(), load_default=list)


class FieldsForm(Schema):
    title = fields.String(required=True)
    summary = fields.String(load_default="")
    situation = fields.String(load_default="")
    target_on = fields.Date(data_key="target-on", load_default=None)
    embargo_until = fields.Date(data_key="embargo-until", load_default=None)


class StartForm(FieldsForm):
    subject = fields.List(fields.String(), load_default=list)
    partner = fields.List(fields.String(validate=validate.OneOf(PARTNERS)), load_default=list)
    measure = fields.List(fields.Enum(Measure, by_value=True), load_default=list)


@proposals.get("/")
def board() -> str:
    """The list, searched in what the reader may see of each proposal itself."""
    session, reader = context.session(), handling.reader(asking())
    form = ListForm().load(without_blanks(request.args))
    stages = (form["stage"],) if form["stage"] else tuple(Stage)
    words = fold(form["q"]).split()
    found = [
        each
        for each in stored.readable(session, reader, stages)
        if form["situation"] in ("", each.situation)
        and all(word in fold(_text(each)) for word in words)
    ]
    reads.note(found, "list")
    return render_template(
        "proposals/list.html",
        form=form,
        found=found,
        progress=_progress(session, reader, found),
        banner=combined(each.marking for each in found) if found else None,
        drafter=has_role(asking(), DRAFTERS),
        situations=reference.situations(),
        stages=Stage,
    )


@proposals.get("/<proposal_id>")
def page(proposal_id: str) -> str:
    session, account, today = context.session(), asking(), context.today()
    reader = handling.reader(account)
    proposal = propose.get(session, account, proposal_id)
    given = portions.positions(session, reader, proposal_id)
    shown: dict[str, list[Portion[Any]]] = {
        "sections": portions.sections(session, reader, proposal_id),
        "evidence": portions.evidence(session, reader, proposal_id),
        "comments": portions.comments(session, reader, proposal_id),
        "tasks": portions.tasks(session, reader, proposal_id),
        "waivers": portions.waivers(session, reader, proposal_id),
        "requests": portions.requests(session, reader, proposal_id),
    }
    items = {
        each.id: each
        for each in release.items(
            proposal, shown["sections"], shown["evidence"], given, shown["comments"]
        )
    }
    named = children.names(session, proposal, today)
    changes = history.entries(session, reader, proposal_id)
    by_id = snapshot.snapshot(session, today, today).by_id
    marks = [
        *(each.marking for each in given),
        *(each.marking for of_kind in shown.values() for each in of_kind),
        *(each.marking for each in changes if each.marking),
    ]
    reads.note([proposal])
    own = account.affiliation == proposal.originator and has_role(account, DRAFTERS)
    return render_template(
        "proposals/page.html",
        proposal=proposal,
        banner=combined([proposal.marking, *marks]),
        positions=latest(given),
        cells=_cells(session, proposal, by_id),
        history=changes,
        people=people(session),
        watches=history.watches(session, proposal_id, account.id),
        own=own,
        moves=MOVES[proposal.stage] if own else (),
        missing=propose.missing(session, account, proposal)
        if own and proposal.stage is Stage.DRAFT
        else None,
        answers=account.partner in proposal.partners
        and has_role(account, DRAFTERS)
        and proposal.stage in ANSWERABLE,
        drafter=has_role(account, DRAFTERS),
        comments_allowed=has_role(account, discuss.COMMENTERS),
        colleagues=discuss.colleagues(session, account),
        headings=Heading,
        attachment_bounds=attachments.BOUNDS,
        items=items,
        minors_named=children.naming_one(
            [*given, *(each for kind in _WRITTEN for each in shown[kind])], named
        ),
        names_minor=any(
            naming.names_one_of(each, named) for each in (proposal.title, proposal.summary)
        ),
        askable=[
            each
            for each in items.values()
            if each.marking.originators != {account.affiliation}
            and each.marking.level is not Level.RED
        ]
        if has_role(account, DRAFTERS) and proposal.stage in EDITABLE
        else (),
        open=proposal.stage in EDITABLE,
        situations=reference.situations(),
        **shown,
    )


@proposals.get("/new")
def new() -> str:
    """The form for a new proposal, on chosen subjects or from the candidates of a situation."""
    session, today = context.session(), context.today()
    query = request.args.to_dict(flat=False)
    form = NewForm().load(
        {key: values if key == "subject" else values[0] for key, values in query.items()}
    )
    by_id = snapshot.snapshot(session, today, today).by_id
    chosen = []
    for each in dict.fromkeys(form["subject"]):
        subject = subjects.find(session, each)
        if subject is not None and subject.id in by_id:
            chosen.append(by_id[subject.id])
    candidates = (
        joint.candidates(session, form["situation"], today, today) if form["situation"] else ()
    )
    taken = {each.facts.id for each in chosen}
    return render_template(
        "proposals/new.html",
        form=form,
        chosen=chosen,
        candidates=[each for each in candidates if each.subject.facts.id not in taken],
        risks=draft.risks(session, [each.facts.id for each in chosen]),
        situations=reference.situations(),
        partners=PARTNERS,
        asked=MISSING_PARTNERS,
    )


@proposals.post("/")
def start() -> Response:
    form = StartForm().load(filled(several=("subject", "partner", "measure")))
    with context.writing() as session:
        made = propose.start(
            session,
            asking(),
            written(form),
            form["subject"],
            form["partner"],
            form["measure"],
            context.today(),
            context.now(),
        )
    return redirect(url_for("drafting.page", proposal_id=made.id), 303)


def written(form: dict[str, object]) -> Fields:
    """The proposal's own fields, of a form that has more."""
    names = ("title", "summary", "situation", "target_on", "embargo_until")
    return Fields(**{name: form[name] for name in names})  # type: ignore[arg-type]


def _cells(session: Session, proposal: Proposal, by_id: Mapping[str, Traits]) -> dict[Ask, Cell]:
    """By ask, what the lists show today; a merged subject stands under its successor."""
    found = {}
    for each in proposal.subjects:
        subject = subjects.find(session, each.id)
        traits = by_id.get(subject.id) if subject else None
        for cell in traits.cells if traits else ():
            found[Ask(each.id, cell.measure, cell.partner)] = cell
    return found


def people(session: Session) -> dict[int, str]:
    """By account, who it is, in words."""
    return {
        each.id: f"{each.shown_name}, {account_wording.affiliation(each.affiliation)}"
        for each in accounts.everybody(session)
    }


def _text(proposal: Proposal) -> str:
    names = (each.name for each in proposal.subjects)
    return " ".join((proposal.title, proposal.summary, proposal.id, *names))


def _progress(
    session: Session, reader: Reader, found: Sequence[Proposal]
) -> dict[str, tuple[int, int]]:
    """By proposal, how many of its asks are designated, as far as the reader sees, and of how
    many."""
    positions = portions.positions_by_proposal(session, reader, [each.id for each in found])
    progress = {}
    for each in found:
        given = latest(positions[each.id])
        designated = sum(
            1 for ask in each.asks if ask in given and given[ask].value.status is Status.DESIGNATED
        )
        progress[each.id] = designated, len(each.asks)
    return progress
