"""One listing: what the entry says, where it stands in which file, and the entry itself."""

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound

from registry.domain import minors
from registry.store import queries
from registry.web import context, side_by_side

listings = Blueprint("listings", __name__, url_prefix="/listings")


@listings.get("/<official_list>/<path:reference_>")
def page(official_list: str, reference_: str) -> str:
    session, today = context.session(), context.today()
    found = queries.listing(session, official_list, reference_)
    if found is None:
        raise NotFound
    is_minor = minors.is_minor(found.party, today)
    listing = side_by_side.as_shown(found, today)
    return render_template(
        "listings/page.html",
        listing=listing,
        rows=side_by_side.rows([listing]),
        scripts=side_by_side.scripts([listing]),
        identifiers=side_by_side.identifiers([listing]),
        addresses=side_by_side.addresses([listing]),
        relations=side_by_side.relations([listing]),
        is_minor=is_minor,
        raw="" if is_minor else queries.raw_entry(session, found.key, found.edition.id),
    )
