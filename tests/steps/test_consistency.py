"""Consistency over a batch: renderings with counts, uneven terms, and the rule that unifies."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.errors import InputError, MissingError
from review.model import Article, Scope, Segment
from review.steps import consistency
from review.steps.consistency import Rendered, Rendering, Spot
from review.steps.propagating import propagate, turn
from review.steps.terms import add_term
from review.store import Store
from tests.steps.desk import Desk

PLACES = ("harbour", "market", "school", "museum", "theatre", "station", "factory", "library")


def article(name: str, renders: tuple[str, ...], system: str = "one") -> Article:
    """Each rendering in a sentence of its own, and as many sentences without the term."""
    told = [
        Segment(f"In {PLACES[n % 8]} {n} they spoke of {one} again.", source=f"第{n}处，他们又谈到{name}平台。")
        for n, one in enumerate(renders)
    ]
    plain = [
        Segment(f"They spoke of {PLACES[n % 8]} {n} again, in town.", source=f"第{n}个句子。")
        for n in range(3 * len(told))
    ]
    return Article(name, (*told, *plain), system=system, source_language="zh", target_language="en")


@pytest.fixture
def desk(store: Store) -> Desk:
    """Two systems' articles in which 卡奥斯 is Kaos eight times, COSMOPlat five times, once Kaoss and once nothing."""
    return Desk(
        store,
        [
            article("卡奥斯", ("Kaos",) * 6 + ("COSMOPlat",) * 2 + ("it",), "one"),
            article("卡奥斯", ("Kaos",) * 2 + ("COSMOPlat",) * 3 + ("Kaoss",), "two"),
            article("海尔", ("Haier",) * 5),
        ],
    )


def look(desk: Desk, term: str = "卡奥斯") -> Rendered:
    return consistency.look(desk.store, desk.project, desk.batch, term)


def test_all_renderings_are_counted_by_system_and_what_has_none_is_listed(desk: Desk) -> None:
    found = look(desk)
    assert (found.segments, found.looked, found.systems) == (15, 15, ("one", "two"))
    assert [(one.text, one.segments, one.systems) for one in found.renderings] == [
        ("Kaos", 8, {"one": 6, "two": 2}),
        ("COSMOPlat", 5, {"one": 2, "two": 3}),
        ("Kaoss", 1, {"two": 1}),
    ]
    assert [spot.text for spot in found.missing] == ["In harbour 8 they spoke of it again."]
    for one in found.renderings:
        for spot in one.spots:
            assert [spot.text[place.start : place.end] for place in spot.places] == [one.text]


def test_confirmed_segments_are_told_apart(desk: Desk) -> None:
    first = look(desk).renderings[0].spots[0]
    desk.do("status", [first.segment], {"status": "confirmed"})
    assert [one.confirmed for one in look(desk).renderings] == [1, 0, 0]


def test_the_current_text_counts(desk: Desk) -> None:
    first = look(desk).renderings[0].spots[0]
    desk.do("edit", [first.segment], {"texts": [first.text.replace("Kaos", "COSMOPlat")]})
    assert [(one.text, one.segments) for one in look(desk).renderings][:2] == [("Kaos", 7), ("COSMOPlat", 6)]


def test_a_termbases_renderings_come_with_their_status(desk: Desk) -> None:
    add_term(desk.store, desk.actor, desk.article, source="卡奥斯", wrong="Kaoss", preferred="COSMOPlat")
    told = {one.text: one.status for one in look(desk).renderings}
    assert (told["COSMOPlat"], told["Kaoss"]) == ("preferred", "deprecated")


def test_a_term_that_stands_nowhere_has_no_renderings(desk: Desk) -> None:
    assert look(desk, "灯塔").segments == 0
    with pytest.raises(InputError, match="Write the words of the source"):
        look(desk, "  ")


def test_uneven_terms_come_first_and_even_ones_not_at_all(desk: Desk) -> None:
    many = consistency.candidates(desk.store, desk.project, desk.batch)
    assert many.looked == many.total == 80
    first = many.found[0]
    assert first.term.startswith("卡奥斯")
    assert (first.segments, first.otherwise, first.renderings[0]) == (15, 6, ("Kaos", 8))
    assert not any(one.term.startswith("海尔") for one in many.found)
    with pytest.raises(MissingError):
        consistency.candidates(desk.store, desk.project, 999)


def test_a_large_batch_is_sampled_over_its_whole_length(store: Store) -> None:
    desk = Desk(store, [article("卡奥斯", ("Kaos", "COSMOPlat"), str(n)) for n in range(20)])
    many = consistency.candidates(desk.store, desk.project, desk.batch, most=40)
    assert (many.looked, many.total) == (40, 160)


