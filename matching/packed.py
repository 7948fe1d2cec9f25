"""Many profiles in little memory."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Protocol

import msgspec

from matching.profile import Profile
from matching.told import Told
from registry.domain.party import Kind

RECENT = 1 << 12  # profiles that stay unpacked


class Head(msgspec.Struct, frozen=True):
    """As much of a profile as is needed of every one: reading all of it takes several times as
    long."""

    key: str
    official_list: str
    kind: Kind
    keys: bytes
    told: Told


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Profile)
_heads = msgspec.msgpack.Decoder(Head)


class Profiles(Protocol):
    """Profiles by their place: a list of them will do."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Profile]: ...
    def __getitem__(self, place: int, /) -> Profile: ...


def pack(profile: Profile) -> bytes:
    return _encoder.encode(profile)


def heads(profiles: Profiles) -> Iterator[Head | Profile]:
    """The heads of all profiles, in their order."""
    return profiles.heads() if isinstance(profiles, Packed) else iter(profiles)


class Packed:
    """Profiles as `pack` made them: a sixth of the memory, and processes that are forked share it.

    One is unpacked whenever it is looked at; the last ones stay so for a while.
    """

    def __init__(self, packed: Iterable[bytes]) -> None:
        each = list(packed)
        self._bytes = memoryview(b"".join(each))
        self._ends = [0, *accumulate(map(len, each))]
        self._recent = lru_cache(maxsize=RECENT)(self._unpacked)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[Profile]:
        return (_decoder.decode(self._bytes[first:last]) for first, last in pairwise(self._ends))

    def __getitem__(self, place: int, /) -> Profile:
        return self._recent(place)

    def heads(self) -> Iterator[Head]:
        return (_heads.decode(self._bytes[first:last]) for first, last in pairwise(self._ends))

    def _unpacked(self, place: int) -> Profile:
        return _decoder.decode(self._bytes[self._ends[place] : self._ends[place + 1]])
