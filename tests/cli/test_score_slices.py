"""``score --by``, ``--histogram`` and ``--differ``: parts below the whole, in each format; refusals in one sentence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sacrebleu.metrics import BLEU, CHRF

from review.cli import main
from review.settings import settings

REFERENCE = ["The deputy secretary visited the plant.", "Dual circulation is new.", "It cost 1,234.5 yuan.", "Yes."]
ONE = ["The undersecretary visited the plant.", "Double cycle is new.", "It cost 1234.5 yuan.", "Yes."]
TWO = ["Undersecretary visited plant.", "Dual circulation is new.", "Cost yuan.", "Yes."]
SOURCE = ["副书记考察了工厂。", "双循环是新的。", "花了1234.5元。", "是。"]
TABLE = "line\tdoc\tdomain\n1\ta\tnews\n2\ta\ttalk\n3\tb\tnews\n"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of files, and a database of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.sqlite3'}")
    settings.cache_clear()
    for name, lines in (("ref.txt", REFERENCE), ("one.en", ONE), ("two.en", TWO), ("source.zh", SOURCE)):
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    (tmp_path / "docs.tsv").write_text(TABLE, "utf-8")
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def batch(files: Path) -> str:
    """An imported batch of two systems, in a table with a domain."""
    rows = [
        ["domain", "doc", "seg", "system", "src", "mt", "ref"],
        *(
            ["news" if number % 2 == 0 else "talk", "a", str(number), system, SOURCE[number], text, REFERENCE[number]]
            for system, texts in (("one", ONE), ("two", TWO))
            for number, text in enumerate(texts)
        ),
    ]
    with (files / "table.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    done = CliRunner().invoke(main, ["import", "table.csv", "--batch", "port", "--to", "en"])
    assert done.exit_code == 0, done.output
    return "port"


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["score", *args])


def printed(*args: str) -> str:
    result = run(*args)
    assert result.exit_code == 0, result.output
    return result.stdout


def data(*args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printed(*args, "--format", "json"))
    return found


FILES = ("one.en", "two.en", "-r", "ref.txt")


def test_groups_by_a_column_have_sacrebleus_scores_in_json(files: Path) -> None:
    found = data(*FILES, "--documents", "docs.tsv", "--by", "domain")
    assert [(one["by"], one["group"], one["system"], one["segments"], one["small"]) for one in found["slices"]] == [
        ("domain", "news", "one", 2, True), ("domain", "news", "two", 2, True),
        ("domain", "talk", "one", 1, True), ("domain", "talk", "two", 1, True),
    ]  # fmt: skip
    news = found["slices"][0]["metrics"]
    for label, metric in (("BLEU", BLEU()), ("chrF2", CHRF())):
        assert news[label]["score"] == metric.corpus_score(ONE[::2], [REFERENCE[::2]]).score
        assert news[label]["signature"] == str(metric.get_signature())
    assert [one["name"] for one in found["systems"]] == ["one", "two"]


def test_documents_as_groups_are_the_documents_of_the_level(files: Path) -> None:
    found = data(*FILES, "--documents", "docs.tsv", "--by", "document", "--level", "document")
    level = [(one["name"], one["metrics"]) for one in found["systems"][0]["documents"]]
    assert [(one["group"], one["metrics"]) for one in found["slices"] if one["system"] == "one"] == level


def test_segments_without_a_value_are_said_to_be_in_no_group(files: Path) -> None:
    result = run(*FILES, "--documents", "docs.tsv", "--by", "domain")
    sentence = "1 of 4 segments have no domain and stand in no group."
    assert result.stderr == f"review: warning: {sentence}\n"
    assert sentence in data(*FILES, "--documents", "docs.tsv", "--by", "domain")["warnings"]


def test_of_rows_that_name_one_line_the_last_counts_with_a_warning(files: Path) -> None:
    (files / "docs.tsv").write_text("line\tdoc\n1\ta\n2\ta\n2\tb\n3\tb\n4\tb\n", "utf-8")
    result = run(*FILES, "--documents", "docs.tsv", "--by", "doc", "--format", "json")
    assert result.stderr == "review: warning: docs.tsv names line 2 more than once; the last row counts.\n"
    groups = json.loads(result.stdout)["slices"]
    assert [(one["group"], one["segments"]) for one in groups if one["system"] == "one"] == [("a", 1), ("b", 3)]


def test_a_table_needs_no_documents_where_another_column_is_asked_for(files: Path) -> None:
    (files / "genres.tsv").write_text("line\tGenre\n1\tx\n2\t\n3\tx\n4\ty\n", "utf-8")
    found = data(*FILES, "--documents", "genres.tsv", "--by", "genre")
    assert [(one["group"], one["segments"]) for one in found["slices"][::2]] == [("x", 2), ("y", 1)]


def test_lengths_are_cut_as_asked(files: Path) -> None:
    found = data("one.en", "-r", "ref.txt", "--by", "length", "--by", "source-length", "--source", "source.zh",
                 "--buckets", "4,6")  # fmt: skip
    assert [(one["by"], one["group"], one["segments"]) for one in found["slices"]] == [
        ("length", "1-4", 3), ("length", "5-6", 1),
        ("source-length", "1-4", 2), ("source-length", "5-6", 1), ("source-length", "7+", 1),
    ]  # fmt: skip


def test_groups_are_printed_below_the_whole_with_small_ones_marked(files: Path) -> None:
    text = printed(*FILES, "--by", "length", "-m", "chrf")
    whole, groups = text.split("By length\n")
    assert whole.startswith(printed(*FILES, "-m", "chrf"))
    assert groups.splitlines()[2].split() == [
        "1-10", "one", "4*", f"{CHRF().corpus_score(ONE, [REFERENCE]).score:.2f}",
    ]  # fmt: skip
    assert "* fewer than 20 segments" in groups


def test_groups_as_csv_have_one_score_a_row(files: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(*FILES, "--by", "length", "-m", "chrf", "--format", "csv"))))
    assert [(row["by"], row["group"], row["system"], row["segments"], row["small"]) for row in rows] == [
        ("length", "1-10", "one", "4", "yes"), ("length", "1-10", "two", "4", "yes"),
    ]  # fmt: skip
    assert float(rows[0]["score"]) == CHRF().corpus_score(ONE, [REFERENCE]).score


def test_a_histogram_counts_segments_by_score(files: Path) -> None:
    [one, _] = data(*FILES, "-m", "chrf", "--histogram")["histograms"]
    scores = [CHRF().sentence_score(text, [ref]).score for text, ref in zip(ONE, REFERENCE, strict=True)]
    assert [(part["from"], part["segments"]) for part in one["bins"] if part["segments"]] == [
        (start, count)
        for start in range(0, 101, 10)
        if (count := sum(start <= score and (score < start + 10 or start == 100) for score in scores))
    ]
    rows = list(csv.DictReader(io.StringIO(printed(*FILES, "-m", "chrf", "--histogram", "--format", "csv"))))
    assert [row["segments"] for row in rows[:11]] == [str(part["segments"]) for part in one["bins"]]
    last = printed(*FILES, "-m", "chrf", "--histogram").splitlines()[-1].split()
    assert last[:2] == ["two", "chrF2"]
    assert sum(map(int, last[2:])) == 4


def test_segments_that_differ_are_listed_with_their_texts(files: Path) -> None:
    asked = (*FILES, "--source", "source.zh", "--documents", "docs.tsv", "--differ", "one", "two")
    found = data(*asked)["differing"]
    assert (found["metric"], found["systems"]) == ("chrF2", ["one", "two"])
    assert {one["line"] for one in found["segments"]} == {1, 2, 3}
    gaps = [abs(one["difference"]) for one in found["segments"]]
    assert gaps == sorted(gaps, reverse=True)
    [second] = [one for one in found["segments"] if one["line"] == 2]
    assert (second["document"], second["source"], second["references"]) == ("a", SOURCE[1], [REFERENCE[1]])
    assert second["systems"] == [
        {"name": "one", "text": ONE[1], "score": CHRF().sentence_score(ONE[1], [REFERENCE[1]]).score},
        {"name": "two", "text": TWO[1], "score": CHRF().sentence_score(TWO[1], [REFERENCE[1]]).score},
    ]
    assert second["difference"] == second["systems"][0]["score"] - second["systems"][1]["score"]
    text = printed(*asked, "--most", "1")
    assert "Where one and two differ most by chrF2 (one less two)" in text
    assert text.count("(one ") == 2
    rows = list(csv.DictReader(io.StringIO(printed(*asked, "--format", "csv"))))
    assert [float(row["difference"]) for row in rows] == [one["difference"] for one in found["segments"]]
    assert rows[0]["one text"] in ONE


def test_systems_that_differ_may_be_named_by_their_paths(files: Path) -> None:
    found = data(*FILES, "-m", "ter", "--differ", "two.en", "one")["differing"]
    assert (found["metric"], found["systems"]) == ("TER", ["two", "one"])


def test_a_batch_is_grouped_by_what_its_file_says(batch: str) -> None:
    found = data("--batch", batch, "--by", "domain", "--by", "article", "-m", "bleu")
    news = found["slices"][0]
    assert (news["by"], news["group"], news["system"], news["segments"]) == ("domain", "news", "one", 2)
    expected = BLEU().corpus_score(ONE[::2], [REFERENCE[::2]]).score
    assert news["metrics"]["BLEU"]["score"] == news["after_review"]["metrics"]["BLEU"]["score"] == expected
    assert [one["group"] for one in found["slices"][4:]] == ["a", "a"]
    text = printed("--batch", batch, "--by", "domain", "-m", "bleu")
    assert text.split("By domain\n")[1].splitlines()[0].split() == ["domain", "system", "text", "segments", "BLEU"]
    rows = list(csv.DictReader(io.StringIO(printed("--batch", batch, "--by", "length", "--format", "csv"))))
    assert {row["text"] for row in rows} == {"machine output", "after review"}


def test_a_batch_is_grouped_by_flags_and_risk_once_it_is_flagged(batch: str) -> None:
    for by in ("flags", "risk", "detectors"):
        result = run("--batch", batch, "--by", by)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "has not been flagged yet" in result.stderr
    assert CliRunner().invoke(main, ["work"]).exit_code == 0
    found = data("--batch", batch, "--by", "flags", "--by", "risk", "-m", "chrf")["slices"]
    for system in ("one", "two"):
        either = [
            one["segments"] for one in found if one["system"] == system and one["group"] in ("any flag", "no flag")
        ]
        risks = [one["segments"] for one in found if one["system"] == system and one["by"] == "risk"]
        assert sum(either) == sum(risks) == 4
    assert any(one.get("without") for one in found)


def test_segments_of_a_batch_that_differ_are_named_by_their_ids(batch: str) -> None:
    found = data("--batch", batch, "--differ", "one", "two", "--histogram", "-m", "chrf")
    assert {one["line"] for one in found["differing"]["segments"]} == {1, 2, 3}
    for one in found["differing"]["segments"]:
        assert len({side["id"] for side in one["systems"]}) == 2
    assert [(one["system"], one["text"]) for one in found["histograms"]] == [
        (system, text) for system in ("one", "two") for text in ("machine output", "after review")
    ]


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--by", "genre"), "There is no 'genre' to group by; choose one of length, source-length, or give columns"),
        (("--by", "genre", "--documents", "docs.tsv"), "choose one of length, source-length, doc, domain."),
        (("--by", "source-length"), "name it with --source"),
        (("--by", "length", "--buckets", "20,10"), "neither bounds that go up"),
        (("--buckets", "10"), "name what to group by"),
        (("--by", "doc", "--documents", "docs.tsv", "--buckets", "/4"), "--by asks for neither"),
        (("--by", "length", "--buckets", "0.5,1"), "begin at 1 or more"),
        (("--differ", "one", "three"), "no system 'three' for --differ; the systems are: one, two."),
        (("--differ", "one", "one.en"), "compared with itself"),
        (("--by", "length", "--compare", "bootstrap"), "leave out --by"),
        (("--histogram", "--format", "latex"), "--histogram is printed as table, json or csv"),
        (("--by", "length", "-b"), "choose one of them with --format"),
        (("--by", "length", "--level", "segment"), "--format json"),
        (("--by", "length", "--histogram", "--format", "csv"), "ask for --by or --histogram"),
    ],
)
def test_what_cannot_be_grouped_or_printed_is_one_sentence(files: Path, args: tuple[str, ...], sentence: str) -> None:
    result = run(*FILES, *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--by", "genre"), "article, status, length, source-length, flags, detectors, risk, domain, doc, seg, system"),
        (("--differ", "one", "three"), "no system 'three' for --differ; the systems are: one, two."),
        (("--by", "length", "--level", "document"), "--format json"),
        (("--by", "length", "--by", "risk", "--buckets", "10,20"), "Risks go from 0 to 1"),
    ],
)
def test_what_a_batch_cannot_be_grouped_by_is_one_sentence(batch: str, args: tuple[str, ...], sentence: str) -> None:
    result = run("--batch", batch, *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_batch_without_references_has_no_scores_to_group(files: Path) -> None:
    assert CliRunner().invoke(main, ["import", "one.en", "--batch", "alone"]).exit_code == 0
    result = run("--batch", "alone", "--by", "length")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "No segment of the batch has a reference" in result.stderr


@pytest.mark.real_data
def test_real_documents_as_groups_are_scored_as_sacrebleu_scores_them(files: Path, shared_data: Path) -> None:
    folder = shared_data / "wmt23-zh-en"
    output, reference = folder / "systems" / "GPT4-5shot.en", folder / "reference.refA.en"
    result = run(
        str(output), "-r", str(reference), "--documents", str(folder / "documents.tsv"), "--by", "doc",
        "--format", "json",
    )  # fmt: skip
    found = json.loads(result.stdout)
    rows = [row.split("\t") for row in (folder / "documents.tsv").read_text("utf-8").splitlines()[1:]]
    # One line is named by two rows.
    table = {int(row[0]) - 1: row[1] for row in rows}
    assert "names line 696 more than once" in result.stderr
    texts = [path.read_bytes().decode().split("\n") for path in (output, reference)]
    assert len(found["slices"]) == 38
    for one in found["slices"]:
        lines = sorted(line for line, name in table.items() if name == one["group"])
        ours, theirs = ([side[line].rstrip() for line in lines] for side in texts)
        assert one["segments"] == len(lines)
        assert one["metrics"]["BLEU"]["score"] == BLEU().corpus_score(ours, [theirs]).score
        assert one["metrics"]["chrF2"]["score"] == CHRF().corpus_score(ours, [theirs]).score
