"""Help of a command with many options: under headings, in the order of a user's questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click


class SectionedCommand(click.Command):
    """A command whose help puts options under headings.

    ``sections`` maps a heading to the names of its parameters, in order; what none of them names (such as --help)
    stands last, under the last heading.
    """

    def __init__(self, *args: Any, sections: Mapping[str, Sequence[str]] | None = None, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.sections = sections or {"Options": ()}

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each heading with its options, as click writes all of them under one."""
        records = {
            parameter.name: record
            for parameter in self.get_params(ctx)
            if isinstance(parameter, click.Option) and (record := parameter.get_help_record(ctx)) is not None
        }
        last = list(self.sections)[-1]
        for heading, names in self.sections.items():
            rows = [records.pop(name) for name in names if name in records]
            rows += records.values() if heading == last else []
            with formatter.section(heading):
                formatter.write_dl(rows)
