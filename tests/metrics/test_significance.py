"""Paired tests give sacrebleu's numbers for the same seed, whatever the size of the blocks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from review.errors import InputError
from review.metrics import Metric, Options, significance, surface
from review.metrics.base import TESTS, Comparison
from review.metrics.significance import Subject, compare_means, draws, holm, pairwise_means
from review.metrics.significance.pairs import clusters, ranks
from review.metrics.significance.sums import Stack, add_in_order
from tests.metrics.rows import measured

NAMES = ["bleu", "chrf", "chrf++", "ter"]
SMALL = 100


def ours(
    metric: Metric,
    rows: Mapping[str, np.ndarray],
    counts: np.ndarray,
    test: str,
    trials: int,
    seed: int,
    block: int = draws.BLOCK,
) -> list[Comparison]:
    subject = Subject.of(metric, list(rows.values()), counts, test, trials, seed)
    [outcome] = significance.run([subject], test, trials, seed, block=block)
    return significance.against_first(subject, outcome, list(rows))


def equal(
    metric: Metric, rows: Mapping[str, np.ndarray], counts: np.ndarray, test: str, trials: int = 60, seed: int = 12345
) -> list[Comparison]:
    """Hold every number against sacrebleu's, with ``==``."""
    given = [(name, each.tolist()) for name, each in rows.items()]
    signature, theirs = surface.paired(metric.create("system"), counts, given, TESTS[test], trials, seed)
    for block in (draws.BLOCK, SMALL):
        found = ours(metric, rows, counts, test, trials, seed, block)
        assert [(one.score, one.p_value, one.mean, one.interval) for one in found] == theirs
        assert {one.signature for one in found} == {signature}
    return found


@pytest.mark.parametrize("seed", [12345, 1])
@pytest.mark.parametrize("references", [1, 2])
@pytest.mark.parametrize("count", [1, 2, 33, 75])
@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_sacrebleus(name: str, test: str, count: int, references: int, seed: int) -> None:
    metric, rows, counts = measured(name, count, references)
    found = equal(metric, rows, counts, test, seed=seed)
    assert all(one.exact_mean is one.exact_p_value is None for one in found)


@pytest.mark.parametrize("count", [5, 75])
@pytest.mark.parametrize("name", NAMES)
def test_three_references_have_fractions_as_mean_lengths(name: str, count: int) -> None:
    metric, rows, counts = measured(name, count, 3)
    equal(metric, rows, counts, "bootstrap")
    given = [(key, each.tolist()) for key, each in rows.items()]
    _, theirs = surface.paired(metric.create("system"), counts, given, "ar", 60, 3)
    found = ours(metric, rows, counts, "randomization", 60, 3)
    assert [(one.score, one.p_value) for one in found] == [(one[0], one[1]) for one in theirs]


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("value", [None, 2.0, 0.7])
@pytest.mark.parametrize("method", ["floor", "add-k", "none"])
def test_other_smoothing_is_sacrebleus_too(method: str, value: float | None, test: str) -> None:
    metric, rows, counts = measured("bleu", 40, 1, Options(smooth_method=method, smooth_value=value))
    equal(metric, rows, counts, test, trials=40)


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("name", NAMES)
def test_systems_that_all_score_nothing_are_sacrebleus_too(name: str, test: str) -> None:
    metric, rows, counts = measured(name, 20)
    equal(metric, {"silent": rows["silent"], "mute": rows["silent"]}, counts, test)
    equal(metric, {"zero": rows["silent"] * 0, "silent": rows["silent"], "good": rows["good"]}, counts, test)


def enlarged(metric: Metric, rows: Mapping[str, np.ndarray], factor: int) -> dict[str, np.ndarray]:
    """Rows of segments ``factor`` times as long, with odd numbers that a rounded sum would lose."""
    noise = np.random.default_rng(5)
    large = {key: each * factor + (each > 0) * noise.integers(0, 9, size=each.shape) for key, each in rows.items()}
    if metric.name == "bleu":
        for each in large.values():  # no more matches than words
            each[:, 2:6] = np.minimum(each[:, 2:6], each[:, 6:10])
    return large


@pytest.mark.parametrize("factor", [100_000, 30_000_000])
@pytest.mark.parametrize("name", NAMES)
def test_where_sacrebleus_sums_are_rounded_its_numbers_stand_beside_exact_ones(name: str, factor: int) -> None:
    metric, rows, counts = measured(name, 75)
    large = enlarged(metric, rows, factor)
    found = equal(metric, large, counts, "bootstrap")
    taken = np.random.default_rng(12345).choice(75, size=(60, 75))
    exact = {key: metric.values(each.astype(np.float64)[taken].sum(axis=1)) for key, each in large.items()}
    for one in found:
        apart = np.abs(exact[one.system] - exact["good"])
        p_value = (np.sum(apart - apart.mean() > abs(one.score - found[0].score)) + 1) / 61
        assert one.exact_mean == np.sort(exact[one.system]).mean()
        assert one.exact_p_value == (None if one.system == "good" else p_value)
    assert found[0].mean != found[0].exact_mean
    assert equal(metric, large, counts, "randomization")[0].exact_mean is None


