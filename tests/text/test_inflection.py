"""Endings of English words: taken off for looking up, put on for writing."""

from __future__ import annotations

import pytest

from review.text import inflection


@pytest.mark.parametrize(
    ("word", "form", "ending"),
    [
        ("cities", "city", "s"),
        ("boxes", "box", "s"),
        ("cycles", "cycle", "s"),
        ("planned", "plan", "ed"),
        ("carried", "carry", "ed"),
        ("arranged", "arrange", "ed"),
        ("making", "make", "ing"),
        ("meeting", "meet", "ing"),
        ("held", "hold", "ed"),
        ("took", "take", "ed"),
        ("children", "child", "s"),
        ("Organisations", "organization", "s"),
    ],
)
def test_a_word_leads_back_to_its_dictionary_form(word: str, form: str, ending: str) -> None:
    assert (form, ending) in inflection.forms(word)


def test_a_word_stands_for_itself_first() -> None:
    assert inflection.forms("News")[0] == ("news", "")


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("enterprise", "enterprises"),
        ("company", "companies"),
        ("branch", "branches"),
        ("circulation", "circulation"),
        ("sister", "sisters"),
        ("goods", "goods"),
        ("class", "classes"),
        ("valley", "valleys"),
    ],
)
def test_a_noun_gets_its_plural(noun: str, plural: str) -> None:
    assert inflection.plural(noun) == plural


@pytest.mark.parametrize(
    ("verb", "ending", "word"),
    [
        ("join", "ed", "joined"),
        ("plan", "ed", "planned"),
        ("plan", "ing", "planning"),
        ("carry", "ed", "carried"),
        ("make", "ing", "making"),
        ("make", "ed", "made"),
        ("hold", "ed", "held"),
        ("visit", "ed", "visited"),
        ("begin", "ing", "beginning"),
        ("share", "s", "shares"),
        ("do", "s", "does"),
        ("agree", "ed", "agreed"),
    ],
)
def test_a_verb_gets_its_ending(verb: str, ending: str, word: str) -> None:
    assert inflection.conjugate(verb, ending) == word


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("deputy secretary of the committee", "secretary"),
        ("official concerned", "official"),
        ("small and micro business", "business"),
        ("dual circulation", "circulation"),
        ("Officer", "Officer"),
    ],
)
def test_the_head_of_a_noun_phrase_is_found(phrase: str, head: str) -> None:
    words = phrase.split()
    assert words[inflection.head(words)] == head


@pytest.mark.parametrize(
    ("phrase", "article"), [("industrial hub", "an"), ("union", "a"), ("hour", "an"), ("real-economy firm", "a")]
)
def test_the_article_goes_by_sound(phrase: str, article: str) -> None:
    assert inflection.article_for(phrase) == article
