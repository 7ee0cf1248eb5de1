"""Judges are asked about many articles at once, and none of them can stop the others or the flagging."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from review.detectors import Context, Estimate, Judge, Tally, Verdict
from review.errors import InputError
from review.model import Article, Correction, Job, Segment
from review.settings import Settings
from review.steps import flagging, jobs, judging, reflagging
from review.steps.judging import Outcome, batches, telling
from review.store import Store, flags, judgements, standings
from review.store import jobs as queue
from tests.steps import desk as desks
from tests.steps.desk import TEXTS, Desk

Said = Callable[[int, Segment], Verdict | None]


@dataclass
class Toy(Judge):
    """A judge that says what a test wants, and remembers what it was asked about."""

    name: str = "toy"  # type: ignore[misc]
    said: Said = lambda number, segment: Verdict(number, segment.id, True)
    able: tuple[bool, str] = (True, "")
    asked: list[list[str]] = field(default_factory=list)
    title = "Toy"
    category = "accuracy"
    examples = ()

    def available(self, settings: Settings) -> tuple[bool, str]:
        return self.able

    def estimate(self, articles: Sequence[Article], context: Context) -> Estimate:
        return Estimate(sum(len(article.segments) for article in articles), 1, 90.0, 0.5)

    def judge(self, articles: Sequence[Article], context: Context, tally: Tally | None = None) -> Iterator[Verdict]:
        self.asked.append([segment.text for article in articles for segment in article.segments])
        for number, article in enumerate(articles):
            for segment in article.segments:
                verdict = self.said(number, segment)
                if verdict is not None:
                    yield verdict


def finds(surface: str) -> Said:
    """Flags the first place of a surface."""

    def said(number: int, segment: Segment) -> Verdict:
        if surface not in segment.text:
            return Verdict(number, segment.id, True, score=0.0)
        start = segment.text.index(surface)
        flag = Toy().flag(segment, start, start + len(surface), "So says the toy.", severity="major")
        return Verdict(number, segment.id, True, (flag,), 5.0)

    return said


def fails_at(*texts: str) -> Said:
    def said(number: int, segment: Segment) -> Verdict:
        if segment.text in texts:
            raise ValueError("broken")
        return Verdict(number, segment.id, True)

    return said


def article(name: str, *texts: str) -> Article:
    return Article(name, tuple(Segment(text) for text in texts))


def asked(toys: Sequence[Judge], *articles: Article, outcomes: dict[str, Outcome] | None = None) -> Any:
    """What each judge says of each article: the judge, the article's number and whether its segments are checked."""
    found = list(judging.ask(toys, articles, Context(settings=Settings()), outcomes))
    return [(item.judge, item.number, [verdict.checked for verdict in item.verdicts]) for item in found], found


def test_every_segment_gets_a_verdict_from_every_judge_which_sees_all_articles_at_once() -> None:
    one, two = Toy(), Toy("other")
    shown, _ = asked([one, two], article("a", "1", "2"), article("b"), article("c", "3"))
    expected = [(0, [True, True]), (1, []), (2, [True])]
    assert shown == [(name, *rest) for name in ("toy", "other") for rest in expected]
    assert (one.asked, two.asked) == ([["1", "2", "3"]], [["1", "2", "3"]])


def test_a_judge_that_raises_is_named_with_its_article_and_goes_on_after_it() -> None:
    outcomes: dict[str, Outcome] = {}
    toys = [Toy(said=fails_at("2")), Toy("other")]
    shown, found = asked(toys, article("a", "1", "2", "3"), article("b", "4"), outcomes=outcomes)
    assert shown == [
        ("toy", 0, [True, False, False]),
        ("toy", 1, [True]),
        ("other", 0, [True] * 3),
        ("other", 1, [True]),
    ]
    assert [item.failure for item in found] == [
        "The judge toy failed in the article 'a': ValueError: broken",
        "",
        "",
        "",
    ]
    assert found[0].verdicts[2].reason == "It failed: ValueError: broken"
    assert telling.outcome("toy", outcomes["toy"]) == (
        "toy: 2 of 4 segments checked, 2 not checked (It failed: ValueError: broken)"
    )
    assert telling.outcome("other", outcomes["other"]) == "other: 4 of 4 segments checked"


