"""Domain values as bytes and back."""

import hashlib
import zlib
from datetime import date

import msgspec

from registry.domain.designation import Designation, Listing
from registry.domain.identification import Identification, of_party
from registry.domain.party import IdentifierKind, Kind, NameRole, Party

_encoder = msgspec.json.Encoder()
_party = msgspec.json.Decoder(Party)
_designations = msgspec.json.Decoder(tuple[Designation, ...])


def encode(value: Party | tuple[Designation, ...]) -> bytes:
    return _encoder.encode(value)


def party(encoded: bytes) -> Party:
    return _party.decode(encoded)


class _Named(msgspec.Struct):
    full: str
    role: NameRole


class _Numbered(msgspec.Struct):
    kind: IdentifierKind


class _Dated(msgspec.Struct):
    first: date | None


class _Told(msgspec.Struct):
    """As much of a party as its identification needs: decoding all of it takes far longer."""

    kind: Kind
    names: list[_Named]
    birth_dates: list[_Dated]
    identifiers: list[_Numbered]
    addresses: list[msgspec.Raw]


_told = msgspec.json.Decoder(_Told)


def identification(encoded: bytes) -> Identification:
    """How well an encoded party is told apart from its namesakes."""
    told = _told.decode(encoded)
    return of_party(
        told.kind,
        (each.full for each in told.names if each.role is not NameRole.WEAK_ALIAS),
        (each.kind for each in told.identifiers),
        dated=any(each.first for each in told.birth_dates),
        placed=bool(told.addresses),
    )


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
