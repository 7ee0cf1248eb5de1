"""``review replace``: a preview changes nothing, an act is one event, and its undo takes all of it back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.settings import settings
from review.steps.propagating import acting
from review.store import parts

ROWS = (
    {"article": "one", "source": "卡奥斯", "hypothesis": "Kaos helps a Kaos user."},
    {"article": "one", "source": "别的", "hypothesis": "Kaos again.", "post_edit": "Kaos again!"},
    {"article": "two", "source": "卡奥斯", "hypothesis": "See <b title='Kaos'>it</b>."},
    {"article": "two", "source": "没有", "hypothesis": "Nothing here."},
)

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command on a database of its own, with two articles in it."""
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.sqlite3'}")
    monkeypatch.setenv("REVIEW_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))

    def command(*given: object) -> Result:
        return CliRunner().invoke(main, [str(item) for item in given])

    assert command("import", "news.jsonl").exit_code == 0
    yield command
    settings.cache_clear()


def texts(run: Run) -> list[str]:
    out = run("export", "--batch", "1", "--format", "jsonl").stdout
    rows = [json.loads(line) for line in out.splitlines()]
    return [row.get("post_edit", row["hypothesis"]) for row in rows]


def test_a_preview_shows_each_change_and_makes_none(run: Run) -> None:
    before = texts(run)
    shown = run("replace", "--batch", "1", "Kaos", "COSMOPlat", "--preview")
    assert shown.exit_code == 0
    assert "[Kaos → COSMOPlat] helps a" in shown.stdout
    assert "it would break <b title='Kaos'>" in shown.stdout
    assert shown.stdout.splitlines()[-1].startswith("4 hits in 3 segments of 2 articles")
    assert texts(run) == before


def test_a_preview_as_json_lines_has_places_and_the_text_after(run: Run) -> None:
    shown = run("replace", "--batch", "1", "Kaos", "COSMOPlat", "--preview", "--format", "jsonl")
    rows = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [row["number"] for row in rows] == [1, 2, 1]
    assert rows[0]["after"] == "COSMOPlat helps a COSMOPlat user."
    assert rows[0]["changes"][0] == {"start": 0, "end": 4, "text": "COSMOPlat"}
    assert rows[2]["skipped"].startswith("it would break")


def test_an_act_is_done_at_once_says_what_it_left_and_is_taken_back(run: Run) -> None:
    before = texts(run)
    done = run("replace", "--batch", "news", "Kaos", "COSMOPlat")
    assert done.exit_code == 0, done.output
    assert "Replaced in 2 segments of 1 article." in done.stdout
    assert "left alone: two, segment 3: it would break" in done.stderr
    assert texts(run) == ["COSMOPlat helps a COSMOPlat user.", "COSMOPlat again!", *before[2:]]
    event = re.search(r"--undo (\S+)", done.stdout)
    assert event
    undone = run("replace", "--undo", event[1])
    assert "Taken back in 2 segments of 1 article." in undone.stdout
    assert texts(run) == before
    again = run("replace", "--undo", event[1])
    assert again.exit_code == 2
    assert "undone already" in again.stderr


def test_all_batches_are_changed_at_once_where_that_is_asked(run: Run) -> None:
    assert run("import", "news.jsonl", "--batch", "again").exit_code == 0
    done = run("replace", "--everywhere", "Kaos", "COSMOPlat")
    assert "Replaced in 4 segments of 2 articles." in done.stdout, done.output
    assert texts(run)[:2] == ["COSMOPlat helps a COSMOPlat user.", "COSMOPlat again!"]


def test_a_large_act_is_done_as_a_job_and_waited_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acting, "SIZE", 1)
    done = run("replace", "--batch", "1", "Kaos", "COSMOPlat")
    assert "Replaced in 2 segments of 1 article." in done.stdout, done.output
    assert texts(run)[1] == "COSMOPlat again!"
    assert parts.SIZE > 1


def test_the_options_say_what_is_found(run: Run) -> None:
    def found(*given: str) -> int:
        shown = run("replace", "--batch", "1", *given, "--preview", "--format", "jsonl")
        assert shown.exit_code == 0, shown.output
        return len(shown.stdout.splitlines())

    assert found("kaos", "x") == 3
    assert found("kaos", "x", "--case") == 0
    assert found("aos", "x") == 0
    assert found("aos", "x", "--literal") == 3
    assert found(r"(k)aos\b", r"\1x", "--pattern") == 3
    assert found("Kaos", "x", "--source", "卡奥斯") == 2
    assert found("help", "x") == 1
    assert found("help", "x", "--no-inflect") == 0


def test_confirmed_text_is_changed_only_when_asked(run: Run) -> None:
    out = run("export", "--batch", "1", "--format", "jsonl", "--output", "again.jsonl")
    assert out.exit_code == 0
    rows = [json.loads(line) for line in Path("again.jsonl").read_text().splitlines()]
    rows[0] |= {"post_edit": "Kaos, confirmed.", "status": "confirmed"}
    Path("again.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("import", "again.jsonl", "--batch", "second").exit_code == 0
    shown = run("replace", "--batch", "second", "Kaos", "COSMOPlat", "--preview").stdout
    assert "1 confirmed or approved, which stay as they are" in shown
    kept = run("replace", "--batch", "second", "Kaos", "COSMOPlat")
    assert "1 confirmed or approved segment stayed as it was." in kept.stdout
    changed = run("replace", "--batch", "second", "Kaos", "COSMOPlat", "--including-confirmed")
    assert "Replaced in 1 segment of 1 article." in changed.stdout


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("--batch", "1", "(a", "b", "--pattern"), "is refused"),
        (("--batch", "1", "(a)", r"\2", "--pattern"), "1 group"),
        (("--batch", "1", " ", "b"), "nothing to look for"),
        (("--batch", "1", "a"), "Say what to find"),
        (("a", "b"), "Say what to find"),
        (("--batch", "none", "a", "b"), "no batch 'none'"),
        (("--undo", "x", "a"), "nothing else"),
        (("--undo", "x"), "no such propagation"),
        (("--undo", "x", "--case"), "nothing else"),
        (("--batch", "1", "--everywhere", "a", "b"), "one of the two"),
        (("--batch", "1", "a", "b", "--literal", "--pattern"), "one of them"),
        (("--batch", "1", "a", "b", "--format", "jsonl"), "give --preview"),
    ],
)
def test_bad_input_ends_in_one_sentence(run: Run, given: tuple[str, ...], why: str) -> None:
    done = run("replace", *given)
    assert done.exit_code == 2
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_where_nothing_is_found_that_is_said(run: Run) -> None:
    assert run("replace", "--batch", "1", "Haier", "Hisense").stdout == "Nothing was replaced.\n"
    assert run("replace", "--batch", "1", "Haier", "Hisense", "--preview").stdout == "No hits.\n"


@pytest.mark.parametrize(
    ("find", "replacement", "said"),
    [
        ("Ka\udcff", "b", "find holds half of a surrogate pair"),
        ("Kaos", "b\udcff", "replace holds half of a surrogate pair"),
        ("Kaos", "b\0", "replace holds a NUL character"),
        ("a" * 1001, "b", "find must be at most 1,000 characters"),
        ("Kaos", "b" * 1001, "replace must be at most 1,000 characters"),
    ],
)
def test_words_that_cannot_be_looked_for_or_stored_are_refused(
    run: Run, find: str, replacement: str, said: str
) -> None:
    before = texts(run)
    done = run("replace", "--batch", "1", find, replacement)
    assert done.exit_code == 2
    assert said in done.stderr
    assert texts(run) == before
