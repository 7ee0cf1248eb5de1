"""A small test set in the layout of mt-metrics-eval, written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

SOURCE = ["港口很繁忙。", "实体经济增长。", "还有一行。"]
REFERENCES = {
    "refA": ["The port is busy.", "The real economy is growing.", "One more line here."],
    "refB": ["The harbour is busy.", "The real economy grows.", "Another line."],
}
OUTPUTS = {
    "Alpha": ["The port is busy.", "Physical economy grows.", "One more line there."],
    "Beta-2.0": ["The harbour is very busy.", "The real economy grows.", "A line more."],
    "Gamma": ["Port is busy.", "Real economy grows.", "Another line more."],
    "refB": REFERENCES["refB"],
}
MQM = {"Alpha": [-1, None, 0], "Beta-2.0": [-5, -1, -25], "Gamma": [-3, -4, -1.1], "refB": [0, 0, 0]}
COMET = {"Alpha": [0.9, 0.8, 0.7], "Beta-2.0": [0.5, 0.6, 0.4], "Gamma": [0.7, 0.6, 0.3], "refB": [1, 1, 1]}
METRICX = {"Alpha": [1, 2, 3], "Beta-2.0": [5, 6, 7], "Gamma": [1, 1, 1], "refB": [0, 0, 0]}


def lines(texts: Sequence[str]) -> str:
    return "".join(f"{text}\n" for text in texts)


def scores(found: Mapping[str, Sequence[object]]) -> str:
    return "".join(f"{system}\t{score}\n" for system, values in found.items() for score in values)


def write(root: Path, path: str, text: str) -> None:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")


def evalset(root: Path, pair: str = "zh-en") -> Path:
    """Write it to ``root`` and return that."""
    write(root, f"sources/{pair}.txt", lines(SOURCE))
    for name, texts in REFERENCES.items():
        write(root, f"references/{pair}.{name}.txt", lines(texts))
    for name, texts in OUTPUTS.items():
        write(root, f"system-outputs/{pair}/{name}.txt", lines(texts))
    write(root, f"documents/{pair}.docs", "news\tport.1\nnews\tport.1\nsocial post.2\n")
    write(root, f"human-scores/{pair}.mqm.seg.score", scores(MQM))
    write(root, f"human-scores/{pair}.wmt-z.sys.score", "Alpha 0.5\nBeta-2.0 -0.1\nGamma None\n")
    write(root, f"human-scores/{pair}.mqm.domain.score", "news Alpha -1\n")
    write(root, f"metric-scores/{pair}/COMET-22-refA.seg.score", scores(COMET))
    write(root, f"metric-scores/{pair}/COMET-22-refA.sys.score", "Alpha 0.8\nBeta-2.0 0.5\nGamma 0.5333\nrefB 1\n")
    write(root, f"metric-scores/{pair}/COMET-22-refA.refB.seg.score", scores(COMET))
    write(root, f"metric-scores/{pair}/MetricX-23-QE-src.seg.score", scores(METRICX))
    write(root, f"metric-scores/{pair}/BLEU-all.sys.score", "Alpha 40\nBeta-2.0 30\nGamma 20\nrefB 90\n")
    return root
