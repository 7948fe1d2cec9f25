"""Notices: what an account was told of the proposals that it watches, and of dossiers."""

from flask import Blueprint, Flask, redirect, render_template, url_for
from marshmallow import Schema
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response

from registry.domain import handling
from registry.domain.handling import combined
from registry.services import discuss, dossiers
from registry.store import history
from registry.web import context, reads
from registry.web.asking import asking
from registry.web.proposals import people
from registry.web.sent import filled

notices = Blueprint("notices", __name__, url_prefix="/notices")


class ReadForm(Schema):
    pass


@notices.get("/")
def page() -> str:
    session = context.session()
    found = discuss.notices(session, asking())
    of_dossiers = dossiers.notices(session, asking())
    shown = {(each.proposal, each.entry.marking) for each in found if each.entry.marking}
    reads.note_shown(shown, "notices")
    reads.note_dossiers({each.dossier for each in of_dossiers}, "notices")
    marks = [each.entry.marking for each in found if each.entry.marking]
    return render_template(
        "notices/page.html",
        notices=found,
        of_dossiers=of_dossiers,
        people=people(session),
        banner=combined(marks) if marks else None,
    )


@notices.post("/read")
def read() -> Response:
    ReadForm().load(filled())
    with context.writing() as session:
        discuss.read(session, asking(), context.now())
        dossiers.read_notices(session, asking())
    return redirect(url_for(".page"), 303)


def register(app: Flask) -> None:
    """Let every page say how many notices whoever asks has not read."""

    @app.context_processor
    def unread() -> dict[str, int]:
        try:
            session, account = context.session(), context.account()
            reader = handling.reader(account)
            if account is None or not reader.affiliations:
                return {"unread_notices": 0}
            of_proposals = history.unread(session, reader)
            return {"unread_notices": of_proposals + dossiers.unread(session, account)}
        except DBAPIError:
            return {}
