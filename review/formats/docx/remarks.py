"""Reviewers' comments as Word comments: ``comments.xml`` made, or what is there already added to."""

from __future__ import annotations

import io
import re

from review.formats.changes import iso
from review.formats.docx.editing import Remark
from review.formats.docx.package import TYPES, Package, rels_of
from review.formats.docx.stories import SPACES, comments, comments_part
from review.formats.xml import Node, Splices, escaped, quoted, scan, visible

TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


class Remarks:
    """Comments gathered while the document is written. ``space`` and ``prefix`` are those of its own names."""

    def __init__(self, package: Package, space: str, prefix: str) -> None:
        self.package = package
        self.space, self.prefix = space, prefix
        self.part, known = comments(package)
        self.next = max((int(key) for key in known if key.isdecimal() and len(key) < 10), default=-1) + 1
        self.numbers: dict[int, int] = {}
        self.made: list[bytes] = []

    def mark(self, remark: Remark) -> bytes:
        """The XML that says in the document where a comment begins or ends."""
        key = id(remark.comment)
        if key not in self.numbers:
            self.numbers[key] = self.next
            self.next += 1
            self.made.append(self._comment(remark, self.numbers[key]))
        p, number = self.prefix, self.numbers[key]
        if remark.begins:
            return f'<{p}commentRangeStart {p}id="{number}"/>'.encode()
        reference = f'<{p}r><{p}commentReference {p}id="{number}"/></{p}r>'
        return f'<{p}commentRangeEnd {p}id="{number}"/>{reference}'.encode()

    def _comment(self, remark: Remark, number: int) -> bytes:
        comment = remark.comment
        author = visible(comment.actor or "Rendition")[0][:255]
        initials = "".join(word[0] for word in author.split())[:3]
        p = b"w:"
        head = b'<w:comment w:id="%d" w:author="%s" w:initials="%s"' % (number, quoted(author), quoted(initials))
        head += f' w:date="{iso(comment.at)}"'.encode() if comment.at else b""
        head += f' xmlns:w="{self.space}">'.encode()
        paragraphs = b""
        for line in re.split(r"\r\n|\n|\r", visible(comment.text)[0]):
            text = b'<w:t xml:space="preserve">' + escaped(line) + b"</w:t>"
            paragraphs += b"<" + p + b"p><" + p + b"r>" + text + b"</w:r></w:p>"
        return head + paragraphs + b"</w:comment>"

    def parts(self) -> dict[str, bytes]:
        """The parts that comments change or add; none where there are no new ones."""
        if not self.made:
            return {}
        if self.part:
            return {self.part: self._appended(self.part, b"".join(self.made))}
        main, part = self.package.main, "word/comments.xml"
        while part in self.package.members:
            part = part.replace(".xml", "1.xml")
        xml = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        xml += f'<w:comments xmlns:w="{self.space}">'.encode() + b"".join(self.made) + b"</w:comments>"
        relations = self.package.relations(main)
        taken = comments_part(relations)
        number = 1
        while f"rId{number}" in relations:
            number += 1
        kind = STRICT if self.space == SPACES[1] else TRANSITIONAL
        relation = f'<Relationship Id="rId{number}" Type="{kind}" Target="/{part}"/>'.encode()
        override = f'<Override PartName="/{part}" ContentType="{CONTENT}"/>'.encode()
        made = {part: xml, TYPES: self._appended(TYPES, override)}
        if taken is not None:
            return made
        rels = rels_of(main)
        if rels in self.package.members:
            made[rels] = self._appended(rels, relation)
        else:
            space = "http://schemas.openxmlformats.org/package/2006/relationships"
            made[rels] = f'<Relationships xmlns="{space}">'.encode() + relation + b"</Relationships>"
        return made

    def _appended(self, part: str, data: bytes) -> bytes:
        """A part with XML added at the end of its root. Names of the package's own parts have no prefix there."""
        document = self.package.xml(part)
        root: Node | None = None
        for event, node in scan(document, frozenset()):
            if event == "end" and node.parent is None:
                root = node
        assert root is not None
        if part == TYPES or part.endswith(".rels"):
            name = data[1 : data.index(b" ")]
            data = data.replace(b"<" + name, b"<" + name + b' xmlns="' + root.space.encode() + b'"', 1)
        splices = Splices(document)
        splices.append(root, data)
        out = io.BytesIO()
        splices.write(out)
        return out.getvalue()
