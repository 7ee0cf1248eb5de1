"""A test set of mt-metrics-eval is found by its layout; what is missing is said in one sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from review.errors import InputError
from review.formats.mt_metrics_eval import document_table, open_folder
from tests.formats.evalset import evalset, write


def refused(folder: Path, pair: str = "") -> str:
    with pytest.raises(InputError) as caught:
        open_folder(folder, pair)
    return str(caught.value)


def test_every_kind_of_file_is_found_by_name(tmp_path: Path) -> None:
    root = evalset(tmp_path / "wmt99")
    found = open_folder(root)
    assert (found.name, found.pair, found.languages, found.lacks) == ("wmt99", "zh-en", ("zh", "en"), ())
    assert found.source == root / "sources/zh-en.txt"
    assert found.documents == root / "documents/zh-en.docs"
    assert list(found.references) == ["refA", "refB"]
    assert list(found.systems) == ["Alpha", "Beta-2.0", "Gamma", "refB"]
    assert {name: scores.path.name for name, scores in found.human.items()} == {
        "mqm": "zh-en.mqm.seg.score",
        "wmt-z": "zh-en.wmt-z.sys.score",
    }
    assert {name: set(scores.references or ()) for name, scores in found.metrics.items()} == {
        "COMET-22-refA": {"refA"},
        "COMET-22-refA.refB": {"refA", "refB"},
        "MetricX-23-QE-src": set(),
        "BLEU-all": {"refA", "refB"},
    }
    totals = found.metrics["COMET-22-refA"].totals
    assert totals is not None
    assert totals.name == "COMET-22-refA.sys.score"


def test_one_of_several_language_pairs_is_chosen(tmp_path: Path) -> None:
    evalset(tmp_path, "zh-en")
    evalset(tmp_path, "en-zh_CN")
    assert "has the language pairs en-zh_CN, zh-en; choose one" in refused(tmp_path)
    assert "has no outputs for de-en; it has en-zh_CN, zh-en" in refused(tmp_path, "de-en")
    found = open_folder(tmp_path, "en-zh_CN")
    assert found.languages == ("en", "zh-CN")
    assert "human-scores/en-zh_CN.mqm.seg.score" in str(found.human["mqm"].path)


def test_what_is_no_test_set_is_refused(tmp_path: Path) -> None:
    assert "(no system-outputs in it); name a file, or a test set's folder" in refused(tmp_path)
    evalset(tmp_path / "wmt98")
    evalset(tmp_path / "wmt99")
    assert "name one of its test sets: wmt98, wmt99" in refused(tmp_path)
    (tmp_path / "bare/system-outputs").mkdir(parents=True)
    assert "has no language pair in system-outputs" in refused(tmp_path / "bare")
    assert "it has none at all" in refused(tmp_path / "bare", "zh-en")
    (tmp_path / "bare/system-outputs/zh-en").mkdir()
    assert "holds no outputs; they are files SYSTEM.txt" in refused(tmp_path / "bare")


def test_what_may_be_missing_is_said(tmp_path: Path) -> None:
    root = evalset(tmp_path / "wmt99")
    for part in ("sources", "references", "documents", "human-scores", "metric-scores"):
        shutil.rmtree(root / part)
    found = open_folder(root)
    assert (found.source, found.documents, found.references, found.human, found.metrics) == (None, None, {}, {}, {})
    assert [sentence.split("has no ")[1] for sentence in found.lacks] == [
        "source (sources/zh-en.txt).",
        "table of documents (documents/zh-en.docs).",
        "reference (references/zh-en.NAME.txt).",
    ]


def test_documents_become_a_table_that_numbers_segments_within_them() -> None:
    assert document_table("news\tport\nnews  port\r\nsocial post\nnews\tport\n") == (
        "line\tdoc\tsegment\n1\tport\t1\n2\tport\t2\n3\tpost\t1\n4\tport\t3\n"
    )
    with pytest.raises(InputError, match="line 2 is not a domain and a document"):
        document_table("news port\nport\n")


def test_the_other_pairs_files_are_left_alone(tmp_path: Path) -> None:
    root = evalset(tmp_path)
    write(root, "human-scores/zh-en_GB.esa.seg.score", "Alpha 1\n")
    assert "esa" not in open_folder(root).human
