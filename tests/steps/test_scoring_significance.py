"""Comparing what was measured: sacrebleu's metrics and numbers from elsewhere, in one go."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from review.errors import InputError
from review.metrics import Metric
from review.metrics.significance import compare_means
from review.steps.scoring import Measured, compare, measure, pairwise
from review.steps.scoring.reports import comparison_csv, comparison_data, pairwise_data
from review.steps.scoring.significance import rounded
from tests.metrics.rows import spoilt, texts


class Elsewhere(Metric):
    """Segment scores of another program; a system's is their mean."""

    name = "judge"
    label = "Judge"
    title = "What another program said"
    advice = "None."
    sacrebleu = False
    dtype = np.float64
    columns = ("score",)  # type: ignore[assignment]
    key = "judge 1"  # type: ignore[assignment]

    def create(self, level: str) -> Any:
        raise AssertionError("there is no object of sacrebleu's")

    def score(self, sums: Any, counts: Any, **named: Any) -> Any:
        from review.model import Score

        return Score(self.label, sums[0] / len(counts), "judge:1")


@pytest.fixture(scope="module")
def found() -> Measured:
    reference = texts(1, 40)
    systems = {
        name: spoilt(reference, seed, share) for name, seed, share in (("a", 2, 0.1), ("b", 3, 0.4), ("c", 4, 0.1))
    }
    return measure(systems, [reference], ["bleu", "ter"])


@pytest.mark.parametrize("test", ["bootstrap", "randomization"])
def test_numbers_from_elsewhere_are_tested_beside_sacrebleus(found: Measured, test: str) -> None:
    noise = np.random.default_rng(1)
    judged = {name: noise.normal(size=40) for name in found.systems}
    rows = {**found.rows, **{(name, "judge"): each[:, None] for name, each in judged.items()}}
    both = replace(found, metrics=(*found.metrics, Elsewhere()), rows=rows)
    results = compare(both, test, 50, 3)
    assert [(one.system, one.metric) for one in results[:4]] == [
        ("a", "BLEU"), ("a", "TER"), ("a", "Judge"), ("b", "BLEU"),
    ]  # fmt: skip
    assert [one for one in results if one.metric != "Judge"] == compare(found, test, 50, 3)
    alone = compare_means(judged, test, 50, 3, label="Judge", signature="judge:1")
    for one, other in zip([one for one in results if one.metric == "Judge"], alone, strict=True):
        assert one.score == pytest.approx(other.score, rel=1e-12)
        assert replace(one, score=0.0) == replace(other, score=0.0)
    assert [one.metric for one in pairwise(both, test, 50, 3)] == ["BLEU", "TER", "Judge"]


def test_sums_that_are_rounded_are_told_and_their_exact_values_given(found: Measured) -> None:
    plain = compare(found, "bootstrap", 50)
    assert rounded(plain) == []
    assert "exact_mean" not in comparison_data(plain, "bootstrap", 50, 1)["results"][0]
    rows = {(name, key): each * (300_000 if key == "ter" else 1) for (name, key), each in found.rows.items()}
    large = replace(found, rows=rows)
    results = compare(large, "bootstrap", 50)
    [sentence] = rounded(results)
    assert sentence.startswith("TER: counts of a resample reach 2^24 (16,777,216)")
    bleu, ter = comparison_data(results, "bootstrap", 50, 1)["results"][2:4]
    assert "exact_mean" not in bleu
    assert (ter["exact_mean"], ter["exact_interval"]) == (results[3].exact_mean, results[3].exact_interval)
    header = comparison_csv(results).splitlines()[0]
    assert header.endswith("interval,exact_p_value,exact_mean,exact_interval,signature")
    _, pairs = pairwise(large, "bootstrap", 50)
    assert sentence in pairs.warnings
    data = pairwise_data(pairs)
    place, first = (pairs.systems.index(name) for name in ("b", "a"))
    assert data["exact_p_values"][first][place] == results[3].exact_p_value


def test_the_level_of_significance_decides_clusters_and_the_warning(found: Measured) -> None:
    strict, _ = pairwise(found, "bootstrap", 50, level=0.001)
    assert strict.clusters == (1, 1, 1)
    assert strict.ranks == ((1, 3), (1, 3), (1, 3))
    loose, _ = pairwise(found, "bootstrap", 50, level=0.1)
    assert loose.clusters[-1] == 2
    assert loose.warnings == (
        "3 pairs of systems are compared by each metric: if none differed, about 0.3 of them would still come out "
        "below 0.1 by chance. Read the adjusted p-values (Holm).",
    )


def test_more_trials_than_are_of_use_are_refused(found: Measured) -> None:
    with pytest.raises(InputError, match="ask for fewer --trials"):
        compare(found, "bootstrap", 2_000_000)


def test_one_system_has_nothing_to_be_compared_with(found: Measured) -> None:
    with pytest.raises(InputError, match="two systems or more"):
        pairwise(replace(found, systems=("a",)), "bootstrap")
