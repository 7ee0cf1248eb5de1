"""Termbases as CSV: read, refused with one sentence, written again; and terms added from an article."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from review.detectors import Context
from review.detectors.terminology import DETECTOR
from review.errors import FormatError, InputError, ReviewError
from review.model import Article, ReadingHeader, Segment
from review.steps import terms
from review.store import Store, articles, batches, people
from review.store import jobs as queue
from review.store import terms as stored
from review.text.termbase import TermIndex
from tests.steps.desk import Desk

GOOD = """id,source,preferred,admitted,deprecated,forbidden,part_of_speech,matching,condition,\
evidence_user,example_target,note
dual,双循环|国内国际双循环,dual circulation,dual-circulation,\
"{double|dual} cycle|two circulations ?",double loop !,mass,,\
"near: economy|policy; not near: clutch",Xinhua,A double cycle.,why
visit,调研,inspection,,to join the survey => to join the inspection|survey ??,,,case,strict; category: accuracy,,,
"""


def test_a_row_becomes_a_concept() -> None:
    dual, visit = terms.load_csv(GOOD.encode(), name="news.csv")
    assert (dual.id, dual.termbase, dual.example, dual.strict) == ("dual", "news", "A double cycle.", False)
    assert [(term.text, term.language, term.status) for term in dual.terms] == [
        ("双循环", "zh", "preferred"),
        ("国内国际双循环", "zh", "admitted"),
        ("dual circulation", "en", "preferred"),
        ("dual-circulation", "en", "admitted"),
        ("{double|dual} cycle", "en", "deprecated"),
        ("two circulations", "en", "deprecated"),
        ("double loop", "en", "forbidden"),
    ]
    tellings = [term.condition.telling for term in dual.terms if term.condition]
    assert tellings == ["context", "source", "alone"]
    assert dual.terms[4].condition is not None
    assert dual.terms[4].condition.near == ("economy", "policy")
    assert dual.terms[4].condition.not_near == ("clutch",)
    assert dual.terms[2].evidence.user == "Xinhua"
    assert (visit.strict, visit.category) == (True, "accuracy")
    assert visit.terms[2].instead == "to join the inspection"
    assert visit.terms[3].condition is not None
    assert visit.terms[3].condition.telling == "doubtful"
    assert visit.terms[3].matching == "case"


def test_what_was_read_is_written_and_read_again_the_same() -> None:
    first = terms.load_csv(GOOD.encode())
    again = terms.load_csv(terms.dump_csv(first))
    assert again == first
    assert terms.dump_csv(again) == terms.dump_csv(first)


def test_only_the_preferred_column_is_needed_and_ids_are_made() -> None:
    (concept,) = terms.load_csv("\ufeffpreferred,deprecated\nCOSMOPlat,Kaos\n".encode(), name="mine.csv")
    assert concept.id == "mine-2"
    assert [term.text for term in concept.terms] == ["COSMOPlat", "Kaos"]


def test_languages_and_line_ends_may_be_others() -> None:
    (concept,) = terms.load_csv(b"source,preferred\r\nHaus,house\r\n", source_language="de", target_language="en")
    assert [term.language for term in concept.terms] == ["de", "en"]


BAD = [
    (b"", "file is empty", None),
    (b"id,source\n", "no column 'preferred'", 1),
    (b"id,preferred\na,\n", "no preferred rendering", 2),
    (b"id,preferred\na,x\na,y\n", "'a' stands on line 2 already", 3),
    (b"id,preferred\n\na,x,y,z\n", "4 cells under 2 columns", 3),
    (b'id,preferred\na,"x\n', "quote is opened", 2),
    (b"id,preferred\na,{x|y\n", "brace", 2),
    (b"id,preferred,deprecated\na,x,y !!\n", "mark '!!'", 2),
    (b"id,preferred,deprecated\na,x,x\n", "'x' twice", 2),
    (b"id,preferred,condition\na,x,sometimes\n", "'sometimes' is not understood", 2),
    (b"id,preferred,condition\na,x,near:\n", "'near:' is not understood", 2),
    (b"id,preferred,condition\na,x,category: taste\n", "category is 'taste'", 2),
    (b"id,preferred,part_of_speech\na,x,thing\n", "part of speech is 'thing'", 2),
    (b"id,preferred,matching\na,x,loose\n", "matching is 'loose'", 2),
    ("id,preferred\na,é\n".encode("latin-1"), "not UTF-8", 2),
    (b"id,preferred\na,x\0\n", "NUL", 2),
    ("id,preferred\na,x\n".encode("utf-16"), "not UTF-8", 1),
]


@pytest.mark.parametrize(("data", "why", "line"), BAD, ids=[why for _, why, _ in BAD])
def test_a_bad_file_gets_one_sentence_with_its_line_and_a_remedy(data: bytes, why: str, line: int | None) -> None:
    with pytest.raises(FormatError) as error:
        terms.load_csv(data, name="mine.csv")
    assert why in str(error.value)
    assert error.value.line == line
    assert str(error.value).startswith("mine.csv")
    assert error.value.remedy.endswith(".")
    assert "\n" not in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv cannot be read"):
        terms.load_csv(tmp_path / "none.csv")


def test_bars_inside_braces_part_nothing() -> None:
    assert terms.split("{a|b} c | d || e") == ["{a|b} c", "d", "e"]


@pytest.fixture
def article(store: Store) -> int:
    """An article of one sentence in a published batch."""
    text = Segment(hypothesis="Kaos helps the plant.", source="卡奥斯帮助工厂。")
    project, actor = store.write(people.ensure_local)
    batch = store.write(lambda c: batches.create(c, project, actor, "b", ReadingHeader("lines")))
    made = Article("a", (text,), source_language="zh", target_language="en")
    (number,) = batches.add_articles(store, batch, [made])
    store.write(lambda c: batches.publish(c, batch))
    return number


def flagged(store: Store, article: int, text: str, source: str | None = None) -> list[str]:
    with store.read() as connection:
        project = batches.get(connection, articles.get(connection, article).batch).project
        index = TermIndex(stored.concepts(connection, project))
    subject = Article("x", (Segment(text, id="1", source=source),), source_language="zh", target_language="en")
    return [text[flag.start : flag.end] for flag in DETECTOR.detect(subject, Context(terms=index))]


def add(store: Store, article: int, **fields: str) -> str:
    with store.read() as connection:
        project = batches.get(connection, articles.get(connection, article).batch).project
        actor = people.members(connection, project)[0].actor
    number = actor if isinstance(actor, int) else actor.id
    return terms.add_term(store, number, article, **fields)


def test_a_term_added_from_an_article_is_flagged_from_then_on(store: Store, article: int) -> None:
    add(store, article, wrong="Kaos", preferred="COSMOPlat", note="its name")
    assert flagged(store, article, "The Kaos grew, and kaos too.") == ["Kaos", "kaos"]
    assert flagged(store, article, "The Kaos grew.", "增长。") == ["Kaos"]


def test_with_a_source_term_it_is_flagged_only_where_that_stands(store: Store, article: int) -> None:
    add(store, article, source="卡奥斯", wrong="Kaos", preferred="COSMOPlat")
    assert flagged(store, article, "The Kaos grew.", "卡奥斯增长。") == ["Kaos"]
    assert flagged(store, article, "The Kaos grew.", "别的增长。") == []
    assert flagged(store, article, "The Kaos grew.") == ["Kaos"]


def test_a_second_wrong_wording_joins_the_first(store: Store, article: int) -> None:
    first = add(store, article, source="卡奥斯", wrong="Kaos", preferred="COSMOPlat")
    assert add(store, article, source="卡奥斯", wrong="Ka Aosi", preferred="COSMOPlat") == first
    assert flagged(store, article, "Kaos or Ka Aosi", "卡奥斯") == ["Kaos", "Ka Aosi"]


def test_wordings_that_differ_in_case_alone_are_told_apart_by_it(store: Store, article: int) -> None:
    add(store, article, wrong="cosmoplat", preferred="COSMOPlat")
    assert flagged(store, article, "cosmoplat and COSMOPlat") == ["cosmoplat"]


@pytest.mark.parametrize(
    "fields",
    [
        {"wrong": "", "preferred": "x"},
        {"wrong": "x", "preferred": " "},
        {"wrong": "x", "preferred": "x"},
        {"wrong": "x{", "preferred": "y"},
    ],
)
def test_a_term_that_makes_no_sense_is_refused(store: Store, article: int, fields: dict[str, str]) -> None:
    with pytest.raises(InputError):
        add(store, article, **fields)


def test_of_two_wordings_added_at_the_same_time_none_is_lost(
    store: Store, article: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second comes between what the first reads and what it writes."""
    add(store, article, wrong="Kaos", preferred="COSMOPlat")
    write = store.write
    waiting = ["Ka Aosi"]

    def later(fn: Any, **options: Any) -> Any:
        if waiting:
            add(store, article, wrong=waiting.pop(), preferred="COSMOPlat")
        return write(fn, **options)

    monkeypatch.setattr(store, "write", later)
    add(store, article, wrong="Karlos", preferred="COSMOPlat")
    assert flagged(store, article, "Kaos, Ka Aosi, Karlos") == ["Kaos", "Ka Aosi", "Karlos"]


def test_a_term_queues_each_batch_of_the_project_for_flagging_once(store: Store, article: int) -> None:
    other = Desk(store)
    for wrong in ("Kaos", "Ka Aosi"):
        add(store, article, wrong=wrong, preferred="COSMOPlat")
    with store.read() as connection:
        waiting = queue.rows(connection, other.project)
        batch = articles.get(connection, article).batch
    assert sorted((job.kind, job.payload["batch"]) for job in waiting) == [("flag", batch), ("flag", other.batch)]


def test_an_unknown_article_is_refused(store: Store) -> None:
    with pytest.raises(ReviewError):
        terms.add_term(store, 1, 999_999, wrong="x", preferred="y")
