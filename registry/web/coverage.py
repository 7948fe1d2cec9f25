"""The coverage matrix: subjects by partners, each cell with its two measures."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from marshmallow import ValidationError
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from exports import columns
from exports.writing import Format
from registry.domain import reference
from registry.domain.programme import Confidence
from registry.domain.publication import Provenance
from registry.domain.ranking import Order
from registry.domain.selection import (
    MISSING_PARTNERS,
    PARTNERS,
    Match,
    Selection,
    gap_rows,
    programmes_of,
)
from registry.services import publish, snapshot
from registry.services.remembered import Remembered
from registry.services.snapshot import Snapshot
from registry.web import context, handing_out, matrix_cells, paging, saved_views, wording
from registry.web.asked import CONFIDENCES, SHOWN, asked
from registry.web.matrix_columns import EXTRA
from registry.web.unsigned import gap_unsigned, subject_unsigned

coverage = Blueprint("coverage", __name__, url_prefix="/coverage")

SIZE = 50  # subjects on a page


@coverage.get("/")
def matrix() -> str:
    question = asked(request.args)
    session, today = context.session(), context.today()
    day = snapshot.for_selection(session, question.selection, today)
    found = day.select(question.selection, question.sort)
    shown = found.with_missing if question.only_missing else found.matches
    return render_template(
        "coverage/matrix.html",
        asked=question,
        on=day.on,
        found=found,
        page=paging.page(shown, question.page, SIZE),
        extra={key: EXTRA[key] for key in question.extra},
        columns=EXTRA,
        subject_address=matrix_cells.subject_address(question.selection.as_of),
        cells=matrix_cells.row(question.partners, question.measures, question.selection.as_of),
        coordinating=MISSING_PARTNERS,
        offered=_offered(session, day),
        all_partners=PARTNERS,
        situations=reference.situations(),
        situation_titles=_situation_titles(),
        sort_labels={key: label for key, label in wording.ORDERS.items() if key is not Order.NAME},
        shown=SHOWN,
        confidences=CONFIDENCES,
        lists=day.coverage.world.lists,
        saved=saved_views.own(),
        query=urlencode(question.address(page=1), doseq=True),
        unreconciled=sum(day.coverage.unreconciled.values()),
        command=command(question.selection),
    )


@coverage.get("/gaps.<any(xlsx, csv, json):format>")
def download(format: str) -> Response:
    """The gaps that the page counts, with the editions that they rest on."""
    day, found, said = _asked_for("Gaps")
    rows = map(gap_unsigned, gap_rows(found))
    return handing_out.file(columns.GAPS, rows, said, Format(format), f"gaps-{day.on}")


@coverage.get("/chosen.<any(xlsx, csv, json):format>")
def chosen(format: str) -> Response:
    """The subjects that a reader has marked, one by one."""
    if not request.args.getlist("subject"):
        raise ValidationError({"subject": ["Choose at least one row."]})
    return subjects(format)


@coverage.get("/subjects.<any(xlsx, csv, json):format>")
def subjects(format: str) -> Response:
    """The subjects that the page shows, each with all partners' cells and facts, and editions."""
    day, found, said = _asked_for("Subjects")
    chosen = [subject_unsigned(match.subject) for match in found]
    rows = publish.consolidated_rows(context.session(), chosen, day.on)
    table = columns.consolidated(PARTNERS)
    return handing_out.file(table, rows, said, Format(format), f"subjects-{day.on}")


def _asked_for(title: str) -> tuple[Snapshot, Sequence[Match], Provenance]:
    question = asked(request.args)
    session = context.session()
    day = snapshot.for_selection(session, question.selection, context.today())
    found = day.select(question.selection, question.sort)
    filters = ("Filters", url_for(".matrix", **question.address()))
    said = publish.provenance(session, day.coverage, title, context.config().contact, [filters])
    return day, found.with_missing if question.only_missing else found.matches, said


@dataclass(frozen=True, slots=True)
class Offered:
    """What the day's subjects have, so that it is worth asking for: labels by key."""

    nationalities: Mapping[str, str]
    programmes: Mapping[str, str]


def prepare(session: Session, today: date) -> None:
    """Make what every page of the matrix needs, and what the first one shows."""
    day = snapshot.snapshot(session, today, today)
    _offered(session, day)
    question = asked(MultiDict())
    day.select(question.selection, question.sort)


def _offered(session: Session, day: Snapshot) -> Offered:
    return _offers.get(session, day.on, lambda: _offer(day))


def _offer(day: Snapshot) -> Offered:
    subjects_ = day.coverage.subjects
    codes = {code for each in subjects_ for one in each.facts.listings for code in one.countries}
    keys = {key for each in subjects_ for key in programmes_of(each)}
    table = reference.programmes()
    return Offered(
        {code: wording.country(code) for code in sorted(codes, key=wording.country)},
        {key: table[key].title for key in sorted(keys)},
    )


@cache
def _situation_titles() -> Mapping[str, str]:
    known = reference.situations().values()
    return {each.key: each.title for each in sorted(known, key=lambda each: each.title)}


_offers: Remembered[Offered] = Remembered(most=2)


def command(selection: Selection) -> str:
    """The command that prints the gaps which the page counts."""
    options = ["registry", "gaps"]

    def add(option: str, values: Iterable[str]) -> None:
        for each in values:
            options.extend((option, each))

    def one(option: str, value: str | date | None) -> None:
        add(option, [str(value)] if value else [])

    add("--listed-by", selection.listed_by)
    add("--missing-from", selection.missing_from)
    one("--measure", selection.measure)
    one("--situation", selection.situation)
    add("--programme", sorted(selection.programmes))
    one("--nexus", ",".join(each for each in wording.NEXUS if each in selection.nexus))
    add("--role", sorted(selection.roles))
    one("--kind", selection.kind)
    add("--nationality", sorted(selection.nationalities))
    options += [f"--text={selection.text}"] if selection.text else []
    add("--gap-type", sorted(selection.gap_types))
    one("--listed-from", selection.listed_from)
    one("--listed-until", selection.listed_until)
    add("--shared-by", map(str, sorted(selection.shared_by)))
    add("--extent", sorted(selection.extents))
    add("--state", sorted(selection.states))
    add("--at", selection.at)
    add("--subject", sorted(selection.subjects))
    one("--confidence", ",".join(each for each in Confidence if each in selection.confidence))
    one("--as-of", selection.as_of)
    return shlex.join(options)
