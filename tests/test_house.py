"""The plan of the house holds: walls, samples for each list, documents that speak the truth."""

import re
import shlex
import subprocess
import sys
from argparse import _SubParsersAction
from pathlib import Path

from importlinter.cli import lint_imports

from importers.catalogue import KEYS
from registry.cli.arguments import parser
from registry.domain.cell import State
from registry.domain.gap import GapType
from registry.domain.party import Kind

ROOT = Path(__file__).resolve().parents[1]


def test_import_contracts_are_kept():
    assert lint_imports() == 0


def test_pure_rooms_load_no_framework():
    code = (
        "import sys, registry.domain.coverage, matching.engine, exports.writing;"
        "never = {'flask', 'huey', 'marshmallow', 'requests', 'sqlalchemy'};"
        "print(sorted(never & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_only_what_works_on_the_queue_loads_it():
    code = (
        "import sys, registry.cli, registry.cli.outcome, registry.services.jobs;"
        "print('huey' in sys.modules)"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"


def test_the_top_level_is_as_agreed():
    tracked = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).split("\n")
    folders = {path.partition("/")[0] for path in tracked if "/" in path}
    assert folders == {
        ".ci", "benchmarks", "docs", "exports", "importers", "matching", "registry",
        "sample_lists", "tests",
    }  # fmt: skip


def test_every_list_has_a_data_file_and_every_public_list_two_sample_editions():
    for key in KEYS:
        assert (ROOT / "importers" / f"{key.replace('-', '_')}.toml").is_file()
        if not key.startswith("partner-submission"):
            assert len(list((ROOT / "sample_lists" / key).glob("????-??-??"))) >= 2, key


def test_the_method_defines_every_state_and_gap_type():
    method = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    for word in (*State, *GapType):
        assert f"`{word}`" in method, word


def unknown_words(command: str) -> list[str]:
    """What of a command as a document prints it the command line does not know."""
    here, unknown = parser(), []
    for word in shlex.split(command, comments=True)[1:]:
        choices = next((a.choices for a in here._actions if isinstance(a, _SubParsersAction)), {})
        if word in choices:
            here = choices[word]
        elif (choices and here.prog == "registry") or (
            word.startswith("-") and word.partition("=")[0] not in here._option_string_actions
        ):
            unknown.append(word)
    return unknown


def test_documents_name_only_commands_and_options_that_exist():
    for document in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        text = document.read_text(encoding="utf-8")
        blocks = "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL))
        named = re.findall(r"^registry .*", blocks, re.MULTILINE)
        named += re.findall(r"`(registry [^`\n]+)`", text)
        assert named or document.name not in ("README.md", "operations.md")
        for command in named:
            assert not unknown_words(command), f"{document.name}: {command}"


def test_documents_link_to_files_that_exist():
    for document in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for link in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.name}: {link}"


def test_the_lock_files_name_no_registry():
    for lock in ROOT.glob("*.lock"):
        assert "://" not in lock.read_text(encoding="utf-8")


def test_kinds_are_the_command_lines_kinds():
    assert {each.value for each in Kind} == {"person", "entity", "vessel", "aircraft", "unknown"}
