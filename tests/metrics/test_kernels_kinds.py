"""Every code point is what Python, sacrebleu and its regular expressions take it for."""

from __future__ import annotations

import re

import numpy as np
import pytest
from sacrebleu.tokenizers.tokenizer_zh import TokenizerZh

from review.metrics.kernels import kinds

EVERY = [chr(point) for point in range(kinds.EVERY)]


def there(bit: int, table: np.ndarray) -> set[int]:
    return set(np.flatnonzero(table & bit).tolist())


def matching(pattern: str) -> set[int]:
    return {found.start() for found in re.finditer(pattern, "".join(EVERY))}


@pytest.mark.parametrize("tokenizer", ["none", "13a", "zh", "intl", "char", "chrf"])
def test_spaces_are_where_python_splits_and_strips(tokenizer: str) -> None:
    spaces = there(kinds.SPACE, kinds.table(tokenizer))
    assert spaces == {point for point, character in enumerate(EVERY) if not character.split()}
    assert spaces == {point for point, character in enumerate(EVERY) if not character.strip()}


@pytest.mark.parametrize(
    ("bit", "pattern"),
    [
        (kinds.ALONE, r"[\{-\~\[-\` -\&\(-\+\:-\@\/]"),
        (kinds.STOP, r"[\.,]"),
        (kinds.DIGIT, "[0-9]"),
        (kinds.DASH, "-"),
    ],
)
def test_the_classes_of_13a_are_those_of_its_expressions(bit: int, pattern: str) -> None:
    assert there(bit, kinds.table("13a")) == matching(pattern)


def test_chinese_is_what_sacrebleu_takes_for_it() -> None:
    theirs = {point for point, character in enumerate(EVERY) if TokenizerZh._is_chinese_char(character)}
    western, chinese = kinds.table("13a"), kinds.table("zh")
    assert there(kinds.ALONE, chinese) == there(kinds.ALONE, western) | theirs
    assert ((western ^ chinese) & ~np.uint8(kinds.ALONE) == 0).all()


@pytest.mark.parametrize(("bit", "group"), [(kinds.ALONE, "S"), (kinds.STOP, "P"), (kinds.DIGIT, "N")])
def test_the_classes_of_intl_are_those_of_its_library(bit: int, group: str) -> None:
    import regex

    pattern = regex.compile(rf"\p{{{group}}}")
    theirs = {point for point, character in enumerate(EVERY) if pattern.match(character)}
    assert there(bit, kinds.table("intl")) == theirs
