"""``python -m review detectors``: what is looked for, and why."""

from __future__ import annotations

import textwrap

import click


@click.command("detectors")
@click.option("--examples", is_flag=True, help="Show what each must flag and must not flag.")
def COMMAND(examples: bool) -> None:
    """List the detectors, each with its MQM category, its advice and where the advice is from, and the judges."""
    from review.detectors import detectors, judges
    from review.settings import settings
    from review.steps.judging import availability

    for name, detector in detectors().items():
        needs = f", needs {' and '.join(sorted(detector.needs))}" if detector.needs else ""
        kind = f"{detector.category}/{detector.subcategory}" if detector.subcategory else detector.category
        click.echo(f"{name} (version {detector.version}{needs}): {detector.title} [{kind}]")
        click.echo(textwrap.fill(detector.advice, 100, initial_indent="    ", subsequent_indent="    "))
        if detector.source:
            click.echo(
                textwrap.fill(f"Source: {detector.source}", 100, initial_indent="    ", subsequent_indent="    ")
            )
        _, reason = detector.available(settings())
        if reason:
            click.echo(f"    {reason}")
        if examples:
            for example in detector.examples:
                shown = " / ".join(" ".join(target.split()) for target in example.targets)
                click.echo(f"    {'flags ' if example.flags else 'passes'}  {shown[:120]}")
        click.echo()
    click.echo("Plug-in judges, off by default (flag --judge NAME, or REVIEW_JUDGES):")
    for name, judge in judges().items():
        able, reason = availability(judge, settings())
        click.echo(f"{name} (version {judge.version}): {judge.title}, {'available' if able else 'not available'}")
        for line in (judge.advice, f"Source: {judge.source}", "" if able else reason):
            if line:
                click.echo(textwrap.fill(line, 100, initial_indent="    ", subsequent_indent="    "))
