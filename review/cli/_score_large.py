"""``score`` of JSON Lines and Parquet: references, systems and articles are columns, and no file is loaded whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from review.errors import InputError

if TYPE_CHECKING:
    from review.metrics import Options
    from review.steps.scoring import Measured
    from review.steps.scoring.systems import Progress
    from review.workers import Mapper


def paths(asked: dict[str, Any]) -> list[str]:
    """The files, where files of columns are given; else none.

    Raises InputError where they are given with other files, or with files that their columns stand for.
    """
    from review.formats import partitions

    given = [*asked["hypotheses"], *asked["inputs"]]
    found = [path for path in given if partitions.known(path)]
    if not found:
        return []
    if len(found) < len(given):
        other = next(path for path in given if path not in found)
        raise InputError(f"{found[0]} is a file of columns and {other} is not; score them apart.")
    for name in ("references", "documents", "source"):
        if asked[name]:
            raise InputError(f"{found[0]} has {name} as a column; leave out {'-r' if name[0] == 'r' else '--' + name}.")
    return found


def measured(
    found: list[str],
    asked: dict[str, Any],
    wanted: tuple[str, ...],
    options: Options,
    language: str,
    progress: Progress | None,
    mapper: Mapper,
) -> tuple[Measured, list[str | None] | None]:
    """Every system in the files, or those asked for, and each segment's article where documents are asked for."""
    from review.steps import scoring

    return scoring.measure_files(
        found, wanted, options, systems=asked["systems"], unnamed=scoring.system_names(found),
        documents=asked["level"] == "document", language=language, progress=progress, mapper=mapper,
    )  # fmt: skip
