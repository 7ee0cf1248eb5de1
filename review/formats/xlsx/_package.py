"""The ZIP archive that a workbook is: members read one at a time, sizes capped, others copied as they are."""

from __future__ import annotations

import copy
import posixpath
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

from review.errors import FormatError
from review.formats.base import Source
from review.formats.xml import Document, open_document
from review.settings import settings

MEMBERS = 10_000
"""Members of an archive."""
OLE = b"\xd0\xcf\x11\xe0"
"""How an old Office file begins, and one with a password."""

_AGAIN = "Save the workbook again as .xlsx."


class Package:
    """An opened archive; ``name`` stands in messages. Raises FormatError where it cannot be used."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        self.name = name
        file.seek(0)
        if file.read(4) == OLE:
            what = "this is a workbook with a password, or of the old kind (.xls)"
            raise FormatError(name, None, what, "Save it as .xlsx, without a password.")
        with self._sound():
            self.archive = zipfile.ZipFile(file)
            infos = self.archive.infolist()
        if len(infos) > MEMBERS:
            raise FormatError(name, None, f"the archive has more than {MEMBERS:,} members", _AGAIN)
        places = {info.header_offset for info in infos}
        if len(places) < len(infos) or any(not 0 <= place < self.archive.start_dir for place in places):
            raise FormatError(name, None, "the archive is damaged or cut off", "Copy or save it again.")
        self.members = {info.filename: info for info in infos}
        if len(self.members) < len(infos):
            raise FormatError(name, None, "the archive holds one name twice", _AGAIN)
        self._left = 2 * settings().upload_bytes
        self._lower = {member.lower(): member for member in self.members}

    def find(self, member: str) -> str:
        """The member as the archive spells it, "" where there is none. Names differ by more than letter case."""
        return member if member in self.members else self._lower.get(member.lower(), "")

    def bytes(self, member: str) -> bytes:
        """A member unpacked. Raises FormatError for one that is missing, broken, locked or too large."""
        info = self.members.get(self.find(member))
        if info is None:
            raise FormatError(self.name, None, f"the archive has no {member}", _AGAIN)
        if info.flag_bits & 1:
            raise FormatError(self.name, None, "the archive has a password", "Save it without one.")
        limit = min(settings().upload_bytes, self._left)
        with self._sound(), self.archive.open(info) as stream:
            data = stream.read(limit + 1)
            whole = len(data) <= limit and not stream.read(1)
        if not whole:
            what = f"{member} unpacks to more than {settings().upload_megabytes} MB"
            raise FormatError(self.name, None, what, "Split it, or set REVIEW_UPLOAD_MEGABYTES higher.")
        self._left -= len(data)
        return data

    def document(self, member: str) -> Document:
        """A member that is XML."""
        return open_document(Source(f"{self.name} ({member})", data=self.bytes(member)))

    @contextmanager
    def _sound(self) -> Iterator[None]:
        try:
            yield
        except (
            zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error, OverflowError,
            KeyError, IndexError,
        ) as error:  # fmt: skip
            raise FormatError(self.name, None, "the archive is damaged or cut off", "Copy or save it again.") from error


def beside(part: str, target: str) -> str:
    """The member that a relationship of ``part`` names."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def replaced(original: BinaryIO, changed: Mapping[str, bytes], out: BinaryIO) -> None:
    """Copy an archive with some members' contents replaced; the others keep their bytes, packed as they are."""
    with tempfile.SpooledTemporaryFile(max_size=32 << 20) as made:
        with zipfile.ZipFile(original) as old, zipfile.ZipFile(made, "w") as new:
            new.comment = old.comment
            infos = sorted(old.infolist(), key=lambda info: info.header_offset)
            ends = [*(info.header_offset for info in infos[1:]), old.start_dir]
            for info, end in zip(infos, ends, strict=True):
                fresh = copy.copy(info)
                if info.filename in changed:
                    fresh.extra = b""
                    new.writestr(fresh, changed[info.filename], info.compress_type)
                    continue
                fresh.header_offset = made.tell()
                original.seek(info.header_offset)
                made.write(original.read(end - info.header_offset))
                new.filelist.append(fresh)
                new.NameToInfo[fresh.filename] = fresh
                new.start_dir = made.tell()
            order = {info.filename: place for place, info in enumerate(old.infolist())}
            new.filelist.sort(key=lambda info: order[info.filename])
        made.seek(0)
        shutil.copyfileobj(made, out)
