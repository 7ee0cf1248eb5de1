"""Import: choose or paste, look at what was understood, then store it. Nothing is stored before the button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from review import formats
from review.formats import Source
from review.pages import session, working
from review.pages.importing import asking, looking
from review.pages.importing.looking import Seen
from review.settings import settings
from review.steps import importing as steps
from review.steps.importing import Input
from review.steps.importing.jobs import payload

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

LANGUAGES = ("zh", "en", "de", "fr", "es", "ru", "ja", "ko", "ar", "pt", "it", "nl", "vi", "th")


@session.page
def importing() -> None:
    """Take translations and what they can be checked against, show how they are read, and import them."""
    st.title("Import")
    if working.shown("import", done=_done):
        return
    inputs = _inputs()
    options = _options(inputs)
    if not inputs:
        _hint()
        return
    seen = looking.files(inputs, options)
    usable = [item for item in seen if item.preview is not None]
    if usable:
        _store(usable, len(inputs), options)


def _hint() -> None:
    """What can be brought in, in the words of the formats themselves."""
    readable = sorted({item.suffixes[0] for item in formats.formats().values() if item.read and item.suffixes})
    st.caption(
        f"Plain text, tables and the files of other tools ({', '.join(readable)}), up to "
        f"{settings().upload_megabytes} MB each; the format is told by what is in a file. "
        "A source is not needed: an English article alone can be reviewed too."
    )


def _inputs() -> list[Input]:
    """The translations: uploaded files, or pasted text."""
    way = st.radio("From", ["Files", "Pasted text"], horizontal=True, label_visibility="collapsed")
    if way == "Pasted text":
        text = st.text_area("Translation", height=220, placeholder="Paste the machine-translated article here.")
        system = st.text_input("System", placeholder="the MT engine, if you know it", key="paste-system")
        return [Input.of(text.encode(), "pasted text", system.strip())] if text.strip() else []
    files = _uploader(st, "Translations", "import-files", several=True)
    return [Input(_source(file)) for file in files]


def _uploader(place: Any, label: str, key: str, *, several: bool = False) -> list[UploadedFile]:
    found = place.file_uploader(
        label, accept_multiple_files=several, key=key, max_upload_size=settings().upload_megabytes
    )
    return (found if several else [found]) if found else []


def _source(file: UploadedFile) -> Source:
    """An uploaded file, to be read in the encoding that was chosen for it, if one was."""
    return asking.encoded(Source.of(file.getvalue(), file.name))


def _options(inputs: Sequence[Input]) -> dict[str, Any]:
    """Languages and format, and the files to check against."""
    source, target, kind = st.columns(3)
    options: dict[str, Any] = {
        "source_language": _language(source, "Source language"),
        "target_language": _language(target, "Target language"),
        "format": _format(kind),
    }
    if not inputs:
        return options
    with st.expander("Source, references and other translations"):
        one, two, three = st.columns(3)
        for key, place, label, several in (
            ("source", one, "Source", False),
            ("references", two, "References", True),
            ("alternatives", three, "Other translations", True),
            ("documents", one, "Documents (TSV of line, document, segment), or Appraise's batches", False),
        ):
            files = tuple(_source(file) for file in _uploader(place, label, f"import-{key}", several=several))
            if files:
                options[key] = files if several else files[0]
    return options


def _language(place: Any, label: str) -> str:
    """A language; "" is the file's own, or the one that its text speaks for."""
    chosen = place.selectbox(
        label, ["", *LANGUAGES], format_func=lambda code: code or "recognise", accept_new_options=True
    )
    return str(chosen or "").strip()


def _format(place: Any) -> str:
    readable = {name: item.title for name, item in formats.formats().items() if item.read}
    chosen: str = place.selectbox(
        "Format",
        ["", *sorted(readable, key=readable.__getitem__)],
        format_func=lambda name: readable.get(name, "recognise"),
    )
    return chosen


def _store(usable: list[Seen], chosen: int, options: dict[str, Any]) -> None:
    """The batch's name, and the button. Files that cannot be read are left out, and the button says so."""
    inputs = [item.input for item in usable]
    left_out = chosen - len(usable)
    if left_out:
        whole = "1 file cannot be read" if left_out == 1 else f"{left_out} files cannot be read"
        st.caption(f"{whole} and will be left out, unless you mend or remove {'it' if left_out == 1 else 'them'}.")
    name = st.text_input("Name of the batch", value=steps.plan(inputs, options).name, max_chars=200)
    if st.button(f"Import {looking.amount(usable)}", type="primary"):
        with st.spinner("Keeping the files…"):
            made = payload(session.store(), inputs, {**options, "batch": name.strip()})
        working.start("import", made)
        st.rerun()


def _done(result: dict[str, Any], again: Callable[[], None]) -> None:
    """What came in, and the way to it."""
    st.success("Imported. Flags are being made; the review can begin at once.")
    for warning in result.get("warnings", []):
        st.warning(warning)
    go, more = st.columns([1, 1], width=420)
    with go:
        session.lead("Review it", batch=result["batch"])
    more.button("Import more", on_click=again, width="stretch")
