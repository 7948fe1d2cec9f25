"""European Union: Financial Sanctions Files, who is subject to an asset freeze."""

from importers import eu_csv, eu_xml
from importers.base import ParsedEntry, Reading, Refused, entries
from importers.eu_entity import Entity, parsed
from importers.source import Source

MEASURE = "asset freeze"
FEWEST = 5  # the smallest list ever published has hundreds; a handful is an excerpt


def read(source: Source) -> Reading:
    """Read XML 1.1 or CSV 1.1. Refused for another list, another format or a piece of the list."""
    if len(source.parts) != 1:
        raise Refused(f"{source.name}: {len(source.parts)} files, but an edition is one file")
    part = source.parts[0]
    if eu_csv.is_csv(part):
        rows = eu_csv.contents(part)
        _refuse_excerpt(part.name, rows.number)
        return Reading(
            eu_csv.FORMAT, rows.generated_on, entries(map(_record, rows.entities), _parse)
        )
    seen = eu_xml.signs(part)
    if seen is None:
        raise Refused(
            f"{part.name}: neither EU XML 1.1 nor CSV 1.1. Give xmlFullSanctionsList_1_1 or "
            "csvFullSanctionsList_1_1 as published."
        )
    if seen.decisions > seen.coded:
        raise Refused(
            f"{part.name}: its entries stand on Council decisions, without programme codes: a "
            "travel-ban file. Import it as eu-travel-bans."
        )
    if not seen.coded and not seen.enterprises:
        raise Refused(
            f"{part.name}: neither a programme code nor an enterprise in it: nothing shows that "
            "it is the list of asset freezes."
        )
    if seen.generated_on is None:
        raise Refused(f"{part.name}: states no date of generation: a piece of the list")
    _refuse_excerpt(part.name, seen.entities)
    found_in_file = map(_record, eu_xml.entities(part))
    return Reading(eu_xml.FORMAT, seen.generated_on, entries(found_in_file, _parse))


def _record(entity: Entity) -> tuple[str, int, Entity]:
    return entity.reference, entity.line, entity


def _parse(entity: Entity) -> ParsedEntry:
    return parsed(entity, MEASURE)


def _refuse_excerpt(name: str, number: int) -> None:
    if number < FEWEST:
        raise Refused(f"{name}: {number} entities: a piece of the list. Import the whole file.")