def test_a_judge_that_fails_at_three_articles_in_a_row_is_left_alone() -> None:
    toy = Toy(said=fails_at("x"))
    shown, found = asked([toy], *(article(str(number), "x") for number in range(10)))
    assert [checked for _, _, checked in shown] == [[False]] * 10
    assert len(toy.asked) == 3
    assert found[-1].verdicts[0].reason == "It failed at 3 articles in a row."


def test_a_judge_that_fails_before_its_first_word_does_not_stop_the_others() -> None:
    class Dead(Toy):
        def judge(self, *_: Any, **__: Any) -> Iterator[Verdict]:
            raise OSError("no such program")

    shown, found = asked([Dead("dead"), Toy()], article("a", "1"))
    assert shown == [("dead", 0, [False]), ("toy", 0, [True])]
    assert "no such program" in found[0].failure


def test_silence_and_nonsense_are_not_checked() -> None:
    def said(number: int, segment: Segment) -> Verdict | None:
        if segment.text == "silent":
            return None
        if segment.text == "stray":
            return Verdict(number, "no such segment", True)
        return Verdict(7, segment.id, True) if segment.text == "far" else Verdict(number, segment.id, True)

    shown, found = asked([Toy(said=said)], article("a", "silent", "1", "stray"), article("b", "2", "far"))
    assert [checked for _, _, checked in shown] == [[False, True, False], [True, False]]
    assert found[0].verdicts[0].reason == "It gave no answer."


def test_a_judge_that_is_not_available_says_what_to_do_and_is_not_asked() -> None:
    toy = Toy(able=(False, "Set REVIEW_TOY."))
    shown, found = asked([toy], article("a", "1"))
    assert (shown, toy.asked) == ([("toy", 0, [False])], [])
    assert found[0].verdicts[0].reason == "Set REVIEW_TOY."
    with pytest.raises(InputError, match=r"The judge toy is not available. Set REVIEW_TOY\."):
        judging.ready([toy], Settings())


def test_deleted_segments_are_not_asked_about() -> None:
    toy = Toy()
    gone = Segment("1", correction=Correction("1", deleted=True))
    asked([toy], Article("a", (gone, Segment("2"))))
    assert toy.asked == [["2"]]


def test_progress_may_end_the_asking() -> None:
    class Stopped(Exception):
        pass

    def progress(done: int) -> None:
        if done == 3:
            raise Stopped

    toys = [Toy(), Toy("other")]
    asking = judging.ask(toys, [article("a", "1"), article("b", "2")], Context(), None, progress)
    assert [next(asking).judge for _ in range(3)] == ["toy", "toy", "other"]
    with pytest.raises(Stopped):
        next(asking)


@pytest.mark.parametrize(
    ("text", "found"), [("", []), ("llm", ["llm"]), ("llm, comet", ["llm", "comet"]), (" a b,,a\tc ", ["a", "b", "c"])]
)
def test_names_are_parted_by_commas_or_spaces(text: str, found: list[str]) -> None:
    assert judging.names(text) == found


def test_judges_are_off_by_default_and_an_unknown_one_is_an_error_that_lists_those_there_are() -> None:
    assert judging.chosen(known=Settings()) == []
    assert [judge.name for judge in judging.chosen(known=Settings(judges="llm,"))] == ["llm"]
    with pytest.raises(InputError, match=r"REVIEW_JUDGES: there is no judge 'oracle'; there are .*llm"):
        judging.chosen(known=Settings(judges="llm oracle"))
    with pytest.raises(InputError, match="--judge: there is no judge 'oracle'"):
        judging.chosen(["oracle"])


