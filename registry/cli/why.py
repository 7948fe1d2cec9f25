"""The command that says why a partner's lists do not show a subject."""

from argparse import Namespace
from datetime import UTC, datetime

from matching.evidence import Evidence
from registry.cli import opened, printing
from registry.cli.failure import Failure
from registry.services import why as search
from registry.services.why import Near, WhyNot


def why(options: Namespace) -> int:
    on = options.as_of or datetime.now(UTC).date()
    with opened.reading(options) as session:
        found = search.nearest(session, options.subject, options.partner, on)
    if found is None:
        raise Failure(f"no subject {options.subject!r}: find its id with `registry search NAME`")
    if options.format == "json":
        printing.print_json(_in_full(found))
    else:
        print("\n".join(_in_words(found)))
    return 0


def _in_words(found: WhyNot) -> list[str]:
    said = [f"{found.name}  ({found.kind}, {found.subject_id})", ""]
    if found.listed:
        said.append(f"Listed by {found.partner}: {', '.join(found.listed)}")
    said += [
        f"Searched: {each.title} of {each.dated}, {each.listings:,} listings, sha256 {each.sha256}"
        for each in found.searched
    ] or [f"No list of {found.partner} is held for that day: nothing could be searched."]
    said += [f"Not held: {title}" for title in found.missing]
    if found.searched and not found.nearest:
        said.append("No listing there shares a name, a birth date or a number with the subject.")
    for each in found.nearest:
        said += ["", *_near(each)]
    return said


def _near(found: Near) -> list[str]:
    other, own = (
        f"{each.official_list}:{each.reference}" for each in (found.listing, found.beside)
    )
    return [
        f"{found.score:+.1f}  {found.listing.party.name}  ({other})",
        f"      {found.sentence}",
        f"      Compared with {found.beside.party.name} ({own}).",
        *(f"{each.weight:+8.2f}  {each.sentence}" for each in found.speaks_for),
        *(f"{each.weight:+8.2f}  {each.sentence}" for each in found.speaks_against),
        f"      To decide: registry judge '{own}' '{other}' same|different --reason TEXT",
    ]


def _in_full(found: WhyNot) -> dict[str, object]:
    return {
        "subject_id": found.subject_id,
        "name": found.name,
        "kind": found.kind,
        "partner": found.partner,
        "as_of": found.on,
        "searched": [
            {
                "list": each.official_list,
                "title": each.title,
                "dated": each.dated,
                "sha256": each.sha256,
                "listings": each.listings,
            }
            for each in found.searched
        ],
        "not_held": list(found.missing),
        "listed": list(found.listed),
        "nearest": [
            {
                "list": each.listing.official_list,
                "reference": each.listing.reference,
                "name": each.listing.party.name,
                "kind": each.listing.party.kind,
                "subject_id": each.listing.subject_id,
                "compared_with": {
                    "list": each.beside.official_list,
                    "reference": each.beside.reference,
                    "name": each.beside.party.name,
                },
                "score": round(each.score, 3),
                "probability": round(each.probability, 6),
                "outcome": each.outcome,
                "sentence": each.sentence,
                "speaks_for": list(map(_evidence, each.speaks_for)),
                "speaks_against": list(map(_evidence, each.speaks_against)),
            }
            for each in found.nearest
        ],
    }


def _evidence(each: Evidence) -> dict[str, object]:
    return {
        "feature": each.feature,
        "weight": round(each.weight, 3),
        "sentence": each.sentence,
        "left": each.left,
        "right": each.right,
    }
