"""Subtitles, SRT and WebVTT, in and out."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review import formats
from review.errors import FormatError, MissingError, ReviewError
from review.formats.base import Options, Source
from review.model import Code, Segment
from tests.formats.helpers import again, at, deleted, edit, inserted, read, write

SRT = """1
00:00:01,000 --> 00:00:04,000
<i>Welcome</i> to the port,
where ships {\\an8}wait.

3
00:00:05,500 --> 00:00:06,000  X1:40 X2:600
R&B <3/>

4
00:00:07,000 --> 00:00:08,000

5
00:00:09,000 --> 00:00:10,000
The end
"""
VTT = """WEBVTT Kind: captions

STYLE
::cue { color: red }

REGION
id:fred

NOTE
Spoken off screen,
twice

intro
00:01.000 --> 00:04.000 align:start position:10%
<v Anna Li>Fish &amp; chips &lt;1&gt;</v>
<c.loud>now</c>

00:00:05.000 --> 00:00:06.000
wait <00:05.500>for it

00:00:07.000 --> 00:00:08.000
"""
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


def segments(data: bytes | str, **options: Any) -> list[Segment]:
    data = data if isinstance(data, bytes) else data.encode()
    return [segment for article in read(data, **options)[1] for segment in article.segments]


def test_each_cue_of_srt_is_a_segment_with_its_line_breaks_and_tags() -> None:
    assert read(SRT.encode())[0].format == "srt"
    first, second, empty, last = segments(SRT)
    assert first.hypothesis == "<1>Welcome</1> to the port,\nwhere ships <2/>wait."
    assert first.codes == (Code("<1>", "<i>"), Code("</1>", "</i>"), Code("<2/>", "{\\an8}"))
    assert first.notes == ("00:00:01,000 --> 00:00:04,000",)
    assert (second.name, second.hypothesis, second.codes) == ("3", "R&B <3/>", ())
    assert (empty.name, empty.hypothesis) == ("4", "")
    assert (last.name, last.hypothesis, last.locators) == ("5", "The end", ("cue:4",))


def test_each_cue_of_vtt_is_a_segment_and_comments_are_its_notes() -> None:
    assert read(VTT.encode())[0].format == "vtt"
    first, second, empty = segments(VTT)
    assert first.hypothesis == "<2>Fish & chips <1></2>\n<3>now</3>"
    assert (first.name, first.notes) == (
        "intro",
        ("00:01.000 --> 00:04.000 align:start position:10%", "Spoken off screen,\ntwice"),
    )
    assert (second.name, second.hypothesis) == ("2", "wait <1/>for it")
    assert empty.hypothesis == ""


def test_writing_changes_the_text_of_the_cue_alone() -> None:
    for file in (SRT, VTT):
        assert again(file.encode()) == file.encode()
    out, warnings = edit(SRT.encode(), at(0, "To the port,\n<2/><1>welcome</1>"))
    assert out.decode() == SRT.replace(
        "<i>Welcome</i> to the port,\nwhere ships {\\an8}wait.", "To the port,\n{\\an8}<i>welcome</i>"
    )
    assert warnings == []
    out, warnings = edit(VTT.encode(), at(0, "<2>Chips > fish & <1></2>\n<3>later</3>"))
    assert out.decode() == VTT.replace("Fish &amp; chips &lt;1&gt;", "Chips &gt; fish &amp; &lt;1&gt;").replace(
        "now", "later"
    )
    assert warnings == []


def test_empty_cues_can_be_filled_and_emptied() -> None:
    out, _ = edit(SRT.encode(), at(2, "Here"))
    assert out.decode() == SRT.replace("00:00:08,000\n", "00:00:08,000\nHere\n")
    assert edit(out, at(2, ""))[0].decode() == SRT.replace("00:00:08,000\n", "00:00:08,000\n\n")
    out, _ = edit(VTT.rstrip("\n").encode(), at(2, "End"))
    assert out.decode() == VTT + "End\n"
    out, warnings = edit(SRT.encode(), lambda found: [deleted(found[0]), *found[1:]])
    assert [s.hypothesis for s in segments(out)] == ["", "R&B <3/>", "", "The end"]
    assert "left empty to keep the count: cue 1" in warnings[0]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("file", [SRT, VTT], ids=["srt", "vtt"])
def test_line_ends_marks_and_encodings_are_kept(file: str, newline: str, encoding: str) -> None:
    data = file.replace("\n", newline).encode(encoding)
    assert again(data) == data
    out, _ = edit(data, at(1, "two\nlines 字"))
    kept = file.replace("R&B <3/>", "two\nlines 字").replace("wait <00:05.500>for it", "two\nlines 字")
    assert out == kept.replace("\n", newline).encode(encoding)


def test_another_encoding_is_said_by_the_user() -> None:
    data = SRT.replace("The end", "Über").encode("cp1252")
    with pytest.raises(FormatError, match="not UTF-8"):
        read(data, "srt")
    assert segments(data, encoding="cp1252")[3].hypothesis == "Über"
    out, _ = edit(data, at(3, "Ende…"), encoding="cp1252")
    assert out == SRT.replace("The end", "Ende…").encode("cp1252")


def test_blank_lines_in_a_new_text_are_taken_out_and_told() -> None:
    out, warnings = edit(SRT.encode(), at(3, "\nThe\n\n \nend"))
    assert segments(out)[3].hypothesis == "The\nend"
    assert "Blank lines end a cue, so they were taken out: cue 4." in warnings


def test_blank_lines_inside_a_cue_of_srt_are_read_and_kept() -> None:
    data = SRT.replace("The end", "\nThe\n\nend")
    assert segments(data)[3].hypothesis == "The\n\nend"
    out, warnings = edit(data.encode(), at(3, "An\n\nend"))
    assert out.decode() == data.replace("The\n\nend", "An\n\nend")
    assert warnings == []


def test_an_inserted_sentence_goes_to_the_cue_before_it() -> None:
    out, warnings = edit(SRT.encode(), lambda found: [*found, inserted("Bye.")])
    assert segments(out)[3].hypothesis == "The end Bye."
    assert "inserted" in warnings[0]


def test_what_would_be_read_otherwise_is_told_or_refused() -> None:
    _, warnings = edit(SRT.encode(), at(3, "a <i>new</i> tag"))
    assert warnings == ["What looks like a tag is one in this format: cue 4."]
    with pytest.raises(FormatError, match="cue 4 has -->"):
        edit(SRT.encode(), at(3, "a --> b"))
    out, warnings = edit(VTT.encode(), at(1, "a --> <b> <1/>"))
    assert segments(out)[1].hypothesis == "a --> <b> <1/>"
    assert warnings == []


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        ("1\n00:00:01,000 -> 00:00:02,000\nx\n\n2\n00:00:03,000 --> 00:00:04,000\ny", 1, "stands in no cue"),
        ("1\n00:00:61,000 --> 00:00:02,000\nx", 2, "these are no times: 00:00:61,000"),
        ("1\n0:1 --> 0:2\nx", 2, "no times"),
        ("1\n00:00:01,000 --> 00:00:02,000\nx\n\n2\ny\n", 5, "cue 2 has no times"),
        ("1\n00:00:01,000 --> 00:00:02,000\nx\n\n7\n00:00:03,000 -> 00:00:04,000\ny\n", 5, "cue 7 has no times"),
        ("hello\n", None, "no cue in the file"),
        ("", None, "empty"),
    ],
)
def test_bad_srt_is_refused_with_its_line(data: str, line: int | None, what: str) -> None:
    with pytest.raises(FormatError, match=what) as caught:
        read(data.encode(), "srt")
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        ("00:01.000 --> 00:02.000\nx", 1, "does not begin with WEBVTT"),
        ("\nWEBVTT\n\n00:01.000 --> 00:02.000\nx", 1, "does not begin with WEBVTT"),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nx", 1, "does not begin with WEBVTT"),
        ("WEBVTT\n00:01.000 --> 00:02.000\nx", 2, "inside the header"),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nx", 3, "these are no times"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n00:03.000 --> 00:04.000\ny", 5, "inside the header or the text"),
        ("WEBVTT\n\nNOTE x\n", None, "no cue in the file"),
    ],
)
def test_bad_vtt_is_refused_with_its_line(data: str, line: int | None, what: str) -> None:
    with pytest.raises(FormatError, match=what) as caught:
        read(data.encode(), "vtt")
    assert caught.value.line == line


def test_text_outside_cues_is_told() -> None:
    reading = formats.read(b"WEBVTT\n\nlost\n\n00:01.000 --> 00:02.000\nx\n")
    assert reading.warnings == ("What stands in no cue was left alone: line 3.",)


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=2), min_size=1, max_size=4), st.integers(0, 9), WORDS)
@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_any_text_comes_back_and_one_edit_changes_one_cue(
    kind: str, rows: list[list[str]], place: int, new: str
) -> None:
    head = "WEBVTT\n\n" if kind == "vtt" else ""
    texts = [
        "\n".join(f"x{word}".replace("-->", "").replace("<", "(").replace("&", "+") for word in row) for row in rows
    ]
    parts = [f"{n}\n00:00:0{n}.000 --> 00:00:09.000\n{text}\n\n" for n, text in enumerate(texts, 1)]
    data = (head + "".join(parts)).encode()
    place %= len(rows)
    new = new.replace("-->", "")
    assert [s.hypothesis for s in segments(data)] == texts
    out, warnings = edit(data, at(place, new))
    after = [s.hypothesis for s in segments(out, format=kind)]
    if not warnings:
        assert after == [new if n == place else text for n, text in enumerate(texts)]
    assert out.startswith((head + "".join(parts[:place])).encode())
    assert out.endswith("".join(parts[place + 1 :]).encode())


def test_subtitles_cannot_be_made_from_other_files() -> None:
    header, articles = read(b"one\ntwo\n", "lines")
    with pytest.raises(MissingError, match="only be written over the file it came from"):
        write(header, articles, None, "srt")


def test_a_file_is_told_by_its_content() -> None:
    assert formats.recognise(Source("upload", data=SRT.encode()), Options()).name == "srt"
    assert formats.recognise(Source("upload", data=VTT.encode("utf-8-sig")), Options()).name == "vtt"
    assert formats.recognise(Source("a.txt", data=b"1\nno times"), Options()).name == "article"


@pytest.mark.parametrize("file", [SRT, VTT], ids=["srt", "vtt"])
def test_damage_anywhere_gives_a_sentence_or_a_reading(file: str) -> None:
    data, dice = file.encode(), random.Random(6)
    for _ in range(1000):
        start = dice.randrange(len(data))
        end = start + dice.choice([1, 1, 5, 50])
        bad = data[:start] + dice.choice([b"", b"\n", b"-->", b"\xff", b"<", b"0", data[start:end] * 2]) + data[end:]
        try:
            edit(bad, at(0, "new"), "vtt" if file == VTT else "srt")
        except ReviewError:
            continue


def test_a_tag_beside_the_highest_literal_number_is_still_a_code() -> None:
    file = "1\n00:00:01,000 --> 00:00:02,000\n<99999> <i>Hi</i>\n"
    assert segments(file)[0].hypothesis == "<99999> <1>Hi</1>"
    assert edit(file.encode(), at(0, "<99999> <1>Hello</1>"))[0].decode() == file.replace("Hi", "Hello")


def test_a_closing_tag_belongs_to_the_last_of_its_name_that_is_open() -> None:
    file = "1\n00:00:01,000 --> 00:00:02,000\n<i>a<b>b<i>c</i></i>d</b></i>\n"
    assert segments(file)[0].hypothesis == "<1>a<2>b<3>c</3></1>d</2><4/>"
