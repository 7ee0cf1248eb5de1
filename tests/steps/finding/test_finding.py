"""Finding by index: the same answers as reading everything, whatever the texts, the rules and the acts in between."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.model import Article, Choice, ReadingHeader, Rule, Scope, Segment
from review.settings import settings as environment
from review.steps import finding
from review.steps.finding import index as indexes
from review.store import Store, batches, people
from review.text.corpus import reading
from tests.steps.desk import Desk
from tests.steps.finding import plainly


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("REVIEW_CACHE", str(tmp_path / "cache"))
    environment.cache_clear()
    monkeypatch.setattr(indexes, "_open", type(indexes._open)())
    return tmp_path / "cache"


@pytest.fixture(autouse=True)
def afterwards(monkeypatch: pytest.MonkeyPatch) -> Any:
    yield
    environment.cache_clear()


WORDS = (
    "Kaos kaos KAOS Kaos's kaosed Kaoss the The a an A double Double cycle cycles Cycle DOUBLE-CYCLE double-cycle "
    "platform Platforms cloud organisation organizations dual circulation <b> </b> {0} 50% “Kaos” 双循环 双 循环 é x_y "
    "U.S. labora tory laboratory . , ( ) — \u00a0 \n held hold a symposium ﬁ K ſ İ www.kaos.com held"
).split(" ")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
SOURCES = st.none() | st.sampled_from(("卡奥斯", "双循环和卡奥斯", "没有", "Kaos"))
RULES = st.builds(
    Rule,
    find=st.sampled_from(
        ("Kaos", "kaos", "double cycle", "platform", "organization", "双循环", "U.S.", "laboratory", "hold a symposium",
         "cycle", "a", "<b>", "K", "{0}", "x", "%")
    ),
    replace=st.sampled_from(("COSMOPlat", "dual circulation", "cloud platform", "", "hold a seminar", "Kaos", "an x")),
    kind=st.sampled_from(("words", "literal")),
    inflected=st.booleans(),
    case=st.booleans(),
    keep_case=st.booleans(),
    source=st.sampled_from(("", "", "卡奥斯", "Kaos")),
    source_kind=st.sampled_from(("words", "literal")),
).filter(lambda rule: rule.find != rule.replace)  # fmt: skip
PATTERNS = st.builds(
    Rule,
    find=st.sampled_from(("kaos\\w*", "(double)[ -](cycle)", "^the", "a$", "[^a]b", ".x", "\\bcycle\\b", "\\s(a)\\s")),
    replace=st.sampled_from(("COSMOPlat", "\\0", "<\\0>", "")),
    kind=st.just("pattern"),
    case=st.booleans(),
    keep_case=st.booleans(),
)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(("edit", "confirm", "lock", "delete", "merge", "split", "insert", "repair", "undo")),
        st.integers(0, 11),
        TEXTS,
    ),
    min_size=1,
    max_size=8,
)


def imported(store: Store, given_: Sequence[Article]) -> tuple[int, int]:
    project, actor = store.write(people.ensure_local)
    batch = store.write(lambda c: batches.create(c, project, actor, "one", ReadingHeader("lines")))
    batches.add_articles(store, batch, given_)
    store.write(lambda c: batches.publish(c, batch))
    return project, batch


def whole(store: Store, scope: Scope, rule: Rule, limit: int = 3) -> finding.Found:
    """All pages put together, with the totals that each of them says."""
    page = finding.find(store, scope, rule, limit=limit)
    first, rows = page, list(page.rows)
    while page.next is not None:
        page = finding.find(store, scope, rule, after=page.next, limit=limit)
        assert (page.segments, page.hits, page.articles) == (first.segments, first.hits, first.articles)
        rows += page.rows
    return finding.Found(
        first.segments, first.hits, first.articles, first.protected, first.skipped, tuple(rows), first.next and None
    )


def act(desk: Desk, kind: str, at: int, text: str, done: list[str]) -> None:
    """One act of a reviewer, where it makes sense; what is refused is refused."""
    articles_ = desk.articles
    desk.article = articles_[at % len(articles_)]
    segments = desk.segments()
    place = at % len(segments)
    one = segments[place]["id"]
    events: dict[str, Any] = {
        "edit": lambda: desk.event("edit", [one], {"texts": [text]}),
        "confirm": lambda: desk.event("status", [one], {"status": "confirmed"}),
        "lock": lambda: desk.event("status", [one], {"locked": True}),
        "delete": lambda: desk.event("delete", [one], {}),
        "repair": lambda: desk.event("repair", [one], {"sources": ["卡奥斯"]}),
        "insert": lambda: desk.event(
            "insert", [one], {"new": desk.new(), "text": text, "before": False, "new_paragraph": False}
        ),
        "split": lambda: desk.event("split", [one], {"new": [desk.new(), desk.new()], "at": 2}),
        "merge": lambda: desk.event(
            "merge", [one, segments[(place + 1) % len(segments)]["id"]], {"new": desk.new()}
        ),
    }  # fmt: skip
    if kind == "undo":
        if not done:
            return
        past = done.pop()
        with desk.store.read() as connection:
            from review.store import events as log

            targets = log.read(connection, log.by_id(past))[0].event.targets
        event = {
            "id": str(uuid4()), "kind": "undo", "payload": {"event": past},
            "targets": [{"segment": target.segment, "base_version": None} for target in targets],
        }  # fmt: skip
    else:
        event = events[kind]()
    if desk.post(event)["stored"] and kind != "undo":
        done.append(str(event["id"]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.tuples(TEXTS, SOURCES), min_size=1, max_size=5), min_size=1, max_size=3),
    st.lists(RULES | PATTERNS, min_size=1, max_size=4),
    ACTS,
    st.sampled_from((0, 1500)),
    st.sampled_from((0, 16)),
)
def test_the_index_says_what_reading_everything_says(
    empty_store: Path,
    given_: list[list[tuple[str, str | None]]],
    rules: list[Rule],
    acts: list[tuple[str, int, str]],
    laid_over: int,
    few: int,
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("REVIEW_CACHE", f"{folder}/cache")
        patch.setattr(indexes, "LAID_OVER", laid_over)
        patch.setattr(indexes, "WHOLE", 20 if laid_over else 1)
        patch.setattr(reading, "FEW", few)
        environment.cache_clear()
        path = Path(folder) / "db.sqlite3"
        path.write_bytes(empty_store.read_bytes())
        with Store.open(f"sqlite:///{path}") as store:
            desk = Desk(
                store,
                [
                    Article(
                        f"article {number}",
                        tuple(Segment(text, source=source) for text, source in texts),
                        "mt",
                        "zh",
                        "de" if number == 2 else "en",
                    )
                    for number, texts in enumerate(given_)
                ],
            )
            scope = Scope(desk.project, desk.batch)
            done: list[str] = []
            assert whole(store, scope, rules[0]) == plainly.found(store, scope, rules[0])
            for kind, at, text in acts:
                act(desk, kind, at, text, done)
                assert whole(store, scope, rules[0]) == plainly.found(store, scope, rules[0])
            for rule in rules:
                expected = plainly.found(store, scope, rule)
                assert whole(store, scope, rule) == expected
                inside = Scope(desk.project, None, desk.articles[0])
                assert whole(store, inside, rule) == plainly.found(store, inside, rule)
                some = frozenset(hit.segment for hit in expected.rows[::2])
                for choice in (Choice(), Choice(without=some), Choice(False, including=some)):
                    made = list(finding.targets(store, scope, rule, choice))
                    assert made == plainly.targets(store, scope, rule, choice)


def test_the_next_page_comes_though_the_segment_it_follows_is_no_hit_any_more(store: Store) -> None:
    desk = Desk(store, [Article("a", tuple(Segment(f"Kaos number {number}.") for number in range(6)))])
    scope, rule, ids = Scope(desk.project, desk.batch), Rule("Kaos", "COSMOPlat"), desk.ids()
    assert finding.find(store, scope, rule, limit=2).next == ids[1]
    desk.do("edit", [ids[1]], {"texts": ["Another name."], "origin": "typed"})
    page = finding.find(store, scope, rule, after=ids[1], limit=2)
    assert ([hit.segment for hit in page.rows], page.next) == (ids[2:4], ids[3])
