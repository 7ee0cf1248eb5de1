"""Each chosen file as it will be read: what it is, its first segments, what to know, or why it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from review.errors import ColumnError, EncodingError, ReviewError
from review.formats import Source
from review.pages import session
from review.pages.importing import asking, columns
from review.steps import importing as steps
from review.steps.importing import Input, Preview

if TYPE_CHECKING:
    import pandas as pd

TABLES = 12
"""Files up to which the first segments of each are shown."""

USUAL = {"source_language": "zh", "target_language": "en"}
"""The languages of a file that says nothing of them, and whose text does not tell them either."""

ROWS, WIDTH = 10, 1200
"""Rows that are shown without scrolling, and pixels that a table has on a small screen."""

KEPT = 60
"""Previews that are remembered, so that a click elsewhere does not read the files again."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file, and how it will be read (None where it cannot be)."""

    input: Input
    preview: Preview | None
    error: ReviewError | None = None


def files(inputs: Sequence[Input], options: dict[str, Any]) -> list[Seen]:
    """Show every file, and return what became of each: one that cannot be read does not keep the others out."""
    asked: set[str] = set()
    if len(inputs) == 1:
        return [_file(0, inputs[0], options, asked, alone=True)]
    found = []
    for number, item in enumerate(inputs):
        seen = _seen(number, item, options)
        open_now = seen.error is not None
        with st.expander(_title(seen), expanded=open_now, icon=_icon(seen), key=f"import-file-{number}-{open_now}"):
            found.append(_file(number, item, options, asked, alone=False, table=len(inputs) <= TABLES))
    return found


def amount(usable: Sequence[Seen]) -> str:
    """What the button imports: "120 segments", "9 files"."""
    if len(usable) > 1:
        return f"{len(usable)} files"
    found = usable[0].preview
    return _segments(found) if found else "1 file"


def _icon(seen: Seen) -> str | None:
    if seen.error is None:
        return ":material/info:" if seen.preview and seen.preview.warnings else ":material/check:"
    return ":material/help:" if isinstance(seen.error, EncodingError | ColumnError) else ":material/error:"


def _title(seen: Seen) -> str:
    """One line for a file among several."""
    name = asking.plain(seen.input.source.name)
    if seen.preview is not None:
        return f"**{name}** · {asking.plain(' · '.join(facts(seen.preview)))}"
    if isinstance(seen.error, EncodingError):
        return f"**{name}** · its encoding must be chosen"
    if isinstance(seen.error, ColumnError):
        return f"**{name}** · its columns must be chosen"
    return f"**{name}** · cannot be read"


def facts(found: Preview) -> list[str]:
    """What a file was taken for, in words."""
    languages = f"{found.source_language or '?'} → {found.target_language or '?'}"
    more = "more than " if found.partial else ""
    told = [found.title, found.encoding, languages, more + session.count(found.articles, "article"), _segments(found)]
    systems = [name for name in found.systems if name]
    return [*told, session.count(len(systems), "system")] if len(systems) > 1 else told


def _segments(found: Preview) -> str:
    return ("more than " if found.partial else "") + session.count(found.segments, "segment")


def _file(
    number: int, item: Input, options: dict[str, Any], asked: set[str], *, alone: bool, table: bool = True
) -> Seen:
    """One file's part of the page. ``asked``: what was asked already, for a file may come twice."""
    if not alone:
        item = replace(item, system=str(st.session_state.get(_system(number, item), "")).strip())
    seen = _seen(number, item, options)
    if seen.error is not None:
        (st.info if isinstance(seen.error, EncodingError | ColumnError) else st.error)(_sentence(seen))
    for source in _sources(item, options):
        doubtful = source.encoding or (isinstance(seen.error, EncodingError) and seen.error.path == source.name)
        if doubtful and asking.key(source) not in asked:
            asked.add(asking.key(source))
            asking.ask(source)
    if seen.error is not None:
        _remedy(seen.error, _place_of(number, item))
        return seen
    if not alone:
        st.text_input("System", placeholder="from the file's name", key=_system(number, item), width=360)
    item, found = seen.input, seen.preview
    assert found is not None
    if alone:
        st.caption(" · ".join(facts(found)))
    for warning in found.warnings:
        st.warning(warning)
    if found.columns:
        mapping = columns.mapping(found.mapping, found.columns, _place_of(number, item))
        item = replace(item, options={**item.options, "columns": mapping})
    if table:
        _table(found)
    return Seen(item, found)


def _system(number: int, item: Input) -> str:
    return f"import-system-{_place_of(number, item)}"


