"""A file of a gigabyte from the file into the store and back: seconds, and the most memory of each command."""

from __future__ import annotations

import filecmp
import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.processes import review

BYTES = 1_000_000_000
SEGMENTS = 200
"""Of an article."""


def run() -> dict[str, Any]:
    """Import a JSON Lines file by the command line and export it again; the second file must be the first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        segments = write(folder / "large.jsonl")
        environment = {
            "REVIEW_UPLOAD_MEGABYTES": "1100",
            "REVIEW_DATABASE_URL": f"sqlite:///{folder}/review.sqlite3",
            "REVIEW_CACHE": str(folder / "cache"),
        }
        figures: dict[str, Any] = {"segments": segments, "bytes": (folder / "large.jsonl").stat().st_size}
        commands = {
            "import": ["import", "large.jsonl", "--batch", "large"],
            "export": ["export", "--batch", "large", "--format", "original", "--output", "again.jsonl"],
        }
        for what, command in commands.items():
            taken = review(command, folder, environment)
            figures[what] = {"s": taken.seconds, "memory at most, MiB": taken.memory}
        figures["the same bytes"] = filecmp.cmp(folder / "large.jsonl", folder / "again.jsonl", shallow=False)
    return figures


def write(path: Path) -> int:
    """BYTES of segments, no two alike; returns how many."""
    source = "上半年港口完成集装箱吞吐量，同比增长，其中外贸箱量继续保持增长态势。" * 3
    words = "The port handled more cargo in the first half of the year, and foreign trade kept growing steadily. " * 4
    number = size = 0
    with path.open("wb") as file:
        while size < BYTES:
            record = {
                "article": f"news {number // SEGMENTS}",
                "segment": str(number % SEGMENTS + 1),
                "source": f"{number} {source}",
                "hypothesis": f"{number} {words}",
                "references": [f"{number}. {words}"],
            }
            size += file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            number += 1
    return number
