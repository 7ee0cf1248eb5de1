"""``score`` under sacrebleu's own command line: the same output, or a sentence saying what to do instead."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.test_score import ONE, REFERENCE, files, printed, refused, run, sacrebleu

__all__ = ["files"]
ALL = ("-m", "bleu", "chrf", "ter")


@pytest.mark.parametrize(
    "extra",
    [
        ("-b", "-f", "json"),
        ("-b", "-f", "latex"),
        ("-b",),
        ("-b", "-w", "4", "-m", "bleu"),
        ("-f", "latex", "-m", "ter"),
        ("-f", "text", "-ci", "-cin", "40"),
        ("-f", "json", "-ci", "-cin", "40", "-w", "3"),
        ("-b", "-ci", "-cin", "40", "-f", "text"),
        ("-sl", "-m", "bleu"),
        ("-sl", "-b", "-w", "3", "-m", "chrf"),
        ("-f", "text", "-sv", "0.3", "--smooth-method", "floor"),
        ("-f", "text", "-q", "--force", "-nc", "-j", "1", "-l", "zh-en"),
    ],
)
def test_one_system_is_printed_as_sacrebleu_prints_it(files: Path, extra: tuple[str, ...]) -> None:
    args = ("ref.txt", "-i", "one.en", *(() if "-m" in extra else ALL), *extra)
    assert printed(*args) == sacrebleu(*args)


@pytest.mark.parametrize("kind", ["json", "text", "latex"])
@pytest.mark.parametrize("extra", [(), ("-w", "3"), ("-b",)])
def test_several_systems_are_printed_as_sacrebleu_prints_them(files: Path, kind: str, extra: tuple[str, ...]) -> None:
    args = ("ref.txt", "-i", "one.en", "two.en", *ALL, "-f", kind, *extra)
    assert printed(*args) == sacrebleu(*args)


@pytest.mark.parametrize("kind", ["text", "latex"])
@pytest.mark.parametrize("test", [("-pbs", "-pbsn", "30"), ("-par", "-parn", "30"), ("--paired-ar",)])
def test_a_paired_test_is_printed_as_sacrebleu_prints_it(files: Path, kind: str, test: tuple[str, ...]) -> None:
    args = ("ref.txt", "-i", "one.en", "two.en", "-m", "bleu", "ter", "-f", kind, *test)
    assert printed(*args) == sacrebleu(*args)


def test_intervals_are_sacrebleus_for_the_same_seed(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sacrebleu.metrics import BLEU, CHRF, TER

    monkeypatch.setenv("SACREBLEU_SEED", "7")
    asked = ("one.en", "-r", "ref.txt", *ALL, "--confidence", "--confidence-n", "60", "--seed", "7", "--format", "json")
    found = json.loads(printed(*asked))["systems"][0]["metrics"]
    for native in (BLEU(), CHRF(), TER()):
        expected = native.corpus_score(ONE, [REFERENCE], n_bootstrap=60)
        ours = found[expected.name]
        assert (ours["score"], ours["mean"], ours["interval"]) == (expected.score, expected._mean, expected._ci)
        assert ours["signature"] == str(native.get_signature())


def test_each_of_several_systems_has_its_interval_in_our_formats(files: Path) -> None:
    asked = ("one.en", "two.en", "-r", "ref.txt", "-m", "chrf", "-ci", "-cin", "20")
    rows = list(csv.DictReader(io.StringIO(printed(*asked, "--format", "csv"))))
    assert [row["system"] for row in rows] == ["one", "two"]
    shown = [f"{float(row['score']):.2f} ({float(row['mean']):.2f} ± {float(row['interval']):.2f})" for row in rows]
    table = printed(*asked)
    assert all(cell in table for cell in shown)
    assert "$\\pm$" in printed(*asked, "--format", "latex")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("-t", "wmt14"), "sacrebleu's -t is not known here: sacrebleu's own test sets are not fetched"),
        (("--list",), "sacrebleu's --list is not known here"),
        (("-nr", "2"), "references stand in a file each"),
        (("-e", "latin-1"), "files are read as UTF-8"),
        (("-cw", "2"), "-m chrf++ for word order 2"),
        (("-s", "exp"), "write --smooth-method"),
        (("-sh",), "signatures are written out"),
        (("-d",), "--level document"),
        (("-sl", "-m", "bleu", "chrf"), "--sentence-level is of one system and one metric"),
        (("-sl", "-m", "bleu", "-ci"), "A single segment has no interval"),
        (("-i", "two.en", "-ci", "-f", "text"), "hold the interval of one system alone"),
        (("-i", "two.en", "-ci", "--paired-bs"), "leave out --confidence"),
        (("-i", "two.en", "--paired-bs", "-b"), "leave out -b"),
    ],
)
def test_what_is_not_supported_is_one_sentence(files: Path, args: tuple[str, ...], sentence: str) -> None:
    assert sentence in refused("one.en", "-r", "ref.txt", *args)


def test_sacrebleus_hidden_options_do_not_crowd_the_help() -> None:
    text = run("--help").stdout
    assert "--confidence" in text
    assert "--test-set" not in text


@pytest.mark.real_data
def test_real_systems_are_printed_as_sacrebleu_prints_them(shared_data: Path) -> None:
    folder = shared_data / "wmt23-zh-en"
    systems = [str(folder / "systems" / f"{name}.en") for name in ("ONLINE-A", "ONLINE-B")]
    args = (str(folder / "reference.refA.en"), "-i", *systems, "-m", "bleu", "chrf", "-l", "zh-en", "-f", "text")
    assert printed(*args) == sacrebleu(*args)


def test_the_sentence_level_is_of_bleu_unless_another_metric_is_named(files: Path) -> None:
    assert printed("ref.txt", "-i", "one.en", "-sl") == sacrebleu("ref.txt", "-i", "one.en", "-sl")
