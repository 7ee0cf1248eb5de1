"""Import: choose or paste, look at what was understood, then store it. Nothing is stored before the button."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from review import formats
from review.errors import ColumnError, ReviewError
from review.pages import session, working
from review.settings import settings
from review.steps import importing as steps
from review.steps.importing import Input, Preview
from review.steps.importing.jobs import payload

if TYPE_CHECKING:
    import pandas as pd

LANGUAGES = ("zh", "en", "de", "fr", "es", "ru", "ja", "ko", "ar", "pt", "it", "nl", "vi", "th")
ROLES = {
    "hypothesis": "Translation",
    "source": "Source",
    "reference": "Reference",
    "article": "Article",
    "segment": "Segment number",
    "system": "System",
    "post_edit": "Post-edit",
}
"""What a column can hold, as the page calls it."""


@session.page
def importing() -> None:
    """Take translations and what they can be checked against, show how they are read, and import them."""
    st.title("Import")
    if working.shown("import", done=_done):
        return
    inputs = _inputs()
    options = _options(inputs)
    if not inputs:
        st.caption(
            f"Plain text, parallel lines, CSV, TSV or JSON Lines, UTF-8, up to {settings().upload_megabytes} MB. "
            "A source is not needed: an English article alone can be reviewed too."
        )
        return
    shown = _preview(inputs, options)
    if shown is None:
        return
    name = st.text_input("Name of the batch", value=steps.plan(inputs, options).name, max_chars=200)
    if st.button(f"Import {_count(shown, inputs)}", type="primary"):
        made = payload(session.store(), inputs, {**options, "batch": name.strip()})
        working.start("import", made)
        st.rerun()


def _inputs() -> list[Input]:
    """The translations: uploaded files, or pasted text."""
    way = st.radio("From", ["Files", "Pasted text"], horizontal=True, label_visibility="collapsed")
    if way == "Pasted text":
        text = st.text_area("Translation", height=220, placeholder="Paste the machine-translated article here.")
        system = st.text_input("System", placeholder="the MT engine, if you know it", key="paste-system")
        return [Input.of(text.encode(), "pasted text", system.strip())] if text.strip() else []
    files = st.file_uploader("Translations", accept_multiple_files=True, key="import-files")
    return [Input.of(file.getvalue(), file.name, _system(file.name, len(files))) for file in files or []]


def _system(name: str, several: int) -> str:
    if several < 2:
        return ""
    return st.text_input(f"System of {name}", placeholder="from the file's name", key=f"system-{name}").strip()


def _options(inputs: list[Input]) -> dict[str, Any]:
    """Languages, format and encoding, and the files to check against."""
    source, target, kind, encoding = st.columns(4)
    options: dict[str, Any] = {
        "source_language": source.selectbox("Source language", LANGUAGES, accept_new_options=True) or "",
        "target_language": target.selectbox("Target language", LANGUAGES, index=1, accept_new_options=True) or "",
        "format": _format(kind),
        "encoding": encoding.text_input("Encoding", placeholder="UTF-8, found by itself").strip(),
    }
    if not inputs:
        return options
    with st.expander("Source, references and other translations"):
        one, two, three = st.columns(3)
        _file(one, options, "source", "Source")
        _files(two, options, "references", "References")
        _files(three, options, "alternatives", "Other translations")
        _file(one, options, "documents", "Documents (TSV of line, document, segment)")
    return options


def _format(place: Any) -> str:
    readable = {name: item.title for name, item in formats.formats().items() if item.read}
    chosen: str = place.selectbox("Format", ["", *readable], format_func=lambda name: readable.get(name, "recognise"))
    return chosen


def _file(place: Any, options: dict[str, Any], key: str, label: str) -> None:
    file = place.file_uploader(label, key=f"import-{key}")
    if file:
        options[key] = formats.Source.of(file.getvalue(), file.name)


def _files(place: Any, options: dict[str, Any], key: str, label: str) -> None:
    files = place.file_uploader(label, accept_multiple_files=True, key=f"import-{key}")
    if files:
        options[key] = tuple(formats.Source.of(file.getvalue(), file.name) for file in files)


def _preview(inputs: list[Input], options: dict[str, Any]) -> Preview | None:
    """The first input as it will be read, with what the user should know; None where it cannot be."""
    name = inputs[0].source.name
    columns = st.session_state.get(_columns(name))
    try:
        with st.spinner("Reading…"):
            found = steps.preview(inputs[0].source, name, {**options, "columns": columns or {}})
    except ColumnError as error:
        st.error(str(error))
        _mapping({}, error.columns, name)
        return None
    except ReviewError as error:
        st.error(str(error))
        if columns:
            st.button("Guess the columns again", on_click=lambda: st.session_state.pop(_columns(name)))
        return None
    if found.columns:
        options["columns"] = _mapping(found.mapping, found.columns, name)
    languages = f"{found.source_language or '?'} → {found.target_language or '?'}"
    facts = [found.title, found.encoding, languages, session.count(found.articles, "article")]
    facts.append(session.count(found.segments, "segment"))
    if len(inputs) > 1:
        facts.append(f"{len(inputs)} files, the first is shown")
    st.caption(" · ".join(facts))
    for warning in found.warnings:
        st.warning(warning)
    rows = _frame(found)
    st.dataframe(
        rows,
        hide_index=True,
        height=min(35 * (len(rows) + 1) + 3, 390),
        column_config={
            "Article": st.column_config.TextColumn(width="small"),
            "System": st.column_config.TextColumn(width="small"),
            "Paragraph": st.column_config.NumberColumn("¶", width=50, help="Paragraph"),
            "Translation": st.column_config.TextColumn(width="large"),
        },
    )
    return found


def _frame(found: Preview) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "Article": shown.article,
            "System": shown.system,
            "Paragraph": shown.segment.paragraph + 1,
            "Source": shown.segment.source,
            "Translation": shown.segment.hypothesis,
            "Reference": " | ".join(shown.segment.references),
        }
        for shown in found.shown
    ]
    frame = pd.DataFrame(rows)
    empty = [name for name in ("System", "Source", "Reference") if name in frame and not frame[name].any()]
    return frame.drop(columns=empty)


def _mapping(known: Mapping[str, list[str]], columns: Sequence[str], name: str) -> dict[str, str]:
    """Which column is what; a change reads the file again. A role without a column is ""."""
    st.caption("Which column holds what")
    guessed = {role: "|".join(known.get(role) or ()) for role in ROLES}
    mapping = {}
    for role, place in zip(ROLES, st.columns(len(ROLES)), strict=True):
        names = list(dict.fromkeys(["", guessed[role], *columns]))
        mapping[role] = place.selectbox(
            ROLES[role],
            names,
            index=names.index(guessed[role]),
            format_func=lambda column: column or "none",
            key=f"column-{role}-{name}",
        )
    if mapping != guessed and mapping["hypothesis"]:
        st.session_state[_columns(name)] = mapping
        st.rerun()
    return mapping


def _columns(name: str) -> str:
    """Where the chosen columns of a file are remembered."""
    return f"import-columns-{name}"


def _count(found: Preview, inputs: list[Input]) -> str:
    return session.count(found.segments, "segment") if len(inputs) == 1 else f"{len(inputs)} files"


def _done(result: dict[str, Any], again: Callable[[], None]) -> None:
    """What came in, and the way to it."""
    st.success("Imported. Flags are being made; the review can begin at once.")
    for warning in result.get("warnings", []):
        st.warning(warning)
    go, more = st.columns([1, 1], width=420)
    with go:
        session.lead("Review it", batch=result["batch"])
    more.button("Import more", on_click=again, width="stretch")
