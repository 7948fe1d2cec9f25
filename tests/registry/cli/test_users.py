"""Accounts and the trail at the command line."""

import csv
import io
import sys

import pytest
from sqlalchemy import text

from registry.cli import main, run
from registry.services import demo_accounts
from registry.store.database import connect, writing
from tests.web.conftest import NOW

PASSWORD = "correct horse battery"


@pytest.fixture
def registry(database, capsys, monkeypatch):
    """Run a command; gives (exit code, stdout, stderr)."""
    url = database.url.render_as_string(hide_password=False)

    def run_(*arguments, typed=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = main([*arguments, "--database", url])
        said = capsys.readouterr()
        return code, said.out, said.err

    run_.url = url
    return run_


@pytest.fixture
def add(registry):
    def add_(name="anna", role="officer", affiliation="UK", typed=f"{PASSWORD}\n"):
        return registry(
            "user", "add", name, "--shown-name", "Anna Example", "--affiliation", affiliation,
            "--role", role, "--password-stdin", typed=typed,
        )  # fmt: skip

    return add_


def test_an_account_is_added_listed_changed_disabled_and_enabled(registry, add):
    assert add() == (0, "account anna is added: UK, officer\n", "")
    assert registry("user", "roles", "anna", "--role", "policy", "--role", "reader")[0] == 0
    assert registry("user", "disable", "anna")[0] == 0
    (row,) = csv.DictReader(io.StringIO(registry("user", "list", "--format", "csv")[1]))
    assert row == {
        "name": "anna",
        "shown_name": "Anna Example",
        "affiliation": "UK",
        "roles": "policy; reader",
        "disabled": "yes",
        "demo": "no",
    }
    assert registry("user", "enable", "anna")[0] == 0
    assert (
        registry("user", "password", "anna", "--password-stdin", typed="another password\n")[0] == 0
    )
    assert "argon2" not in registry("user", "list")[1]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param({"typed": "short\n"}, "at least 12", id="a short password"),
        pytest.param({"typed": ""}, "at least 12", id="no password"),
        pytest.param({"name": "Anna B"}, "can not be signed in with", id="a blank in the name"),
        pytest.param({"affiliation": "FR"}, "no affiliation", id="no such partner"),
        pytest.param({"affiliation": "ngo:"}, "ngo:NAME", id="an NGO without a name"),
        pytest.param({"affiliation": "ngo:X"}, "no other", id="an NGO's officer"),
    ],
)
def test_an_account_that_can_not_be_is_refused_in_one_line(registry, add, more, said):
    code, out, err = add(**more)
    assert (code, out) == (1, "")
    assert said in err
    assert err.count("\n") == 1
    assert "0 rows" in registry("user", "list")[1]


def test_a_name_that_is_taken_is_refused(add):
    add()
    code, _, err = add(name="ANNA")
    assert code == 1
    assert "already" in err


def test_a_password_is_never_an_argument(registry):
    with pytest.raises(SystemExit):
        registry("user", "add", "anna", "--password", PASSWORD)
    code, _, err = registry(
        "user", "add", "anna", "--shown-name", "A", "--affiliation", "UK", "--role", "reader"
    )
    assert code == 1
    assert "--password-stdin" in err


@pytest.mark.parametrize("action", ["roles", "password", "disable", "enable"])
def test_an_account_that_is_not_there_is_named(registry, action):
    more = {"roles": ("--role", "reader"), "password": ("--password-stdin",)}.get(action, ())
    code, _, err = registry("user", action, "nobody", *more, typed=f"{PASSWORD}\n")
    assert code == 1
    assert "'nobody'" in err


def test_serving_beyond_this_machine_needs_an_administrator_and_no_demonstration(
    registry, add, database
):
    def refused():
        code, _, err = registry("serve", "--host", "0.0.0.0", "--port", "1", "--no-worker")
        assert code == 1
        return err

    assert "administrator" in refused()
    with writing(database) as session:
        demo_accounts.make(session, NOW)
    assert "registry user disable --demo" in refused()
    assert "only administrator" in registry("user", "disable", "--demo")[2]
    assert add("ada", "administrator", "secretariat")[0] == 0
    assert registry("user", "disable", "--demo")[1].startswith("14 accounts")
    run._refuse_others(type("Options", (), {"database": registry.url}))


def test_behind_a_proxy_the_demonstration_is_not_served_even_on_loopback(
    registry, database, monkeypatch
):
    monkeypatch.setenv("REGISTRY_PROXIES", "1")
    with writing(database) as session:
        demo_accounts.make(session, NOW)
    code, _, err = registry("serve", "--no-worker")
    assert code == 1
    assert "registry user disable --demo" in err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REGISTRY_READING", "everyone"),
        ("REGISTRY_SECRET", "short"),
        ("REGISTRY_PROXIES", "-1"),
        ("REGISTRY_PROXIES", "one"),
    ],
)
def test_a_setting_that_can_not_be_used_is_named(registry, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    code, _, err = registry("lists")
    assert code == 1
    assert name in err
    assert err.count("\n") == 1


def test_the_trail_is_verified_listed_and_a_break_in_it_found(registry, add, database):
    add()
    code, out, _ = registry("audit", "verify")
    assert code == 0
    head = out.split("head ")[1].strip()
    assert head.startswith("1:")
    registry("user", "disable", "anna")
    assert registry("audit", "verify", "--anchor", head)[0] == 0
    rows = list(csv.DictReader(io.StringIO(registry("audit", "list", "--format", "csv")[1])))
    assert [(row["action"], row["object"], row["address"]) for row in rows] == [
        ("account-disabled", "account:anna", "command line"),
        ("account-added", "account:anna", "command line"),
    ]
    assert rows[0]["previous"] == rows[1]["hash"]
    assert "2 rows" in registry("audit", "list")[1]
    assert "1 rows" in registry("audit", "list", "--action", "account-added")[1]
    forged = f"1:{'0' * 64}"
    code, out, err = registry("audit", "verify", "--anchor", forged)
    assert (code, out) == (1, "")
    assert "Entry 1 is not the one that was noted." in err
    engine = connect(registry.url)
    trigger = {
        "sqlite": "DROP TRIGGER trail_is_not_deleted",
        "postgresql": "DROP TRIGGER trail_is_only_added_to ON trail",
    }[engine.dialect.name]
    with engine.begin() as connection:
        connection.execute(text(trigger))
        connection.execute(text("DELETE FROM trail WHERE number = 2"))
    engine.dispose()
    code, _, err = registry("audit", "verify")
    assert code == 1
    assert "Entries 2 to 2 are missing at the end." in err
