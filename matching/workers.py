"""Comparing many pairs, on several cores where the system can fork."""

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.blocking import Pairs
from matching.frequencies import Frequencies
from matching.model import compare
from matching.profile import Profile

STEP = 1000  # pairs compared between two reports of progress
FEWEST = 10_000  # pairs; fewer are not worth a second process

Work = tuple[Sequence[Profile], Pairs, Frequencies]
Scores = NDArray[np.float64]

_work: list[Work] = []  # what forked processes find when they start


def scores(
    profiles: Sequence[Profile],
    pairs: Pairs,
    frequencies: Frequencies,
    workers: int,
    progress: Callable[[float], None],
) -> Scores:
    """The score of each pair, in order. With one worker everything happens in this process.

    Several workers are forked: a caller with threads that hold locks should ask for one.
    """
    if not len(pairs):
        return np.empty(0)
    work = (profiles, pairs, frequencies)
    starts = range(0, len(pairs), STEP)
    found: list[Scores] = []
    for each in _forked(work, starts, workers) if _many(pairs, workers) else _here(work, starts):
        found.append(each)
        progress(len(found) / len(starts))
    return np.concatenate(found)


def _many(pairs: Pairs, workers: int) -> bool:
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return workers > 1 and len(pairs) >= FEWEST and can_fork


def _here(work: Work, starts: Sequence[int]) -> Iterator[Scores]:
    for start in starts:
        yield _compared(work, start)


def _forked(work: Work, starts: Sequence[int], workers: int) -> Iterator[Scores]:
    _work.append(work)
    try:
        with multiprocessing.get_context("fork").Pool(workers, gc.disable) as pool:
            yield from pool.imap(_inherited, starts, chunksize=4)
    finally:
        _work.clear()


def _inherited(start: int) -> Scores:
    return _compared(_work[0], start)


def _compared(work: Work, start: int) -> Scores:
    profiles, pairs, frequencies = work
    return np.array(
        [
            compare(profiles[left], profiles[right], frequencies).score
            for left, right in pairs[start : start + STEP].tolist()
        ]
    )
