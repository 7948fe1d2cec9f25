"""A long list cut into pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """`number` counts from 1; a page beyond the last is the last."""

    rows: Sequence[Row]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return last_page(self.total, self.size)

    @property
    def first(self) -> int:
        """The place of the first row, from 1; 0 where there is none."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)

    @property
    def near(self) -> list[int | None]:
        """The page numbers to offer; None stands for those left out between."""
        wanted = {1, self.pages, *range(self.number - 2, self.number + 3)}
        offered: list[int | None] = []
        for number in sorted(each for each in wanted if 1 <= each <= self.pages):
            if offered and offered[-1] is not None and number > offered[-1] + 1:
                offered.append(None)
            offered.append(number)
        return offered


def last_page(total: int, size: int) -> int:
    return max(1, -(-total // size))


def page(rows: Sequence[Row], number: int, size: int) -> Page[Row]:
    number = min(number, last_page(len(rows), size))
    return Page(rows[(number - 1) * size : number * size], number, size, len(rows))
