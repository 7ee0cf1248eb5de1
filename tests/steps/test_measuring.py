"""Measuring in parts: every segment once, the same matrices however wide the mapper, and errors that come out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import InputError
from review.metrics import Matrix, Prepared, metrics
from review.metrics.bleu import Bleu
from review.steps.scoring.measuring import cut, matrices
from review.workers.here import Threads
from tests.metrics.test_equality import HYPOTHESIS, REFERENCE, SECOND

SYSTEMS = {"first": HYPOTHESIS, "second": SECOND, "same": REFERENCE}
NAMES = ("bleu", "chrf", "chrf++", "ter")


class Watched(Threads):
    """Threads that remember how many parts they were given."""

    parts = 0

    def __call__(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        self.parts = len(items)
        return super().__call__(function, items)


class Broken(Bleu):
    """BLEU that cannot measure the part with a certain text in it."""

    def measure(self, hypotheses: Sequence[str], prepared: Prepared, *, fast: bool | None = None) -> Matrix:
        if "broken" in hypotheses:
            raise InputError("This part is broken.")
        return super().measure(hypotheses, prepared, fast=fast)


@given(st.integers(0, 60), st.integers(1, 25), st.integers(1, 3))
def test_parts_cover_every_segment_of_every_system_once(count: int, size: int, systems: int) -> None:
    texts = [[f"{system}:{number}" for number in range(count)] for system in range(systems)]
    references = Prepared([(f"r{number}",) for number in range(count)])
    parts = list(cut(texts, references, size))
    assert [part.start for part in parts] == list(range(0, count, size))
    assert all(0 < len(part.references) <= size for part in parts)
    assert [text for part in parts for text in part.references.texts] == list(references.texts)
    for system in range(systems):
        assert [text for part in parts for text in part.systems[system]] == texts[system]
        assert all(len(part.systems[system]) == len(part.references) for part in parts)


@pytest.mark.parametrize("references", [[REFERENCE], [REFERENCE, SECOND]], ids=["one reference", "two"])
def test_matrices_are_the_same_in_one_thread_in_two_and_in_one_piece(references: list[list[str]]) -> None:
    prepared, chosen = Prepared.of(references), metrics(NAMES)
    one, two = Watched(1), Watched(2)
    found = [matrices(SYSTEMS, prepared, chosen, mapper=mapper) for mapper in (one, two)]
    assert min(one.parts, two.parts) > 1
    for name, texts in SYSTEMS.items():
        for metric in chosen:
            whole = metric.measure(texts, Prepared.of(references), fast=False)
            for each in found:
                rows = each[name, metric.name]
                assert rows.dtype == whole.dtype
                assert np.array_equal(rows, whole)


@pytest.mark.parametrize("width", [1, 2])
def test_progress_goes_up_part_by_part_and_reaches_the_total(width: int) -> None:
    seen: list[tuple[int, int]] = []
    mapper = Watched(width)
    matrices(
        SYSTEMS, Prepared.of([REFERENCE]), metrics(["bleu", "ter"]), mapper=mapper, progress=lambda *at: seen.append(at)
    )
    total = len(REFERENCE) * len(SYSTEMS) * 2
    assert len(seen) == mapper.parts
    assert {whole for _, whole in seen} == {total}
    done = [at for at, _ in seen]
    assert done == sorted(set(done))
    assert done[-1] == total


@pytest.mark.parametrize("width", [1, 2])
@pytest.mark.parametrize("at", [0, 60, len(HYPOTHESIS) - 1])
def test_what_a_part_raises_is_raised_and_nothing_hangs(width: int, at: int) -> None:
    texts = [*HYPOTHESIS[:at], "broken", *HYPOTHESIS[at + 1 :]]
    mapper = Watched(width)
    with pytest.raises(InputError, match="This part is broken"):
        matrices({"a": texts}, Prepared.of([REFERENCE]), [Broken()], mapper=mapper)
    assert mapper.parts > 1
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("map")]


def test_no_segments_give_empty_matrices_of_the_right_kind() -> None:
    chosen = metrics(NAMES)
    found = matrices({"a": []}, Prepared([]), chosen)
    for metric in chosen:
        rows = found["a", metric.name]
        assert (rows.shape, rows.dtype) == ((0, len(metric.columns)), np.dtype(metric.dtype))


def test_a_single_segment_is_one_part() -> None:
    mapper = Watched(2)
    found = matrices({"a": ["One line."]}, Prepared.of([["One line."]]), metrics(["bleu"]), mapper=mapper)
    assert mapper.parts == 1
    assert found["a", "bleu"].tolist() == [[3, 3, 3, 2, 1, 0, 3, 2, 1, 0]]
