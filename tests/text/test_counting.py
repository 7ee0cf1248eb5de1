"""Words as progress and penalties count them."""

from __future__ import annotations

import pytest

from review.text.counting import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Two words", 2),
        ("COSMOPlat's 3.5 per-cent, 1,000!", 4),
        ("双循环", 3),
        ("卡奥斯 COSMOPlat平台", 6),
        ("—— … ！", 0),
        ("naïve café", 2),
    ],
)
def test_a_chinese_character_and_a_spaced_word_count_one(text: str, words: int) -> None:
    assert count_words(text) == words
