"""Who on another list comes nearest to a listing: the answer to 'why not?'."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest

from matching.frequencies import Frequencies
from matching.model import Comparison, comparable, compare
from matching.profile import Profile

CLOSELY = 40  # listings that are compared in full, after a rough look at what they share
SAME_BIRTH_DATE = 5.0  # nats, in that rough look
SAME_NUMBER = 20.0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A listing that comes near one of those asked for, which `beside` names."""

    key: str
    beside: str
    comparison: Comparison


class Neighbourhood:
    """An index over listings: those that share a word's consonants, a birth date or a number."""

    def __init__(self, profiles: Iterable[Profile], frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._profiles = tuple(profiles)
        self._bones: dict[str, list[int]] = defaultdict(list)
        self._dates: dict[object, list[int]] = defaultdict(list)
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for place, each in enumerate(self._profiles):
            for bone in _bones(each):
                self._bones[bone].append(place)
            for born in set(each.birth_dates):
                self._dates[born].append(place)
            for value in {number.value for number in each.numbers}:
                self._numbers[value].append(place)

    def __len__(self) -> int:
        return len(self._profiles)

    def nearest(self, profiles: Sequence[Profile], most: int = 3) -> tuple[Neighbour, ...]:
        """The `most` listings that come nearest to any of these, best first, with the evidence.

        Listings that share nothing with them come near nobody: there may be fewer. Those asked
        for are left out.
        """
        own = {each.key for each in profiles}
        best: dict[str, Neighbour] = {}
        for each in profiles:
            for place in self._close(each, own, max(CLOSELY // len(profiles), most)):
                other = self._profiles[place]
                found = Neighbour(other.key, each.key, compare(each, other, self._frequencies))
                known = best.get(other.key)
                if known is None or found.comparison.score > known.comparison.score:
                    best[other.key] = found
        ordered = sorted(best.values(), key=lambda found: (-found.comparison.score, found.key))
        return tuple(ordered[:most])

    def _close(self, profile: Profile, own: set[str], most: int) -> list[int]:
        """The places of those that share most, roughly."""
        population = self._frequencies.population(profile)
        shared: dict[int, float] = defaultdict(float)
        for bone in _bones(profile):
            worth = population.bone_information(bone)
            for place in self._bones.get(bone, ()):
                shared[place] += worth
        for born in set(profile.birth_dates):
            for place in self._dates.get(born, ()):
                shared[place] += SAME_BIRTH_DATE
        for value in {number.value for number in profile.numbers}:
            for place in self._numbers.get(value, ()):
                shared[place] += SAME_NUMBER
        return nlargest(
            most,
            (
                place
                for place in shared
                if self._profiles[place].key not in own
                and comparable(profile, self._profiles[place])
            ),
            key=lambda place: (shared[place], self._profiles[place].key),
        )


def _bones(profile: Profile) -> set[str]:
    return {bone for form in profile.names for bone in form.bones}
