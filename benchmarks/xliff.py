"""Fifty thousand units of XLIFF read and written over: seconds, and the most memory of a process that does it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
UNITS = 50_000
CODED = 5
"""One unit in so many has inline codes."""
EDITED = 10
"""One segment in so many is edited before the file is written over."""
TIMES = 5

_WORDS = "harbour grain cargo crane berth freight quarter percent growth volume port trade steady line tonne".split()
_SOURCE = "上半年港口完成集装箱吞吐量，同比增长{}，其中外贸箱量继续保持增长态势。"

_CHILD = """
import io, json, resource, sys, time
from dataclasses import replace
from pathlib import Path
from review import formats
from review.model import Correction, Reading
path, name, edited = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
formats.formats()
began = time.perf_counter(), time.process_time()
reading = formats.read(path, name)
articles = list(reading.articles)
read = time.perf_counter() - began[0], time.process_time() - began[1]
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
for place, article in enumerate(articles):
    changed = [
        replace(item, correction=Correction(item.text + " Now.", "confirmed")) if number % edited == 0 else item
        for number, item in enumerate(article.segments)
    ]
    articles[place] = replace(article, segments=tuple(changed))
out, original = io.BytesIO(), path.open("rb")
began = time.perf_counter(), time.process_time()
formats.write(Reading(reading.header, iter(articles)), original, out, name)
written = time.perf_counter() - began[0]
print(json.dumps([read[0], read[1], memory, written, sum(len(item.segments) for item in articles)]))
"""


def run() -> dict[str, Any]:
    """The median of several new processes, for each version."""
    with tempfile.TemporaryDirectory() as name:
        figures: dict[str, Any] = {}
        for format, write in (("xliff", xliff1), ("xliff2", xliff2)):
            path = Path(name) / f"{format}.xlf"
            write(path)
            runs = [child(path, format) for _ in range(TIMES)]
            read, cpu, memory, written, segments = (sorted(column)[TIMES // 2] for column in zip(*runs, strict=True))
            figures[format] = {
                "segments": int(segments),
                "bytes": path.stat().st_size,
                "read, s": read,
                "read, s of the processor": cpu,
                "memory at most when read, MiB": memory,
                f"written over with one in {EDITED} edited, s": written,
            }
    return figures


def child(path: Path, format: str) -> list[float]:
    """Read and write in a process of its own."""
    command = [sys.executable, "-c", _CHILD, str(path), format, str(EDITED)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: list[float] = json.loads(done.stdout)
    return found


def pairs(open_code: str, close_code: str, alone: str) -> list[tuple[str, str]]:
    """Sources and targets, some with inline codes as given."""
    rng = random.Random(1)
    found = []
    for number in range(UNITS):
        words = [rng.choice(_WORDS) for _ in range(16)]
        source = _SOURCE.format(number)
        if number % CODED == 0:
            source = f"{open_code}{source}{close_code}{alone}"
            words[3], words[5] = open_code + words[3], words[5] + close_code + alone
        found.append((source, " ".join(words)))
    return found


def xliff1(path: Path) -> None:
    """A file of XLIFF 1.2."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n')
        file.write('<file original="a" source-language="zh" target-language="en" datatype="plaintext"><body>\n')
        for number, (source, target) in enumerate(pairs('<g id="1">', "</g>", '<x id="2"/>'), 1):
            unit = f'<source>{source}</source>\n  <target state="translated">{target}</target>'
            file.write(f'<trans-unit id="{number}">\n  {unit}\n</trans-unit>\n')
        file.write("</body></file></xliff>\n")


def xliff2(path: Path) -> None:
    """A file of XLIFF 2.0."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh" trgLang="en">\n')
        file.write('<file id="f">\n')
        for number, (source, target) in enumerate(pairs('<pc id="1">', "</pc>", '<ph id="2"/>'), 1):
            unit = f"<source>{source}</source>\n    <target>{target}</target>"
            file.write(f'<unit id="u{number}">\n  <segment state="translated">\n    {unit}\n  </segment>\n</unit>\n')
        file.write("</file></xliff>\n")
