"""The options of a list to choose from: hundreds on a page, and nearly always the same."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from markupsafe import Markup, escape


def options(labels: Mapping[str, str], chosen: Iterable[str | None]) -> Markup:
    """An `option` for each key, in the order given, those that are chosen marked as such."""
    written = _written(tuple(labels.items()))
    for key in chosen:
        if key:
            value = f'<option value="{escape(key)}"'
            written = written.replace(f"{value}>", f"{value} selected>")
    return Markup(written)


@lru_cache(maxsize=64)
def _written(labels: tuple[tuple[str, str], ...]) -> str:
    return "".join(f'<option value="{escape(key)}">{escape(text)}</option>' for key, text in labels)
