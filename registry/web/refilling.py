"""A page with a form on it, written so that the form holds again what somebody sent, with what is
wrong beside its fields and in a summary above them.

Only the tags of that form's fields are written anew; all else of the page stays as it is. What was
typed as a password and which files were chosen is not given back.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markupsafe import Markup, escape

Sent = Mapping[str, Sequence[str]]  # by field, its values in their order
_CHOSEN = frozenset({"checkbox", "radio"})
_NOT_GIVEN_BACK = {"password": "passwords are typed again", "file": "files are chosen again"}
_TOKEN = "csrf_token"  # another one on each page


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field; `field` is "" where it is with the form as a whole."""

    field: str
    message: str


def refilled(
    page: str, action: str, sent: Sent, title: str, problems: Sequence[Problem]
) -> str | None:
    """The page with its form to this address filled; None if it holds no such form.

    A problem is put beside the field of its name, `listed_on` also beside one named `listed-on`
    and `measures` beside `measure`; one whose field is not shown, on top of the form.
    """
    read = _Reader(page)
    forms = [each for each in read.forms if action in each.actions]
    if not forms:
        return None
    form = max(forms, key=lambda each: each.likeness(sent))
    written = _Written(page)
    written.fill(form, sent)
    links = [written.complain(form, each, number) for number, each in enumerate(problems, 1)]
    said = [
        Markup('<li><a href="#{}">{}{}</a></li>').format(
            link, f"{label}: " if (label := read.labels.get(of, "")) else "", each.message
        )
        for (link, of), each in zip(links, problems, strict=True)
    ]
    kinds = {each.get("type") for each in form.fields}
    lost = [text for kind, text in _NOT_GIVEN_BACK.items() if kind in kinds]
    but = f", but {' and '.join(lost)}" if lost else ""
    written.add(read.main, _SUMMARY.format(title, but, Markup("").join(said)))
    written.add(read.title, "Not taken: ")
    return written.text()


_SUMMARY = Markup(
    '<section class="problems" aria-labelledby="refused" tabindex="-1" autofocus>'
    '<h2 id="refused">{}</h2><p>Nothing was changed. What you typed is still below{}.</p>'
    "<ul>{}</ul></section>"
)


@dataclass(slots=True)
class _Tag:
    """A tag and its place in the page; `inner_end` is where its content ends, `legend_end` where
    the legend of a fieldset does; `around` are the tags that enclose it, the outermost first."""

    name: str
    attributes: dict[str, str | None]
    start: int
    end: int
    around: tuple["_Tag", ...] = ()
    inner_end: int = -1
    legend_end: int = -1

    def get(self, attribute: str) -> str:
        return self.attributes.get(attribute) or ""

    @property
    def after(self) -> int:
        """The place behind the whole element."""
        return self.end if self.inner_end < 0 else self.inner_end + len(f"</{self.name}>")

    def written(self, changes: Mapping[str, str | None]) -> Markup:
        """The tag with other attributes: None takes one away, "" is one without a value."""
        kept = {**{key: value or "" for key, value in self.attributes.items()}, **changes}
        return Markup("<{}{}>").format(
            self.name,
            Markup("").join(
                Markup(' {}="{}"').format(key, value)
                for key, value in kept.items()
                if value is not None
            ),
        )


@dataclass(slots=True)
class _Form:
    tag: _Tag
    actions: set[str]
    fields: list[_Tag] = field(default_factory=list)
    options: dict[int, list[_Tag]] = field(default_factory=dict)  # by the place of their select

    def likeness(self, sent: Sent) -> int:
        """How many of its hidden fields hold what was sent: of the forms to one address, the most
        alike is the one that was sent."""
        return sum(
            1 if each.get("value") in sent.get(each.get("name"), ()) else -1
            for each in self.fields
            if each.get("type") == "hidden" and each.get("name") != _TOKEN
        )

    def find(self, name: str) -> _Tag | None:
        """The first field of this name that is shown."""
        wanted = _plain(name)
        for each in self.fields:
            if name and _plain(each.get("name")) == wanted and each.get("type") != "hidden":
                return each
        return None


