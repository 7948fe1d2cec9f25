"""Tables and progress for a person at a terminal."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm

WIDEST = 48  # characters; longer values are cut in tables, never in other formats


def table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Lay rows out in columns; numbers are set right and grouped."""
    cells = [[_text(value) for value in row] for row in rows]
    widths = [
        max([len(header), *(len(row[column]) for row in cells)])
        for column, header in enumerate(headers)
    ]
    numeric = [
        bool(rows) and all(isinstance(row[column], int | float) for row in rows)
        for column in range(len(headers))
    ]

    def line(values: Sequence[str]) -> str:
        return "  ".join(
            value.rjust(width) if right else value.ljust(width)
            for value, width, right in zip(values, widths, numeric, strict=True)
        ).rstrip()

    return "\n".join([line(headers), line(["-" * width for width in widths]), *map(line, cells)])


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def _text(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    text = str(value)
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


@contextmanager
def steps(title: str, names: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """A bar that moves one step with each name; where no terminal looks on it stays silent."""
    with tqdm(total=len(names), desc=title, unit="step", leave=False, disable=None) as bar:

        def step(name: str) -> None:
            bar.set_postfix_str(name)
            bar.update(1)

        yield step


@contextmanager
def share(title: str) -> Iterator[Callable[[float], None]]:
    """A bar for work that tells how much of it is done, from 0 to 1."""
    with tqdm(total=100, desc=title, unit="%", leave=False, disable=None) as bar:

        def done(part: float) -> None:
            bar.update(round(100 * min(part, 1.0)) - bar.n)

        yield done


def say(text: str) -> None:
    """For the person who waits, not for a script that reads the output."""
    print(text, file=sys.stderr, flush=True)