def test_judges_flags_stand_among_the_others_and_raise_the_risk() -> None:
    given = article("a", "The the port.", "Fine.")
    items, _ = flagging.flagged(given, flagging.context(given))
    heard = list(judging.ask([Toy(said=finds("port"))], [given], Context(settings=Settings())))
    found = judging.joined(given, items, heard)
    assert [flag.detector for flag in found[0].flags] == ["doubled", "toy"]
    assert found[0].risk > items[0].risk
    assert found[0].judged["toy"].score == 5.0
    assert found[1].judged["toy"].checked
    assert judging.joined(given, items, heard, 0.9)[0].flags == items[0].flags, "less certain flags are left out"


def test_an_estimate_is_a_sentence_a_judge_and_one_that_fails_is_said_so() -> None:
    class Dead(Toy):
        def estimate(self, *_: Any) -> Estimate:
            raise OSError("no")

    lines = telling.estimates([Toy(), Dead("dead")], [article("a", "1", "2")], Context())
    assert lines == [
        "toy: 2 segments to ask about in 1 call, at least 90 s, about 0.5000 USD",
        "dead: no estimate (OSError: no)",
    ]


# In the store


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Toy:
    """A toy that is switched on."""
    made = Toy(said=finds("small"))
    monkeypatch.setattr(judging, "judges", lambda: {"toy": made})
    monkeypatch.setattr(judging, "settings", lambda: Settings(judges="toy"))
    return made


def toys_flags(desk: Desk) -> list[str]:
    return [
        segment["text"][flag["start"] : flag["end"]]
        for segment in desk.segments()
        for flag in segment["flags"]
        if flag["detector"] == "toy"
    ]


def test_a_flag_job_asks_the_judges_and_an_edit_elsewhere_asks_nobody(desk: Desk, toy: Toy) -> None:
    reflagging.judge_batch(desk.store, desk.batch)
    assert toys_flags(desk) == ["small"]
    assert toy.asked == [list(TEXTS)]
    desk.do("edit", desk.ids()[1:2], {"texts": ["Kaos, again and small."]})
    reflagging.refresh(desk.store, desk.article)
    assert toys_flags(desk) == ["small"], "what was said of the other text stays, and nothing new is said"
    assert len(toy.asked) == 1


def test_a_flag_of_a_judge_goes_with_its_text_and_comes_back_with_it(desk: Desk, toy: Toy) -> None:
    reflagging.judge_batch(desk.store, desk.batch)
    first = desk.ids()[:1]
    desk.do("edit", first, {"texts": ["Kaos helps little firms, and small ones."]})
    reflagging.refresh(desk.store, desk.article)
    assert toys_flags(desk) == []
    desk.do("edit", first, {"texts": [TEXTS[0]]})
    reflagging.refresh(desk.store, desk.article)
    assert toys_flags(desk) == ["small"]


def test_a_dismissed_flag_of_a_judge_stays_dismissed_when_the_judge_says_it_again(desk: Desk, toy: Toy) -> None:
    reflagging.judge_batch(desk.store, desk.batch)
    (view,) = [flag for flag in desk.segments()[0]["flags"] if flag["detector"] == "toy"]
    desk.do("dismiss", desk.ids()[:1], {"flag": view, "scope": "text", "reason": "right as it is"})
    reflagging.judge_batch(desk.store, desk.batch)
    states = [flag["state"] for flag in desk.segments()[0]["flags"] if flag["detector"] == "toy"]
    assert states == ["dismissed"]


def test_what_was_not_checked_is_told_for_the_page(desk: Desk, toy: Toy) -> None:
    assert batches.unchecked(desk.store, desk.article) == []
    reflagging.judge_batch(desk.store, desk.batch)
    assert batches.unchecked(desk.store, desk.article) == []
    toy.said = lambda number, segment: Verdict(number, segment.id, segment.text != TEXTS[2], reason="No answer came.")
    reflagging.judge_batch(desk.store, desk.batch)
    assert batches.unchecked(desk.store, desk.article) == ["Not checked by toy: 1 of 4 segments (No answer came)."]
    desk.do("edit", desk.ids()[:2], {"texts": ["Other.", "Others."]})
    assert batches.unchecked(desk.store, desk.article) == [
        "Not checked by toy: 3 of 4 segments (The text was changed since it was asked; and 1 other reason)."
    ]


