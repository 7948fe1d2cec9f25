"""Which pairs are worth comparing: those that share something telling. Recall comes first."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matching.profile import Profile
from registry.domain.partial_date import Precision

Pairs = NDArray[np.int64]  # shape (n, 2): places of two profiles, the smaller first, sorted

LARGEST_BLOCK = 60  # listings; a key that more of them share tells too little


def keys(profile: Profile) -> Iterator[str]:
    """What a listing can be found by. Weak aliases give no key."""
    sort = "p" if profile.is_person else "o"
    years = {str(date.year) for date in profile.birth_dates if date.year}
    seen: set[str] = set()
    for form in profile.names:
        if form.weak:
            continue
        bones = sorted(set(form.bones))
        for bone in bones:
            if bone not in seen:
                seen.add(bone)
                yield f"{sort}1{bone}"
                for year in years:
                    yield f"{sort}y{year}{bone}"
        for pair in combinations(bones[:10], 2):
            yield f"{sort}2{pair[0]} {pair[1]}"
        for three in combinations(bones[:6], 3):
            yield f"{sort}3{' '.join(three)}"
        yield f"{sort}w{''.join(form.tokens)}"
    for date in profile.birth_dates:
        if date.precision is Precision.DAY:
            yield f"{sort}d{date.first}"
    for number in profile.numbers:
        yield f"n{number.value}"


def pairs(profiles: Sequence[Profile], changed: frozenset[int] | None = None) -> Pairs:
    """Every pair of listings that shares a key which not too many share.

    With `changed`, only pairs that touch one of these places.
    """
    hashes: list[int] = []
    places: list[int] = []
    for place, each in enumerate(profiles):
        own = set(map(hash, keys(each)))
        hashes.extend(own)
        places.extend([place] * len(own))
    order = np.lexsort((places, hashes))
    key, place_of = np.array(hashes, np.int64)[order], np.array(places, np.int64)[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    sizes = np.diff(np.r_[starts, len(key)])
    touched = np.zeros(len(profiles), bool)
    if changed is not None:
        touched[list(changed)] = True
    found: list[NDArray[np.int64]] = []
    for size in np.unique(sizes[(sizes > 1) & (sizes <= LARGEST_BLOCK)]):
        blocks = place_of[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(int(size), 1)
        code = blocks[:, left].ravel() * len(profiles) + blocks[:, right].ravel()
        if changed is not None:
            code = code[touched[code // len(profiles)] | touched[code % len(profiles)]]
        found.append(np.unique(code))
    codes = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    return np.stack((codes // len(profiles), codes % len(profiles)), axis=1)
