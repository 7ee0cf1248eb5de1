"""Differences between texts, as the grid shows them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

WORDS = ["the", "Kaos", "platform,", "双", "循", "环", "  ", " ", "\n", "don't", "8,000", "😀", "كاوس", "é", "-", "a"]


def test_a_changed_word_is_one_deletion_and_one_insertion(modules: Callable[..., Any]) -> None:
    assert modules("diff", "diff", "the Kaos platform", "the COSMOPlat platform") == [
        {"op": "equal", "text": "the "},
        {"op": "delete", "text": "Kaos"},
        {"op": "insert", "text": "COSMOPlat"},
        {"op": "equal", "text": " platform"},
    ]


def test_chinese_is_compared_character_by_character(modules: Callable[..., Any]) -> None:
    assert modules("diff", "diff", "新发展格局", "新的发展格局") == [
        {"op": "equal", "text": "新"},
        {"op": "insert", "text": "的"},
        {"op": "equal", "text": "发展格局"},
    ]


def test_a_replaced_phrase_is_not_cut_at_its_spaces(modules: Callable[..., Any]) -> None:
    assert modules("diff", "diff", "a double cycle here", "a dual circulation here") == [
        {"op": "equal", "text": "a "},
        {"op": "delete", "text": "double cycle"},
        {"op": "insert", "text": "dual circulation"},
        {"op": "equal", "text": " here"},
    ]


def test_a_difference_adds_up_to_both_texts(modules: Callable[..., Any]) -> None:
    chance = random.Random(7)
    for _ in range(150):
        before, after = ("".join(chance.choices(WORDS, k=chance.randrange(14))) for _ in range(2))
        parts = modules("diff", "diff", before, after)
        assert "".join(part["text"] for part in parts if part["op"] != "insert") == before
        assert "".join(part["text"] for part in parts if part["op"] != "delete") == after


def test_equal_texts_have_no_differences(modules: Callable[..., Any]) -> None:
    assert modules("diff", "diff", "same 一样", "same 一样") == [{"op": "equal", "text": "same 一样"}]
    assert modules("diff", "diff", "", "") == []
