"""The conference page: the state of coordination, made to be printed and put on the table."""

from flask import Blueprint, render_template, request
from marshmallow import Schema, ValidationError, fields, validate, validates

from registry.domain import handling
from registry.domain.cell import PARTNERS
from registry.domain.designation import Measure
from registry.domain.extent import COORDINATING, Extent
from registry.domain.handling import combined
from registry.domain.proposal import ANSWERABLE, Proposal
from registry.services import conference as coordination
from registry.services import joint
from registry.store import proposals as stored
from registry.web import context, paging, reads
from registry.web.asked import without_blanks

conference = Blueprint("conference", __name__, url_prefix="/conference")

MOST_MOVES = 60  # named one by one; the counts are of all, and open all
SIZE = 100  # moves on a page
_OPEN = tuple(ANSWERABLE)
NEXUS = {"near": coordination.NEAR, "all": frozenset[str]()}


class ConferenceForm(Schema):
    since = fields.Date(load_default=None)
    nexus = fields.String(load_default="near", validate=validate.OneOf(NEXUS))

    @validates("since")
    def is_past(self, value: object, data_key: str) -> None:
        if value is not None and value >= context.today():  # type: ignore[operator]
            raise ValidationError("Give the day of an earlier meeting.")


class MovementForm(ConferenceForm):
    since = fields.Date(required=True)
    partner = fields.String(load_default=None, validate=validate.OneOf(COORDINATING))
    measure = fields.Enum(Measure, by_value=True, load_default=None)
    began = fields.Boolean(load_default=None)
    page = fields.Integer(load_default=1, validate=validate.Range(min=1))


@conference.get("/")
def page() -> str:
    form = ConferenceForm().load(without_blanks(request.args))
    since, nexus = form["since"], form["nexus"]
    proposals = _for_all()
    reads.note(proposals, "conference")
    found = coordination.conference(context.session(), context.today(), since, NEXUS[nexus])
    return render_template(
        "conference/page.html",
        conference=found,
        since=since,
        nexus=nexus,
        coordinating=COORDINATING,
        partners=PARTNERS,
        Extent=Extent,
        most=MOST_MOVES,
        proposals=proposals,
        banner=combined(each.marking for each in proposals) if proposals else None,
        candidates=joint.candidates(context.session(), "", context.today(), context.today()),
    )


@conference.get("/movement")
def movement() -> str:
    """The moves that a number of the page counts, one by one."""
    asked = without_blanks(request.args)
    form = MovementForm().load(asked)
    found = coordination.conference(
        context.session(), context.today(), form["since"], NEXUS[form["nexus"]]
    )
    moved = found.moves(form["partner"], form["measure"], form["began"])
    return render_template(
        "conference/movement.html",
        form=form,
        page=paging.page(moved, form["page"], SIZE),
        address={key: value for key, value in asked.items() if key != "page"},
    )


def _for_all() -> tuple[Proposal, ...]:
    """The open proposals that who asks and every coordinating partner may read."""
    reader = handling.reader(context.account())
    for partner in COORDINATING:
        reader = reader.towards(partner)
    return stored.readable(context.session(), reader, _OPEN)
