"""``score`` of JSON Lines and Parquet: references, systems and articles are columns, and no file is loaded whole."""

from __future__ import annotations

from typing import Any

from review.errors import InputError

_WHOLE = {
    "by": "--by", "histogram": "--histogram", "differ": "--differ", "scores": "--scores", "human": "--human",
    "reference_names": "--reference-name",
}  # fmt: skip
"""What needs the texts, or another file beside them line by line."""


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
    for name, option in _WHOLE.items():
        if asked[name]:
            raise InputError(f"Files of columns are scored by system, document and segment; leave out {option}.")
    return found
