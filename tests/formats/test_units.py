"""Places in UTF-16 units and in code points."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from review.formats.units import told, units

TEXT = st.text(st.sampled_from("ab\n😀𠮷é卡"), max_size=8)


@given(text=TEXT)
def test_each_unit_belongs_to_its_code_point(text: str) -> None:
    assert len(units(text)) == len(text.encode("utf-16-le")) // 2
    assert [text[place] for place in units(text, "\n")] == [
        char for char in text if char != "\n" for _ in range(len(char.encode("utf-16-le")) // 2)
    ]


@given(text=TEXT, data=st.data())
def test_what_two_units_tell_is_read_as_it_was_meant(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    counted = units(text, "\n")
    found = told(counted, start, end)
    if found is None:
        assert start == end or "\n" in (text[start], text[end - 1])
    else:
        assert (counted[found[0]], counted[found[1]] + 1) == (start, end)
