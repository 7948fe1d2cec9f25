"""What a listing can be found by: keys that two listings of one party are likely to share."""

from array import array
from collections.abc import Iterable, Iterator
from itertools import combinations
from zlib import crc32

from matching.naming import NameForm
from matching.numbers import Number
from registry.domain.partial_date import PartialDate, Precision
from registry.domain.party import Kind

PAIRED = 10  # words of a name that are paired
TRIPLED = 6  # words of a name that are taken three by three


def keys(
    kind: Kind,
    names: Iterable[NameForm],
    birth_dates: Iterable[PartialDate],
    numbers: Iterable[Number],
) -> bytes:
    """The keys as 32-bit hashes, sorted; that two keys share a hash costs one comparison.

    Weak aliases give no key. What is of unknown kind can be found as a person and as another.
    """
    sorts = {Kind.PERSON: "p", Kind.UNKNOWN: "po"}.get(kind, "o")
    words = set(_words(names, {str(date.year) for date in birth_dates if date.year}))
    words.update(f"d{date.first}" for date in birth_dates if date.precision is Precision.DAY)
    hashes = {crc32(f"{sort}{word}".encode()) for sort in sorts for word in words}
    hashes.update(crc32(f"n{number.value}".encode()) for number in numbers)
    return array("I", sorted(hashes)).tobytes()


def _words(names: Iterable[NameForm], years: set[str]) -> Iterator[str]:
    for form in names:
        if form.weak:
            continue
        bones = sorted(set(form.bones))
        for bone in bones:
            yield f"1{bone}"
            for year in years:
                yield f"y{year}{bone}"
        for pair in combinations(bones[:PAIRED], 2):
            yield f"2{' '.join(pair)}"
        for three in combinations(bones[:TRIPLED], 3):
            yield f"3{' '.join(three)}"
        yield f"w{''.join(form.tokens)}"
