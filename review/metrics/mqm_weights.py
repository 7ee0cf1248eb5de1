"""What each error that a person marked weighs: rules of severity and category, of which the first match counts.

The shipped files stand in ``weights/``. WMT's are those of Freitag et al., "Experts, Errors, and Context" (TACL, 2021).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from fractions import Fraction
from pathlib import Path
from typing import Any

from review.errors import FormatError, InputError, MissingError

SHIPPED = Path(__file__).parent / "weights"
_DECIMALS, _MOST = 6, 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """Errors whose severity and category match weigh ``weight``; patterns know * and ?, whatever the case."""

    severities: tuple[str, ...]
    categories: tuple[str, ...]
    weight: Fraction

    def matches(self, severity: str, category: str) -> bool:
        """Whether both match as a whole; category as it is written, main and sub-category parted by a slash."""
        return _any(self.severities, severity) and _any(self.categories, category)


@dataclass(frozen=True, slots=True)
class Weights:
    """Rules of which the first that matches counts. ``source`` is the file that they stand in."""

    name: str
    rules: tuple[Rule, ...]
    source: str = ""

    @property
    def scale(self) -> int:
        """By what every weight becomes a whole number."""
        return math.lcm(1, *(rule.weight.denominator for rule in self.rules))

    def of(self, severity: str, category: str) -> Fraction | None:
        """What such an error weighs; None where no rule says it."""
        return next((rule.weight for rule in self.rules if rule.matches(severity, category)), None)


def shipped() -> list[str]:
    """The names of the weights that come with the program."""
    return sorted(path.stem for path in SHIPPED.glob("*.json"))


def find_weights(name: str) -> Weights:
    """Weights by the name of a shipped file, or the path of one's own.

    Raises MissingError where there is neither, InputError and FormatError for a file that cannot be used.
    """
    path = SHIPPED / f"{name}.json" if name in shipped() else Path(name)
    try:
        text = path.read_text("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        known = ", ".join(shipped())
        raise MissingError(f"There are no weights {name!r}; name a JSON file of rules, or one of: {known}.") from None
    except UnicodeDecodeError:
        raise FormatError(name, None, "this is not UTF-8 text", "Save the file as UTF-8.") from None
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}; check its name and permissions.") from None
    return parse_weights(text, name)


def parse_weights(text: str, source: str) -> Weights:
    """Weights of a JSON object: name (may be left out) and rules, each with weight, severity, category.

    Severity and category are a pattern or a list of patterns; left out, they match everything. Raises FormatError,
    naming the file and the line or the rule.
    """
    try:
        data = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal)
    except json.JSONDecodeError as error:
        raise FormatError(source, error.lineno, f"this is not JSON ({error.msg})", "Correct it.") from None
    except RecursionError:
        raise FormatError(source, None, "it is nested too deeply", "Give an object with a list of rules.") from None
    if not isinstance(data, dict) or not isinstance(data.get("rules"), list) or not data["rules"]:
        raise FormatError(source, None, "there is no list of rules", 'Give {"name": "...", "rules": [...]}.')
    _known(data, ("name", "about", "rules"), source, "the file")
    name = data.get("name", Path(source).stem)
    if not isinstance(name, str) or not name.strip():
        raise FormatError(source, None, "the name is not a text", "Give a name in quotes, or none.")
    return Weights(name, tuple(_rule(one, source, at) for at, one in enumerate(data["rules"], 1)), source)


def _rule(data: Any, source: str, number: int) -> Rule:
    where = f"rule {number}"
    if not isinstance(data, dict):
        raise FormatError(source, None, f"{where} is no object", 'Give {"severity": "major", "weight": 5}.')
    _known(data, ("severity", "category", "weight", "about"), source, where)
    if "weight" not in data:
        raise FormatError(source, None, f"{where} has no weight", "Give it a number.")
    return Rule(
        _patterns(data, "severity", source, where),
        _patterns(data, "category", source, where),
        _weight(data["weight"], source, where),
    )


def _known(data: Mapping[str, Any], names: Sequence[str], source: str, where: str) -> None:
    strange = next((name for name in data if name not in names), None)
    if strange is not None:
        raise FormatError(source, None, f"{where} has an unknown key {strange!r}", f"Use {', '.join(names)}.")


def _patterns(data: Mapping[str, Any], key: str, source: str, where: str) -> tuple[str, ...]:
    given = data.get(key, "*")
    found = [given] if isinstance(given, str) else given
    if not isinstance(found, list) or not found or not all(isinstance(one, str) and one.strip() for one in found):
        raise FormatError(source, None, f"{where}: {key} is no pattern", "Give a text or a list of texts.")
    return tuple(folded(one).replace("[", "[[]") for one in found)


def _weight(given: Any, source: str, where: str) -> Fraction:
    try:
        if not isinstance(given, Decimal):
            raise InvalidOperation
        fine = given.is_finite() and 0 <= given <= _MOST and given == round(given, _DECIMALS)
    except InvalidOperation:
        fine = False
    if not fine:
        remedy = f"Give a number from 0 to {_MOST} with at most {_DECIMALS} decimals."
        raise FormatError(source, None, f"{where}: the weight is {given}", remedy)
    return Fraction(given)


def folded(text: str) -> str:
    """Severity or category as patterns see it: lower case, single spaces for underscores and runs of space."""
    return " ".join(text.casefold().replace("_", " ").split())


def _any(patterns: Sequence[str], text: str) -> bool:
    plain = folded(text)
    return any(fnmatchcase(plain, pattern) for pattern in patterns)
