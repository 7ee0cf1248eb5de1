"""Termbases as CSV: read, refused with one sentence, written again."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.errors import FormatError, InputError
from review.formats.termbases import preview_termbase
from review.formats.termbases.csv import dump_csv, load_csv
from review.formats.termbases.notation import split
from review.model import Concept, Condition, Term

GOOD = """id,source,preferred,admitted,deprecated,forbidden,part_of_speech,matching,condition,\
evidence_user,example_target,note
dual,双循环|国内国际双循环,dual circulation,dual-circulation,\
"{double|dual} cycle|two circulations ?",double loop !,mass,,\
"near: economy|policy; not near: clutch",Xinhua,A double cycle.,why
visit,调研,inspection,,to join the survey => to join the inspection|survey ??,,,case,strict; category: accuracy,,,
"""


def test_a_row_becomes_a_concept() -> None:
    dual, visit = load_csv(GOOD.encode(), name="news.csv")
    assert (dual.id, dual.termbase, dual.example, dual.strict) == ("dual", "news", "A double cycle.", False)
    assert [(term.text, term.language, term.status) for term in dual.terms] == [
        ("双循环", "zh", "preferred"),
        ("国内国际双循环", "zh", "admitted"),
        ("dual circulation", "en", "preferred"),
        ("dual-circulation", "en", "admitted"),
        ("{double|dual} cycle", "en", "deprecated"),
        ("two circulations", "en", "deprecated"),
        ("double loop", "en", "forbidden"),
    ]
    tellings = [term.condition.telling for term in dual.terms if term.condition]
    assert tellings == ["context", "source", "alone"]
    assert dual.terms[4].condition is not None
    assert dual.terms[4].condition.near == ("economy", "policy")
    assert dual.terms[4].condition.not_near == ("clutch",)
    assert dual.terms[2].evidence.user == "Xinhua"
    assert (visit.strict, visit.category) == (True, "accuracy")
    assert visit.terms[2].instead == "to join the inspection"
    assert visit.terms[3].condition is not None
    assert visit.terms[3].condition.telling == "doubtful"
    assert visit.terms[3].matching == "case"


def test_what_was_read_is_written_and_read_again_the_same() -> None:
    first = load_csv(GOOD.encode())
    again = load_csv(dump_csv(first))
    assert again == first
    assert dump_csv(again) == dump_csv(first)


def test_only_the_preferred_column_is_needed_and_ids_are_made() -> None:
    (concept,) = load_csv("\ufeffpreferred,deprecated\nCOSMOPlat,Kaos\n".encode(), name="mine.csv")
    assert concept.id == "mine-2"
    assert [term.text for term in concept.terms] == ["COSMOPlat", "Kaos"]


def test_languages_and_line_ends_may_be_others() -> None:
    (concept,) = load_csv(b"source,preferred\r\nHaus,house\r\n", source_language="de", target_language="en")
    assert [term.language for term in concept.terms] == ["de", "en"]


BAD = [
    (b"", "file is empty", None),
    (b"id,source\n", "no column 'preferred'", 1),
    (b"id,preferred\na,\n", "no preferred rendering", 2),
    (b"id,preferred\na,x\na,y\n", "'a' stands on line 2 already", 3),
    (b"id,preferred\n\na,x,y,z\n", "4 cells under 2 columns", 3),
    (b'id,preferred\na,"x\n', "quote is opened", 2),
    (b"id,preferred\na,{x|y\n", "brace", 2),
    (b"id,preferred,deprecated\na,x,y !!\n", "mark '!!'", 2),
    (b"id,preferred,deprecated\na,x,x\n", "'x' twice", 2),
    (b"id,preferred,condition\na,x,sometimes\n", "'sometimes' is not understood", 2),
    (b"id,preferred,condition\na,x,near:\n", "'near:' is not understood", 2),
    (b"id,preferred,condition\na,x,category: taste\n", "category is 'taste'", 2),
    (b"id,preferred,part_of_speech\na,x,thing\n", "part of speech is 'thing'", 2),
    (b"id,preferred,matching\na,x,loose\n", "matching is 'loose'", 2),
    ("id,preferred\na,é\n".encode("latin-1"), "not UTF-8", 2),
    (b"id,preferred\na,x\0\n", "NUL", 2),
    ("id,preferred\na,x\n".encode("utf-16"), "not UTF-8", 1),
]


@pytest.mark.parametrize(("data", "why", "line"), BAD, ids=[why for _, why, _ in BAD])
def test_a_bad_file_gets_one_sentence_with_its_line_and_a_remedy(data: bytes, why: str, line: int | None) -> None:
    with pytest.raises(FormatError) as error:
        load_csv(data, name="mine.csv")
    assert why in str(error.value)
    assert error.value.line == line
    assert str(error.value).startswith("mine.csv")
    assert error.value.remedy.endswith(".")
    assert "\n" not in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv cannot be read"):
        load_csv(tmp_path / "none.csv")


def test_bars_inside_braces_part_nothing() -> None:
    assert split("{a|b} c | d || e") == ["{a|b} c", "d", "e"]


def test_what_parts_the_cells_is_told_by_the_first_line() -> None:
    for sign in ";\t":
        (concept,) = load_csv(f"source{sign}preferred\n海尔{sign}Haier, of Qingdao\n".encode())
        assert [term.text for term in concept.terms] == ["海尔", "Haier, of Qingdao"]


def test_every_bad_row_is_listed_and_the_good_ones_are_read() -> None:
    data = b"id,preferred,matching\na,x,\nb,,\nc,y,loose\na,z,\nd,w,\n"
    reading = preview_termbase(data, name="mine.csv")
    assert [concept.id for concept in reading.concepts] == ["a", "d"]
    assert [problem.line for problem in reading.problems] == [3, 4, 5]


PATTERN_ROW = b"""id,source,preferred,deprecated,forbidden,matching
k,\xe5\x8d\xa1\xe5\xa5\xa5\xe6\x96\xaf,COSMOPlat,"ka(os|ossi)\\b !
ka ?ao ?si => the COSMOPlat platform",,pattern
"""


def test_patterns_stand_one_a_line_and_bars_are_part_of_them() -> None:
    (concept,) = load_csv(PATTERN_ROW)
    wrong = [term for term in concept.terms if term.status == "deprecated"]
    assert [(term.text, term.matching, term.instead) for term in wrong] == [
        (r"ka(os|ossi)\b", "pattern", ""),
        ("ka ?ao ?si", "pattern", "the COSMOPlat platform"),
    ]
    assert [term.matching for term in concept.terms if term.status == "preferred"] == ["exact", "inflected"]
    assert wrong[0].condition == Condition(telling="alone")
    assert load_csv(dump_csv([concept])) == [concept]


@pytest.mark.parametrize("text", ["a ?", "x => y", "a !", "b ??"])
def test_a_pattern_that_looks_as_if_marked_means_the_same_when_read_again(text: str) -> None:
    from review.text.patterns import compiled

    term = Term(text, "en", "deprecated", matching="pattern", condition=Condition())
    (again,) = load_csv(dump_csv([Concept("p", (Term("w", "en"), term))]))
    assert again.terms[1].instead == ""
    for sample in ("a", "a ", "x => y", "x", "a !", "b ?", "b "):
        assert compiled(again.terms[1].text).spans(sample) == compiled(text).spans(sample)


def test_a_refused_pattern_names_itself_the_line_and_why() -> None:
    with pytest.raises(FormatError, match=r"mine\.csv, line 2: .*\(\?=x\).*invalid perl operator") as error:
        load_csv(b"preferred,deprecated,matching\nx,(?=x)y,pattern\n", name="mine.csv")
    assert error.value.line == 2


def test_a_cell_that_a_spreadsheet_would_run_is_shielded() -> None:
    concept = Concept("f", (Term("=SUM(A1)", "en"),), definition="+1")
    data = dump_csv([concept])
    assert b"'=SUM" in data
    assert b"'+1" in data
    (again,) = load_csv(data)
    assert (again.terms[0].text, again.definition) == ("=SUM(A1)", "+1")
