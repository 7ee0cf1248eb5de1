"""What ``score`` is given: files, options, limits; checked before anything is scored."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from review.errors import FormatError, InputError

if TYPE_CHECKING:
    from review.metrics import Options


def names_metric(word: str) -> bool:
    """True where a word on the command line can only be a metric's name."""
    from review.metrics import known

    return known(word)


def paths(asked: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The hypotheses and the references. With -i and without -r, bare files are references (sacrebleu's way)."""
    hypotheses, references = [*asked["hypotheses"], *asked["inputs"]], list(asked["references"])
    if asked["inputs"] and not references:
        hypotheses, references = list(asked["inputs"]), list(asked["hypotheses"])
    for path in (*hypotheses, *references):
        if path != "-" and not Path(path).exists() and names_metric(path):
            raise InputError(f"{path} is a metric and there is no file of that name; ask for metrics by -m {path}.")
    if not hypotheses:
        raise InputError("There is nothing to score; name a hypothesis file, - for standard input, or --batch.")
    if not references:
        raise InputError("There is no reference; name one with -r.")
    if [*hypotheses, *references].count("-") > 1:
        raise InputError("Standard input can be read once; name a file for the others.")
    return hypotheses, references


def same_counts(texts: dict[str, list[str]], references: dict[str, list[str]]) -> None:
    """Raise InputError, naming file and line, unless all have as many lines as the first reference."""
    (first, lines), *_ = references.items()
    for path, found in (*references.items(), *texts.items()):
        if len(found) != len(lines):
            line = min(len(found), len(lines)) + 1
            raise InputError(
                f"{path} has {len(found)} lines and {first} has {len(lines)}: from line {line} on one of them has no "
                "partner; give files line by line alike."
            )


def columns(
    asked: dict[str, Any], count: int
) -> tuple[Mapping[str, list[str | None]], list[str | None] | None, list[str]]:
    """What --documents says of each of ``count`` lines: its columns by name, that of the documents, and warnings.

    The documents are None where the table has none and they are not needed.
    """
    from review.steps import scoring

    path = asked["documents"]
    if not path:
        return {}, None, []
    found = scoring.read_columns(path, count)
    shown = ", ".join(map(str, found.twice[:5])) + (", ..." if len(found.twice) > 5 else "")
    warnings = [f"{path} names line {shown} more than once; the last row counts."] if found.twice else []
    named = any(name in found.values for name in scoring.DOCUMENT)
    if named or asked["level"] == "document" or not asked["by"]:
        return found.values, scoring.documents_in(path, found.values), warnings
    return found.values, None, warnings


def options(asked: dict[str, Any]) -> Options:
    """The metrics' options; the tokenizer is looked up now, so that a missing one is told before any work."""
    from review.metrics import Options, tokenizers

    tokenize = asked["tokenize"] or tokenizers.SUITABLE.get(target(asked["pair"]), "13a")
    tokenizers.check(tokenize)
    value = asked["smooth_value"]
    if value is not None and not 0 <= value < math.inf:
        raise InputError(f"--smooth-value {value:g} smooths nothing; give a number from 0 up.")
    names = (
        "lowercase", "smooth_method", "smooth_value", "chrf_lowercase", "chrf_whitespace",
        "ter_case_sensitive", "ter_normalized", "ter_no_punct", "ter_asian_support",
    )  # fmt: skip
    return Options(tokenize=tokenize, **{name: asked[name] for name in names})


def target(pair: str) -> str:
    """The target language of a pair like zh-en; "" for none."""
    if pair and len([part for part in pair.split("-") if part]) != 2:
        raise InputError(f"The language pair {pair!r} is not of the form zh-en; give source and target.")
    return pair.split("-")[1] if pair else ""


def referenced(texts: Sequence[Sequence[str]], references: dict[str, list[str]]) -> None:
    """Raise FormatError, naming the line, where something was translated and no reference has any text."""
    first = next(iter(references))
    for number, known in enumerate(zip(*references.values(), strict=True)):
        if not any(known) and any(text[number] for text in texts):
            what = "there is no reference for this segment"
            raise FormatError(first, number + 1, what, "Give it one, or take the line out of all files.")


def alone(asked: dict[str, Any], systems: int, names: Iterable[str]) -> int:
    """Raise InputError where sacrebleu's forms are asked for more than they can show; else how many metrics there are.

    Raises MissingError for an unknown metric among ``names``.
    """
    from review.metrics import metrics

    chosen = metrics(names)
    if asked["confidence"] and systems > 1 and (asked["native"] or asked["style"] == "sacrebleu-json"):
        raise InputError("sacrebleu's formats hold the interval of one system alone; choose another with --format.")
    if asked["level"] != "system" and (asked["native"] or asked["score_only"] or asked["style"] == "sacrebleu-json"):
        raise InputError("sacrebleu's formats hold scores of whole systems; leave out --level, or choose --format.")
    if not asked["sentence_level"]:
        return len(chosen)
    if systems > 1 or len(chosen) > 1:
        raise InputError("--sentence-level is of one system and one metric; use --level segment for more.")
    if asked["confidence"] or asked["compare"] or asked["paired_bs"] or asked["paired_ar"]:
        raise InputError("A single segment has no interval and no paired test; leave out --sentence-level.")
    return len(chosen)


def trials(asked: dict[str, Any], test: str) -> int | None:
    """How many trials are asked for, under our name or sacrebleu's."""
    short = {"bootstrap": "bs", "randomization": "ar"}[test]
    found: int | None = asked["trials"] or asked[f"paired_{short}_n"]
    return found


def paired_test(asked: dict[str, Any], systems: int) -> str:
    """Which paired test is asked for, "" for none. Raises InputError where it cannot be done or printed."""
    wanted = {
        name
        for name in (asked["compare"], asked["paired_bs"] and "bootstrap", asked["paired_ar"] and "randomization")
        if name
    }
    if not wanted:
        return ""
    if len(wanted) > 1:
        raise InputError("Ask for one paired test, bootstrap or randomization.")
    if systems < 2:
        raise InputError("A comparison needs two systems or more; name their files.")
    if asked["style"] == "latex" and not asked["native"]:
        raise InputError("A comparison is printed as table, json, csv or sacrebleu-json; choose one with --format.")
    if asked["score_only"] and not asked["native"]:
        raise InputError("A comparison is more than numbers; leave out -b.")
    if asked["confidence"]:
        raise InputError("A bootstrap comparison has intervals of its own; leave out --confidence.")
    if asked["level"] != "system" and asked["style"] != "json":
        raise InputError("A comparison is of whole systems; leave out --level, or print both with --format json.")
    return wanted.pop()
