"""``python -m review consistency``: source terms of a batch that are rendered in several ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from review.steps.consistency import Candidates, Rendered


@click.command("consistency")
@click.argument("term", required=False)
@click.option("--batch", required=True, metavar="N", help="The batch's number or name.")
@click.option(
    "--format", "style", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print."
)
@click.option("--output", "-o", default="-", metavar="P", help="Write to a file instead of the screen.")
def COMMAND(term: str | None, batch: str, style: str, output: str) -> None:
    """List the source terms and names of a batch that are rendered unevenly, or all renderings of one TERM.

    Renderings are those of the termbases and those found by where they stand with the term. Of a large batch a sample
    is looked at, and the last line of the table says of how much.

    \b
    python -m review consistency --batch news
    python -m review consistency --batch news 卡奥斯
    """
    from review.cli import _flag_output
    from review.cli._progress import QUICK, progress_bar
    from review.steps import consistency
    from review.store import Store, batches, people

    _flag_output.check([output])
    with Store.open() as store:
        project, _ = store.write(people.ensure_local)
        with store.read() as connection:
            row = batches.find(connection, project, batch)
        if term is not None:
            one = consistency.look(store, project, row.id, term)
            lines = _one_jsonl(one) if style == "jsonl" else _one_table(one)
        else:
            with progress_bar(QUICK, "Looking") as progress:
                many = consistency.candidates(store, project, row.id, progress)
            lines = _many_jsonl(many) if style == "jsonl" else _many_table(many)
        _flag_output.put(lines, output)


def _many_table(many: Candidates) -> Iterator[str]:
    for one in many.found:
        said = ", ".join(f"{text} {count:,}" for text, count in one.renderings)
        yield f"{one.otherwise:>6,} of {one.segments:,} otherwise  {one.term} ({one.kind}): {said}\n"
    yield f"{len(many.found):,} terms rendered in several ways, in {many.looked:,} of {many.total:,} segments.\n"


def _many_jsonl(many: Candidates) -> Iterator[str]:
    for one in many.found:
        yield _line(
            {
                "term": one.term,
                "kind": one.kind,
                "segments": one.segments,
                "otherwise": one.otherwise,
                "renderings": dict(one.renderings),
                "looked": many.looked,
                "total": many.total,
            }
        )


def _one_table(one: Rendered) -> Iterator[str]:
    for rendering in one.renderings:
        systems = ", ".join(f"{name or 'no system'} {count:,}" for name, count in rendering.systems.items())
        status = f" [{rendering.status}]" if rendering.status else ""
        yield (
            f"{rendering.segments:>6,}  {rendering.text}{status}: {rendering.confirmed:,} confirmed"
            + (f"; {systems}" if len(one.systems) > 1 else "")
            + "\n"
        )
    if one.missing:
        yield f"{len(one.missing):>6,}  without any that could be found\n"
    yield f"{one.term} stands in {one.segments:,} segments; {one.looked:,} were looked at.\n"


def _one_jsonl(one: Rendered) -> Iterator[str]:
    for rendering in one.renderings:
        yield _line(
            {
                "term": one.term,
                "rendering": rendering.text,
                "status": rendering.status,
                "segments": rendering.segments,
                "confirmed": rendering.confirmed,
                "systems": rendering.systems,
                "surfaces": rendering.surfaces,
                "in": [spot.segment for spot in rendering.spots],
            }
        )
    if one.missing:
        yield _line(
            {
                "term": one.term,
                "rendering": None,
                "segments": len(one.missing),
                "in": [spot.segment for spot in one.missing],
            }
        )


def _line(found: dict[str, object]) -> str:
    return json.dumps(found, ensure_ascii=False) + "\n"
