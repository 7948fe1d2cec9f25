"""The conference page: the state of coordination, made to be printed and put on the table."""

from flask import Blueprint, render_template, request
from marshmallow import Schema, ValidationError, fields, validate, validates

from registry.domain import handling
from registry.domain.cell import PARTNERS
from registry.domain.coordination import COORDINATING, Extent
from registry.domain.handling import combined
from registry.domain.proposal import ANSWERABLE, Proposal
from registry.services import conference as coordination
from registry.services import joint
from registry.store import proposals as stored
from registry.web import context
from registry.web.asked import without_blanks

conference = Blueprint("conference", __name__, url_prefix="/conference")

MOST_CANDIDATES = 20
MOST_MOVES = 60  # named one by one; the counts are of all
EXTENTS = {
    Extent.FULL: "All partners",
    Extent.PARTIAL: "Some partners",
    Extent.UNILATERAL: "One partner alone",
    Extent.UNSETTLED: "Not settled",
}
_OPEN = tuple(ANSWERABLE)
NEXUS = {"near": coordination.NEAR, "all": frozenset[str]()}


class ConferenceForm(Schema):
    since = fields.Date(load_default=None)
    nexus = fields.String(load_default="near", validate=validate.OneOf(NEXUS))

    @validates("since")
    def is_past(self, value: object, data_key: str) -> None:
        if value is not None and value >= context.today():  # type: ignore[operator]
            raise ValidationError("Give the day of an earlier meeting.")


@conference.get("/")
def page() -> str:
    form = ConferenceForm().load(without_blanks(request.args))
    since, nexus = form["since"], form["nexus"]
    proposals = _for_all()
    found = coordination.conference(context.session(), context.today(), since, NEXUS[nexus])
    return render_template(
        "conference/page.html",
        conference=found,
        since=since,
        nexus=nexus,
        coordinating=COORDINATING,
        partners=PARTNERS,
        Extent=Extent,
        extents=EXTENTS,
        most=MOST_MOVES,
        proposals=proposals,
        banner=combined(each.marking for each in proposals) if proposals else None,
        candidates=joint.candidates(
            context.session(), "", context.today(), context.today(), MOST_CANDIDATES
        ),
    )


def _for_all() -> tuple[Proposal, ...]:
    """The open proposals that who asks and every coordinating partner may read."""
    reader = handling.reader(context.account())
    for partner in COORDINATING:
        reader = reader.towards(partner)
    return stored.readable(context.session(), reader, _OPEN)
