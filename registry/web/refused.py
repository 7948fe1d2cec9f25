"""A form that is refused comes back on its page as it was sent, and says what is wrong with it."""

from collections.abc import Mapping, Sequence

from flask import current_app, render_template, request
from werkzeug.test import EnvironBuilder

from registry.domain.section import Overtaken
from registry.web import access, refilling
from registry.web.refilling import Problem
from registry.web.sent import FORM_PAGE, NOT_KEPT, NOT_TEXT, OURS

_LONGER = 40  # characters
_SENT = "registry.sent"  # in the environment of the page that is asked for again


def answer(title: str, problems: Sequence[Problem], code: int = 422) -> tuple[str, int]:
    """The page of the form that was sent, filled; or one that says what is wrong, where the form
    names no page that who sent it may see."""
    filled = _filled(title, problems)
    if filled is None:
        template, there = "errors/unsendable.html", form_page()
        filled = render_template(template, title=title, problems=problems, code=code, there=there)
    return filled, code


def overtaken(error: Overtaken) -> tuple[str, int]:
    """The page as it is now, its form filled with what was sent too late, beside what somebody
    else saved meanwhile; or one with both texts, where the form is there no more."""
    filled = _filled("Somebody else saved a change", meanwhile=error.theirs)
    if filled is None:
        filled = render_template("errors/overtaken.html", error=error, there=form_page())
    return filled, 409


def form_page() -> str | None:
    """The address of the page on which the form that was sent stands, if it names one of ours."""
    return access.local(request.form.get(FORM_PAGE, ""))


def typed() -> list[str]:
    """The longer texts of the form that was sent, so that nobody has to write them again; nothing
    of what is not kept."""
    too_much = (request.content_length or 0) > (request.max_content_length or 0)
    if too_much or request.endpoint in NOT_KEPT:
        return []
    return [
        each
        for name, values in _sent().items()
        if name not in OURS
        for each in values
        if len(each) >= _LONGER
    ]


def rows(name: str) -> int:
    """How many times the form that comes back on this page holds a field; 0 where none does."""
    return len(request.environ.get(_SENT, {}).get(name, ()))


def _filled(
    title: str, problems: Sequence[Problem] = (), meanwhile: str | None = None
) -> str | None:
    there = form_page()
    page = _page(there) if there else None
    if page is None:
        return None
    action = f"{request.script_root}{request.full_path}".rstrip("?")
    return refilling.refilled(page, action, _sent(), title, problems, meanwhile)


def _page(there: str) -> str | None:
    """The page as whoever sends the form reads it now; None if there is none."""
    asking = EnvironBuilder(
        path=there,
        base_url=request.root_url,
        headers=[("Cookie", request.headers.get("Cookie", ""))],
    ).get_environ()
    asking |= {"REMOTE_ADDR": request.remote_addr or "", _SENT: _sent()}
    # In contexts of its own: what was written for the form so far is of no matter to the page.
    with current_app.app_context(), current_app.request_context(asking):
        found = current_app.full_dispatch_request()
        is_page = found.status_code == 200 and found.mimetype == "text/html"
        return found.get_data(as_text=True) if is_page else None


def _sent() -> Mapping[str, Sequence[str]]:
    """What was typed, without the characters that nobody sees and no document holds."""
    return {
        key: [NOT_TEXT.sub("", each) for each in values]
        for key, values in request.form.to_dict(flat=False).items()
    }
