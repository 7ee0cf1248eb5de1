"""The two sides of the scoring figures are the same work, and sacrebleu's is done once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import natives, processes, scoring
from review.metrics import Prepared, metrics
from review.steps.scoring import Measured
from scripts.figures import ROWS, table

REFERENCE = ["the port is open", "trade grew by 5% in May", "a new line", "cargo left the north berth"] * 5
SYSTEMS = {
    "one": [text.replace("the", "a") for text in REFERENCE],
    "two": [" ".join(reversed(text.split())) for text in REFERENCE],
    "three": [text if number % 3 else "" for number, text in enumerate(REFERENCE)],
}


@pytest.fixture(autouse=True)
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(natives, "RESULTS", tmp_path / "results")
    return tmp_path / "results"


@pytest.mark.parametrize("name", processes.METRICS)
def test_sacrebleus_own_scores_and_rows_are_those_that_are_compared(name: str) -> None:
    [metric] = metrics([name])
    rows: dict[tuple[str, str], np.ndarray] = {}
    theirs = natives.scored(name, SYSTEMS, REFERENCE)
    figures = scoring.measured(metric, SYSTEMS, Prepared.of([REFERENCE]), theirs, rows)
    assert figures["segments whose statistics are equal (==)"] == "60 of 60"
    assert figures["scores and signatures equal (==)"] == "3 of 3"
    assert set(rows) == {(system, name) for system in SYSTEMS}


def test_what_was_measured_is_read_and_not_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = natives.scored("bleu", SYSTEMS, REFERENCE)
    monkeypatch.setattr(natives, "natives", lambda references=None: pytest.fail("measured again"))
    again = natives.scored("bleu", SYSTEMS, REFERENCE)
    assert (again.seconds, again.scores, again.signature) == (first.seconds, first.scores, first.signature)
    assert (again.rows == first.rows).all()


@pytest.mark.parametrize("test", scoring.TESTS)
def test_sacrebleus_tests_of_the_first_systems_give_what_ours_give(test: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(scoring.TESTS, test, (scoring.TESTS[test][0], 50))
    chosen, prepared = metrics(processes.METRICS), Prepared.of([REFERENCE])
    rows = {(name, metric.name): metric.measure(SYSTEMS[name], prepared) for metric in chosen for name in SYSTEMS}
    found = Measured(tuple(SYSTEMS), tuple(chosen), prepared.counts, rows)
    theirs = {metric.name: natives.scored(metric.name, SYSTEMS, REFERENCE) for metric in chosen}
    figures = scoring.compared(found, test, theirs)
    assert figures["results equal, of the first and 2 others (==)"] == "12 of 12"


def test_a_cache_is_emptied_of_all_but_compiled_code(tmp_path: Path) -> None:
    for name in ("kernels-1", "statistics"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    (tmp_path / "loose").touch()
    processes.forget(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kernels-1"]
    assert (tmp_path / "kernels-1" / "file").exists()


def test_a_process_that_fails_is_no_figure(tmp_path: Path) -> None:
    processes.write(tmp_path / "a.en", REFERENCE)
    with pytest.raises(RuntimeError, match=r"exit code 2: .*no-such-file"):
        processes.score([tmp_path / "a.en", "-r", tmp_path / "no-such-file"], tmp_path)


def test_a_process_is_measured(tmp_path: Path) -> None:
    processes.write(tmp_path / "a.en", REFERENCE)
    run = processes.score([tmp_path / "a.en", "-r", tmp_path / "a.en"], tmp_path)
    assert run.seconds > 0
    assert run.cpu > 0
    assert run.memory > 10


def test_every_row_of_readme_is_a_figure_of_this_part() -> None:
    equal = {"segments whose statistics are equal (==)": "1 of 1", "times as quick": 300.0}
    figures = {
        **dict.fromkeys(processes.METRICS, equal),
        "published scores equal (==)": "1 of 1",
        **{test: {"times as quick": 120.0} for test in scoring.TESTS},
        "a new process, all systems": {"compiled before, s": 9.0, "nothing compiled, s": 50.0},
        "a new process, one article, s": 1.2,
        "a new process, 1,000,000 segments": {"s": 50.0, "memory at most, MiB": 1500.0},
        "one correction": {"all metrics, scores, ms": 0.2},
    }
    made = table({"scoring": {"figures": figures, "machine": {"processor": "A chip"}}})
    assert made.count("\n| ") == 1 + sum(part == "scoring" for _, _, part, _ in ROWS)
