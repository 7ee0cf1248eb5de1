"""Lines for scoring: one segment a line, split on the line feed alone, as sacrebleu reads them."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from review.errors import FormatError, InputError
from review.formats import Source, unpacked
from review.settings import settings

GZIP = b"\x1f\x8b"
"""What every gzip file begins with; no UTF-8 text can."""


def read_lines(given: str | Source) -> list[str]:
    r"""Read a file's segments; the path ``-`` is standard input, and gzip is unpacked, whatever it is called.

    Lines end at ``\n`` alone (U+2028 and U+0085 stand inside segments), and spaces at their ends are
    dropped as sacrebleu drops them; a byte order mark is no text. Raises InputError or FormatError.
    """
    path = given.name if isinstance(given, Source) else given
    content = unpacked(given) if isinstance(given, Source) else _content(given)
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FormatError(path, line, "this is not UTF-8 text", "Save the file as UTF-8.") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FormatError(path, line, "there is a NUL byte, so this is not plain text", "Give a text file.")
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    longest = settings().line_bytes
    for number, line_text in enumerate(lines, 1):
        if len(line_text) > longest:
            raise FormatError(path, number, f"the line is longer than {longest} characters", "Give one segment a line.")
    if not any(line_text.strip() for line_text in lines):
        raise InputError(f"{path} is empty; give a file with one segment a line.")
    return [line_text.rstrip() for line_text in lines]


def _content(path: str) -> bytes:
    try:
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return gzip.decompress(content) if path.endswith(".gz") or content[:2] == GZIP else content
    except FileNotFoundError:
        raise InputError(f"There is no file {path}; check the name.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder; name the file in it.") from None
    except PermissionError:
        raise InputError(f"{path} may not be read; change its permissions.") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputError(f"{path} is not a whole gzip file; pack it again or take .gz off its name.") from None


DOCUMENT = ("doc", "document", "article")
"""What the column of documents may be called."""


def read_documents(path: str, count: int) -> list[str | None]:
    """Read which document each of ``count`` lines belongs to, from a table of line (from 1) and doc.

    The table is tab-separated with a header that names ``line`` and one of ``doc``, ``document``,
    ``article``; lines that it leaves out belong to none (None).
    """
    return documents_in(path, read_columns(path, count).values)


def documents_in(path: str, columns: Mapping[str, list[str | None]]) -> list[str | None]:
    """The column that names documents, of those of the table at ``path``. Raises FormatError where none does."""
    name = next((name for name in DOCUMENT if name in columns), None)
    if name is None:
        raise FormatError(path, 1, "the header does not name the columns line and doc", "Give a tab-separated header.")
    return columns[name]


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table says of each line: a list a column, by its name in lower case, with None for lines left out.

    ``twice`` are the lines (from 1) that several rows name; the last row counts.
    """

    values: Mapping[str, list[str | None]]
    twice: tuple[int, ...] = ()


def read_columns(path: str, count: int) -> Columns:
    """Read a tab-separated table about ``count`` lines, whose header names ``line`` (from 1) and what else there is.

    A file ``.docs`` of mt-metrics-eval has no header, and a domain and a document on each line. Raises FormatError for
    a header without them, and a row without a line number or beyond the text.
    """
    if path.endswith(".docs"):
        return Columns(read_docs(path, count))
    header, *rows = [line.split("\t") for line in read_lines(path)]
    columns = {name.strip().lower(): position for position, name in enumerate(header) if name.strip()}
    place = columns.pop("line", None)
    if place is None or not columns:
        raise FormatError(path, 1, "the header does not name the columns line and doc", "Give a tab-separated header.")
    # The document must be there; other cells at a row's end may be empty, and their tabs gone with the spaces.
    document = next((columns[name] for name in DOCUMENT if name in columns), None)
    needed = "a line number" if document is None else "a line number and a document"
    least = max(place, document or 0) + 1
    found: dict[str, list[str | None]] = {name: [None] * count for name in columns}
    seen: set[int] = set()
    twice: dict[int, None] = {}
    for number, row in enumerate(rows, 2):
        if row == [""]:
            continue
        if len(row) < least or not row[place].strip().isdecimal():
            raise FormatError(path, number, f"this row does not give {needed}", "Fill it in.")
        line = int(row[place])
        if not 1 <= line <= count:
            raise FormatError(path, number, f"line {line} is not among the {count} segments", "Count lines from 1.")
        if line in seen:
            twice[line] = None
        seen.add(line)
        for name, position in columns.items():
            found[name][line - 1] = row[position] if position < len(row) else ""
    return Columns(found, tuple(twice))


def read_docs(path: str, count: int) -> dict[str, list[str | None]]:
    """The columns ``domain`` and ``doc`` of mt-metrics-eval's ``.docs``: both on each line, parted by blanks."""
    rows = [line.split() for line in read_lines(path)]
    for number, row in enumerate(rows, 1):
        if len(row) != 2:
            raise FormatError(path, number, "this row is not a domain and a document", "Write both, without blanks.")
    if len(rows) != count:
        what = f"it names the documents of {len(rows)} lines, and there are {count}"
        raise FormatError(path, None, what, "Give one row for each segment.")
    return {"domain": [domain for domain, _ in rows], "doc": [document for _, document in rows]}


def system_names(paths: Sequence[str], given: Sequence[str] = ()) -> list[str]:
    """Name systems: as given, else by the shortest ends of their paths that tell them apart, without suffix.

    Raises InputError where the number of names differs, one would break a table, or two systems would have one name.
    """
    if given:
        if len(given) != len(paths):
            raise InputError(f"There are {len(paths)} hypotheses and {len(given)} names; give one --system for each.")
        names = list(given)
    else:
        names = _shortest(paths)
    for name in names:
        if not name.strip() or "\t" in name or name.splitlines() != [name]:
            raise InputError(f"{name!r} cannot be a system's name in a table; name each by --system, on one line.")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError(f"Two systems are called {twice}; name each by --system, or give each file once.")
    return names


def _shortest(paths: Sequence[str]) -> list[str]:
    whole = [PurePath(path.removesuffix(".gz")).parts or (path,) for path in paths]
    bare = [(*parts[:-1], PurePath(parts[-1]).stem) for parts in whole]
    for candidates in (bare, whole):
        for length in range(1, max(len(parts) for parts in candidates) + 1):
            names = ["/".join(parts[-length:]) for parts in candidates]
            if len(set(names)) == len(names):
                return ["System 1" if path == "-" else name for path, name in zip(paths, names, strict=True)]
    return ["/".join(parts) for parts in whole]
