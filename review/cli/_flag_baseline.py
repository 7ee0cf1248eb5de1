"""Which flags are new: those that an earlier run, kept as JSON Lines or SARIF, does not have.

A flag is known again by what it says of which text, never by where it stands: lines put in before it change
nothing. The same flag twice is two, of which one may be new.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from review.errors import FormatError, InputError

if TYPE_CHECKING:
    from review.model import Flag
    from review.steps.flagging import Flagged

KEY = "rendition/1"
"""The name of the fingerprint in SARIF; its number goes up with what goes into it."""

_REMEDY = "Give a file that review flag wrote with --format jsonl or --format sarif."


@dataclass(frozen=True, slots=True)
class Seen:
    """A segment with each flag's fingerprint, and whether it is new; ``new`` is None without a baseline."""

    item: Flagged
    fingerprints: tuple[str, ...]
    new: tuple[bool, ...] | None = None


def fingerprint(system: str, detector: str, rule: int, side: str, surface: str, hypothesis: str) -> str:
    """The identity of a flag across runs and files: 32 hex digits."""
    parts = "\x1f".join((system, detector, str(rule), side, surface, hypothesis))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def of(item: Flagged, flag: Flag) -> str:
    """The fingerprint of one of a segment's flags."""
    text = item.segment.text if flag.side == "target" else item.segment.source or ""
    surface = text[flag.start : flag.end]
    return fingerprint(item.system, flag.detector, flag.version, flag.side, surface, item.segment.hypothesis)


def compared(segments: Iterable[Flagged], known: Counter[str] | None) -> Iterator[Seen]:
    """Each segment, its flags compared with the ``known`` ones, which are used up."""
    for item in segments:
        prints = tuple(of(item, flag) for flag in item.flags)
        if known is None:
            yield Seen(item, prints)
            continue
        new = []
        for key in prints:
            new.append(key not in known)
            if key in known:
                known[key] -= 1
                if not known[key]:
                    del known[key]
        yield Seen(item, prints, tuple(new))


def read(path: str) -> Counter[str]:
    """The fingerprints in an earlier run's output, with how often each is there.

    JSON Lines are read line by line, SARIF as a whole. Raises FormatError, naming the line, where it is neither of
    this program's.
    """
    try:
        with Path(path).open("rb") as file:
            return Counter(_lines(path, file) if _is_lines(path, file) else _sarif(path, file))
    except OSError as error:
        remedy = _REMEDY[0].lower() + _REMEDY[1:]
        raise InputError(f"The baseline {path} cannot be read ({error.strerror}); {remedy}") from None


def _is_lines(path: str, file: BinaryIO) -> bool:
    """Whether the first line that is not blank is an object by itself, and no SARIF log. The file is wound back."""
    number, first = next(((n, line) for n, line in _texts(path, file) if line.strip()), (None, ""))
    file.seek(0)
    if not first.lstrip().startswith("{"):
        raise FormatError(path, number, "this is no earlier output of flag", _REMEDY)
    try:
        return "runs" not in json.loads(first)
    except (ValueError, RecursionError):
        return False


def _texts(path: str, file: BinaryIO) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(file, 1):
        try:
            yield number, raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise FormatError(path, number, "the line is not UTF-8", _REMEDY) from None


def _lines(path: str, file: BinaryIO) -> Iterator[str]:
    for number, line in _texts(path, file):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            for flag in record["flags"]:
                yield _text(flag["fingerprint"]) if "fingerprint" in flag else _computed(record, flag)
        except json.JSONDecodeError as error:
            what = f"this is not JSON ({error.msg}, column {error.colno})"
            raise FormatError(path, number, what, _REMEDY) from None
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
            raise FormatError(path, number, "the line is no segment with its flags", _REMEDY) from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _computed(record: dict[str, Any], flag: dict[str, Any]) -> str:
    """The fingerprint of a flag of which only place and text were written; of one in the source they do not tell."""
    text = record.get("text", record["hypothesis"]) if flag["side"] == "target" else record["source"]
    return fingerprint(
        record["system"],
        flag["detector"],
        flag.get("version", 1),
        flag["side"],
        text[flag["start"] : flag["end"]],
        record["hypothesis"],
    )


def _sarif(path: str, file: BinaryIO) -> Iterator[str]:
    text = "".join(line for _, line in _texts(path, file))
    try:
        log = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"this is not JSON ({error.msg}, column {error.colno})"
        raise FormatError(path, error.lineno, what, _REMEDY) from None
    except (ValueError, RecursionError):
        raise FormatError(path, None, "this is not JSON that can be read", _REMEDY) from None
    try:
        for run in log["runs"]:
            for result in run.get("results") or ():
                if result.get("baselineState") != "absent":
                    yield _text(result["partialFingerprints"][KEY])
    except (KeyError, TypeError, AttributeError):
        raise FormatError(path, None, f"a result of it has no fingerprint {KEY}", _REMEDY) from None
