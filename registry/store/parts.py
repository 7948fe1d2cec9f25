"""Many values in parts: a statement takes only so many, and memory holds only so much."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

VALUES = 5_000  # in one statement
Each = TypeVar("Each")


def parts(values: Sequence[Each], size: int = VALUES) -> Iterator[Sequence[Each]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
