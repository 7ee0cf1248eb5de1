"""Paragraphs and sentences: every character stays where it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.text.sentences import LONGEST, guess_language, join, paragraphs, sentences, separator, split, unwrap

TEXT = st.text(st.sampled_from("aB A.。!？“”’ \n\r\u2028\u0085\x1f\u3000😀1()[]Mr中\u200f\ufeff"), max_size=80)


def cut(text: str, language: str = "") -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@given(TEXT, st.sampled_from(["", "en", "zh", "zh-CN", "xx", "ar", "de"]))
def test_ranges_go_up_and_hold_all_that_is_not_white_space(text: str, language: str) -> None:
    for mode in ("auto", "lines", "blank"):
        flat = [item for paragraph in split(text, language, mode) for item in paragraph]
        assert all(text[start:end] and text[start:end] == text[start:end].strip() for start, end in flat)
        edges = [0, *(edge for item in flat for edge in item), len(text)]
        assert edges == sorted(edges)
        gaps = "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
        assert gaps.strip() == ""


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Mr. Li said hello. He went home.", "en", ["Mr. Li said hello.", "He went home."]),
        ("It grew 3.5 percent. Then it fell.", "en", ["It grew 3.5 percent.", "Then it fell."]),
        ("“It is good!” he said. Yes.", "en", ["“It is good!” he said.", "Yes."]),
        ("他强调，“工业是根基。”与会者发言。真的？", "zh", ["他强调，“工业是根基。”", "与会者发言。", "真的？"]),
        ("Am 3. Oktober kam er. Dr. Müller blieb.", "de", ["Am 3. Oktober kam er.", "Dr. Müller blieb."]),
        ("Good. 👍", "en", ["Good. 👍"]),
        ("   ", "en", []),
    ],
)
def test_sentences_are_cut_by_the_language_s_rules(text: str, language: str, expected: list[str]) -> None:
    assert cut(text, language) == expected


def test_odd_white_space_beside_a_full_stop_does_no_harm() -> None:
    assert cut("a.\u2028b.\u0085C. D", "en") != []
    assert cut("J.\u2028Smith came.", "en")[-1].endswith("came.")


def test_a_headline_is_one_segment_and_a_lone_paragraph_is_none() -> None:
    text = "What now? China's plan for 2030\n\nFirst. Second."
    assert [len(paragraph) for paragraph in split(text, "en")] == [1, 2]
    assert [len(paragraph) for paragraph in split("One. And two without a stop", "en")] == [2]


def test_short_lines_are_not_taken_for_wrapped_text() -> None:
    assert len(paragraphs("red\ngreen\nblue\nyellow\n")) == 4
    assert len(paragraphs("red\ngreen\n\nblue\n", "blank")) == 2


def test_unwrapping_puts_blanks_between_words_and_nothing_between_han() -> None:
    assert unwrap("one\n  two\r\nthree") == "one two three"
    assert unwrap("一二\n三四") == "一二三四"
    assert unwrap("as  it\u2028is") == "as  it\u2028is"


def test_joining_leaves_out_what_is_empty() -> None:
    assert join(["One.", "", "Two."]) == "One. Two."
    assert join(["一。", "二。"]) == "一。二。"
    assert join(["一。", "Two."]) == "一。 Two."
    assert separator("", "a") == ""


@given(st.lists(TEXT, max_size=4))
def test_a_separator_is_what_joining_adds(texts: list[str]) -> None:
    whole = ""
    for text in texts:
        whole += separator(whole, text) + text
    assert join(texts) == whole


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("青岛市副书记调研海尔集团。", "zh"),
        ("これは日本語です。漢字もある。", "ja"),
        ("이것은 한국어입니다.", "ko"),
        ("Это по-русски.", "ru"),
        ("هذه جملة عربية.", "ar"),
        ("The mayor of the city went to the port and looked at it.", "en"),
        ("Der Bürgermeister ging zum Hafen.", ""),
        ("Der Bürgermeister ging mit der Tochter zum Hafen.", "de"),
        ("Le maire est dans le port et la ville dort.", "fr"),
        ("El alcalde está en el puerto y la ciudad duerme.", "es"),
        ("De burgemeester is in het oude fort van de stad.", "nl"),
        ("این جمله فارسی است و چند واژه دیگر.", "fa"),
        ("Місто відкрило свій порт.", "uk"),
        ("OpenPort", ""),
        ("12345", ""),
    ],
)
def test_a_language_is_guessed_by_script_or_small_words(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize("sentence", ["港口增长了。", "The port grew. ", 'He said "yes." '])
def test_a_very_long_paragraph_is_cut_like_a_short_one(sentence: str) -> None:
    few, many = (sentences(sentence * count) for count in (50, 3 * LONGEST // len(sentence)))
    assert len(few) == 50
    assert len(many) == 3 * LONGEST // len(sentence)
    assert many[:50] == few
