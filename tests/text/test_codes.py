"""Inline codes: what must come out of a change as it went in."""

from __future__ import annotations

import pytest

from review.model import Code
from review.text import codes
from tests.text.code_cases import CASES, TWO, B


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See <b>Kaos</b>.", ["<b>", "</b>"]),
        ("{0} of {1} and {name}", ["{0}", "{1}", "{name}"]),
        ("%s and %1$s, %(name)s, %.2f", ["%s", "%1$s", "%(name)s", "%.2f"]),
        ("A&nbsp;B &#160; &#xA0;", ["&nbsp;", "&#160;", "&#xA0;"]),
        ("{1>word<1}", ["{1>", "<1}"]),
        ("At https://kaos.example/a?b=1 and desk@kaos.example", ["https://kaos.example/a?b=1", "desk@kaos.example"]),
        ("${total} {{user}}", ["${total}", "{{user}}"]),
    ],
)
def test_codes_are_seen(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in codes.spans(text)] == found


@pytest.mark.parametrize(
    "text", ["50% of them", "5 < 6 and 7 > 6", "R&D & sales", "grew 5% a year", "{", "a @ b", "50%"]
)
def test_plain_signs_are_none(text: str) -> None:
    assert codes.spans(text) == []


def test_a_code_that_is_lost_or_changed_is_named() -> None:
    assert codes.broken("<i>a</i> {0}", "<i>b</i> {0}") == ""
    assert codes.broken("<i>a</i> {0}", "<i>b</i>") == "{0}"
    assert codes.broken("<i class='a'>x</i>", "<i class='b'>x</i>") == "<i class='a'>"
    assert codes.broken("{0} {0}", "{0}") == "{0}"
    assert codes.broken("none", "{0}") == ""


def known(rows: list[list[object]]) -> tuple[Code, ...]:
    return tuple(Code(str(token), str(shown), bool(fixed)) for token, shown, fixed in rows)


@pytest.mark.parametrize(("rows", "before", "after", "source", "said"), CASES)
def test_a_text_keeps_the_codes_of_its_file(
    rows: list[list[object]], before: str, after: str, source: str | None, said: str
) -> None:
    assert codes.lacking(known(rows), before, after, source) == said


def test_only_tokens_that_the_segment_knows_are_codes() -> None:
    text = "𝒳<1>a</1> <9>"
    assert [(start, end, code.token) for start, end, code in codes.places(known(B), text)] == [
        (1, 4, "<1>"),
        (5, 9, "</1>"),
    ]
    assert codes.bare(known(B), text) == "𝒳a <9>"
    assert codes.bare((), text) == text


def test_a_place_inside_a_code_is_moved_to_its_end() -> None:
    text = "a</1>b"
    assert [codes.outside(known(B), text, at) for at in range(7)] == [0, 1, 5, 5, 5, 5, 6]


def test_the_first_token_that_crosses_is_named() -> None:
    assert codes.crossing(known(TWO), "<1><2></2></1>") == ""
    assert codes.crossing(known(TWO), "<1><2></1></2>") == "</1>"
    assert codes.crossing(known(TWO), "</2>a<1>") == ""


@pytest.mark.parametrize(
    ("literal", "numbers"),
    [("no code", [1, 2]), ("<3> and </7>", [8, 9]), ("<99999>", [1, 2]), ("<99999> <2/>", [1, 3])],
)
def test_numbers_for_codes_are_none_of_the_literal_ones_and_never_too_high(literal: str, numbers: list[int]) -> None:
    found = codes.free((literal,))
    assert [next(found), next(found)] == numbers
