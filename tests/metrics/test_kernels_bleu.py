"""The compiled BLEU counts what sacrebleu counts, whatever the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.metrics import Options, Prepared, metrics
from tests.metrics import odd
from tests.metrics.test_published import texts

CASES = [options for name, options in odd.CASES if name == "bleu"]


@pytest.mark.parametrize("options", CASES, ids=odd.named)
def test_three_thousand_odd_lines_are_measured_as_sacrebleu_does(options: Options) -> None:
    assert odd.differences("bleu", options, odd.fuzzed(11, 3000)) == []


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(CASES), st.lists(odd.segments(), min_size=1, max_size=5))
def test_any_text_is_measured_as_sacrebleu_does(options: Options, segments: list[odd.Segment]) -> None:
    assert odd.differences("bleu", options, segments) == []


@pytest.mark.parametrize("options", CASES, ids=odd.named)
def test_very_long_lines_are_measured_as_sacrebleu_does(options: Options) -> None:
    unit = ["a", ".", "&", "-", "1", "1.", "1-", " ", "\n", "卡", "a ", "<skipped>", "&amp;", "\u0301", "\ud800"]
    long = [(one * 5_000, (one * 4_000, "a b c d")) for one in unit]
    longest = [("a" * 100_000, ("a" * 99_999,)), ("a " * 100_000, ("a " * 99_999,)), ("a b", ("a b" * 30_000,))]
    assert odd.differences("bleu", options, long + longest) == []


@pytest.mark.parametrize("options", CASES, ids=odd.named)
def test_empty_texts_are_measured_as_sacrebleu_does(options: Options) -> None:
    segments: list[odd.Segment] = [("", ("",)), ("", ("a b",)), ("a", ("",)), (" \n", ("\u3000", "")), ("", ("", "a"))]
    assert odd.differences("bleu", options, segments) == []
    assert odd.differences("bleu", options, segments[:1]) == []


def test_the_nearest_reference_length_is_sacrebleus_whatever_the_order() -> None:
    lengths = [
        ("a " * 4, ("a " * 5, "a " * 3)),
        ("a " * 4, ("a " * 3, "a " * 5)),
        ("a " * 4, ("a " * 9, "a " * 4, "a")),
    ]
    assert odd.differences("bleu", Options(), lengths) == []
    [bleu] = metrics(["bleu"])
    rows = bleu.measure([text for text, _ in lengths], Prepared([texts for _, texts in lengths]), fast=True)
    assert rows[:, 1].tolist() == [3, 3, 4]


def test_systems_share_what_was_made_of_the_references() -> None:
    [bleu] = metrics(["bleu"])
    prepared = Prepared([("a b c",), ("d e", "f g h")])
    first = bleu.measure(["a b", "f g"], prepared, fast=True)
    made = dict(prepared.made)
    second = bleu.measure(["c", "d e f"], prepared, fast=True)
    assert list(prepared.made.values()) == list(made.values())
    assert second.tolist() == bleu.measure(["c", "d e f"], prepared, fast=False).tolist()
    assert first.tolist() == bleu.measure(["a b", "f g"], prepared, fast=True).tolist()


@pytest.mark.parametrize("tokenizer", ["ja-mecab", "ko-mecab", "spm", "flores200"])
def test_tokenizers_with_a_model_or_a_dictionary_stay_sacrebleus(tokenizer: str) -> None:
    [bleu] = metrics(["bleu"], Options(tokenize=tokenizer))
    assert not bleu.proven


def test_another_sacrebleu_is_not_trusted_to_count_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.metrics.surface.version", lambda: "2.7.0")
    assert not any(metric.proven for metric in metrics(["bleu", "chrf", "chrf++", "ter"]))


@pytest.mark.real_data
def test_every_wmt23_system_is_measured_as_sacrebleu_does(shared_data: Path) -> None:
    folder = shared_data / "wmt23-zh-en"
    [bleu] = metrics(["bleu"])
    prepared = bleu.prepare([texts(folder / "reference.refA.en")])
    paths = sorted((folder / "systems").glob("*.en"))
    assert len(paths) == 15
    for path in paths:
        system = texts(path)
        ours, theirs = (bleu.measure(system, prepared, fast=fast) for fast in (True, False))
        assert (ours == theirs).all(), path.stem


@pytest.mark.real_data
@pytest.mark.parametrize("tokenizer", ["zh", "char", "intl", "13a"])
def test_chinese_text_is_measured_as_sacrebleu_does(shared_data: Path, tokenizer: str) -> None:
    lines = texts(shared_data / "wmt23-zh-en" / "source.zh")
    shorter = ["".join(letter for place, letter in enumerate(line) if place % 7) for line in lines]
    segments: list[odd.Segment] = [(one, (line,)) for one, line in zip(shorter, lines, strict=True)]
    assert odd.differences("bleu", Options(tokenize=tokenizer), segments) == []
