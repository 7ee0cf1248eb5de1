"""A Word document's archive (ISO/IEC 29500-2): opened with caps on all it claims, copied with parts changed."""

from __future__ import annotations

import io
import posixpath
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple

from review.errors import FormatError
from review.formats.base import Source
from review.formats.xml import Document, Node, open_document, scan
from review.settings import settings

MEMBERS = 5000
RATIO, SMALL = 300, 1 << 20
"""How many times its size a member larger than SMALL may unpack to; text of Word's own stays below 100."""
PART = 64 << 20
"""Bytes that one part may unpack to, of those that are read."""
MAIN = "word/document.xml"
TYPES = "[Content_Types].xml"
SAVE = "Open it in Word or LibreOffice and save it as .docx."
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Relation(NamedTuple):
    """Where a part leads. ``kind`` is the last word of the relationship's type; ``target`` a part's name or a URL."""

    kind: str
    target: str
    external: bool


class Package:
    """An opened document. Raises FormatError for what is none, is damaged, or unpacks to too much."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        self.name = name
        self.zip = _opened(name, file)
        self.members = {info.filename: info for info in self.zip.infolist()}
        self._check()
        self.main = next((item.target for item in self.relations("").values() if item.kind == "officeDocument"), MAIN)
        if self.main not in self.members:
            told = _kind(self.members)
            raise self.error(f"this is {told}" if told else f"the archive holds no {self.main}", SAVE)

    def error(self, what: str, remedy: str = SAVE) -> FormatError:
        return FormatError(self.name, None, what, remedy)

    def _check(self) -> None:
        infos = self.zip.infolist()
        if len(infos) > MEMBERS:
            raise self.error(f"the archive has more than {MEMBERS:,} members")
        if len(self.members) < len(infos):
            raise self.error("two members of the archive have one name")
        if any(info.flag_bits & 1 for info in infos):
            raise self.error("the archive is encrypted", "Save it without a password.")
        limit = settings().upload_bytes
        if sum(info.file_size for info in infos) > limit:
            raise self.error(
                f"it unpacks to more than {settings().upload_megabytes} MB",
                "Take pictures out of it, or set REVIEW_UPLOAD_MEGABYTES higher.",
            )
        for info in infos:
            if info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1):
                raise self.error(f"{info.filename} unpacks to more than {RATIO} times its size, as no document does")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self.error(f"{info.filename} is packed in an unusual way")

    def read(self, part: str) -> bytes:
        """A part's bytes. Raises FormatError where it is not there, damaged or too large."""
        info = self.members.get(part)
        if info is None:
            raise self.error(f"the archive holds no {part}")
        try:
            with self.zip.open(info) as file:
                data = file.read(PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            raise self.error(f"the archive is damaged in {part}") from None
        if len(data) > PART:
            raise self.error(f"{part} unpacks to more than {PART >> 20} MB", "Split the document.")
        return data

    def xml(self, part: str) -> Document:
        """A part as XML."""
        return open_document(Source(f"{self.name} ({part})", data=self.read(part)))

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part ("" for the whole) leads to, by id."""
        rels = rels_of(part)
        if rels not in self.members:
            return {}
        found = {}
        for _, node in scan(self.xml(rels), frozenset({"Relationship"})):
            if node.name == "Relationship":
                external = node.get("TargetMode") == "External"
                target = node.get("Target")
                if not external:
                    target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
                found[node.get("Id")] = Relation(node.get("Type").rsplit("/", 1)[-1], target, external)
        return found

    def copy(self, changed: Mapping[str, bytes], out: BinaryIO) -> None:
        """Write the archive with these parts instead of its own, or added at its end; all others as they are."""
        try:
            with zipfile.ZipFile(out, "w") as made:
                for info in self.zip.infolist():
                    again = zipfile.ZipInfo(info.filename, info.date_time)
                    again.compress_type, again.external_attr = info.compress_type, info.external_attr
                    again.create_system, again.comment = info.create_system, info.comment
                    if info.filename in changed:
                        made.writestr(again, changed[info.filename])
                    else:
                        with self.zip.open(info) as source, made.open(again, "w") as target:
                            shutil.copyfileobj(source, target)
                for name, data in changed.items():
                    if name not in self.members:
                        made.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
            raise self.error("the archive is damaged") from None


def rels_of(part: str) -> str:
    """The name of the part that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _opened(name: str, file: BinaryIO) -> zipfile.ZipFile:
    head = file.read(8)
    file.seek(0)
    if head.startswith(_OLD):
        what = "this is a document of Word 97 to 2003, or one with a password"
        raise FormatError(name, None, what, "Save it as .docx without a password.")
    if head.startswith(b"{\\rtf"):
        raise FormatError(name, None, "this is RTF", SAVE)
    if not head.startswith(b"PK"):
        raise FormatError(name, None, "this is no Word document (.docx)", SAVE)
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise FormatError(name, None, "the archive is damaged or cut off", "Get the file again, whole.") from None


def _kind(members: Mapping[str, object]) -> str:
    """What an archive without a Word document is, in words, or ""."""
    if "content.xml" in members and "mimetype" in members:
        return "an OpenDocument file"
    if "xl/workbook.xml" in members:
        return "an Excel workbook"
    if "ppt/presentation.xml" in members:
        return "a PowerPoint presentation"
    if any(name.endswith("vbaProject.bin") for name in members):
        return "an archive of macros without a document"
    return "" if TYPES in members else "a ZIP archive, no Word document"


def looks_like(source: Source) -> float:
    """How sure it is, 0 to 1, that a source is a Word document, or was meant to be one."""
    head = source.head(8)
    if head.startswith(b"PK"):
        try:
            with zipfile.ZipFile(source.path or io.BytesIO(source.bytes())) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            names = []
        if any(name.startswith("word/") for name in names):
            return 0.95
        return 0.8 if source.suffix in (".docx", ".docm", ".odt") else 0.0
    return 0.8 if source.suffix in (".docx", ".docm") or (source.suffix == ".doc" and head.startswith(_OLD)) else 0.0


def attribute(node: Node, name: str) -> str:
    """A node's attribute in the node's own namespace, as WordprocessingML writes all of its own."""
    return node.get(f"{{{node.space}}}{name}") or node.get(name)
