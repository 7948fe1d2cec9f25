"""Visitors with and without a cookie, and from where they come."""


def is_signed_in(visitor):
    page = visitor.get("/method/")
    assert ("Sign out" in page) is not ('href="/sign-in"' in page)
    return "Sign out" in page


def cookie(visitor, name="registry"):
    return visitor.client.get_cookie(name, domain="localhost").value


def with_cookie(door, value, name="registry"):
    visitor = door.visitor()
    visitor.client.set_cookie(name, value, domain="localhost")
    return visitor


def from_(door, address):
    visitor = door.visitor()
    visitor.client.environ_base["REMOTE_ADDR"] = address
    return visitor
