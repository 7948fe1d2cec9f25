"""What the names of a listing hold, as hashes, so that it is counted without reading the names."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from matching.naming import NameForm


@dataclass(frozen=True, slots=True)
class Told:
    """The hashes of the words, of their consonant skeletons and of the whole names that are not
    weak: each once, as signed numbers of 64 bits, which are told apart like what they stand for."""

    words: bytes = b""
    bones: bytes = b""
    names: bytes = b""


NOTHING = Told()


def told(names: Iterable[NameForm]) -> Told:
    strong = [form for form in names if not form.weak]
    return Told(
        _distinct(hashed(word) for form in strong for word in form.tokens),
        _distinct(hashed(bone) for form in strong for bone in form.bones),
        _distinct(hashed_name(form.tokens) for form in strong),
    )


def _distinct(hashes: Iterable[int]) -> bytes:
    return array("q", sorted(set(hashes))).tobytes()


@lru_cache(maxsize=1 << 18)
def hashed(word: str) -> int:
    """The same in every process, unlike `hash`."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little", signed=True)


def hashed_name(tokens: Iterable[str]) -> int:
    """Of a whole name, in whichever order its words stand."""
    return hashed(" ".join(sorted(set(tokens))))
