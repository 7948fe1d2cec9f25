"""What a form may send."""

import pytest
from flask import Flask
from marshmallow import ValidationError

from registry.web import sent


@pytest.fixture
def client():
    app = Flask(__name__)
    sent.register(app)
    app.post("/", endpoint="kept")(sent.filled)
    app.post("/sign-in", endpoint="accounts.sign_in")(sent.filled)
    app.errorhandler(ValidationError)(lambda error: (error.messages, 422))
    return app.test_client()


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1b", "\ufffe"])
def test_a_text_that_no_document_can_hold_is_refused(client, character):
    answer = client.post("/", data={"title": f"Joint{character}designation", "text": "as it is"})
    assert answer.status_code == 422
    assert list(answer.json) == ["title"]
    assert client.post("/", data={f"ti{character}tle": "Joint"}).status_code == 422


def test_a_password_may_hold_anything(client):
    sent_form = {"password": "\x1b"}
    assert client.post("/sign-in", data=sent_form).json == sent_form


def test_lines_and_every_script_are_text(client):
    form = {"title": "one\r\ntwo\tထွန်း 😀"}
    assert client.post("/", data=form).json == form


def test_what_the_registry_puts_into_a_form_is_none_of_its_fields(client):
    form = {"csrf_token": "x", sent.FORM_PAGE: "/acts/new", "title": "Joint", "text": ""}
    assert client.post("/", data=form).json == {"title": "Joint"}
