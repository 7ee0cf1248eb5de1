"""Options that take several values, as sacrebleu's do: ``-m bleu chrf`` and ``-i one.txt two.txt``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from review.cli._sections import SectionedCommand


class GreedyCommand(SectionedCommand):
    """A command whose ``greedy`` options take every value that follows and passes their test.

    ``greedy`` maps an option's spellings to the test of a further value; the first is always taken.
    """

    def __init__(
        self, *args: Any, greedy: Mapping[tuple[str, ...], Callable[[str], bool]] | None = None, **extra: Any
    ) -> None:
        super().__init__(*args, **extra)
        self.greedy = {spelling: test for spellings, test in (greedy or {}).items() for spelling in spellings}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before each further value, which click then reads as usual."""
        return super().parse_args(ctx, self.spread(args))

    def spread(self, args: list[str]) -> list[str]:
        spread: list[str] = []
        rest = list(args)
        while rest:
            word = rest.pop(0)
            spread.append(word)
            if word == "--":
                return spread + rest
            test = self.greedy.get(word)
            if test is None or not rest:
                continue
            spread.append(rest.pop(0))
            while rest and (rest[0] == "-" or not rest[0].startswith("-")) and test(rest[0]):
                spread += [word, rest.pop(0)]
        return spread
