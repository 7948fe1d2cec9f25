"""A page with a form on it, written so that the form holds again what somebody sent, with what is
wrong beside its fields and in a summary above them.

What was typed as a password and which files were chosen is not given back.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree, html

from registry.web.sent import NOT_TEXT

Sent = Mapping[str, Sequence[str]]  # by field, its values in their order; text that XML can hold
_CHOSEN = frozenset({"checkbox", "radio"})
_NOT_GIVEN_BACK = {"password": "type the passwords again", "file": "choose the files again"}
_TOKEN = "csrf_token"  # another one on each page


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field; `field` is "" where it is with the form as a whole."""

    field: str
    message: str


def refilled(
    page: str,
    action: str,
    sent: Sent,
    title: str,
    problems: Sequence[Problem] = (),
    meanwhile: str | None = None,
) -> str | None:
    """The page with its form to this address filled; None if it holds no such form.

    A problem is put beside the field of its name, `listed_on` also beside one named `listed-on`
    and `measures` beside `measure`; one whose field is not shown, on top of the form. `meanwhile`
    is what somebody else saved, "" for nothing that can be read: it is shown, and hidden fields
    stay as the page has them, so that what is sent next starts from it.
    """
    document = html.document_fromstring(page)
    forms = [each for each in document.iter("form") if action in _addresses(each)]
    if not forms:
        return None
    # Of the forms to one address, the most alike is the one that was sent.
    form = max(forms, key=lambda each: _likeness(each, sent))
    _fill(form, sent, with_hidden=meanwhile is None)
    said = [_complain(form, each, number) for number, each in enumerate(problems, 1)]
    if meanwhile is not None:
        there = form.get("id", "yours")
        form.set("id", there)
        said.append(_element("a", "Go to what you typed", {"href": f"#{there}"}))
    main, name = next(document.iter("main")), next(document.iter("title"))
    main.insert(0, _summary(form, title, said, meanwhile))
    name.text = f"Not taken: {name.text}"
    return str(html.tostring(document, encoding="unicode", doctype="<!doctype html>"))


def _addresses(form: etree._Element) -> set[str]:
    """Where a form that changes something may be sent, without the place on the page."""
    if form.get("method", "").lower() != "post":
        return set()
    buttons = {each.get("formaction", "") for each in form.iter("button")}
    return {form.get("action", "").partition("#")[0], *(buttons - {""})}


def _likeness(form: etree._Element, sent: Sent) -> int:
    """How many of its hidden fields hold what was sent, less those that do not."""
    return sum(
        1 if each.get("value", "") in sent.get(each.get("name", ""), ()) else -1
        for each in _fields(form)
        if each.get("type") == "hidden" and each.get("name") != _TOKEN
    )


def _fields(form: etree._Element) -> Iterator[etree._Element]:
    return form.iter("input", "textarea", "select")


def _fill(form: etree._Element, sent: Sent, *, with_hidden: bool) -> None:
    seen: Counter[str] = Counter()
    for each in _fields(form):
        for folded in each.iterancestors("details"):
            folded.set("open", "")
        name, kind = each.get("name", ""), each.get("type")
        if name == _TOKEN or kind in _NOT_GIVEN_BACK or (kind == "hidden" and not with_hidden):
            continue
        values, place = sent.get(name, ()), seen[name]
        seen[name] += 1
        if kind in _CHOSEN:
            _mark(each, "checked", each.get("value", "on") in values)
        elif each.tag == "select" and name in sent:
            for option in each.iter("option"):
                _mark(option, "selected", option.get("value", "") in values)
        elif each.tag == "textarea" and place < len(values):
            each.text = f"\n{values[place]}"  # the first line break is not part of the text
        elif place < len(values):
            each.set("value", values[place])


def _mark(tag: etree._Element, attribute: str, is_so: bool) -> None:
    if is_so:
        tag.set(attribute, "")
    else:
        tag.attrib.pop(attribute, "")


def _complain(form: etree._Element, problem: Problem, number: int) -> etree._Element:
    """Say what is wrong where it is wrong. Gives the link that leads there."""
    found = _find(form, problem.field)
    group = None
    if found is not None and found.get("type") in _CHOSEN:
        group = next(found.iterancestors("fieldset"), None)
    said = _element("span", problem.message, {"class": "problem", "id": f"problem-{number}"})
    if found is None or group is not None:
        of = form if group is None else group
        legend = next(iter(of.findall("legend")), None)
        if legend is None:
            _put_first(of, said)
        else:
            _put_after(legend, said)
        of.set("tabindex", "-1")
    else:
        of = found
        of.set("aria-invalid", "true")
        _put_after(of, said)
    there = of.get("id") or f"refused-{number}"
    of.set("id", there)
    of.set("aria-describedby", f"{of.get('aria-describedby', '')} problem-{number}".strip())
    label = _label(form, of)
    text = f"{label}: {problem.message}" if label else problem.message
    return _element("a", text, {"href": f"#{there}"})


def _find(form: etree._Element, name: str) -> etree._Element | None:
    """The first field of this name that is shown."""
    for each in _fields(form):
        is_shown = each.get("type") != "hidden"
        if name and is_shown and _plain(each.get("name", "")) == _plain(name):
            return each
    return None


def _label(form: etree._Element, of: etree._Element) -> str:
    """What a field or a group of them is called, without what is explained beside it."""
    named = (each for each in form.iter("label") if each.get("for") == of.get("id"))
    label = next(iter((*of.findall("legend"), *named)), None)
    if label is None:
        return ""
    name = deepcopy(label)
    etree.strip_elements(name, "small", with_tail=False)
    return " ".join("".join(map(str, name.itertext())).split())


def _summary(
    form: etree._Element, title: str, said: Sequence[etree._Element], meanwhile: str | None
) -> etree._Element:
    kinds = {each.get("type") for each in _fields(form)}
    lost = [text for kind, text in _NOT_GIVEN_BACK.items() if kind in kinds]
    but = f"; {' and '.join(lost)}" if lost else ""
    lead = f"Nothing was changed. What you typed is still below{but}."
    if meanwhile is not None:
        lead = f"Yours is not saved, and is still below{but}. Compare both, and send what is right."
    summary = _element("section", "", {"class": "problems", "aria-labelledby": "refused"})
    summary.attrib.update({"tabindex": "-1", "autofocus": ""})
    summary.append(_element("h2", title, {"id": "refused"}))
    summary.append(_element("p", lead, {}))
    if meanwhile:
        summary.append(_element("h3", "Saved meanwhile", {}))
        summary.append(_element("pre", meanwhile, {}))
    items = _element("ul", "", {})
    for each in said:
        item = _element("li", "", {})
        item.append(each)
        items.append(item)
    summary.append(items)
    return summary


def _element(tag: str, text: str, attributes: Mapping[str, str]) -> etree._Element:
    made = etree.Element(tag, dict(attributes))
    made.text = NOT_TEXT.sub("", text)  # a list may hold what no document does
    return made


def _put_first(tag: etree._Element, added: etree._Element) -> None:
    added.tail, tag.text = tag.text, None
    tag.insert(0, added)


def _put_after(tag: etree._Element, added: etree._Element) -> None:
    added.tail, tag.tail = tag.tail, None
    tag.addnext(added)


def _plain(name: str) -> str:
    """One spelling for the names that the domain and forms give to one thing."""
    return name.replace("_", "-").removesuffix("s")
