"""XML: elements one by one, without anything that a hostile file could pull in."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from importers.base import EntryProblem, FormatProblem
from importers.source import Part

Element = etree._Element


class Node:
    """An XML element, read by taking things out. Namespaces are ignored, text is stripped."""

    __slots__ = ("_attributes", "_children", "_element", "_taken", "_where", "tag", "value")

    def __init__(self, element: Element, where: str) -> None:
        self.tag = local(element.tag)
        self.value = (element.text or "").strip()
        self._element = element
        self._where = where
        attributes = element.items()
        self._attributes = {local(name): value for name, value in attributes} if attributes else {}
        self._children: dict[str, list[Element]] = {}
        children = self._children
        for child in element:
            tag: Any = child.tag
            if isinstance(tag, str):  # else a comment
                tag = local(tag)
                if tag in children:
                    children[tag].append(child)
                else:
                    children[tag] = [child]
        self._taken: list[Node] = []

    @property
    def line(self) -> int:
        return self._element.sourceline or 0  # type: ignore[return-value]

    def attribute(self, name: str) -> str:
        """Return the attribute, stripped, or "" if it is absent."""
        value = self._attributes.pop(name, "")
        return value.strip() if isinstance(value, str) else value.decode().strip()

    def all(self, tag: str) -> list["Node"]:
        """Take every child of this name; they are finished with their parent."""
        nodes = [Node(child, self._where) for child in self._children.pop(tag, ())]
        self._taken.extend(nodes)
        return nodes

    def one(self, tag: str) -> "Node | None":
        """Take the only child of this name. FormatProblem if there are several."""
        nodes = self.all(tag)
        if len(nodes) > 1:
            raise self.problem(f"<{tag}> stands {len(nodes)} times")
        return nodes[0] if nodes else None

    def text(self, tag: str) -> str:
        """Take the only child of this name as plain text, "" if absent or empty."""
        children = self._children.pop(tag, None)
        if children is None:
            return ""
        if len(children) > 1:
            raise self.problem(f"<{tag}> stands {len(children)} times")
        return self._plain(children[0])

    def texts(self, tag: str) -> list[str]:
        """Take every child of this name as plain text, leaving out the empty ones."""
        texts = [self._plain(child) for child in self._children.pop(tag, ())]
        return [text for text in texts if text]

    def has(self, tag: str) -> bool:
        return tag in self._children

    def finish(self, *, unused: frozenset[str] = frozenset()) -> None:
        """Raise FormatProblem if an attribute, a child or a text was overlooked, here or below.

        `unused` names attributes and children that the importer leaves out on purpose, at this
        level and below.
        """
        left = {
            f"@{name}"
            for name in self._attributes
            if name not in unused and name != "schemaLocation"
        }
        left |= {f"<{tag}>" for tag in self._children if tag not in unused}
        if left:
            raise self.problem(f"unread in <{self.tag}>: {', '.join(sorted(left))}")
        for node in self._taken:
            node.finish(unused=unused)

    def problem(self, what: str) -> FormatProblem:
        return FormatProblem(f"{self._where}, line {self.line}: {what}")

    def entry_problem(self, what: str) -> EntryProblem:
        return EntryProblem(f"{self._where}, line {self.line}: {what}")

    def _plain(self, element: Element) -> str:
        if len(element) or element.attrib:
            raise self.problem(f"<{local(element.tag)}> holds more than text")
        return (element.text or "").strip()


def local(tag: Any) -> str:
    text: str = tag
    return text.rpartition("}")[2] if "}" in text else text


@dataclass(frozen=True, slots=True)
class Root:
    """The first element of an XML file: local name, namespace, attributes by local name."""

    name: str
    namespace: str
    attributes: Mapping[str, str]


def xml_root(part: Part) -> Root | None:
    """Return the root of an XML file, or None if the bytes do not begin as XML."""
    start = part.content[:512].lstrip(b"\xef\xbb\xbf\x00\xff\xfe \t\r\n")
    if not start.startswith(b"<"):
        return None
    try:
        for _event, element in _iterparse(part, ("start",)):
            namespace, _, name = str(element.tag).rpartition("}")
            attributes = {local(key): str(value) for key, value in element.attrib.items()}
            return Root(name, namespace.removeprefix("{"), attributes)
    except etree.XMLSyntaxError:
        return None
    return None


def xml_elements(part: Part, tags: frozenset[str]) -> Iterator[Element]:
    """Yield each element with one of these local names when complete, and free it afterwards.

    Raises FormatProblem with the line if the file is not well-formed or has a DOCTYPE.
    """
    refuse_doctype(part)
    try:
        for _event, element in _iterparse(part, ("end",), tags):
            yield element
            element.clear()
            previous = element.getprevious()
            while previous is not None:
                parent = previous.getparent()
                if parent is None:
                    break
                parent.remove(previous)
                previous = element.getprevious()
    except etree.XMLSyntaxError as error:
        raise FormatProblem(
            f"{part.name}, line {error.lineno}: not well-formed XML ({error.msg}). "
            "The file is damaged or cut off: fetch it again."
        ) from error


def refuse_doctype(part: Part) -> None:
    """Official lists have none; hostile files use one to pull in or blow up entities."""
    content = part.content
    if b"\0" in content[:8]:  # UTF-16 or UTF-32: what is left without the zeros is searched
        content = content.replace(b"\0", b"")
    match = re.search(rb"<!\s*(DOCTYPE|ENTITY)", content, re.IGNORECASE)
    if match:
        line = content.count(b"\n", 0, match.start()) + 1
        raise FormatProblem(
            f"{part.name}, line {line}: has a DOCTYPE or an entity, which official lists do not. "
            "Fetch the file from the publisher."
        )


def _iterparse(
    part: Part, events: Sequence[str], tags: frozenset[str] | None = None
) -> Iterator[tuple[str, Element]]:
    parsed: Any = etree.iterparse(
        io.BytesIO(part.content),
        events=tuple(events),
        tag=None if tags is None else [f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    yield from parsed
