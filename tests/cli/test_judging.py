"""Judges on the command line: asked when switched on, estimated before, and told plainly afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from review import settings
from review.cli import main
from review.steps import rates
from review.store import Store, people
from tests.detectors.model_stub import Reply, Script, Stub, completion, error, errors, segment_of

KEY = "sk-not-a-real-key-0123456789"

Serve = Callable[[Script], Stub]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Sets variables; the database is one of the test's own, which is not there yet."""

    def put(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"REVIEW_{name}", value)
        settings.settings.cache_clear()

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    put(DATABASE_URL=f"sqlite:///{tmp_path / 'new' / 'judged.sqlite3'}")
    yield put
    settings.settings.cache_clear()


@pytest.fixture
def serve(environment: Callable[..., None]) -> Iterator[Serve]:
    """Starts a service and says where it is in the environment."""
    opened: list[Stub] = []

    def start(script: Script) -> Stub:
        opened.append(Stub(script))
        environment(LLM_URL=opened[-1].url, LLM_MODEL="m", LLM_KEY=KEY, LLM_PER_MINUTE="60000")
        return opened[-1]

    yield start
    for stub in opened:
        stub.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "port.txt"
    made.write_text("The the port opened.\n\nThe guests left.\n\nNobody came.\n", "utf-8")
    return made


def script(request: dict[str, Any], number: int) -> Reply:
    text = segment_of(request)["translation"]
    if text.startswith("Nobody"):
        return completion("I cannot say.")
    if text.startswith("The guests"):
        return errors(error("guests", suggestion="visitors"), error("words from elsewhere"))
    return errors()


def test_no_judge_is_asked_unless_one_is_switched_on(serve: Serve, path: Path) -> None:
    stub = serve(script)
    result = run("flag", path, "--format", "jsonl")
    assert (result.exit_code, result.stderr, stub.requests) == (0, "", [])
    assert all("judged" not in item for item in lines(result.stdout))


def test_json_lines_say_of_each_segment_whether_it_was_checked(serve: Serve, path: Path) -> None:
    serve(script)
    result = run("flag", path, "--judge", "llm", "--format", "jsonl")
    assert result.exit_code == 0, result.output
    found = lines(result.stdout)
    assert [item["judged"]["llm"]["checked"] for item in found] == [True, True, False]
    assert [item["judged"]["llm"]["score"] for item in found] == [0.0, 10.0, None]
    assert "cannot be used" in found[2]["judged"]["llm"]["reason"]
    (flag,) = found[1]["flags"]
    assert (flag["detector"], flag["suggestions"]) == ("llm", ["visitors"])
    assert found[1]["hypothesis"][flag["start"] : flag["end"]] == "guests"
    assert [item["flags"][0]["detector"] for item in found if item["flags"]] == ["doubled", "llm"]
    assert "review: llm: 3 segments to ask about" in result.stderr
    assert "review: warning: llm: 2 of 3 segments checked" in result.stderr
    assert KEY not in result.output


def test_the_table_ends_with_how_it_went(serve: Serve, path: Path) -> None:
    serve(script)
    result = run("flag", path, "--judge", "llm")
    assert "“guests” → “visitors”" in result.stdout
    assert result.stdout.splitlines()[-1] == (
        "llm: 2 of 3 segments checked, 1 not checked (The model's answer cannot be used: the answer is not JSON, "
        "or was cut off (3 tries)); 1 quote stood nowhere"
    )


def test_the_environment_switches_judges_on_but_a_named_detector_is_run_alone(
    serve: Serve, environment: Callable[..., None], path: Path
) -> None:
    stub = serve(lambda *_: errors())
    environment(JUDGES="llm")
    assert run("flag", path).stdout.endswith("llm: 3 of 3 segments checked\n")
    assert len(stub.requests) == 3
    run("flag", path, "--detector", "doubled")
    assert len(stub.requests) == 3
    run("flag", path, "--detector", "doubled", "--judge", "llm")
    assert len(stub.requests) == 6


def test_an_estimate_asks_nobody_and_flags_nothing(serve: Serve, environment: Callable[..., None], path: Path) -> None:
    stub = serve(script)
    environment(LLM_PRICE_IN="2", LLM_PRICE_OUT="10", LLM_PER_MINUTE="60")
    result = run("flag", path, "--judge", "llm", "--estimate")
    assert (result.exit_code, result.stderr, stub.requests) == (0, "", [])
    assert result.stdout.startswith("llm: 3 segments to ask about, at least 3 s, about 0.0")
    assert "USD" in result.stdout
    assert result.stdout.count("\n") == 1


def test_a_service_that_refuses_the_key_leaves_the_detectors_flags(serve: Serve, path: Path) -> None:
    serve(lambda *_: Reply(json.dumps({"error": {"message": f"bad key {KEY}"}}).encode(), 401))
    result = run("flag", path, "--judge", "llm", "--format", "jsonl")
    assert result.exit_code == 0
    found = lines(result.stdout)
    assert [flag["detector"] for flag in found[0]["flags"]] == ["doubled"]
    assert not any(item["judged"]["llm"]["checked"] for item in found)
    assert "check REVIEW_LLM_KEY" in result.stderr
    assert KEY not in result.output


