"""The figures that the flags have to reach, on real data."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from benchmarks import flags, spoiling

pytestmark = pytest.mark.real_data


def test_every_known_row_of_the_seed_article_is_flagged_and_not_much_else(shared_data: Path) -> None:
    found = flags.seed()
    assert found["missing"] == "none"
    assert found["detectors that failed"] == 0
    surely, of = found["terminology rows at confidence 0.9"].split(" of ")
    assert surely == of
    assert found["text covered by flags, %"] < 35


@pytest.fixture(scope="module")
def lines(shared_data: Path) -> dict[str, list[str]]:
    return flags.read_lines()


def test_sure_flags_touch_few_human_references(lines: dict[str, list[str]]) -> None:
    assert flags.human(flags.documents(lines, news=True))["with a flag of confidence 0.9 or more, %"] <= 2
    assert flags.human(flags.documents(lines, news=False))["with a flag of confidence 0.9 or more, %"] <= 2


def test_right_numbers_pass_and_wrong_ones_are_found(lines: dict[str, list[str]]) -> None:
    found: dict[str, Any] = flags.numbers(lines)
    assert found["of them flagged as they are, %"] <= 3
    assert found["of them found, %"] >= 85
    assert found["flagged as they are by numbers, dates, currencies or units, %"] <= 3
    others = {name.split(" (")[0].strip(): share for name, share in found.items() if name.startswith("  ")}
    assert min(others[kind] for kind in spoiling.KINDS if kind != "percent dropped") >= 80


def test_one_value_is_made_wrong_for_each_kind_there_is() -> None:
    text = "On Friday, June 3, sales rose 15% to 300 yuan for 20 km."
    broken = dict(spoiling.changed(text, random.Random(1)))
    assert broken["percent dropped"] == "On Friday, June 3, sales rose 15 to 300 yuan for 20 km."
    assert broken["currency"] == "On Friday, June 3, sales rose 15% to 300 euros for 20 km."
    assert set(broken) == set(spoiling.KINDS)


def test_a_spoiled_number_differs_from_the_right_one() -> None:
    text = "It sold 3.5 million cars in 2021."
    spoiled = flags.spoiled(text, random.Random(1))
    assert {"one digit changed", "another scale"} <= {kind for kind, _ in spoiled}
    assert all(broken != text for _, broken in spoiled)
