"""The native file: read in articles, checked value by value, rewritten key by key."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.formats.jsonl import with_value
from review.model import Article, Code, Correction, ReadingHeader, Segment
from tests.formats.helpers import HOSTILE, again, at, corrected, deleted, edit, read, write

PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
JSON = st.recursive(st.none() | st.booleans() | st.integers() | PLAIN, lambda inner: st.lists(inner, max_size=3))


@given(st.lists(st.dictionaries(st.sampled_from(["note", "é", "x y", "z"]), JSON, max_size=3), min_size=1, max_size=4))
def test_unknown_keys_come_back_byte_for_byte(records: list[dict[str, object]]) -> None:
    data = "\n".join(
        json.dumps({**record, "hypothesis": f"text {n}"}, ensure_ascii=bool(n % 2), indent=None)
        for n, record in enumerate(records)
    ).encode()
    assert again(data, "jsonl") == data
    out, _ = edit(data, at(0, 'new "text" 字'), "jsonl")
    assert out.split(b"\n")[1:] == data.split(b"\n")[1:]
    assert json.loads(out.split(b"\n")[0]) == {**json.loads(data.split(b"\n")[0]), "post_edit": 'new "text" 字'}


def test_numbers_and_spaces_of_a_changed_line_stay_as_they_were() -> None:
    line = '{ "x":1.00 , "hypothesis" : "a", "y":[1e5, {}] }'
    assert with_value(line, "post_edit", "b") == '{ "x":1.00 , "hypothesis" : "a", "y":[1e5, {}], "post_edit": "b" }'
    line = '{"post_edit":"o\\"ld","hypothesis":"a"}'
    assert with_value(line, "post_edit", "b") == '{"post_edit":"b","hypothesis":"a"}'


def test_articles_need_not_be_adjacent() -> None:
    records = [
        {"article": "a", "system": "s", "segment": 7, "hypothesis": "1", "source": "一", "references": ["x"]},
        {"article": "b", "system": "s", "hypothesis": "2"},
        {"article": "a", "system": "s", "hypothesis": "3", "alternatives": [{"system": "o", "text": "alt"}]},
    ]
    _, articles = read("\n".join(map(json.dumps, records)).encode(), "jsonl")
    assert [(a.name, [s.hypothesis for s in a.segments]) for a in articles] == [("a", ["1", "3"]), ("b", ["2"])]
    assert articles[0].segments[0].name == "7"
    assert articles[0].segments[1].alternatives == ("alt",)


def test_a_post_edit_is_a_correction() -> None:
    data = b'{"hypothesis": "a", "post_edit": "b"}\n{"hypothesis": "c", "post_edit": "c"}\n{"hypothesis": "d"}\n'
    _, (article,) = read(data, "jsonl")
    assert [segment.text for segment in article.segments] == ["b", "c", "d"]
    assert [segment.correction is not None for segment in article.segments] == [True, False, False]
    assert again(data, "jsonl") == data


def test_a_deleted_segment_has_an_empty_post_edit() -> None:
    out, warnings = edit(b'{"hypothesis": "a"}\n{"hypothesis": "b"}\n', lambda s: [deleted(s[0]), s[1]], "jsonl")
    assert out == b'{"hypothesis": "a", "post_edit": ""}\n{"hypothesis": "b"}\n'
    assert len(warnings) == 1
    assert [segment.deleted for segment in read(out, "jsonl")[1][0].segments] == [True, False]
    assert again(out, "jsonl") == out


def test_statuses_go_into_a_new_file_and_come_back() -> None:
    header, (article,) = read(b'{"hypothesis": "a"}\n' * 5, "jsonl")
    one, two, three, four, five = article.segments
    segments = (
        replace(one, correction=Correction("a", "approved")),
        replace(two, correction=Correction("b", "confirmed")),
        deleted(three),
        replace(four, correction=Correction("", "draft")),
        five,
    )
    data = write(header, [replace(article, segments=segments)], None, "jsonl")
    records = [json.loads(line) for line in data.splitlines()]
    assert [(r.get("post_edit"), r.get("status")) for r in records] == [
        (None, "approved"),
        ("b", "confirmed"),
        ("", "deleted"),
        ("", "draft"),
        (None, None),
    ]
    assert again(data, "jsonl") == data
    _, (found,) = read(data, "jsonl")
    assert [(s.text, s.deleted, s.correction and s.correction.status) for s in found.segments] == [
        ("a", False, "approved"),
        ("b", False, "confirmed"),
        ("a", True, "draft"),
        ("", False, "draft"),
        ("a", False, None),
    ]


def test_a_status_that_stands_in_a_file_is_kept_true_and_one_of_others_is_left() -> None:
    data = b'{"hypothesis": "a", "status": "new"}\n{"hypothesis": "b", "status": 7}\n'
    data += b'{"hypothesis": "c", "status": "deleted"}\n'
    assert again(data, "jsonl") == data
    out, _ = edit(data, lambda s: [corrected(s[0], "A"), corrected(s[1], "B"), corrected(s[2], "c")], "jsonl")
    assert [json.loads(line) for line in out.splitlines()] == [
        {"hypothesis": "a", "status": "draft", "post_edit": "A"},
        {"hypothesis": "b", "status": 7, "post_edit": "B"},
        {"hypothesis": "c", "status": "draft", "post_edit": "c"},
    ]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ('{"hypothesis": ', "line 2: this is not JSON"),
        ('["a"]', "line 2: the line is no JSON object"),
        ('{"text": "a"}', "line 2: the line has no hypothesis"),
        ('{"hypothesis": 1}', "line 2: hypothesis is no text"),
        ('{"hypothesis": "a", "references": [1]}', "line 2: references is no list of texts"),
        ('{"hypothesis": "a", "article": {}}', "line 2: article is no name or number"),
        ('{"hypothesis": "\\ud800"}', "line 2: hypothesis holds half of a surrogate pair"),
        ('{"hypothesis": "\\u0000"}', "line 2: hypothesis holds a NUL character"),
        ('{"hypothesis": "a", "x": ' + "[" * 100_000 + "]" * 100_000 + "}", "line 2: the line is nested too deeply"),
        ('{"hypothesis": "a", "x": ' + "1" * 5000 + "}", "line 2: the line holds a number that is too long"),
    ],
    ids=["broken", "list", "none", "number", "references", "article", "surrogate", "nul", "deep", "long number"],
)
def test_a_bad_line_is_refused_with_its_number(line: str, part: str) -> None:
    with pytest.raises(FormatError, match=part):
        read(b'{"hypothesis": "ok"}\n' + line.encode() + b"\n", "jsonl")


@given(st.lists(st.tuples(PLAIN, PLAIN, st.none() | PLAIN, st.booleans()), min_size=1, max_size=5))
def test_a_file_from_scratch_is_read_again_as_it_was(rows: list[tuple[str, str, str | None, bool]]) -> None:
    lines = [json.dumps({"article": "a", "source": s, "hypothesis": h}) for s, h, _, _ in rows]
    header, (article,) = read("\n".join(lines).encode(), "jsonl")
    segments = tuple(
        segment if edited is None else corrected(segment, edited)
        for segment, (_, _, edited, _) in zip(article.segments, rows, strict=True)
    )
    article = type(article)(article.name, segments, "s", "zh", "en")
    _, (found,) = read(write(header, [article], None, "jsonl"), "jsonl")
    assert (found.name, found.system, found.source_language, found.target_language) == ("a", "s", "zh", "en")
    assert [(s.source, s.hypothesis, "" if s.deleted else s.text) for s in found.segments] == [
        (s.source, s.hypothesis, s.text) for s in segments
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_and_written_as_text(text: str) -> None:
    data = json.dumps({"hypothesis": text}, ensure_ascii=False).encode() + b'\n{"hypothesis": "b"}\n'
    assert read(data, "jsonl")[1][0].segments[0].hypothesis == text
    out, _ = edit(data, at(1, text), "jsonl")
    assert json.loads(out.split(b"\n")[1])["post_edit"] == text


def test_codes_and_notes_come_back() -> None:
    codes = (Code("<1>", "b"), Code("</1>", "/b", fixed=False))
    made = Article("a", (Segment("<1>x</1>", codes=codes, notes=("mind the tone",)),))
    (back,) = read(write(ReadingHeader("jsonl"), [made]), "jsonl")[1]
    assert (back.segments[0].codes, back.segments[0].notes) == (codes, ("mind the tone",))


@pytest.mark.parametrize("value", ['"<1>"', '["<1>"]', '[["x", "b", true]]', '[["<1>", "b"]]', '[["<1>", null, true]]'])
def test_codes_that_are_none_are_refused(value: str) -> None:
    with pytest.raises(FormatError, match="line 1: codes is no list of inline codes"):
        read(f'{{"hypothesis": "a", "codes": {value}}}'.encode(), "jsonl")


def test_a_file_that_tells_statuses_is_told_those_of_lines_without_one() -> None:
    data = b'{"hypothesis": "a", "status": "confirmed"}\n{"hypothesis": "b"}\n{"hypothesis": "c"}\n'
    out, _ = edit(data, at(1, "B"), "jsonl")
    assert [json.loads(line).get("status") for line in out.splitlines()] == ["confirmed", "draft", None]
    without = data.replace(b', "status": "confirmed"', b"")
    out, _ = edit(without, at(1, "B"), "jsonl")
    assert b"status" not in out
