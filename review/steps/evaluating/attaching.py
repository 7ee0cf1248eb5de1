"""References and other systems' outputs for rated articles, taken from files of one segment a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from review.errors import InputError
from review.formats import Source
from review.model import Rated
from review.steps.scoring.files import read_lines, system_names
from review.steps.scoring.placing import read_places


@dataclass(frozen=True, slots=True)
class Sides:
    """The texts beside the rated articles, by line; ``alternatives`` by system."""

    references: Sequence[Sequence[str]] = ()
    alternatives: Sequence[tuple[str, Sequence[str]]] = ()


def attach(
    rated: Sequence[Rated],
    references: Sequence[str | Source] = (),
    alternatives: Sequence[str | Source] = (),
    documents: str | Source = "",
    at_most: int | None = None,
) -> list[Rated]:
    """The rated articles with references and alternatives from these files.

    ``documents`` is a table of line, document and segment (default: documents.tsv beside the first file, if it is
    there); without one, segments are the lines in the file's order. A system is no alternative to itself; of the
    others it gets the first ``at_most`` (None: all). Raises InputError and FormatError.
    """
    paths = [*references, *alternatives]
    if not paths:
        return list(rated)
    texts = [read_lines(path) for path in paths]
    for path, lines in zip(paths[1:], texts[1:], strict=True):
        if len(lines) != len(texts[0]):
            both = f"{_name(path)} has {len(lines)} lines and {_name(paths[0])} has {len(texts[0])}"
            raise InputError(f"{both}; give parallel files.")
    table = documents or _beside(paths[0])
    keys = list(dict.fromkeys((item.document, segment.id) for item in rated for segment in item.article.segments))
    places = read_places(table, keys, len(texts[0])) if table else _by_order(keys, _name(paths[0]), len(texts[0]))
    names = system_names([_name(path) for path in alternatives]) if alternatives else []
    sides = Sides(texts[: len(references)], list(zip(names, texts[len(references) :], strict=True)))
    return [_filled(item, places, sides, at_most) for item in rated]


def _filled(item: Rated, places: dict[tuple[str, str], int], sides: Sides, at_most: int | None) -> Rated:
    system = item.article.system.lower()
    others = [lines for name, lines in sides.alternatives if name.lower() != system][:at_most]
    segments = []
    for segment in item.article.segments:
        line = places[item.document, segment.id]
        segments.append(
            replace(
                segment,
                references=(*segment.references, *(lines[line] for lines in sides.references)),
                alternatives=(*segment.alternatives, *(lines[line] for lines in others)),
            )
        )
    return replace(item, article=replace(item.article, segments=tuple(segments)))


def _name(given: str | Source) -> str:
    return given.name if isinstance(given, Source) else given


def _beside(path: str | Source) -> str:
    """documents.tsv in the file's folder or the one above, or ""."""
    if isinstance(path, Source):
        return ""
    folder = Path(path).resolve().parent
    return next((str(f / "documents.tsv") for f in (folder, folder.parent) if (f / "documents.tsv").is_file()), "")


def _by_order(keys: Sequence[tuple[str, str]], path: str, count: int) -> dict[tuple[str, str], int]:
    if len(keys) != count:
        raise InputError(
            f"{path} has {count} lines and the MQM file {len(keys)} segments; name a table of line, document and "
            "segment (--documents)."
        )
    return {key: at for at, key in enumerate(keys)}
