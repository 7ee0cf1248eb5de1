"""What a fresh machine is told to do: pinned requirements, named licences, two commands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

REQUIREMENTS = ("requirements.txt", "requirements-test.txt")
OPTIONAL = "requirements-optional.txt"
JUDGE = "requirements-judge.txt"
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="GNU make is not installed")


def pins(name: str) -> list[str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith(("#", "-r "))]


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_to_one_version(name: str) -> None:
    assert pins(name)
    assert [line for line in pins(name) if not re.match(r"[\w.-]+==[\w.]+(;.*)?$", line)] == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_the_notice_names_the_licence_of_every_requirement(name: str) -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    missing = [pin for pin in pins(name) if not re.search(rf"\b{re.escape(pin.partition('==')[0])} +[A-Z]", notice)]
    assert missing == []


def dry_run(target: str, *, folder: Path = ROOT, **variables: str) -> str:
    settings = [f"{name}={value}" for name, value in variables.items()]
    command = ["make", "-n", target, *settings]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout


@needs_make
def test_make_app_installs_and_serves_and_takes_a_port(tmp_path: Path) -> None:
    printed = dry_run("app", VENV=str(tmp_path / "new"), PORT="8600")
    steps = ["-m venv", "pip install", "-r requirements.txt", "streamlit run app.py --server.port 8600"]
    places = [printed.index(step) for step in steps]
    assert places == sorted(places)
    assert "requirements-test.txt" not in printed


@needs_make
def test_make_test_installs_a_browser_and_runs_pytest(tmp_path: Path) -> None:
    printed = dry_run("test", VENV=str(tmp_path / "new"))
    steps = ["-r requirements.txt", "-r requirements-test.txt", "scripts/chromium", "-m pytest"]
    places = [printed.index(step) for step in steps]
    assert places == sorted(places)


@needs_make
def test_make_installs_nothing_again_until_a_requirement_changes(tmp_path: Path) -> None:
    for name in ("Makefile", OPTIONAL, *REQUIREMENTS, JUDGE):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv-judge").mkdir()
    (tmp_path / ".venv-judge" / ".installed").touch()
    os.utime(tmp_path / ".venv-judge" / ".installed", (2e9, 2e9))
    for number, name in enumerate(("bin/python", ".installed", ".installed-test")):
        (tmp_path / ".venv" / name).touch()
        os.utime(tmp_path / ".venv" / name, (2e9 + number, 2e9 + number))
    assert "install" not in dry_run("test", folder=tmp_path)
    os.utime(tmp_path / "requirements.txt", (2e9 + 9, 2e9 + 9))
    assert "pip install" in dry_run("app", folder=tmp_path)


@needs_make
def test_make_says_which_python_it_needs(tmp_path: Path) -> None:
    """An interpreter that is too old is refused before anything is made."""
    old = tmp_path / "python-old"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    command = ["make", "app", f"PYTHON={old}", f"VENV={tmp_path / 'new'}"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "is not Python 3.11, 3.12 or 3.13; name one that is: make PYTHON=python3.12" in result.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("name", "shell"), [(".ci/run", "bash"), ("scripts/chromium", "sh")])
def test_the_scripts_can_be_run(name: str, shell: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
    subprocess.run([shell, "-n", str(ROOT / name)], check=True)


def test_ci_runs_the_test_command_that_readme_gives() -> None:
    readme, ci = ((ROOT / name).read_text("utf-8") for name in ("README.md", ".ci/run"))
    assert "\nmake test " in readme
    assert re.search(r'^step "make test" make .*\btest$', ci, re.MULTILINE)


def fake_programs(folder: Path, **scripts: str) -> dict[str, str]:
    """An environment whose PATH holds these shell scripts and nothing else."""
    for name, body in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    return {"PATH": str(folder)}


def run_chromium(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    shell = shutil.which("sh")
    assert shell
    command = [shell, str(ROOT / "scripts" / "chromium")]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


def test_a_chromium_that_is_there_is_left_alone(tmp_path: Path) -> None:
    result = run_chromium(fake_programs(tmp_path, chromium="exit 9"))
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_a_missing_chromium_is_installed_by_package(tmp_path: Path) -> None:
    asked = 'echo "$@" >&2'
    result = run_chromium(fake_programs(tmp_path, id="echo 0", **{"apt-get": asked}))
    assert result.returncode == 0
    assert "install -y --no-install-recommends chromium" in result.stderr


def test_without_a_way_to_install_chromium_one_sentence_says_so(tmp_path: Path) -> None:
    result = run_chromium(fake_programs(tmp_path, id="echo 1000"))
    assert result.returncode == 0
    assert result.stderr.startswith("No Chromium found and no way to install one")
