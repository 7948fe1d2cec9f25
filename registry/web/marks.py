"""Marks in forms and on pages."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields
from sqlalchemy.orm import Session

from registry.domain.account import Account, folded
from registry.domain.handling import Level, Marking, in_order, mark
from registry.domain.record import InvalidRecord
from registry.store import accounts
from registry.web import context

SEVERAL = ("releases",)  # the field of a mark that is sent several times

# The fields of a mark, for the schema of any form that gives one.
FIELDS: Mapping[str, fields.Field[Any]] = {
    "level": fields.Enum(Level, by_value=True, load_default=Level.AMBER_STRICT),
    "releases": fields.List(fields.String(), load_default=list),
    "ngo": fields.String(load_default=""),
    "recipients": fields.String(load_default=""),
}


def marking(session: Session, account: Account, form: Mapping[str, Any]) -> Marking:
    """The mark that the account gives in a form, as its originator.

    `ngo` names an organisation, `recipients` the accounts for whom RED is, by their names. The
    account itself is always among them. Raises InvalidRecord.
    """
    releases = [*form["releases"], *([f"ngo:{form['ngo'].strip()}"] if form["ngo"].strip() else [])]
    marked = mark(account.affiliation, form["level"], releases, [account.id])
    names = {folded(each) for each in form["recipients"].replace(",", " ").split()}
    if form["level"] is not Level.RED or not names:
        return marked
    # Whom partners' accounts are of, an organisation does not learn by trying.
    nameable = {account.affiliation} if account.organisation else marked.releasable_to
    known = {each.name: each.id for each in accounts.belonging(session, nameable)}
    if unknown := sorted(names - known.keys()):
        raise InvalidRecord(
            f"{', '.join(unknown)}: no account of those to whom this is released has this name.",
            "recipients",
        )
    return mark(
        account.affiliation, Level.RED, releases, [account.id, *(known[each] for each in names)]
    )


def recipients(marking: Marking | None) -> str:
    """The names of the accounts for whom something RED is, as the field of a form takes them."""
    if marking is None or not marking.recipients:
        return ""
    named = accounts.with_ids(context.session(), marking.recipients)
    return ", ".join(each.name for each in named)


def short(marking: Marking) -> str:
    """As a portion is marked: the level, and to whom it may go."""
    return f"{marking.level.label} · rel {', '.join(in_order(marking.releasable_to)) or 'nobody'}"
