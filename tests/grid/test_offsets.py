"""Offsets: UTF-16 units in the browser, code points on the wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

TEXTS = ["", "plain", "双循环", "a😀b", "😀😀", "𠮷野家 opened", "e\u0301 é", "‏كاوس‏ 8万"]


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize("text", TEXTS)
def test_every_code_point_goes_to_its_unit_and_back(modules: Callable[..., Any], text: str) -> None:
    for points in range(len(text) + 1):
        at = units(text[:points])
        assert modules("offsets", "toUnits", text, points) == at
        assert modules("offsets", "toPoints", text, at) == points


def test_an_index_inside_a_pair_moves_before_it(modules: Callable[..., Any]) -> None:
    assert [modules("offsets", "settle", "a😀b", index) for index in range(5)] == [0, 1, 1, 3, 4]
