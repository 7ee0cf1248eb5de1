"""Files in each dialect, written by hand for these tests."""

from __future__ import annotations

PLAIN = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file original="news/harbour.html" source-language="zh-CN" target-language="en-GB" datatype="html">
    <header>
      <tool tool-id="mt" tool-name="Quayside"/>
      <note>For the spring issue.</note>
    </header>
    <body>
      <group id="head">
        <trans-unit id="title">
          <source>港口吞吐量增长</source>
          <target state="translated">Port throughput grows</target>
          <note from="desk">At most 40 characters.</note>
        </trans-unit>
      </group>
      <trans-unit id="p1">
        <source>去年<g id="1" ctype="bold">日照港</g>增长百分之五<x id="2" ctype="image"/>。</source>
        <target state="needs-translation">Last year <g id="1" ctype="bold">Rizhao</g> grew 5%<x id="2" ctype="image"/>.\
</target>
        <alt-trans match-quality="82"><target>In the last year <g id="1">Rizhao port</g> grew.</target></alt-trans>
        <alt-trans alttranstype="reference"><target>Rizhao Port grew 5% last year.</target></alt-trans>
        <alt-trans alttranstype="rejected"><target>Sunshine grew.</target></alt-trans>
      </trans-unit>
      <trans-unit id="p2" translate="no"><source>RZH-2024</source></trans-unit>
      <trans-unit id="p3">
        <source>见<bpt id="1">&lt;a href="x"&gt;</bpt>官网<ept id="1">&lt;/a&gt;</ept>。</source>
      </trans-unit>
      <trans-unit id="p4" approved="yes">
        <source>第一句。第二句。</source>
        <seg-source><mrk mtype="seg" mid="1">第一句。</mrk> <mrk mtype="seg" mid="2">第二句。</mrk></seg-source>
        <target state="final"><mrk mtype="seg" mid="1">First.</mrk> <mrk mtype="seg" mid="2">Second.</mrk></target>
        <alt-trans mid="2"><target>The second.</target></alt-trans>
      </trans-unit>
    </body>
  </file>
  <file original="news/cargo.html" source-language="zh-CN" target-language="en-GB" datatype="html">
    <body>
      <trans-unit id="cargo"><source>货运</source><target><![CDATA[Cargo & freight]]></target></trans-unit>
    </body>
  </file>
</xliff>
"""

TRADOS = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2" \
sdl:version="1.0"><doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-defs><cmt-def id="c-7"><Comments>\
<Comment severity="Low" user="Wei">Check the name.</Comment></Comments></cmt-def></cmt-defs></doc-info>
<file original="C:\\work\\quay.docx" datatype="x-sdlfilterframework2" source-language="zh-CN" target-language="en-US">
<header><file-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><value key="SDL:FileId">1</value></file-info>
<sdl:filetype-info><sdl:filetype-id>Word 2007 v 2.0.0.0</sdl:filetype-id></sdl:filetype-info>
<tag-defs xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><tag id="12"><bpt name="cf">&lt;cf bold="True"&gt;</bpt></tag>\
</tag-defs></header>
<body>
<trans-unit id="structure-1" translate="no"><source><x id="0"/></source></trans-unit>
<group><sdl:cxts><sdl:cxt id="1"/></sdl:cxts>
<trans-unit id="4f1"><source><g id="12">码头有三座岸桥。效率很高。</g></source>\
<seg-source><g id="12"><mrk mtype="seg" mid="1">码头有三座岸桥。</mrk> \
<mrk mtype="seg" mid="2">效率很高。</mrk></g></seg-source>\
<target><g id="12"><mrk mtype="seg" mid="1">The quay has three cranes.</mrk> \
<mrk mtype="seg" mid="2"><mrk mtype="x-sdl-comment" sdl:cid="c-7">Efficiency</mrk> is high.</mrk></g></target>\
<sdl:seg-defs><sdl:seg id="1" conf="Translated" origin="mt" origin-system="Quayside"/>\
<sdl:seg id="2" conf="Draft" origin="mt"><sdl:value key="created_by">Wei</sdl:value></sdl:seg></sdl:seg-defs>\
</trans-unit>
<trans-unit id="4f2"><source>新泊位。</source><seg-source><mrk mtype="seg" mid="3">新泊位。</mrk></seg-source>\
<sdl:seg-defs><sdl:seg id="3"/></sdl:seg-defs></trans-unit>
<trans-unit id="4f3"><source>已签。</source><seg-source><mrk mtype="seg" mid="4">已签。</mrk></seg-source>\
<target><mrk mtype="seg" mid="4">Signed.</mrk></target>\
<sdl:seg-defs><sdl:seg id="4" conf="ApprovedSignOff" locked="true"/></sdl:seg-defs></trans-unit>
</group></body></file></xliff>
""".replace("\n", "\r\n")

