import io
import zipfile

import pytest

from importers.base import FormatProblem, ImportProblem
from importers.reading import Node, xml_elements, xml_root
from importers.source import Part, from_bytes, open_source


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_a_folder_and_a_zip_of_the_same_files_are_the_same_source(tmp_path):
    (tmp_path / "sdn.csv").write_bytes(b"1")
    (tmp_path / "alt.csv").write_bytes(b"2")
    folder = open_source(tmp_path)
    packed = from_bytes("x.zip", zipped(**{"ALT.CSV": b"2", "SDN.CSV": b"1"}))
    assert folder.sha256 == packed.sha256
    assert folder.archived == packed.archived


def test_a_file_is_archived_byte_for_byte(tmp_path):
    (tmp_path / "list.xml").write_bytes(b"\xef\xbb\xbf<a/>\r\n")
    assert open_source(tmp_path / "list.xml").archived == b"\xef\xbb\xbf<a/>\r\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04 not a zip", id="a zip cut off"),
        pytest.param(zipped(), id="a zip of nothing"),
    ],
)
def test_what_holds_nothing_is_refused(content):
    with pytest.raises(ImportProblem):
        from_bytes("x", content)


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(ImportProblem, match=r"gone\.xml: No such file"):
        open_source(tmp_path / "gone.xml")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'<!DOCTYPE a [<!ENTITY x "y">]>\n<a>&x;</a>', id="entity"),
        pytest.param(b'<!DOCTYPE a SYSTEM "file:///etc/passwd">\n<a/>', id="system"),
        pytest.param("<!DOCTYPE a><a/>".encode("utf-16"), id="hidden in UTF-16"),
    ],
)
def test_a_doctype_is_refused(content):
    with pytest.raises(FormatProblem, match="line 1: has a DOCTYPE"):
        list(xml_elements(Part("x.xml", content), frozenset({"a"})))


def test_a_file_cut_off_is_refused_with_its_line():
    with pytest.raises(FormatProblem, match="line 2: not well-formed"):
        list(xml_elements(Part("x.xml", b"<a>\n<b>1</b"), frozenset({"b"})))


def test_the_root_is_read_without_its_namespace():
    root = xml_root(Part("x", b'<e xmlns="http://x/y" generationDate="2026-03-20"><f/></e>'))
    assert root is not None
    assert (root.name, root.namespace) == ("e", "http://x/y")
    assert root.attributes["generationDate"] == "2026-03-20"
    assert xml_root(Part("x", b"a,b\n1,2\n")) is None


def test_an_element_that_was_overlooked_is_named():
    for element in xml_elements(Part("x.xml", b"<r><a k='1'><b>x</b><c>y</c></a></r>"), {"a"}):
        a = Node(element, "x.xml")
        assert a.text("b") == "x"
        with pytest.raises(FormatProblem, match=r"line 1: unread in <a>: <c>, @k"):
            a.finish()
        a.finish(unused=frozenset({"c", "k"}))


def test_a_child_of_a_taken_child_can_not_be_overlooked():
    for element in xml_elements(Part("x.xml", b"<r><a><b><c>y</c></b></a></r>"), {"a"}):
        a = Node(element, "x.xml")
        assert a.one("b") is not None
        with pytest.raises(FormatProblem, match="unread in <b>: <c>"):
            a.finish()
