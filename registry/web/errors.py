"""Errors in one place: each says what is wrong and what to do."""

import logging
import math
from collections.abc import Callable, Mapping, Sequence

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from marshmallow import ValidationError
from sqlalchemy.exc import DataError, DBAPIError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from exports.problem import ExportProblem
from registry.domain.handling import NotAllowed, NotThere
from registry.domain.job import JobRefused
from registry.domain.judgement import InvalidJudgement
from registry.domain.record import InvalidRecord
from registry.domain.section import Overtaken
from registry.domain.signing_in import TooManyAttempts
from registry.web import context, refused
from registry.web.refilling import Problem

log = logging.getLogger(__name__)

EXPLAINED = {
    403: (
        "Not for this account",
        "Who is signed in here may not do this, or nobody is. If your work needs it, ask an "
        "administrator for the role.",
    ),
    404: (
        "Not found",
        "There is no such page, subject or listing here. Search for its name or reference.",
    ),
    405: ("Not possible", "This page can be read, but nothing can be sent to it."),
    413: ("Too much at once", "More was sent than is taken here. Nothing was changed."),
}

# What marshmallow says, as an officer would.
PLAIN = {
    "Missing data for required field.": "This is needed.",
    "Field may not be null.": "This is needed.",
    "Shorter than minimum length 1.": "This is needed.",
    "Not a valid date.": "This is no date: give it as 2026-05-12.",
    "Not a valid integer.": "This is no number.",
    "Not a valid boolean.": "This is neither yes nor no.",
    "Unknown field.": "This form has no such field.",
}
PLAIN_OF_ADDRESS = PLAIN | {
    "Unknown field.": "There is no such filter here; some have hyphens, as listed-by.",
}


def _invalid(error: ValidationError) -> tuple[str, int]:
    if request.method == "GET":
        problems = _problems(error, PLAIN_OF_ADDRESS)
        return render_template("errors/invalid.html", problems=problems), 422
    return refused.answer("This can not be taken as it is", _problems(error, PLAIN))


def _not_our_form(_error: CSRFError) -> tuple[str, int]:
    return _page(
        400,
        "This form is not valid any more",
        "It was open while you signed in or out, or it came from elsewhere. Nothing was "
        "changed. Load its page again and send it from there.",
        refused.typed(),
    )


def _too_many(error: TooManyAttempts) -> tuple[str, int, dict[str, str]]:
    seconds = max(1, math.ceil(error.wait.total_seconds()))
    problems = [Problem("", f"{error} Try again in {seconds} s.")]
    text, code = refused.answer("Wait before you try again", problems, 429)
    return text, code, {"Retry-After": str(seconds)}


def _not_there(_error: NotThere) -> tuple[str, int]:
    """The same for what is hidden from the reader and for what does not exist."""
    return _page(404, *EXPLAINED[404])


def _not_allowed(error: NotAllowed) -> tuple[str, int]:
    return _page(403, "Not for this account", str(error))


def _overtaken(error: Overtaken) -> tuple[str, int]:
    return refused.overtaken(error)


def _not_judged(error: InvalidJudgement) -> tuple[str, int]:
    return _refused(422, "This can not be recorded", Problem("", str(error)))


def _not_recorded(error: InvalidRecord) -> tuple[str, int]:
    return _refused(422, "This can not be recorded", Problem(error.field, str(error)))


def _not_exported(error: ExportProblem) -> tuple[str, int]:
    return _refused(422, "This can not be exported", Problem("", str(error)))


def _busy(error: JobRefused) -> tuple[str, int]:
    return _refused(409, "Not now", Problem("", str(error)))


def _failed(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    if code == 403 and request.method == "POST" and context.account() is None:
        return _page(
            403,
            "You are not signed in",
            "Nothing was saved. Sign in, in another tab of your browser, and send it anew.",
            refused.typed(),
        )
    title, text = EXPLAINED.get(code, (error.name, error.description or ""))
    return _page(code, title, text)


def _not_so(error: MethodNotAllowed) -> tuple[str, int, dict[str, str]]:
    text, code = _page(405, *EXPLAINED[405])
    return text, code, {"Allow": ", ".join(sorted(error.valid_methods or ()))}


def _impossible(_error: DataError) -> tuple[str, int]:
    """A value that PostgreSQL can not hold, as a NUL in a text: nothing is known by it."""
    return _page(404, *EXPLAINED[404])


def _unavailable(error: DBAPIError) -> tuple[str, int]:
    log.error("the database can not be used: %s", error.orig)
    return _page(
        503,
        "The database can not be used",
        "Try again in a moment. If it stays so, the operator finds the reason in the log.",
    )


def _broken(error: Exception) -> tuple[str, int]:
    log.error("%s %s failed", request.method, request.full_path, exc_info=error)
    return _page(
        500,
        "Something went wrong",
        "The registry could not answer. Nothing was changed; the reason is in the log.",
    )


def _page(code: int, title: str, text: str, typed: Sequence[str] = ()) -> tuple[str, int]:
    template = "errors/error.html"
    return render_template(template, code=code, title=title, text=text, typed=typed), code


def _refused(code: int, title: str, problem: Problem) -> tuple[str, int]:
    """An address that is read holds no form that could come back."""
    if request.method == "GET":
        return _page(code, title, problem.message)
    return refused.answer(title, [problem], code)


def _problems(error: ValidationError, plain: Mapping[str, str]) -> list[Problem]:
    """Everything that is wrong, also within a field of several values, in the registry's words."""
    found: list[Problem] = []
    stated = error.messages if isinstance(error.messages, dict) else {"": error.messages}
    for field, messages in stated.items():
        flat = messages.values() if isinstance(messages, dict) else [messages]
        found += [
            Problem(str(field), plain.get(message, message)) for each in flat for message in each
        ]
    return found


# The nearest class of an error answers.
ANSWERS: tuple[tuple[type[Exception], Callable[..., ResponseReturnValue]], ...] = (
    (ValidationError, _invalid),
    (CSRFError, _not_our_form),
    (TooManyAttempts, _too_many),
    (NotThere, _not_there),
    (NotAllowed, _not_allowed),
    (Overtaken, _overtaken),
    (InvalidJudgement, _not_judged),
    (InvalidRecord, _not_recorded),
    (ExportProblem, _not_exported),
    (JobRefused, _busy),
    (HTTPException, _failed),
    (MethodNotAllowed, _not_so),
    (DataError, _impossible),
    (DBAPIError, _unavailable),
    (Exception, _broken),
)


def register(app: Flask) -> None:
    for error, answer in ANSWERS:
        app.register_error_handler(error, answer)
