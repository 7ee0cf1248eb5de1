"""Where compiled code does not work, sacrebleu measures, and the log says so."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from review.metrics import kernels, metrics
from review.metrics.kernels import failed
from review.metrics.significance.sums import add_in_order

TEXTS = ["a b c d e", "the cat sat .", ""]
PYTHON = f"py{sys.version_info.major}{sys.version_info.minor}"
REFERENCES = [["a b c d", "a cat sat there .", "x"]]


@pytest.fixture(autouse=True)
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the log says, in a process that has not failed yet."""
    monkeypatch.setattr(kernels, "failed", failed)
    monkeypatch.setattr(kernels, "_broken", None)
    monkeypatch.setattr(kernels, "_told", set())
    found: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    handler = Kept()
    logging.getLogger("review").addHandler(handler)
    yield found
    logging.getLogger("review").removeHandler(handler)


def assert_sacrebleu_measures() -> None:
    for metric in metrics(["bleu", "chrf", "chrf++", "ter"]):
        prepared = metric.prepare(REFERENCES)
        rows = metric.measure(TEXTS, prepared, fast=True)
        assert rows.tolist() == metric.measure(TEXTS, metric.prepare(REFERENCES), fast=False).tolist()
    rows = np.array([[1, 2], [3, 4]], dtype=np.float32)
    assert add_in_order(rows, np.array([[0, 0], [0, 1]], dtype=np.int32), fast=True).tolist() == [[2, 4], [4, 6]]


def test_without_numba_sacrebleu_measures_and_no_work_is_worth_it(
    said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    assert_sacrebleu_measures()
    assert said == ["compiled code does not work; sacrebleu measures, which takes longer"]
    assert not kernels.worth(1e9, ["bleu"])


def test_a_kernel_that_fails_is_tried_again_and_told_of_once(said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(name: str) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kernels, "load", full)
    assert_sacrebleu_measures()
    assert len(said) == 1
    assert kernels.worth(1e9, ["bleu"])


def test_a_cache_that_cannot_be_written_is_replaced_for_this_process(said: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    place = kernels._writable(tmp_path / "file" / "kernels")
    assert place.is_dir()
    assert tmp_path not in place.parents
    assert kernels._writable(tmp_path / "file" / "kernels") == place
    assert said == ["compiled code is not kept: the cache cannot be written"]
    kernels._TEMPORARY.pop(tmp_path / "file" / "kernels").cleanup()


def test_code_of_another_python_is_no_compiled_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "cache_folder", lambda: tmp_path)
    assert not kernels.compiled("bleu")
    (tmp_path / "bleu.measure-1.py299.nbi").write_text("")
    assert not kernels.compiled("bleu")
    (tmp_path / f"bleu.measure-1.{PYTHON}.nbi").write_text("")
    assert kernels.compiled("bleu")


def test_a_kernel_that_must_be_compiled_is_worth_less_than_one_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernels, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(kernels, "_loaded", {"chrf"})
    (tmp_path / f"bleu.measure-1.{PYTHON}.nbi").write_text("")
    assert kernels.worth(0.001, ["chrf"])
    assert not kernels.worth(0.001, ["chrf", "bleu"])
    assert kernels.worth(10.0, ["chrf", "bleu"])
    assert not kernels.worth(10.0, ["chrf", "bleu", "ter"])
