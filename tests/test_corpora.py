"""The sample articles are whole, can be read, and show what their README says."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

SAMPLES = ROOT / "corpora" / "articles"
FILES = sorted(SAMPLES.glob("*.jsonl"))
WITH_SOURCE = ("rizhao-port", "weifang-tractors")
COUNTS = {"rizhao-port": 18, "weifang-tractors": 24, "zaozhuang-lithium": 22}

each_sample = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_there_are_three_samples() -> None:
    assert [path.stem for path in FILES] == sorted(COUNTS)


@each_sample
def test_segments_are_numbered_and_paragraphs_ascend(path: Path) -> None:
    found = rows(path)
    assert [row["segment"] for row in found] == [str(n) for n in range(1, COUNTS[path.stem] + 1)]
    assert {row["article"] for row in found} == {path.stem}
    steps = [after["paragraph"] - before["paragraph"] for before, after in itertools.pairwise(found)]
    assert set(steps) == {0, 1}


@each_sample
def test_a_sample_has_source_and_reference_throughout_or_neither(path: Path) -> None:
    for row in rows(path):
        if path.stem in WITH_SOURCE:
            assert re.search(r"[一-鿿]", row["source"])
            assert len(row["references"]) == 1
            assert not re.search(r"[一-鿿，。；]", row["references"][0]), "a reference is clean English"
        else:
            assert "source" not in row
            assert "references" not in row


def test_the_port_article_has_two_alternatives_each_unlike_the_others() -> None:
    for row in rows(SAMPLES / "rizhao-port.jsonl"):
        versions = [row["hypothesis"], *row["references"], *row["alternatives"]]
        assert len(set(versions)) == 4, row["segment"]


@each_sample
def test_a_sample_is_read_through_the_one_door(path: Path) -> None:
    from review import formats

    (article,) = formats.read(path).articles
    assert (article.name, len(article.segments)) == (path.stem, COUNTS[path.stem])
    assert [segment.text for segment in article.segments] == [row["hypothesis"] for row in rows(path)]
    assert [segment.paragraph for segment in article.segments] == [row["paragraph"] for row in rows(path)]
    languages = (article.source_language, article.target_language)
    assert languages == (("zh", "en") if path.stem in WITH_SOURCE else ("", "en"))


def flagged(path: Path) -> list[tuple[str, str]]:
    """Each flag as (segment's number, flagged words)."""
    from review import formats
    from review.detectors import Context
    from review.steps.flagging import detect, identified
    from review.steps.terms import load_csv
    from review.text.termbase import TermIndex

    (article,) = formats.read(path).articles
    terms = TermIndex(load_csv(ROOT / "corpora" / "termbases" / "zh-en-news.csv"))
    flags, failures = detect(article, Context(terms=terms))
    assert failures == []
    names = {segment.id: segment for segment in identified(article).segments}
    return [
        (
            names[flag.segment].name,
            (names[flag.segment].text, names[flag.segment].source or "")[flag.side == "source"][flag.start : flag.end],
        )
        for flag in flags
    ]


@each_sample
def test_a_sample_gives_a_reviewer_something_to_do(path: Path) -> None:
    assert len({segment for segment, _ in flagged(path)}) >= 8


@pytest.mark.parametrize(
    ("sample", "segment", "words"),
    [
        ("weifang-tractors", "3", "physical economy"),
        ("weifang-tractors", "4", "the the"),
        ("weifang-tractors", "5", "3%"),
        ("weifang-tractors", "6", "86.4 billion"),
        ("weifang-tractors", "11", "岱行"),
        ("weifang-tractors", "21", "15 billion"),
        ("rizhao-port", "4", "41 million"),
        ("rizhao-port", "8", "people-run enterprises"),
        ("rizhao-port", "11", "放管服"),
        ("zaozhuang-lithium", "1", "_Lunan Online"),
        ("zaozhuang-lithium", "2", "[ad_1]"),
        ("zaozhuang-lithium", "3", "Original title:"),
        ("zaozhuang-lithium", "13", "灯塔工厂"),
        ("zaozhuang-lithium", "15", "&nbsp;"),
    ],
)
def test_what_the_samples_are_there_to_show_is_flagged(sample: str, segment: str, words: str) -> None:
    found = [surface for name, surface in flagged(SAMPLES / f"{sample}.jsonl") if name == segment]
    assert any(words in surface for surface in found), found


@pytest.mark.real_data
def test_the_samples_are_not_taken_from_the_seed_article(shared_data: Path) -> None:
    """No run of seven words of a sample stands in the article the project began with."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[n : n + 7]) for n in range(len(words) - 6)}

    seed = runs((shared_data / "seed" / "qingdao-haier.en.txt").read_text("utf-8"))
    samples = set().union(*(runs(row["hypothesis"]) for path in FILES for row in rows(path)))
    assert seed
    assert seed & samples == set()
