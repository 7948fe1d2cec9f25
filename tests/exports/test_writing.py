"""Files that are there whole or not at all, with their sources beside them."""

import hashlib
import io
import json
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports import columns, writing
from exports.problem import ExportProblem
from exports.writing import Format
from registry.domain.gap import Gap
from tests.exports import rows


def write(path: Path, *gaps: Gap, form: Format = Format.CSV) -> None:
    writing.write_file(columns.GAPS, gaps, rows.PROVENANCE, form, path)


def fails() -> Iterator[Gap]:
    yield rows.gap()
    raise RuntimeError("the database went away")


@pytest.mark.parametrize("form", Format)
def test_the_same_rows_give_the_same_file(form: Format, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write(first, rows.gap(), form=form)
    write(second, rows.gap(), form=form)
    assert first.read_bytes() == second.read_bytes() != b""


@pytest.mark.parametrize("form", Format)
def test_a_stream_gets_what_a_file_gets(form: Format, tmp_path: Path) -> None:
    stream = io.BytesIO()
    writing.write(columns.GAPS, [rows.gap()], rows.PROVENANCE, form, stream)
    write(tmp_path / "gaps", rows.gap(), form=form)
    assert stream.getvalue() == (tmp_path / "gaps").read_bytes()


@pytest.mark.parametrize("form", [Format.CSV, Format.JSON_LINES])
def test_a_file_of_data_only_has_its_sources_beside_it(form: Format, tmp_path: Path) -> None:
    path = tmp_path / f"gaps.{form}"
    write(path, rows.gap(), form=form)
    described = json.loads((tmp_path / f"gaps.{form}.sources.json").read_text())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert described["file"] == {"name": path.name, "sha256": digest}
    assert described["editions"][0]["sha256"] == "ab" * 32
    assert described["columns"]["missing_from"] == "The partner without the measure."


@pytest.mark.parametrize("form", [Format.JSON, Format.XLSX])
def test_a_file_that_holds_its_sources_stands_alone(form: Format, tmp_path: Path) -> None:
    write(tmp_path / "gaps", rows.gap(), form=form)
    assert [path.name for path in tmp_path.iterdir()] == ["gaps"]


@pytest.mark.parametrize("form", Format)
def test_an_export_that_fails_leaves_the_last_one(form: Format, tmp_path: Path) -> None:
    path = tmp_path / "gaps"
    path.write_text("the last one")
    with pytest.raises(RuntimeError, match="went away"):
        writing.write_file(columns.GAPS, fails(), rows.PROVENANCE, form, path)
    assert path.read_text() == "the last one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_replaced_file_keeps_its_permissions_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "gaps.csv", tmp_path / "newest.csv"
    path.write_text("")
    path.chmod(0o640)
    link.symlink_to(path)
    write(link, rows.gap())
    assert link.is_symlink()
    assert path.read_text().startswith("subject_id,")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    write(pipe, rows.gap())
    reader.join()
    assert received[0].startswith(b"subject_id,")
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "gaps.csv"
    with pytest.raises(ExportProblem) as problem:
        write(path, rows.gap())
    assert str(problem.value) == f"{path}: No such file or directory. Choose another place."


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("gaps.csv", Format.CSV),
        ("gaps.XLSX", Format.XLSX),
        ("a.b.json", Format.JSON),
        ("gaps.jsonl", Format.JSON_LINES),
    ],
)
def test_the_ending_names_the_format(name: str, form: Format) -> None:
    assert writing.format_of(Path(name)) is form


@pytest.mark.parametrize("name", ["gaps", "gaps.pdf", "csv"])
def test_an_ending_that_names_no_format_is_refused(name: str) -> None:
    with pytest.raises(ExportProblem, match=r"one of the endings \.csv"):
        writing.format_of(Path(name))


def test_rows_are_written_as_they_come() -> None:
    """An export of any length needs the memory of one row."""
    seen: list[int] = []

    class Watched(io.RawIOBase):
        def write(self, data: object) -> int:
            seen.append(made[0])
            return 0

    made = [0]

    def endless() -> Iterator[Gap]:
        for number in range(100):
            made[0] = number
            yield rows.gap()

    for form in (Format.CSV, Format.JSON_LINES, Format.JSON):
        seen.clear()
        writing.write(columns.GAPS, endless(), rows.PROVENANCE, form, Watched())  # type: ignore[arg-type]
        assert sorted(set(seen)) == list(range(100))
