"""``python -m benchmarks [PART...]``: run parts, print their figures and the machine, keep them as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

import benchmarks
from benchmarks.machine import facts
from review import registry

RESULTS = Path(__file__).parent / "results"


def lines(figures: dict[str, Any], indent: int = 2) -> Iterator[str]:
    """Each figure on a line; groups of figures are indented."""
    width = max((len(name) for name in figures), default=0)
    for name, value in figures.items():
        if isinstance(value, dict):
            yield f"{'':{indent}}{name}"
            yield from lines(value, indent + 2)
        else:
            yield f"{'':{indent}}{name:<{width}}  {shown(value)}"


def shown(value: object) -> str:
    """A number as a person would write it."""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)


@click.command()
@click.argument("names", metavar="[PART]...", nargs=-1)
@click.option("--list", "listing", is_flag=True, help="Show the parts and stop.")
def main(names: tuple[str, ...], listing: bool) -> None:
    """Run the named PARTs (all, where none is named) and print their figures."""
    parts = registry.find(benchmarks, "run")
    if listing:
        for name, run in parts.items():
            click.echo(f"{name:<12} {(sys.modules[run.__module__].__doc__ or '').splitlines()[0]}")
        return
    unknown = [name for name in names if name not in parts]
    if unknown:
        raise click.UsageError(f"There is no part {', '.join(unknown)}; there are {', '.join(parts)}.")
    machine = facts()
    click.echo("machine: " + ", ".join(f"{value}" for value in machine.values()))
    RESULTS.mkdir(exist_ok=True)
    for name in names or parts:
        click.echo(f"{name}:")
        started = time.perf_counter()
        figures = parts[name]()
        seconds = time.perf_counter() - started
        for line in lines(figures):
            click.echo(line)
        click.echo(f"  (measured in {seconds:.0f} s)")
        kept = {"part": name, "machine": machine, "seconds": round(seconds, 1), "figures": figures}
        (RESULTS / f"{name}.json").write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
