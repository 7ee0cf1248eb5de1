"""The compiled edits of TER are sacrebleu's own, for every text, option and number of references."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sacrebleu.metrics import TER, lib_ter

from review.metrics import Options
from review.metrics.base import Matrix, Prepared
from review.metrics.ter import Ter

SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000"
PIECES = [
    "the", "The", "deputy", "Kaos", "1,234.5", "5%", "-", "a.b", "..", "(hi)", "it's", "&amp;", "&amp;quot;", "&lt;",
    "双循环", "格局。", "，", "カオス", "한국어", "ΟΔΟΣ", "οδός", "İ", "ẞ", "é", "e\u0301", "🙂", "\u200b", "",
]  # fmt: skip
LIMIT = lib_ter._MAX_SHIFT_CANDIDATES


def ours(pairs: Sequence[tuple[str, tuple[str, ...]]], options: Options | None = None) -> Matrix:
    texts = [text for text, _ in pairs]
    return Ter(options).measure(texts, Prepared([references for _, references in pairs]), fast=True)


def theirs(pairs: Iterable[tuple[str, tuple[str, ...]]], options: Options | None = None) -> Matrix:
    options = options or Options()
    native = TER(
        normalized=options.ter_normalized,
        no_punct=options.ter_no_punct,
        asian_support=options.ter_asian_support,
        case_sensitive=options.ter_case_sensitive,
    )
    scores = [native.sentence_score(text, list(references)) for text, references in pairs]
    return np.array([[float(score.num_edits), score.ref_length] for score in scores]).reshape(-1, 2)


def assert_equal(pairs: Sequence[tuple[str, tuple[str, ...]]], options: Options | None = None) -> None:
    mine, native = ours(pairs, options), theirs(pairs, options)
    assert (mine.dtype, mine.shape) == (native.dtype, native.shape)
    wrong = (mine != native).any(axis=1).nonzero()[0]
    assert not wrong.size, f"{pairs[wrong[0]]!r}: {mine[wrong[0]]}, sacrebleu {native[wrong[0]]}"


def words(count: int, least: int = 0, most: int = 30) -> some.SearchStrategy[str]:
    return some.lists(some.sampled_from("abcdefghijklmnop"[:count]), min_size=least, max_size=most).map(" ".join)


def near(text: str, maker: random.Random, rate: float = 0.15) -> str:
    """The text with words left out, changed and put in, and blocks of words moved."""
    found = [word for word in text.split(" ") if maker.random() > rate]
    for _ in range(maker.randrange(4)):
        at, size = maker.randrange(len(found) + 1), maker.randrange(1, 13)
        block = found[at : at + size]
        del found[at : at + size]
        place = maker.randrange(len(found) + 1)
        found[place:place] = block
    for _ in range(int(rate * len(found))):
        found[maker.randrange(len(found))] = maker.choice([*found, "other"])
    return " ".join(found)


OPTIONS = some.builds(
    Options,
    ter_case_sensitive=some.booleans(),
    ter_normalized=some.booleans(),
    ter_no_punct=some.booleans(),
    ter_asian_support=some.booleans(),
)


@settings(max_examples=200, deadline=None)
@given(data=some.data(), alphabet=some.integers(1, 16))
def test_edits_of_texts_full_of_repeats_are_sacrebleus(data: some.DataObject, alphabet: int) -> None:
    text = words(alphabet)
    pairs = data.draw(some.lists(some.tuples(text, some.lists(text, min_size=1, max_size=3).map(tuple)), max_size=3))
    assert_equal(pairs)


@settings(max_examples=150, deadline=None)
@given(reference=words(16, 5, 45), seed=some.integers(0, 2**32), rate=some.sampled_from([0.0, 0.1, 0.4]))
def test_edits_after_moved_blocks_are_sacrebleus(reference: str, seed: int, rate: float) -> None:
    assert_equal([(near(reference, random.Random(seed), rate), (reference,))])


@settings(max_examples=150, deadline=None)
@given(
    pairs=some.lists(
        some.tuples(
            some.lists(some.sampled_from(PIECES), max_size=10).map(" ".join) | some.text(max_size=30),
            some.lists(some.lists(some.sampled_from(PIECES), max_size=10).map(" ".join), min_size=1, max_size=2).map(
                tuple
            ),
        ),
        min_size=1,
        max_size=3,
    ),
    options=OPTIONS,
)
def test_every_combination_of_options_gives_sacrebleus_edits(
    pairs: list[tuple[str, tuple[str, ...]]], options: Options
) -> None:
    assert_equal(pairs, options)


@settings(max_examples=60, deadline=None)
@given(
    short=words(3, 0, 4),
    long=some.integers(0, 330),
    alphabet=some.integers(1, 4),
    seed=some.integers(0, 2**32),
    swapped=some.booleans(),
)
def test_texts_of_very_different_lengths_have_sacrebleus_edits(
    short: str, long: int, alphabet: int, seed: int, swapped: bool
) -> None:
    maker = random.Random(seed)
    other = " ".join(maker.choices("abcd"[:alphabet], k=long))
    assert_equal([(other, (short,)) if swapped else (short, (other,))])


def long_pairs() -> list[tuple[str, tuple[str, ...]]]:
    """Texts longer than the band is wide: nearly the same, or of other words, or only shuffled."""
    maker = random.Random(4)
    pairs = []
    for size, alphabet in [(60, 30), (64, 40), (65, 60), (90, 60), (129, 300)]:
        reference = maker.choices([f"w{number}" for number in range(alphabet)], k=size)
        shuffled = maker.sample(reference, size)
        tail = reference[size // 2 :] + reference[: size // 2]
        pairs += [(" ".join(one), (" ".join(reference),)) for one in (shuffled[::2], tail, reference[30:])]
        pairs += [(near(" ".join(reference), maker, rate), (" ".join(reference),)) for rate in (0.02, 0.3)]
    return pairs


def test_texts_longer_than_the_band_have_sacrebleus_edits() -> None:
    assert_equal(long_pairs())


def test_texts_wider_than_the_rows_of_bits_have_sacrebleus_edits() -> None:
    maker = random.Random(9)
    reference = " ".join(maker.choices([f"w{number}" for number in range(400)], k=520))
    other = near(reference, maker, 0.005)
    assert_equal([(other, (reference,)), (reference, (other,)), (reference.rsplit(" ", 60)[0], (reference,))])


def repeats() -> list[tuple[str, tuple[str, ...]]]:
    """Texts of few words, so long that more shifts could be looked at than sacrebleu does."""
    maker = random.Random(12)
    pairs = []
    for size in (24, 28, 32, 40):
        for alphabet in (2, 3, 4):
            reference = maker.choices("abcd"[:alphabet], k=size)
            pairs.append((" ".join(maker.sample(reference, size)), (" ".join(reference),)))
    return pairs


def test_the_round_that_reaches_the_limit_of_shifts_makes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = repeats()
    looked: list[int] = []
    original = lib_ter._shift

    def counting(*given: object) -> tuple[int, list[str], int]:
        found = original(*given)
        looked.append(found[2])
        return found

    monkeypatch.setattr(lib_ter, "_shift", counting)
    assert_equal(pairs)
    reached = sum(count >= LIMIT for count in looked)
    monkeypatch.setattr(lib_ter, "_MAX_SHIFT_CANDIDATES", 10 * LIMIT)
    unlimited = theirs(pairs)
    assert reached >= 5
    assert (unlimited != ours(pairs)).any(), "the limit changes nothing here, so nothing is proven"


def test_three_thousand_fuzzed_lines_have_sacrebleus_edits() -> None:
    maker = random.Random(2023)
    pairs = []
    for number in range(3000):
        space = maker.choice(SPACES) if number % 3 == 0 else " "
        pieces = maker.sample(PIECES, 4) if number % 50 == 0 else PIECES
        reference = space.join(maker.choices(pieces, k=maker.randrange(20)))
        text = near(reference, maker) if maker.random() < 0.9 else maker.choice(["", " ", space, reference * 3])
        pairs.append((text, (reference,) if number % 4 else (reference, near(reference, maker))))
    for start, options in enumerate([Options(), Options(ter_normalized=True), Options(ter_case_sensitive=True)]):
        assert_equal(pairs[start::3], options)


def test_lower_case_neither_makes_nor_takes_white_space_and_is_reached_at_once() -> None:
    """Why plain lower-casing and cutting, once, does what sacrebleu's tokenizer does twice to references."""
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        lower = character.lower()
        assert lower == lower.lower()
        assert lower == character if character.isspace() else not any(map(str.isspace, lower))
        if character.isspace():
            # The one letter whose lower case depends on its neighbours does not look beyond white space.
            text = f"ΑΣ{character}ΣΑ{character}Σ{character}"
            assert text.lower().split() == [word.lower() for word in text.split()]


def test_no_segments_have_no_rows() -> None:
    assert ours([]).shape == (0, 2)


@pytest.mark.parametrize("pair", [("", ("",)), ("a b", ("",)), ("", ("a b", "c")), (" \u3000", ("a", " "))])
def test_an_empty_side_costs_the_other_sides_words(pair: tuple[str, tuple[str, ...]]) -> None:
    assert_equal([pair])


@pytest.mark.real_data
@pytest.mark.parametrize("system", ["GPT4-5shot", "NLLB_MBR_BLEU"])
def test_real_outputs_have_sacrebleus_edits(shared_data: Path, system: str) -> None:
    folder = shared_data / "wmt23-zh-en"
    reference = (folder / "reference.refA.en").read_bytes().decode().split("\n")[:-1]
    texts = (folder / "systems" / f"{system}.en").read_bytes().decode().split("\n")[:-1]
    assert_equal([(text, (wanted,)) for text, wanted in zip(texts, reference, strict=True)][::9])
