"""What a text may do to its inline codes: one table for the rule in Python and the rule in the browser."""

from __future__ import annotations

B = [["<1>", "<b>", True], ["</1>", "</b>", True]]
TWO = [*B, ["<2>", "<i>", True], ["</2>", "</i>", True]]
ALONE = [["<3/>", "image", True]]
LOOSE = [["<4/>", "", False]]

MISSING = "The inline code {} is missing; put it back where it belongs."
OFTEN = "The inline code {} stands there too often; take it out."
NO_PLACE = "The inline code {} has no place in this segment; take it out."
ORDER = "The inline code {} is out of order; each pair must enclose its text, inside other pairs or apart."

CASES: list[tuple[list[list[object]], str, str, str | None, str]] = [
    # codes, before, after, source, the sentence
    ([], "a <1>", "b", None, ""),
    (B, "a <1>b</1>", "<1>c</1> d", "<1>x</1>", ""),
    (B, "a <1>b</1>", "a <1>b", "<1>x</1>", MISSING.format("</1> (</b>)")),
    (B, "a <1>b</1>", "a b", None, MISSING.format("<1> (<b>)")),
    (B, "a b", "a c", "<1>x</1>", ""),
    (B, "a b", "<1>a</1> b", "<1>x</1>", ""),
    (B, "a b", "<1>a b", "<1>x</1>", ""),
    (B, "a b", "<1>a</1> b", "x", NO_PLACE.format("<1> (<b>)")),
    (B, "<1>a</1>", "<1>a</1><1>b</1>", "<1>x</1>", OFTEN.format("<1> (<b>)")),
    (B, "<1>a</1><1>b</1>", "<1>a b</1>", "<1>x</1>", ""),
    (B, "<1>a</1><1>b</1>", "<1>a b</1>", None, MISSING.format("<1> (<b>)")),
    (B, "<1>a</1>", "</1>a<1>", "<1>x</1>", ORDER.format("</1>")),
    (B, "</1>a<1>", "</1>b<1>", "<1>x</1>", ""),
    (TWO, "<1>a<2>b</2></1>", "<1>a<2>b</1></2>", None, ORDER.format("</1>")),
    (TWO, "<1>a</1><2>b</2>", "<2><1>a</1>b</2>", None, ""),
    (TWO, "a</1> <2>b", "<2>a</1> b", None, ""),
    (ALONE, "a <3/> b", "b <3/> a", None, ""),
    (ALONE, "a <3/> b", "a b", None, MISSING.format("<3/> (image)")),
    (ALONE, "a <3/> b", "a <3/> <7/> b", None, ""),
    (LOOSE, "a <4/> b", "a b", None, ""),
    (LOOSE, "a b", "a <4/> b", None, NO_PLACE.format("<4/>")),
    (B, "𝒳 <1>a</1>", "𝒳𝒳 <1>a</1>", "𝒳", ""),
    (B, "", "", "<1>x</1>", ""),
]
