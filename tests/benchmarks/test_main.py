"""The figures are printed with the machine they were taken on, and kept."""

from __future__ import annotations

import json
import platform
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import __main__ as bench
from benchmarks import machine


@pytest.fixture
def one_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    figures = {"load": {"p50": 0.1234, "p95": 2.0}, "stored": 12345, "signature": "v:1"}
    monkeypatch.setattr(bench.registry, "find", lambda package, name: {"trial": lambda: figures})
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "results")
    return tmp_path / "results" / "trial.json"


def test_figures_are_printed_as_a_person_would_write_them(one_part: Path) -> None:
    result = CliRunner().invoke(bench.main, ["trial"])
    assert result.exit_code == 0, result.output
    assert "  load\n    p50  0.123\n    p95  2\n" in result.stdout
    assert "  stored     12,345\n  signature  v:1\n" in result.stdout


def test_figures_are_kept_with_the_machine(one_part: Path) -> None:
    CliRunner().invoke(bench.main, [])
    kept = json.loads(one_part.read_text("utf-8"))
    assert kept["figures"]["load"]["p95"] == 2.0
    assert kept["machine"]["python"] == f"Python {platform.python_version()}"


def test_an_unknown_part_is_named_with_those_there_are(one_part: Path) -> None:
    result = CliRunner().invoke(bench.main, ["trail"])
    assert result.exit_code == 2
    assert "There is no part trail; there are trial." in result.stderr


def test_the_machine_is_described_without_its_name() -> None:
    described = machine.facts()
    assert all(described.values())
    assert platform.node() not in " ".join(described.values())


def test_every_part_says_what_it_measures() -> None:
    result = CliRunner().invoke(bench.main, ["--list"])
    assert result.exit_code == 0, result.output
    assert all(len(line.split()) > 3 for line in result.stdout.splitlines())
