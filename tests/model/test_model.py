"""The nouns keep what they promise: frozen, and identities that do not move."""

from __future__ import annotations

import dataclasses

import pytest

from review import model
from review.model import Correction, Segment, flag_id


def nouns() -> list[type]:
    return [found for found in vars(model).values() if isinstance(found, type) and dataclasses.is_dataclass(found)]


@pytest.mark.parametrize("noun", nouns(), ids=lambda noun: noun.__name__)
def test_a_noun_is_frozen_and_says_what_it_is(noun: type) -> None:
    assert noun.__dataclass_params__.frozen
    assert noun.__doc__
    assert not noun.__doc__.startswith(f"{noun.__name__}(")


def test_the_current_text_is_the_corrections_where_there_is_one() -> None:
    assert Segment("a").text == "a"
    assert Segment("a", correction=Correction("b")).text == "b"
    assert Segment("a", correction=Correction("", deleted=True)).deleted


def test_a_flag_keeps_its_identity_when_it_is_made_again() -> None:
    first = flag_id("1", "terminology", 1, "target", "Kaos", 0)
    assert first == flag_id("1", "terminology", 1, "target", "Kaos", 0)
    assert len(first) == 16


@pytest.mark.parametrize(
    "other",
    [
        ("2", "terminology", 1, "target", "Kaos", 0),
        ("1", "doubled", 1, "target", "Kaos", 0),
        ("1", "terminology", 2, "target", "Kaos", 0),
        ("1", "terminology", 1, "source", "Kaos", 0),
        ("1", "terminology", 1, "target", "kaos", 0),
        ("1", "terminology", 1, "target", "Kaos", 1),
    ],
)
def test_a_flag_of_another_place_rule_or_surface_is_another_flag(other: tuple) -> None:
    assert flag_id(*other) != flag_id("1", "terminology", 1, "target", "Kaos", 0)
