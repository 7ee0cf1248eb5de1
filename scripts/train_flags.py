"""``make train-flags MQM=FILE ...``: learn the doubt model's weights from an MQM file and say how good they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import click

from review.detectors import doubt
from review.formats.mqm import read_rated
from review.steps.evaluating import attaching, learning, measuring, running

KINDS = ("source", "reference", "alternatives", "both")


@click.command()
@click.argument("mqm")
@click.option("--reference", "references", multiple=True, help="A human translation, one segment a line.")
@click.option("--alternative", "alternatives", multiple=True, help="Another system's output, one segment a line.")
@click.option("--at-most", type=int, default=2, help="How many alternatives stand beside a system.")
@click.option("--from", "source", default="zh")
@click.option("--to", "target", default="en")
@click.option("--groups", type=int, help="Leave out that many groups of documents, not each by itself: quicker.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only these; nothing is written.")
def main(
    mqm: str,
    references: Sequence[str],
    alternatives: Sequence[str],
    at_most: int,
    source: str,
    target: str,
    kinds: Sequence[str],
    groups: int | None,
) -> None:
    """Learn from MQM, print how the models do on documents left out, and write weights.json."""
    rated, warnings = read_rated(mqm, (source, target))
    for sentence in warnings:
        click.echo(sentence, err=True)
    rated = attaching.attach(rated, references, alternatives, at_most=at_most)
    embed = running.embedder()
    models: dict[str, Any] = {}
    for kind in kinds or KINDS:
        items = [running.learned(item, kind, embed=embed) for item in rated]
        outcomes, least = checked(items, groups)
        compared = measuring.Comparison(outcomes, trials=1)
        click.echo(f"least: {least}")
        show(kind, compared)
        models[kind] = learning.to_json(learning.train(items)) | {"least": {"value": least}}
    if kinds:
        return
    recipe = {
        "command": "make train-flags",
        "pairs": [[source, target]],
        "segments": sum(len(item.article.segments) for item in rated),
        "documents": len({item.document for item in rated}),
        "names": sorted(doubt.fingerprint(name) for name in {item.document for item in rated}),
        "systems": len({item.article.system for item in rated}),
        "raters": len({name for item in rated for raters in item.raters.values() for name in raters}),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "folds": learning.FOLDS,
        "penalties": {
            "word": learning.WORD_PENALTY,
            "segment": learning.SEGMENT_PENALTY,
            "span": learning.SPAN_PENALTY,
            "flag": learning.FLAG_PENALTY,
        },
    }
    doubt.WEIGHTS.write_text(json.dumps({"recipe": recipe, "models": models}, indent=1) + "\n", "utf-8")
    click.echo(f"{doubt.WEIGHTS.name} is written.")


def checked(items: Sequence[learning.Learned], groups: int | None) -> tuple[list[learning.Outcome], float]:
    """What models learned from the other documents say of each, and where flags should end."""
    found: dict[float, list[learning.Outcome]] = {least: [] for least in learning.LEAST}
    for models, mine in learning.left_out(items, groups):
        first_pass = learning.statistics(models, items)
        for least, outcomes in found.items():
            outcomes += learning.outcomes(models | {"least": least}, mine, first_pass)
    best = max(found, key=lambda least: _f1(found[least]))
    return found[best], best


def _f1(outcomes: Sequence[learning.Outcome]) -> float:
    compared = measuring.Comparison(outcomes, trials=1)
    return compared.of_flags(compared.judged, intervals=False)["character F1"].value


def show(kind: str, compared: measuring.Comparison) -> None:
    """Print the figures of one kind of evidence."""
    click.echo(f"{kind}:")
    sure = [flag for flag in compared.judged if flag.confidence >= measuring.SURE]
    rows = {
        "precision at 20% recall": compared.precision_at().value,
        **{name: figure.value for name, figure in compared.of_flags(compared.judged, False).items()},
        **{f"sure: {name}": figure.value for name, figure in compared.of_flags(sure, False).items()},
        **{name: figure.value for name, figure in compared.of_segments().items()},
    }
    for name, value in rows.items():
        click.echo(f"  {name:<36} {value:.3f}")


if __name__ == "__main__":
    main()
