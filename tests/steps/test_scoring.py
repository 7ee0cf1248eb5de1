"""Scoring in steps: tables of systems, the editor's work, and a batch before and after its review."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sacrebleu.metrics import BLEU, CHRF, TER

from review.errors import InputError, MissingError
from review.model import Article, Correction, ReadingHeader, Segment
from review.steps import reviewing, scoring
from review.steps.scoring import reports
from review.steps.scoring.reports import layout
from review.store import Store, batches, people

OUTPUT = ["The undersecretary visited the plant.", "Double cycle is a pattern.", "[ad_1]"]
EDITED = ["The deputy secretary visited the plant.", "Double cycle is a pattern.", ""]
REFERENCE = ["A deputy secretary visited the factory.", "Dual circulation is a new pattern.", ""]


def article(
    system: str = "mt", reference: bool = True, language: str = "en", name: str = "news", confirmed: bool = True
) -> Article:
    segments = []
    for number, (before, after, text) in enumerate(zip(OUTPUT, EDITED, REFERENCE, strict=True)):
        status = "confirmed" if confirmed and number == 0 else "draft"
        edited = Correction(text=after or before, status=status, deleted=not after) if before != after else None
        references = (text,) if reference else ()
        segments.append(Segment(before, id=str(number + 7), references=references, correction=edited))
    return Article(name, tuple(segments), system=system, target_language=language, id="3")


def test_systems_are_scored_in_the_order_given_with_progress_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    table = scoring.score(
        {"b": OUTPUT[:2], "a": EDITED[:2]}, [REFERENCE[:2]], ["bleu", "chrf"], progress=lambda *at: seen.append(at)
    )
    assert [(one.system, one.metric) for one in table.scores] == [
        ("b", "BLEU"), ("b", "chrF2"), ("a", "BLEU"), ("a", "chrF2"),
    ]  # fmt: skip
    assert table.scores[3].value == CHRF().corpus_score(EDITED[:2], [REFERENCE[:2]]).score
    assert seen[-1] == (8, 8)


def test_segment_scores_are_numbered_from_one() -> None:
    table = scoring.score({"a": OUTPUT[:2]}, [REFERENCE[:2]], ["bleu"], level="segment")
    native = BLEU(effective_order=True)
    assert [(one.name, one.value) for one in table.at("segment")] == [
        ("1", native.sentence_score(OUTPUT[0], [REFERENCE[0]]).score),
        ("2", native.sentence_score(OUTPUT[1], [REFERENCE[1]]).score),
    ]


@pytest.mark.parametrize(
    ("systems", "references", "level", "sentence"),
    [
        ({}, [["a"]], "system", "nothing to score"),
        ({"x": ["a"]}, [], "system", "no reference"),
        ({"x": ["a"]}, [[" "]], "system", "Reference 1 is empty"),
        ({"x": ["a"]}, [["a"], ["b", "c"]], "system", "reference 2 has 2"),
        ({"x": ["a", "b"]}, [["a"]], "system", "x has 2 segments and the reference has 1"),
        ({"x": ["a"]}, [["a"]], "document", "--documents"),
        ({"x": ["a"]}, [["a"]], "word", "no level 'word'"),
    ],
)
def test_what_does_not_fit_is_refused(
    systems: dict[str, list[str]], references: list[list[str]], level: str, sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        scoring.score(systems, references, ["bleu"], level=level)


def test_text_that_looks_tokenized_is_warned_of() -> None:
    table = scoring.score({"x": ["a b c ."] * 100}, [["a b c ."] * 100], ["bleu"])
    assert "x has 100 lines that end in a space and a full stop" in table.warnings[0]


def test_hter_is_ter_against_the_post_edit() -> None:
    found = scoring.effort(OUTPUT, EDITED, "en")
    assert found.hter.value == TER().corpus_score(OUTPUT, [EDITED]).score
    assert (found.segments, found.changed, found.changed_share) == (3, 2, 2 / 3)
    # "undersecretary" became two words; "[ad_1]" (three signs and words) went.
    assert found.word_edits == 2 + 3
    assert found.words == 7 + 6


def test_hter_of_chinese_counts_characters() -> None:
    found = scoring.effort(["构建双循环格局"], ["构建双循环新格局"], "zh")
    assert found.hter.value == 100 / 8
    assert "asian:yes" in found.hter.signature


def test_an_untouched_text_took_no_work() -> None:
    found = scoring.effort(OUTPUT, OUTPUT, "en")
    assert (found.changed, found.hter.value, found.word_rate, found.character_rate) == (0, 0.0, 0.0, 0.0)


def test_a_batch_is_scored_before_and_after_review_where_it_has_references() -> None:
    found = scoring.review_scores([article()], ["bleu", "chrf", "ter"])
    whole = found.systems[0]
    assert (whole.segments, whole.referenced) == (3, 2)
    references = [REFERENCE[:2]]
    assert [one.value for one in whole.before] == [
        metric.corpus_score(OUTPUT[:2], references).score for metric in (BLEU(), CHRF(), TER())
    ]
    assert [one.value for one in whole.after] == [
        metric.corpus_score(EDITED[:2], references).score for metric in (BLEU(), CHRF(), TER())
    ]
    assert whole.effort.hter.value == TER().corpus_score(OUTPUT, [EDITED]).score


def test_the_confirmed_segments_are_scored_apart() -> None:
    whole, confirmed = scoring.review_scores([article()], ["chrf"]).systems
    assert (whole.confirmed_only, confirmed.confirmed_only, confirmed.segments) == (False, True, 1)
    assert confirmed.after[0].value == CHRF().corpus_score(EDITED[:1], [REFERENCE[:1]]).score


def test_nothing_confirmed_gives_no_scope_of_its_own() -> None:
    assert len(scoring.review_scores([article(confirmed=False)], ["chrf"]).systems) == 1


def test_without_references_only_the_editors_work_is_measured() -> None:
    found = scoring.review_scores([article(reference=False)], ["bleu"])
    assert not found.has_references
    assert found.systems[0].before == found.systems[0].after == ()
    assert found.systems[0].effort.changed == 2
    assert all(row.before == {} for row in found.segments)


def test_each_segment_has_its_own_scores_and_its_place() -> None:
    rows = scoring.review_scores([article()], ["chrf"]).segments
    assert [(row.article_id, row.number, row.segment.id, row.status) for row in rows] == [
        ("3", 1, "7", "confirmed"), ("3", 2, "8", "new"), ("3", 3, "9", "draft"),
    ]  # fmt: skip
    assert rows[0].after["chrF2"] == CHRF().sentence_score(EDITED[0], [REFERENCE[0]]).score
    assert rows[1].before == rows[1].after
    assert rows[2].before == {}


def test_systems_of_a_batch_are_kept_apart() -> None:
    found = scoring.review_scores([article("a"), article("b"), article("a", name="more")], ["chrf"])
    assert [(scope.system, scope.segments) for scope in found.systems if not scope.confirmed_only] == [
        ("a", 6), ("b", 3),
    ]  # fmt: skip
    assert [scope.article for scope in found.articles if not scope.confirmed_only] == ["news", "more", "news"]
    assert [one.system for one in scoring.machine_table(found).scores] == ["a", "b"]


def test_references_may_differ_in_number() -> None:
    two = article()
    first = two.segments[0]
    more = Segment(first.hypothesis, id=first.id, references=("One.", "Two."))
    found = scoring.review_scores([Article("n", (more, *two.segments[1:]), system="mt")], ["chrf"])
    assert "nrefs:var" in found.systems[0].before[0].signature


@pytest.mark.parametrize(("language", "part"), [("zh-CN", "tok:zh"), ("en", "tok:13a")])
def test_the_tokenizer_follows_the_batchs_language(language: str, part: str) -> None:
    assert part in scoring.review_scores([article(language=language)], ["bleu"]).systems[0].before[0].signature


def test_a_target_without_its_tokenizer_is_warned_of_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "ja-mecab" in scoring.review_scores([article(language="ja")], ["bleu"]).warnings[0]


def test_a_batch_of_mixed_languages_says_which_one_counts() -> None:
    found = scoring.review_scores([article(language="en"), article("b", language="zh")], ["chrf"])
    assert "several target languages (en, zh)" in found.warnings[0]


def test_reports_label_what_was_scored_against_its_own_post_edit() -> None:
    found = scoring.review_scores([article()], ["chrf"])
    data = json.loads(reports.as_json(reports.batch_data("b", found, "segment")))
    system = data["systems"][0]
    assert system["post_edit"]["against"] == "own post-edit"
    assert "HTER" not in system["metrics"]
    assert system["confirmed"]["segments"] == 1
    assert len(system["segment_scores"]) == 3
    text = reports.batch_text(found)
    references, own = text.split("Machine output against its own post-edit (the editor's work; not a rank)")
    assert "HTER" not in references
    assert "HTER: nrefs:1|case:lc|tok:tercom" in own
    assert all("own post-edit" in line for line in reports.batch_csv(found).splitlines() if ",HTER," in line)


def test_a_table_in_a_spreadsheet_runs_no_formula() -> None:
    assert reports.as_csv([["=1+1", -3, "a"]], ["x", "y", "z"]).splitlines()[1] == "'=1+1,-3,a"


@pytest.fixture
def stored(store: Store) -> tuple[Store, int]:
    """Three batches with their corrections recorded, two of one name."""
    project, actor = store.write(people.ensure_local)
    for name, system in (("first", "mt"), ("twice", "old"), ("twice", "new")):
        batch = store.write(lambda c, name=name: batches.create(c, project, actor, name, ReadingHeader("jsonl")))
        [number] = batches.add_articles(store, batch, [article(system)])
        store.write(lambda c, batch=batch: batches.publish(c, batch))
        reviewing.record_corrections(store, actor, batch, [(number, article(system))])
    return store, project


def test_a_batch_is_fetched_by_name_or_number_as_it_is_now(stored: tuple[Store, int]) -> None:
    name, [found] = scoring.load(*stored, "first")
    assert (name, [segment.text for segment in found.segments[:2]]) == ("first", EDITED[:2])
    assert [segment.deleted for segment in found.segments] == [False, False, True]
    assert scoring.load(*stored, 1) == (name, [found])


def test_of_two_batches_of_one_name_the_newest_is_fetched(stored: tuple[Store, int]) -> None:
    assert [found.system for found in scoring.load(*stored, "twice")[1]] == ["new"]


def test_a_stored_batch_scores_as_its_articles_do(stored: tuple[Store, int]) -> None:
    _, articles = scoring.load(*stored, "first")
    found = scoring.review_scores(articles, ["bleu", "chrf"])
    expected = scoring.review_scores([article()], ["bleu", "chrf"])
    assert [(one.before, one.after, one.effort, one.confirmed_only) for one in found.systems] == [
        (one.before, one.after, one.effort, one.confirmed_only) for one in expected.systems
    ]


def test_a_batch_that_is_not_there_is_refused(stored: tuple[Store, int]) -> None:
    with pytest.raises(MissingError, match="no batch 'third'"):
        scoring.load(*stored, "third")


def test_the_command_scores_a_stored_batch(
    stored: tuple[Store, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from review.cli import main
    from review.settings import settings

    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'test.sqlite3'}")
    settings.cache_clear()
    try:
        run = CliRunner().invoke
        data = json.loads(run(main, ["score", "--batch", "first", "--format", "json", "-m", "chrf"]).stdout)
        failing = run(main, ["score", "--batch", "first", "--fail-under", "chrf=99"])
        wrong = run(main, ["score", "--batch", "first", "--system", "x"])
    finally:
        settings.cache_clear()
    assert data["systems"][0]["metrics"]["chrF2"]["score"] == CHRF().corpus_score(OUTPUT[:2], [REFERENCE[:2]]).score
    after = data["systems"][0]["after_review"]["metrics"]["chrF2"]["score"]
    assert after == CHRF().corpus_score(EDITED[:2], [REFERENCE[:2]]).score
    assert data["systems"][0]["confirmed"]["segments"] == 1
    assert failing.exit_code == 1
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "its systems are: mt" in wrong.stderr


@pytest.mark.parametrize(("value", "text"), [(1.0, "1.0000"), (1 / 10_001, "0.0001"), (1 / 1_000_001, "<0.0001")])
def test_no_p_value_is_printed_as_nothing(value: float, text: str) -> None:
    assert layout.p_value(value) == text
