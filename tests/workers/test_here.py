"""Threads map a list: every item, each result with its place, and errors to who asked."""

from __future__ import annotations

import gc
import weakref

import pytest

from review.workers.here import Threads


class Result:
    """Something that can be looked after."""


@pytest.mark.parametrize("width", [1, 3])
def test_every_item_is_mapped_once_with_its_position(width: int) -> None:
    found = dict(Threads(width)(lambda number: number * number, range(20)))
    assert found == {number: number * number for number in range(20)}


@pytest.mark.parametrize("width", [1, 3])
def test_an_error_is_raised_to_who_iterates(width: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(Threads(width)(lambda number: 1 // number, [1, 0, 1]))


def test_a_result_is_kept_by_nobody_but_who_asked() -> None:
    kept: list[weakref.ref[Result]] = []
    for _, result in Threads(2)(lambda _: Result(), range(8)):
        gc.collect()
        assert sum(each() is not None for each in kept) <= 1
        kept.append(weakref.ref(result))
    assert len(kept) == 8