def test_a_flag_job_is_followed_by_one_for_the_judges_whose_result_says_how_it_went(
    desk: Desk, toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(batches, "log", lambda level, event, **more: said.append(f"{event} {more['judge']}"))
    toy.said = fails_at(TEXTS[1])
    jobs.start(desk.store, desk.project, desk.actor, "flag", {"batch": desk.batch})
    assert jobs.work(desk.store, threading.Event()) == 2
    judged, flagged = all_jobs(desk)
    assert (flagged.kind, flagged.state, flagged.result) == ("flag", "done", {"batch": desk.batch, "articles": 1})
    assert (judged.kind, judged.state) == ("judge", "done")
    assert judged.result == {
        "batch": desk.batch,
        "judges": ["toy: 1 of 4 segments checked, 3 not checked (It failed: ValueError: broken)"],
    }
    assert said == ["judge failed toy"]
    assert "terminology" in {flag["detector"] for segment in desk.segments() for flag in segment["flags"]}


def test_a_batch_flagged_again_is_judged_only_if_it_was_judged_before(desk: Desk, toy: Toy) -> None:
    """Else switching a judge on would send all that was ever imported to a paid service."""
    desk.store.write(lambda connection: reflagging.queue_project(connection, desk.project, desk.actor))
    jobs.work(desk.store, threading.Event())
    assert toy.asked == []
    reflagging.judge_batch(desk.store, desk.batch)
    desk.store.write(lambda connection: reflagging.queue_project(connection, desk.project, desk.actor))
    jobs.work(desk.store, threading.Event())
    assert len(toy.asked) == 2


def stand(desk: Desk, state: str, *, name: str = "toy") -> None:
    desk.store.write(
        lambda connection: standings.put(
            connection, desk.project, name, state, Toy.version, desk.actor, (20, 20), worker=desk.actor
        )
    )


def test_a_judge_that_the_project_has_off_is_not_asked_and_its_flags_go_until_it_is_on(desk: Desk, toy: Toy) -> None:
    toy.said = fails_at(TEXTS[1])
    reflagging.judge_batch(desk.store, desk.batch)
    assert batches.unchecked(desk.store, desk.article) != []
    toy.said = finds("small")
    reflagging.judge_batch(desk.store, desk.batch)
    assert toys_flags(desk) == ["small"]
    stand(desk, "off")
    jobs.work(desk.store, threading.Event())
    assert len(toy.asked) == 2
    with desk.store.read() as connection:
        assert [row for row in flags.of(connection, desk.article) if row.flag.detector == "toy"] == []
    assert batches.unchecked(desk.store, desk.article) == []
    assert reflagging.judge_batch(desk.store, desk.batch) == {}
    stand(desk, "on")
    jobs.work(desk.store, threading.Event())
    assert toys_flags(desk) == ["small"]


def test_a_demoted_judges_flags_weigh_little(desk: Desk, toy: Toy) -> None:
    reflagging.judge_batch(desk.store, desk.batch)
    before = desk.row()
    stand(desk, "demoted")
    reflagging.renew(desk.store, desk.article)
    assert toys_flags(desk) == ["small"]
    assert desk.row().risk < before.risk


def test_switching_a_detector_sends_no_archive_to_a_judge(desk: Desk, toy: Toy) -> None:
    stand(desk, "off", name="doubled")
    assert jobs.work(desk.store, threading.Event()) == 1
    assert toy.asked == []


def test_without_judges_a_flag_job_stands_alone(desk: Desk) -> None:
    jobs.start(desk.store, desk.project, desk.actor, "flag", {"batch": desk.batch})
    jobs.work(desk.store, threading.Event())
    assert [job.kind for job in all_jobs(desk)] == ["flag"]


def test_an_unknown_judge_fails_the_job_when_all_is_flagged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "settings", lambda: Settings(judges="oracle"))
    jobs.start(desk.store, desk.project, desk.actor, "flag", {"batch": desk.batch})
    jobs.work(desk.store, threading.Event())
    (job,) = all_jobs(desk)
    assert (job.state, desk.row().flagged_revision) == ("failed", 0)
    assert "no judge 'oracle'" in job.error


