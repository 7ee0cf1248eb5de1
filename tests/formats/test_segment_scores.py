"""Scores that another program computed are read from whatever it wrote, and what is no score is named by its line."""

from __future__ import annotations

import gzip
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.formats import Source
from review.formats.segment_scores import ScoreFile, read

Flat = dict[str, list[tuple[int | None, float | None]]]


def opened(text: str | bytes, name: str = "scores") -> ScoreFile:
    return read(Source(name, data=text.encode() if isinstance(text, str) else text))


def flat(text: str | bytes) -> Flat:
    return {name: [(row.segment, row.value) for row in rows] for name, rows in opened(text).systems.items()}


def refused(text: str | bytes) -> str:
    with pytest.raises(FormatError) as caught:
        opened(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[0.5, null, 0.25]", {"": [(None, 0.5), (None, None), (None, 0.25)]}),
        ('{"A": [1, 2], "B": [3, null]}', {"A": [(None, 1.0), (None, 2.0)], "B": [(None, 3.0), (None, None)]}),
        ('{"A": 0.5, "B": 1}', {"A": [(None, 0.5)], "B": [(None, 1.0)]}),
        ('{"scores": [1, 2], "system_score": 1.5}', {"": [(None, 1.0), (None, 2.0)]}),
        ('{"scores": [1], "system": "A"}', {"A": [(None, 1.0)]}),
        ('[{"score": 1, "segment": 2, "system": "A"}]', {"A": [(2, 1.0)]}),
        ('[{"Score": "1.5", "line": "2"}]', {"": [(2, 1.5)]}),
        ('{"score": 0.25}', {"": [(None, 0.25)]}),
        ('{"prediction": 1.5}\n\n{"prediction": NaN}\n', {"": [(None, 1.5), (None, None)]}),
    ],
)
def test_json_of_every_shape_is_read(text: str, expected: Flat) -> None:
    assert flat(text) == expected


def test_json_of_comet_score_is_read_by_its_files() -> None:
    written = {
        "mt/a.en": [{"src": "甲", "mt": "one", "ref": "One", "COMET": 0.75}, {"src": "乙", "mt": "two", "COMET": 0.5}],
        "mt/b.en": [{"mt": "1", "COMET": 0.25, "errors": [{"text": "x"}]}, {"mt": "2", "COMET": 0.125}],
    }
    for text in (json.dumps(written), json.dumps(written, indent=4, ensure_ascii=False)):
        assert flat(text) == {
            "mt/a.en": [(None, 0.75), (None, 0.5)],
            "mt/b.en": [(None, 0.25), (None, 0.125)],
        }


def test_json_of_one_text_by_older_comet_is_a_list_of_objects() -> None:
    assert flat('[{"mt": "a", "COMET": 0.5, "variance": 0.1}, {"mt": "b", "COMET": -0.5}]') == {
        "": [(None, 0.5), (None, -0.5)]
    }


def test_what_comet_score_prints_counts_from_0_and_ends_in_totals() -> None:
    text = "a.en\tSegment 0\tscore: 0.8123\nb.en\tSegment 0\tscore: 0.5\na.en\tSegment 1\tscore: -0.1\n"
    text += "b.en\tSegment 1\tscore: 0.25\na.en\tscore: 0.3562\nb.en\tscore: 0.3750\n"
    assert flat(text) == {"a.en": [(1, 0.8123), (2, -0.1)], "b.en": [(1, 0.5), (2, 0.25)]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("score\n1\n\n2\n", {"": [(None, 1.0), (None, 2.0)]}),
        ("system,score\nA,1\nB,None\nA,2\n", {"A": [(None, 1.0), (None, 2.0)], "B": [(None, None)]}),
        ("System\tSegment\tSCORE\r\nA\t2\t1e-3\r\nA\t1\t\r\n", {"A": [(2, 0.001), (1, None)]}),
        ('mt,score,line\n"one, ""two""\nand three",0.5,7\n', {"": [(7, 0.5)]}),
        ('mt\tscore\n"open\t0.5\n', {"": [(None, 0.5)]}),
        ("system;score\nA;1\n", {"A": [(None, 1.0)]}),
    ],
)
def test_a_table_needs_a_column_score_alone(text: str, expected: Flat) -> None:
    assert flat(text) == expected


