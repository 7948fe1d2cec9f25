"""Packages of a proposal: chosen, made and handed out in one click per recipient."""

import hashlib

from flask import Blueprint, Response, make_response, render_template
from marshmallow import Schema, fields, validate

from exports.package import bundle
from registry.domain.package import MOST_COVER_NOTE, RECIPIENTS
from registry.services import packing, propose
from registry.web import attachments, context, reads
from registry.web.asking import asking
from registry.web.sent import filled

packages = Blueprint("packages", __name__, url_prefix="/proposals/<proposal_id>/package")


class PackageForm(Schema):
    recipient = fields.String(required=True, validate=validate.OneOf(RECIPIENTS))
    cover_note = fields.String(
        data_key="cover-note", load_default="", validate=validate.Length(max=MOST_COVER_NOTE)
    )


@packages.get("")
def form(proposal_id: str) -> str:
    session, account = context.session(), asking()
    recipients = packing.recipients(session, account, proposal_id)
    proposal = propose.get(session, account, proposal_id)
    reads.note([proposal])
    return render_template(
        "packages/form.html",
        proposal=proposal,
        banner=proposal.marking,
        recipients=recipients,
        most=MOST_COVER_NOTE,
    )


@packages.post("")
def hand_out(proposal_id: str) -> Response:
    """Make the package and note on the trail who gets it, before a byte of it leaves."""
    asked = PackageForm().load(filled())
    account = asking()
    package = packing.pack(
        context.session(),
        account,
        proposal_id,
        asked["recipient"],
        asked["cover_note"],
        context.today(),
        context.config().contact,
    )
    content = bundle.zipped(package, attachments.content)
    with context.writing() as session:
        packing.note(session, package, hashlib.sha256(content).hexdigest())
    answer = make_response(content)
    answer.mimetype = "application/zip"
    answer.headers.set("Content-Disposition", "attachment", filename=bundle.file_name(package))
    return answer
