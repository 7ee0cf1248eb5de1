"""Diffs read as an editor would mark them, and lose nothing."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from review.text.diff import edit_distance, opcodes, words


def seen(before: str, after: str, language: str = "en") -> list[tuple[str, str, str]]:
    return [code for code in opcodes(before, after, language) if code[0] != "equal"]


@pytest.mark.parametrize(
    ("text", "language", "tokens"),
    [
        ("The city's plan, 1,234.5 tons", "en", ["The", " ", "city's", " ", "plan", ",", " ", "1,234.5", " ", "tons"]),
        ("5G  line\n", "en", ["5G", "  ", "line", "\n"]),
        ("state-owned", "en", ["state", "-", "owned"]),
        ("双循环GDP增长5.2%", "zh", ["双", "循", "环", "GDP", "增", "长", "5.2", "%"]),
        ("the 双循环 plan", "en", ["the", " ", "双", "循", "环", " ", "plan"]),
        ("カタカナと漢字", "ja", ["カ", "タ", "カ", "ナ", "と", "漢", "字"]),
        ("ที่นี่", "th", ["ที่", "นี่"]),
        ("한국어 漢字말", "ko", ["한국어", " ", "漢字말"]),
        ("नमस्ते दुनिया", "hi", ["नमस्ते", " ", "दुनिया"]),
        ("e\u0301te\u0301", "fr", ["e\u0301te\u0301"]),
        ("", "en", []),
    ],
)
def test_text_is_cut_into_words_or_into_characters_where_a_script_has_no_spaces(
    text: str, language: str, tokens: list[str]
) -> None:
    assert words(text, language) == tokens


def test_a_replaced_phrase_is_one_change() -> None:
    assert seen("a new double cycle pattern", "a new dual circulation pattern") == [
        ("replace", "double cycle", "dual circulation")
    ]


def test_an_inserted_word_takes_one_space_with_it() -> None:
    assert opcodes("in city", "in the city", "en") == [
        ("equal", "in ", "in "),
        ("insert", "", "the "),
        ("equal", "city", "city"),
    ]


def test_a_deleted_word_leaves_the_rest_equal() -> None:
    assert seen("He is very tall.", "He is tall.") == [("delete", "very ", "")]


def test_a_small_word_between_two_larger_changes_is_no_island() -> None:
    assert seen("deputy undersecretary of working commission met", "the vice chair of standing committee met") == [
        ("replace", "deputy undersecretary of working commission", "the vice chair of standing committee")
    ]


def test_a_long_kept_word_between_changes_stays_kept() -> None:
    changes = seen("Kaos of manufacturing Kaos", "COSMOPlat of manufacturing COSMOPlat")
    assert changes == [("replace", "Kaos", "COSMOPlat")] * 2


def test_chinese_is_compared_character_by_character() -> None:
    assert seen("构建双循环格局", "构建双循环新格局", "zh") == [("insert", "", "新")]


def test_a_changed_space_is_a_change() -> None:
    assert seen("one  two", "one two") in ([("delete", " ", "")], [("replace", "  ", " ")])


@pytest.mark.parametrize(("before", "after"), [("", ""), ("", "new"), ("old", ""), ("same", "same"), (" ", "\n")])
def test_edges_are_stated_exactly(before: str, after: str) -> None:
    tags = [code[0] for code in opcodes(before, after, "en")]
    expected = {
        ("", ""): [],
        ("", "new"): ["insert"],
        ("old", ""): ["delete"],
        ("same", "same"): ["equal"],
        (" ", "\n"): ["replace"],
    }
    assert tags == expected[before, after]


def test_whatever_the_texts_both_sides_can_be_put_together_again() -> None:
    maker = random.Random(7)
    letters = ["a", "the", " ", "  ", "双", "循", "กำ", "'", ",", "3", "\u0301", "\u2028", "<b>", "🙂", "é", "\n"]
    for _ in range(500):
        before, after = ("".join(maker.choices(letters, k=maker.randrange(12))) for _ in range(2))
        codes = opcodes(before, after, "zh")
        assert "".join(code[1] for code in codes) == before
        assert "".join(code[2] for code in codes) == after
        assert "".join(words(before, "")) == before
        for tag, old, new in codes:
            assert (tag == "equal") == (old == new)
            assert tag != "insert" or not old
            assert tag != "delete" or not new
        assert all(one[0] != two[0] or one[0] != "equal" for one, two in pairwise(codes))


def test_edit_distance_counts_words_and_characters_and_divides_by_the_new_length() -> None:
    result = edit_distance("The Kaos platform", "The COSMOPlat platform", "en")
    assert (result["word"], result["words"]) == (1, 3)
    assert result["word_rate"] == 1 / 3
    assert (result["character"], result["characters"]) == (9, 22)


def test_edit_distance_of_chinese_words_is_that_of_its_characters() -> None:
    assert edit_distance("双循环", "双重循环", "zh")["word"] == 1


@pytest.mark.parametrize(("before", "after", "rate"), [("", "", 0.0), ("gone", "", 1.0), ("", "new", 1.0)])
def test_edit_rates_of_empty_texts_are_defined(before: str, after: str, rate: float) -> None:
    result = edit_distance(before, after, "en")
    assert (result["word_rate"], result["character_rate"]) == (rate, rate)
