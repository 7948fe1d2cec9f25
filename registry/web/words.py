"""Text that a form asks for in words: a reason, a citation, a source."""

from typing import Any

from marshmallow import fields, validate

LONGEST = 2_000  # characters


class Words(fields.String):
    """Text without blanks around it. If it is required, it holds at least a word."""

    def __init__(self, *, longest: int = LONGEST, required: bool = False, **more: Any) -> None:
        least, said = (1, "This is needed, in") if required else (0, "This takes")
        bounds = validate.Length(least, longest, error=f"{said} at most {longest:,} characters.")
        super().__init__(required=required, validate=bounds, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        return super()._deserialize(value, attr, data, **more).strip()
