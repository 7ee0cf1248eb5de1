"""Word documents written for tests: paragraphs of styled runs, and what others think of what was made of them."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import docx
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

SCRIPT = Path(__file__).with_name("office_changes.py")

Styled = str | tuple[str, str]
"""A run: its text, or its text and "b", "i", "u" (bold, italic, underlined)."""


def document(*paragraphs: Iterable[Styled], also: Callable[[docx.document.Document], object] | None = None) -> bytes:
    """A document with these paragraphs; ``also`` may add to it."""
    made = docx.Document()
    for runs in paragraphs:
        paragraph = made.add_paragraph()
        for item in runs:
            text, style = (item, "") if isinstance(item, str) else item
            run = paragraph.add_run(text)
            run.bold, run.italic, run.underline = ("b" in style or None, "i" in style or None, "u" in style or None)
    if also:
        also(made)
    return saved(made)


def saved(made: docx.document.Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def part(data: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, name: str, content: bytes | None) -> bytes:
    """The document with one part another, new, or (None) gone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, value in {**parts(data), name: content}.items():
            if value is not None:
                archive.writestr(key, value)
    return out.getvalue()


def with_body(data: bytes, xml: str) -> bytes:
    """The document with the given XML at the front of its body."""
    return with_part(data, "word/document.xml", part(data).replace(b"<w:body>", b"<w:body>" + xml.encode(), 1))


def paragraphs(data: bytes, how: str = "accept") -> list[str]:
    """The body's paragraphs with all tracked changes accepted or rejected, by rules of this file's own."""
    root = etree.fromstring(part(data))
    gone = W + ("del" if how == "accept" else "ins")
    for element in list(root.iter(gone)):
        if element.getparent().tag != W + "rPr":
            element.getparent().remove(element)
    found, carried = [], ""
    for paragraph in root.iter(W + "p"):
        signs = {W + "tab": "\t", W + "br": "\n"}
        nodes = paragraph.iter(W + "t", W + "delText", *signs)
        text = "".join(signs.get(node.tag, node.text or "") for node in nodes if node.getparent().tag == W + "r")
        if paragraph.find(f"{W}pPr/{W}rPr/{gone}") is not None:
            carried += text
        else:
            found.append(carried + text)
            carried = ""
    return [*found, carried] if carried else found


def ask(office: str, path: Path, what: str) -> dict[str, object]:
    done = subprocess.run([office, str(SCRIPT), str(path), what], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found
