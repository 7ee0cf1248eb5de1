"""Numbers as values: what “3万5千”, “百分之五”, “三成” and “35 thousand”, “5 percent” amount to.

One file a language, with a READER; ``reader("de")`` finds it, so that any two languages with readers can be compared.

A Quantity has one exact value and may have other readings that a translator is free to choose (a year without its
century, an hour after noon as one to twelve, a weight in another unit). Offsets are code points, end-exclusive.
"""

from __future__ import annotations

from review.text.numbers.chinese import chinese, numeral
from review.text.numbers.english import english
from review.text.numbers.quantity import Quantity, plain, readable, rounds
from review.text.numbers.reading import Reader, reader

__all__ = ["Quantity", "Reader", "chinese", "english", "numeral", "plain", "readable", "reader", "rounds"]