def test_unifying_is_one_act_with_the_source_term_as_its_condition_and_one_undo(desk: Desk) -> None:
    rule = consistency.unifying(look(desk), "COSMOPlat")
    assert (rule.source, rule.kind) == ("卡奥斯", "pattern")
    scope = Scope(desk.project, desk.batch)
    done = propagate(desk.store, desk.actor, desk.batch, scope, rule, key="00000000-0000-4000-8000-000000000001")
    assert (done.segments, done.articles) == (9, 2)
    assert [(one.text, one.segments) for one in look(desk).renderings] == [("COSMOPlat", 14)]
    turn(desk.store, desk.actor, done.event, key="00000000-0000-4000-8000-000000000002")
    assert [one.segments for one in look(desk).renderings] == [8, 5, 1]


def rendered(**surfaces: tuple[str, ...]) -> Rendered:
    """Renderings with these surfaces, whatever their counts."""
    spot = Spot(1, 1, "one", "", 1, "new", "双循环", "")
    made = tuple(Rendering(texts[0], "", dict.fromkeys(texts, 1), (spot,)) for texts in surfaces.values())
    return Rendered("双循环", 1, 1, 1, made)


def written(found: Rendered, keep: str, text: str) -> str:
    from review.text.rules import Replacer, applied

    rule = consistency.unifying(found, keep)
    return applied(text, Replacer(rule).changes(text, "双循环"))


def test_one_other_wording_is_a_rule_of_plain_words_and_several_are_a_pattern() -> None:
    one = consistency.unifying(rendered(a=("double cycle",), b=("dual circulation",)), "dual circulation")
    assert (one.find, one.kind, one.keep_case) == ("double cycle", "words", True)
    several = consistency.unifying(rendered(a=("Kaos",), b=("Card Oss (KOS)",), c=("COSMOPlat",)), "COSMOPlat")
    assert several.find == r"(?:\bCard Oss \(KOS\)|\bKaos\b)"
    assert not several.keep_case
    text = "Kaos, Kaosy and Card Oss (KOS)."
    assert written(rendered(a=("Kaos",), b=("Card Oss (KOS)",)), "COSMOPlat", text) == "COSMOPlat, Kaosy and COSMOPlat."


def test_a_rendering_that_is_part_of_what_is_kept_leaves_it_alone() -> None:
    rule = consistency.unifying(
        rendered(a=("Belt and Road", "the Belt"), b=("Belt and Road Initiative",)), "Belt and Road Initiative"
    )
    assert rule.find.startswith(r"(?:\bBelt and Road Initiative\b|\bBelt and Road\b")


@pytest.mark.parametrize("keep", ["", "  ", "Kaos"])
def test_nothing_to_keep_or_nothing_else_is_refused(keep: str) -> None:
    with pytest.raises(InputError):
        consistency.unifying(rendered(a=("Kaos",)), keep)


def test_plurals_of_one_rendering_stay_plurals() -> None:
    found = rendered(a=("double cycle", "double cycles"), b=("twin cycle",), c=("dual circulation",))
    assert consistency.unifying(found, "dual circulation").find == r"(?:\bdouble cycle|\btwin cycle)(s?)\b"
    text = "Double cycles and a twin cycle."
    assert written(found, "dual circulation", text) == "Dual circulations and a dual circulation."


@pytest.mark.real_data
def test_one_vietnamese_name_has_several_renderings_in_real_outputs(store: Store, shared_data: Path) -> None:
    folder = shared_data / "wmt23-zh-en"
    outputs = {name: folder / "systems" / f"{name}.en" for name in ("GPT4-5shot", "ONLINE-B", "HW-TSC")}
    sources = (folder / "source.zh").read_text("utf-8").split("\n")
    listed = [line.split("\t") for line in (folder / "documents.tsv").read_text("utf-8").split("\n")[1:] if line]
    given = []
    for system, path in outputs.items():
        lines = path.read_text("utf-8").split("\n")
        segments = tuple(Segment(lines[int(n) - 1], source=sources[int(n) - 1]) for n, _, _ in listed)
        given.append(Article("news", segments, system=system, source_language="zh", target_language="en"))
    desk = Desk(store, given)
    found = {one.text: one.systems for one in look(desk, "范明政").renderings}
    assert found["Pham Minh Chinh"].keys() == {"GPT4-5shot"}
    assert found["Pham Minh Thanh"].keys() == {"ONLINE-B", "HW-TSC"}
    assert "Fan Mingzheng" in found
    many = consistency.candidates(desk.store, desk.project, desk.batch)
    names = [one.term for one in many.found if one.kind == "name"]
    assert names[0] == "范明政"


def test_what_the_termbase_calls_wrong_and_what_looks_alike_is_chosen_to_begin_with() -> None:
    found = rendered(a=("Karzai",), b=("Kalzay",), c=("Carsay",), d=("developing countries",))
    assert consistency.likely(found, "Karzai") == ["Kalzay", "Carsay"]
