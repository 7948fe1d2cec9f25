"""Designations of the UK Sanctions List's XML, read strictly, under the column names of its CSV."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat

from lxml import etree

from importers.base import FormatProblem
from importers.reading.xml import Element, local, xml_elements
from importers.source import Part
from importers.uk_wording import clean

ONCE = {
    "LastUpdated": "Last Updated",
    "DateDesignated": "Date Designated",
    "UniqueID": "Unique ID",
    "OFSIGroupID": "OFSI Group ID",
    "UNReferenceNumber": "UN Reference Number",
    "RegimeName": "Regime Name",
    "IndividualEntityShip": "Designation Type",
    "DesignationSource": "Designation source",
    "SanctionsImposed": "Sanctions Imposed",
    "OtherInformation": "Other Information",
    "UKStatementofReasons": "UK Statement of Reasons",
}
EACH = {
    "Titles": ("Title", "Title"),
    "PhoneNumbers": ("PhoneNumber", "Phone number"),
    "Websites": ("Website", "Website"),
    "EmailAddresses": ("EmailAddress", "Email address"),
    "DOBs": ("DOB", "D.O.B"),
    "Nationalities": ("Nationality", "Nationality(/ies)"),
    "Positions": ("Position", "Position"),
    "Genders": ("Gender", "Gender"),
    "TypeOfEntities": ("TypeOfEntity", "Type of entity"),
    "Subsidiaries": ("Subsidiary", "Subsidiaries"),
    "ParentCompanies": ("ParentCompany", "Parent company"),
    "BusinessRegistrationNumbers": (
        "BusinessRegistrationNumber",
        "Business registration number (s)",
    ),
    "IMONumbers": ("IMONumber", "IMO number"),
    "CurrentOwnerOperators": ("CurrentOwnerOperator", "Current owner/operator (s)"),
    "PreviousOwnerOperators": ("PreviousOwnerOperator", "Previous owner/operator (s)"),
    "CurrentBelievedFlagOfShips": ("CurrentBelievedFlagOfShip", "Current believed flag of ship"),
    "PreviousFlags": ("PreviousFlag", "Previous flags"),
    "TypeOfShipDetails": ("TypeOfShip", "Type of ship"),
    "TonnageOfShipDetails": ("TonnageOfShip", "Tonnage of ship"),
    "LengthOfShipDetails": ("LengthOfShip", "Length of ship"),
    "YearsBuilt": ("YearBuilt", "Year Built"),
    "HullIdentificationNumbers": (
        "HullIdentificationNumber",
        "Hull identification number (HIN)",
    ),
}
TOGETHER = {
    "Names": (
        "Name",
        {
            **{f"Name{number}": f"Name {number}" for number in range(1, 7)},
            "NameType": "Name type",
            "AliasStrength": "Alias strength",
        },
    ),
    "NonLatinNames": (
        "NonLatinName",
        {
            "NameNonLatinScript": "Name non-latin script",
            "NonLatinScriptType": "Non-latin script type",
            "NonLatinScriptLanguage": "Non-latin script language",
        },
    ),
    "Addresses": (
        "Address",
        {
            **{f"AddressLine{number}": f"Address Line {number}" for number in range(1, 7)},
            "AddressPostalCode": "Address Postal Code",
            "AddressCountry": "Address Country",
        },
    ),
    "BirthDetails": (
        "Location",
        {"TownOfBirth": "Town of birth", "CountryOfBirth": "Country of birth"},
    ),
    "PassportDetails": (
        "Passport",
        {
            "PassportNumber": "Passport number",
            "PassportAdditionalInformation": "Passport additional information",
        },
    ),
    "NationalIdentifierDetails": (
        "NationalIdentifier",
        {
            "NationalIdentifierNumber": "National Identifier number",
            "NationalIdentifierAdditionalInformation": "National Identifier additional information",
        },
    ),
}
WRAPPERS = {"IndividualDetails": "Individual", "EntityDetails": "Entity", "ShipDetails": "Ship"}
INDICATORS = "SanctionsImposedIndicators"
DATE, ENTRY = "DateGenerated", "Designation"


class Designation:
    """One designation. Every element is taken or FormatProblem names it, with its line."""

    __slots__ = ("_each", "_element", "_once", "_together", "_where", "indicators", "line")

    def __init__(self, element: Element, where: str) -> None:
        self.line: int = element.sourceline or 0  # type: ignore[assignment]
        self.indicators: Mapping[str, str] = {}
        self._element = element
        self._where = where
        self._once: dict[str, str] = {}
        self._each: dict[str, list[str]] = {}
        self._together: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        self._take(element)

    @property
    def reference(self) -> str:
        return self.once("Unique ID")

    @property
    def raw(self) -> str:
        return etree.tostring(self._element, encoding="unicode", with_tail=False)

    def once(self, column: str) -> str:
        return self._once.get(column, "")

    def each(self, column: str) -> Sequence[str]:
        return self._each.get(column, ())

    def together(self, columns: tuple[str, ...]) -> Sequence[tuple[str, ...]]:
        """`columns` are those of one of TOGETHER's, in its order."""
        return self._together.get(columns, ())

    def _take(self, element: Element) -> None:
        seen: set[str] = set()
        for child in element:
            tag = child.tag
            if tag in seen:
                raise self._problem(child, "stands twice")
            seen.add(tag)
            if tag in ONCE:
                self._once[ONCE[tag]] = self._text(child)
            elif tag in TOGETHER:
                self._take_together(child, *TOGETHER[tag])
            elif tag in EACH:
                self._take_each(child, *EACH[tag])
            elif tag in WRAPPERS:
                for part in child:
                    if part.tag != WRAPPERS[tag]:
                        raise self._problem(part, f"is not known in <{tag}>")
                    self._take(part)
            elif tag == INDICATORS:
                self.indicators = self._texts(child)
            else:
                raise self._problem(child, f"is not known in <{local(element.tag)}>")

    def _take_each(self, container: Element, tag: str, column: str) -> None:
        values = self._each.setdefault(column, [])
        for item in container:
            if item.tag != tag:
                raise self._problem(item, f"is not known in <{container.tag}>")
            value = self._text(item)
            if value and value not in values:
                values.append(value)

    def _take_together(self, container: Element, tag: str, columns: Mapping[str, str]) -> None:
        rows = self._together.setdefault(tuple(columns.values()), [])
        for item in container:
            if item.tag != tag:
                raise self._problem(item, f"is not known in <{container.tag}>")
            found = self._texts(item)
            if not found.keys() <= columns.keys():
                unknown = sorted(map(str, found.keys() - columns.keys()))
                raise self._problem(item, f"holds what is not known: {unknown}")
            row = tuple(map(found.get, columns, repeat("")))
            if any(row) and row not in rows:
                rows.append(row)

    def _texts(self, element: Element) -> dict[str, str]:
        """The texts of an element's children, of which each must stand once and be plain."""
        children = list(element)
        if any(map(len, children)):
            raise self._problem(element, "holds more than texts")
        found = {child.tag: clean(text) if (text := child.text) else "" for child in children}
        if len(found) != len(children):
            raise self._problem(element, "holds an element twice")
        return found

    def _text(self, element: Element) -> str:
        if len(element):
            raise self._problem(element, "holds more than text")
        text = element.text
        return clean(text) if text else ""

    def _problem(self, element: Element, what: str) -> FormatProblem:
        tag = local(element.tag) if isinstance(element.tag, str) else "!-- --"
        return FormatProblem(f"{self._where}, line {element.sourceline}: <{tag}> {what}")


def designations(part: Part) -> tuple[str, Iterator[tuple[str, int, Designation]]]:
    """Begin to read a file: the text of its date, and its designations with reference and line.

    Raises FormatProblem if the date does not come first.
    """
    elements = xml_elements(part, frozenset({DATE, ENTRY}))
    first = next(elements, None)
    if first is None or first.tag != DATE:
        raise FormatProblem(f"{part.name}: no <{DATE}> before the first <{ENTRY}>")
    return (first.text or "").strip(), _designations(part, elements)


def _designations(
    part: Part, elements: Iterator[Element]
) -> Iterator[tuple[str, int, Designation]]:
    for element in elements:
        if element.tag != ENTRY:
            raise FormatProblem(
                f"{part.name}, line {element.sourceline}: a second <{local(element.tag)}>"
            )
        designation = Designation(element, part.name)
        yield designation.reference, designation.line, designation
