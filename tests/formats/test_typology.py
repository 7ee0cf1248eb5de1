"""Names of errors: ours from a tool's and back, and nothing lost where we have none."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.formats.typology import TOOLS, WMT, Names, strange
from review.model import CATEGORIES

NAMES = [
    (WMT, "Accuracy/Mistranslation", ("accuracy", "mistranslation")),
    (WMT, "Fluency/Punctuation", ("linguistic conventions", "punctuation")),
    (WMT, "Fluency/Character encoding", ("linguistic conventions", "encoding")),
    (WMT, "Accuracy/Omission (Translation 2)", ("accuracy", "Omission (Translation 2)")),
    (WMT, "Accuracy/Gender Mismatch", ("accuracy", "Gender Mismatch")),
    (WMT, "Non-translation!", ("accuracy", "non-translation")),
    (WMT, "Source error", ("accuracy", "source error")),
    (WMT, "Source issue", ("accuracy", "Source issue")),
    (WMT, "Locale convention/Date format", ("locale conventions", "date format")),
    (WMT, "Other", ("", "Other")),
    (TOOLS, "Accuracy/Untranslated", ("accuracy", "untranslated text")),
    (TOOLS, "Style/Language register", ("style", "language register")),
    (TOOLS, "Design and markup/Markup tag", ("design and markup", "markup")),
    (TOOLS, "General/Fluency", ("", "General/Fluency")),
    (TOOLS, "Style", ("style", "")),
    (TOOLS, "", ("", "")),
]


@pytest.mark.parametrize(("names", "name", "ours"), NAMES)
def test_a_name_becomes_ours_and_is_written_as_it_was(names: Names, name: str, ours: tuple[str, str]) -> None:
    assert names.ours(name) == ours
    assert names.written(*ours) == name


@pytest.mark.parametrize("names", [WMT, TOOLS])
def test_every_category_of_ours_comes_back(names: Names) -> None:
    for category, subs in CATEGORIES.items():
        for sub in ("", *subs):
            assert names.ours(names.written(category, sub)) == (category, sub)


@given(name=st.text(max_size=20), names=st.sampled_from([WMT, TOOLS]))
def test_what_is_written_means_the_same_again(name: str, names: Names) -> None:
    ours = names.ours(name)
    assert ours[0] in ("", *CATEGORIES)
    assert names.ours(names.written(*ours)) == ours


def test_strange_names_are_listed_with_how_often() -> None:
    assert strange(Counter(), "f") == []
    assert "“Other” (2), “x” (1)." in strange(Counter({"x": 1, "Other": 2}), "f")[0]
    assert strange(Counter(map(str, range(12))), "f")[0].endswith("and 2 more.")
