"""What a doubtful stretch's flag says."""

from __future__ import annotations

from review.detectors.doubt.advice import advice
from review.model import Segment


def advise(text: str, wrong: str, **given: tuple[str, ...]) -> tuple[str, tuple[str, ...], str]:
    at = [word.lower() for word in text.rstrip(".").split()].index(wrong)
    return advice(Segment(text, "0", **given), at, at, "en")  # type: ignore[arg-type]


def test_a_reference_says_what_stands_there() -> None:
    message, suggestions, evidence = advise("The deputy spoke.", "deputy", references=("The vice mayor spoke.",))
    assert message == "“deputy” is “vice mayor” in the reference."
    assert suggestions == ("vice mayor",)
    assert evidence == "reference: vice mayor"


def test_two_outputs_that_agree_say_so() -> None:
    message, suggestions, evidence = advise(
        "The lantern opened.", "lantern", alternatives=("The port opened.", "The port opened today.")
    )
    assert message == "“lantern” is “port” in both other systems."
    assert suggestions == ("port",)
    assert evidence == "other system: port; other system: port"


def test_outputs_that_differ_are_counted() -> None:
    message, suggestions, _ = advise(
        "The lantern opened.",
        "lantern",
        references=("The port opened.",),
        alternatives=("The port opened.", "The harbour opened."),
    )
    assert message == "“lantern” is “port” in 2 of 3 (the reference and both other systems)."
    assert suggestions == ("port", "harbour")


def test_a_word_that_nobody_else_has_is_said_to_have_nothing_in_its_place() -> None:
    message, suggestions, _ = advise("The port newly opened.", "newly", references=("The port opened.",))
    assert message == "“newly” has nothing in its place in the reference."
    assert suggestions == ()


def test_a_word_that_others_have_too_is_said_to_stand_there() -> None:
    message, suggestions, _ = advise("The port opened.", "port", references=("The port of Rizhao opened.",))
    assert message == "“port” stands in the reference too, but wordings like it are often changed."
    assert suggestions == ()


def test_without_other_texts_it_sends_to_the_source() -> None:
    message, suggestions, evidence = advise("The port opened.", "port")
    assert "check it against the source" in message
    assert (suggestions, evidence) == ((), "")


def test_another_sentence_is_no_suggestion() -> None:
    other = ("One two three four five six seven eight nine ten eleven.",)
    message, suggestions, _ = advise("Lantern.", "lantern", references=other)
    assert message == "“Lantern” has nothing in its place in the reference."
    assert suggestions == ()