@pytest.mark.parametrize(("name", "factor"), [("bleu", 15_000), ("chrf", 5000), ("chrf++", 5000), ("ter", 20_000)])
def test_sums_that_float32_holds_have_no_exact_ones_beside_them(name: str, factor: int) -> None:
    metric, rows, counts = measured(name, 75)
    large = enlarged(metric, rows, factor)
    assert max(each.max() for each in large.values()) * 75 > 2**24  # one segment drawn each time would not fit
    found = equal(metric, large, counts, "bootstrap")
    assert all(one.exact_mean is one.exact_interval is one.exact_p_value is None for one in found)


def test_the_compiled_loop_adds_in_the_order_of_numpys() -> None:
    noise = np.random.default_rng(8)
    for columns in (2, 10, 18, 24):
        rows = (noise.random((301, columns)) * 3e6).astype(np.float32)
        taken = noise.integers(0, 301, size=(7, 301), dtype=np.int32)
        slow = add_in_order(rows, taken, fast=False)
        assert (slow != rows[taken].sum(axis=1, dtype=np.float64)).any()
        assert (add_in_order(rows, taken, fast=True) == slow).all()


@pytest.mark.parametrize("count", [1, 3, 64, 101])
def test_draws_in_blocks_are_the_draws_of_one_call(count: int) -> None:
    whole = np.random.default_rng(9).choice(count, size=(41, count), replace=True)
    coins = np.random.default_rng(9).integers(2, size=(41, count), dtype=bool)
    for block in (1, 7, 100, 10_000):
        assert (np.concatenate(list(draws.positions(count, 41, 9, block))) == whole).all()
        assert (np.concatenate(list(draws.coins(count, 41, 9, block))) == coins).all()
    assert (draws.multiplicities(whole, count) == [np.bincount(row, minlength=count) for row in whole]).all()


@pytest.mark.parametrize("factor", [1, 2**22, 2**26])
def test_products_of_whole_numbers_are_exact_at_any_size(factor: int) -> None:
    noise = np.random.default_rng(4)
    matrices = [noise.integers(0, 200, size=(500, 10)) * factor, noise.integers(0, 200, size=(500, 2)) / 2]
    matrices[0][7] = 2**23 + 1  # a single segment that fills a sum
    weights = noise.integers(0, 9, size=(20, 500)).astype(np.float32)
    for found, rows in zip(Stack(matrices).product(weights), matrices, strict=True):
        assert (found == [(row[:, None] * rows).sum(axis=0) for row in weights.astype(np.int64)]).all()


@pytest.mark.parametrize("test", TESTS)
def test_pairs_have_the_p_values_of_either_system_as_baseline(test: str) -> None:
    metric, rows, counts = measured("chrf", 75)
    subject = Subject.of(metric, list(rows.values()), counts, test, 60, 3)
    [outcome] = significance.run([subject], test, 60, 3, every=True)
    found = significance.pairwise(subject, outcome, list(rows), test, 60, 3)
    assert set(found.systems) == set(rows)
    assert list(found.scores) == sorted(found.scores, reverse=True)
    for place, name in enumerate(found.systems):
        others = [other for other in found.systems if other != name]
        compared = ours(metric, {key: rows[key] for key in (name, *others)}, counts, test, 60, 3)
        by_name = {one.system: one for one in compared}
        assert np.isnan(found.p_values[place, place])
        assert [found.p_values[place, found.systems.index(other)] for other in others] == [
            by_name[other].p_value for other in others
        ]
        if test == "bootstrap":
            assert found.means is not None
            assert found.lower is not None
            assert found.upper is not None
            mine = by_name[name]
            assert found.means[place] == mine.mean
            assert 0.5 * (found.upper[place] - found.lower[place]) == pytest.approx(mine.interval, rel=1e-5)
        else:
            assert found.means is found.lower is found.upper is None


def test_lower_is_better_turns_the_order_round_and_like_systems_share_a_rank() -> None:
    metric, rows, counts = measured("ter", 75)
    subject = Subject.of(metric, list(rows.values()), counts, "bootstrap", 200, 3)
    [outcome] = significance.run([subject], "bootstrap", 200, 3, every=True)
    found = significance.pairwise(subject, outcome, list(rows), "bootstrap", 200, 3)
    assert list(found.scores) == sorted(found.scores)
    good, same = found.systems.index("good"), found.systems.index("same")
    assert found.p_values[good, same] == 1 / 201  # sacrebleu's word for two systems that are the same
    assert found.adjusted[good, same] == 1.0
    assert found.ranks[good] == found.ranks[same]
    assert found.clusters[good] == found.clusters[same]
    assert not found.better[good, same]
    [warning] = found.warnings
    assert warning.startswith("10 pairs of systems are compared by each metric: if none differed, about 0.5 of them")


