"""Originals of every format that reads: as the program builds them, and by hand where that shows more of the format."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache

from review import formats
from review.model import Article, Reading, ReadingHeader, Segment
from tests.formats import test_cues, test_po
from tests.formats.tmx import samples as tmx
from tests.formats.xliff1 import samples as xliff1

HTML = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Haier in Qingdao</title><style>p { color: red }</style></head>
<body>
<!-- the article -->
<h1>Haier &amp; Qingdao</h1>
<p class=lead>Haier began in <b>Qingdao</b>.<br>It grew <a href="/kaos?a=1&amp;b=2">with Kaos</a> &ndash;
fast. It stays.
<p>An unclosed paragraph, with <img src="x.png" alt="a picture"> in it.</p>
<ul><li>One thing<li>Another thing</ul>
<script>if (1 < 2) alert("<p>no text</p>")</script>
<table><tr><td>Cell one<td>Cell &lt;two&gt;</table>
</body></html>
"""
MARKDOWN = """---
title: Haier
---

# Haier *and* Qingdao

Haier began in **Qingdao**. It [grew](https://example.com "so") with `Kaos`.
The line goes on.

- one thing
- another thing

> quoted words

| a | b |
|---|---|
| cell one | cell two |

```python
print("no text")
```
"""
XLIFF2 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh" trgLang="en">
 <file id="f1">
  <notes><note id="n1">Of the whole file.</note></notes>
  <group id="g1"><unit id="u1">
   <originalData><data id="d1">&lt;b&gt;</data></originalData>
   <segment id="s1" state="initial"><source>海尔<pc id="1">发展</pc>。</source>
    <target>Haier <pc id="1">grew</pc>.</target></segment>
   <ignorable><source> </source></ignorable>
   <segment id="s2"><source>卡奥斯<ph id="2" dataRef="d1"/>。</source></segment>
  </unit></group>
  <unit id="u2" translate="no"><segment><source>留</source></segment></unit>
  <unit id="u3"><segment><source>第三句。</source><target xml:lang="en">The third &amp; last.</target></segment></unit>
 </file>
</xliff>
"""
BY_HAND = {
    "article": b"Haier Group began in Qingdao. It grew.\r\n\r\n  The Kaos platform is new.\n",
    "html": HTML.encode(),
    "markdown": MARKDOWN.encode(),
    "po": test_po.DATA,
    "srt": test_cues.SRT.encode(),
    "tmx": tmx.GOOD.encode(),
    "vtt": test_cues.VTT.encode(),
    **{f"xliff.{name}": data for name, data in xliff1.SAMPLES.items()},
    "xliff2": XLIFF2.encode(),
}
"""Originals by hand, by format; several by ``FORMAT.what``."""


def article(texts: Sequence[str], **more: object) -> Article:
    """An article with a segment for each text, two to a paragraph, with sources."""
    segments = tuple(
        Segment(text, name=str(number + 1), source=f"第{number + 1}句。", order=number, paragraph=number // 2)
        for number, text in enumerate(texts)
    )
    return Article("Haier", segments, source_language="zh", target_language="en", **more)  # type: ignore[arg-type]


def built(name: str, made: Article) -> tuple[bytes, list[str]]:
    """The article in a format, and what writing it warned of."""
    out = io.BytesIO()
    warnings = formats.write(Reading(ReadingHeader(name, "Haier"), iter((made,))), None, out, name)
    return out.getvalue(), warnings


@lru_cache
def originals(name: str) -> dict[str, bytes]:
    """What there is to read of a format, by name; the same each time, though some formats write the time down."""
    found = {key: data for key, data in BY_HAND.items() if key.partition(".")[0] == name}
    if formats.find(name).build:
        found[f"{name} as built"] = built(name, article(["Haier began in Qingdao.", "It grew.", "Kaos is new."]))[0]
    return found
