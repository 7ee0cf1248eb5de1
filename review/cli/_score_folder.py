"""``score FOLDER``: a test set of mt-metrics-eval, as if each of its files had been named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from review.cli._score_output import sacrebleu_style
from review.errors import InputError

if TYPE_CHECKING:
    from review.formats.mt_metrics_eval import EvalSet, Scores

Function = TypeVar("Function", bound=Callable[..., Any])


def options(command: Function) -> Function:
    """The option of this file."""
    return click.option(
        "--reference-name", "reference_names", multiple=True, metavar="N",
        help="In a folder of mt-metrics-eval: which reference; repeat it for more. [default: the first]",
    )(command)  # fmt: skip


def opened(asked: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What is asked, with a folder's files in its place, and what to say of it; unchanged where no folder is named."""
    given = [*asked["hypotheses"], *asked["inputs"]]
    folders = [path for path in given if path != "-" and Path(path).is_dir()]
    if not folders:
        if asked["reference_names"]:
            raise InputError("--reference-name is for a folder of mt-metrics-eval; name references with -r.")
        return asked, ()
    if len(given) > 1:
        raise InputError(f"{folders[0]} is a folder; score it alone, or name the files in it.")
    from review.formats.mt_metrics_eval import open_folder

    found = open_folder(folders[0], asked["pair"])
    names = _references(found, asked)
    systems = _systems(found, asked, names)
    scores, human, left = _scores(found, asked, names)
    told = [f"Scores made with another reference are left out ({left}); name them with --scores."] if left else []
    expanded = {
        **asked,
        "folder": folders[0],
        "hypotheses": tuple(str(found.systems[name]) for name in systems),
        "inputs": (),
        "systems": tuple(systems),
        "other_systems": tuple(name for name in found.systems if name not in systems),
        "references": asked["references"] or tuple(str(found.references[name]) for name in names),
        "source": asked["source"] or (str(found.source) if found.source else None),
        "documents": asked["documents"] or (str(found.documents) if found.documents else None),
        "pair": "-".join(code.split("-")[0] for code in found.languages),
        "scores": scores,
        "totals": {name: str(one.totals) for name, one in {**found.human, **found.metrics}.items() if one.totals},
        "human": human,
    }
    return expanded, tuple(told)


def _references(found: EvalSet, asked: Mapping[str, Any]) -> list[str]:
    names = list(asked["reference_names"])
    if names and asked["references"]:
        raise InputError("A reference is named with -r or with --reference-name; leave one of them out.")
    if asked["references"]:
        return []
    if not found.references:
        raise InputError(f"{asked_folder(asked)} has no reference for {found.pair}; name one with -r.")
    for name in names:
        if name not in found.references:
            raise InputError(
                f"There is no reference {name!r} for {found.pair}; there are {', '.join(found.references)}."
            )
    return names or list(found.references)[:1]


def asked_folder(asked: Mapping[str, Any]) -> str:
    """The folder, as it was named."""
    return str([*asked["hypotheses"], *asked["inputs"]][0])


def _systems(found: EvalSet, asked: Mapping[str, Any], references: list[str]) -> list[str]:
    """Those that are named; else all but human translations, which stand among the outputs under a reference's name."""
    for name in asked["systems"]:
        if name not in found.systems:
            raise InputError(f"There is no system {name!r} for {found.pair}; there are {', '.join(found.systems)}.")
    systems = list(asked["systems"]) or [name for name in found.systems if name not in found.references]
    if not systems:
        raise InputError(
            f"{asked_folder(asked)} has outputs of references alone for {found.pair}; name one by --system."
        )
    return systems


def _scores(
    found: EvalSet, asked: Mapping[str, Any], references: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """``--scores`` for each file, the human ones, and how many metrics are left out for their references.

    A bare NAME chooses among the folder's scores; without any, all come but those that used another reference, and none
    where sacrebleu's own output is asked for. Human scores are those of ``--human``, else those chosen, else all.
    """
    files = [text for text in asked["scores"] if "=" in text]
    chosen = [text for text in asked["scores"] if "=" not in text]
    if sacrebleu_style(asked) and not asked["scores"] and not asked["human"]:
        return (), (), 0
    there: dict[str, Scores] = {**found.human, **found.metrics}
    for name in (*chosen, *(name for name in asked["human"] if not _names_file(name, files))):
        if name not in there:
            raise InputError(f"The folder has no scores called {name!r}; there are: {', '.join(there) or 'none'}.")
    fitting = [
        name for name, scores in found.metrics.items() if scores.references is not None
        and scores.references <= set(references)
    ]  # fmt: skip
    metrics = [name for name in chosen if name in found.metrics] if chosen else fitting
    left = 0 if chosen else len(found.metrics) - len(fitting)
    human = list(asked["human"]) or [name for name in chosen if name in found.human] or list(found.human)
    ours = [name for name in (*metrics, *human) if name in there]
    return (*(f"{name}={there[name].path}" for name in dict.fromkeys(ours)), *files), tuple(human), left


def _names_file(name: str, files: list[str]) -> bool:
    return any(text.partition("=")[0].strip().lower() == name.lower() for text in files)
