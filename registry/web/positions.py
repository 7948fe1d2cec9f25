"""Positions: a partner's answer form, and each partner's board of what is asked of it."""

from flask import Blueprint, redirect, render_template, url_for
from marshmallow import Schema, fields, validate
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from registry.domain import handling
from registry.domain.account import may_speak_for
from registry.domain.cell import PARTNERS
from registry.domain.handling import NotAllowed, combined
from registry.domain.portion import latest
from registry.domain.position import BY_HAND, Ask, Position, Status
from registry.domain.proposal import ANSWERABLE
from registry.services import answer as answering
from registry.services import boards, children, propose
from registry.store import portions
from registry.web import context, marks, reads
from registry.web.asking import asking
from registry.web.asks import AskField
from registry.web.sent import filled

positions = Blueprint("positions", __name__, url_prefix="/proposals")


class AnswerForm(Schema):
    """One answer on all that was chosen. `after` has all that may be chosen: behind its measure
    stands the position that an answer would be given after, if there is one."""

    on = fields.List(
        AskField(),
        validate=validate.Length(min=1, error="Choose what this answers."),
        required=True,
    )
    after = fields.List(AskField(), load_default=list)
    status = fields.Enum(Status, by_value=True, required=True)
    reason = fields.String(load_default="")
    by_on = fields.Date(data_key="by-on", load_default=None)


PositionForm = AnswerForm.from_dict(dict(marks.FIELDS))


@positions.get("/boards/<partner>")
def board(partner: str) -> str:
    """What is asked of one partner, as far as the reader may see it."""
    if partner not in PARTNERS:
        raise NotFound
    session, account = context.session(), asking()
    rows = boards.board(session, handling.reader(account), partner)
    marked = [each.proposal.marking for each in rows]
    marked += [each.position.marking for each in rows if each.position]
    reads.note((each.proposal for each in rows), "board")
    return render_template(
        "proposals/board.html",
        partner=partner,
        partners=PARTNERS,
        rows=rows,
        banner=combined(marked) if marked else None,
        own=may_speak_for(account, partner),
        today_=context.today(),
    )


@positions.get("/<proposal_id>/answer")
def form(proposal_id: str) -> str:
    session, account = context.session(), asking()
    proposal = propose.get(session, account, proposal_id)
    if not may_speak_for(account, account.partner or "") or account.partner is None:
        raise NotAllowed("Positions are given by a partner's officers and policy staff.")
    given = latest(portions.positions(session, handling.reader(account), proposal_id))
    own = [each for each in proposal.asks if each.partner == account.partner]
    shown = [given[each].marking for each in own if each in given]
    reads.note([proposal])
    return render_template(
        "proposals/answer.html",
        proposal=proposal,
        asks=own,
        given=given,
        banner=combined([proposal.marking, *shown]),
        statuses=BY_HAND,
        minors_named=children.naming_one(
            [given[each] for each in own if each in given],
            children.names(session, proposal, context.today()),
        ),
        answerable=proposal.stage in ANSWERABLE,
    )


@positions.post("/<proposal_id>/answer")
def answer(proposal_id: str) -> Response:
    """Answer for the partner of the account that asks: no form can name another one. All that was
    chosen is answered, or nothing."""
    form = PositionForm().load(filled(("on", "after", *marks.SEVERAL)))
    account = asking()
    partner, reason = account.partner or "", form["reason"].strip()
    after = {Ask(subject, measure, partner): id_ for subject, measure, id_ in form["after"]}
    chosen = [Ask(subject, measure, partner) for subject, measure, _ in form["on"]]
    with context.writing() as session:
        marking = marks.marking(session, account, form)
        answering.answer(
            session,
            account,
            proposal_id,
            {
                Position(ask, form["status"], reason, form["by_on"]): after.get(ask, "")
                for ask in chosen
            },
            marking,
            context.today(),
            context.now(),
        )
    return redirect(url_for(".form", proposal_id=proposal_id), 303)
