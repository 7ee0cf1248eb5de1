"""translate-toolkit reads what was written. It is GPL and in an environment of its own, which make test makes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.formats.helpers import corrected, read, written
from tests.formats.originals import article, built

PYTHON = ROOT / ".venv-judge" / "bin" / "python"
SCRIPT = Path(__file__).with_name("toolkit.py")
TEXTS = ["Haier began in Qingdao.", "It grew & <grew>.", 'Kaos is "new"; 1 < 2.', "emoji 👩‍🏭 and rare 𠮷", "]]> stays"]
STORAGES = {"xliff": "xliff", "xliff2": "xliff2", "tmx": "tmx", "po": "po"}
"""Format to the judge's module for it."""


def judged(storage: str, path: Path) -> list[tuple[str, str]]:
    if not PYTHON.exists():
        pytest.skip("translate-toolkit is not installed in .venv-judge; make test installs it")
    run = subprocess.run([PYTHON, SCRIPT, storage, path], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-2000:]
    return [(source, target) for source, target in json.loads(run.stdout)]


@pytest.mark.parametrize("name", STORAGES)
def test_the_judge_reads_what_is_built(name: str, tmp_path: Path) -> None:
    made = article(TEXTS)
    path = tmp_path / "built"
    path.write_bytes(built(name, made)[0])
    assert judged(STORAGES[name], path) == [(item.source, item.hypothesis) for item in made.segments]


@pytest.mark.parametrize("name", STORAGES)
def test_the_judge_reads_a_corrected_original(name: str, tmp_path: Path) -> None:
    original, _ = built(name, article(TEXTS))
    header, (found,) = read(original, name)
    segments = [corrected(item, f"{number}. COSMOPlat & <Haier>") for number, item in enumerate(found.segments)]
    path = tmp_path / "corrected"
    path.write_bytes(written(header, [type(found)(found.name, tuple(segments))], original)[0])
    assert [target for _, target in judged(STORAGES[name], path)] == [item.text for item in segments]
