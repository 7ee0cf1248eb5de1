"""What README says is true: its commands run, its tables are the program's own, its links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from review.settings import Settings
from scripts import formats as format_table
from scripts import keys
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [
    line.removeprefix("$ ")
    for block in re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ")
]
FILES = {
    "mt.txt": "The port is busy. Physical economy grows.\n",
    "source.txt": "港口很繁忙。实体经济增长。\n",
    "reference.txt": "The port is busy. The real economy is growing.\n",
    "source.zh": "港口很繁忙。\n实体经济增长。\n",
    "reference.en": "The port is busy.\nThe real economy is growing.\n",
    "mqm.tsv": "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
    "system-a\tport\t1\t1\tr1\t港口很繁忙。\tThe port is busy.\tNo-error\tno-error\n"
    "system-a\tport\t2\t2\tr1\t实体经济增长。\t<v>Physical economy</v> grows.\tTerminology/Wrong term\tMajor\n",
    "comet.json": '{"system-a.en": [{"COMET": 0.9}, {"COMET": 0.6}], "system-b.en": [{"COMET": 0.7}, {"COMET": 0.9}]}',
    "client.tmx": '<tmx version="1.4"><header srclang="zh"/><body><tu><tuv xml:lang="zh"><seg>双循环</seg></tuv>'
    '<tuv xml:lang="en"><seg>dual circulation</seg></tuv></tu></body></tmx>',
    "mqm.seg.score": "system-a\t0\nsystem-a\t-5\nsystem-b\t-1\nsystem-b\t0\n",
    "system-a.en": "The port is busy.\nPhysical economy grows.\n",
    "system-b.en": "The harbour is very busy.\nThe real economy grows.\n",
}


def between(mark: str) -> str:
    """What stands between ``<!-- mark... -->`` and ``<!-- /mark -->``."""
    found = re.search(rf"<!-- {mark}\b.*?-->\n(.*?)<!-- /{mark} -->", README, re.DOTALL)
    assert found, f"README has no part marked {mark}"
    return found[1].strip()


def cells(table: str) -> list[list[str]]:
    """The rows of a Markdown table, without its head."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small files that the commands name, and the samples."""
    place = tmp_path_factory.mktemp("readme")
    for name, text in FILES.items():
        (place / name).write_text(text, "utf-8")
    (place / "corpora").symlink_to(ROOT / "corpora")
    return place


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_in_readme_works(command: str, folder: Path) -> None:
    """They run in README's order against one database, as a reader would type them."""
    words = shlex.split(command)
    assert words[:3] == ["python", "-m", "review"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "REVIEW_DATABASE_URL": f"sqlite:///{folder / 'r.sqlite3'}"}
    result = subprocess.run(
        [sys.executable, *words[1:]], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    told = [line for line in result.stderr.splitlines() if "export" not in words or " cannot hold " not in line]
    assert (result.returncode, told) == (0, [])
    if "--output" in words:
        assert (folder / words[words.index("--output") + 1]).stat().st_size > 0


def test_readme_shows_commands() -> None:
    named = {"import", "export", "evaluate", "flag", "mqm", "score", "replay"}
    assert {command.split()[3] for command in COMMANDS} >= named


def test_the_settings_table_is_the_program_s_own() -> None:
    documented = [(row[0].strip("`"), row[1].strip("`")) for row in cells(between("settings"))]
    own = []
    for field in fields(Settings):
        default = int(field.default) if isinstance(field.default, bool) else field.default
        own.append((f"REVIEW_{field.name.upper()}", str(default) or "empty"))
    assert documented == own


def test_the_table_of_keys_is_the_grid_s_own() -> None:
    made = keys.table(keys.COMMANDS.read_text("utf-8"))
    assert between("keys") == made.strip(), "run: python -m scripts.keys"


def test_every_make_target_that_readme_names_is_there() -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", README))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"app", "test", "check", "bench"} <= named
    assert named <= targets


def test_every_file_that_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_table_of_formats_is_the_program_s_own() -> None:
    from review.formats import formats

    assert between("formats") == format_table.table(formats().values()).strip(), "run: python -m scripts.formats"


def test_the_formats_in_readme_are_those_of_the_program() -> None:
    from review.formats import formats

    rows = [line.split("|")[1] for line in README.splitlines() if line.startswith("| `") and "REVIEW_" not in line]
    tables = {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}
    assert tables - {"original"} == {name.replace("_", "-") for name in formats()}
    assert set(re.findall(r"--format (\S+)", README)) <= tables | {"json", "sarif"}
