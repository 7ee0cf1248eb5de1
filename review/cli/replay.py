"""``replay``: prove that the stored state is what the events say."""

from __future__ import annotations

import click


@click.command(name="replay")
@click.option("--project", metavar="NAME", help="Replay one project instead of all.")
@click.pass_context
def replay(ctx: click.Context, project: str | None) -> None:
    """Replay every recorded act and compare the outcome with what is stored.

    Verifies the hash chain, every text's hash, the effects of every event, the state of every segment and
    the counters. Prints each difference; exits 1 where there is one. Nothing is changed, and reviewers can
    go on working meanwhile.

    Not covered: what was imported (which text stands in which segment, the names, the files), flags, terms,
    members and settings; no event tells of them. Whoever can write the database could also make a whole
    new chain: compare with a backup where that matters.
    """
    from review.steps import replaying
    from review.store import Store

    with Store.open() as store:
        proof = replaying.replay(store, project)
    for sentence in proof.differences:
        click.echo(sentence)
    if proof.found > len(proof.differences):
        click.echo(f"... and {proof.found - len(proof.differences)} more")
    erased = f", {proof.erased} of them erased" if proof.erased else ""
    click.echo(f"Events: {proof.events:,}{erased}. Changed segments: {proof.segments:,}. Texts: {proof.texts:,}.")
    if proof.found:
        click.echo(f"Differences: {proof.found}. The store was altered, or this is a bug; restore a backup.")
        ctx.exit(1)
    click.echo("The stored state is what the events say.")


COMMAND = replay
