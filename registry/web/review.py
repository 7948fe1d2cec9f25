"""The review queue: pairs of listings that may be one subject, and the verdict on each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import Schema, fields, post_load, validate
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from importers.catalogue import KEYS
from registry.domain import reference
from registry.domain.judgement import Judgement, Recorded, Verdict, ordered
from registry.domain.party import Kind
from registry.domain.selection import PARTNERS
from registry.services import jobs, judge, stakes, weighing
from registry.services import review as reviewing
from registry.services.review import Asked, Entry, Order, Progress, Waiting
from registry.services.why_apart import why_apart
from registry.store import judgements, queries, subjects
from registry.store.queries import ListingDetail
from registry.web import access, context, footer, paging, side_by_side, wording
from registry.web.asked import without_blanks
from registry.web.sent import sent
from registry.web.words import Words

review = Blueprint("review", __name__, url_prefix="/review")

SIZE = 50


class QueueForm(Schema):
    """The filters of the queue; the address of a pair carries them along."""

    subject_id = fields.String(data_key="subject", load_default="")
    partner = fields.String(load_default="", validate=validate.OneOf(PARTNERS))
    official_list = fields.String(data_key="list", load_default="", validate=validate.OneOf(KEYS))
    situation = fields.String(load_default="", validate=lambda key: _known_situation(key))
    kind = fields.Enum(Kind, by_value=True, load_default=None)
    progress = fields.Enum(Progress, by_value=True, load_default=None)
    order = fields.Enum(Order, by_value=True, load_default=Order.GAPS)

    @post_load
    def ask(self, data: dict[str, Any], **_: object) -> Asked:
        return Asked(**data)


class PageForm(Schema):
    page = fields.Integer(validate=validate.Range(min=1), load_default=1)


class PairForm(Schema):
    left = fields.String(required=True)
    right = fields.String(required=True)


class OutcomeForm(Schema):
    """What was recorded just before; `since` is the newest judgement that its reviewer had seen."""

    recorded = fields.Integer(load_default=None)
    since = fields.Integer(load_default=0)


class VerdictForm(PairForm):
    verdict = fields.Enum(Verdict, by_value=True, required=True)
    reason = Words(required=True)
    seen = fields.Integer(load_default=0)


class JudgementsForm(PageForm):
    """`show` leaves out those that nobody has to look at; `by` is a reviewer as they sign."""

    show = fields.String(load_default="all", validate=validate.OneOf(tuple(wording.JUDGEMENTS)))
    by = fields.String(load_default="", validate=validate.Length(max=200))


class UndoForm(Schema):
    reason = Words(required=True)


@review.get("/")
def queue() -> str:
    session, today = context.session(), context.today()
    form = _split(request.args, PageForm())
    asked = _asked(request.args)
    of = subjects.find(session, asked.subject_id) if asked.subject_id else None
    if asked.subject_id and of is None:
        raise NotFound
    if of:
        asked = replace(asked, subject_id=of.id)
    entries = reviewing.queue(session, asked, today)
    page = paging.page(entries, form["page"], SIZE)
    details = _details(page.rows)
    return render_template(
        "review/queue.html",
        of=of,
        asked=asked,
        query=_query(asked),
        page=page,
        rows=[
            (entry, *(details[key] for key in entry.pair))
            for entry in page.rows
            if all(key in details for key in entry.pair)
        ],
        waiting=len(reviewing.queue(session, Asked(), today)),
        situations=reference.situations(),
        lists=[each.official_list for each in footer.lists() if each.edition],
        needed=judgements.reviewers_needed(session),
        Progress=Progress,
        Order=Order,
        kinds=Kind,
        **_outcome(),
    )


@review.get("/pair")
def pair() -> str:
    session, today = context.session(), context.today()
    asked = _asked(request.args)
    named = _pair(_split(request.args, PairForm()))
    entries = reviewing.queue(session, asked, today)
    place = next((n for n, each in enumerate(entries) if ordered(*each.pair) == named), None)
    found = reviewing.compared(session, [named], today)
    if not found:
        raise NotFound
    (compared,) = found
    weighed, recorded = weighing.on_pair(session, named)
    pair = _shown(compared)
    return render_template(
        "review/pair.html",
        pair=pair,
        rows=side_by_side.rows_of_pair([pair.left, pair.right]),
        stake=stakes.of_pair(session, named, today),
        are_one=compared.left.subject_id is not None
        and compared.left.subject_id == compared.right.subject_id,
        why_apart=why_apart(session, *named, today),
        recorded=recorded,
        statuses=weighed.decisions.statuses,
        reopened=weighed.reopened,
        verdict=weighed.decisions.verdicts.get(named),
        conflicts=[weighed.sentence(each) for each in weighed.conflicts_of(named)],
        foreseen={
            each: judge.foreseen(session, named, each, context.signature(), context.now())
            for each in (Verdict.SAME, Verdict.DIFFERENT)
        }
        if access.may("review.decide")
        else {},
        needed=judgements.reviewers_needed(session),
        query=_query(asked),
        place=place,
        total=len(entries),
        before=entries[place - 1] if place else None,
        after=_after(entries, place),
        Verdict=Verdict,
        **_outcome(),
    )


@review.post("/pair")
def decide() -> Response:
    form = VerdictForm().load(sent())
    named = _pair(form)
    asked = _asked(request.args)
    entries = reviewing.queue(context.session(), asked, context.today())
    place = next((n for n, each in enumerate(entries) if ordered(*each.pair) == named), None)
    after = _after(entries, place)
    with context.writing() as session:
        outcome = judge.record(
            session, *named, form["verdict"], context.signature(), form["reason"], context.now()
        )
        jobs.ask_to_reconcile(session, context.signature(), context.now())
    said = {**_query(asked), "recorded": outcome.id, "since": form["seen"]}
    if after is None:
        return redirect(url_for(".queue", **said), 303)
    return redirect(url_for(".pair", left=after.pair[0], right=after.pair[1], **said), 303)


@review.get("/judgements")
def judgement_board() -> str:
    """Every judgement with what it counts for, the newest first."""
    session = context.session()
    form = JudgementsForm().load(without_blanks(request.args))
    weighed = weighing.weigh(session)
    disputed = {
        pair
        for conflict in weighed.decisions.conflicts
        for pair in (*conflict.steps, conflict.apart)
    }
    found = [
        each
        for each in reversed(weighed.recorded)
        if form["by"] in ("", each.judgement.reviewer)
        and (form["show"] != "reopened" or each.id in weighed.reopened)
        and (form["show"] != "conflicts" or (not each.undone and each.judgement.pair in disputed))
    ]
    page = paging.page(found, form["page"], SIZE)
    return render_template(
        "review/judgements.html",
        page=page,
        named=_named({key for each in page.rows for key in each.judgement.pair}),
        query={key: form[key] for key in ("show", "by") if form[key] not in ("", "all")},
        show=form["show"],
        by=form["by"],
        reviewers=sorted({each.judgement.reviewer for each in weighed.recorded}),
        statuses=weighed.decisions.statuses,
        reopened=weighed.reopened,
        conflicts=[weighed.sentence(each) for each in weighed.decisions.conflicts],
    )


@review.post("/judgements/<int:judgement_id>/undo")
def undo(judgement_id: int) -> Response:
    form = UndoForm().load(sent())
    with context.writing() as session:
        taken = judge.undo(
            session, judgement_id, context.signature(), form["reason"], context.now()
        )
        jobs.ask_to_reconcile(session, context.signature(), context.now())
    left, right = taken.judgement.pair
    return redirect(url_for(".pair", left=left, right=right), 303)


def _split(query: MultiDict[str, str], form: Schema) -> dict[str, Any]:
    """Those of the values that the form knows."""
    known = {each.data_key or name for name, each in form.fields.items()}
    found: dict[str, Any] = form.load(
        {key: value for key, value in without_blanks(query).items() if key in known}
    )
    return found


def _asked(query: MultiDict[str, str]) -> Asked:
    """The filters. Raises ValidationError for what no form of these pages knows."""
    others = {*PairForm().fields, *OutcomeForm().fields, *PageForm().fields}
    asked: Asked = QueueForm().load(
        {key: value for key, value in without_blanks(query).items() if key not in others}
    )
    return asked


def _query(asked: Asked) -> dict[str, str]:
    """The filters as they stand in an address; defaults are left out."""
    values = {
        "subject": asked.subject_id,
        "partner": asked.partner,
        "list": asked.official_list,
        "situation": asked.situation,
        "kind": asked.kind.value if asked.kind else "",
        "progress": asked.progress.value if asked.progress else "",
        "order": asked.order.value if asked.order is not Order.GAPS else "",
    }
    return {key: value for key, value in values.items() if value}


def _known_situation(key: str) -> None:
    validate.OneOf(("", *reference.situations()))(key)


def _pair(form: dict[str, Any]) -> tuple[str, str]:
    """Two keys of listings. Raises NotFound if they are one."""
    if form["left"] == form["right"]:
        raise NotFound
    return ordered(form["left"], form["right"])


def _after(entries: Sequence[Entry], place: int | None) -> Entry | None:
    """The pair to go on with."""
    if place is None:
        return None
    rest = entries[place + 1 :]
    return rest[0] if rest else None


def _named(keys: Iterable[str]) -> dict[str, ListingDetail]:
    """What the pages name by these keys; what no edition holds is left out."""
    return queries.listings_by_key(context.session(), sorted(keys))


def _details(entries: Sequence[Entry]) -> dict[str, ListingDetail]:
    keys = [key for each in entries for key in each.pair]
    found = queries.listings_by_key(context.session(), keys)
    return {key: side_by_side.as_shown(each, context.today()) for key, each in found.items()}


def _shown(each: Waiting) -> Waiting:
    today = context.today()
    return replace(
        each,
        left=side_by_side.as_shown(each.left, today),
        right=side_by_side.as_shown(each.right, today),
    )


def _outcome() -> dict[str, Any]:
    """What the page says of the judgement that was recorded just before."""
    form = _split(request.args, OutcomeForm())
    session = context.session()
    told = form["recorded"] and access.may("review.decide")
    weighed = weighing.weigh(session) if told else None
    mine = _find(weighed.recorded, form["recorded"]) if weighed else None
    if weighed is None or mine is None:
        return {"outcome": None}
    pair: Judgement = mine.judgement
    return {
        "outcome": mine,
        "named": _named(pair.pair),
        "outcome_status": weighed.decisions.statuses[mine.id],
        "outcome_conflicts": [weighed.sentence(each) for each in weighed.conflicts_of(pair.pair)],
        "meanwhile": [
            each
            for each in weighed.recorded
            if form["since"] < each.id < mine.id
            and each.judgement.pair == pair.pair
            and each.judgement.reviewer != pair.reviewer
        ],
    }


def _find(recorded: Sequence[Recorded], judgement_id: int) -> Recorded | None:
    return next((each for each in recorded if each.id == judgement_id), None)
