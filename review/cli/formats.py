"""``python -m review formats``: which files can be read and written."""

from __future__ import annotations

import click


@click.command("formats")
def COMMAND() -> None:
    """List the formats: what import reads (r), what it can write over the original (o), and what export writes (w)."""
    from review.formats import formats

    for item in sorted(formats().values(), key=lambda item: item.name):
        can = "".join(sign if way else "-" for sign, way in (("r", item.read), ("o", item.rewrite), ("w", item.build)))
        click.echo(f"{item.name:<12} {can}  {item.title} ({', '.join(item.suffixes)})")
