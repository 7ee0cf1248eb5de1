"""What is written comes back: whole in TBX of every version, as far as a row goes in CSV, and what is lost is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.formats.termbases import kinds, read_termbase, tbx_v3, tbx_v3_dct, write_termbase
from review.model import Concept, Condition, Evidence, Term
from tests.formats.termbases.strategies import concepts, rows

TBX = ("tbx-v2", "tbx-v3", "tbx-v3-dct")
few = settings(max_examples=30, deadline=None)
several = st.lists(concepts(), min_size=1, max_size=3, unique_by=lambda concept: concept.id)


@pytest.mark.parametrize("kind", TBX)
@given(several)
@few
def test_tbx_gives_back_every_concept_as_it_was(kind: str, made: list[Concept]) -> None:
    data, lost = write_termbase(made, kind)
    reading = read_termbase(data, name="mine.tbx")
    assert reading.kind.name == kind
    assert list(reading.concepts) == made
    assert (lost, reading.warnings) == ([], ())


@pytest.mark.parametrize("dialect", ["core", "min", "basic"])
@pytest.mark.parametrize("module", [tbx_v3, tbx_v3_dct], ids=["dca", "dct"])
def test_every_dialect_gives_back_what_it_was_given(module: object, dialect: str) -> None:
    @given(several)
    @few
    def check(made: list[Concept]) -> None:
        data = module.dump(made, dialect)  # type: ignore[attr-defined]
        assert f'type="TBX-{dialect.capitalize()}"'.encode() in data
        assert list(read_termbase(data, name="mine.tbx").concepts) == made

    check()


@given(st.lists(rows(), min_size=1, max_size=3, unique_by=lambda concept: concept.id))
@few
def test_csv_gives_back_what_a_row_can_hold(made: list[Concept]) -> None:
    data, lost = write_termbase(made, "csv")
    assert list(read_termbase(data, name="mine.csv").concepts) == made
    assert lost == []


@given(several)
@few
def test_csv_names_each_concept_that_it_changes(made: list[Concept]) -> None:
    data, lost = write_termbase(made, "csv")
    again = {concept.id: concept for concept in read_termbase(data, name="mine.csv").concepts}
    changed = [concept for concept in made if again.get(concept.id) != concept and _two(concept)]
    assert all(any(concept.id in sentence for sentence in lost) for concept in changed)


def _two(concept: Concept) -> bool:
    return {term.language for term in concept.terms} == {"zh", "en"} and concept.terms[0].language == "zh"


def test_what_csv_cannot_carry_is_said_in_a_sentence() -> None:
    mixed = Concept(
        "mixed",
        (Term("house", "en", part_of_speech="noun"), Term("bad", "en", "superseded", "verb", condition=Condition())),
        termbase="mine",
    )
    wrong_only = Concept("wrong", (Term("bad", "en", "deprecated"),), termbase="mine")
    data, lost = write_termbase([mixed, wrong_only], "csv")
    assert b"wrong" not in data.split(b"\n", 1)[1]
    assert "The part of speech of 1 concept cannot be carried as it is: mixed." in lost
    assert "The status of 1 concept cannot be carried as it is: mixed." in lost
    assert "1 concept is left out, for this kind of file cannot hold them: wrong." in lost


def test_characters_that_xml_forbids_are_left_out_of_it_and_named() -> None:
    concept = Concept("x", (Term("a b", "en", note="bell\x07"),), termbase="mine")
    data, lost = write_termbase([concept], "tbx-v3")
    (again,) = read_termbase(data, name="mine.tbx").concepts
    assert again == replace(concept, terms=(replace(concept.terms[0], note="bell"),))
    assert lost == ["The note of 1 concept cannot be carried as it is: x."]


def test_forbidden_is_deprecated_to_others_and_forbidden_again_to_us() -> None:
    concept = Concept("k", (Term("Kaos", "en", "forbidden", evidence=Evidence("Haier", "https://example.org/a")),))
    for kind in TBX:
        data, _ = write_termbase([concept], kind)
        assert b"deprecatedTerm-admn-sts" in data
        assert b"forbiddenTerm" not in data
        (again,) = read_termbase(data).concepts
        assert again.terms == concept.terms


def test_there_are_four_kinds() -> None:
    assert sorted(kinds()) == ["csv", *TBX]
