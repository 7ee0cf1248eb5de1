"""A test set's folder as mt-metrics-eval keeps it: sources, references, outputs, documents and scores by language pair.

    sources/zh-en.txt                            one segment a line, in every text
    references/zh-en.NAME.txt                    NAME without dots and dashes, such as refA
    system-outputs/zh-en/SYSTEM.txt              a reference that was scored too stands here under its NAME
    documents/zh-en.docs                         domain and document for each line
    human-scores/zh-en.NAME.LEVEL.score          lines of system and score (None for none); LEVEL seg or sys
    metric-scores/zh-en/NAME-REF.LEVEL.score     REF: names of references parted by dots; src without any; all

See github.com/google-research/mt-metrics-eval. Scores of documents and of domains are passed over: they follow from
those of segments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from review.errors import InputError

NAME = "mt-metrics-eval"
LEVELS = ("seg", "sys")
"""Levels of scores that are read; where there are both, the segments'."""


@dataclass(frozen=True, slots=True)
class Scores:
    """A file of scores. ``totals`` is the systems' own beside the segments', where there are both.

    ``references`` are those that a metric used: none for ``src``; None for human scores.
    """

    path: Path
    references: frozenset[str] | None = None
    totals: Path | None = None


@dataclass(frozen=True, slots=True)
class EvalSet:
    """A test set in one language pair; every mapping is by name, in alphabetical order.

    ``source`` and ``documents`` are None where the folder has none, which ``lacks`` says in words.
    """

    name: str
    pair: str
    source: Path | None
    documents: Path | None
    references: Mapping[str, Path]
    systems: Mapping[str, Path]
    human: Mapping[str, Scores]
    metrics: Mapping[str, Scores]
    lacks: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, str]:
        """Source and target, as BCP 47 writes them."""
        source, _, target = self.pair.partition("-")
        return source.replace("_", "-"), target.replace("_", "-")


def open_folder(folder: str | Path, pair: str = "") -> EvalSet:
    """Find a test set's files. ``pair`` may be left out where there is one only.

    Raises InputError where the folder is none of this kind, or has no outputs of the pair.
    """
    root = Path(folder)
    outputs = root / "system-outputs"
    if not outputs.is_dir():
        within = sorted(item.parent.name for item in root.glob("*/system-outputs") if item.is_dir())
        advice = f"name one of its test sets: {', '.join(within)}" if within else "name a file, or a test set's folder"
        raise InputError(f"{root} is a folder, but no test set of mt-metrics-eval (no system-outputs in it); {advice}.")
    pairs = sorted(item.name for item in outputs.iterdir() if item.is_dir())
    if not pair and len(pairs) == 1:
        pair = pairs[0]
    if not pair:
        choice = f"the language pairs {', '.join(pairs)}; choose one (score: -l; import: --from and --to)"
        there = choice if pairs else "no language pair in system-outputs"
        raise InputError(f"{root} has {there}.")
    if pair not in pairs:
        raise InputError(f"{root} has no outputs for {pair}; it has {', '.join(pairs) or 'none at all'}.")
    systems = {path.stem: path for path in sorted((outputs / pair).glob("*.txt"))}
    if not systems:
        raise InputError(f"{outputs / pair} holds no outputs; they are files SYSTEM.txt.")
    source, documents = root / "sources" / f"{pair}.txt", root / "documents" / f"{pair}.docs"
    references = {
        path.name.split(".")[-2]: path for path in sorted((root / "references").glob(f"{pair}.*.txt")) if path.is_file()
    }
    lacks = [
        f"{root} has no {what} ({path.relative_to(root)})."
        for what, path in (("source", source), ("table of documents", documents))
        if not path.is_file()
    ]
    if not references:
        lacks.append(f"{root} has no reference (references/{pair}.NAME.txt).")
    return EvalSet(
        root.resolve().name,
        pair,
        source if source.is_file() else None,
        documents if documents.is_file() else None,
        references,
        systems,
        _human(root, pair),
        _metrics(root, pair, frozenset(references)),
        tuple(lacks),
    )


def _human(root: Path, pair: str) -> dict[str, Scores]:
    return {name: Scores(path, None, totals) for name, path, totals in _files(root / "human-scores", f"{pair}.")}


def _metrics(root: Path, pair: str, references: frozenset[str]) -> dict[str, Scores]:
    found = {}
    for name, path, totals in _files(root / "metric-scores" / pair, ""):
        used = name.rpartition("-")[2]
        names = references if used == "all" else frozenset() if used == "src" else frozenset(used.split("."))
        found[name] = Scores(path, names, totals)
    return found


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, Path, Path | None]]:
    """Each name with its file, the segments' before the systems', and the systems' beside it."""
    levels = {
        level: {
            path.name.removeprefix(prefix).removesuffix(f".{level}.score"): path
            for path in sorted(folder.glob(f"{prefix}*.{level}.score"))
        }
        for level in LEVELS
    }
    segments, systems = levels["seg"], levels["sys"]
    for name in sorted(segments):
        yield name, segments[name], systems.get(name)
    for name in sorted(set(systems) - set(segments)):
        yield name, systems[name], None


def document_table(docs: str) -> str:
    """The text of a ``.docs`` file as a table of line, doc and segment, such as parallel lines are read with.

    Raises InputError, naming the line, for a row that is not a domain and a document.
    """
    rows = ["line\tdoc\tsegment"]
    seen: dict[str, int] = {}
    for number, line in enumerate(docs.removesuffix("\n").split("\n"), 1):
        parts = line.split()
        if len(parts) != 2:
            raise InputError(f"The documents' line {number} is not a domain and a document; repair the .docs file.")
        seen[parts[1]] = seen.get(parts[1], 0) + 1
        rows.append(f"{number}\t{parts[1]}\t{seen[parts[1]]}")
    return "\n".join(rows) + "\n"
