"""The coverage matrix: subjects by partners, each cell with its two measures."""

import shlex
from collections.abc import Sequence
from datetime import date
from io import BytesIO

from flask import Blueprint, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from exports import columns
from exports.writing import MEDIA_TYPES, Format, write
from registry.domain import reference
from registry.domain.coverage import Confidence
from registry.domain.selection import MISSING_PARTNERS, PARTNERS, Match, gap_rows
from registry.services import publish, snapshot
from registry.web import context, paging, wording
from registry.web.asked import CONFIDENCES, ORDERS, SHOWN, Asked, asked

coverage = Blueprint("coverage", __name__, url_prefix="/coverage")

SIZE = 50  # subjects on a page


@coverage.get("/")
def matrix() -> str:
    question = asked(request.args)
    today = context.today()
    on = question.selection.as_of or today
    day = snapshot.snapshot(context.session(), on, today)
    found = day.select(question.selection)
    shown: Sequence[Match] = found.matches
    if question.only_missing:
        shown = [each for each in shown if each.missing]
    return render_template(
        "coverage/matrix.html",
        asked=question,
        on=on,
        found=found,
        page=paging.page(_ordered(shown, question.sort), question.page, SIZE),
        partners=PARTNERS,
        coordinating=MISSING_PARTNERS,
        situations=reference.situations(),
        orders=ORDERS,
        shown=SHOWN,
        confidences=CONFIDENCES,
        lists=day.coverage.world.lists,
        unreconciled=sum(day.coverage.unreconciled.values()),
        command=command(question),
    )


@coverage.get("/gaps.<any(xlsx, json):format>")
def download(format: str) -> Response:
    """The gaps that the page counts, with the editions that they rest on."""
    question = asked(request.args)
    selection = question.selection
    session, today = context.session(), context.today()
    day = snapshot.snapshot(session, selection.as_of or today, today)
    filters = ("Filters", url_for(".matrix", **question.address()))
    said = publish.provenance(session, day.coverage, "Gaps", context.config().contact, [filters])
    content = BytesIO()
    write(columns.GAPS, gap_rows(day.select(selection).matches), said, Format(format), content)
    content.seek(0)
    return send_file(
        content,
        mimetype=MEDIA_TYPES[Format(format)],
        as_attachment=True,
        download_name=f"gaps-{day.on.isoformat()}.{format}",
    )


def command(question: Asked) -> str:
    """The command that prints the gaps which the page counts, "" where no command asks for it."""
    selection = question.selection
    if selection.text or selection.states:
        return ""
    options = ["registry", "gaps"]
    for each in selection.listed_by:
        options += ["--listed-by", each]
    for each in selection.missing_from:
        options += ["--missing-from", each]
    if selection.measure:
        options += ["--measure", selection.measure.value]
    if selection.situation:
        options += ["--situation", selection.situation]
    if selection.nexus:
        options += ["--nexus", ",".join(each for each in wording.NEXUS if each in selection.nexus)]
    if selection.kind:
        options += ["--kind", selection.kind.value]
    if selection.confidence:
        levels = [each for each in Confidence if each in selection.confidence]
        options += ["--confidence", ",".join(levels)]
    if selection.as_of:
        options += ["--as-of", selection.as_of.isoformat()]
    return shlex.join(options)


def _ordered(matches: Sequence[Match], order: str) -> Sequence[Match]:
    match order:
        case "gaps":
            return sorted(matches, key=lambda each: -len(each.missing))
        case "newest":
            return sorted(matches, key=_newest, reverse=True)
        case _:
            return matches


def _newest(match: Match) -> date:
    dates = [
        act.listed_on
        for listing in match.subject.facts.listings
        for act in listing.designations
        if act.listed_on
    ]
    return max(dates, default=date.min)
