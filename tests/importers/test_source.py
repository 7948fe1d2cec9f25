import io
import os
import zipfile
from pathlib import Path
from random import Random

import pytest

from importers.base import FormatProblem, ImportProblem
from importers.reading.xml import Node, xml_elements, xml_root
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


def damaged(compression):
    """A zip with one file whose packed bytes were overwritten."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        archive.writestr("a.xml", Random(0).randbytes(2_000))
    content = bytearray(packed.getvalue())
    content[60:340] = b"\x00\xff" * 140
    return bytes(content)


@pytest.mark.parametrize(
    "compression",
    [
        pytest.param(zipfile.ZIP_DEFLATED, id="deflate"),
        pytest.param(zipfile.ZIP_BZIP2, id="bzip2"),
        pytest.param(zipfile.ZIP_LZMA, id="lzma"),
    ],
)
def test_a_damaged_zip_is_refused_by_name_however_it_was_packed(compression):
    with pytest.raises(ImportProblem, match=r"x\.zip: not a readable zip"):
        from_bytes("x.zip", damaged(compression))


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(os.mkfifo, id="a pipe that nobody writes to"),
        pytest.param(lambda path: path.symlink_to("/dev/zero"), id="a device without an end"),
    ],
)
def test_what_is_no_regular_file_is_refused_unread(tmp_path, make):
    make(tmp_path / "list.xml")
    with pytest.raises(ImportProblem, match=r"list\.xml: not a regular file"):
        open_source(tmp_path / "list.xml")


def test_a_path_that_the_system_refuses_is_refused_in_words():
    with pytest.raises(ImportProblem, match="File name too long"):
        open_source(Path("a" * 5_000))


def test_a_file_name_that_is_no_text_is_kept_as_text(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff.xml")
    path.write_bytes(b"<a/>")
    for source in (open_source(path), open_source(tmp_path)):
        assert source.parts[0].name == "\\xff.xml"
    assert open_source(path).name == "\\xff.xml"


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
