"""What the address of the coverage page asks for: a selection, an order, columns, a page."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates
from werkzeug.datastructures import MultiDict

from registry.domain.cell import State
from registry.domain.designation import Measure
from registry.domain.extent import Extent
from registry.domain.gap import SURE, GapType
from registry.domain.party import Kind
from registry.domain.programme import Confidence
from registry.domain.ranking import Order
from registry.domain.reference import programmes, situations
from registry.domain.roles import Role
from registry.domain.selection import MISSING_PARTNERS, PARTNERS, Selection
from registry.web import context, wording
from registry.web.matrix_columns import EXTRA

SHOWN = {"all": "All subjects", "gaps": "Only subjects with a gap"}
CONFIDENCES = {  # of gaps; the first stands where the address says nothing
    "sure": ("High or medium", SURE),
    "high": ("High only", frozenset({Confidence.HIGH})),
    "low": ("Low only", frozenset({Confidence.LOW})),
    "all": ("Any", frozenset[Confidence]()),
}
COLUMNS = (*PARTNERS, *(each.value for each in Measure), *EXTRA)
MOST_TEXT = 200  # characters
MOST_SUBJECTS = 200  # chosen one by one
NATIONALITY = validate.Regexp("^[A-Z]{2}$", error="Give the two letters of ISO 3166-1, as MM.")


@dataclass(frozen=True, slots=True)
class Asked:
    """`columns` are those chosen to be shown, none for the usual ones."""

    selection: Selection
    show: str
    sort: Order
    columns: tuple[str, ...]
    page: int

    @property
    def only_missing(self) -> bool:
        """Whether subjects with nothing missing are left out."""
        return self.show == "gaps" or self.selection.asks_for_gaps

    @property
    def partners(self) -> tuple[str, ...]:
        return tuple(each for each in PARTNERS if each in self.columns) or PARTNERS

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures whose cells are shown."""
        return tuple(each for each in Measure if each in self.columns) or tuple(Measure)

    @property
    def extra(self) -> tuple[str, ...]:
        return tuple(each for each in EXTRA if each in self.columns)

    def rows(self, **changes: object) -> dict[str, Any]:
        """The arguments that ask for the same rows, however they are shown."""
        return self.address(page=1, sort="", show="", column="", **changes)

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
            "programme": sorted(selection.programmes),
            "nexus": [each for each in wording.NEXUS if each in selection.nexus],
            "role": [each.value for each in Role if each in selection.roles],
            "kind": selection.kind.value if selection.kind else "",
            "nationality": sorted(selection.nationalities),
            "gap-type": [each.value for each in GapType if each in selection.gap_types],
            "listed-from": _iso(selection.listed_from),
            "listed-until": _iso(selection.listed_until),
            "shared-by": sorted(selection.shared_by),
            "extent": [each.value for each in Extent if each in selection.extents],
            "subject": sorted(selection.subjects),
            "state": [each.value for each in State if each in selection.states],
            "at": selection.at,
            "confidence": self.confidence if self.confidence != "sure" else "",
            "q": selection.text,
            "as-of": _iso(selection.as_of),
            "show": self.show if self.show != "all" else "",
            "sort": self.sort.value if self.sort is not Order.NAME else "",
            "column": list(self.columns),
            "page": self.page,
        }
        values |= {key.replace("_", "-"): value for key, value in changes.items()}
        if values["page"] == 1:
            values["page"] = ""
        return {key: value for key, value in values.items() if value not in ("", None, [], ())}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


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
    programmes = fields.List(fields.String(), data_key="programme", load_default=list)
    roles = fields.List(fields.Enum(Role, by_value=True), data_key="role", load_default=list)
    kind = fields.Enum(Kind, by_value=True, load_default=None)
    nationalities = fields.List(
        fields.String(validate=NATIONALITY), data_key="nationality", load_default=list
    )
    gap_types = fields.List(
        fields.Enum(GapType, by_value=True), data_key="gap-type", load_default=list
    )
    listed_from = fields.Date(data_key="listed-from", load_default=None)
    listed_until = fields.Date(data_key="listed-until", load_default=None)
    shared_by = fields.List(
        fields.Integer(validate=validate.Range(0, len(MISSING_PARTNERS))),
        data_key="shared-by",
        load_default=list,
    )
    extents = fields.List(fields.Enum(Extent, by_value=True), data_key="extent", load_default=list)
    subjects = fields.List(
        fields.String(validate=validate.Length(max=20)),
        data_key="subject",
        load_default=list,
        validate=validate.Length(max=MOST_SUBJECTS),
    )
    states = fields.List(fields.Enum(State, by_value=True), data_key="state", load_default=list)
    at = fields.List(fields.String(validate=validate.OneOf(PARTNERS)), load_default=list)
    confidence = fields.String(validate=validate.OneOf(tuple(CONFIDENCES)), load_default="sure")
    text = fields.String(data_key="q", load_default="", validate=validate.Length(max=MOST_TEXT))
    as_of = fields.Date(data_key="as-of", load_default=None)
    show = fields.String(validate=validate.OneOf(tuple(SHOWN)), load_default="all")
    sort = fields.Enum(Order, by_value=True, load_default=Order.NAME)
    columns = fields.List(
        fields.String(validate=validate.OneOf(COLUMNS)), data_key="column", load_default=list
    )
    page = fields.Integer(validate=validate.Range(min=1), load_default=1)

    @validates("situation")
    def is_known(self, value: str, **_: object) -> None:
        if value and value not in situations():
            raise ValidationError(f"No such situation. One of: {', '.join(situations())}.")

    @validates("programmes")
    def are_known(self, values: list[str], **_: object) -> None:
        for value in values:
            if value not in programmes():
                raise ValidationError(f"No programme {value}. The page of programmes has them all.")

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
                programmes=frozenset(data["programmes"]),
                nexus=frozenset(data["nexus"]),
                roles=frozenset(data["roles"]),
                kind=data["kind"],
                nationalities=frozenset(data["nationalities"]),
                gap_types=frozenset(data["gap_types"]),
                listed_from=data["listed_from"],
                listed_until=data["listed_until"],
                subjects=frozenset(data["subjects"]),
                shared_by=frozenset(data["shared_by"]),
                extents=frozenset(data["extents"]),
                text=data["text"],
                states=frozenset(data["states"]),
                at=tuple(each for each in PARTNERS if each in data["at"]),
                confidence=CONFIDENCES[data["confidence"]][1],
                as_of=data["as_of"] if data["as_of"] != context.today() else None,
            ),
            data["show"],
            data["sort"],
            tuple(each for each in COLUMNS if each in data["columns"]),
            data["page"],
        )


def asked(query: MultiDict[str, str]) -> Asked:
    """Raises ValidationError with a message per field."""
    found: Asked = _FORM.load(without_blanks(query, _SEVERAL))
    return found


_FORM = AskedForm()
_SEVERAL = frozenset(
    field.data_key or name for name, field in _FORM.fields.items() if isinstance(field, fields.List)
)


def without_blanks(query: MultiDict[str, str], several: Container[str] = ()) -> dict[str, Any]:
    """What a form sent, without its empty fields; those in `several` as lists. Raises
    ValidationError if another one is given twice."""
    found: dict[str, Any] = {}
    for key, values in query.to_dict(flat=False).items():
        given = [value.strip() for value in values if value.strip()]
        if key in several:
            found[key] = given
        elif len(given) > 1:
            raise ValidationError({key: ["Give this once."]})
        elif given:
            found[key] = given[0]
    return found
