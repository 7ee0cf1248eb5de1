"""The notation of renderings: slots, verbs, and what is written in place of the words found."""

from __future__ import annotations

import pytest

from review.errors import InputError
from review.text import rendering


def written(text: str, surface: str, ending: str = "", **where: bool) -> str:
    return rendering.replace(rendering.parse(text), {}, ending, surface, **where)


def test_a_slot_stands_for_each_of_its_choices() -> None:
    parsed = rendering.parse("{municipal|county} {party|} clerk")
    assert [text for text, _ in parsed.wordings()] == [
        "municipal party clerk",
        "municipal clerk",
        "county party clerk",
        "county clerk",
    ]


def test_a_slot_prints_in_the_replacement_what_was_found() -> None:
    _, bound = rendering.parse("hub of the {country:national|world}").wordings()[0]
    assert rendering.parse("{world|country:national} hub").write(bound) == "national hub"
    assert rendering.parse("{world|country:national} hub").write({}) == "world hub"


def test_a_replacement_with_a_name_needs_one() -> None:
    parsed = rendering.parse("{name} Group")
    assert parsed.write({rendering.NAME: "Haier"}) == "Haier Group"
    assert parsed.write({}) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [("{municipal|county clerk", "brace"), ("municipal} clerk", "brace"), ("", "no words"), ("{|}", "no words")],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why) as error:
        rendering.parse(text)
    assert "\n" not in str(error.value)


def test_too_many_wordings_are_refused() -> None:
    slot = "{a|b|c|d|e|f|g|h}"
    with pytest.raises(InputError, match="512 wordings; 400 are allowed"):
        rendering.parse(f"{slot} {slot} {slot}")


def test_the_ending_is_carried_over() -> None:
    assert written("real-economy enterprise", "physical enterprises", "s") == "real-economy enterprises"
    assert (
        written("deputy secretary of the committee", "undersecretaries", "s") == "deputy secretaries of the committee"
    )
    assert written("dual circulation", "double cycles", "s") == "dual circulation"
    assert written("to join the inspection", "participated in the survey", "ed") == "joined the inspection"
    assert written("to join the inspection", "participating in the survey", "ing") == "joining the inspection"
    assert written("COSMOPlat", "Kaoses", "s") == "COSMOPlat"
    assert written("rural areas, farmers and crops", "three agricultures", "s") == "rural areas, farmers and crops"


def test_the_capital_that_opens_a_sentence_is_kept_and_no_other() -> None:
    assert written("dual circulation", "Double cycle", opens=True) == "Dual circulation"
    assert written("dual circulation", "Double Cycle") == "dual circulation"
    assert written("COSMOPlat", "kaos") == "COSMOPlat"


def test_headlines_keep_their_capitals() -> None:
    assert written("state of the art", "Best of Its Kind", titled=True) == "State of the Art"
    assert written("dual circulation", "DOUBLE CYCLE") == "DUAL CIRCULATION"


def test_an_article_that_the_words_cover_is_repaired() -> None:
    assert written("industrial internet hub", "a hub of internet") == "an industrial internet hub"
    assert written("real economy", "an entity economy") == "a real economy"
    assert written("real economy", "entity economy") == "real economy"
