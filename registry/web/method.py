"""How a gap is decided, and what each state, measure and word means."""

from flask import Blueprint, render_template

from registry.domain import joint, reference
from registry.domain.cell import GAPS, IN_FORCE
from registry.domain.selection import MISSING_PARTNERS, PARTNERS
from registry.services import why
from registry.web import footer

method = Blueprint("method", __name__, url_prefix="/method")


@method.get("/")
def page() -> str:
    return render_template(
        "method/page.html",
        gaps=GAPS,
        in_force=IN_FORCE,
        partners=PARTNERS,
        coordinating=MISSING_PARTNERS,
        lists=footer.lists(),
        thresholds=why.THRESHOLDS,
        quality=reference.match_quality(),
        joint=joint.MOST,
    )
