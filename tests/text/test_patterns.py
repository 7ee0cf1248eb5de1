"""Patterns of users: found by code points, refused with their name and why."""

from __future__ import annotations

import time

import pytest

from review.errors import InputError
from review.text.patterns import compiled


def test_places_are_code_points_and_letter_case_is_open() -> None:
    text = "𠮷 Kaos, kaossi"
    spans = compiled(r"kaos\w*").spans(text)
    assert [text[start:end] for start, end in spans] == ["Kaos", "kaossi"]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a", "missing )"),
        ("(?=a)b", "invalid perl operator"),
        (r"(a)\1", "invalid escape"),
        ("a*", "without letters"),
        (" ", "is empty"),
        ("a" * 1001, "longer than"),
        ("(a{900}){900}", "repetition"),
        ("\ud800", "half a character"),
    ],
)
def test_a_refused_pattern_is_named_with_the_reason(pattern: str, why: str) -> None:
    with pytest.raises(InputError) as error:
        compiled(pattern)
    assert why in str(error.value)
    assert "; " in str(error.value)


def test_a_pattern_that_other_engines_choke_on_takes_no_time() -> None:
    began = time.monotonic()
    assert compiled("(a+)+b").spans("a" * 50_000) == []
    assert time.monotonic() - began < 2
