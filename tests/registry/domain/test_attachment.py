"""Files that are handed in: what they are is in their bytes."""

import io
from zipfile import ZIP_STORED, ZipFile

import docx
import pytest

from registry.domain import attachment as domain
from registry.domain.attachment import attachment
from registry.domain.record import InvalidRecord

OPEN_TEXT = ("mimetype", "application/vnd.oasis.opendocument.text")


def zipped(*names, first=None):
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        if first:
            archive.writestr(*first)
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


def word(*more):
    return zipped("[Content_Types].xml", "word/document.xml", *more)


WORD = word()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"%PDF-1.7 ..."),
        ("Übersicht 2.PDF", b"%PDF-1.4"),
        ("photo.jpg", b"\xff\xd8\xff\xe0"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0"),
        ("map.png", b"\x89PNG\r\n\x1a\n.."),
        ("statement.docx", WORD),
        ("table.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml")),
        ("letter.odt", zipped("content.xml", first=OPEN_TEXT)),
        ("names.csv", "имя,名前\n".encode()),
        ("notes.v2.txt", b"plain"),
        ("Conduct.txt", b"plain"),
        ("何が？.txt", b"plain"),
    ],
)
def test_documents_pictures_and_texts_are_taken(name, content):
    kept = attachment(name, content)
    assert (kept.name, kept.size, len(kept.sha256)) == (name, len(content), 64)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt", "/etc/x.txt", "..\\x.txt", "C:\\x.txt", "a/b.pdf", ".htaccess.txt",
        ".txt", " x.txt", "x.txt ", "x\x00.txt", "x\n.txt", "\u202efdp.exe.txt", "x?.txt",
        "x:y.txt", "a" * 150 + ".txt", "", "CON.txt", "nul.tar.txt", "com1.txt", "LPT9 .txt",
        "..\u2215x.txt", "a\uff0fb.txt", "a\uff3cb.txt", "a\u2044b.txt",
    ],
)  # fmt: skip
def test_a_name_that_is_a_path_or_hides_something_is_refused(name):
    with pytest.raises(InvalidRecord):
        attachment(name, b"text")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.zip", b"PK\x03\x04", id="archive"),
        pytest.param("a.docm", b"PK\x03\x04", id="macros"),
        pytest.param("a.html", b"<script>", id="page"),
        pytest.param("a.svg", b"<svg>", id="picture with scripts"),
        pytest.param("a.exe", b"MZ", id="program"),
        pytest.param("a", b"text", id="no ending"),
        pytest.param("a.pdf.exe", b"%PDF-", id="two endings"),
        pytest.param("a.pdf", b"MZ", id="a program called a document"),
        pytest.param("a.png", b"<html>", id="a page called a picture"),
        pytest.param("a.docx", b"\xd0\xcf\x11\xe0", id="another office format"),
        pytest.param("a.docx", b"PK\x03\x04...", id="the beginning of an archive"),
        pytest.param("a.docx", zipped("payload.exe"), id="an archive called a document"),
        pytest.param("a.xlsx", WORD, id="a letter called a table"),
        pytest.param("a.odt", zipped("content.xml"), id="an archive called OpenDocument"),
        pytest.param("a.ods", zipped("content.xml", first=OPEN_TEXT), id="another type of it"),
        pytest.param("a.docx", WORD + b"<script>", id="something behind the archive"),
        pytest.param("a.docx", WORD[:-30], id="half an archive"),
        pytest.param("a.docx", WORD[:-10] + b"\xff\xff\xff\xff" + WORD[-6:], id="a false end"),
        pytest.param("a.docx", word("word/vbaProject.bin"), id="macros inside"),
        pytest.param("a.docx", word("word/activeX/activeX1.bin"), id="controls inside"),
        pytest.param("a.odt", zipped("content.xml", "Basic/x.xml", first=OPEN_TEXT), id="Basic"),
        pytest.param("a.docx", word("../../etc/passwd"), id="a path out of it"),
        pytest.param("a.docx", word("/etc/passwd"), id="a path from the root"),
        pytest.param("a.docx", word("..\\x"), id="a path in the other way"),
        pytest.param("a.pdf", b"%PDF-1.7 <</S/JavaScript/JS(x)>>", id="a script in a document"),
        pytest.param("a.pdf", b"%PDF-1.7 <</S/Launch/F(x)>>", id="a program to be started"),
        pytest.param("a.pdf", b"%PDF-1.7 <</S/J#61vaScrip#74/JS(x)>>", id="a script spelt out"),
        pytest.param("a.txt", b"\xff\xfe\x00", id="no text"),
        pytest.param("a.txt", b"a\x00b", id="a nought in a text"),
        pytest.param("a.txt", b"", id="nothing"),
    ],
)
def test_other_kinds_are_refused_whatever_their_name_says(name, content):
    with pytest.raises(InvalidRecord):
        attachment(name, content)


def test_a_file_beyond_the_bound_is_refused(monkeypatch):
    monkeypatch.setattr(domain, "MOST_BYTES", 10)
    attachment("a.txt", b"0123456789")
    with pytest.raises(InvalidRecord, match="larger"):
        attachment("a.txt", b"0123456789a")


def test_a_directory_that_would_take_long_to_read_is_not_read(monkeypatch):
    monkeypatch.setattr(domain, "_LONGEST_DIRECTORY", 200)
    attachment("a.docx", word())
    with pytest.raises(InvalidRecord, match="no DOCX file inside"):
        attachment("a.docx", word(*(f"word/{n}.xml" for n in range(20))))


def test_what_a_program_for_letters_writes_is_taken():
    stream = io.BytesIO()
    docx.Document().save(stream)
    assert attachment("a.docx", stream.getvalue()).size > 1_000
