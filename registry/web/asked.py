"""What the address of the coverage page asks for: a selection, an order, a page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates
from werkzeug.datastructures import MultiDict

from registry.domain.coverage import Confidence, State
from registry.domain.designation import Measure
from registry.domain.gap import SURE
from registry.domain.party import Kind
from registry.domain.reference import situations
from registry.domain.selection import MISSING_PARTNERS, PARTNERS, Selection
from registry.web import context, wording

ORDERS = {"name": "Name", "gaps": "Most gaps first", "newest": "Latest designation first"}
SHOWN = {"all": "All subjects", "gaps": "Only subjects with a gap"}
CONFIDENCES = {  # of gaps; the first stands where the address says nothing
    "sure": ("High or medium", SURE),
    "high": ("High only", frozenset({Confidence.HIGH})),
    "low": ("Low only", frozenset({Confidence.LOW})),
    "all": ("Any", frozenset[Confidence]()),
}
SEVERAL = ("listed-by", "missing-from", "nexus", "state", "at")
MOST_TEXT = 200  # characters


@dataclass(frozen=True, slots=True)
class Asked:
    selection: Selection
    show: str
    sort: str
    page: int

    @property
    def only_missing(self) -> bool:
        """Whether subjects with nothing missing are left out."""
        return self.show == "gaps" or bool(self.selection.missing_from)

    @property
    def confidence(self) -> str:
        """The key of `CONFIDENCES` that is asked for."""
        return next(
            key for key, (_, these) in CONFIDENCES.items() if these == self.selection.confidence
        )

    def address(self, **changes: object) -> dict[str, Any]:
        """The arguments of the address that asks for this, with changes; defaults are left out."""
        selection = self.selection
        values: dict[str, object] = {
            "listed-by": selection.listed_by,
            "missing-from": selection.missing_from,
            "measure": selection.measure.value if selection.measure else "",
            "situation": selection.situation,
            "nexus": [each for each in wording.NEXUS if each in selection.nexus],
            "kind": selection.kind.value if selection.kind else "",
            "state": [each.value for each in State if each in selection.states],
            "at": selection.at,
            "confidence": self.confidence if self.confidence != "sure" else "",
            "q": selection.text,
            "as-of": selection.as_of.isoformat() if selection.as_of else "",
            "show": self.show if self.show != "all" else "",
            "sort": self.sort if self.sort != "name" else "",
            "page": self.page,
        }
        values |= {key.replace("_", "-"): value for key, value in changes.items()}
        if values["page"] == 1:
            values["page"] = ""
        return {key: value for key, value in values.items() if value not in ("", None, [], ())}


class AskedForm(Schema):
    """The query of the coverage page. A name or value that is not known is refused: a filter that
    is silently left out would print wrong totals."""

    listed_by = fields.List(
        fields.String(validate=validate.OneOf(PARTNERS)), data_key="listed-by", load_default=list
    )
    missing_from = fields.List(
        fields.String(validate=validate.OneOf(MISSING_PARTNERS)),
        data_key="missing-from",
        load_default=list,
    )
    measure = fields.Enum(Measure, by_value=True, load_default=None)
    situation = fields.String(load_default="")
    nexus = fields.List(
        fields.String(validate=validate.OneOf(tuple(wording.NEXUS))), load_default=list
    )
    kind = fields.Enum(Kind, by_value=True, load_default=None)
    states = fields.List(fields.Enum(State, by_value=True), data_key="state", load_default=list)
    at = fields.List(fields.String(validate=validate.OneOf(PARTNERS)), load_default=list)
    confidence = fields.String(validate=validate.OneOf(tuple(CONFIDENCES)), load_default="sure")
    text = fields.String(data_key="q", load_default="", validate=validate.Length(max=MOST_TEXT))
    as_of = fields.Date(data_key="as-of", load_default=None)
    show = fields.String(validate=validate.OneOf(tuple(SHOWN)), load_default="all")
    sort = fields.String(validate=validate.OneOf(tuple(ORDERS)), load_default="name")
    page = fields.Integer(validate=validate.Range(min=1), load_default=1)

    @validates("situation")
    def is_known(self, value: str, **_: object) -> None:
        if value and value not in situations():
            raise ValidationError(f"No such situation. One of: {', '.join(situations())}.")

    @validates("as_of")
    def is_past(self, value: date | None, **_: object) -> None:
        if value and value > context.today():
            raise ValidationError("This day has not come yet.")

    @post_load
    def ask(self, data: dict[str, Any], **_: object) -> Asked:
        return Asked(
            Selection(
                listed_by=tuple(each for each in PARTNERS if each in data["listed_by"]),
                missing_from=tuple(
                    each for each in MISSING_PARTNERS if each in data["missing_from"]
                ),
                measure=data["measure"],
                situation=data["situation"],
                nexus=frozenset(data["nexus"]),
                kind=data["kind"],
                text=data["text"],
                states=frozenset(data["states"]),
                at=tuple(each for each in PARTNERS if each in data["at"]),
                confidence=CONFIDENCES[data["confidence"]][1],
                as_of=data["as_of"] if data["as_of"] != context.today() else None,
            ),
            data["show"],
            data["sort"],
            data["page"],
        )


def asked(query: MultiDict[str, str]) -> Asked:
    """Raises ValidationError with a message per field."""
    found: Asked = AskedForm().load(without_blanks(query))
    return found


def without_blanks(query: MultiDict[str, str]) -> dict[str, Any]:
    """What a form sent, without its empty fields. Raises ValidationError if one is given twice."""
    found: dict[str, Any] = {}
    for key, values in query.to_dict(flat=False).items():
        given = [value.strip() for value in values if value.strip()]
        if key in SEVERAL:
            found[key] = given
        elif len(given) > 1:
            raise ValidationError({key: ["Give this once."]})
        elif given:
            found[key] = given[0]
    return found
