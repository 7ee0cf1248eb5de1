"""Where texts are joined and cut, and where a span has gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.store.cutting import cut, join, likely_place, moved, same_place


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (["One.", "Two."], "One. Two."),
        (["一。", "二。"], "一。二。"),
        (["卡奥斯", "COSMOPlat"], "卡奥斯 COSMOPlat"),
        (["One. ", "Two."], "One. Two."),
        (["", "Two."], "Two."),
        (["One.", "", "Two."], "One. Two."),
        ([], ""),
    ],
)
def test_texts_are_joined_by_a_space_but_not_between_chinese(texts: list[str], joined: str) -> None:
    assert join(texts) == joined


def test_a_cut_leaves_no_white_space_at_its_edges() -> None:
    assert cut("One.  Two.", 5) == ("One.", "Two.")


@pytest.mark.parametrize(
    ("text", "share", "left"),
    [
        ("One sentence. Another one.", 0.5, "One sentence."),
        ("他来了。她走了。", 0.45, "他来了。"),
        ("他说：“好。”她走了。", 0.6, "他说：“好。”"),
        ("some words and more words", 0.5, "some words"),
        ("没有标点的句子", 0.5, "没有标点"),
    ],
)
def test_a_text_is_cut_at_a_sentence_end_else_between_words(text: str, share: float, left: str) -> None:
    assert cut(text, likely_place(text, share))[0] == left


@given(st.text(max_size=40), st.floats(0, 1))
def test_a_likely_place_lies_in_the_text(text: str, share: float) -> None:
    assert 0 <= likely_place(text, share) <= len(text)


def test_the_same_place_is_found_by_what_two_texts_share() -> None:
    before, after = "COSMOPlat and more. The end.", "Kaos and more. The end."
    assert after[same_place(before, after, before.index("The")) :] == "The end."


@pytest.mark.parametrize(
    ("after", "surface"),
    [
        ("The Kaos platform.", "Kaos"),
        ("Well, the Kaos platform.", "Kaos"),
        ("The Kaos platform, again.", "Kaos"),
        ("So the new Kaos industrial platform is here.", "Kaos"),
        ("The COSMOPlat platform.", None),
        ("", None),
    ],
)
def test_a_span_follows_its_words(after: str, surface: str | None) -> None:
    before = "The Kaos platform."
    found = moved(4, 8, before, after)
    assert (None if found is None else after[found[0] : found[1]]) == surface


@given(
    st.text(alphabet="ab ", max_size=20), st.text(alphabet="ab ", max_size=20), st.integers(0, 20), st.integers(0, 20)
)
def test_a_moved_span_has_the_same_words(before: str, after: str, start: int, length: int) -> None:
    end = min(start + length, len(before))
    start = min(start, end)
    found = moved(start, end, before, after)
    if found is not None and end > start:
        assert after[found[0] : found[1]] == before[start:end]
