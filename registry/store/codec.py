"""Domain values as bytes and back."""

import hashlib
import zlib

import msgspec

from registry.domain.designation import Designation, Listing
from registry.domain.party import Party

_encoder = msgspec.json.Encoder()
_party = msgspec.json.Decoder(Party)
_designations = msgspec.json.Decoder(tuple[Designation, ...])


def encode(value: Party | tuple[Designation, ...]) -> bytes:
    return _encoder.encode(value)


def party(encoded: bytes) -> Party:
    return _party.decode(encoded)


def designations(encoded: bytes) -> tuple[Designation, ...]:
    return _designations.decode(encoded)


def content_hash(listing: Listing, party_bytes: bytes, designation_bytes: bytes) -> str:
    """Of what the listing says; its reference and its place in the file may change without it."""
    digest = hashlib.sha256(listing.partner.encode())
    digest.update(party_bytes)
    digest.update(designation_bytes)
    return digest.hexdigest()


def pack(raw: str) -> bytes:
    return zlib.compress(raw.encode(), 1)


def unpack(raw: bytes) -> str:
    return zlib.decompress(raw).decode()
