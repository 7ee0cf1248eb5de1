"""The source term behind a rendering, by where both stand together."""

from __future__ import annotations

import math

import pytest

from review.text.learning import SIGNIFICANT, Sample, log_likelihood, source_term

OTHERS = [f"第{c}句话很长也很好。" for c in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"]


def test_the_ratio_is_dunning_s() -> None:
    """2 * sum of observed * ln(observed / expected), by hand for a table of 10, 5, 2 and 83."""
    cells = ((10, 15, 12), (5, 15, 88), (2, 85, 12), (83, 85, 88))
    by_hand = 2 * sum(seen * math.log(seen / (row * column / 100)) for seen, row, column in cells)
    assert log_likelihood(10, 5, 2, 83) == pytest.approx(by_hand)
    assert log_likelihood(5, 5, 5, 5) == pytest.approx(0)


def test_what_stands_beside_the_wrong_words_and_nowhere_else_is_found() -> None:
    sample = Sample(["卡奥斯助力小企业。", "今天卡奥斯增长。", "看卡奥斯的平台。", *OTHERS])
    found = source_term(sample, {0, 1, 2}, set(), {0}, ("Kaos", "Karo"))
    assert found is not None
    assert (found.text, found.together, found.apart) == ("卡奥斯", 3, 0)
    assert found.score > SIGNIFICANT


def test_of_equals_the_longest_wins() -> None:
    """卡奥斯 says no more than 卡奥斯平台 where both always stand together."""
    sample = Sample(["卡奥斯平台助力。", "今天卡奥斯平台增长。", "看卡奥斯平台吧。", *OTHERS])
    found = source_term(sample, {0, 1, 2}, set(), {0}, ("Kaos platform", "Karo platform"))
    assert found is not None
    assert found.text == "卡奥斯平台"


def test_a_longer_run_that_loses_evidence_does_not_win() -> None:
    sample = Sample(["卡奥斯平台助力。", "今天卡奥斯平台增长。", "看卡奥斯吧。", "卡奥斯很好。", *OTHERS])
    found = source_term(sample, {0, 1, 2, 3}, set(), {0}, ("Kaos platform", "Karo platform"))
    assert found is not None
    assert found.text == "卡奥斯"


def test_segments_with_the_right_words_say_nothing_against_a_source_term() -> None:
    sources = ["卡奥斯助力小企业。", "今天卡奥斯增长。", *(f"卡奥斯{c}很大。" for c in "甲乙丙"), *OTHERS]
    found = source_term(Sample(sources), {0, 1}, {2, 3, 4}, {0, 1}, ("Kaos", "Karo"))
    assert found is not None
    assert (found.text, found.apart) == ("卡奥斯", 0)


def test_nothing_is_found_where_nothing_is_significant() -> None:
    sample = Sample(["卡奥斯助力小企业。", *OTHERS])
    assert source_term(sample, {0}, set(), {0}, ("Kaos", "Karo")) is None
    assert source_term(sample, {0}, set(), set(), ("Kaos", "Karo")) is None


def test_a_source_term_of_the_termbase_wins_over_one_that_is_only_counted() -> None:
    sample = Sample(["卡奥斯平台助力。", "今天卡奥斯平台增长。", "看卡奥斯平台吧。", *OTHERS])
    found = source_term(sample, {0, 1, 2}, set(), {0}, ("Kaos platform", "Karo platform"), known={"卡奥斯"})
    assert found is not None
    assert (found.text, found.known) == ("卡奥斯", True)


def test_a_term_of_the_termbase_that_explains_little_does_not_win() -> None:
    sources = [
        "卡奥斯表示很好。",
        "卡奥斯表示不好。",
        "卡奥斯增长。",
        "卡奥斯大。",
        *(f"{c}人表示同意。" for c in "甲乙丙丁戊"),
    ]
    found = source_term(Sample([*sources, *OTHERS]), {0, 1, 2, 3}, set(), {0, 1}, ("Kaos", "Karo"), known={"表示"})
    assert found is not None
    assert found.text == "卡奥斯"


def test_the_same_source_counts_once() -> None:
    sample = Sample(["卡奥斯助力小企业。"] * 5 + OTHERS)
    assert source_term(sample, {0}, set(), {0}, ("Kaos", "Karo")) is None


def test_spaced_languages_are_cut_into_words_and_keep_their_letter_case() -> None:
    others = [f"Das Haus Nummer {word} ist alt." for word in "eins zwei drei vier fünf sechs sieben acht".split()]
    sources = [
        "Der Doppelkreislauf wächst.",
        "Heute fällt der Doppelkreislauf.",
        "Ein Doppelkreislauf bleibt.",
        *others,
    ]
    found = source_term(Sample(sources, "de"), {0, 1, 2}, set(), {0}, ("Kaos platform", "Karo platform"))
    assert found is not None
    assert found.text == "Doppelkreislauf"


def test_no_source_term_begins_or_ends_with_a_function_word_or_a_figure() -> None:
    sources = [f"在2023年的卡奥斯的{c}。" for c in "甲乙丙丁"]
    found = source_term(Sample([*sources, *OTHERS]), {0, 1, 2, 3}, set(), {0, 1}, ("Kaos of the year", "Karo"))
    assert found is not None
    assert found.text[0] not in "在2的"
    assert found.text[-1] not in "的3"


@pytest.mark.parametrize(("rendering", "most"), [("Karo", "卡罗丝"), ("WHO", "卡罗丝公司大"), ("loop", "卡罗丝")])
def test_a_source_term_is_no_longer_than_its_rendering_lets_it(rendering: str, most: str) -> None:
    sample = Sample([f"{c}在卡罗丝公司大厦。" for c in "甲乙丙"] + OTHERS)
    found = source_term(sample, {0, 1, 2}, set(), {0, 1, 2}, (rendering, rendering))
    assert found is not None
    assert len(found.text) == len(most)
