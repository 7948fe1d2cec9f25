"""Files that were handed out of published lists are noted in the trail, with who took them.

What is marked is noted by those who hand it out, together with whose auditors may know of it.
"""

from flask import Flask, Response, request

from registry.domain.account import SECRETARIAT
from registry.domain.trail import Action
from registry.services import audit
from registry.web import access, context
from registry.web.access import Who


def register(app: Flask) -> None:
    @app.after_request
    def note(response: Response) -> Response:
        account = context.account() if _is_export(response) else None
        if account:
            with context.writing() as session:
                audit.record(
                    session,
                    Action.EXPORTED,
                    f"page:{request.endpoint}",
                    # What somebody looks for tells what their partner works on.
                    released_to={account.affiliation, SECRETARIAT},
                    address=request.full_path.rstrip("?"),
                )
        return response


def _is_export(response: Response) -> bool:
    is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
    is_open = access.RULES.get(request.endpoint or "") is Who.ANYONE
    return is_file and is_open and response.status_code == 200
