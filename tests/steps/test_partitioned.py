"""A file of columns, measured in partitions, has the scores of the same texts measured as lists."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from review.errors import InputError
from review.formats import partitions
from review.metrics import metrics
from review.steps import scoring
from review.steps.scoring.partitioned import Task, count
from review.workers import Grain
from review.workers.here import Threads

WORDS = "the port opened in 1980 and moved 4.1 million tonnes of coal , ore and grain last year .".split()
COUNT = 90
DRAW = random.Random(5)
REFERENCES = [
    [" ".join(DRAW.choices(WORDS, k=5 + number % 12)) for _ in range(1 + number % 2)] for number in range(COUNT)
]
STREAMS: list[list[str | None]] = [
    [texts[0] for texts in REFERENCES],
    [texts[1] if len(texts) > 1 else None for texts in REFERENCES],
]
TEXTS = {
    name: ["" if number == 17 else " ".join(DRAW.choices(WORDS, k=8)) for number in range(COUNT)] for name in ("B", "A")
}
METRICS = ("bleu", "chrf", "ter")
SMALL = Threads(2, Grain(smallest=1, largest=7, seconds=60))


def row(system: str, number: int) -> dict[str, Any]:
    return {
        "article": f"article {number // 20}",
        "segment": str(number),
        "system": system,
        "hypothesis": TEXTS[system][number],
        "references": REFERENCES[number],
    }


ONE_AFTER_THE_OTHER = [row(system, number) for system in TEXTS for number in range(COUNT)]
SIDE_BY_SIDE = [row(system, number) for number in range(COUNT) for system in TEXTS]


def lines(folder: Path, rows: list[dict[str, Any]], name: str = "data") -> str:
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(path)


def parquet(folder: Path, rows: list[dict[str, Any]], name: str = "data") -> str:
    path = str(folder / f"{name}.parquet")
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=50)
    return path


def same(one: scoring.Measured, other: scoring.Measured) -> bool:
    return one.systems == other.systems and all(
        rows.dtype == other.rows[key].dtype and np.array_equal(rows, other.rows[key]) for key, rows in one.rows.items()
    )


@pytest.mark.parametrize("write", [lines, parquet])
@pytest.mark.parametrize("rows", [ONE_AFTER_THE_OTHER, SIDE_BY_SIDE])
@pytest.mark.parametrize("mapper", [None, SMALL])
def test_its_scores_are_those_of_the_same_texts(
    tmp_path: Path, write: Callable[..., str], rows: list[dict[str, Any]], mapper: Threads | None
) -> None:
    whole = scoring.measure(TEXTS, STREAMS, METRICS)
    found, documents = scoring.measure_files([write(tmp_path, rows)], METRICS, mapper=mapper)
    assert same(found, whole)
    assert found.counts.dtype == whole.counts.dtype
    assert found.counts.tolist() == whole.counts.tolist()
    assert documents is None
    assert scoring.combine(found) == scoring.combine(whole)


def test_articles_are_documents(tmp_path: Path) -> None:
    found, documents = scoring.measure_files([lines(tmp_path, SIDE_BY_SIDE)], ["bleu"], documents=True, mapper=SMALL)
    expected = [f"article {number // 20}" for number in range(COUNT)]
    assert documents == expected
    whole = scoring.measure(TEXTS, STREAMS, ["bleu"])
    assert scoring.combine(found, documents, "document") == scoring.combine(whole, expected, "document")


def test_systems_are_chosen_and_ordered(tmp_path: Path) -> None:
    path = lines(tmp_path, SIDE_BY_SIDE)
    assert scoring.measure_files([path], ["bleu"])[0].systems == ("B", "A")
    assert scoring.measure_files([path], ["bleu"], systems=["A", "B"])[0].systems == ("A", "B")
    only = scoring.measure_files([path], METRICS, systems=["A"], mapper=SMALL)[0]
    assert same(only, scoring.measure({"A": TEXTS["A"]}, STREAMS, METRICS))
    with pytest.raises(InputError, match="There is no system 'C'; there are: B, A"):
        scoring.measure_files([path], ["bleu"], systems=["C"])


def test_files_are_read_one_after_the_other_and_name_what_names_no_system(tmp_path: Path) -> None:
    rows = [{key: value for key, value in row("A", number).items() if key != "system"} for number in range(COUNT)]
    paths = [lines(tmp_path, rows, "first"), parquet(tmp_path, ONE_AFTER_THE_OTHER[:COUNT], "second")]
    found, _ = scoring.measure_files(paths, METRICS, unnamed=["mine", "yours"], mapper=SMALL)
    assert same(found, scoring.measure({"mine": TEXTS["A"], "B": TEXTS["B"]}, STREAMS, METRICS))


def test_a_worker_sends_numbers_and_no_text(tmp_path: Path) -> None:
    partition = partitions.cut(partitions.look(lines(tmp_path, SIDE_BY_SIDE)), 1000)[0]
    found = count(Task(partition, ""), metrics(METRICS), fast=False, documents=True)
    assert found.seen == ("B", "A")
    assert found.articles == tuple(f"article {number}" for number in range(5))
    for stretch in found.systems.values():
        arrays = [*stretch.matrices, stretch.counts, stretch.keys, stretch.articles]
        assert all(isinstance(array, np.ndarray) and array.dtype.kind in "uif" for array in arrays)
        assert len(arrays[0]) == COUNT
        assert arrays[0].dtype == np.uint8


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = parquet(tmp_path, SIDE_BY_SIDE)
    scoring.measure_files([path], ["bleu"], mapper=SMALL, progress=lambda done, total: told.append((done, total)))
    assert len(told) > 10
    assert told == sorted(told)
    assert told[-1] == (2 * COUNT, 2 * COUNT)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (ONE_AFTER_THE_OTHER[:-1], "B has 90 segments and A has 89"),
        ([*SIDE_BY_SIDE[:40], SIDE_BY_SIDE[42], SIDE_BY_SIDE[41], SIDE_BY_SIDE[40], *SIDE_BY_SIDE[43:]], "segment 21"),
        ([*SIDE_BY_SIDE[:-1], {**SIDE_BY_SIDE[-1], "article": "other"}], "from segment 90 of each on"),
        ([*SIDE_BY_SIDE[:-1], {**SIDE_BY_SIDE[-1], "references": ["x"]}], "numbers of references for segment 90"),
    ],
)
def test_systems_must_have_the_same_segments_in_the_same_order(
    tmp_path: Path, rows: list[dict[str, Any]], what: str
) -> None:
    path = lines(tmp_path, rows)
    with pytest.raises(InputError, match=what):
        scoring.measure_files([path], ["bleu"], mapper=SMALL)
    assert len(scoring.measure_files([path], ["bleu"], systems=["B"], mapper=SMALL)[0].counts) == COUNT


def test_documents_need_a_column_that_names_them(tmp_path: Path) -> None:
    path = lines(tmp_path, [{"hypothesis": "a", "references": ["b"]}])
    with pytest.raises(InputError, match="name each row's in the column article"):
        scoring.measure_files([path], ["bleu"], documents=True)


def test_text_that_was_cut_into_tokens_is_told(tmp_path: Path) -> None:
    rows = [{"system": "cut", "hypothesis": "a b .", "references": ["a b."]}] * 120
    found, _ = scoring.measure_files([lines(tmp_path, rows)], ["bleu"], mapper=SMALL)
    assert found.warnings == (
        "cut has 120 lines that end in a space and a full stop: score text that is not cut into tokens.",
    )


def test_the_target_language_is_told_from_the_references(tmp_path: Path) -> None:
    path = lines(tmp_path, [{"hypothesis": "双循环", "references": ["国内国际双循环"]}])
    assert scoring.measure_files([path], ["bleu"])[0].warnings
    assert not scoring.measure_files([path], ["bleu"], language="en")[0].warnings
