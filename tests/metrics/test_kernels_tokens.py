"""Texts are cut into the words that sacrebleu cuts them into."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF

from review.metrics import kernels
from tests.metrics import odd

BLEUS = {name: BLEU(tokenize=name) for name in ("none", "13a", "zh", "intl", "char")}
CHRF_WORDS = CHRF(word_order=2)
TOKENIZERS = [*BLEUS, "chrf"]


def theirs(text: str, tokenizer: str) -> list[str]:
    if tokenizer == "chrf":
        return CHRF_WORDS._remove_punctuation(text)
    return BLEUS[tokenizer]._preprocess_segment(text).split()


def cut(texts: list[str], tokenizer: str) -> Iterator[list[str]]:
    words, packing = kernels.load("words"), kernels.load("packing")
    found = words.cut(packing.pack(texts), tokenizer)
    joined = found.points.tobytes().decode("utf-32-le", "surrogatepass")
    starts, firsts = found.starts.tolist(), found.firsts.tolist()
    assert len(found.hashes) == len(starts) - 1 == firsts[-1]
    for first, after in pairwise(firsts):
        yield [joined[starts[word] : starts[word + 1]] for word in range(first, after)]


def same(texts: list[str], tokenizer: str) -> None:
    for text, words in zip(texts, cut(texts, tokenizer), strict=True):
        assert words == theirs(text, tokenizer), (text, tokenizer)


@pytest.mark.parametrize("tokenizer", TOKENIZERS)
def test_every_short_order_of_the_kinds_is_cut_alike(tokenizer: str) -> None:
    # A letter, a digit, a stop, a dash, a symbol, a space, a Chinese character: what stands beside what decides.
    same(["".join(each) for length in range(6) for each in product("a1.-$ 卡", repeat=length)], tokenizer)


@pytest.mark.parametrize("tokenizer", TOKENIZERS)
def test_every_longer_run_of_stops_and_digits_is_cut_alike(tokenizer: str) -> None:
    same(["".join(each) for each in product("a1.-", repeat=7)], tokenizer)


@pytest.mark.parametrize("tokenizer", TOKENIZERS)
def test_every_short_order_of_what_13a_replaces_is_cut_alike(tokenizer: str) -> None:
    pieces = ["<skipped>", "-", "\n", "&quot;", "&amp;", "&lt;", "&gt;", "&", "lt;", "a"]
    same(["".join(each) for length in range(5) for each in product(pieces, repeat=length)], tokenizer)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TOKENIZERS), st.lists(odd.texts, max_size=5))
def test_any_text_is_cut_alike(tokenizer: str, texts: list[str]) -> None:
    same(texts, tokenizer)


def test_equal_words_have_one_number_and_others_another() -> None:
    words, packing = kernels.load("words"), kernels.load("packing")
    known = words.number(words.cut(packing.pack(["a b a", "c ab b", "", "abc a"]), "none"))
    assert known.numbers.tolist() == [0, 1, 0, 3, 4, 1, 6, 0]
    found = words.look_up(words.cut(packing.pack(["ab b d abcd"]), "none"), known)
    assert found.tolist() == [4, 1, words.UNKNOWN, words.UNKNOWN]


def test_words_with_one_hash_are_still_told_apart() -> None:
    words, packing = kernels.load("words"), kernels.load("packing")
    first, second = (
        words.cut(packing.pack(texts), "none") for texts in (["a b a", "c ab b", "abc a"], ["ab b d abcd"])
    )
    first.hashes[:] = second.hashes[:] = 7
    known = words.number(first)
    assert known.numbers.tolist() == [0, 1, 0, 3, 4, 1, 6, 0]
    assert words.look_up(second, known).tolist() == [4, 1, words.UNKNOWN, words.UNKNOWN]


def test_surrogates_nul_and_characters_beyond_the_first_plane_are_one_code_point_each() -> None:
    packed = kernels.load("packing").pack(["\ud83d\ude42", "", "\x00🙂", "\U0010ffff"])
    assert packed.points.tolist() == [0xD83D, 0xDE42, 0, 0x1F642, 0x10FFFF]
    assert packed.starts.tolist() == [0, 2, 2, 4, 5]
