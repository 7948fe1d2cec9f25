"""Which pairs are worth comparing: those that share something telling. Recall comes first."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Pairs = NDArray[np.int64]  # shape (n, 2): places of two profiles, the smaller first, sorted

LARGEST_BLOCK = 60  # listings; a key that more of them share tells too little


def pairs(keys: Sequence[bytes], changed: frozenset[int] | None = None) -> Pairs:
    """Every pair of listings that shares a key which not too many share.

    `keys` are those of each listing's profile, see `matching.keys`. With `changed`, only pairs that
    touch one of these places.
    """
    lengths = [len(each) // 4 for each in keys]
    hashes = np.frombuffer(b"".join(keys), np.uint32)
    places = np.repeat(np.arange(len(keys)), lengths)
    touched = np.zeros(len(keys), bool)
    if changed is not None:
        touched[list(changed)] = True
        # Few keys have the low bits of one that a changed listing has: the others need no order.
        low = np.zeros(1 << 16, bool)
        low[hashes[touched[places]] & 0xFFFF] = True
        chosen = low[hashes & 0xFFFF]
        hashes, places = hashes[chosen], places[chosen]
    order = np.argsort(hashes, kind="stable")
    key, place_of = hashes[order], places[order]
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    sizes = np.diff(starts, append=len(key))
    telling = (sizes > 1) & (sizes <= LARGEST_BLOCK)
    if changed is not None:
        telling &= np.logical_or.reduceat(touched[place_of], starts) if len(key) else False
    found: list[NDArray[np.int64]] = []
    for size in np.unique(sizes[telling]):
        blocks = place_of[starts[telling & (sizes == size)][:, None] + np.arange(size)]
        left, right = np.triu_indices(int(size), 1)
        code = blocks[:, left].ravel() * len(keys) + blocks[:, right].ravel()
        if changed is not None:
            code = code[touched[code // len(keys)] | touched[code % len(keys)]]
        found.append(code)
    codes = _distinct(np.concatenate(found)) if found else np.empty(0, np.int64)
    return np.stack((codes // len(keys), codes % len(keys)), axis=1)


def _distinct(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    codes = np.sort(codes)
    return codes[np.concatenate(([True], codes[1:] != codes[:-1]))] if len(codes) else codes
