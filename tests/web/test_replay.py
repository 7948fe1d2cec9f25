"""A cookie that somebody copied is worth nothing once its sign-in has ended, however it ended."""

import pytest

from registry.domain.account import Role
from registry.services import accounts
from registry.store.database import writing
from tests.web.conftest import NOW, PASSWORD, Door, add_account
from tests.web.signing import cookie, is_signed_in, with_cookie

ANOTHER = "another long password"


@pytest.fixture
def door(database, tmp_path):
    made = Door(database, tmp_path)
    yield made
    made.app.extensions["engine"].dispose()


def by_administrator(service, *given, **more):
    def end(door, _anna):
        with writing(door.engine) as session:
            service(session, "anna", *given, **more)

    return end


def disabled_and_enabled(door, _anna):
    with writing(door.engine) as session:
        accounts.disable(session, "anna", NOW)
        accounts.enable(session, "anna")


def changes_the_password(_door, anna):
    anna.post("/account/password", {"present": PASSWORD, "new": ANOTHER, "again": ANOTHER})


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda door, anna: anna.post("/sign-out"), id="signed out"),
        pytest.param(
            lambda door, anna: anna.post("/account/sign-out-everywhere"), id="signed out everywhere"
        ),
        pytest.param(changes_the_password, id="changed the password"),
        pytest.param(by_administrator(accounts.set_password, ANOTHER), id="password was reset"),
        pytest.param(disabled_and_enabled, id="disabled and enabled again"),
        pytest.param(lambda door, anna: door.wait(minutes=61), id="an hour went by"),
        pytest.param(lambda door, anna: door.wait(hours=13), id="half a day went by"),
    ],
)
def test_what_was_copied_before_the_end_opens_nothing_after_it(door, end):
    anna = door.visitor()
    anna.sign_in("anna")
    token, kept = anna.token(), cookie(anna)
    assert is_signed_in(with_cookie(door, kept)), "until then it does"
    end(door, anna)
    thief = with_cookie(door, kept)
    assert not is_signed_in(thief)
    assert thief.client.get("/account").status_code == 302
    answer = thief.client.post("/coverage/views/", data={"csrf_token": token, "name": "mine"})
    assert answer.status_code in (400, 403)


def test_a_role_that_was_taken_away_is_gone_from_a_copied_cookie_too(door):
    add_account(door.engine, "auditor", name="audit", shown_name="Audit Example")
    audit = door.visitor()
    audit.sign_in("audit")
    thief = with_cookie(door, cookie(audit))
    assert thief.client.get("/trail/").status_code == 200
    with writing(door.engine) as session:
        accounts.set_roles(session, "audit", {Role.READER})
    assert thief.client.get("/trail/").status_code == 403
