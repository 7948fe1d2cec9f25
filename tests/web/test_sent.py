"""What a form may send."""

import pytest
from flask import Flask
from marshmallow import ValidationError

from registry.web.sent import filled


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1b", "\ufffe"])
def test_a_text_that_no_document_can_hold_is_refused(character: str) -> None:
    form = {"title": f"Joint{character}designation"}

    with (
        Flask(__name__).test_request_context(method="POST", data=form),
        pytest.raises(ValidationError, match="control characters"),
    ):
        filled()


def test_lines_and_every_script_are_text() -> None:
    form = {"title": "one\r\ntwo\tထွန်း 😀"}

    with Flask(__name__).test_request_context(method="POST", data=form):
        assert filled() == form
