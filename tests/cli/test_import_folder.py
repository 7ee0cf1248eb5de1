"""``import FOLDER``: a test set of mt-metrics-eval becomes one batch of all its systems."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.settings import settings
from review.steps import reviewing
from review.store import Store, articles, people
from tests.formats.evalset import OUTPUTS, REFERENCES, SOURCE, evalset

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.sqlite3'}")
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    evalset(tmp_path / "wmt99")
    yield lambda *given: CliRunner().invoke(main, [str(item) for item in given])
    settings.cache_clear()


def refused(result: Result) -> str:
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_each_system_comes_with_source_references_and_documents(run: Run) -> None:
    done = run("import", "wmt99", "--format", "mt-metrics-eval")
    assert (done.exit_code, done.stdout) == (0, "Batch 1: wmt99 zh-en, 6 articles, 9 segments.\n")
    rows = [json.loads(line) for line in run("export", "--batch", 1, "--format", "jsonl").stdout.splitlines()]
    assert [row["hypothesis"] for row in rows if row["system"] == "Beta-2.0"] == OUTPUTS["Beta-2.0"]
    third = rows[2]
    assert (third["article"], third["segment"], third["system"]) == ("post.2", "1", "Alpha")
    assert (third["source"], third["references"]) == (SOURCE[2], [texts[2] for texts in REFERENCES.values()])
    assert (third["source_language"], third["target_language"]) == ("zh", "en")


def test_each_system_sees_the_others_renderings_beside_its_own(run: Run) -> None:
    run("import", "wmt99")
    with Store.open() as store:
        project, actor = store.write(people.ensure_local)
        with store.read() as connection:
            first = articles.rows(connection, project)[0]
        shown = reviewing.view(store, first.id, actor)["segments"]
    others = [name for name in ("Alpha", "Beta-2.0", "Gamma") if name != first.system]
    assert [(one["system"], one["text"]) for one in shown[0]["alternatives"]] == [
        (name, OUTPUTS[name][0]) for name in others
    ]


def test_the_corrected_output_of_each_system_is_written_as_it_came(run: Run) -> None:
    run("import", "wmt99", "--system", "Alpha")
    assert run("export", "--batch", 1, "--format", "original").stdout == "".join(f"{t}\n" for t in OUTPUTS["Alpha"])


def test_names_languages_and_systems_can_be_chosen(run: Run, tmp_path: Path) -> None:
    evalset(tmp_path / "wmt99", "en-zh_CN")
    assert "choose one (score: -l; import: --from and --to)" in refused(run("import", "wmt99"))
    assert "name both --from and --to" in refused(run("import", "wmt99", "--from", "zh"))
    done = run("import", "wmt99", "--from", "en", "--to", "zh-CN", "--batch", "mine", "--system", "refB")
    assert done.stdout == "Batch 1: mine, 2 articles, 3 segments.\n"


def test_what_is_missing_is_told_and_the_rest_comes_in(run: Run, tmp_path: Path) -> None:
    for part in ("sources", "documents", "references"):
        shutil.rmtree(tmp_path / "wmt99" / part)
    done = run("import", "wmt99")
    assert (done.exit_code, done.stdout) == (0, "Batch 1: wmt99 zh-en, 4 articles, 12 segments.\n")
    assert done.stderr.count("wmt99 has no ") == 3


def test_what_is_no_test_set_is_refused(run: Run, tmp_path: Path) -> None:
    assert "is a folder, but no test set" in refused(run("import", "."))
    assert "is no folder" in refused(run("import", "wmt99/sources/zh-en.txt", "--format", "mt-metrics-eval"))
    assert "import it alone" in refused(run("import", "wmt99", "wmt99/sources/zh-en.txt"))
    assert "name the files in it" in refused(run("import", "wmt99", "--format", "lines"))
    assert "There is no system 'Delta'" in refused(run("import", "wmt99", "--system", "Delta"))
    (tmp_path / "wmt99/system-outputs/zh-en/Gamma.txt").write_text("one\n")
    assert "it has 1 lines, but" in refused(run("import", "wmt99"))
