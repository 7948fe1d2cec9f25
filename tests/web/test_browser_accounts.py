"""Signing in and keeping accounts in a real browser: by keyboard, narrow, without scripts."""

import re

import pytest

from tests.web.conftest import PASSWORD, add_account, follow
from tests.web.test_browser import open_page

__all__ = ["open_page"]  # the fixture

pytestmark = pytest.mark.browser

ROLES = ("administrator", "officer")


@pytest.fixture(scope="module")
def names(site):
    return {role: add_account(site.engine, role, name=f"browser-{role}") for role in ROLES}


def sign_in(page, name):
    page.get_by_label("Name to sign in with").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.locator("main").get_by_role("button", name="Sign in"))


def test_one_signs_in_goes_on_where_one_was_and_signs_out_by_keyboard_alone(open_page, names):
    page = open_page("/account")
    page.get_by_label("Name to sign in with").focus()
    page.keyboard.type(names["officer"])
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your account").wait_for()
    page.get_by_role("banner").get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Sign in").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert page.get_by_role("heading", name="Your account").count() == 0


def test_without_scripts_an_administrator_adds_an_account_that_signs_in(open_page, names):
    page = open_page("/accounts/", java_script_enabled=False)
    sign_in(page, names["administrator"])
    page.get_by_label("Name that colleagues read").fill("Nora Example")
    page.get_by_label("Name to sign in with").fill("nora")
    page.get_by_label("Affiliation").select_option("CA")
    page.get_by_label("Reviewer:").check()
    follow(page.get_by_role("button", name="Add the account"))
    password = page.locator("code.once").inner_text()
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", password)
    nora = open_page("/sign-in", java_script_enabled=False)
    nora.get_by_label("Name to sign in with").fill("nora")
    nora.get_by_label("Password").fill(password)
    follow(nora.locator("main").get_by_role("button", name="Sign in"))
    assert "Your administrator knows your password" in nora.locator("main").inner_text()
    new = "a sentence of her own"
    for label, typed in (
        ("Present password", password),
        ("New password", new),
        ("New password once more", new),
    ):
        nora.get_by_label(label, exact=True).fill(typed)
    follow(nora.get_by_role("button", name="Change the password"))
    follow(nora.get_by_role("navigation", name="Main").get_by_role("link", name="Coverage"))
    nora.get_by_role("heading", name="Coverage", level=1).wait_for()
