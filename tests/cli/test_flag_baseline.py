"""``flag --baseline``: only what an earlier run does not have is new, wherever it stands now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_flag import lines, run

OLD = ["The the port opened.", "Nothing is wrong.", "It it rained."]


def mt(folder: Path, texts: list[str], name: str = "mt.txt") -> Path:
    path = folder / name
    path.write_text("".join(f"{text}\n" for text in texts), "utf-8")
    return path


def flag(path: Path, *more: str | Path) -> Any:
    return run("flag", path, "--input-format", "lines", *more)


def base(folder: Path, texts: list[str], style: str) -> Path:
    """A baseline in one of both formats."""
    path = folder / f"base.{style}"
    assert flag(mt(folder, texts, "old.txt"), "--format", style, "--output", path).exit_code == 0
    return path


def new(path: Path, baseline: Path) -> list[list[bool]]:
    """Of each segment, which of its flags are new."""
    found = lines(flag(path, "--format", "jsonl", "--baseline", baseline).stdout)
    return [[one["new"] for one in item["flags"]] for item in found]


@pytest.mark.parametrize("style", ["jsonl", "sarif"])
def test_lines_put_in_before_change_nothing_and_what_is_added_is_new(tmp_path: Path, style: str) -> None:
    old = base(tmp_path, OLD, style)
    path = mt(tmp_path, ["A first line.", "A a second line.", *reversed(OLD)])
    assert new(path, old) == [[], [True], [False], [], [False]]


@pytest.mark.parametrize("style", ["jsonl", "sarif"])
def test_only_new_flags_fail(tmp_path: Path, style: str) -> None:
    old = base(tmp_path, OLD, style)
    same = flag(mt(tmp_path, OLD), "--baseline", old, "--fail-on", "minor")
    assert same.exit_code == 0
    more = flag(mt(tmp_path, [*OLD, "A a line."]), "--baseline", old, "--fail-on", "minor")
    assert more.exit_code == 1
    assert more.stderr == "review: 1 new flags are minor or worse (--fail-on).\n"
    assert more.stdout.endswith("3 flags in 3 of 4 segments, 1 of them new.\n")
    assert "new  doubled" in more.stdout


def test_the_same_flag_twice_is_two(tmp_path: Path) -> None:
    old = base(tmp_path, OLD[:1], "jsonl")
    assert new(mt(tmp_path, OLD[:1] * 2), old) == [[False], [True]]
    old = base(tmp_path, OLD[:1] * 2, "jsonl")
    assert new(mt(tmp_path, OLD[:1]), old) == [[False]]


def test_another_system_another_text_or_another_rule_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from review.detectors import detectors

    path = tmp_path / "a.jsonl"

    def write(**changes: str) -> None:
        path.write_text(json.dumps({"hypothesis": OLD[0], "system": "x", "article": "a", **changes}) + "\n", "utf-8")

    write()
    old = tmp_path / "old.jsonl"
    assert run("flag", path, "--format", "jsonl", "--output", old).exit_code == 0
    assert new_of(path, old) == [False]
    write(article="b")
    assert new_of(path, old) == [False], "an article that was renamed has no new flags"
    write(system="y")
    assert new_of(path, old) == [True]
    write(hypothesis="The the harbour opened.")
    assert new_of(path, old) == [True]
    write()
    monkeypatch.setattr(type(detectors()["doubled"]), "version", 99)
    assert new_of(path, old) == [True]


def new_of(path: Path, baseline: Path) -> list[bool]:
    (item,) = lines(run("flag", path, "--format", "jsonl", "--baseline", baseline).stdout)
    return [one["new"] for one in item["flags"]]


def test_sarif_says_new_and_unchanged(tmp_path: Path) -> None:
    old = base(tmp_path, OLD[:1], "jsonl")
    log = json.loads(flag(mt(tmp_path, OLD), "--format", "sarif", "--baseline", old).stdout)
    assert [one["baselineState"] for one in log["runs"][0]["results"]] == ["unchanged", "new"]
    log = json.loads(flag(mt(tmp_path, OLD), "--format", "sarif").stdout)
    assert "baselineState" not in log["runs"][0]["results"][0]


def test_flags_written_without_a_fingerprint_are_known_by_place_and_text(tmp_path: Path) -> None:
    old = base(tmp_path, OLD, "jsonl")
    records = lines(old.read_text("utf-8"))
    for record in records:
        for one in record["flags"]:
            del one["fingerprint"]
    old.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    assert new(mt(tmp_path, OLD), old) == [[False], [], [False]]


def test_results_that_were_absent_then_are_new_now(tmp_path: Path) -> None:
    old = base(tmp_path, OLD, "sarif")
    log = json.loads(old.read_text("utf-8"))
    log["runs"][0]["results"][0]["baselineState"] = "absent"
    old.write_text(json.dumps(log, indent=2), "utf-8")
    assert new(mt(tmp_path, OLD), old) == [[True], [], [False]]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"", "bad"),
        (b"Flags\n", "bad, line 1"),
        (b'{"flags": []}\n{"flags": [}\n', "bad, line 2"),
        (b'{"flags": []}\n\n{"no": 1}\n', "bad, line 3"),
        (b'{"flags": [{"side": "target"}]}\n', "bad, line 1"),
        (b'{"flags": [{"fingerprint": []}]}\n', "bad, line 1"),
        (b'{"runs": [{"results": [{"partialFingerprints": {"rendition/1": {}}}]}]}', "bad"),
        (b'{"flags": []}\n{"flags": "\xff"}\n', "bad, line 2"),
        (b'{\n"runs": [\n}', "bad, line 3"),
        (b'{"runs": [{"results": [{"ruleId": "x"}]}]}', "bad"),
        (b'{"runs": 3}', "bad"),
        (b"[" * 100_000, "bad, line 1"),
        (b'{"a":' * 100_000, "bad"),
    ],
)
def test_a_baseline_that_cannot_be_read_is_one_sentence(tmp_path: Path, text: bytes, place: str) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(text)
    result = flag(mt(tmp_path, OLD), "--baseline", bad)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"review: {tmp_path}/{place}: ")
    assert "--format jsonl or --format sarif" in result.stderr
    assert (result.stdout, result.stderr.count("\n")) == ("", 1)


def test_a_baseline_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    result = flag(mt(tmp_path, OLD), "--baseline", tmp_path / "none")
    assert result.exit_code == 2
    assert "No such file" in result.stderr
    assert result.stderr.count("\n") == 1
