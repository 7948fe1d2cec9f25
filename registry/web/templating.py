"""What every template may use: how values look, the words, the programmes."""

from collections.abc import Callable
from functools import lru_cache

from flask import Flask, request
from markupsafe import Markup

from registry.domain import handling, reference
from registry.domain.cell import GAPS, IN_FORCE, State
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
        legend_line=_written_once(app, "parts.html", "legend_line"),
    )
    app.jinja_env.globals.update(
        levels=tuple(handling.Level),
        groups=handling.GROUPS,
        affiliations=handling.AFFILIATIONS,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _written_once(app: Flask, template: str, macro: str) -> Callable[[], Markup]:
    """A macro that says the same on every page: written once for where the application is
    mounted, on which addresses depend."""

    @lru_cache(maxsize=8)
    def written(_mounted_at: str) -> Markup:
        return Markup(getattr(app.jinja_env.get_template(template).module, macro)())

    return lambda: written(request.script_root)
