"""The language model as a judge, asked over a real socket at a service that misbehaves as real ones do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from email.utils import formatdate
from typing import Any

import pytest

from review.detectors import Context, Tally, Verdict, judges
from review.detectors.llm import LanguageModel, endpoint
from review.detectors.llm.asking import AHEAD, GIVE_UP
from review.detectors.llm.pace import Clock
from review.model import Article, Segment
from review.settings import Settings
from tests.detectors.model_stub import (
    FakeClock,
    Reply,
    Script,
    Stub,
    completion,
    error,
    errors,
    refusal,
    segment_of,
)

KEY = "sk-not-a-real-key-0123456789"
TEXT = "Grain output fell by a tenth."
SOURCE = "粮食产量增长一成。"

Serve = Callable[[Script], Stub]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    opened: list[Stub] = []

    def start(script: Script) -> Stub:
        opened.append(Stub(script))
        return opened[-1]

    yield start
    for stub in opened:
        stub.close()


def chosen(url: str, **more: Any) -> Settings:
    return Settings(**{"llm_url": url, "llm_model": "m", "llm_key": KEY, "llm_per_minute": 60_000, **more})


def article(*texts: str, source: str | None = SOURCE) -> Article:
    segments = tuple(Segment(text, f"s{place}", source=source) for place, text in enumerate(texts))
    return Article("news", segments, source_language="zh", target_language="en")


def ask(
    stub: Stub | str,
    *texts: str,
    clock: Clock | None = None,
    tally: Tally | None = None,
    cache: dict[str, str] | None = None,
    source: str | None = SOURCE,
    **settings: Any,
) -> list[Verdict]:
    url = stub if isinstance(stub, str) else stub.url
    context = Context(settings=chosen(url, **settings), cache=cache)
    judge = LanguageModel(clock or FakeClock())
    return list(judge.judge([article(*(texts or (TEXT,)), source=source)], context, tally))


def surfaces(verdict: Verdict, text: str = TEXT, source: str = SOURCE) -> list[str]:
    return [(text if flag.side == "target" else source)[flag.start : flag.end] for flag in verdict.flags]


def in_turn(*replies: Reply) -> Script:
    """The replies one after the other, the last one for ever."""
    return lambda _, number: replies[min(number, len(replies) - 1)]


def test_it_is_found_as_a_judge_and_not_as_a_detector() -> None:
    assert isinstance(judges()["llm"], LanguageModel)


def test_an_error_becomes_a_flag_with_its_words_category_and_advice(serve: Serve) -> None:
    stub = serve(in_turn(errors(error("fell", suggestion="rose"))))
    (verdict,) = ask(stub)
    assert (verdict.checked, verdict.score, verdict.reason) == (True, 5.0, "")
    assert surfaces(verdict) == ["fell"]
    flag = verdict.flags[0]
    assert (flag.category, flag.subcategory, flag.severity) == ("accuracy", "mistranslation", "major")
    assert (flag.message, flag.suggestions, flag.detector) == ("It says something else.", ("rose",), "llm")


def test_the_service_gets_key_model_languages_and_both_texts(serve: Serve) -> None:
    stub = serve(in_turn(errors()))
    ask(stub)
    assert stub.keys == [f"Bearer {KEY}"]
    assert stub.requests[0]["model"] == "m"
    assert stub.requests[0]["temperature"] == 0
    assert stub.requests[0]["response_format"]["type"] == "json_schema"
    assert segment_of(stub.requests[0]) == {
        "source language": "zh",
        "source": SOURCE,
        "target language": "en",
        "translation": TEXT,
    }


def test_without_a_source_the_model_is_told_so_and_without_a_key_none_is_sent(serve: Serve) -> None:
    stub = serve(in_turn(errors()))
    assert ask(stub, source=None, llm_key="")[0].checked
    assert "not at hand" in segment_of(stub.requests[0])["note"]
    assert stub.keys == [None]


def test_no_error_is_a_checked_verdict_without_flags(serve: Serve) -> None:
    assert ask(serve(in_turn(errors()))) == [Verdict(0, "s0", True, (), 0.0, "MQM penalty by WMT weights; 0 is best")]


def test_verdicts_come_in_order_for_many_segments_and_articles(serve: Serve) -> None:
    stub = serve(lambda request, _: errors(error(segment_of(request)["translation"].split()[-1])))
    given = [article(*(f"Text {number} says w{number}" for number in range(start, start + 30))) for start in (0, 30)]
    found = list(LanguageModel(FakeClock()).judge(given, Context(settings=chosen(stub.url))))
    assert [(v.article, v.segment) for v in found] == [(a, f"s{n}") for a in (0, 1) for n in range(30)]
    for number, verdict in enumerate(found):
        assert surfaces(verdict, f"Text {number} says w{number}") == [f"w{number}"]


def test_a_text_that_comes_twice_is_asked_about_once_and_the_cache_answers_later(serve: Serve) -> None:
    stub = serve(in_turn(errors(error("fell"))))
    cache: dict[str, str] = {}
    tally = Tally()
    assert [surfaces(v) for v in ask(stub, TEXT, TEXT, TEXT, cache=cache)] == [["fell"]] * 3
    assert [surfaces(v) for v in ask(stub, cache=cache, tally=tally)] == [["fell"]]
    assert (len(stub.requests), tally.cached) == (1, 1)
    ask(stub, cache=cache, llm_model="another")
    ask(stub, "Grain output rose.", cache=cache)
    assert len(stub.requests) == 3, "another model and another text are other questions"
    assert KEY not in json.dumps(cache)


def test_a_spoilt_answer_in_the_cache_is_asked_for_again(serve: Serve) -> None:
    stub = serve(in_turn(errors(error("fell"))))
    cache: dict[str, str] = {}
    ask(stub, cache=cache)
    cache = dict.fromkeys(cache, "spoilt")
    assert surfaces(ask(stub, cache=cache)[0]) == ["fell"]
    assert "spoilt" not in cache.values()


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (error("FELL  BY"), ["fell by"]),
        (error("output fel by a tenths"), ["output fell by a tenth"]),
        (error("“Grain output”"), ["Grain output"]),
        (error("Grain ... tenth"), ["Grain output fell by a tenth"]),
        (error("一成", side="source", category="accuracy/omission"), ["一成"]),
        (error("增长"), ["增长"]),
        (error(""), [""]),
    ],
    ids=["case", "near", "quotes", "gap", "source", "wrong side", "whole segment"],
)
def test_a_quote_is_found_where_it_stands(serve: Serve, told: dict[str, Any], found: list[str]) -> None:
    (verdict,) = ask(serve(in_turn(errors(told))))
    assert surfaces(verdict) == found


def test_a_quote_that_stands_nowhere_is_counted_and_weighs_but_gets_no_flag(serve: Serve) -> None:
    tally = Tally()
    (verdict,) = ask(serve(in_turn(errors(error("fell"), error("the price of copper")))), tally=tally)
    assert surfaces(verdict) == ["fell"]
    assert (tally.unlocatable, verdict.checked, verdict.score) == (1, True, 10.0)
    assert verdict.reason == "1 of 2 quotes stood nowhere in the segment."


def test_the_same_words_quoted_twice_are_their_two_places(serve: Serve) -> None:
    text = "the port and the port"
    (verdict,) = ask(serve(in_turn(errors(error("the port"), error("the port")))), text)
    assert [flag.start for flag in verdict.flags] == [0, 13]
    assert len({flag.id for flag in verdict.flags}) == 2


def test_of_two_errors_on_the_same_words_the_graver_is_kept(serve: Serve) -> None:
    (verdict,) = ask(serve(in_turn(errors(error("fell", severity="minor"), error("fell", severity="critical")))))
    assert [flag.severity for flag in verdict.flags] == ["critical"]
    assert verdict.score == 26.0


def test_a_suggestion_that_changes_nothing_is_left_out_and_an_empty_one_deletes(serve: Serve) -> None:
    (verdict,) = ask(serve(in_turn(errors(error("fell", suggestion="fell"), error("by", suggestion="")))))
    assert [flag.suggestions for flag in verdict.flags] == [(), ("",)]


@pytest.mark.parametrize("fence", ["```json\n{}\n```", "```\n{}\n```", "\n {} \n"])
def test_a_fenced_answer_is_read(serve: Serve, fence: str) -> None:
    content = fence.replace("{}", json.dumps({"errors": [error("fell")]}))
    assert surfaces(ask(serve(in_turn(completion(content))))[0]) == ["fell"]


UNREADABLE = {
    "truncated": completion('{"errors": [{"quote": "fell", "side": "transl'),
    "truncated fence": completion('```json\n{"errors": [{"quote": "fe'),
    "prose": completion("The translation looks good to me."),
    "no list": completion({"mistakes": []}),
    "bare list": completion([error("fell")]),
    "wrong severity": errors(error("fell", severity="catastrophic")),
    "wrong category": errors(error("fell", category="vibes")),
    "wrong side": errors(error("fell", side="margin")),
    "no quote": completion({"errors": [{"severity": "major"}]}),
    "quote is a number": errors({**error("fell"), "quote": 7}),
    "error is a string": completion({"errors": ["fell"]}),
    "too many": errors(*[error("fell")] * 101),
    "cut off": completion({"errors": []}, finish="length"),
    "refused": completion(None),
    "empty": completion("  "),
    "no choices": Reply(b'{"choices": []}'),
    "nested": completion("[" * 100_000),
}


@pytest.mark.parametrize("reply", UNREADABLE.values(), ids=UNREADABLE)
def test_an_answer_that_cannot_be_read_is_asked_for_again(serve: Serve, reply: Reply) -> None:
    stub = serve(in_turn(reply, errors(error("fell"))))
    assert surfaces(ask(stub)[0]) == ["fell"]
    assert [request["temperature"] for request in stub.requests] == [0, 0.3]


@pytest.mark.parametrize("reply", UNREADABLE.values(), ids=UNREADABLE)
def test_what_stays_unreadable_is_not_checked_and_never_no_error(serve: Serve, reply: Reply) -> None:
    cache: dict[str, str] = {}
    tally = Tally()
    stub = serve(in_turn(reply))
    (verdict,) = ask(stub, cache=cache, tally=tally)
    assert (verdict.checked, verdict.flags, verdict.score) == (False, (), None)
    assert verdict.reason.endswith("(3 tries).")
    assert (len(stub.requests), cache, tally.failures) == (3, {}, {verdict.reason: 1})


PASSING = {
    "500": refusal(500, "oops"),
    "502 with a page": Reply(b"<html>Bad gateway</html>", 502),
    "503": refusal(503),
    "429": refusal(429, "slow down"),
    "dropped": Reply(errors().body, how="drop"),
    "dropped at once": Reply(b"", headers={"Content-Length": "100"}),
    "a page": Reply(b"<html>Hello</html>"),
}


@pytest.mark.parametrize("reply", PASSING.values(), ids=PASSING)
def test_what_passes_is_tried_again_after_growing_waits(serve: Serve, reply: Reply) -> None:
    clock = FakeClock()
    stub = serve(in_turn(reply, reply, errors(error("fell"))))
    assert surfaces(ask(stub, clock=clock)[0]) == ["fell"]
    slower = 8 if reply.status == 429 else 1
    assert [wait for wait in clock.waits if wait >= 1] == [1 * slower, 2 * slower]


@pytest.mark.parametrize("reply", PASSING.values(), ids=PASSING)
def test_what_does_not_pass_is_not_checked_after_four_tries(serve: Serve, reply: Reply) -> None:
    clock = FakeClock()
    stub = serve(in_turn(reply))
    (verdict,) = ask(stub, clock=clock)
    assert (verdict.checked, verdict.flags, len(stub.requests)) == (False, (), 4)
    assert verdict.reason.endswith("(4 tries).")
    slower = 8 if reply.status == 429 else 1
    assert [wait for wait in clock.waits if wait >= 1] == [1 * slower, 2 * slower, 4 * slower]


@pytest.mark.parametrize("how", ["hang", "drip"])
def test_an_answer_that_does_not_come_in_time_is_not_waited_for(serve: Serve, how: str) -> None:
    stub = serve(in_turn(Reply(errors().body, how=how), errors(error("fell"))))
    assert surfaces(ask(stub, llm_timeout=0.4)[0]) == ["fell"]
    (verdict,) = ask(serve(in_turn(Reply(errors().body, how=how))), llm_timeout=0.05)
    assert verdict.reason == "127.0.0.1 did not answer within 0.05 seconds (4 tries)."


def test_retry_after_is_heeded_in_seconds_and_as_a_date(serve: Serve) -> None:
    clock = FakeClock()
    date = formatdate(clock.today() + 30, usegmt=True)
    stub = serve(
        in_turn(refusal(429, headers={"Retry-After": "17"}), refusal(503, headers={"Retry-After": date}), errors())
    )
    assert ask(stub, clock=clock)[0].checked
    long = [wait for wait in clock.waits if wait >= 1]
    assert long[0] == 17
    assert 12 < long[1] <= 30, "the date was set before the 17 seconds"


def test_a_retry_after_of_an_hour_ends_the_asking(serve: Serve) -> None:
    stub = serve(in_turn(refusal(429, headers={"Retry-After": "3600"})))
    found = ask(stub, *(f"Text {number}." for number in range(50)))
    assert not any(verdict.checked for verdict in found)
    assert len(stub.requests) <= AHEAD, "no more than were under way"
    assert "asks to wait 3600 seconds" in found[-1].reason


@pytest.mark.parametrize(
    ("reply", "part"),
    [
        (refusal(401, f"Incorrect API key provided: {KEY}"), "check REVIEW_LLM_KEY"),
        (refusal(403), "check REVIEW_LLM_KEY"),
        (refusal(404, "no such model"), "check REVIEW_LLM_URL and REVIEW_LLM_MODEL"),
        (refusal(429, "You exceeded it", code="insufficient_quota"), "quota is used up"),
        (refusal(307, headers={"Location": "http://127.0.0.1:1/elsewhere"}), "a redirect"),
    ],
)
def test_what_will_not_pass_is_asked_once_and_ends_the_batch(serve: Serve, reply: Reply, part: str) -> None:
    stub = serve(in_turn(reply))
    found = ask(stub, *(f"Text {number}." for number in range(50)))
    assert len(found) == 50
    assert all(not verdict.checked and part in verdict.reason for verdict in found)
    assert len(stub.requests) <= AHEAD


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_key_is_not_carried_along_a_redirect(serve: Serve, status: int) -> None:
    elsewhere = serve(in_turn(errors()))
    (verdict,) = ask(serve(in_turn(refusal(status, headers={"Location": f"{elsewhere.url}/chat/completions"}))))
    assert elsewhere.keys == []
    assert "a redirect; set REVIEW_LLM_URL" in verdict.reason


def test_a_refused_segment_does_not_stop_the_others_and_is_told_without_the_key(serve: Serve) -> None:
    def script(request: dict[str, Any], number: int) -> Reply:
        if segment_of(request)["translation"] == "Bad.":
            return refusal(413, f"too long for {KEY}")
        return errors()

    found = ask(serve(script), "Good.", "Bad.", "Fine.")
    assert [verdict.checked for verdict in found] == [True, False, True]
    assert found[1].reason == "127.0.0.1 answered 413: too long for [key]."


def test_after_some_segments_without_answer_the_rest_is_not_asked_about(serve: Serve) -> None:
    stub = serve(in_turn(refusal(500)))
    found = ask(stub, *(f"Text {number}." for number in range(100)))
    assert not any(verdict.checked for verdict in found)
    assert len(stub.requests) <= 4 * (GIVE_UP + AHEAD)
    assert "was not asked again" in found[-1].reason


def test_a_mistake_in_the_asking_itself_leaves_one_segment_unchecked(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = endpoint.Endpoint.complete

    def broken(self: endpoint.Endpoint, messages: Any, temperature: float = 0.0) -> str:
        if "Bad." in messages[-1]["content"]:
            raise ZeroDivisionError("with a secret in it")
        return complete(self, messages, temperature)

    monkeypatch.setattr(endpoint.Endpoint, "complete", broken)
    found = ask(serve(in_turn(errors())), "Good.", "Bad.", "Fine.")
    assert [verdict.checked for verdict in found] == [True, False, True]
    assert found[1].reason == "Asking failed (ZeroDivisionError)."


def test_a_service_that_is_not_there_is_said_so() -> None:
    (verdict,) = ask("http://127.0.0.1:9")
    assert not verdict.checked
    assert "127.0.0.1 cannot be reached" in verdict.reason


def test_a_service_without_json_forms_or_temperature_is_asked_more_simply(serve: Serve) -> None:
    def script(request: dict[str, Any], number: int) -> Reply:
        if "temperature" in request:
            return refusal(400, "Unsupported value: 'temperature' does not support 0.")
        if "response_format" in request:
            return refusal(400, "response_format is not known here")
        return errors()

    stub = serve(script)
    found = ask(stub, *(f"Text {number}." for number in range(40)))
    assert all(verdict.checked for verdict in found)
    assert "temperature" not in stub.requests[-1]
    assert "response_format" not in stub.requests[-1]
    assert len(stub.requests) < 40 + 4 * 8, "what it does not take is learned once"


def test_requests_keep_to_the_rate(serve: Serve) -> None:
    clock = FakeClock()
    began = clock.time
    ask(serve(in_turn(errors())), *(f"Text {number}." for number in range(10)), clock=clock, llm_per_minute=30)
    assert clock.time - began >= 9 * 2


def test_an_empty_text_is_not_checked_and_not_sent(serve: Serve) -> None:
    stub = serve(in_turn(errors()))
    assert [verdict.checked for verdict in ask(stub, " ", TEXT)] == [False, True]
    assert len(stub.requests) == 1


def test_asking_ends_when_nobody_listens_any_more(serve: Serve) -> None:
    stub = serve(in_turn(errors()))
    texts = [f"Text {number}." for number in range(200)]
    asking = LanguageModel(FakeClock()).judge([article(*texts)], Context(settings=chosen(stub.url)))
    next(asking)
    asking.close()
    assert len(stub.requests) <= 9


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        ({}, "Set REVIEW_LLM_URL and REVIEW_LLM_MODEL"),
        ({"llm_url": "http://x/v1"}, "Set REVIEW_LLM_MODEL"),
        ({"llm_url": "file:///etc/passwd", "llm_model": "m"}, "no http address"),
        ({"llm_url": "http://", "llm_model": "m"}, "no http address"),
        ({"llm_url": "http://x:99999/v1", "llm_model": "m"}, "no http address"),
        ({"llm_url": f"http://user:{KEY}@x/v1", "llm_model": "m"}, "put the key in REVIEW_LLM_KEY"),
        ({"llm_url": "http://x/v1", "llm_model": "m", "llm_key": "a\nb"}, "REVIEW_LLM_KEY holds signs"),
    ],
)
def test_what_is_not_set_is_named(settings: dict[str, str], part: str) -> None:
    given = Settings(**settings)  # type: ignore[arg-type]
    able, reason = LanguageModel().available(given)
    assert not able
    assert part in reason
    assert KEY not in reason
    (verdict,) = LanguageModel().judge([article(TEXT)], Context(settings=given))
    assert (verdict.checked, verdict.reason) == (False, reason)


def test_the_key_is_not_in_what_settings_show_of_themselves() -> None:
    assert KEY not in repr(Settings(llm_key=KEY, secret=KEY))


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("http://x/v1", "http://x/v1/chat/completions"),
        ("http://x/v1/", "http://x/v1/chat/completions"),
        (" https://x/openai/chat/completions ", "https://x/openai/chat/completions"),
    ],
)
def test_a_base_address_is_completed(url: str, whole: str) -> None:
    assert endpoint.address(url) == whole


def test_the_estimate_counts_what_is_not_in_the_cache(serve: Serve) -> None:
    stub = serve(in_turn(errors()))
    cache: dict[str, str] = {}
    ask(stub, TEXT, cache=cache)
    given = [article(TEXT, "Another.", "Another.", "")]
    settings = chosen(stub.url, llm_per_minute=30, llm_price_in=1.0, llm_price_out=2.0)
    found = LanguageModel().estimate(given, Context(settings=settings, cache=cache))
    assert (found.segments, found.calls, found.seconds) == (2, 1, 2.0)
    assert found.cost is not None
    assert 0.0003 < found.cost < 0.01
    free = LanguageModel().estimate(given, Context(settings=chosen(stub.url), cache=cache))
    assert free.cost is None
    assert len(stub.requests) == 1, "an estimate asks nobody"
