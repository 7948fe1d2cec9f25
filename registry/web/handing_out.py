"""An export as the answer to a request."""

from collections.abc import Iterable
from io import BytesIO

from flask import send_file
from werkzeug.wrappers import Response

from exports.columns import Row, Table
from exports.writing import MEDIA_TYPES, Format, write
from registry.domain.publication import Provenance


def file(
    table: Table[Row], rows: Iterable[Row], said: Provenance, form: Format, name: str
) -> Response:
    """The rows as a file that the browser keeps, `name` without its ending."""
    content = BytesIO()
    write(table, rows, said, form, content)
    content.seek(0)
    return send_file(
        content, mimetype=MEDIA_TYPES[form], as_attachment=True, download_name=f"{name}.{form}"
    )
