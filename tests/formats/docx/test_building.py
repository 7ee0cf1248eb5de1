"""Word documents: valid, tracked, and accepted or rejected by LibreOffice as they should be."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from review.model import Article, Comment, Segment
from tests.formats.docx.documents import SCRIPT, ask
from tests.formats.helpers import AT, HOSTILE, corrected, deleted, inserted, read, write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

REVIEWED = Article(
    "one",
    (
        Segment("Headline of the double cycle", paragraph=0),
        deleted(Segment("[ad_1]", paragraph=1)),
        deleted(Segment("First goes.", paragraph=2)),
        corrected(Segment("Kaos works in Qingdao.", paragraph=2), "COSMOPlat works in Qingdao."),
        inserted("This is new.", 2),
        Segment("This stays <b>&amp;</b>.", paragraph=2),
        inserted("A new paragraph.", 3),
        Segment("Middle.", paragraph=4),
        deleted(Segment("Middle goes.", paragraph=4)),
        Segment("Middle end.", paragraph=4),
        deleted(Segment("[ad_2]", paragraph=5)),
    ),
    target_language="en",
)
ACCEPTED = [
    "Headline of the double cycle",
    "COSMOPlat works in Qingdao. This is new. This stays <b>&amp;</b>.",
    "A new paragraph.",
    "Middle. Middle end.",
]
REJECTED = [
    "Headline of the double cycle",
    "[ad_1]",
    "First goes. Kaos works in Qingdao. This stays <b>&amp;</b>.",
    "Middle. Middle goes. Middle end.",
    "[ad_2]",
]


def made(*articles: Article) -> bytes:
    header, _ = read(b"x.", "article")
    return write(header, articles, None, "docx")


def body(data: bytes, part: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


def test_changes_are_tracked_by_word_with_author_and_date() -> None:
    root = body(made(Article("a", (corrected(Segment("The double cycle."), "The dual circulation."),))))
    (gone,), (new,) = root.findall(f".//{W}del"), root.findall(f".//{W}ins")
    assert "".join(gone.itertext()) == "double cycle"
    assert gone.find(f".//{W}delText") is not None
    assert "".join(new.itertext()) == "dual circulation"
    assert gone.get(f"{W}author") == new.get(f"{W}author") == "Li Wei"
    assert gone.get(f"{W}date") == "2026-09-21T14:13:20Z"
    assert gone.get(f"{W}id") != new.get(f"{W}id")


def test_a_change_without_an_author_has_one_all_the_same() -> None:
    from review.model import Correction

    segment = Segment("a b", correction=Correction("a c"))
    (new,) = body(made(Article("a", (segment,)))).findall(f".//{W}ins")
    assert new.get(f"{W}author") == "Rendition"
    assert new.get(f"{W}date") is None


def test_the_order_of_paragraph_and_run_properties_is_the_schema_s() -> None:
    article = Article("a", (deleted(Segment("جملة.")), Segment("ثانية.", paragraph=1)), target_language="ar")
    root = body(made(article, article))
    names = {tuple(child.tag.removeprefix(W) for child in item) for item in root.findall(f".//{W}pPr")}
    assert names == {("bidi", "rPr"), ("bidi",), ("pageBreakBefore", "bidi", "rPr")}
    runs = {tuple(child.tag.removeprefix(W) for child in item) for item in root.findall(f".//{W}r/{W}rPr")}
    assert runs == {("rtl", "lang")}


@pytest.mark.parametrize("text", [*HOSTILE, "tab\tand\nline", "bell\x07 and \x0b"])
def test_hostile_text_makes_a_valid_document(text: str) -> None:
    comment = Comment("c", text, text, AT)
    data = made(Article(text, (corrected(Segment(text), text + " more", comments=(comment,)),)))
    document = docx.Document(io.BytesIO(data))
    assert len(document.paragraphs) == 1
    assert len(list(document.comments)) == 1
    shown = "".join(node.text or "" for node in body(data).iter(f"{W}t", f"{W}delText"))
    for word in text.replace("\x07", "").replace("\x0b", "").split():
        assert word in shown


def test_comments_are_word_comments_around_their_segment() -> None:
    comment = Comment("c", "Is this so?", "Zhang Min", AT)
    data = made(Article("a", (corrected(Segment("One two."), "One three.", comments=(comment,)),)))
    (found,) = docx.Document(io.BytesIO(data)).comments
    assert (found.text, found.author, found.initials) == ("Is this so?", "Zhang Min", "ZM")
    paragraph = body(data).find(f".//{W}p")
    tags = [child.tag.removeprefix(W) for child in paragraph]
    assert tags[0] == "commentRangeStart"
    assert tags[-2:] == ["commentRangeEnd", "r"]


def test_libreoffice_sees_the_changes_and_accepts_or_rejects_them_all(office: str, tmp_path: Path) -> None:
    path = tmp_path / "reviewed.docx"
    path.write_bytes(made(REVIEWED))
    seen = ask(office, path, "count")
    assert seen["authors"] == ["Li Wei"]
    assert set(seen["changes"]) == {"Insert", "Delete"}  # type: ignore[call-overload]
    assert ask(office, path, "accept") == {"changes": {}, "authors": [], "text": "\n".join(ACCEPTED)}
    assert ask(office, path, "reject") == {"changes": {}, "authors": [], "text": "\n".join(REJECTED)}


@pytest.mark.parametrize(
    ("program", "seconds", "sentence"),
    [
        ("exit 3", "60", "LibreOffice ended before it could be reached, with code 3.\n"),
        ("exec sleep 600", "0.5", "LibreOffice could not be reached within 0.5 seconds of its start.\n"),
    ],
    ids=["ends", "hangs"],
)
def test_a_libreoffice_that_does_not_answer_is_told_in_a_sentence(
    office: str, tmp_path: Path, program: str, seconds: str, sentence: str
) -> None:
    fake = tmp_path / "soffice"
    fake.write_text(f"#!/bin/sh\n{program}\n")
    fake.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "OFFICE_SECONDS": seconds}
    command = [office, str(SCRIPT), "any.docx", "count"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (1, sentence)


def test_libreoffice_keeps_the_comments(office: str, tmp_path: Path) -> None:
    comment = Comment("c", "Is this so?", "Zhang Min", AT)
    path = tmp_path / "commented.docx"
    path.write_bytes(made(Article("a", (corrected(Segment("One two."), "One three.", comments=(comment,)),))))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "fodt", str(path),
         "--outdir", str(tmp_path)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    flat = path.with_suffix(".fodt").read_text("utf-8")
    assert "Is this so?" in flat
    assert "<dc:creator>Zhang Min</dc:creator>" in flat
    assert flat.count("<text:changed-region") == 2
