"""What a correction saves, on real data: less work with than without, and entries that are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import learning
from benchmarks.learning import wishes

pytestmark = pytest.mark.real_data


def test_entries_learned_from_one_half_are_right_in_the_other(shared_data: Path) -> None:
    found = learning.studied(["HW-TSC", "ONLINE-W"], half=1)
    assert found["hits in the documents not learned from"] >= 10
    assert found["of them read otherwise in the target text, %"] >= 75


def test_a_wish_is_wanted_only_where_the_target_text_reads_otherwise(shared_data: Path) -> None:
    batch = wishes.Batch.of("ONLINE-A", "reference", 1)
    assert len(batch.wishes) > 10
    for wish in batch.wishes:
        for line in wish.places:
            assert wish.source in batch.source[line]
            assert wishes.has(batch.output[line], wish.wrong)
            assert not wishes.has(batch.target[line], wish.wrong)
        sure = [line for line in wish.places if wishes.has(batch.target[line], wish.right)]
        assert 2 * len(sure) >= len(wish.places)


def test_a_reviewer_fulfils_every_wish_with_fewer_acts_where_rules_are_followed(shared_data: Path) -> None:
    batch = wishes.Batch.of("ONLINE-A", "reference", 1)
    batch.documents = batch.documents[:12]
    inside = set(batch.lines)
    batch.wishes = [wish for wish in wishes.wishes(batch) if wish.places <= inside]
    by_hand = learning.replay(batch, learning.WAYS[0])
    with_all = learning.replay(batch, learning.WAYS[2])
    assert (by_hand.left, with_all.left) == (0, 0)
    assert with_all.acts <= by_hand.acts
