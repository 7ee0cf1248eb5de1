"""Charts of the scores page: what they say of a pair, how they call systems, that their numbers can be read."""

from __future__ import annotations

from itertools import combinations

import pytest

from review.pages.scores import figures, pairs
from review.pages.scores.pairs import DARK, LIGHT, Palette

PAGE = {"light": "#ffffff", "dark": "#14171a"}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_numbers_in_the_heat_map_stand_out_from_their_cells(palette: Palette) -> None:
    assert len(palette.cells) == len(palette.numbers) == len(pairs.CLASSES)
    for cell, number in zip(palette.cells, palette.numbers, strict=True):
        assert contrast(cell, number) >= 4.5, (cell, number)


@pytest.mark.parametrize(("palette", "page"), [(LIGHT, PAGE["light"]), (DARK, PAGE["dark"])], ids=["light", "dark"])
def test_the_surer_a_difference_the_further_its_cell_is_from_the_page(palette: Palette, page: str) -> None:
    for side in (palette.cells[:3], palette.cells[3:6]):
        distances = [contrast(cell, page) for cell in (*side, palette.cells[6])]
        assert distances == sorted(distances, reverse=True)


@pytest.mark.parametrize("theme", list(PAGE))
def test_numbers_beside_bars_and_marks_of_systems_can_be_seen_in_both_themes(theme: str) -> None:
    assert contrast(figures.ink(theme == "dark"), PAGE[theme]) >= 4.5
    assert min(contrast(colour, PAGE[theme]) for colour in figures.SEVERAL) >= 3


def test_systems_of_one_chart_differ_in_colour_or_shape() -> None:
    marks = [
        (figures.SEVERAL[at % len(figures.SEVERAL)], figures.SHAPES[at % len(figures.SHAPES)])
        for at in range(len(figures.SEVERAL) * len(figures.SHAPES))
    ]
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize(
    ("p", "gain", "said"),
    [
        (0.0009, 1.0, "better, p < 0.001"),
        (0.001, -1.0, "worse, p < 0.01"),
        (0.049, 0.1, "better, p < 0.05"),
        (0.05, 0.1, "not significant"),
        (0.0001, 0.0, "not significant"),
    ],
)
def test_a_pair_is_said_to_be_better_or_worse_only_where_it_is_sure(p: float, gain: float, said: str) -> None:
    assert pairs.classed(p, gain) == said
    assert said in pairs.CLASSES


def test_short_names_stay_as_they_are() -> None:
    assert figures.short(["HW-TSC", "ONLINE-A"]) == {"HW-TSC": "HW-TSC", "ONLINE-A": "ONLINE-A"}


def test_long_names_lose_what_they_share() -> None:
    names = [f"transformer-big-2023-11-checkpoint-{step}-reranked" for step in ("9500", "12000")]
    assert list(figures.short(names).values()) == ["…9500…", "…12000…"]


def test_a_lone_long_name_loses_its_middle() -> None:
    [short] = figures.short(["a" * 30 + "b" * 30]).values()
    assert len(short) == figures.LONGEST
    assert short.startswith("aaa")
    assert short.endswith("bbb")


@pytest.mark.parametrize(
    "names",
    [
        ["m", "m" * 40, "m" * 80],
        ["x" * 20 + middle + "y" * 20 for middle in "ab"],
        ["a" * 20 + f"{number}" + "c" * 20 + "d" * number for number in range(9)],
        ["z" * 13 + str(number) + "z" * 13 + "q" * number for number in (1, 2)] + ["q"],
    ],
)
def test_two_names_never_become_one(names: list[str]) -> None:
    shown = figures.short(names)
    assert set(shown) == set(names)
    assert all(shown[one] != shown[other] for one, other in combinations(names, 2))
