"""The compiled chrF and chrF++ count what sacrebleu counts, whatever the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.metrics import Options, Prepared, metrics
from tests.metrics import odd
from tests.metrics.test_published import texts

CASES = [case for case in odd.CASES if case[0] != "bleu"]


@pytest.mark.parametrize(("name", "options"), CASES, ids=odd.named)
def test_three_thousand_odd_lines_are_measured_as_sacrebleu_does(name: str, options: Options) -> None:
    assert odd.differences(name, options, odd.fuzzed(12, 3000)) == []


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(CASES), st.lists(odd.segments(), min_size=1, max_size=5))
def test_any_text_is_measured_as_sacrebleu_does(case: tuple[str, Options], segments: list[odd.Segment]) -> None:
    assert odd.differences(*case, segments) == []


@pytest.mark.parametrize(("name", "options"), CASES, ids=odd.named)
def test_very_long_lines_are_measured_as_sacrebleu_does(name: str, options: Options) -> None:
    unit = ["a", ".", "(", "1", " ", "卡", "a ", "ab. ", "\u0301", "\ud800", "\x00", "🙂"]
    long = [(one * 5_000, (one * 4_000, "a b c d")) for one in unit]
    longest = [("a" * 100_000, ("a" * 99_999,)), ("a b" * 30_000, ("a b",)), ("a b", ("a b" * 30_000,))]
    assert odd.differences(name, options, long + longest) == []


@pytest.mark.parametrize(("name", "options"), CASES, ids=odd.named)
def test_texts_shorter_than_an_order_are_measured_as_sacrebleu_does(name: str, options: Options) -> None:
    short = ["", " ", "a", "ab", "abc", "a b", "abcdef", "(", "()", "(a)", "\u3000a\u3000"]
    segments: list[odd.Segment] = [(one, (two,)) for one in short for two in short]
    assert odd.differences(name, options, segments) == []
    assert odd.differences(name, options, segments[:1]) == []


def test_a_hypothesis_counts_nothing_where_the_reference_has_no_ngram_of_that_order() -> None:
    [chrf] = metrics(["chrf"])
    row = chrf.measure(["abcdef"], Prepared([("abc",)]), fast=True)[0].tolist()
    assert row == [6, 3, 3, 5, 2, 2, 4, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]


def test_the_first_of_two_equally_good_references_counts() -> None:
    [chrf] = metrics(["chrf"])
    for references in (("xy", "uvw"), ("uvw", "xy")):
        row = chrf.measure(["ab"], Prepared([references]), fast=True)[0].tolist()
        assert row[1] == len(references[0])
        assert odd.differences("chrf", Options(), [("ab", references)]) == []


def test_chrf_and_chrf_plus_plus_share_prepared_references() -> None:
    both = metrics(["chrf", "chrf++"], Options(chrf_whitespace=True))
    prepared = Prepared([("a (b) c",), ("d e.", "f g h")])
    for metric in (*both, *both):
        ours, theirs = (metric.measure(["a b", "f g."], prepared, fast=fast) for fast in (True, False))
        assert ours.tolist() == theirs.tolist()


@pytest.mark.real_data
def test_every_wmt23_system_is_measured_as_sacrebleu_does(shared_data: Path) -> None:
    folder = shared_data / "wmt23-zh-en"
    chrf, chrf_words = metrics(["chrf", "chrf++"])
    prepared = chrf.prepare([texts(folder / "reference.refA.en")])
    paths = sorted((folder / "systems").glob("*.en"))
    assert len(paths) == 15
    for path in paths:
        system = texts(path)
        # With one reference, what sacrebleu counts for chrF++ begins with what it counts for chrF.
        theirs = chrf_words.measure(system, prepared, fast=False)
        assert (chrf_words.measure(system, prepared, fast=True) == theirs).all(), path.stem
        assert (chrf.measure(system, prepared, fast=True) == theirs[:, : len(chrf.columns)]).all(), path.stem


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["chrf", "chrf++"])
def test_chinese_text_is_measured_as_sacrebleu_does(shared_data: Path, name: str) -> None:
    lines = texts(shared_data / "wmt23-zh-en" / "source.zh")
    shorter = ["".join(letter for place, letter in enumerate(line) if place % 7) for line in lines]
    segments: list[odd.Segment] = [(one, (line,)) for one, line in zip(shorter, lines, strict=True)]
    assert odd.differences(name, Options(), segments) == []
