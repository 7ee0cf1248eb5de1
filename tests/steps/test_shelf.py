"""What was measured once is taken from the shelf, and never anything else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, NoReturn

import numpy as np
import pytest

from review.metrics import Metric, Options, Prepared, metrics
from review.steps.scoring import measuring, shelf
from review.steps.scoring.shelf import Shelf, digests
from tests.metrics.test_equality import HYPOTHESIS, REFERENCE, SECOND


@pytest.fixture(autouse=True)
def everything_is_worth_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "WORTH_KEEPING", 0.0)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Which metric measured how many segments, call by call."""
    calls: list[tuple[str, int]] = []
    original = Metric.measure

    def counted(self: Metric, hypotheses: list[str], prepared: Prepared, **extra: bool) -> np.ndarray:
        calls.append((self.name, len(hypotheses)))
        return original(self, hypotheses, prepared, **extra)

    monkeypatch.setattr(Metric, "measure", counted)
    return calls


def run(folder: Path, texts: dict[str, list[str]], names: tuple[str, ...] = ("bleu", "ter"), **extra: object) -> dict:
    references = Prepared.of(extra.pop("references", [REFERENCE]))  # type: ignore[arg-type]
    options = extra.pop("options", None)
    return measuring.matrices(texts, references, metrics(names, options), shelf=Shelf(folder), **extra)  # type: ignore[arg-type]


def total(calls: list[tuple[str, int]]) -> int:
    return sum(count for _, count in calls)


def test_the_second_time_nothing_is_measured_and_the_matrices_are_the_same(
    tmp_path: Path, measured: list[tuple[str, int]]
) -> None:
    first = run(tmp_path, {"a": HYPOTHESIS})
    assert total(measured) == 2 * len(HYPOTHESIS)
    measured.clear()
    second = run(tmp_path, {"another name": HYPOTHESIS})
    assert measured == []
    for name in ("bleu", "ter"):
        assert np.array_equal(first["a", name], second["another name", name])
        assert first["a", name].dtype == second["another name", name].dtype


def test_after_a_correction_only_the_corrected_segment_is_measured(
    tmp_path: Path, measured: list[tuple[str, int]]
) -> None:
    run(tmp_path, {"a": HYPOTHESIS})
    measured.clear()
    edited = [*HYPOTHESIS[:3], "something else", *HYPOTHESIS[4:]]
    found = run(tmp_path, {"a": edited})
    assert sorted(measured) == [("bleu", 1), ("ter", 1)]
    [bleu] = metrics(["bleu"])
    assert np.array_equal(found["a", "bleu"], bleu.measure(edited, Prepared.of([REFERENCE])))


def test_a_new_metric_and_a_new_system_are_measured_and_the_known_ones_are_not(
    tmp_path: Path, measured: list[tuple[str, int]]
) -> None:
    run(tmp_path, {"a": HYPOTHESIS}, ("bleu",))
    measured.clear()
    run(tmp_path, {"a": HYPOTHESIS, "b": SECOND}, ("bleu", "chrf"))
    assert {name: sum(count for other, count in measured if other == name) for name, _ in measured} == {
        "bleu": sum(one != other for one, other in zip(HYPOTHESIS, SECOND, strict=True)),
        "chrf": 2 * len(HYPOTHESIS),
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"references": [SECOND]},
        {"references": [REFERENCE, SECOND]},
        {"options": Options(tokenize="char", ter_case_sensitive=True)},
    ],
    ids=["other references", "more references", "other options"],
)
def test_other_references_and_options_are_another_board(
    tmp_path: Path, measured: list[tuple[str, int]], changed: dict[str, object]
) -> None:
    run(tmp_path, {"a": HYPOTHESIS})
    measured.clear()
    run(tmp_path, {"a": HYPOTHESIS}, **changed)
    assert total(measured) == 2 * len(HYPOTHESIS)


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 broken"])
def test_a_broken_file_is_passed_over(tmp_path: Path, measured: list[tuple[str, int]], content: bytes) -> None:
    run(tmp_path, {"a": HYPOTHESIS}, ("bleu",))
    [file] = tmp_path.rglob("*.npz")
    file.write_bytes(content)
    measured.clear()
    run(tmp_path, {"a": HYPOTHESIS}, ("bleu",))
    assert total(measured) == len(HYPOTHESIS)


def test_bytes_that_read_like_another_compression_are_passed_over(tmp_path: Path) -> None:
    run(tmp_path, {"a": HYPOTHESIS}, ("bleu",))
    [file] = tmp_path.rglob("*.npz")
    content = bytearray(file.read_bytes())
    directory = content.rindex(b"PK\x01\x02", 0, content.rindex(b"PK\x01\x02"))
    content[directory + 10] = 99
    file.write_bytes(content)
    assert run(tmp_path, {"a": HYPOTHESIS}, ("bleu",))["a", "bleu"].shape == (len(HYPOTHESIS), 10)


def test_another_version_of_the_program_measures_for_itself(
    tmp_path: Path, measured: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, {"a": HYPOTHESIS}, ("bleu",))
    measured.clear()
    monkeypatch.setattr(shelf, "identity", lambda: (("review", "another"),))
    run(tmp_path, {"a": HYPOTHESIS}, ("bleu",))
    assert total(measured) == len(HYPOTHESIS)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: IO[bytes], **_: object) -> NoReturn:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    run(tmp_path, {"a": HYPOTHESIS}, ("bleu",))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_killed_process_left_is_taken_away_after_a_day(tmp_path: Path) -> None:
    for name in ("old.part", "new.part"):
        (tmp_path / name).write_bytes(b"half")
    os.utime(tmp_path / "old.part", (1, 1))
    Shelf(tmp_path).tidy()
    assert [path.name for path in tmp_path.iterdir()] == ["new.part"]


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    found = run(tmp_path / "file", {"a": HYPOTHESIS}, ("chrf",))
    assert found["a", "chrf"].shape == (len(HYPOTHESIS), 18)


def test_a_folder_that_cannot_be_written_is_told_once_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    shelf = Shelf(tmp_path / "file")
    texts = {"a": HYPOTHESIS, "b": HYPOTHESIS[::-1]}
    measuring.matrices(texts, Prepared.of([REFERENCE]), metrics(["bleu", "ter"]), shelf=shelf)
    assert shelf.refused == (
        f"What was measured cannot be kept for next time in {tmp_path / 'file'} (Not a directory); "
        "set REVIEW_CACHE to a folder that can be written."
    )


def test_what_was_used_longest_ago_is_taken_away_first(tmp_path: Path) -> None:
    run(tmp_path, {"a": HYPOTHESIS}, ("bleu",))
    [old] = tmp_path.rglob("*.npz")
    os.utime(old, (1, 1))
    run(tmp_path, {"b": SECOND}, ("bleu",))
    [new] = [path for path in tmp_path.rglob("*.npz") if path != old]
    Shelf(tmp_path).tidy(new.stat().st_size)
    assert list(tmp_path.rglob("*.npz")) == [new]


def test_progress_reaches_the_total_with_what_was_known(tmp_path: Path) -> None:
    run(tmp_path, {"a": HYPOTHESIS}, ("bleu",))
    seen: list[tuple[int, int]] = []
    run(tmp_path, {"a": HYPOTHESIS, "b": SECOND}, ("bleu",), progress=lambda *at: seen.append(at))
    assert seen[-1] == (2 * len(HYPOTHESIS), 2 * len(HYPOTHESIS))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_texts_that_cannot_be_encoded_have_digests_too() -> None:
    assert len(set(digests(["\ud800", "\udfff", "a"]).tolist())) == 3
