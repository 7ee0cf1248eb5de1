"""How alike texts are, and what of one stands in the place of words of another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.text.likeness import aligned, departures, likeness, nearest, opcodes, separable, shared_grams

WORDS = st.lists(st.sampled_from("abcd"), max_size=8)


def test_likeness_runs_from_nothing_to_all() -> None:
    assert likeness("Port", "port") == 1.0
    assert likeness("abc", "xyz") == 0.0
    assert likeness("abcd", "abxd") == pytest.approx(6 / 8)  # twice the three in common of eight


def test_shared_grams_are_f1_of_runs_of_four_letters() -> None:
    assert shared_grams("abcde", "abcd") == pytest.approx(2 * 1 / 3)
    assert shared_grams("a b c d", "abcd") == 1.0
    assert shared_grams("abcd", "wxyz") == 0.0


def test_texts_too_short_for_grams_are_alike_only_if_they_are_the_same() -> None:
    assert shared_grams("港口", "港口") == 1.0
    assert shared_grams("港口", "码头") == 0.0
    assert shared_grams("", "") == 1.0


def test_nearest_is_the_most_alike_of_all() -> None:
    assert nearest("port", {"port", "sea"}) == 1.0
    assert nearest("ports", {"port", "sea"}) == pytest.approx(8 / 9)
    assert nearest("port", set()) == 0.0
    assert nearest("port", {"xyz"}) == 0.0


@given(WORDS, WORDS)
def test_opcodes_make_one_sequence_of_the_other(words: list[str], other: list[str]) -> None:
    made: list[str] = []
    place = 0
    for tag, start, end, other_start, other_end in opcodes(words, other):
        assert start == place
        place = end
        made += words[start:end] if tag == "equal" else other[other_start:other_end]
    assert place == len(words)
    assert made == other


def test_departures_say_what_is_there_replaced_and_added() -> None:
    equal, replaced, added = departures(["a", "b", "d"], ["a", "x", "c", "d"])
    assert equal == [1, 0, 1]
    assert replaced == [0, 1, 0]
    assert sum(added) >= 1
    assert departures([], ["a"]) == ([], [], [])


@given(WORDS, WORDS)
def test_departures_have_an_entry_a_word_and_are_one_thing_each(words: list[str], other: list[str]) -> None:
    equal, replaced, added = departures(words, other)
    assert len(equal) == len(replaced) == len(added) == len(words)
    assert all(e + r <= 1 for e, r in zip(equal, replaced, strict=True))


@given(WORDS, WORDS, st.data())
def test_what_stands_in_a_place_lies_within_and_equal_words_stand_for_themselves(
    words: list[str], other: list[str], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    low, high = aligned(words, other, start, end)
    assert 0 <= low <= high <= len(other)
    assert aligned(words, words, start, end) == ((start, end) if start < end else (0, 0))
    for tag, at, until, other_at, _ in opcodes(words, other):
        for place in range(max(at, start), min(until, end)) if tag == "equal" else ():
            assert low <= other_at + place - at < high


@given(WORDS, WORDS)
def test_a_wider_stretch_has_at_least_as_much_in_its_place(words: list[str], other: list[str]) -> None:
    for end in range(1, len(words)):
        low, high = aligned(words, other, 0, end)
        wider_low, wider_high = aligned(words, other, 0, end + 1)
        assert low == high or (wider_low <= low and high <= wider_high)


@pytest.mark.parametrize(
    ("words", "other", "start", "end", "there"),
    [
        ("the deputy spoke", "the vice chief spoke", 1, 2, "vice chief"),
        ("the deputy spoke", "the vice chief spoke", 0, 1, "the"),
        ("the deputy spoke", "the vice chief spoke", 2, 3, "spoke"),
        ("they went home", "they all went home", 0, 3, "they all went home"),
        ("they went home", "they all went home", 0, 1, "they"),
        ("they all went home", "they went home", 1, 2, ""),
        ("physical economy grows", "real economy grows", 0, 1, "real"),
        ("a b", "", 0, 2, ""),
    ],
)
def test_small_cases(words: str, other: str, start: int, end: int, there: str) -> None:
    low, high = aligned(words.split(), other.split(), start, end)
    assert " ".join(other.split()[low:high]) == there


@pytest.mark.parametrize(
    ("words", "other", "start", "end", "fits"),
    [
        ("the deputy spoke", "the vice chief spoke", 1, 2, True),
        ("a sewage plant opened", "a water works opened", 1, 3, True),
        ("a sewage plant opened", "a water works opened", 1, 2, False),
        ("a sewage plant opened", "a water works opened", 0, 2, False),
        ("a sewage plant opened", "a water works opened", 3, 4, True),
        ("the port opened", "the port opened", 1, 2, True),
    ],
)
def test_words_can_be_exchanged_where_no_difference_runs_on_beyond_them(
    words: str, other: str, start: int, end: int, fits: bool
) -> None:
    assert separable(words.split(), other.split(), start, end) is fits


@given(WORDS, WORDS, st.data())
def test_exchanging_what_fits_leaves_no_difference_there(
    words: list[str], other: list[str], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    low, high = aligned(words, other, start, end)
    if low < high and separable(words, other, start, end):
        changed = [*words[:start], *other[low:high], *words[end:]]
        assert distance(changed, other) <= distance(words, other)


def distance(words: list[str], other: list[str]) -> int:
    return sum(max(b - a, d - c) for tag, a, b, c, d in opcodes(words, other) if tag != "equal")
