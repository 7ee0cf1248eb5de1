"""The scores that the organisers of WMT23 published come out again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from review.metrics import Metric, metrics
from review.metrics.base import Prepared

pytestmark = pytest.mark.real_data


def texts(path: Path) -> list[str]:
    return [line.rstrip() for line in path.read_bytes().decode().removesuffix("\n").split("\n")]


@pytest.fixture(scope="module")
def prepared(shared_data: Path) -> dict[str, tuple[Metric, Prepared]]:
    references = [texts(shared_data / "wmt23-zh-en" / "reference.refA.en")]
    return {metric.name: (metric, metric.prepare(references)) for metric in metrics(["bleu", "chrf"])}


def test_every_published_bleu_and_chrf_is_reproduced(
    shared_data: Path, prepared: dict[str, tuple[Metric, Prepared]]
) -> None:
    folder = shared_data / "wmt23-zh-en"
    with (folder / "published-scores.tsv").open(encoding="utf-8", newline="") as file:
        published = {
            (row["system"], row["metric"]): float(row["score"]) for row in csv.DictReader(file, delimiter="\t")
        }
    checked = 0
    for path in sorted((folder / "systems").glob("*.en")):
        hypotheses = texts(path)
        for name, (metric, references) in prepared.items():
            score = metric.combine(metric.measure(hypotheses, references), references.counts)
            # Python 3.12 sums floats with compensation, so the last digit differs from the published one.
            assert score.value == pytest.approx(published[path.stem, f"{name}-refA"], rel=1e-14, abs=0)
            checked += 1
    assert checked == 30
