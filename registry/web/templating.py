"""What every template may use: how values look, the words, the programmes."""

from flask import Flask

from registry.domain import handling, reference
from registry.domain.coverage import GAPS, IN_FORCE, State
from registry.domain.designation import Measure
from registry.web import account_wording, choices, footer, formatting, marks, side_by_side, wording
from registry.web.unsigned import unsigned


def register(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=formatting.day,
        day_text=formatting.day_text,
        rfc3339=formatting.rfc3339,
        moment=formatting.moment,
        number=formatting.number,
        name=formatting.name,
        country=formatting.country,
        sentence=formatting.sentence,
        signed=formatting.signed,
        chance=formatting.chance,
        chip=formatting.chip,
        plain=wording.plain,
        mark=marks.short,
        recipients=marks.recipients,
        unsigned=unsigned,
        in_words=account_wording.in_words,
    )
    app.jinja_env.globals.update(
        words=wording,
        account_words=account_wording,
        Measure=Measure,
        State=State,
        GAPS=GAPS,
        options_of=choices.options,
        IN_FORCE=IN_FORCE,
        notes=side_by_side.notes,
        programme_for=reference.programme_for,
        edition_id=footer.edition_id,
        is_programme=lambda key: key in reference.programmes(),
    )
    app.jinja_env.globals.update(
        levels=tuple(handling.Level),
        groups=handling.GROUPS,
        affiliations=handling.AFFILIATIONS,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
