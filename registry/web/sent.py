"""What a form sent, without the token that shows that it is one of ours."""

import re
from collections.abc import Collection
from typing import Any

from flask import request
from marshmallow import ValidationError

# What XML 1.0, and so an XLSX, DOCX or Atom file, can not hold; PostgreSQL holds no NUL either.
_NOT_TEXT = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def sent(several: Collection[str] = ()) -> dict[str, Any]:
    """The values as they were typed; lists for the fields in `several`.

    Raises ValidationError if another field is given twice.
    """
    found: dict[str, Any] = {key: [] for key in several}
    for key, values in request.form.to_dict(flat=False).items():
        if key == "csrf_token":
            continue
        if key in several:
            found[key] = values
        elif len(values) > 1:
            raise ValidationError({key: ["Give this once."]})
        else:
            found[key] = values[0]
    return found


def filled(several: Collection[str] = ()) -> dict[str, Any]:
    """As `sent`, without the fields that were left empty, for what is kept.

    Raises ValidationError also if a text holds a character that no document can hold.
    """
    found = {key: value for key, value in sent(several).items() if value != ""}
    for key, value in found.items():
        if any(map(_NOT_TEXT.search, value)):
            raise ValidationError({key: ["Take out the control characters; they are no text."]})
    return found