def test_a_batch_is_judged_and_its_answers_are_kept(serve: Serve, path: Path) -> None:
    stub = serve(script)
    assert run("import", path, "--batch", "port").exit_code == 0
    result = run("flag", "--batch", "port", "--judge", "llm", "--format", "jsonl")
    assert result.exit_code == 0, result.output
    found = lines(result.stdout)
    assert [item["judged"]["llm"]["checked"] for item in found] == [True, True, False]
    assert [[flag["detector"] for flag in item["flags"]] for item in found] == [["doubled"], ["llm"], []]
    asked = len(stub.requests)
    estimate = run("flag", "--batch", "port", "--judge", "llm", "--estimate").stdout
    assert estimate.startswith("llm: 1 segment to ask about")
    assert len(stub.requests) == asked
    later = lines(run("flag", "--batch", "port", "--format", "jsonl").stdout)
    assert [flag["detector"] for flag in later[1]["flags"]] == ["llm"], "the flags stay"
    assert len(stub.requests) == asked


def test_answers_about_a_file_are_kept_where_there_is_a_database(serve: Serve, path: Path, tmp_path: Path) -> None:
    stub = serve(lambda *_: errors())
    run("flag", path, "--judge", "llm")
    assert not (tmp_path / "new").exists(), "flagging a file makes no database"
    assert run("import", path, "--batch", "port").exit_code == 0
    run("flag", path, "--judge", "llm")
    run("flag", path, "--judge", "llm")
    assert len(stub.requests) == 6


def test_sarif_carries_judges_flags_and_says_what_was_not_checked(serve: Serve, path: Path) -> None:
    serve(script)
    result = run("flag", path, "--judge", "llm", "--format", "sarif")
    assert result.exit_code == 0, result.output
    (log,) = json.loads(result.stdout)["runs"]
    found = {one["ruleId"]: one for one in log["results"]}
    assert set(found) == {"doubled", "llm"}
    assert found["llm"]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == "visitors"
    assert log["tool"]["driver"]["rules"][found["llm"]["ruleIndex"]]["id"] == "llm"
    (told,) = log["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("llm: 2 of 3 segments checked, 1 not checked")
    assert f"review: warning: {told['message']['text'][:20]}" in result.stderr


def test_judges_flags_count_for_fail_on_and_for_the_baseline(serve: Serve, path: Path, tmp_path: Path) -> None:
    serve(script)
    without, kept = tmp_path / "without.jsonl", tmp_path / "with.jsonl"
    run("flag", path, "--format", "jsonl", "--output", without)
    result = run("flag", path, "--judge", "llm", "--baseline", without, "--fail-on", "minor", "--format", "jsonl")
    assert result.exit_code == 1
    new = [flag["detector"] for item in lines(result.stdout) for flag in item["flags"] if flag["new"]]
    assert new == ["llm"]
    run("flag", path, "--judge", "llm", "--format", "jsonl", "--output", kept)
    assert run("flag", path, "--judge", "llm", "--baseline", kept, "--fail-on", "minor").exit_code == 0


@pytest.mark.parametrize("style", ["jsonl", "sarif"])
def test_an_estimate_is_all_that_is_printed_in_any_format(serve: Serve, path: Path, tmp_path: Path, style: str) -> None:
    stub = serve(script)
    output = tmp_path / "flags.out"
    result = run("flag", path, "--judge", "llm", "--estimate", "--format", style, "--output", output)
    assert (result.exit_code, stub.requests, output.exists()) == (0, [], False)
    assert result.stdout.startswith("llm: 3 segments to ask about")
    assert result.stdout.count("\n") == 1


def test_a_judge_that_the_project_has_off_is_not_asked_about_its_batches(
    serve: Serve, environment: Callable[..., None], path: Path
) -> None:
    stub = serve(script)
    run("import", path, "--batch", "port")
    with Store.open() as store:
        project, actor = store.write(people.ensure_local)
        rates.switch(store, project, actor, "llm", "off")
    result = run("flag", "--batch", "port", "--judge", "llm")
    assert (result.exit_code, result.stdout, stub.requests) == (2, "", [])
    assert "The judge llm is off in this project" in result.stderr
    environment(JUDGES="llm")
    result = run("flag", "--batch", "port")
    assert (result.exit_code, result.stderr, stub.requests) == (0, "", [])


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--judge", "oracle"], "there is no judge 'oracle'; there are"),
        (["--judge", "llm"], "The judge llm is not available. Set REVIEW_LLM_URL and REVIEW_LLM_MODEL"),
        (["--estimate"], "none is asked; name one with --judge"),
    ],
)
def test_what_goes_wrong_is_one_sentence(
    environment: Callable[..., None], path: Path, arguments: list[str], part: str
) -> None:
    result = run("flag", path, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert part in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_list_of_detectors_ends_with_the_judges(environment: Callable[..., None]) -> None:
    output = run("detectors").stdout
    assert "llm (version 1): Language model, not available" in output
    assert "Set REVIEW_LLM_URL and REVIEW_LLM_MODEL" in output
