"""Articles as plain text: cut into sentences, and put together again byte for byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.model import Segment
from tests.formats.helpers import HOSTILE, again, at, corrected, deleted, edit, inserted, read

NEWS = "A Headline Without a Full Stop\n\nFirst sentence. Second one.  Third one!\n\nLast paragraph. It ends here."

TEXT = st.text(st.sampled_from("aB é.!?。！“” \n\r\t\u2028\u0085\u3000中文👍1[]<&\ufeff\u202e"), max_size=60)


def texts(data: bytes) -> list[str]:
    return [segment.hypothesis for segment in read(data, "article")[1][0].segments]


def test_the_headline_is_a_paragraph_and_sentences_are_segments() -> None:
    _, (article,) = read(NEWS.encode(), name="news")
    assert [(segment.paragraph, segment.hypothesis) for segment in article.segments] == [
        (0, "A Headline Without a Full Stop"),
        (1, "First sentence."),
        (1, "Second one."),
        (1, "Third one!"),
        (2, "Last paragraph."),
        (2, "It ends here."),
    ]


def test_locators_are_code_points_of_the_text() -> None:
    text = "\ufeffStadt 👍 heißt so. Zwei."
    _, (article,) = read(text.encode("utf-8"))
    for segment in article.segments:
        start, end = map(int, segment.locators[0].split(":"))
        assert text[1:][start:end] == segment.hypothesis


def test_lines_that_were_wrapped_are_put_together() -> None:
    wrapped = (
        "The mayor said on Monday that the port would be\n"
        "electrified by the end of the year, and that two\n"
        "more quays would follow when the money for them\n"
        "had been found by the city.\n\nA second paragraph.\n"
    )
    found = texts(wrapped.encode())
    assert found[0].startswith("The mayor said on Monday that the port would be electrified by")
    assert len(found) == 2
    assert again(wrapped.encode()) == wrapped.encode()


def test_a_line_is_a_paragraph_where_lines_are_not_wrapped() -> None:
    _, (article,) = read("第一段。还有一句。\n第二段。\n".encode())
    assert [segment.paragraph for segment in article.segments] == [0, 0, 1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "gb18030", "big5"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_an_untouched_article_comes_back_byte_for_byte(encoding: str, newline: str, end: str) -> None:
    data = ("標題在此\n\n　　第一句。第二句！\n\n　　結束。" + end).replace("\n", newline).encode(encoding)
    marked = encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32")
    assert again(data, "article", encoding="" if marked else encoding) == data


@given(TEXT)
def test_any_text_comes_back_byte_for_byte(text: str) -> None:
    data = text.encode()
    try:
        read(data, "article")
    except FormatError:
        assert not text.strip("\ufeff").strip() or "\0" in text
    else:
        assert again(data, "article") == data


@given(TEXT, st.integers(0, 20), st.sampled_from(["Other.", "另一句。", "two\nlines", "  blanks  ", "<b>&amp;"]))
def test_one_changed_sentence_changes_its_own_range_only(text: str, place: int, new: str) -> None:
    data = f"Start. {text} End.".encode()
    segments = read(data, "article")[1][0].segments
    place %= len(segments)
    start, end = map(int, segments[place].locators[0].split(":"))
    whole = data.removeprefix(b"\xef\xbb\xbf").decode()
    out, _ = edit(data, at(place, new), "article")
    assert out.decode() == whole[:start] + new + whole[end:]


@given(TEXT, st.lists(st.booleans(), min_size=30, max_size=30))
def test_deleting_leaves_the_other_sentences_whole(text: str, gone: list[bool]) -> None:
    data = f"Start. {text} End.".encode()

    def change(segments: list[Segment]) -> list[Segment]:
        return [deleted(item) if gone[n % 30] else item for n, item in enumerate(segments)]

    segments = read(data, "article")[1][0].segments
    out = edit(data, change, "article")[0].decode()
    place = 0
    for number, segment in enumerate(segments):
        if not gone[number % 30]:
            start, end = map(int, segment.locators[0].split(":"))
            raw = data.decode()[start:end]
            place = out.index(raw, place) + len(raw)


def test_a_deleted_paragraph_takes_its_blank_line_along() -> None:
    data = b"One.\n\n[ad_1]\n\nTwo.\n"
    assert edit(data, lambda s: [s[0], deleted(s[1]), s[2]])[0] == b"One.\n\nTwo.\n"


def test_a_deleted_first_or_last_paragraph_leaves_no_blank_line() -> None:
    data = b"[ad_1]\n\nOne.\n\nTwo.\n\n[ad_2]"
    assert edit(data, lambda s: [deleted(s[0]), s[1], s[2], deleted(s[3])])[0] == b"One.\n\nTwo."


def test_a_deleted_sentence_takes_one_blank_along() -> None:
    data = b"One. Two. Three.\n\nFour. Five.\n"
    assert edit(data, lambda s: [s[0], deleted(s[1]), *s[2:]])[0] == b"One. Three.\n\nFour. Five.\n"
    assert edit(data, lambda s: [s[0], s[1], deleted(s[2]), *s[3:]])[0] == b"One. Two.\n\nFour. Five.\n"
    assert edit(data, lambda s: [*s[:3], deleted(s[3]), s[4]])[0] == b"One. Two. Three.\n\nFive.\n"


def test_inserted_sentences_stand_where_they_were_put() -> None:
    data = b"One. Two.\n\nThree.\n"
    assert edit(data, lambda s: [s[0], inserted("New."), *s[1:]])[0] == b"One. New. Two.\n\nThree.\n"
    assert edit(data, lambda s: [*s[:2], inserted("New."), s[2]])[0] == b"One. Two. New.\n\nThree.\n"
    assert edit(data, lambda s: [inserted("New."), *s])[0] == b"New. One. Two.\n\nThree.\n"
    assert edit(data, lambda s: [*s, inserted("New.", 1)])[0] == b"One. Two.\n\nThree. New.\n"


def test_an_inserted_paragraph_is_parted_as_the_others_are() -> None:
    data = b"One.\r\n\r\nTwo.\r\n"

    def change(segments: list[Segment]) -> list[Segment]:
        return [segments[0], inserted("New.", 1), replace(segments[1], paragraph=2)]

    assert edit(data, change)[0] == b"One.\r\n\r\nNew.\r\n\r\nTwo.\r\n"


def test_an_insertion_in_the_place_of_a_deleted_paragraph() -> None:
    data = b"One.\n\n[ad_1]\n\nTwo.\n"

    def change(segments: list[Segment]) -> list[Segment]:
        return [segments[0], deleted(segments[1]), inserted("New.", 1), segments[2]]

    assert edit(data, change)[0] == b"One.\n\nNew.\n\nTwo.\n"


def test_merged_sentences_take_the_place_of_both() -> None:
    data = b"One.  Two. Three."

    def merged(segments: list[Segment], text: str) -> list[Segment]:
        one, two, three = segments
        both = Segment("One. Two.", locators=(*one.locators, *two.locators), parents=("1", "2"))
        return [corrected(both, text), three]

    assert edit(data, lambda s: merged(s, "One. Two."))[0] == data
    assert edit(data, lambda s: merged(s, "One and two."))[0] == b"One and two. Three."


def test_split_sentences_share_the_place_of_the_one() -> None:
    data = b"One and two. Three."

    def split(segments: list[Segment], first: str, second: str) -> list[Segment]:
        one, three = segments
        return [
            corrected(Segment("One and", locators=one.locators, parents=("1",)), first),
            corrected(Segment("two.", parents=("1",)), second),
            three,
        ]

    assert edit(data, lambda s: split(s, "One and", "two."))[0] == data
    assert edit(data, lambda s: split(s, "One.", "Two."))[0] == b"One. Two. Three."


def test_everything_deleted_leaves_an_empty_file() -> None:
    assert edit(b"One.\n\nTwo.\n", lambda s: [deleted(item) for item in s])[0] == b"\n"


def test_a_character_the_encoding_lacks_is_named_with_the_remedy() -> None:
    with pytest.raises(FormatError, match=r"'中', which latin-1 cannot hold\. Export as text"):
        edit("Caf\u00e9 au lait.".encode("latin-1"), at(0, "中"), encoding="latin-1")


def test_an_encoding_with_two_codes_for_a_character_keeps_the_bytes_of_the_rest() -> None:
    data = b"\x87\x90 one. \x81\xe0 two. Three."  # cp932 has two codes for the sign of near equality
    assert data.decode("cp932").encode("cp932") != data
    assert again(data, "article", encoding="cp932") == data
    out, _ = edit(data, at(-1, "Drei."), encoding="cp932")
    assert out == data.replace(b"Three.", b"Drei.")


def test_a_source_is_aligned_where_counts_differ() -> None:
    source = "标题\n\n李明星期一在北京说2023年增长了5.2%，他还说情况很好。会议在3月5日结束。\n"
    target = (
        "The Title Here\n\nLi Ming said in Beijing on Monday that growth was 5.2% in 2023. "
        "He added that things were good. The meeting ended on March 5.\n"
    )
    _, (article,) = read(target.encode(), "article", source=source.encode())
    assert [(segment.source, segment.hypothesis) for segment in article.segments] == [
        ("标题", "The Title Here"),
        (
            "李明星期一在北京说2023年增长了5.2%，他还说情况很好。",
            "Li Ming said in Beijing on Monday that growth was 5.2% in 2023. He added that things were good.",
        ),
        ("会议在3月5日结束。", "The meeting ended on March 5."),
    ]
    assert article.source_language == "zh"
    assert again(target.encode(), "article", source=source.encode()) == target.encode()


def test_a_source_paragraph_that_was_left_out_is_an_empty_segment_that_can_be_filled() -> None:
    source = (
        "日照港2021年完成吞吐量5亿吨，比上年增长4.2%。港口集团董事长李明出席了3月11日的会议并且发表了讲话。\n"
        "会议完全没有讨论环境保护部门提出的那些十分尖锐的问题和批评意见，引起了与会人员的普遍不满。\n"
        "新的码头计划在2025年建成，投资30亿元。记者王芳从日照报道。"
    )
    target = (
        b"Rizhao Port handled 500 million tonnes in 2021, 4.2% more than in the year before. Li Ming, chairman of the "
        b"port group, attended the meeting on March 11 and made a speech.\nNew quays are to be completed in 2025, at a "
        b"cost of 30 hundred million yuan. Wang Fang reported from Rizhao."
    )
    _, (article,) = read(target, "article", source=source.encode())
    assert [segment.hypothesis == "" for segment in article.segments] == [False, False, True, False, False]
    assert again(target, "article", source=source.encode()) == target
    out, _ = edit(target, at(2, "It is there now."), "article", source=source.encode())
    assert out == target.replace(b"speech.", b"speech. It is there now.")


def test_references_and_alternatives_stand_beside_every_segment() -> None:
    target = b"One thing happened. Then another did."
    _, (article,) = read(
        target,
        "article",
        source="发生了一件事。然后又发生了一件。".encode(),
        references=[b"Something happened. And then something else.", b"A thing. Another."],
        alternatives=[b"One matter took place. Then one more took place."],
    )
    first = article.segments[0]
    assert first.references == ("Something happened.", "A thing.")
    assert first.alternatives == ("One matter took place.",)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_as_text(text: str) -> None:
    data = f"Before it.\n\n{text}\n\nAfter it.".encode()
    assert text.strip() in "".join(texts(data)) or text in " ".join(texts(data))
    assert again(data) == data


def test_the_seed_article_comes_back_byte_for_byte(shared_data: Path) -> None:
    data = (shared_data / "seed" / "qingdao-haier.en.txt").read_bytes()
    _, (article,) = read(data)
    assert len(article.segments) == 23
    assert article.segments[1].hypothesis == "[ad_1]"
    assert article.target_language == "en"
    assert again(data) == data


def test_a_text_too_long_for_an_article_is_refused_with_the_remedy() -> None:
    with pytest.raises(FormatError, match=r"choose the format lines \(--format lines\)"):
        read(b"A line of text.\n" * 400_000, "article")