MEMOQ = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns:mq="MQXliff" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="berth.docx" source-language="zh-cn" target-language="en-gb" datatype="x-docx">
<header><skl><external-file href="skeleton.xml"/></skl></header>
<body>
<trans-unit id="1" mq:status="ManuallyConfirmed" mq:segmentguid="a-1" mq:percent="0">
<source xml:space="preserve">泊位<bpt id="1" ctype="bold">{}</bpt>三号<ept id="1">{}</ept></source>
<target xml:space="preserve">Berth <bpt id="1" ctype="bold">{}</bpt>No. 3<ept id="1">{}</ept></target>
<mq:comments><mq:comment id="9" creatoruser="Lan">Which berth?</mq:comment></mq:comments>
</trans-unit>
<trans-unit id="2" mq:status="NotStarted">
<source xml:space="preserve">  两格空白<ph id="1">&lt;mq:ch val="&amp;#9;" /&gt;</ph></source>
<target xml:space="preserve"></target>
</trans-unit>
<trans-unit id="3" mq:status="Reviewer1Confirmed"><source xml:space="preserve">完成</source>\
<target xml:space="preserve">Done</target></trans-unit>
</body>
</file>
</xliff>
"""

PHRASE = """<?xml version='1.0' encoding='UTF-8'?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:m="http://www.memsource.com/mxlf/2.0" version="1.2" \
m:version="2.4" m:level="2">
<file original="freight.docx" source-language="zh_cn" target-language="en_us" datatype="x-undefined" m:task-id="T">
<header/><body>
<group id="0" m:para-id="0"><trans-unit id="T:0" m:confirmed="2" m:locked="false" m:para-id="0" xml:space="preserve">
<source>{1&gt;货运&lt;1}量</source><target>{1&gt;Freight&lt;1} volume</target>
<alt-trans origin="machine-trans"><target>Cargo volume</target></alt-trans></trans-unit></group>
<group id="1" m:para-id="0"><trans-unit id="T:1" m:confirmed="1" m:locked="false" m:para-id="0" xml:space="preserve">
<source>很大</source><target>is large</target></trans-unit></group>
<group id="2" m:para-id="1"><trans-unit id="T:2" m:confirmed="0" m:para-id="1" xml:space="preserve">
<source>未译</source><target></target></trans-unit></group>
</body></file></xliff>
"""

SAMPLES = {
    "plain": PLAIN.encode(),
    "plain in UTF-16": PLAIN.replace("UTF-8", "UTF-16").encode("utf-16"),
    "plain in GB18030": PLAIN.replace("UTF-8", "GB18030").encode("gb18030"),
    "sdlxliff": b"\xef\xbb\xbf" + TRADOS.encode(),
    "mqxliff": MEMOQ.encode(),
    "mxliff": PHRASE.encode(),
}


def document(*units: str, file: str = "", root: str = "") -> bytes:
    """A file around units; attributes may be written otherwise."""
    root = root or 'version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"'
    file = file or 'original="a" source-language="zh" target-language="en" datatype="plaintext"'
    body = "\n".join(units)
    return f'<?xml version="1.0"?>\n<xliff {root}>\n<file {file}><body>\n{body}\n</body></file></xliff>\n'.encode()


def unit(source: str, target: str | None = None, more: str = "", attributes: str = 'id="1"') -> str:
    """A unit with a source, a target and what follows."""
    aim = "" if target is None else f"<target>{target}</target>"
    return f"<trans-unit {attributes}><source>{source}</source>{aim}{more}</trans-unit>"
