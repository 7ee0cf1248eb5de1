"""Near texts: what the score says, and that the signatures find what brute force finds."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from review.text import nearness

WORDS = "port cargo ship growth year the of in and plan city company output trade new high first half steel sea".split()
LETTERS = "港口货物船增长年计划城市公司产出贸易新高首半钢海的在和上下"


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("The port grew.", "The port grew.", 100),
        ("The port  grew.", "The port grew.", 99),
        ("The port grew.", "the port grew.", 85),
        ("The port grew.", "The port shrank.", 71),
        ("The port grew.", "The port grew", 85),
        ("卡奥斯平台服务企业", "卡奥斯平台服务大企业", 90),
        ("上半年增长3.5%", "上半年增长3.6%", 81),
        ("one", "two", 0),
        ("", "", 100),
        ("", "one", 0),
        ("😀 ok", "😀 ok!", 75),
    ],
)
def test_a_word_weighs_two_marks_and_a_chinese_character_one(one: str, other: str, score: int) -> None:
    assert nearness.score(one, other) == score
    assert nearness.score(other, one) == score


def test_the_score_is_levenshtein_over_items() -> None:
    rng = random.Random(5)
    for _ in range(50):
        one = [rng.choice(WORDS) for _ in range(rng.randrange(1, 12))]
        other = [word if rng.random() < 0.8 else rng.choice(WORDS) for word in one] + one[: rng.randrange(3)]
        wanted = 1 - Levenshtein.distance([w for w in one for _ in "12"], [w for w in other for _ in "12"]) / (
            2 * max(len(one), len(other))
        )
        expected = 100 if one == other else min(99, int(100 * wanted + 1e-9))
        assert nearness.score(" ".join(one), " ".join(other)) == expected


def test_scores_below_the_least_are_nought() -> None:
    assert nearness.scores("The port grew.", ["The port shrank.", "Ships sail far away today."], 70) == [71, 0]
    assert nearness.scores("The port grew.", ["The port shrank."], 72) == [0]


def test_differences_are_whole_words_and_make_both_texts_again() -> None:
    found = nearness.differences("The port of Rizhao grew.", "The port grew by 3%.")
    assert found[0] == ("equal", "The port ", "The port ")
    assert "".join(part for _, part, _ in found) == "The port of Rizhao grew."
    assert "".join(part for _, _, part in found) == "The port grew by 3%."
    assert nearness.differences("平台服务企业", "平台服务小企业") == [
        ("equal", "平台服务", "平台服务"),
        ("insert", "", "小"),
        ("equal", "企业", "企业"),
    ]


def test_texts_measured_together_and_alone_come_out_the_same() -> None:
    texts = ["The port grew.", "", "卡奥斯 Kaos 平台", "  ", "3%", "Kaos\nnew line", "a" * 3000] * 50
    together = nearness.measure(texts)
    for place in range(7):
        alone = nearness.measure([texts[place]])
        assert (alone.signatures[:, 0] == together.signatures[:, place]).all()
        assert alone.sizes[0] == together.sizes[place]


def _made(rng: random.Random, count: int, alphabet: list[str], joint: str) -> list[str]:
    """Random texts, every third an earlier one with a tenth to a half of its words changed."""
    texts: list[list[str]] = []
    for place in range(count):
        if place % 3 == 2:
            text = list(rng.choice(texts))
            for _ in range(max(1, int(len(text) * rng.uniform(0.1, 0.5)))):
                text[rng.randrange(len(text))] = rng.choice(alphabet)
        else:
            text = [rng.choice(alphabet) for _ in range(rng.randrange(3, 30))]
        texts.append(text)
    return [joint.join(text) for text in texts]


@pytest.mark.parametrize(("alphabet", "joint"), [(WORDS, " "), (list(LETTERS), "")], ids=["words", "Chinese"])
def test_nearly_all_that_brute_force_finds_is_found(alphabet: list[str], joint: str) -> None:
    texts = _made(random.Random(11), 3000, alphabet, joint)
    measures = nearness.measure(texts)
    there = found = 0
    for place in range(2, 300, 3):
        wanted = {at for at, score in enumerate(nearness.scores(texts[place], texts)) if score}
        places, _ = nearness.candidates(measures.signatures, measures.sizes, nearness.measure([texts[place]]))
        there += len(wanted)
        found += len(wanted & set(places.tolist()))
        assert place in places[:5]
    assert there > 150
    assert found >= 0.98 * there


def test_only_what_may_be_looked_at_is_a_candidate() -> None:
    texts = ["The port grew again.", "The port grew.", "The port grew again."]
    measures = nearness.measure(texts)
    among = np.array([False, True, True])
    places, _ = nearness.candidates(
        measures.signatures, measures.sizes, nearness.measure(texts[:1]), among=among, begin=10
    )
    assert places.tolist() == [12, 11]


def test_a_text_without_words_has_no_candidates() -> None:
    measures = nearness.measure(["The port grew."])
    places, _ = nearness.candidates(measures.signatures, measures.sizes, nearness.measure(["…!"]))
    assert len(places) == 0


def test_the_best_are_kept_the_later_before_the_earlier() -> None:
    places, likes = nearness.best(np.arange(6), np.array([0.5, 0.9, 0.5, 0.5, 0.7, 0.1], np.float32), 3)
    assert places.tolist() == [1, 4, 3]
    assert likes.tolist() == pytest.approx([0.9, 0.7, 0.5])


@pytest.mark.parametrize("phrase", ["port grew", "卡奥斯", "PORT", "平台"])
def test_a_text_holds_the_bits_of_each_phrase_in_it(phrase: str) -> None:
    texts = ["The port grew.", "卡奥斯平台服务企业", "Nothing of it here", "Port grew, 卡奥斯平台"]
    wanted = [phrase.lower() in text.lower() for text in texts]
    may = nearness.holds(nearness.measure(texts).signatures, nearness.measure([phrase]).signatures[:, 0])
    assert (may >= np.array(wanted)).all()
    assert not may[2]


@pytest.mark.real_data
@pytest.mark.parametrize("side", ["Chinese", "English"])
def test_in_news_all_that_brute_force_finds_is_found(shared_data: Path, side: str) -> None:
    """Three systems' outputs of the same sources are each other's fuzzy matches; Chinese sources are changed."""
    folder = shared_data / "wmt23-zh-en"
    rng = random.Random(7)
    if side == "English":
        files = ("systems/ONLINE-A.en", "systems/HW-TSC.en", "systems/GPT4-5shot.en")
        texts = [line for name in files for line in (folder / name).read_text("utf-8").splitlines()]
    else:
        texts = (folder / "source.zh").read_text("utf-8").splitlines()
        for line in texts[:600]:
            letters = list(line)
            for _ in range(int(len(letters) * rng.uniform(0.05, 0.3))):
                letters[rng.randrange(len(letters))] = rng.choice(texts[0])
            texts.append("".join(letters))
    measures = nearness.measure(texts)
    there = found = 0
    for place in rng.sample(range(len(texts)), 80):
        if not any(letter.isalnum() for letter in texts[place]):
            continue  # a lone mark has no words to be found by
        wanted = {at for at, score in enumerate(nearness.scores(texts[place], texts)) if score} - {place}
        places, _ = nearness.candidates(measures.signatures, measures.sizes, nearness.measure([texts[place]]))
        there += len(wanted)
        found += len(wanted & set(places.tolist()))
    assert there > 20
    assert found == there
