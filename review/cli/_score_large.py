"""``score`` of JSON Lines and Parquet: references, systems and articles are columns, and no file is loaded whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from review.cli import _score_checks, _score_output, _score_pairwise
from review.cli import _score_input as given_input
from review.cli._progress import QUICK, progress_bar
from review.cli._score_output import Done, Shown
from review.errors import InputError

if TYPE_CHECKING:
    from review.workers import Mapper

_WHOLE = {
    "by": "--by", "histogram": "--histogram", "differ": "--differ", "scores": "--scores", "human": "--human",
    "reference_names": "--reference-name", "keep": "--keep", "sentence_level": "--sentence-level",
}  # fmt: skip
"""What needs the texts, or another file beside them line by line."""


def paths(asked: dict[str, Any]) -> list[str]:
    """The files, where files of columns are given; else none.

    Raises InputError where they are packed, given with other files, or with files that their columns stand for.
    """
    from review.formats import partitions

    given = [*asked["hypotheses"], *asked["inputs"]]
    found = [path for path in given if partitions.known(path)]
    packed = next((path for path in given if path.endswith(".gz") and partitions.known(path[: -len(".gz")])), None)
    if packed:
        raise InputError(f"{packed} is packed; unpack it first, for files of columns are read in parts.")
    if not found:
        return []
    if len(found) < len(given):
        other = next(path for path in given if path not in found)
        raise InputError(f"{found[0]} is a file of columns and {other} is not; score them apart.")
    for name in ("references", "documents", "source"):
        if asked[name]:
            raise InputError(f"{found[0]} has {name} as a column; leave out {'-r' if name[0] == 'r' else '--' + name}.")
    for name, option in _WHOLE.items():
        if asked[name]:
            raise InputError(f"Files of columns are scored by system, document and segment; leave out {option}.")
    return found


def scored(asked: dict[str, Any], checks: _score_checks.Asked, files: list[str], mapper: Mapper) -> Done:
    """Score the systems in files of columns."""
    from review.steps import scoring

    options = given_input.options(asked)
    test = given_input.paired_test(asked, 2)
    _score_pairwise.check(asked, test)
    with progress_bar(QUICK) as progress:
        found, documents = scoring.measure_files(
            files, _score_output.metrics(asked), options, systems=asked["systems"],
            unnamed=scoring.system_names(files), documents=asked["level"] == "document",
            language=given_input.target(asked["pair"]), progress=progress, mapper=mapper,
        )  # fmt: skip
    given_input.alone(asked, len(found.systems), _score_output.metrics(asked))
    table = scoring.combine(found, documents, asked["level"])
    verdict = checks.of(table, _score_checks.of_lines(found))
    table = _score_output.with_intervals(asked, found, table)
    shown = Shown(found, table, list(table.systems), [], verdict, {})
    text, warnings = _score_output.written(asked, shown, test)
    return Done(text, verdict, (*table.warnings, *warnings))
