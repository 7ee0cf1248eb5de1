"""TMX for tests, and what the standard allows in it, as a DTD written from its prose."""

from __future__ import annotations

import io

from review.formats.base import Source
from review.formats.tmx import read, write
from review.model import Unit

_COMMON = """o-encoding CDATA #IMPLIED datatype CDATA #IMPLIED creationtool CDATA #IMPLIED
creationtoolversion CDATA #IMPLIED creationdate CDATA #IMPLIED creationid CDATA #IMPLIED changedate CDATA #IMPLIED
changeid CDATA #IMPLIED o-tmf CDATA #IMPLIED usagecount CDATA #IMPLIED lastusagedate CDATA #IMPLIED"""
_KINDS = "(block|paragraph|sentence|phrase)"
DTD = f"""
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note|prop|ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED segtype {_KINDS} #REQUIRED
  o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED
  o-encoding CDATA #IMPLIED creationdate CDATA #IMPLIED creationid CDATA #IMPLIED changedate CDATA #IMPLIED
  changeid CDATA #IMPLIED>
<!ELEMENT ude EMPTY>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note|prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED segtype {_KINDS} #IMPLIED srclang CDATA #IMPLIED {_COMMON}>
<!ELEMENT tuv ((note|prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED lang CDATA #IMPLIED {_COMMON}>
<!ELEMENT note (#PCDATA)> <!ATTLIST note xml:lang CDATA #IMPLIED o-encoding CDATA #IMPLIED lang CDATA #IMPLIED>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED xml:lang CDATA #IMPLIED o-encoding CDATA #IMPLIED lang CDATA #IMPLIED>
<!ELEMENT seg (#PCDATA|bpt|ept|it|ph|hi|ut)*> <!ELEMENT hi (#PCDATA|bpt|ept|it|ph|hi|ut)*>
<!ELEMENT sub (#PCDATA|bpt|ept|it|ph|hi|ut)*>
<!ELEMENT bpt (#PCDATA|sub)*> <!ELEMENT ept (#PCDATA|sub)*> <!ELEMENT it (#PCDATA|sub)*>
<!ELEMENT ph (#PCDATA|sub)*> <!ELEMENT ut (#PCDATA|sub)*>
<!ATTLIST bpt i CDATA #REQUIRED x CDATA #IMPLIED type CDATA #IMPLIED> <!ATTLIST ept i CDATA #REQUIRED>
<!ATTLIST it pos (begin|end) #REQUIRED x CDATA #IMPLIED type CDATA #IMPLIED>
<!ATTLIST ph assoc CDATA #IMPLIED x CDATA #IMPLIED type CDATA #IMPLIED>
<!ATTLIST hi x CDATA #IMPLIED type CDATA #IMPLIED> <!ATTLIST ut x CDATA #IMPLIED>
<!ATTLIST sub datatype CDATA #IMPLIED type CDATA #IMPLIED>
"""

GOOD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="T" creationtoolversion="1" segtype="sentence" o-tmf="T" adminlang="en" srclang="zh-CN"
 datatype="plaintext"><prop type="client">Port</prop></header>
<body>
<tu tuid="7" creationid="ANNA" creationdate="20240102T030405Z"><note>check</note><prop type="domain">news</prop>
<tuv xml:lang="zh-CN"><seg>卡奥斯<bpt i="1">&lt;b&gt;</bpt>平台<ept i="1">&lt;/b&gt;</ept></seg></tuv>
<tuv xml:lang="en-GB" changeid="BEN" changedate="20250102T030405Z"><prop type="q">9</prop><seg>The \
<bpt i="1">&lt;b&gt;</bpt>COSMOPlat<ept i="1">&lt;/b&gt;</ept> platform<ph x="2"/></seg></tuv>
<tuv xml:lang="de"><seg>Die Plattform</seg></tuv>
</tu>
<tu><tuv xml:lang="zh-CN"><seg>最后一句。</seg></tuv><tuv xml:lang="en-GB"><seg>The last.</seg></tuv></tu>
</body></tmx>"""


def units(text: str | bytes, source: str = "", target: str = "") -> list[Unit]:
    """What a file of that text holds."""
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    return list(read(Source.of(data, "memory.tmx"), source, target).units)


def written(given: list[Unit]) -> bytes:
    out = io.BytesIO()
    write(given, out)
    return out.getvalue()
