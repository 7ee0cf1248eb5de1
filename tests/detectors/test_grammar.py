"""Grammar and spelling: Harper's word on English, kept to what was measured, and switched off by a setting."""

from __future__ import annotations

import threading

import pytest

from review.detectors import Context, detectors
from review.detectors.grammar import engine
from review.model import Article, Flag, Segment
from review.settings import Settings

GRAMMAR = detectors()["grammar"]


def flags(text: str, language: str = "en", settings: Settings | None = None, **evidence: object) -> list[Flag]:
    segment = Segment(text, "1", **evidence)  # type: ignore[arg-type]
    return list(GRAMMAR.detect(Article("x", (segment,), target_language=language), Context(settings=settings)))


def surfaces(text: str, language: str = "en") -> list[str]:
    return [text[flag.start : flag.end] for flag in flags(text, language)]


def test_suggestions_are_handed_on() -> None:
    assert [flag.suggestions[0] for flag in flags("The company recieved an order.")] == ["received"]
    assert [flag.suggestions for flag in flags("He gave a interview.")] == [("an",)]


def test_places_are_code_points() -> None:
    text = "💥💥 The goverment met."
    assert surfaces(text) == ["goverment"]


@pytest.mark.parametrize("language", ["de", "fr", "zh", "ar", "es"])
def test_other_languages_are_left_alone(language: str) -> None:
    assert flags("The company recieved a order.", language) == []


def test_a_region_chooses_the_spelling() -> None:
    british = "The neighbouring towns were organised by the centre."
    assert surfaces(british) == []
    assert surfaces(british, "en-GB") == []
    assert "neighbouring" in surfaces(british, "en-US")


@pytest.mark.parametrize(
    ("language", "number"),
    [("en", None), ("en-US", 0), ("en-GB", 1), ("en-Latn-AU", 2), ("en_CA", 3), ("en-IN", 4), ("en-001", None)],
)
def test_the_dialect_is_told_by_the_region(language: str, number: int | None) -> None:
    assert engine.dialect(language) == number


@pytest.mark.parametrize("word", ["Rizhao", "Kaos", "RCEP", "COSMOPlat", "erhu", "tramadol", "near-sightednes"])
def test_names_and_rare_words_are_no_slips(word: str) -> None:
    assert surfaces(f"They spoke of {word} again.") == []


def test_a_word_that_other_evidence_has_is_no_slip() -> None:
    text = "They call it a harbur in the north."
    assert surfaces(text) == ["harbur"]
    assert flags(text, source="他们称之为harbur。") == []
    assert flags(text, references=("The harbur, as it is called.",)) == []
    assert flags(text, alternatives=("It is a Harbur.",)) == []


def test_a_segment_in_another_script_is_passed_over() -> None:
    assert flags("今天上午，会议在北京召开。a order") == []


def test_it_is_switched_off_by_a_setting() -> None:
    text = "He gave a interview."
    assert flags(text, settings=Settings(grammar=True))
    assert flags(text, settings=Settings(grammar=False)) == []
    assert GRAMMAR.available(Settings(grammar=False)) == (
        False,
        "Grammar and spelling are switched off; set REVIEW_GRAMMAR=1 to check them.",
    )


def test_without_the_package_it_is_silent_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.detectors.grammar.installed", lambda: False)
    assert flags("He gave a interview.") == []
    ready, reason = GRAMMAR.available(Settings())
    assert not ready
    assert "install the package harper-py" in reason


def test_a_thread_keeps_its_linter_and_shares_it_with_none() -> None:
    mine = engine.linter(0)
    assert engine.linter(0) is mine
    others: list[object] = []
    thread = threading.Thread(target=lambda: others.append(engine.linter(0)))
    thread.start()
    thread.join()
    assert others
    assert others[0] is not mine


def test_very_long_text_is_passed_over() -> None:
    assert flags("He gave a interview. " * 1000) == []


def test_two_hyphens_are_let_be_where_the_whole_article_has_them() -> None:
    once = tuple(
        Segment(text, str(n)) for n, text in enumerate(("The port -- perhaps the best -- grew.", "It is big."))
    )
    always = tuple(Segment(f"The port -- number {n} -- grew.", str(n)) for n in range(20, 26))
    found = [list(GRAMMAR.detect(Article("x", s, target_language="en"), Context())) for s in (once, always)]
    assert [len(flags) for flags in found] == [2, 0]
    assert {flag.severity for flag in found[0]} == {"neutral"}


def test_a_text_is_read_once_however_often_it_is_flagged() -> None:
    text = "The quay has a iron crane, seen once only."
    flags(text)
    before = engine.findings.cache_info()
    assert flags(text) == flags(text)
    after = engine.findings.cache_info()
    assert (after.hits - before.hits, after.misses - before.misses) == (2, 0)


def test_the_list_of_detectors_says_why_it_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from review.cli.detectors import COMMAND

    monkeypatch.setattr("review.settings.settings", lambda: Settings(grammar=False))
    result = CliRunner().invoke(COMMAND)
    assert result.exit_code == 0
    assert "set REVIEW_GRAMMAR=1 to check them" in result.output