def test_a_table_with_documents_keeps_them() -> None:
    rows = opened("system\tdoc\tseg_id\tscore\nA\tport\t1\t0.5\nA\tpost\t1\t0.25\n").systems["A"]
    assert [(row.line, row.document, row.segment, row.value) for row in rows] == [
        (2, "port", 1, 0.5),
        (3, "post", 1, 0.25),
    ]


def test_lines_of_system_and_score_are_those_of_mt_metrics_eval() -> None:
    assert flat("A\t-1\nA\tNone\nB  0.5\n\nA\t-0.1\trater1\n") == {
        "A": [(None, -1.0), (None, None), (None, -0.1)],
        "B": [(None, 0.5)],
    }


def test_one_number_a_line_may_leave_a_line_blank_where_there_is_none() -> None:
    assert flat("1\n\n-0.5\nNone\n") == {"": [(None, 1.0), (None, None), (None, -0.5), (None, None)]}
    assert flat("1\r\n2") == {"": [(None, 1.0), (None, 2.0)]}


def test_gzip_and_a_byte_order_mark_are_no_part_of_it_and_the_digest_is_of_the_text() -> None:
    text = "\ufeff1\n2\n".encode()
    packed = opened(gzip.compress(text))
    assert [row.value for row in packed.systems[""]] == [1.0, 2.0]
    assert packed.digest == opened(text).digest == hashlib.sha256(text).hexdigest()


@given(st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_every_way_of_writing_gives_the_same_numbers(scores: list[float | None]) -> None:
    if all(score is None for score in scores):
        return
    texts = [
        json.dumps(scores),
        "".join(f"{score}\n" for score in scores),
        "score\n" + "".join(f"{score}\n" for score in scores),
        "".join(json.dumps({"score": score}) + "\n" for score in scores),
    ]
    for text in texts[: 3 if len(scores) == 1 else 4]:
        assert flat(text) == {"": [(None, score) for score in scores]}
    assert flat("".join(f"A\t{score}\n" for score in scores)) == {"A": [(None, score) for score in scores]}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "scores: the file is empty"),
        ("\n \n", "scores: the file is empty"),
        ("[]", "scores: there is no score in it"),
        ("{}", "scores: there is no score in it"),
        ("None\nNone\n", "scores: there is no score in it"),
        ("score\n", "scores: there is no score in it"),
        ("1\nzwei\n", "scores, line 2: 'zwei' is not a number"),
        ("1\n2 3\n", "scores, line 2: there is more than one number on the line"),
        ("A\t1\nB\n", "scores, line 2: the line holds 'B' alone"),
        ("news A 1\n", "scores, line 1: these are scores of domains"),
        ("A\tinf\n", "scores, line 1: 'inf' is not a number"),
        ("A\t1_0\n", "scores, line 1: '1_0' is not a number"),
        ("[1, true]", "scores: item 2: 'True' is not a number"),
        ('{"A": [1, "x"]}', "scores: item 2 of A: 'x' is not a number"),
        ('{"A": [1, Infinity]}', "scores: item 2 of A: 'inf' is not a number"),
        ('{"A": {"b": 1}}', "scores: the key 'A' holds neither a list of scores nor a score"),
        ('[{"mt": "x"}]', "scores: item 1 has no key score, COMET or prediction"),
        ('{"score": 1}\n{"mt": 1}\n', "scores, line 2: the object has no key score"),
        ('{"score": 1}\n{"score": \n', "scores, line 2: the line is not JSON"),
        ("[1, 2", "scores, line 1: this is not JSON"),
        ("[" * 100_000, "scores: the JSON is nested too deeply"),
        ("[" + "9" * 5000 + "]", "scores: the JSON holds a number that is too long"),
        ("[1" + "0" * 400 + "]", "is not a number"),
        ("system,score\nA,1,2\n", "scores, line 2: the row has 3 cells under 2 columns"),
        ("line,score\n0,1\n", "scores, line 2: '0' is no segment's number"),
        ("line,score\n1.5,1\n", "scores, line 2: '1.5' is no segment's number"),
        ("line,score\n1,1\n1,2\n", "scores, line 3: segment 1 has a second score"),
        ("system,line,score\nA,1,1\nB,1,1\nA,1,2\n", "scores, line 4: segment 1 of A has a second score"),
        ("a\tSegment 0\tscore: 1\nb\tSegment\n", "scores, line 2: the line is not of the form that comet-score prints"),
        (b"1\n\xff\n", "scores, line 2: this is not UTF-8 text"),
    ],
)
def test_what_is_no_score_is_refused_with_its_place(text: str | bytes, part: str) -> None:
    assert part in refused(text)
