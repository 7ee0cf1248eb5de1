"""There is always room between two positions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.store.positions import between, initial


def test_imported_segments_stand_in_their_order() -> None:
    positions = [initial(number) for number in (0, 1, 254, 255, 256, 65_535, 10_000_000)]
    assert positions == sorted(positions)


@given(st.lists(st.integers(0, 10_000), max_size=200))
def test_whatever_is_inserted_anywhere_finds_its_place(places: list[int]) -> None:
    positions = [initial(number) for number in range(3)]
    for place in places:
        at = place % (len(positions) + 1)
        low = positions[at - 1] if at else b""
        high = positions[at] if at < len(positions) else None
        made = between(low, high)
        assert low < made
        assert high is None or made < high
        assert made[-1] != 0
        positions.insert(at, made)


def test_positions_out_of_order_have_nothing_between_them() -> None:
    with pytest.raises(ValueError, match="out of order"):
        between(b"\x02", b"\x01")
