"""Identifiers that can be compared: typed by scheme and country, checked where a check exists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.party import Identifier, IdentifierKind, Kind


class Scheme(StrEnum):
    """Numbers of one scheme and country are given to one holder each, as far as it goes."""

    IMO = "IMO number"
    INN = "Russian tax number (INN)"
    OGRN = "Russian registration number (OGRN)"
    LEI = "LEI"
    BIC = "BIC"
    PASSPORT = "passport"
    NATIONAL = "national number"
    COMPANY = "company or tax number"
    MMSI = "MMSI"
    TAIL = "tail number"
    SERIAL = "serial number"
    WALLET = "wallet"
    REFERENCE = "reference of another list"
    OTHER = "number"


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """One number; `country` is "" where the list does not give it or the scheme has none."""

    scheme: Scheme
    country: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}" + (f" of {self.country}" if self.country else "")


SCHEMES = {
    IdentifierKind.PASSPORT: Scheme.PASSPORT,
    IdentifierKind.NATIONAL_ID: Scheme.NATIONAL,
    IdentifierKind.SOCIAL_SECURITY: Scheme.NATIONAL,
    IdentifierKind.BIRTH_CERTIFICATE: Scheme.NATIONAL,
    IdentifierKind.DRIVING_LICENCE: Scheme.OTHER,
    IdentifierKind.TAX: Scheme.COMPANY,
    IdentifierKind.REGISTRATION: Scheme.COMPANY,
    IdentifierKind.DUNS: Scheme.OTHER,
    IdentifierKind.LEI: Scheme.LEI,
    IdentifierKind.SWIFT_BIC: Scheme.BIC,
    IdentifierKind.IMO: Scheme.IMO,
    IdentifierKind.MMSI: Scheme.MMSI,
    IdentifierKind.TAIL_NUMBER: Scheme.TAIL,
    IdentifierKind.SERIAL_NUMBER: Scheme.SERIAL,
    IdentifierKind.WALLET: Scheme.WALLET,
    IdentifierKind.UN_REFERENCE: Scheme.REFERENCE,
    IdentifierKind.OTHER: Scheme.OTHER,
}
CANDIDATE = re.compile(r"[A-Z0-9](?:[A-Z0-9]|[-/.](?=[A-Z0-9])|\s(?=\d))*")
PLAIN = re.compile(r"[^A-Z0-9]")
SHORTEST = 5  # characters; anything shorter is shared by chance


def numbers(identifiers: tuple[Identifier, ...], kind: Kind) -> frozenset[Number]:
    """Every number that can be compared; what is too short or has no digit is left out."""
    return frozenset(number for each in identifiers for number in _numbers(each, kind))


def _numbers(identifier: Identifier, kind: Kind) -> Iterator[Number]:
    scheme = SCHEMES.get(identifier.kind)
    if scheme is None:
        return
    country = identifier.country.code if identifier.country else ""
    text = identifier.value.upper()
    if scheme is Scheme.REFERENCE:
        yield Number(scheme, "", PLAIN.sub("", text))
        return
    if scheme is Scheme.IMO:
        for digits in re.findall(r"\d{7}", text):
            if valid_imo(digits):
                yield Number(Scheme.IMO if kind is Kind.VESSEL else Scheme.OTHER, "", digits)
        return
    found = False
    for candidate in CANDIDATE.findall(text):
        plain = PLAIN.sub("", candidate)
        telling = len(plain) >= SHORTEST and sum(map(str.isdigit, plain)) >= 3
        if not telling and not (scheme is Scheme.BIC and len(plain) in (8, 11)):
            continue
        found = True
        yield _typed(scheme, country, plain)
    if not found and scheme is Scheme.WALLET:
        yield Number(scheme, "", text)


def _typed(scheme: Scheme, country: str, plain: str) -> Number:
    if scheme is Scheme.LEI and not valid_lei(plain):
        return Number(Scheme.OTHER, country, plain)
    if scheme in (Scheme.COMPANY, Scheme.OTHER, Scheme.NATIONAL) and country in ("", "RU"):
        if valid_inn(plain):
            return Number(Scheme.INN, "RU", plain)
        if valid_ogrn(plain):
            return Number(Scheme.OGRN, "RU", plain)
    if scheme in (Scheme.LEI, Scheme.BIC, Scheme.MMSI, Scheme.WALLET):
        return Number(scheme, "", plain[:8] if scheme is Scheme.BIC else plain)
    return Number(scheme, country, plain.lstrip("0") or plain)


def valid_imo(digits: str) -> bool:
    """The seventh digit is the last one of 7a+6b+5c+4d+3e+2f (IMO resolution A.1117(30))."""
    if not re.fullmatch(r"\d{7}", digits) or digits == "0000000":
        return False
    return sum(int(d) * weight for d, weight in zip(digits, range(7, 1, -1), strict=False)) % (
        10
    ) == int(digits[6])


INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def valid_inn(digits: str) -> bool:
    """Ten digits (companies) or twelve (persons), with check digits modulo 11."""
    if not re.fullmatch(r"\d{10}|\d{12}", digits) or not digits.strip("0"):
        return False

    def check(length: int) -> bool:
        weights = INN_WEIGHTS[-length:]
        total = sum(int(d) * w for d, w in zip(digits, weights, strict=False))
        return total % 11 % 10 == int(digits[length])

    return check(9) if len(digits) == 10 else check(10) and check(11)


def valid_ogrn(digits: str) -> bool:
    """Thirteen digits, the last is the rest modulo 11; fifteen modulo 13 for sole traders."""
    if not re.fullmatch(r"\d{13}|\d{15}", digits) or not digits.strip("0"):
        return False
    modulus = len(digits) - 2
    return int(digits[:-1]) % modulus % 10 == int(digits[-1])


def valid_lei(text: str) -> bool:
    """Twenty characters that leave 1 modulo 97, letters counted from 10 (ISO 17442)."""
    if not re.fullmatch(r"[A-Z0-9]{18}\d\d", text):
        return False
    return int("".join(str(int(character, 36)) for character in text)) % 97 == 1