def test_while_a_judge_is_waited_for_other_jobs_are_done(desk: Desk, toy: Toy) -> None:
    """The judge says nothing until a job that was queued after its own is done."""
    stop, flagged = threading.Event(), threading.Event()

    def said(number: int, segment: Segment) -> Verdict:
        return Verdict(number, segment.id, flagged.wait(60))

    toy.said = said
    jobs.start(desk.store, desk.project, desk.actor, "judge", {"batch": desk.batch})
    worker = threading.Thread(target=jobs.work, args=(desk.store, stop), kwargs={"follow": True})
    worker.start()
    try:
        until(lambda: [job.state for job in all_jobs(desk)] == ["running"])
        jobs.start(desk.store, desk.project, desk.actor, "flag", {"batch": desk.batch})
        until(lambda: "done" in [job.state for job in all_jobs(desk) if job.kind == "flag"])
        flagged.set()
        until(lambda: {job.state for job in all_jobs(desk)} == {"done"})
    finally:
        flagged.set()
        stop.set()
        worker.join()


def all_jobs(desk: Desk) -> list[Job]:
    """Newest first."""
    with desk.store.read() as connection:
        return queue.rows(connection, desk.project)


def until(true: Callable[[], bool], patience: float = 60.0) -> None:
    """Wait for something that other threads bring about."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, "it did not come about"
        threading.Event().wait(0.01)


def test_a_large_batch_is_asked_about_in_parts_and_progress_goes_up(
    store: Store, toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "TOGETHER", 8)
    desk = Desk(store, [desks.article(name=str(number)) for number in range(5)])
    told: list[int] = []
    reflagging.judge_batch(store, desk.batch, lambda done, total: told.append(done) if total == 5 else None)
    assert [len(texts) for texts in toy.asked] == [8, 8, 4]
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 5)


def test_answers_are_kept_in_the_store_between_jobs(desk: Desk, toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []

    def judge(articles: Sequence[Article], context: Context, tally: Tally | None = None) -> Iterator[Verdict]:
        cache: MutableMapping[str, str] | None = context.cache
        assert cache is not None
        seen.append(cache.get("toy:1"))
        cache["toy:1"] = "answer"
        yield from ()

    monkeypatch.setattr(toy, "judge", judge)
    reflagging.judge_batch(desk.store, desk.batch)
    reflagging.judge_batch(desk.store, desk.batch)
    assert seen == [None, "answer"]


def test_a_judgement_made_while_the_text_was_edited_is_not_laid_over_the_new_text(desk: Desk, toy: Toy) -> None:
    first = desk.ids()[0]
    inner = finds("small")

    def said(number: int, segment: Segment) -> Verdict | None:
        if segment.text == TEXTS[0]:
            desk.do("edit", [first], {"texts": ["Some small firms thrive."]})
        return inner(number, segment)

    toy.said = said
    reflagging.judge_batch(desk.store, desk.batch)
    assert toys_flags(desk) == []
    with desk.store.read() as connection:
        assert judgements.judges(connection, desk.article) == ["toy"]


def test_a_judges_flag_has_its_title_on_the_page() -> None:
    from review.detectors import judges
    from review.steps.reviewing.viewing import flag_view
    from review.store.flags import FlagRow

    segment = Segment("The port.", "1")
    flag = judges()["llm"].flag(segment, 4, 8, "Wrong.")
    assert flag_view(FlagRow(flag, "open", None))["title"] == "Language model"
