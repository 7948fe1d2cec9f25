"""Who may ask for what: one rule for each endpoint. An endpoint without a rule is refused.

What an account may see of one proposal, one edition or one record is no matter of this table: the
query that reads it says so.

Who keeps what the registry holds:
- reviewers judge pairs, part and join subjects;
- list stewards fetch, upload, accept and withdraw editions of every list, and correct listings;
- officers and policy staff enter acts of their own partner and correct its listings, no other's
  (`require_partner`): partners speak only for themselves.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask import Flask, redirect, request, url_for
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from registry.config import Reading
from registry.domain.account import CONTENT_ROLES, Account, Role, has_role, may_speak_for
from registry.domain.proposal import DRAFTERS
from registry.services.discuss import COMMENTERS
from registry.services.packing import PACKERS
from registry.services.release import ANSWERERS
from registry.services.substantiate import CONTRIBUTORS
from registry.store import accounts
from registry.web import context


class Who(StrEnum):
    ALWAYS = "always"  # also where reading needs an account: how else could one sign in
    ANYONE = "anyone"  # rests on published lists only; the setting may ask for an account
    SIGNED_IN = "signed-in"


Rule = Who | frozenset[Role]


def roles(*of: Role) -> frozenset[Role]:
    return frozenset(of)


# Those who work with what the registry holds; organisations outside and administrators do not.
INSIDE = frozenset(Role) - {Role.NGO, Role.ADMINISTRATOR}
SPEAKING = roles(Role.OFFICER, Role.POLICY)
STEWARDS = roles(Role.LIST_STEWARD)
REVIEWERS = roles(Role.REVIEWER)
CONTENT: Rule = CONTENT_ROLES

RULES: Mapping[str, Rule] = {
    "static": Who.ALWAYS,
    "bootstrap.static": Who.ALWAYS,
    "accounts.sign_in_page": Who.ALWAYS,
    "accounts.sign_in": Who.ALWAYS,
    "accounts.sign_out": Who.SIGNED_IN,
    "accounts.own": Who.SIGNED_IN,
    "accounts.change_password": Who.SIGNED_IN,
    "accounts.end_sign_in": Who.SIGNED_IN,
    "accounts.sign_out_everywhere": Who.SIGNED_IN,
    "administration.page": roles(Role.ADMINISTRATOR),
    "administration.add": roles(Role.ADMINISTRATOR),
    "administration.one": roles(Role.ADMINISTRATOR),
    "administration.set_roles": roles(Role.ADMINISTRATOR),
    "administration.reset_password": roles(Role.ADMINISTRATOR),
    "administration.disable": roles(Role.ADMINISTRATOR),
    "administration.enable": roles(Role.ADMINISTRATOR),
    "trail.page": roles(Role.AUDITOR),
    "trail.download": roles(Role.AUDITOR),
    "method.page": Who.ALWAYS,
    "overview.page": Who.ANYONE,
    "coverage.matrix": Who.ANYONE,
    "saved_views.save": Who.SIGNED_IN,
    "saved_views.remove": Who.SIGNED_IN,
    "coverage.download": Who.ANYONE,
    "coverage.chosen": Who.ANYONE,
    "coverage.subjects": Who.ANYONE,
    "subjects.page": Who.ANYONE,
    "why.page": Who.ANYONE,
    "programmes.index": Who.ANYONE,
    "programmes.page": Who.ANYONE,
    "situations.index": Who.ANYONE,
    "situations.page": Who.ANYONE,
    "listings.page": Who.ANYONE,
    "lists.board": Who.ANYONE,
    "lists.one": Who.ANYONE,
    "lists.edition": Who.ANYONE,
    "lists.file": Who.ANYONE,
    "changes.page": Who.ANYONE,
    "changes.diverging": Who.ANYONE,
    "changes.feed": Who.ANYONE,
    "changes.download": Who.ANYONE,
    "conference.page": CONTENT,
    "conference.movement": CONTENT,
    "search.page": Who.ANYONE,
    "search.paste": Who.ANYONE,
    "search.pasted": Who.ANYONE,
    "search.pasted_file": Who.ANYONE,
    "review.queue": Who.ANYONE,
    "review.pair": Who.ANYONE,
    "review.judgement_board": INSIDE,
    "review.decide": REVIEWERS,
    "review.undo": REVIEWERS,
    "subjects.join": Who.ANYONE,
    "subjects.split": REVIEWERS,
    "lists.reported": Who.ANYONE,
    "lists.difference": Who.ANYONE,
    "lists.fetch": STEWARDS,
    "lists.send": STEWARDS,
    "lists.upload": STEWARDS | {Role.AUDITOR},
    "lists.use": STEWARDS,
    "lists.discard": STEWARDS,
    "lists.accept": STEWARDS,
    "lists.withdraw": STEWARDS,
    "jobs.board": INSIDE,
    "jobs.one": INSIDE,
    "jobs.state": INSIDE,
    "jobs.reconcile": STEWARDS | REVIEWERS,
    "jobs.retry": STEWARDS,
    "acts.board": INSIDE,
    "acts.urgent_procedure": INSIDE,
    "acts.new": SPEAKING,
    "acts.enter": SPEAKING,
    "acts.withdraw": SPEAKING,
    "overrides.board": INSIDE,
    "overrides.new": SPEAKING | STEWARDS,
    "overrides.enter": SPEAKING | STEWARDS,
    "overrides.withdraw": SPEAKING | STEWARDS,
    # What an account may see of a proposal, the queries decide.
    "proposals.board": CONTENT,
    "proposals.page": CONTENT,
    "proposals.new": DRAFTERS,
    "proposals.start": DRAFTERS,
    "composing.page": DRAFTERS,
    "composing.take_in": DRAFTERS,
    "composing.take_out": DRAFTERS,
    "drafting.page": DRAFTERS,
    "drafting.edit": DRAFTERS,
    "drafting.seek": DRAFTERS,
    "drafting.write": DRAFTERS,
    "drafting.mark_section": DRAFTERS,
    "drafting.follow": DRAFTERS,
    "drafting.mark": DRAFTERS,
    "drafting.move": DRAFTERS,
    "drafting.waive": DRAFTERS,
    "positions.board": CONTENT,
    "positions.form": DRAFTERS,
    "positions.answer": DRAFTERS,
    "contributions.add_evidence": CONTRIBUTORS,
    "contributions.attachment": CONTENT,
    "contributions.withdraw_evidence": CONTRIBUTORS,
    "contributions.mark_evidence": CONTRIBUTORS,
    "contributions.comment": COMMENTERS,
    "contributions.assign": DRAFTERS,
    "contributions.finish": CONTENT,
    "contributions.watch": CONTENT,
    "releases.ask": DRAFTERS,
    "releases.answer": ANSWERERS,
    "packages.form": PACKERS,
    "packages.hand_out": PACKERS,
    # What is there of dossiers, the queries decide.
    "dossiers.board": roles(Role.NGO, Role.OFFICER),
    "dossiers.new": roles(Role.NGO),
    "dossiers.hand_in": roles(Role.NGO),
    "dossiers.page": roles(Role.NGO, Role.OFFICER),
    "dossiers.attachment": roles(Role.NGO, Role.OFFICER),
    "dossiers.answer": roles(Role.OFFICER),
    "dossiers.adopting": roles(Role.OFFICER),
    "dossiers.adopt": roles(Role.OFFICER),
    "notices.page": CONTENT,
    "notices.read": CONTENT,
    "calendar.page": CONTENT,
}

# What an account may do before it has a password that nobody else knows.
BEFORE_ANOTHER_PASSWORD = frozenset(
    {"accounts.own", "accounts.change_password", "accounts.sign_out"}
)

# What may be sent to an endpoint, in bytes; every other takes forms only.
MOST_SENT: Mapping[str, int] = {
    "lists.send": 200_000_000,  # the largest official file is about 120 MB
    "dossiers.hand_in": 60_000_000,  # several attachments of at most 20 MB
    "contributions.add_evidence": 60_000_000,
}
_MOST_OF_A_FORM = 1_000_000


def allowed(endpoint: str, account: Account | None, reading: Reading) -> bool:
    """Whether the account (None: somebody who is not signed in) may ask for the endpoint."""
    if account and account.must_change_password and endpoint not in BEFORE_ANOTHER_PASSWORD:
        return RULES.get(endpoint) is Who.ALWAYS
    match RULES.get(endpoint):
        case None:
            return False
        case Who.ALWAYS:
            return True
        case Who.ANYONE:
            return reading is Reading.ANYONE or (account is not None and account.sees_content)
        case Who.SIGNED_IN:
            return account is not None
        case needed:
            return has_role(account, needed)


def may(endpoint: str) -> bool:
    """Whether who asks now may ask for this endpoint, too."""
    return RULES.get(endpoint) is Who.ALWAYS or allowed(
        endpoint, context.account(), context.config().reading
    )


def is_inside() -> bool:
    """Whether who asks works with what the registry holds, and so reads who recorded what and
    why. Organisations and those who only keep accounts read that it was recorded."""
    return has_role(context.account(), INSIDE)


def may_write_for(partner: str, *others: Role) -> bool:
    """Whether who asks now speaks for the partner, or acts in one of the other roles."""
    account = context.account()
    return may_speak_for(account, partner) or has_role(account, others)


def require_partner(partner: str, *others: Role) -> None:
    """Raises Forbidden unless `may_write_for`."""
    if not may_write_for(partner, *others):
        raise Forbidden(f"Only those who speak for {partner} may do this.")


def local(address: str) -> str | None:
    """The address if it is a path of this application, and nothing that a browser reads as the
    address of another one."""
    if not address.startswith("/") or address.startswith("//"):
        return None
    return address if "\\" not in address and address.isprintable() else None


def register(app: Flask) -> None:
    @app.before_request
    def enforce() -> Response | None:
        endpoint = request.endpoint
        if endpoint is None:  # no such page: nothing is asked for
            return None
        request.max_content_length = MOST_SENT.get(endpoint, _MOST_OF_A_FORM)
        if may(endpoint):
            return None
        account = context.account()
        if request.method not in {"GET", "HEAD"}:
            raise Forbidden
        if account is None:
            there = request.full_path.rstrip("?")
            return redirect(url_for("accounts.sign_in_page", next=there))
        if account.must_change_password:
            return redirect(url_for("accounts.own"))
        raise Forbidden

    @app.context_processor
    def about_who_asks() -> dict[str, Any]:
        try:
            asking = context.account()
            is_demo = accounts.are_demo(context.session())
        except DBAPIError:  # the page that says so is for nobody in particular
            return {
                "account": None,
                "is_inside": False,
                "may": lambda endpoint: RULES.get(endpoint) is Who.ALWAYS,
                "may_write_for": lambda *_: False,
            }
        return {
            "account": asking,
            "is_inside": is_inside(),
            "may": may,
            "may_write_for": may_write_for,
            "is_demo": is_demo,
        }
