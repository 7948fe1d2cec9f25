"""The scores of many pairs: sifted first, then what is left compared in full."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matching import workers
from matching.blocking import Pairs
from matching.frequencies import Frequencies
from matching.model import score
from matching.packed import Profiles
from matching.sieve import Sieve

STEP = 5_000  # pairs that are looked at together, between two reports of progress
FEWEST = 50_000  # pairs; fewer are not worth a second process

Scores = NDArray[np.float64]


def scores(
    profiles: Profiles,
    pairs: Pairs,
    frequencies: Frequencies,
    processes: int,
    progress: Callable[[float], None],
) -> tuple[Pairs, Scores]:
    """The pairs that may come near, in order, and their scores: see `matching.model.score`."""
    if not len(pairs):
        return pairs, np.empty(0)
    sieve = Sieve(profiles, pairs, frequencies)

    def compared(start: int) -> tuple[Pairs, Scores]:
        near, named = sieve.hopes(pairs[start : start + STEP])
        return near, np.array(
            [
                score(profiles[left], profiles[right], frequencies, most)
                for (left, right), most in zip(near.tolist(), named.tolist(), strict=True)
            ]
        )

    starts = range(0, len(pairs), STEP)
    found = []
    for each in workers.mapped(compared, starts, processes if len(pairs) >= FEWEST else 1):
        found.append(each)
        progress(len(found) / len(starts))
    return np.concatenate([near for near, _ in found]), np.concatenate([s for _, s in found])
