"""What a kept run remembers, and which runs' scores may be set beside each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.errors import InputError
from review.metrics import Options
from review.model import Run, RunScore
from review.steps import scoring
from review.steps.scoring import runs
from tests.steps.test_scoring import EDITED, OUTPUT, REFERENCE, article

SIGNATURE = "nrefs:1|case:mixed|version:2.6.0"


def run(number: int, value: float, signature: str = SIGNATURE, references: str = "r", name: str = "n") -> Run:
    score = RunScore("a", "BLEU", value, signature)
    return Run(name, 2, (score,), {"references": references}, id=number, at=number)


def told(*history: Run) -> list[tuple[float | None, str]]:
    return [(point.change, point.broken) for point in runs.points(history)]


def test_a_change_is_since_the_run_before() -> None:
    assert told(run(1, 30.0), run(2, 31.5), run(3, 31.0)) == [(None, ""), (1.5, ""), (-0.5, "")]


def test_runs_of_another_name_or_system_do_not_come_between() -> None:
    other = replace(run(2, 9.0), scores=(RunScore("b", "BLEU", 9.0, SIGNATURE),))
    assert told(run(1, 30.0), run(2, 9.0, name="m"), other, run(3, 31.0))[-1] == (1.0, "")


def test_scores_of_different_signatures_or_references_have_no_change() -> None:
    found = told(run(1, 30.0), run(2, 31.0, "nrefs:1|case:lc|version:2.6.0"), run(3, 32.0, references="s"))
    assert found == [(None, ""), (None, "other signature"), (None, "other signature")]
    assert told(run(1, 30.0), run(2, 31.0, references="s"))[1] == (None, "other references")


def test_how_an_interval_was_drawn_makes_no_other_signature() -> None:
    assert told(run(1, 30.0), run(2, 31.0, "nrefs:1|bs:1000|seed:12345|case:mixed|version:2.6.0"))[1] == (1.0, "")


def test_a_line_never_joins_scores_that_cannot_be_compared() -> None:
    history = [run(1, 30.0), run(2, 31.0), run(3, 20.0, "other"), run(4, 21.0, "other"), run(5, 32.0)]
    lines = runs.lines(history)
    assert [[point.run.id for point in line.points] for line in lines] == [[1, 2], [3, 4], [5]]
    assert [line.signature for line in lines] == [SIGNATURE, "other", SIGNATURE]
    assert {(line.system, line.text, line.metric) for line in lines} == {("a", "", "BLEU")}


def test_a_run_of_files_holds_scores_options_and_what_was_scored() -> None:
    texts = {"a": OUTPUT[:2], "b": EDITED[:2]}
    options = Options(lowercase=True)
    table = scoring.score(texts, [REFERENCE[:2]], ["bleu"], options, level="segment")
    found = runs.of_files("n", "v1", table, texts, [REFERENCE[:2]], options)
    assert [(one.system, one.metric, one.value) for one in found.scores] == [
        (one.system, one.metric, one.value) for one in table.at("system")
    ]
    assert (found.segments, found.label, found.options["lowercase"]) == (2, "v1", True)
    assert set(found.texts) == {"references", "system a", "system b"}
    assert found.texts["system a"] != found.texts["system b"]


def test_a_digest_tells_lists_apart_that_read_alike_end_to_end() -> None:
    lists = [[["ab", "c"]], [["a", "bc"]], [["abc"]], [["ab"], ["c"]], [["ab", None]], [["ab", ""]], [["ab"]], []]
    assert len({runs.digest(one) for one in lists}) == len(lists)


def test_a_run_of_a_batch_holds_both_texts_and_the_work() -> None:
    articles = [article()]
    found = scoring.review_scores(articles, ["bleu"])
    kept = runs.of_batch("n", "", found, articles, Options(), batch=3)
    assert [(one.system, one.text, one.metric) for one in kept.scores] == [
        ("mt", "machine output", "BLEU"),
        ("mt", "after review", "BLEU"),
        ("mt", "machine output", "HTER"),
    ]
    assert [one.value for one in kept.scores[:2]] == [found.systems[0].before[0].value, found.systems[0].after[0].value]
    assert (kept.batch, kept.segments, kept.options["tokenize"]) == (3, 3, "13a")
    assert kept.texts["system mt"] != kept.texts["reviewed mt"]


@pytest.mark.parametrize(("name", "label"), [("", ""), (" ", ""), ("a\nb", ""), ("a" * 201, ""), ("a", "x\ty")])
def test_a_name_and_a_label_are_one_short_line(name: str, label: str) -> None:
    with pytest.raises(InputError):
        runs.check(name, label)
