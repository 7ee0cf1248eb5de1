"""Markdown as an article: what is text and what is markup, and everything that nobody touched byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review import formats
from review.errors import FormatError
from review.model import Article, ReadingHeader, Segment
from tests.formats.helpers import HOSTILE, again, at, corrected, deleted, edit, inserted, read, write

NOTES = """---
title: "Notes of the port"
---

# The *port* of Rizhao #

The **port** of [Rizhao](http://example.com "t") handled 500 million tonnes\\* of goods. It is
`code` of the country &mdash; and ![img](a.png) growing.[^1]  
A hard break, ~~gone~~ and **two sentences. The second.** snake_case a*b.

Under a line
------------

> Quoted text over
> two lines. With a second.
>
> - [ ] A task item
> - Another with <b>html</b> and <br> break

1. First item

   with a paragraph
2. Second item

| Year | Ton\\|nes **b**    |
|------|-------------------|
| 2020 | 480 `a\\|b` million |

```python
code = "left alone"
```

    indented code

<div>
html block
</div>

[^1]: A footnote.

[ref]: http://example.com
See [ref], [text][ref] or <https://a.b/c_d>.
"""  # noqa: W291  two blanks at the end of a line are a line break


def texts(data: str) -> list[str]:
    return [segment.hypothesis for segment in read(data.encode(), "markdown")[1][0].segments]


def changed(data: str, change: Callable[[list[Segment]], Sequence[Segment]]) -> str:
    return edit(data.encode(), change, "markdown")[0].decode()


def test_what_is_text_is_read_and_the_rest_is_left_alone() -> None:
    assert texts(NOTES) == [
        "The <1>port</1> of Rizhao",
        "The <1>port</1> of <2>Rizhao</2> handled 500 million tonnes* of goods.",
        "It is <3/> of the country — and <4/> growing.",
        "A hard break, <7>gone</7> and <8>two sentences.",
        "The second.</8>",
        "snake_case a*b.",
        "Under a line",
        "Quoted text over two lines.",
        "With a second.",
        "A task item",
        "Another with <1>html</1> and <2/>break",
        "First item",
        "with a paragraph",
        "Second item",
        "Year",
        "Ton|nes <1>b</1>",
        "2020",
        "480 <1/> million",
        "A footnote.",
        "See <1>ref</1>, <2>text</2> or <3/>.",
    ]


def test_codes_say_what_they_are() -> None:
    segment = read(NOTES.encode(), "markdown")[1][0].segments[1]
    shown = {code.token: code.shown for code in segment.codes}
    assert shown == {"<1>": "**", "</1>": "**", "<2>": "[", "</2>": '](http://example.com "t")'}


def test_front_matter_or_the_first_heading_names_the_article() -> None:
    assert read(NOTES.encode(), "markdown")[1][0].name == "Notes of the port"
    assert read(b"# The *head*\n\nText.", "markdown")[1][0].name == "The head"
    assert read(b"Text.", "markdown", name="given")[1][0].name == "given"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_untouched_file_comes_back_byte_for_byte(newline: str, encoding: str) -> None:
    data = NOTES.replace("\n", newline).encode(encoding)
    assert again(data, "markdown") == data


def test_only_the_corrected_words_change() -> None:
    wanted = "The <1>port</1> of <2>Rizhao</2> handled 500 million tons* of goods."
    assert changed(NOTES, at(1, wanted)) == NOTES.replace("million tonnes", "million tons")
    assert changed(NOTES, at(7, "Cited text over two lines.")) == NOTES.replace("Quoted", "Cited")
    assert changed(NOTES, at(15, "Kilo|tonnes <1>b</1>")) == NOTES.replace("Ton\\|nes", "Kilo\\|tonnes")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*a* _b_ `c` [d](e)", r"\*a\* \_b\_ \`c\` \[d\](e)"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("- no list", r"\- no list"),
        ("> no quote", r"\> no quote"),
        ("a <b> c & d &amp; e", r"a \<b> c & d \&amp; e"),
        ("a\\*b", r"a\\\*b"),
        ("~~a~~", r"\~\~a\~\~"),
    ],
)
def test_new_text_that_would_be_markup_gets_a_backslash(text: str, written: str) -> None:
    out, warnings = edit(b"One.\n\nTwo.\n", at(0, text), "markdown")
    assert out.decode() == f"{written}\n\nTwo.\n"
    assert warnings == []
    assert texts(out.decode())[0].startswith(text.split(".")[0])


@pytest.mark.parametrize("text", [*HOSTILE, "---", "===", "    four blanks", "| a | b |", "[x]: y", "+", "a\n\n# b"])
def test_any_text_is_read_again_as_it_was_typed_or_named(text: str) -> None:
    out, warnings = edit(b"One.\n\nTwo.\n", at(0, text), "markdown")
    found = texts(out.decode())
    assert " ".join(found[:-1]) == text or any("Segment 1" in warning for warning in warnings)
    assert found[-1] == "Two."


def test_deleted_paragraphs_and_headings_go_with_their_lines() -> None:
    data = "# Head\n\nOne.\n\nTwo.\n"
    assert changed(data, lambda s: [deleted(s[0]), *s[1:]]) == "One.\n\nTwo.\n"
    assert changed(data, lambda s: [s[0], deleted(s[1]), s[2]]) == "# Head\n\nTwo.\n"
    assert changed(data, lambda s: [*s[:2], deleted(s[2])]) == "# Head\n\nOne.\n"
    assert changed("One.\n# Head\nTwo.\n", lambda s: [s[0], deleted(s[1]), s[2]]) == "One.\n\nTwo.\n"


def test_deleted_items_and_cells_are_emptied_and_told() -> None:
    out, warnings = edit(b"- One.\n- Two.\n", lambda s: [deleted(s[0]), s[1]], "markdown")
    assert out == b"- \n- Two.\n"
    assert warnings == ["Deleted, so left empty where they stand in lists, quotes and tables: 1."]


def test_deleted_sentences_leave_emphasis_whole() -> None:
    data = "One. **Two here. Three here.** Four.\n"
    assert changed(data, lambda s: [s[0], deleted(s[1]), *s[2:]]) == "One. **Three here.** Four.\n"
    assert changed(data, lambda s: [*s[:2], deleted(s[2]), s[3]]) == "One. **Two here.** Four.\n"
    assert changed(data, lambda s: [s[0], *map(deleted, s[1:])]) == "One.\n"


def test_inserted_sentences_stand_after_the_one_before() -> None:
    assert changed("One.\n\nTwo.\n", lambda s: [s[0], inserted("New *one*."), s[1]]) == "One. New \\*one\\*.\n\nTwo.\n"
    assert changed("# H\n\nTwo.\n", lambda s: [s[0], inserted("New.", 1), s[1]]) == "# H\n\nNew. Two.\n"
    assert changed("# H\n\nTwo.\n", lambda s: [deleted(s[0]), inserted("New.", 1), s[1]]) == "New. Two.\n"


def test_characters_that_the_encoding_lacks_are_written_as_numbers() -> None:
    out, _ = edit(b"Caf\xe9.\n", at(0, "Caf\u00e9 中."), "markdown", encoding="latin-1")
    assert out == b"Caf\xe9 &#20013;.\n"


def test_it_is_told_by_its_suffix_and_plain_text_is_not_it() -> None:
    def told(data: bytes, name: str) -> str:
        return formats.recognise(formats.Source.of(data, name), formats.Options()).name

    assert told(b"Text.", "a.md") == told(b"Text.", "a.markdown") == "markdown"
    assert told(b"# Head\n\nText.", "pasted text") == "markdown"
    assert told(b"Text.", "a.txt") == told(b"Text.", "pasted text") == "article"


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"> " * 500 + b"a b", b"a b\0c", b"```\ncode\n```\n", b"---\na: b\n---\n", b"<div>\nx\n</div>\n"],
)
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        read(data, "markdown")


def test_a_new_file_is_the_clean_article_and_reads_the_same() -> None:
    segments = (Segment("A Headline"), Segment("One *a*.", paragraph=1), deleted(Segment("No.", paragraph=2)))
    more = (Segment("- 1. Two.", paragraph=3), Segment("Three.", paragraph=3))
    data = write(ReadingHeader("x"), [Article("a", segments + more)], None, "markdown").decode()
    assert data == "# A Headline\n\nOne \\*a\\*.\n\n\\- 1. Two. Three.\n"
    assert texts(data) == ["A Headline", "One *a*.", "- 1.", "Two.", "Three."]


@pytest.mark.parametrize(
    "data",
    [
        "*" * 3000 + "a b",
        "[" * 3000 + "a b",
        "> " * 15 + "a b",
        "a " + "`" * 2999 + " b",
        "a b" + "![" * 1000,
        "- " * 9 + "a b",
        "| a |\n|---|\n" + "| b |\n" * 500,
        "a\tb\n\tc\n \td",
        ">\ta b\n>\tc",
        "1.\ta b\n\n\tc d",
        "a\\\nb\\",
        "***a** b*",
        "a ****b**** c",
    ],
)
def test_odd_files_come_back_byte_for_byte_and_can_be_corrected(data: str) -> None:
    assert again(data.encode(), "markdown") == data.encode()
    segment = read(data.encode(), "markdown")[1][0].segments[-1]
    start, end = map(int, segment.locators[0].split("#")[1].split(":"))
    out = changed(data, at(-1, segment.hypothesis + " more"))
    assert out.startswith(data[:start])
    assert out.endswith(data[end:])


WORD = st.sampled_from(
    "Port|grows.|中文。|*a*|**b c**|`d`|[e](f)|\\*|&amp;|<br>|_g_|a*b|![h](i)|<j@k.l>|~~m~~|[^1]".split("|")
)
RUN = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
BLOCK = st.one_of(
    RUN,
    RUN.map("# {}".format),
    RUN.map("- {}".format),
    RUN.map("> {}".format),
    RUN.map("1. {}\n\n   more text".format),
    RUN.map("| {} | x |\n|---|---|\n| a b | y |".format),
    st.sampled_from(["```\ncode\n```", "---", "    indented", "<!-- c -->", "two\nlines *of\ntext*"]),
)
FILE = st.lists(BLOCK, max_size=5).map(lambda found: "\n\n".join(["Start here.", *found]) + "\n")


@settings(max_examples=150)
@given(FILE, st.integers(0, 30), st.sampled_from(["Other", "另一句", "*x* _y_", "[z](w) <b>", "a | b", "`"]))
def test_one_changed_sentence_changes_its_own_range_only(data: str, place: int, new: str) -> None:
    assert again(data.encode(), "markdown") == data.encode()
    found = list(read(data.encode(), "markdown")[1][0].segments)
    segment = found[place % len(found)]
    start, end = map(int, segment.locators[0].split("#")[1].split(":"))
    out, warnings = edit(data.encode(), at(segment.order, segment.hypothesis + " " + new), "markdown")
    text = out.decode()
    assert text.startswith(data[:start])
    assert text.endswith(data[end:])
    if not warnings:
        assert "".join(new.split()) in "".join("".join(texts(text)).split())


@settings(max_examples=100)
@given(FILE, st.lists(st.booleans(), min_size=6, max_size=6))
def test_deleting_leaves_the_other_sentences_as_they_are(data: str, gone: list[bool]) -> None:
    found = read(data.encode(), "markdown")[1][0].segments
    out = changed(data, lambda s: [deleted(item) if gone[n % 6] else item for n, item in enumerate(s)])
    place = 0
    for number, segment in enumerate(found):
        if not gone[number % 6]:
            start, end = map(int, segment.locators[0].split("#")[1].split(":"))
            place = out.index(data[start:end], place) + end - start


def test_merged_sentences_take_the_place_of_both() -> None:
    def merge(segments: list[Segment]) -> list[Segment]:
        one, two, *rest = segments
        both = replace(one, hypothesis="One. Two.", locators=(*one.locators, *two.locators), parents=("1", "2"))
        return [corrected(both, "One and two."), *rest]

    assert changed("One. Two. Three.\n", merge) == "One and two. Three.\n"
    assert changed("One.\n\nTwo.\n\nThree.\n", merge) == "One and two.\n\nThree.\n"