def test_two_systems_get_no_warning_of_many_tests() -> None:
    found = pairwise_means({"a": [1.0, 2, 3], "b": [3.0, 1, 1]}, "bootstrap", 20, 1, label="MQM")
    assert found.warnings == ()


def test_holm_multiplies_the_smallest_by_the_number_of_pairs_and_never_falls() -> None:
    nan = np.nan
    table = np.array([[nan, 0.01, 0.04], [0.01, nan, 0.03], [0.04, 0.03, nan]])
    assert holm(table)[np.triu_indices(3, 1)].tolist() == [0.03, 0.06, 0.06]
    assert (holm(table) == holm(table).T)[~np.eye(3, dtype=bool)].all()
    assert np.isnan(np.diag(holm(table))).all()
    assert holm(np.array([[nan, 0.7, 0.9], [0.7, nan, 0.8], [0.9, 0.8, nan]])).max(initial=0, where=table > 0) == 1.0


def test_pairs_that_cannot_be_tested_do_not_count_for_holm() -> None:
    nan = np.nan
    table = np.array([[nan, 0.01, nan], [0.01, nan, 0.03], [nan, 0.03, nan]])
    assert holm(table)[[0, 1], [1, 2]].tolist() == [0.02, 0.03]
    assert np.isnan(holm(table)[0, 2])


def test_a_cluster_ends_where_all_above_are_better_than_all_below() -> None:
    better = np.zeros((4, 4), dtype=bool)
    better[0, 1:] = better[1, 3] = better[2, 3] = True
    assert clusters(better) == (1, 2, 2, 3)
    assert ranks(better) == ((1, 1), (2, 3), (2, 3), (4, 4))
    better[1, 3] = False
    assert clusters(better) == (1, 2, 2, 2)
    assert ranks(better) == ((1, 1), (2, 4), (2, 3), (3, 4))


@pytest.mark.parametrize("test", TESTS)
def test_means_of_segments_are_tested_over_segments(test: str) -> None:
    noise = np.random.default_rng(2)
    values = {"a": noise.normal(size=50), "b": noise.normal(size=50) + 0.4}
    first, second = compare_means(values, test, 300, 7, label="COMET", signature="v1")
    assert (first.score, second.score) == tuple(each.sum() / 50 for each in values.values())
    assert first.p_value is None
    if test == "bootstrap":
        taken = np.random.default_rng(7).choice(50, size=(300, 50))
        scores = [each[taken].sum(axis=1) / 50 for each in values.values()]
        apart = np.abs(scores[1] - scores[0])
        more = apart - apart.mean() > abs(first.score - second.score)
        assert second.mean == pytest.approx(scores[1].mean(), rel=1e-12)
        assert second.signature == "v1|bs:300|seed:7"
    else:
        stay = np.random.default_rng(7).integers(2, size=(300, 50), dtype=bool)
        mixed = [np.where(stay, *pair).mean(axis=1) for pair in (list(values.values()), list(values.values())[::-1])]
        more = np.abs(mixed[0] - mixed[1]) > abs(first.score - second.score)
        assert second.mean is None
    assert second.p_value == (np.sum(more) + 1) / 301


def test_means_of_segments_are_tested_over_documents_of_their_own_lengths() -> None:
    values = {"a": [1.0, 2.0, 3.0, 8.0], "b": [0.0, 2.0, 1.0, 9.0]}
    units = ["x", "y", "x", "y"]
    first, second = compare_means(values, "bootstrap", 200, 7, label="MQM", units=units, higher_is_better=False)
    taken = np.random.default_rng(7).choice(2, size=(200, 2))
    sums = np.array([[4.0, 10.0], [1.0, 11.0]])
    scores = [each[taken].sum(axis=1) / 4 for each in sums]
    assert (first.score, second.score) == (3.5, 3.0)
    assert [first.mean, second.mean] == [np.sort(each).mean() for each in scores]


def test_a_segment_without_a_number_counts_for_no_mean() -> None:
    values = {"a": [1.0, np.nan, 3.0], "b": [0.0, 2.0, 1.0]}
    first, second = compare_means(values, "randomization", 10, 7, label="MQM")
    assert (first.score, second.score) == (2.0, 1.0)


@pytest.mark.parametrize(
    ("values", "test", "units", "part"),
    [
        ({"a": [1.0]}, "bootstrap", None, "two systems or more"),
        ({"a": [1.0], "b": [2.0]}, "guessing", None, "no test 'guessing'"),
        ({"a": [1.0], "b": [2.0, 3.0]}, "bootstrap", None, "differ in number"),
        ({"a": [1.0], "b": [2.0]}, "bootstrap", ["x", "y"], "differ in number"),
        ({"a": [1.0], "b": [np.nan]}, "bootstrap", None, "no segment with a number"),
    ],
)
def test_numbers_that_cannot_be_compared_are_refused(
    values: dict[str, list[float]], test: str, units: list[str] | None, part: str
) -> None:
    with pytest.raises(InputError, match=part):
        compare_means(values, test, 10, 1, label="MQM", units=units)
