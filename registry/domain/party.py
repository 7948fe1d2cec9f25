"""A party: what one listing describes, with every fact as its list states it."""

from dataclasses import dataclass
from enum import StrEnum

from registry.domain.partial_date import PartialDate


class Kind(StrEnum):
    """What is listed. UNKNOWN: the list does not say."""

    PERSON = "person"
    ENTITY = "entity"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    UNKNOWN = "unknown"


class NameRole(StrEnum):
    """The part a name plays. A weak alias is one that the list itself calls weak or low quality."""

    PRIMARY = "primary"
    VARIATION = "variation"
    ALIAS = "alias"
    WEAK_ALIAS = "weak-alias"
    FORMER = "former"


class PartKind(StrEnum):
    GIVEN = "given"
    MIDDLE = "middle"
    PATRONYMIC = "patronymic"
    FAMILY = "family"
    MAIDEN = "maiden"
    TITLE = "title"
    SUFFIX = "suffix"
    WHOLE = "whole"
    UNSPECIFIED = "unspecified"  # the list tells its place in the name, not its kind


class Gender(StrEnum):
    MALE = "male"
    FEMALE = "female"


class IdentifierKind(StrEnum):
    PASSPORT = "passport"
    NATIONAL_ID = "national-id"
    TAX = "tax"
    REGISTRATION = "registration"
    BIRTH_CERTIFICATE = "birth-certificate"
    DRIVING_LICENCE = "driving-licence"
    SOCIAL_SECURITY = "social-security"
    LEI = "lei"
    SWIFT_BIC = "swift-bic"
    DUNS = "duns"
    IMO = "imo"
    MMSI = "mmsi"
    CALL_SIGN = "call-sign"
    HULL = "hull"
    TAIL_NUMBER = "tail-number"
    SERIAL_NUMBER = "serial-number"
    WALLET = "wallet"
    UN_REFERENCE = "un-reference"
    OFSI_GROUP_ID = "ofsi-group-id"
    EU_REFERENCE = "eu-reference"
    OTHER = "other"


class RelationKind(StrEnum):
    """How the listed party stands to the other one: `OWNED_BY` reads "is owned by"."""

    OWNED_BY = "owned-by"
    OWNS = "owns"
    PARENT_OF = "parent-of"
    SUBSIDIARY_OF = "subsidiary-of"
    ACTS_FOR = "acts-for"
    SUPPORTS = "supports"
    LEADS = "leads"
    FAMILY = "family"
    ASSOCIATE = "associate"
    OPERATED_BY = "operated-by"
    FORMERLY_OPERATED_BY = "formerly-operated-by"
    LINKED_TO = "linked-to"


class DetailKind(StrEnum):
    """Other stated facts that have one value each time they occur."""

    DECEASED = "deceased"
    ENTITY_TYPE = "entity-type"
    PHONE = "phone"
    EMAIL = "email"
    FAX = "fax"
    WEBSITE = "website"
    VESSEL_TYPE = "vessel-type"
    FLAG = "flag"
    FORMER_FLAG = "former-flag"
    GROSS_TONNAGE = "gross-tonnage"
    DEADWEIGHT_TONNAGE = "deadweight-tonnage"
    LENGTH = "length"
    BUILT = "built"
    AIRCRAFT_TYPE = "aircraft-type"
    AIRCRAFT_BUILT = "aircraft-built"
    ETHNICITY = "ethnicity"
    LANGUAGE = "language"
    SECONDARY_SANCTIONS = "secondary-sanctions"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NamePart:
    kind: PartKind
    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """One name. `script` is an ISO 15924 code, `language` as the list gives it.

    `quality` is the list's own word for it, "" where it has none: silence is not "strong".
    """

    full: str
    role: NameRole
    parts: tuple[NamePart, ...] = ()
    script: str = ""
    language: str = ""
    quality: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """A country as stated; `code` is ISO 3166-1 alpha-2 (XK for Kosovo), "" where unresolved."""

    raw: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    raw: str
    city: str = ""
    region: str = ""
    country: Country | None = None


@dataclass(frozen=True, slots=True)
class Address:
    raw: str
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: Country | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    """A typed number. `label` is the list's own word for the type."""

    kind: IdentifierKind
    value: str
    country: Country | None = None
    label: str = ""
    issued: str = ""
    expires: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """`other` is the name of the other party as stated, `reference` its reference if given."""

    kind: RelationKind
    other: str
    reference: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    kind: DetailKind
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    kind: Kind
    names: tuple[Name, ...]
    birth_dates: tuple[PartialDate, ...] = ()
    birth_places: tuple[Place, ...] = ()
    nationalities: tuple[Country, ...] = ()
    citizenships: tuple[Country, ...] = ()
    genders: tuple[Gender, ...] = ()
    titles: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[Address, ...] = ()
    relations: tuple[Relation, ...] = ()
    details: tuple[Detail, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The primary name in Latin script if there is one, else the first name stated."""
        primary = [name for name in self.names if name.role is NameRole.PRIMARY] or self.names
        latin = [name for name in primary if name.script in ("Latn", "")]
        return (latin or primary or (Name("", NameRole.PRIMARY),))[0].full
