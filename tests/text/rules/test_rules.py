"""What a rule changes: words with their endings, letter case, articles, groups, and what it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.errors import InputError
from review.model import Rule
from review.text.rules import Replacer, applied
from review.text.rules.nearly import nearly


def changed(text: str, find: str, replace: str, *, source_text: str | None = None, **more: Any) -> str:
    replacer = Replacer(Rule(find, replace, **more))
    return applied(text, replacer.changes(text, source_text))


@pytest.mark.parametrize(
    ("text", "find", "replace", "after"),
    [
        ("Kaos's users and the Kaos platform", "Kaos", "COSMOPlat", "COSMOPlat's users and the COSMOPlat platform"),
        ("Chaos and Kaoslike stay", "Kaos", "COSMOPlat", "Chaos and Kaoslike stay"),
        ("two double cycles", "double cycle", "growth loop", "two growth loops"),
        ("two double cycles", "double cycle", "dual circulation", "two dual circulation"),
        ("a double-cycle", "double cycle", "dual circulation", "a dual circulation"),
        ("It implemented this, implements it", "implement", "carry out", "It carried out this, carries out it"),
        ("They held a symposium", "hold a symposium", "organise a seminar", "They organised a seminar"),
        ("They held a symposium", "to hold a symposium", "to organise a seminar", "They organised a seminar"),
        ("an organisation, Organizations", "organization", "body", "a body, Bodies"),
        ("a data-base", "database", "data store", "a data store"),
        ("the labor camp", "labour", "work", "the work camp"),
        ("in the U.S. and the xU.S.", "U.S.", "United States", "in the United States and the xU.S."),
        ("双循环和双 循环", "双循环", "大循环", "大循环和大循环"),
        ("用Kaos平台", "Kaos", "卡奥斯", "用卡奥斯平台"),
        ("the new\u00a0 pattern", "new pattern", "new setting", "the new setting"),
        ("Kaos helps", "Kaos", "\t", "\t helps"),
    ],
)
def test_whole_words_take_their_endings_along(text: str, find: str, replace: str, after: str) -> None:
    assert changed(text, find, replace) == after


def test_without_inflection_other_forms_are_other_words() -> None:
    assert changed("cycle cycles", "cycle", "loop", inflected=False) == "loop cycles"


@pytest.mark.parametrize(
    ("text", "find", "replace", "after"),
    [
        (
            "Double cycle is a double cycle",
            "double cycle",
            "dual circulation",
            "Dual circulation is a dual circulation",
        ),
        ("Building the Double Cycle Fast", "double cycle", "dual circulation", "Building the Dual Circulation Fast"),
        ("THE DOUBLE CYCLE", "double cycle", "dual circulation", "THE DUAL CIRCULATION"),
        ("New Platform Opens Great Markets", "platform", "cloud platform", "New Cloud Platform Opens Great Markets"),
        ("kaos Kaos KAOS", "Kaos", "COSMOPlat", "COSMOPlat COSMOPlat COSMOPlat"),
        ("HAIER OPENS KAOS PLATFORM", "Kaos", "COSMOPlat", "HAIER OPENS COSMOPLAT PLATFORM"),
        ("KAOS and AI", "KAOS", "Haier", "Haier and AI"),
        ("a double cycle", "Double cycle", "Dual circulation", "a dual circulation"),
        ("kaos", "Kaos", "Haier", "Haier"),
        ("Phone calls", "phone", "iPhone", "iPhone calls"),
        ("The Internet. Internet is old", "Internet", "internet", "The internet. Internet is old"),
        ("Cosmoplat, COSMOPlat", "cosmoplat", "COSMOPlat", "COSMOPlat, COSMOPlat"),
    ],
)
def test_the_replacement_takes_the_letter_case_of_its_place(text: str, find: str, replace: str, after: str) -> None:
    assert changed(text, find, replace) == after


def test_letter_case_counts_and_is_kept_only_as_asked() -> None:
    assert changed("Kaos kaos", "Kaos", "COSMOPlat", case=True) == "COSMOPlat kaos"
    assert changed("Kaos kaos", "kaos", "cosmo", keep_case=False) == "cosmo cosmo"
    assert changed("a Kaos kaos", "Kaos", "x", kind="literal", case=True) == "a x kaos"
    assert changed("a Kaos kaos", "Kaos", "x", kind="pattern", case=True) == "a x kaos"


@pytest.mark.parametrize(
    ("text", "find", "replace", "after"),
    [
        ("a double cycle", "double cycle", "internal cycle", "an internal cycle"),
        ("A double cycle", "double cycle", "internal cycle", "An internal cycle"),
        ("An economic cycle", "economic cycle", "business cycle", "A business cycle"),
        ("a Kaos, an economic double cycle", "Kaos", "COSMOPlat", "a COSMOPlat, an economic double cycle"),
        ("an economic double cycle", "double cycle", "internal cycle", "an economic internal cycle"),
        ("a double cycle", "double cycle", "the dual circulation", "the dual circulation"),
        ("an hour", "hour", "minute", "a minute"),
        ("a unit", "unit", "element", "an element"),
        ("plan a, platform", "platform", "installation", "plan a, installation"),
        ("vitamin-a platform", "platform", "installation", "vitamin-a installation"),
    ],
)
def test_the_article_before_is_repaired(text: str, find: str, replace: str, after: str) -> None:
    assert changed(text, find, replace) == after


def test_an_a_of_another_language_is_no_article() -> None:
    replacer = Replacer(Rule("ciclo", "anillo"))
    assert applied("a ciclo", replacer.changes("a ciclo", language="es-ES")) == "a anillo"


def test_words_that_read_right_already_are_no_hits() -> None:
    assert changed("cloud platform, platform", "platform", "cloud platform") == "cloud platform, cloud platform"
    assert changed("a Cloud-Platform", "platform", "cloud platform") == "a Cloud-Platform"
    assert changed("AI technology and AI", "AI", "AI technology", kind="literal") == "AI technology and AI technology"
    assert changed("platforms of the cloud", "platform", "platform of the cloud") == "platforms of the cloud"


@settings(deadline=None)
@given(
    st.text("aAbB .-", max_size=30), st.sampled_from(["a", "b", "a b", "ab"]), st.sampled_from(["a b", "b a b", "ab a"])
)
def test_a_rule_followed_twice_changes_nothing_more_where_its_words_are_in_the_replacement(
    text: str, find: str, replace: str
) -> None:
    if find not in replace or find == replace or replace.count(find) != 1:
        return
    if any(replace.endswith(find[:size]) or replace.startswith(find[-size:]) for size in range(1, len(find))):
        return  # with the characters beside it the replacement may make the words anew
    once = changed(text, find, replace, kind="literal", case=True, keep_case=False)
    assert changed(once, find, replace, kind="literal", case=True, keep_case=False) == once


def test_literal_characters_stand_within_words_too() -> None:
    assert changed("Kaoslike 100%", "aos", "o", kind="literal") == "Kolike 100%"
    assert changed("a  b", "a b", "c", kind="literal") == "c"


def test_a_pattern_writes_its_groups() -> None:
    assert changed("5 percent", r"(\d+) percent", r"\1%", kind="pattern") == "5%"
    assert changed("Li Ming", r"(\w+) (\w+)", r"\2 \1, \0, \\", kind="pattern") == "Ming Li, Li Ming, \\"
    assert changed("ab", r"(a)|(b)", r"[\1\2]", kind="pattern") == "[a][b]"
    assert changed("é (a)", r"\((a)\)", r"\1", kind="pattern") == "é a"
    assert changed("ab\na", r"^a", "x", kind="pattern") == "xb\na"


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Rule("(a)b", r"\2", kind="pattern"), r"names group \2, but the pattern has 1 group"),
        (Rule("ab", r"\1", kind="pattern"), "has no groups"),
        (Rule("(a", "b", kind="pattern"), "missing )"),
        (Rule(" ", "b"), "nothing to look for"),
        (Rule("a", "a"), "replaced by itself"),
        (Rule("a", "b", kind="magic"), "kind is one of"),
        (Rule("a", "b", source="(", source_kind="pattern"), "missing )"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_in_a_sentence(rule: Rule, why: str) -> None:
    with pytest.raises(InputError) as error:
        Replacer(rule)
    assert why in str(error.value)


def test_the_source_must_say_it() -> None:
    assert changed("Kaos", "Kaos", "COSMOPlat", source="卡奥斯", source_text="用卡奥斯") == "COSMOPlat"
    assert changed("Kaos", "Kaos", "COSMOPlat", source="卡奥斯", source_text="没有") == "Kaos"
    assert changed("Kaos", "Kaos", "COSMOPlat", source="卡奥斯") == "Kaos"
    assert changed("Kaos", "Kaos", "COSMOPlat", source=r"\d", source_kind="pattern", source_text="5") == "COSMOPlat"
    assert changed("Kaos", "Kaos", "X", source="aos", source_kind="literal", source_text="Kaos") == "X"
    assert changed("Kaos", "Kaos", "X", source="aos", source_text="Kaos") == "Kaos"


def test_deleted_words_take_a_space_along() -> None:
    assert changed("a very good day", "very", "") == "a good day"
    assert changed("It is good, indeed.", "good", "") == "It is, indeed."
    assert changed("Very good", "very", "") == "good"


def test_what_would_break_a_code_or_empty_a_text_is_refused() -> None:
    replacer = Replacer(Rule("Kaos", "COSMOPlat"))
    text = "<b title='Kaos'>x</b>"
    assert "break <b title='Kaos'>" in replacer.refusal(text, replacer.changes(text))
    assert replacer.refusal("<b>Kaos</b>", replacer.changes("<b>Kaos</b>")) == ""
    empty = Replacer(Rule("Kaos", ""))
    assert "nothing would be left" in empty.refusal(" Kaos ", empty.changes(" Kaos "))


def test_nearly_the_words_are_found_for_a_transfer() -> None:
    rule = Rule("double cycle pattern", "dual circulation pattern")
    text = "A double-cycled patern is new."
    assert applied(text, nearly(rule, text)) == "A dual circulation pattern is new."
    assert nearly(rule, "the dual circulation pattern") == []
    assert nearly(rule, "nothing like it") == []
    assert nearly(Rule("a+", "b", kind="pattern"), "aaa") == []
