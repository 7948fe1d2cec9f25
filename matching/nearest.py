"""Who on another list comes nearest to a listing: the answer to 'why not?'."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest

from matching.frequencies import Frequencies
from matching.model import Comparison, comparable, compare
from matching.profile import Profile

CLOSELY = 40  # listings that are compared in full, after a rough look at all


@dataclass(frozen=True, slots=True)
class Neighbour:
    key: str
    comparison: Comparison


def nearest(
    profile: Profile, others: Iterable[Profile], frequencies: Frequencies, most: int = 3
) -> tuple[Neighbour, ...]:
    """Return the `most` listings that come nearest, best first, with the evidence.

    `others` are usually the listings of one list; the listing itself is left out.
    """
    population = frequencies.population(profile)
    bones = {bone for form in profile.names for bone in form.bones}
    dates = set(profile.birth_dates)
    numbers = {number.value for number in profile.numbers}

    def roughly(other: Profile) -> float:
        common = bones & {bone for form in other.names for bone in form.bones}
        return (
            sum(map(population.bone_information, common))
            + 5.0 * (not dates.isdisjoint(other.birth_dates))
            + 20.0 * any(number.value in numbers for number in other.numbers)
        )

    looked_at = (
        (roughly(other), other.key, other)
        for other in others
        if other.key != profile.key and comparable(profile, other)
    )
    close = nlargest(CLOSELY, looked_at, key=lambda each: each[:2])
    compared = [Neighbour(key, compare(profile, other, frequencies)) for _, key, other in close]
    compared.sort(key=lambda each: (-each.comparison.score, each.key))
    return tuple(compared[:most])