def _place_of(number: int, item: Input) -> str:
    """What tells a file from others of its name."""
    return f"{number}-{item.source.name}"


def _remedy(error: ReviewError, place: str) -> None:
    """What can be done here about a file that cannot be read."""
    if isinstance(error, ColumnError):
        columns.mapping({}, error.columns, place)
    elif columns.chosen(place):
        st.button(
            "Guess the columns again",
            key=f"import-guess-{place}",
            on_click=lambda: columns.forget(place),
        )


def _sentence(seen: Seen) -> str:
    """The error's sentence, without what is said to users of the command line where the page asks itself."""
    error = seen.error
    if isinstance(error, EncodingError):
        return f"{error.path}: {error.what}. Choose how it reads rightly; nothing is imported before."
    if isinstance(error, ColumnError):
        return f"{error.path}: {error.what}. Choose it below."
    return str(error)


def _sources(item: Input, options: dict[str, Any]) -> list[Source]:
    sides = [options.get("source"), *options.get("references", ()), *options.get("alternatives", ())]
    return [item.source, *(side for side in sides if side is not None)]


def _seen(number: int, item: Input, options: dict[str, Any]) -> Seen:
    """The file read, or remembered from the last time that it was read in the same way."""
    chosen = columns.chosen(_place_of(number, item))
    item = replace(item, options={"columns": chosen} if chosen else {})
    known: dict[str, Seen] = st.session_state.setdefault("import-seen", {})
    place = _place(item, options)
    if place not in known:
        while len(known) >= KEPT:
            known.pop(next(iter(known)))
        known[place] = _read(item, options)
    seen = known[place]
    return replace(seen, input=replace(item, options={**item.options, **seen.input.options}))


def _read(item: Input, options: dict[str, Any]) -> Seen:
    """Read as the file says; a table whose columns are not all found, as if its languages were the usual ones."""
    given = {**options, **item.options}
    usual = {key: code for key, code in USUAL.items() if not given.get(key)}
    name = Input(Source(item.source.name))
    try:
        with st.spinner("Reading…"):
            try:
                found = steps.preview(item.source, item.source.name, given)
                again = bool(usual and found.columns and not found.mapping.get("source"))
            except ColumnError:
                again = True
            if again:  # columns may be called by their languages
                found = steps.preview(item.source, item.source.name, {**given, **usual})
    except ReviewError as error:
        return Seen(name, None, error)
    if not again:
        usual = {key: code for key, code in usual.items() if not getattr(found, key)}
    source, target = (getattr(found, key) or code for key, code in USUAL.items())
    return Seen(replace(name, options=usual), replace(found, source_language=source, target_language=target))


def _place(item: Input, options: dict[str, Any]) -> str:
    sides = [f"{asking.key(source)}={source.encoding}" for source in _sources(item, options)]
    rest = {key: value for key, value in options.items() if isinstance(value, str)}
    documents = options.get("documents")
    return repr((sides, rest, item.options, asking.key(documents) if documents else ""))


def _table(found: Preview) -> None:
    rows = _frame(found)
    st.dataframe(
        rows,
        hide_index=True,
        height="content" if len(rows) <= ROWS else 390,
        column_config={
            "Paragraph": st.column_config.NumberColumn("¶", width=40, help="Paragraph"),
            **{
                name: st.column_config.TextColumn(width=width)
                for name, width in _widths([str(name) for name in rows.columns]).items()
            },
        },
    )


def _widths(names: list[str]) -> dict[str, int]:
    """Pixels of each column of text, so that they fill a small screen: texts share what names leave of it."""
    narrow = {name: 110 for name in ("Article", "System") if name in names}
    shares = {name: 1 if name == "Notes" else 2 for name in names if name not in (*narrow, "Paragraph")}
    room = WIDTH - 40 - sum(narrow.values())
    return narrow | {name: room * share // sum(shares.values()) for name, share in shares.items()}


def _frame(found: Preview) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "Article": shown.article,
            "System": shown.system,
            "Paragraph": shown.segment.paragraph + 1,
            "Source": shown.segment.source,
            "Translation": shown.segment.hypothesis,
            "Post-edit": shown.segment.text if shown.segment.text != shown.segment.hypothesis else "",
            "Reference": " | ".join(shown.segment.references),
            "Notes": " | ".join(shown.segment.notes),
        }
        for shown in found.shown
    ]
    frame = pd.DataFrame(rows)
    optional = ("System", "Source", "Post-edit", "Reference", "Notes")
    frame = frame.drop(columns=["Article"] if found.articles == 1 and len(frame) else [])
    return frame.drop(columns=[name for name in optional if name in frame and not frame[name].any()])
