"""Renderings of a source term: found by where they stand, told from words of the topic, parted by spelling."""

from __future__ import annotations

import pytest

from review.text.association import SIGNIFICANT, log_likelihood
from review.text.renderings import Bitext, recurring, renderings

TOPICS = ("platform", "factory", "harbour", "school", "museum", "market", "theatre", "station")
VERBS = ("opened", "closed", "moved", "grew", "shrank", "burned", "reopened", "doubled")


def bitext(renders: list[str], term: str = "卡奥斯", beside: int = 40) -> Bitext:
    """Segments in which the term is rendered so, each in other words, and segments without it."""
    pairs = [
        (
            f"第{n}天，{term}参观了第{n}号地。",
            f"On day {n} the {TOPICS[n % 8]} that {VERBS[n % 8]} was visited by {one} in town.",
        )
        for n, one in enumerate(renders)
    ]
    pairs += [
        (f"第{n}个别的句子。", f"The {TOPICS[n % 8]} of day {n} was visited by us when it {VERBS[n % 8]} in town.")
        for n in range(beside)
    ]
    return Bitext(pairs)


def counts(made: Bitext, term: str = "卡奥斯") -> dict[str, int]:
    return {group.text: len(group.places) for group in renderings(made, term, made.having(term))}


def test_log_likelihood_is_dunnings() -> None:
    # Dunning 1993, table 5: "the swiss" 110, 2442, 111, 29114 has 270.72.
    assert log_likelihood(110, 2442, 111, 29114) == pytest.approx(270.72, abs=0.01)
    assert log_likelihood(10, 10, 10, 10) == 0
    assert log_likelihood(0, 0, 5, 5) == 0
    assert log_likelihood(3, 0, 0, 50) > SIGNIFICANT


def test_every_rendering_is_found_with_its_count_and_its_places() -> None:
    made = bitext(["Kaos"] * 6 + ["COSMOPlat"] * 4 + ["Card Oss"] * 3)
    assert counts(made) == {"Kaos": 6, "COSMOPlat": 4, "Card Oss": 3}
    first = renderings(made, "卡奥斯", made.having("卡奥斯"))[0]
    for number, places in first.places.items():
        assert [made.pairs[number][1][place.start : place.end] for place in places] == ["Kaos"]


def test_words_of_the_topic_are_no_rendering() -> None:
    topic = [
        (f"卡奥斯工业互联网{n}。", f"{name} builds the industrial Internet, part {n}.")
        for n, name in enumerate(["Kaos"] * 6 + ["COSMOPlat"] * 4)
    ]
    others = [(f"工业互联网{n}。", f"They build the industrial Internet, part {n}.") for n in range(8)]
    made = Bitext([*topic, *others, *bitext([]).pairs])
    assert counts(made) == {"Kaos": 6, "COSMOPlat": 4}


def test_a_name_that_stands_once_is_found_by_its_likeness() -> None:
    made = bitext(["Xia Liyan"] * 5 + ["Hsia Li-yan"], "夏立言")
    assert counts(made, "夏立言") == {"Xia Liyan": 5, "Hsia Li-yan": 1}


def test_inflected_forms_and_sentence_capitals_are_one_rendering_and_inner_capitals_are_another() -> None:
    assert counts(bitext(["double cycle", "double cycles", "Double cycle", "double cycle"])) == {"double cycle": 4}
    assert counts(bitext(["COSMOPlat"] * 3 + ["Cosmoplat"] * 2)) == {"COSMOPlat": 3, "Cosmoplat": 2}


def test_what_several_systems_make_of_one_source_is_one_piece_of_evidence() -> None:
    same = [("某物在此。", f"A {word} is here, again.") for word in ("gadget", "gadget", "gizmo")]
    made = Bitext([*same, *bitext([]).pairs])
    assert counts(made, "某物") == {}
    more = [("别处有某物。", "There is a gadget elsewhere.")]
    assert counts(Bitext([*same, *more, *bitext([]).pairs]), "某物") == {"gadget": 3}


def test_segments_in_which_none_can_be_found_stay_without() -> None:
    made = bitext(["Kaos"] * 6 + ["it", "they"])
    found = renderings(made, "卡奥斯", made.having("卡奥斯"))
    assert {number for group in found for number in group.places} == set(range(6))


def test_what_a_termbase_knows_goes_first_with_its_status() -> None:
    made = bitext(["Kaos"] * 5 + ["the COSMOPlat"] * 2 + ["Card Oss"] * 3)

    def known(text: str) -> list[tuple[int, int, str]]:
        at = text.find("the COSMOPlat")
        return [(at, at + 13, "preferred")] if at >= 0 else []

    found = renderings(made, "卡奥斯", made.having("卡奥斯"), known)
    told = {group.text: (group.known, len(group.places)) for group in found}
    assert told == {"Kaos": ("", 5), "Card Oss": ("", 3), "COSMOPlat": ("preferred", 2)}


def test_part_of_a_longer_name_is_widened_to_the_name() -> None:
    made = bitext(["Pham Minh Chinh"] * 3 + ["Pham Minh Trung"] * 3, "范明政")
    assert counts(made, "范明政") == {"Pham Minh Chinh": 3, "Pham Minh Trung": 3}


def test_words_recur_where_they_stand_freely_and_longer_ones_go_first() -> None:
    texts = [f"{before}工业互联网{after}。" for before in "东南西北" for after in "多少大小"]
    found = recurring(texts, "zh", least=4)
    assert found["工业互联网"] == 16
    assert "互联" not in found
    assert recurring(["The dual circulation works.", "We like dual circulation."] * 2, "en", least=9) == {}
