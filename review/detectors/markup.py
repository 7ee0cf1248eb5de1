"""Markdown and wiki marks that were meant to be shown as type, and stand in the text as signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag

RULES = (
    (re.compile(r"\*\*(?P<inner>[^*\n]{1,200}?)\*\*"), "bold type", 0.9),
    (re.compile(r"(?<![\w*])\*(?P<inner>[^\s*][^*\n]{0,120}?[^\s*])\*(?![\w*])"), "italic type", 0.75),
    (re.compile(r"(?<!\w)__(?P<inner>[^_\n]{1,120}?)__(?!\w)"), "bold type", 0.85),
    (re.compile(r"~~(?P<inner>[^~\n]{1,120}?)~~"), "struck type", 0.85),
    (re.compile(r"(?<!!)\[(?P<inner>[^\]\[]{1,120})\]\((?:https?:|/|#)[^)\s]{0,300}\)"), "a link", 0.92),
    (re.compile(r"\[\[(?:[^\]|]{1,80}\|)?(?P<inner>[^\]|]{1,80})\]\]"), "a wiki link", 0.8),
    (re.compile(r"^\s*#{1,6}\s+(?P<inner>(?=\S).*\S)\s*$"), "a heading", 0.88),
    (re.compile(r"^\s*={2,5}\s*(?P<inner>[^=]{2,100}?)\s*={2,5}\s*$"), "a wiki heading", 0.85),
    (re.compile(r"^\s*>\s+(?P<inner>(?=\S).*\S)\s*$"), "a quotation", 0.75),
    (re.compile(r"```+\w*(?P<inner>)"), "a block of code", 0.92),
    (re.compile(r"(?<!`)`(?P<inner>[^`\n]{1,80})`(?!`)"), "code", 0.6),
    (re.compile(r"\*{2,}(?P<inner>)(?!\w)|(?<!\w)\*{2,}(?P<inner2>)"), "bold type", 0.6),
)


class Markup(Detector):
    name = "markup"
    title = "Stray markup"
    advice = "Signs such as ** or ## tell a program how to set type; in an article they are litter."
    source = "CommonMark Specification 0.31"
    category = "design and markup"
    subcategory = "markup"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        for segment in article.segments:
            text = segment.text
            if not any(sign in text for sign in "*_~[#=>`"):
                continue
            taken = bytearray(len(text))
            for pattern, meant, sure in RULES:
                for match in pattern.finditer(text):
                    start, end = match.span()
                    if any(taken[start:end]):
                        continue
                    taken[start:end] = b"\1" * (end - start)
                    inner = match["inner"] or ""
                    message = f"The signs stand for {meant} and are not text."
                    yield self.flag(segment, start, end, message, confidence=sure, suggestions=(inner,))

    examples = (
        Example(("The **new port** opened.",), ("**new port**",)),
        Example(("## Background",), ("## Background",)),
        Example(("# The port opens",), ("# The port opens",)),
        Example(("See [the report](https://example.org/r).",), ("[the report](https://example.org/r)",)),
        Example(("It was *really* cold.",), ("*really*",)),
        Example(("__Note__ the change.",), ("__Note__",)),
        Example(("~~old~~ new",), ("~~old~~",)),
        Example(("== History ==",), ("== History ==",)),
        Example(("```",), ("```",)),
        Example(("The [[Haier Group|group]] grew.",), ("[[Haier Group|group]]",)),
        Example(("> He said so himself.",), ("> He said so himself.",)),
        Example(("Run `make` first.",), ("`make`",)),
        Example(("The port opened** today.",), ("**",)),
        Example(("He is #1 in the list.",)),
        Example(("3 * 4 * 5 = 60",)),
        Example(("If a > b, then c = d.",)),
        Example(("The snake_case_name and self__x",)),
        Example(("See note [3] (page 4).",)),
        Example(("Rated four*",)),
    )


DETECTOR = Markup()
