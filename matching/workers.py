"""The same work on many pieces, on several cores where the system can fork."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

MOST = 8  # processes; each takes memory
Piece = TypeVar("Piece")
Result = TypeVar("Result")

_inherited: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []  # in a forked process only


def available() -> int:
    """How many processes may work at once on this machine."""
    return min(MOST, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def mapped(
    work: Callable[[Piece], Result], pieces: Sequence[Piece], workers: int
) -> Iterator[Result]:
    """Yield `work` of each piece, in order. With one worker everything happens in this process.

    Several workers are forked: they inherit what `work` refers to as it is, and only results,
    which must be picklable, travel back. A caller with threads that hold locks should ask for one
    worker; `work` must use no connection that this process has opened. Raises BrokenProcessPool
    if a worker is killed.
    """
    if workers < 2 or len(pieces) < 2 or not _can_fork():
        yield from map(work, pieces)
        return
    with _forked(min(workers, len(pieces)), work, pieces) as pool:
        yield from pool.map(_done, range(len(pieces)))


@contextmanager
def beside(work: Callable[[], Result], workers: int) -> Iterator[Callable[[], Result]]:
    """Do `work` in another process while the caller does something else; what is given answers
    with the result, and waits for it. With one worker the work is done when it is asked for.

    The rest is as with `mapped`.
    """
    if workers < 2 or not _can_fork():
        yield work
        return
    with _forked(1, lambda _place: work(), (None,)) as pool:
        done = pool.submit(_done, 0)
        pool.shutdown(wait=False)  # it ends when it has answered, and holds no memory till asked
        yield done.result


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


def _forked(workers: int, work: Callable[[Any], Any], pieces: Sequence[Any]) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers,
        multiprocessing.get_context("fork"),
        initializer=_inherit,
        initargs=(work, pieces),
    )


def _inherit(work: Callable[[Any], Any], pieces: Sequence[Any]) -> None:
    # Looking for garbage would copy every page that the processes share.
    gc.disable()
    _inherited.append((work, pieces))


def _done(place: int) -> Any:
    work, pieces = _inherited[0]
    return work(pieces[place])
