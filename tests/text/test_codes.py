"""Inline codes: what must come out of a change as it went in."""

from __future__ import annotations

import pytest

from review.text import codes


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
