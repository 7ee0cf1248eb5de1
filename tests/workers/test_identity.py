"""What measures is told apart by the versions that decide its numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.workers import identity as module
from review.workers.identity import difference, identity


def test_it_names_python_the_libraries_and_this_program() -> None:
    assert [name for name, _ in identity()] == ["Python", "distributed", "sacrebleu", "numba", "numpy", "review"]


def test_nothing_differs_from_itself() -> None:
    assert difference(identity(), identity()) == ""


def test_the_first_difference_is_told() -> None:
    other = tuple((name, "9.9" if name == "sacrebleu" else value) for name, value in identity())
    mine = dict(identity())["sacrebleu"]
    assert difference(identity(), other) == f"sacrebleu 9.9 there and {mine} here"


def test_a_changed_line_of_a_metric_is_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "metrics" / "x.py"
    file.parent.mkdir()
    monkeypatch.setattr(module.review, "__file__", str(tmp_path / "__init__.py"))
    file.write_text("a = 1\n")
    before = module._digest()
    assert module._digest() == before
    file.write_text("a = 2\n")
    assert module._digest() != before