class _Reader(HTMLParser):
    """Where in a page its forms and their fields stand."""

    _ENCLOSING = frozenset({"details", "fieldset", "label", "select"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self.labels: dict[int, str] = {}  # by the place of a field or of a fieldset
        self.main = self.title = 0  # where their content begins
        self._lines = [0]
        for line in page.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._open: list[_Tag] = []
        self._form: _Form | None = None
        self._area: _Tag | None = None
        self._of_id: dict[str, str] = {}  # the labels so far, by the id of the field
        self._text: str | None = None  # of the label or legend around the place
        self._is_aside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        end = start + len(self.get_starttag_text() or "")
        found = _Tag(tag, dict(attrs), start, end, tuple(self._open))
        if tag == "main":
            self.main = end
        elif tag == "title":
            self.title = self.title or end
        elif tag == "small":
            self._is_aside = True
        elif tag == "form" and found.get("method").lower() == "post":
            self._form = _Form(found, {found.get("action").partition("#")[0]})
            self.forms.append(self._form)
        elif self._form:
            self._within(self._form, found)
        if tag in self._ENCLOSING:
            self._open.append(found)
        if tag in ("label", "legend"):
            self._text = ""

    def _within(self, form: _Form, found: _Tag) -> None:
        if found.name in ("input", "textarea", "select"):
            form.fields.append(found)
            self.labels[found.start] = self._of_id.get(found.get("id"), "")
        if found.name == "textarea":
            self._area = found
        if found.name == "button" and found.get("formaction"):
            form.actions.add(found.get("formaction"))
        if found.name == "option" and found.around:
            form.options.setdefault(found.around[-1].start, []).append(found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "small":
            self._is_aside = False
        elif tag == "textarea" and self._area:
            self._area.inner_end = self._here()
            self._area = None
        elif tag == "legend" and self._open and self._open[-1].name == "fieldset":
            self._open[-1].legend_end = self._here() + len("</legend>")
            self.labels[self._open[-1].start] = self._read()
        elif self._open and self._open[-1].name == tag:
            closed = self._open.pop()
            closed.inner_end = self._here()
            if tag == "label":
                self._of_id[closed.get("for")] = self._read()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._is_aside and not self._area:
            self._text += data

    def _read(self) -> str:
        text, self._text = " ".join((self._text or "").split()), None
        return text

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


class _Written:
    """The page with its changes, each kept at its place."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._tags: dict[int, tuple[_Tag, dict[str, str | None]]] = {}
        self._contents: dict[int, tuple[int, str]] = {}  # by where it begins: its end, the new one
        self._added: dict[int, str] = {}

    def fill(self, form: _Form, sent: Sent) -> None:
        seen: Counter[str] = Counter()
        for each in form.fields:
            name, kind = each.get("name"), each.get("type")
            for around in each.around:
                if around.name == "details":
                    self.change(around, open="")
            if name == _TOKEN or kind in _NOT_GIVEN_BACK:
                continue
            values, place = sent.get(name, ()), seen[name]
            seen[name] += 1
            if kind in _CHOSEN:
                is_chosen = (each.get("value") or "on") in values
                self.change(each, checked="" if is_chosen else None)
            elif each.name == "select" and name in sent:
                for option in form.options.get(each.start, ()):
                    self.change(option, selected="" if option.get("value") in values else None)
            elif each.name == "textarea" and place < len(values):
                # The first line break within the tag is not part of the text.
                self._contents[each.end] = each.inner_end, f"\n{escape(values[place])}"
            elif place < len(values):
                self.change(each, value=values[place])

    def complain(self, form: _Form, problem: Problem, number: int) -> tuple[str, int]:
        """Say what is wrong where it is wrong. Gives the id of that tag, and its place."""
        found, own_id = form.find(problem.field), f"problem-{number}"
        fieldset = (
            next((each for each in reversed(found.around) if each.name == "fieldset"), None)
            if found and found.get("type") in _CHOSEN
            else None
        )
        text = Markup('<span class="problem" id="{}">{}</span>').format(own_id, problem.message)
        of = fieldset or found or form.tag
        if fieldset:
            self.add(max(fieldset.end, fieldset.legend_end), text)
        elif found:
            self.add(found.after, text)
            self.change(found, **{"aria-invalid": "true"})
        else:
            self.add(form.tag.end, text)
        _, changed = self._tags.get(of.start, (of, {}))
        there = changed.get("id") or of.get("id") or f"refused-{number}"
        before = changed.get("aria-describedby") or of.get("aria-describedby")
        described = " ".join(filter(None, (before, own_id)))
        self.change(of, **{"id": there, "aria-describedby": described})
        if of.name != "input" and of is not found:
            self.change(of, tabindex="-1")
        return there, of.start

    def change(self, tag: _Tag, **attributes: str | None) -> None:
        self._tags.setdefault(tag.start, (tag, {}))[1].update(attributes)

    def add(self, at: int, text: str) -> None:
        self._added[at] = self._added.get(at, "") + text

    def text(self) -> str:
        parts, reached = [], 0
        for place in sorted({*self._tags, *self._contents, *self._added}):
            parts.append(self._page[reached:place])
            reached = place
            if place in self._added:
                parts.append(self._added[place])
            if place in self._contents:
                reached, content = self._contents[place]
                parts.append(content)
            if place in self._tags:
                tag, attributes = self._tags[place]
                parts.append(tag.written(attributes))
                reached = tag.end
        return "".join((*parts, self._page[reached:]))


def _plain(name: str) -> str:
    """One spelling for the names that the domain and forms give to one thing."""
    return name.replace("_", "-").removesuffix("s")
