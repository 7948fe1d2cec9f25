"""What forms say of that which is sought: a box for each subject and measure."""

from typing import Any

from marshmallow import ValidationError, fields

from registry.domain.designation import Measure


class AskField(fields.Field[tuple[str, Measure, str]]):
    """A subject's id, a measure, and what else the form says of it, "" for nothing; in the form
    joined by blanks."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[str, Measure, str]:
        subject, measure, rest = (*str(value).split(" "), "", "")[:3]
        if measure not in set(Measure):
            raise ValidationError("This is no measure.")
        return subject, Measure(measure), rest
