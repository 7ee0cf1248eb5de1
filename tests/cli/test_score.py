"""``score`` prints sacrebleu's numbers, in every format, and refuses what cannot be scored in one sentence."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.cli.score import COMMAND as command
from tests.conftest import ROOT

REFERENCE = [
    "The deputy secretary visited the plant.",
    "Dual circulation\u2028is a new pattern.",
    "It cost 1,234.5 yuan.",
]
ONE = ["The undersecretary visited the plant.", "Double cycle\u2028is a new pattern.", "It cost 1234.5 yuan."]
TWO = ["Undersecretary visited plant.", "Double cycle is pattern.", "Cost 1234.5 yuan."]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, lines in (("ref.txt", REFERENCE), ("one.en", ONE), ("two.en", TWO)):
        (tmp_path / name).write_bytes("".join(f"{line}\n" for line in lines).encode())
    return tmp_path


def run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["score", *args], input=stdin)


def printed(*args: str) -> str:
    result = run(*args)
    assert result.exit_code == 0, result.output
    return result.stdout


def scores(*args: str) -> dict[str, dict[str, float]]:
    data = json.loads(printed(*args, "--format", "json"))
    return {one["name"]: {label: found["score"] for label, found in one["metrics"].items()} for one in data["systems"]}


def sacrebleu(*args: str) -> str:
    command = [sys.executable, "-m", "sacrebleu", *args]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def refused(*args: str) -> str:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.mark.parametrize(
    "extra",
    [
        ("-m", "bleu"),
        ("-m", "bleu", "chrf", "ter"),
        ("-m", "chrf", "-w", "4"),
        ("-tok", "intl", "-lc", "-m", "bleu"),
        ("-l", "en-zh", "-m", "bleu", "chrf"),
    ],
)
def test_sacrebleu_json_is_what_sacrebleu_prints(files: Path, extra: tuple[str, ...]) -> None:
    ours = printed("one.en", "-r", "ref.txt", "--format", "sacrebleu-json", *extra)
    assert ours == sacrebleu("ref.txt", "-i", "one.en", *extra)


def test_sacrebleu_json_of_several_systems_is_what_sacrebleu_prints(files: Path) -> None:
    extra = ("-m", "bleu", "chrf", "ter")
    ours = printed("one.en", "two.en", "-r", "ref.txt", "--format", "sacrebleu-json", *extra)
    assert ours == sacrebleu("ref.txt", "-i", "one.en", "two.en", "-f", "json", *extra)


@pytest.mark.parametrize("extra", [("-f", "text"), ("-f", "json"), ("-b", "-f", "text")])
def test_sacrebleus_own_command_line_gives_its_own_output(files: Path, extra: tuple[str, ...]) -> None:
    command = ("ref.txt", "-i", "one.en", "-m", "bleu", "chrf", *extra)
    assert printed(*command) == sacrebleu(*command)


@pytest.mark.parametrize(
    "asked",
    [
        ("-m", "bleu", "chrf", "chrf++", "ter"),
        ("-m", "bleu,chrf,chrf++,ter"),
        ("-m", "bleu", "-m", "chrf", "chrf++", "-m", "ter"),
        ("--metrics", "BLEU", "chrF2", "chrF2++", "TER"),
    ],
)
def test_metrics_are_named_by_spaces_commas_or_again(files: Path, asked: tuple[str, ...]) -> None:
    found = scores("-r", "ref.txt", *asked, "one.en", "two.en")
    assert list(found) == ["one", "two"]
    assert all(list(labels) == ["BLEU", "chrF2", "chrF2++", "TER"] for labels in found.values())


def test_without_metrics_bleu_and_chrf_are_scored(files: Path) -> None:
    assert list(scores("one.en", "-r", "ref.txt")["one"]) == ["BLEU", "chrF2"]


def test_json_carries_full_precision_signature_and_counts(files: Path) -> None:
    from sacrebleu.metrics import BLEU

    native = BLEU()
    expected = native.corpus_score(ONE, [REFERENCE])
    data = json.loads(printed("one.en", "-r", "ref.txt", "-m", "bleu", "--format", "json"))
    assert data["systems"][0]["metrics"]["BLEU"] == {
        "score": expected.score,
        "signature": str(native.get_signature()),
        "verbose": expected._verbose,
    }


def test_a_gzipped_file_and_standard_input_are_read(files: Path) -> None:
    (files / "ref.txt.gz").write_bytes(gzip.compress((files / "ref.txt").read_bytes()))
    plain = printed("one.en", "-r", "ref.txt", "-b")
    assert printed("one.en", "-r", "ref.txt.gz", "-b") == plain
    assert run("-", "-r", "ref.txt", "-b", stdin="\n".join(ONE)).stdout == plain


def test_several_references_are_used_together(files: Path) -> None:
    data = json.loads(printed("one.en", "-r", "ref.txt", "-r", "two.en", "--format", "json"))
    assert "nrefs:2" in data["systems"][0]["metrics"]["BLEU"]["signature"]


def test_segments_and_documents_are_scored_on_request(files: Path) -> None:
    (files / "docs.tsv").write_text("line\tdoc\tsegment\n1\ta\t1\n2\ta\t2\n", "utf-8")
    common = ("one.en", "-r", "ref.txt", "-m", "chrf", "--format", "json", "--documents", "docs.tsv")
    documents = json.loads(printed(*common, "--level", "document"))["systems"][0]["documents"]
    assert [one["name"] for one in documents] == ["a"]
    segments = json.loads(printed(*common, "--level", "segment", "--source", "two.en"))["systems"][0]["segments"]
    assert [(one["line"], one["document"], one["source"]) for one in segments] == list(
        zip([1, 2, 3], ["a", "a", None], TWO, strict=True)
    )


def test_csv_has_one_score_a_row(files: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(printed("one.en", "two.en", "-r", "ref.txt", "--format", "csv"))))
    assert [(row["system"], row["metric"]) for row in rows] == [
        ("one", "BLEU"), ("one", "chrF2"), ("two", "BLEU"), ("two", "chrF2"),
    ]  # fmt: skip
    assert float(rows[0]["score"]) == scores("one.en", "-r", "ref.txt")["one"]["BLEU"]


def test_latex_is_a_whole_table_with_names_escaped(files: Path) -> None:
    text = printed("one.en", "-r", "ref.txt", "--format", "latex", "--system", "my_system & co")
    assert text.startswith("\\begin{tabular}{lrr}\n\\toprule\nsystem & BLEU & chrF2 \\\\\n")
    assert "my\\_system \\& co & " in text
    assert "% BLEU: nrefs:1" in text


def test_a_table_shows_each_system_and_the_signatures(files: Path) -> None:
    lines = printed("one.en", "two.en", "-r", "ref.txt").splitlines()
    assert lines[0].split() == ["system", "BLEU", "chrF2"]
    assert [line.split()[0] for line in lines[2:4]] == ["one", "two"]
    assert lines[5].startswith("BLEU: nrefs:1|case:mixed")


def test_the_output_goes_to_a_file_on_request(files: Path) -> None:
    assert printed("one.en", "-r", "ref.txt", "-b", "--output", "out.txt") == ""
    assert (files / "out.txt").read_text("utf-8") == printed("one.en", "-r", "ref.txt", "-b")


@pytest.mark.parametrize(
    ("limit", "code"), [("bleu=1", 0), ("BLEU=99", 1), ("ter=100", 0), ("ter=1", 1), ("bleu=1,chrF2=99", 1)]
)
def test_a_score_worse_than_its_limit_is_exit_code_1(files: Path, limit: str, code: int) -> None:
    result = run("one.en", "-r", "ref.txt", "-m", "bleu", "chrf", "ter", "--fail-under", limit)
    assert result.exit_code == code
    assert result.stdout.startswith("system")
    assert ("one: " in result.stderr) == (code == 1)


@pytest.mark.parametrize(("flag", "metrics"), [("--paired-bs", ("bleu",)), ("--paired-ar", ("bleu", "chrf", "ter"))])
def test_a_paired_test_prints_what_sacrebleu_prints(files: Path, flag: str, metrics: tuple[str, ...]) -> None:
    extra = (flag, "-m", *metrics, "-f", "json")
    assert printed("one.en", "two.en", "-r", "ref.txt", *extra) == sacrebleu(
        "ref.txt", "-i", "one.en", "two.en", *extra
    )


@pytest.mark.parametrize(("name", "short"), [("bootstrap", "bs"), ("randomization", "ar")])
def test_a_paired_test_is_sacrebleus_for_the_same_seed(
    files: Path, name: str, short: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sacrebleu.metrics import BLEU, CHRF, TER
    from sacrebleu.significance import PairedTest

    asked = ("-m", "bleu", "chrf", "ter", "--compare", name, "--trials", "200", "--seed", "7", "--format", "json")
    results = json.loads(printed("one.en", "two.en", "-r", "ref.txt", *asked))["comparison"]["results"]
    monkeypatch.setenv("SACREBLEU_SEED", "7")
    natives = {"bleu": BLEU(), "chrf": CHRF(), "ter": TER()}
    signatures, theirs = PairedTest([("one", ONE), ("two", TWO)], natives, [REFERENCE], short, 200)()
    for position, system in enumerate(("one", "two")):
        for label, signature in signatures.items():
            [ours] = [one for one in results if (one["system"], one["metric"]) == (system, label)]
            expected = theirs[label][position]
            assert (ours["score"], ours["p_value"], ours["mean"], ours["interval"]) == (
                expected.score, expected.p_value, expected.mean, expected.ci,
            )  # fmt: skip
            assert ours["signature"] == str(signature)


def test_a_comparison_is_printed_with_its_baseline_and_signatures(files: Path) -> None:
    asked = ("one.en", "two.en", "-r", "ref.txt", "-m", "chrf", "--compare", "bootstrap", "--trials", "50")
    data = json.loads(printed(*asked, "--format", "json"))
    comparison = data["comparison"]
    assert (comparison["baseline"], comparison["trials"], comparison["seed"]) == ("one", 50, 12345)
    assert [one["p_value"] is None for one in comparison["results"]] == [True, False]
    assert "bs:50|seed:12345" in comparison["results"][0]["signature"]
    assert len(data["systems"]) == 2
    assert "Paired bootstrap against one, 50 trials" in printed(*asked)
    assert printed(*asked, "--format", "csv").startswith(
        "system,metric,score,p_value,mean,interval,signature\none,chrF2,"
    )


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (("a/out.txt", "b/out.txt"), ["a/out", "b/out"]),
        (("x/a/out.txt", "y/a/out.txt"), ["x/a/out", "y/a/out"]),
        (("runs/v1.2.en.gz", "runs/v1.3.en"), ["v1.2", "v1.3"]),
        (("mt.en", "mt.txt"), ["mt.en", "mt.txt"]),
    ],
)
def test_systems_are_named_by_the_shortest_ends_of_their_paths(
    files: Path, paths: tuple[str, ...], names: list[str]
) -> None:
    content = (files / "one.en").read_bytes()
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(gzip.compress(content) if path.endswith(".gz") else content)
    assert list(scores(*paths, "-r", "ref.txt", "-m", "chrf")) == names


def test_chinese_without_its_tokenizer_is_warned_of_by_name(files: Path) -> None:
    (files / "zh.txt").write_text("构建双循环新发展格局。\n副书记到企业调研。\n", "utf-8")
    result = run("zh.txt", "-r", "zh.txt", "-m", "bleu", "ter")
    assert result.exit_code == 0
    assert "--tokenize zh" in result.stderr
    assert "--ter-asian-support" in result.stderr
    assert run("zh.txt", "-r", "zh.txt", "-m", "bleu", "--tokenize", "zh").stderr == ""


def test_a_byte_order_mark_is_no_text(files: Path) -> None:
    (files / "bom.en").write_bytes(b"\xef\xbb\xbf" + (files / "one.en").read_bytes())
    assert printed("bom.en", "-r", "ref.txt", "-b") == printed("one.en", "-r", "ref.txt", "-b")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "bad.txt is empty"),
        (b"\n\n\n", "bad.txt is empty"),
        (b"one\ntwo\n", "bad.txt has 2 lines and ref.txt has 3"),
        (b"one\n\xff\xfe\nthree\n", "bad.txt, line 2: this is not UTF-8"),
        (b"one\ntwo\nth\0ree\n", "bad.txt, line 3: there is a NUL byte"),
        (b"one\n" + b"x" * 1_100_000 + b"\nthree\n", "bad.txt, line 2: the line is longer"),
    ],
)
def test_a_file_that_cannot_be_scored_is_refused_by_name_and_line(files: Path, content: bytes, sentence: str) -> None:
    (files / "bad.txt").write_bytes(content)
    assert sentence in refused("bad.txt", "-r", "ref.txt", "--format", "json")


def test_an_empty_reference_is_refused(files: Path) -> None:
    (files / "empty.txt").write_bytes(b"")
    assert "empty.txt is empty" in refused("one.en", "-r", "empty.txt")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("bleu", "-r", "ref.txt"), "bleu is a metric and there is no file of that name"),
        (("one.en", "-r", "ref.txt", "-m", "meteor"), "There is no metric 'meteor'"),
        (("one.en", "-r", "ref.txt", "--tokenize", "moses"), "There is no tokenizer 'moses'"),
        (("none.en", "-r", "ref.txt"), "There is no file none.en"),
        (("one.en",), "There is no reference"),
        (("-r", "ref.txt"), "There is nothing to score"),
        (("one.en", "one.en", "-r", "ref.txt"), "Two systems are called one.en"),
        (("one.en", "-r", "ref.txt", "--system", "a", "--system", "b"), "1 hypotheses and 2 names"),
        (("one.en", "-r", "ref.txt", "--fail-under", "bleu"), "bleu=30"),
        (("one.en", "-r", "ref.txt", "--fail-under", "ter=3"), "TER was not asked for"),
        (("one.en", "-r", "ref.txt", "--level", "document"), "--documents"),
        (("one.en", "-r", "ref.txt", "-l", "zh"), "of the form zh-en"),
        (("one.en", "-r", "ref.txt", "--source", "long.txt"), "long.txt has 4 lines"),
        (("-", "-r", "-"), "Standard input can be read once"),
        (("one.en", "--batch", "1"), "leave out the files"),
        (("--batch", "1", "--compare", "bootstrap"), "leave out --compare"),
        (("one.en", "-r", "ref.txt", "--compare", "bootstrap"), "two systems or more"),
        (("one.en", "two.en", "-r", "ref.txt", "--paired-bs", "--paired-ar"), "one paired test"),
        (("one.en", "two.en", "-r", "ref.txt", "--paired-bs", "--format", "latex"), "choose one with --format"),
        (("one.en", "two.en", "-r", "ref.txt", "--pairwise"), "add --compare bootstrap"),
        (("one.en", "two.en", "-r", "ref.txt", "--paired-bs", "--pairwise", "-f", "json"), "choose one with --format"),
        (("--batch", "1", "--pairwise"), "leave out --pairwise"),
        (("one.en", "two.en", "-r", "ref.txt", "--paired-bs", "--trials", "900000000"), "fewer --trials"),
        ((".", "-r", "ref.txt"), "is a folder"),
        (("one.en", "-r", "ref.txt", "--output", "no/where.txt"), "cannot be written"),
    ],
)
def test_wrong_use_is_one_sentence_and_no_partial_result(files: Path, args: tuple[str, ...], sentence: str) -> None:
    (files / "long.txt").write_text("a\nb\nc\nd\n", "utf-8")
    assert sentence in refused(*args)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("nr\tdoc\n1\ta\n", "docs.tsv, line 1"),
        ("line\tdoc\n9\ta\n", "docs.tsv, line 2: line 9 is not among the 3 segments"),
        ("line\tdoc\nx\ta\n", "docs.tsv, line 2: this row does not give"),
    ],
)
def test_a_documents_table_that_does_not_fit_is_refused_by_line(files: Path, table: str, sentence: str) -> None:
    (files / "docs.tsv").write_text(table, "utf-8")
    assert sentence in refused("one.en", "-r", "ref.txt", "--documents", "docs.tsv", "--level", "document")


def test_a_missing_optional_tokenizer_is_named_with_the_install_command(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "pip install 'sacrebleu[ja]'" in refused("one.en", "-r", "ref.txt", "-l", "en-ja")


def test_help_does_not_load_sacrebleu() -> None:
    program = "import sys; from review.cli import main; main(['score', '--help'], standalone_mode=False); "
    program += "assert 'sacrebleu' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT, check=False).returncode == 0


def test_metrics_are_listed_with_the_tokenizers_that_can_be_used() -> None:
    found = json.loads(CliRunner().invoke(main, ["metrics", "--format", "json"]).stdout)
    assert [one["name"] for one in found["metrics"]] == ["bleu", "chrf", "chrf++", "ter"]
    assert {"13a", "zh", "char"} <= set(found["tokenizers"])
    assert "chrf++" in CliRunner().invoke(main, ["metrics"]).stdout


@pytest.mark.real_data
def test_documents_of_real_news_are_scored_as_sacrebleu_scores_them(shared_data: Path) -> None:
    from sacrebleu.metrics import CHRF

    folder = shared_data / "wmt23-zh-en"
    output, reference = folder / "systems" / "ONLINE-A.en", folder / "reference.refA.en"
    result = run(
        str(output), "-r", str(reference), "--documents", str(folder / "documents.tsv"), "--level", "document",
        "-m", "chrf", "--format", "json",
    )  # fmt: skip
    documents = {
        one["name"]: one["metrics"]["chrF2"]["score"] for one in json.loads(result.stdout)["systems"][0]["documents"]
    }
    assert len(documents) == 38
    table = [row.split("\t") for row in (folder / "documents.tsv").read_text("utf-8").splitlines()[1:]]
    name = table[0][1]
    lines = [int(row[0]) - 1 for row in table if row[1] == name]
    texts = [path.read_bytes().decode().split("\n") for path in (output, reference)]
    picked = [[side[line].rstrip() for line in lines] for side in texts]
    assert documents[name] == CHRF().corpus_score(picked[0], [picked[1]]).score


def test_gzip_is_known_by_its_content_also_from_standard_input(files: Path) -> None:
    plain = printed("one.en", "-r", "ref.txt", "-b")
    packed = gzip.compress((files / "one.en").read_bytes())
    (files / "packed.en").write_bytes(packed)
    assert printed("packed.en", "-r", "ref.txt", "-b") == plain
    result = CliRunner().invoke(main, ["score", "-", "-r", "ref.txt", "-b"], input=packed)
    assert result.stdout == plain
    (files / "packed.en").write_bytes(packed[:-9])
    assert "packed.en is not a whole gzip file" in refused("packed.en", "-r", "ref.txt")


@pytest.mark.parametrize("names", ["", " , "])
def test_no_metric_at_all_is_refused(files: Path, names: str) -> None:
    assert "-m names no metric" in refused("one.en", "-r", "ref.txt", "-m", names)


@pytest.mark.parametrize("value", ["nan", "inf", "-1"])
def test_a_smoothing_value_that_smooths_nothing_is_refused(files: Path, value: str) -> None:
    extra = ("--smooth-method", "floor", "--smooth-value", value)
    assert f"--smooth-value {value} smooths nothing" in refused("one.en", "-r", "ref.txt", *extra)


@pytest.mark.parametrize("name", ["", "  ", "a\n", "a\nb", "a\u2028b", "a\tb"])
def test_a_name_that_would_break_a_table_is_refused(files: Path, name: str) -> None:
    told = refused("one.en", "two.en", "-r", "ref.txt", "--system", name, "--system", "b")
    assert "cannot be a system's name" in told


def test_a_name_may_hold_any_letters_and_blanks(files: Path) -> None:
    assert "甲\u3000乙 1 " in printed("one.en", "-r", "ref.txt", "--system", "甲\u3000乙 1")


def test_every_option_stands_under_a_heading_of_the_help() -> None:
    named = [name for names in command.sections.values() for name in names]
    shown = [one.name for one in command.params if isinstance(one, click.Option) and not one.hidden]
    assert sorted(named) == sorted(str(name) for name in shown)
    lines = run("--help").stdout.splitlines()
    headings = [f"{heading}:" for heading in command.sections]
    assert [line for line in lines if line in headings] == headings
    assert lines[-1] == "  -h, --help                      Show this message and exit."


@pytest.mark.parametrize("extra", [("-b",), ("-f", "text"), ("--format", "sacrebleu-json")])
def test_levels_are_not_left_out_of_sacrebleus_formats_without_a_word(files: Path, extra: tuple[str, ...]) -> None:
    assert "leave out --level" in refused("one.en", "-r", "ref.txt", "--level", "segment", *extra)


def test_no_file_that_is_read_is_written_over(files: Path) -> None:
    before = (files / "one.en").read_bytes()
    for place in ("one.en", str(files / "one.en"), "ref.txt"):
        assert "would be written over" in refused("one.en", "-r", "ref.txt", "-o", place)
    assert (files / "one.en").read_bytes() == before


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="/dev/stdout is Unix's")
def test_a_device_is_written_to(files: Path) -> None:
    command = [sys.executable, "-m", "review", "score", "one.en", "-r", "ref.txt", "-b"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    plain = subprocess.run(command, capture_output=True, check=True, env=env).stdout
    assert subprocess.run([*command, "-o", "/dev/stdout"], capture_output=True, check=True, env=env).stdout == plain
