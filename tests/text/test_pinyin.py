"""Characters are read in pinyin, and a word finds the characters that it reads as."""

from __future__ import annotations

import pytest

from review.text.pinyin import reading_of, spelt, syllables
from review.text.source_names import chinese_names


def test_characters_have_syllables_in_context() -> None:
    assert syllables("在重庆") == ("zai", "chong", "qing")
    assert spelt("卡奥斯") == "kaaosi"


@pytest.mark.parametrize(
    ("word", "source", "characters"),
    [
        ("Xia Liyan", "副主席夏立言到访", "夏立言"),
        ("Chun-shan", "顾问赵春山说", "春山"),
        ("Kaos", "卡奥斯助力企业", "卡奥斯"),
        ("COSMOPlat", "卡奥斯助力企业", None),
        ("Lu", "鲁先生", None),
        ("Hisense", "卡奥斯", None),
        ("Kaos", "Kaos", None),
    ],
)
def test_a_word_finds_the_characters_it_reads_as(word: str, source: str, characters: str | None) -> None:
    found = reading_of(word, source)
    assert (found.text if found else None) == characters
    assert found is None or source[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("总理范明政表示", {"范明政"}),
        ("，李小明说：", {"李小明"}),
        ("里希·苏纳克到访", {"里希·苏纳克"}),
        ("克里斯蒂娜·费尔南德斯到访", {"克里斯蒂娜·费尔南德斯"}),
        ("冯德莱恩到访", {"冯德莱恩"}),
        ("港口开放", set()),
    ],
)
def test_names_are_told_by_their_characters(text: str, found: set[str]) -> None:
    assert chinese_names(text) == found
