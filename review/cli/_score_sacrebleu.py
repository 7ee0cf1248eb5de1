"""sacrebleu's own options: what means the same here, what changes nothing, and what to do instead of the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import click

from review.errors import InputError

_TEST_SETS = "sacrebleu's own test sets are not fetched here; name the files of references with -r"
_ORDERS = "chrF has sacrebleu's own orders and weight here (-m chrf, or -m chrf++ for word order 2)"
_INSTEAD: dict[tuple[str, ...], str] = {
    ("-t", "--test-set"): _TEST_SETS,
    ("--download",): _TEST_SETS,
    ("--origlang", "-ol"): _TEST_SETS,
    ("--subset",): _TEST_SETS,
    ("--echo",): _TEST_SETS,
    ("--num-refs", "-nr"): "references stand in a file each; name every one with -r",
    ("--encoding", "-e"): "files are read as UTF-8; save them so",
    ("--chrf-char-order", "-cc"): _ORDERS,
    ("--chrf-word-order", "-cw"): _ORDERS,
    ("--chrf-beta",): _ORDERS,
    ("-s",): "write --smooth-method",
}
_FLAGS_INSTEAD: dict[tuple[str, ...], str] = {
    ("--list",): _TEST_SETS,
    ("--citation", "--cite"): _TEST_SETS,
    ("--detail", "-d"): "scores by document come with --documents and --level document",
    ("--short", "-sh"): "signatures are written out here",
    ("--chrf-eps-smoothing",): _ORDERS,
}
_NOTHING_TO_DO = (("--quiet", "-q"), ("--no-color", "-nc"), ("--force",))


def _refuse(context: click.Context, option: click.Parameter, value: Any) -> None:
    if value in (None, False):
        return
    instead = {spellings[0]: text for spellings, text in (*_INSTEAD.items(), *_FLAGS_INSTEAD.items())}
    raise InputError(f"sacrebleu's {option.opts[0]} is not known here: {instead[option.opts[0]]}.")


def _option(number: int, spellings: tuple[str, ...], **extra: Any) -> Callable[[Any], Any]:
    return click.option(*spellings, f"native_{number}", hidden=True, expose_value=False, **extra)


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The decorator that gives a command these options."""
    made = [
        click.option(
            "--confidence", "-ci", is_flag=True, help="The 95% interval of each system's score, by bootstrap."
        ),
        click.option(
            "--confidence-n", "-cin", type=click.IntRange(2), default=1000, show_default=True, help="Its resamples."
        ),
        click.option(
            "--sentence-level", "-sl", is_flag=True, help="One line for each segment, as sacrebleu prints it."
        ),
        click.option("--paired-bs", "-pbs", is_flag=True, help="The same as --compare bootstrap."),
        click.option("--paired-ar", "-par", is_flag=True, help="The same as --compare randomization."),
        click.option("--paired-bs-n", "-pbsn", type=click.IntRange(1), hidden=True),
        click.option("--paired-ar-n", "-parn", type=click.IntRange(1), hidden=True),
        _option(0, ("--paired-jobs", "-j"), type=int),
    ]
    kinds: list[tuple[tuple[str, ...], dict[str, Any]]] = [(one, {"is_flag": True}) for one in _NOTHING_TO_DO]
    kinds += [(one, {"callback": _refuse, "is_eager": True}) for one in _INSTEAD]
    kinds += [(one, {"callback": _refuse, "is_eager": True, "is_flag": True}) for one in _FLAGS_INSTEAD]
    made += [_option(number, spellings, **extra) for number, (spellings, extra) in enumerate(kinds, 1)]
    return reduce(lambda found, option: option(found), reversed(made), command)
