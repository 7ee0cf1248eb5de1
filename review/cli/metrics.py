"""``python -m review metrics``: which metrics there are."""

from __future__ import annotations

import json

import click


@click.command("metrics")
@click.option(
    "--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
def metrics(style: str) -> None:
    """List the metrics that score knows, and what each is good for."""
    from review.metrics import available, tokenizers

    found = available().values()
    ready = [name for name in tokenizers.names() if tokenizers.available(name)]
    if style == "json":
        listed = [
            {
                "name": one.name,
                "label": one.label,
                "title": one.title,
                "advice": one.advice,
                "higher_is_better": one.higher_is_better,
            }
            for one in found
        ]
        click.echo(json.dumps({"metrics": listed, "tokenizers": ready}, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one.name:<8}{one.title}. {one.advice}")
    click.echo(f"\nTokenizers for BLEU that can be used now: {', '.join(ready)}.")


COMMAND = metrics
