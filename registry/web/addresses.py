"""Addresses of pages: the numbers in them, and those that stand on a page, put together once: a
hundred do, and routing is slow."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, request
from werkzeug.routing import IntegerConverter


class Number(IntegerConverter):
    """A number that a database can hold; an address with a longer one leads nowhere."""

    regex = "[0-9]{1,18}"


def register(app: Flask) -> None:
    """Before any route. Templates ask for addresses as before, and get those asked for earlier at
    once."""
    app.url_map.converters["int"] = Number
    app.jinja_env.globals["url_for"] = _kept(app)


def _kept(app: Flask) -> Callable[..., str]:
    # An address of a page depends on nothing but where the application is mounted.
    @lru_cache(maxsize=16_384)
    def address(_mounted_at: str, endpoint: str, *values: tuple[str, str | int]) -> str:
        return app.url_for(endpoint, **dict(values))  # type: ignore[arg-type]

    def url_for(endpoint: str, **values: Any) -> str:
        if endpoint.startswith("."):
            endpoint = f"{request.blueprint}{endpoint}"
        # 1 and True would be one key and are two addresses; lists are no key at all.
        if all(isinstance(value, str) or type(value) is int for value in values.values()):
            return address(request.script_root, endpoint, *values.items())
        return app.url_for(endpoint, **values)

    return url_for
