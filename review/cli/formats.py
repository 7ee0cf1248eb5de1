"""``python -m review formats``: which files can be read and written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from review.formats import Format


@click.command("formats")
@click.option(
    "--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to list."
)
def COMMAND(format_: str) -> None:
    """List the formats: what import reads (r), what it can write over the original (o), and what export writes (w).

    As JSON besides: over which formats' originals each is written, what it can tell of a review, and what it is for.
    """
    from review.formats import formats

    found = sorted(formats().values(), key=lambda item: item.name)
    if format_ == "json":
        click.echo(json.dumps([_record(item) for item in found], indent=2, ensure_ascii=False))
        return
    width = max(len(item.name) for item in found)
    for item in found:
        can = "".join(sign if way else "-" for sign, way in (("r", item.read), ("o", item.rewrite), ("w", item.build)))
        click.echo(f"{item.name:<{width}}  {can}  {item.title} ({', '.join(item.suffixes)})")


def _record(item: Format) -> dict[str, Any]:
    own = [item.name] if item.read and item.rewrite else []
    return {
        "name": item.name,
        "title": item.title,
        "suffixes": list(item.suffixes),
        "mime": item.mime,
        "read": item.read is not None,
        "write": item.build is not None,
        "over": [*own, *item.over],
        "holds": sorted(item.holds),
        "group": item.use,
        "about": item.about,
    }
