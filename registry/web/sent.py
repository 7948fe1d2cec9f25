"""What a form sent, without what the registry itself puts into each form."""

import re
from collections.abc import Collection
from typing import Any

from flask import Flask, request
from marshmallow import ValidationError

# The page on which a form stands: there it comes back if it is refused.
FORM_PAGE = "form-page"
OURS = frozenset({"csrf_token", FORM_PAGE})

# Nothing of what is sent here is kept: who signs in types a password as it is, and a spreadsheet
# may hold anything.
NOT_KEPT = frozenset(
    {"accounts.sign_in", "accounts.change_password", "search.pasted", "search.pasted_file"}
)
# What XML 1.0, and so an XLSX, DOCX or Atom file, can not hold; PostgreSQL holds no NUL either.
NOT_TEXT = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def register(app: Flask) -> None:
    @app.before_request
    def refuse_what_is_no_text() -> None:
        """Whatever a form sends to be kept must fit into every document that is made of it."""
        if request.method != "POST" or request.endpoint in NOT_KEPT:
            return
        given = request.form.items(multi=True)
        if found := {key for key, value in given if NOT_TEXT.search(key + value)}:
            said = ["This holds control characters, which are no text. Send it without them."]
            raise ValidationError({NOT_TEXT.sub("", key): said for key in sorted(found)})


def sent(several: Collection[str] = ()) -> dict[str, Any]:
    """The values as they were typed; lists for the fields in `several`.

    Raises ValidationError if another field is given twice.
    """
    found: dict[str, Any] = {key: [] for key in several}
    for key, values in request.form.to_dict(flat=False).items():
        if key in OURS:
            continue
        if key in several:
            found[key] = values
        elif len(values) > 1:
            raise ValidationError({key: ["Give this once."]})
        else:
            found[key] = values[0]
    return found


def filled(several: Collection[str] = ()) -> dict[str, Any]:
    """As `sent`, without the fields that were left empty."""
    return {key: value for key, value in sent(several).items() if value != ""}
