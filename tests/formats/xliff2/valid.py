"""Documents that keep every constraint, some only just: all must be read."""

from __future__ import annotations

from tests.formats.xliff2.samples import FIXED, PLAIN, document, file, pair, segment, unit

FIRST, THEN = f'canReorder="firstNo" {FIXED}', f'canReorder="no" {FIXED}'
DATA = '<originalData><data id="d1">&lt;b&gt;</data><data id="d2">&lt;/b&gt;</data></originalData>'
SEQUENCE = f'<pc id="1" {FIRST}>句<ph id="2" {THEN}/></pc>'

EVERYTHING = document(
    """<file id="f1" original="新闻.docx" canResegment="no" translate="no" srcDir="ltr" trgDir="auto" my:a="1"
 xml:space="preserve">
<skeleton><my:template>x</my:template> text</skeleton>
<mda:metadata id="m"><mda:metaGroup category="c" appliesTo="target"><mda:meta type="t">v</mda:meta>
 <mda:metaGroup><mda:meta type="u">w</mda:meta></mda:metaGroup></mda:metaGroup></mda:metadata>
<my:own id="x1"><my:inner id="x2"/></my:own>
<notes><note id="n1" appliesTo="source" priority="2" category="c" my:b="2">of the file</note>
<note>another</note></notes>
<unit id="u1" translate="yes" canResegment="yes" name="title" type="my:headline">
 <!-- a comment -->
 <my:own id="x1"/>
 <notes><note id="n1">of the unit</note></notes>
 <originalData><data id="d1">&lt;b&gt;</data><data id="d2" dir="rtl">&lt;/b&gt;<cp hex="0001"/></data></originalData>
 <segment id="s1" canResegment="no" state="translated" subState="my:checked">
  <source>海尔<pc id="1" dataRefStart="d1" dataRefEnd="d2" type="fmt" subType="xlf:b" subFlowsStart="u2"
   >发布</pc>平台。</source>
  <target order="3">Haier <pc id="1" dataRefStart="d1" dataRefEnd="d2" type="fmt" subType="xlf:b"
   >launched</pc> it.</target>
 </segment>
 <ignorable><source> </source></ignorable>
 <segment id="s2"><source>再见。</source><target order="1">Goodbye.</target></segment>
</unit>
<group id="g1" translate="yes" name="part">
 <notes><note id="n1">of the group</note></notes>
 <unit id="u2"><segment><source>句</source></segment></unit>
 <group id="g2"/>
</group>
</file>
<file id="f2"><unit id="u1">"""
    + PLAIN
    + "</unit></file>",
    "2.0",
)

ACCEPTED: dict[str, bytes] = {
    "everything": EVERYTHING,
    "version 2.1": segment("你好", "Hello", version="2.1"),
    "version 2.2": segment("你好", "Hello", version="2.2"),
    "version 2.1 in the namespace of 2.2": document(
        f'<file id="f"><unit id="u">{PLAIN}</unit></file>', "2.1", namespace="urn:oasis:names:tc:xliff:document:2.2"
    ),
    "notes and metadata of the document": document(
        '<notes><note id="n" ref="#f=f1/u=u1/s1">a</note></notes>'
        '<mda:metadata><mda:metaGroup><mda:meta type="t">v</mda:meta></mda:metaGroup></mda:metadata>'
        '<file id="f1"><unit id="u1">' + pair("a", "b", 'id="s1"') + "</unit></file>",
        "2.2",
    ),
    "plural": unit(PLAIN, 'id="u1" pgs:switch="plural:count"', version="2.2"),
    "no target": document(
        '<file id="f"><unit id="u"><segment><source>a</source></segment></unit></file>', languages='srcLang="zh"'
    ),
    "trgLang without target": segment("你好"),
    "state without target in 2.0": segment("你好", None, 'state="translated"', version="2.0"),
    "languages in other case": unit(
        '<segment><source xml:lang="ZH">a</source><target xml:lang="En">b</target></segment>'
    ),
    "languages set right inside": document(
        '<file id="f" xml:lang="ja"><unit id="u" xml:lang="zh"><segment><source>a</source>'
        '<target xml:lang="en">b</target></segment></unit></file>'
    ),
    "long language tags": document(
        f'<file id="f"><unit id="u">{PLAIN}</unit></file>', languages='srcLang="zh-Hant-TW" trgLang="x-klingon"'
    ),
    "skeleton elsewhere": file(f'<skeleton href="a.skl"/><unit id="u">{PLAIN}</unit>'),
    "resource in a file": file(
        '<res:resourceData><res:resourceItem id="r1" mimeType="text/xml" context="no"><res:source href="a"/>'
        '<res:target href="b"/></res:resourceItem></res:resourceData><unit id="u">'
        + pair('<mrk id="m" type="my:r" ref="#f=f1/res=r1">a</mrk>')
        + "</unit>"
    ),
    "ignorables and order": unit(
        '<segment><source>a</source><target order="6">A</target></segment>'
        "<ignorable><source> </source><target></target></ignorable>"
        '<segment><source>b</source><target order="1">B</target></segment><segment><source>c</source></segment>'
        '<ignorable><source> </source></ignorable><segment><source>d</source><target order="3">D</target></segment>'
    ),
    "placeholder": segment('点<ph id="1" disp="[1]" equiv="" canDelete="no"/>', '<ph id="1" canDelete="no"/> click'),
    "code of the target only": segment("a", 'b<ph id="9"/><pc id="8">c</pc>'),
    "start and end apart": unit(
        pair('<sc id="1"/>a', '<sc id="1"/>b') + pair('c<ec startRef="1"/>', 'd<ec startRef="1"/>')
    ),
    "start and end apart, translated in part": unit(
        pair('<sc id="1"/>a', '<sc id="1"/>b') + pair('c<ec startRef="1"/>')
    ),
    "start and end in the order of targets": unit(
        '<segment><source><sc id="1"/>a</source><target order="2">b<ec startRef="1"/></target></segment>'
        '<segment><source>c<ec startRef="1"/></source><target order="1"><sc id="1"/>d</target></segment>'
    ),
    "pair for a start and an end": segment('<sc id="1"/>a<ec startRef="1"/>', '<pc id="1">b</pc>'),
    "overlapping": segment('<sc id="1"/>a<sc id="2"/>b<ec startRef="1"/>c<ec startRef="2"/>'),
    "isolated": segment('<ec id="1" isolated="yes" dir="ltr"/>a<sc id="2" isolated="yes"/>'),
    "annotations over segments": unit(pair('<sm id="m" translate="no"/>a') + pair('b<em startRef="m"/>')),
    "annotations": unit(
        '<notes><note id="n">x</note></notes>'
        + pair(
            '<mrk id="1" type="comment" ref="#n=n">a</mrk><mrk id="2" type="comment" value="v">b</mrk>'
            '<mrk id="3" type="term" ref="http://example.com/#x">c</mrk><mrk id="4" translate="no" my:a="b">d</mrk>'
            '<mrk id="5" type="my:own" ref="other.xml#f=1/n=2">e</mrk>'
        )
    ),
    "comment by its full address": unit(
        '<notes><note id="n">x</note></notes>' + pair('<mrk id="1" type="comment" ref="#f=f1/u=u1/n=n">a</mrk>')
    ),
    "references to other places": document(
        '<file id="f1"><notes><note id="n">x</note></notes><group id="g"><notes><note id="n">x</note></notes>'
        '<unit id="u1"><segment id="s"><source><mrk id="1" type="my:a" ref="#f=f2/u=u9/s">a</mrk>'
        '<mrk id="2" type="my:a" ref="#g=g/n=n">b</mrk><mrk id="3" type="my:a" ref="#/f=f1/n=n">c</mrk></source>'
        "</segment>"
        '</unit></group></file><file id="f2"><unit id="u9"><segment id="s"><source>d</source></segment></unit></file>'
    ),
    "codes with data": unit(
        DATA
        + pair(
            '<pc id="1" dataRefStart="d1" dataRefEnd="d2">a</pc>', '<pc id="1" dataRefStart="d1" dataRefEnd="d2">b</pc>'
        )
    ),
    "copies": segment('<pc id="1">a</pc>', '<pc id="1">b</pc><pc id="2" copyOf="1">c</pc>'),
    "sub-flows": file(
        f'<unit id="a">{PLAIN}</unit><unit id="b">{PLAIN}</unit><unit id="c">'
        + pair('<ph id="1" subFlows="a b"/>')
        + "</unit>"
    ),
    "types": segment(
        '<ph id="1" type="ui" subType="xlf:var"/><ph id="2" type="fmt" subType="xlf:lb"/>'
        '<ph id="3" type="link" subType="my:x"/>'
    ),
    "sequences": segment(SEQUENCE + '<ph id="3"/>', '<ph id="3"/>' + SEQUENCE),
    "sequences swapped": segment(
        f'<ph id="1" {FIRST}/><ph id="2" {THEN}/><ph id="3" {FIRST}/><ph id="4" {THEN}/><ph id="5"/>',
        f'<ph id="3" {FIRST}/><ph id="4" {THEN}/><ph id="5"/><ph id="1" {FIRST}/><ph id="2" {THEN}/>',
    ),
    "sequence with start and end": segment(f'<sc id="1" {FIRST}/>a<ec startRef="1" {THEN}/>'),
    "code missing before the end": segment('<ph id="1" canDelete="no"/>a', "b", 'state="translated"'),
    "sections and references": segment("<![CDATA[<a> & b]]> &#x4F60; &amp;", "<![CDATA[<c>]]>&lt;d"),
    "code points": segment('a<cp hex="0001"/><cp hex="D800"/><cp hex="0085"/>', '<cp hex="001F"/>'),
    "matches": unit(
        "<mtc:matches><!-- a comment -->"
        '<mtc:match id="1" ref="#m1" similarity="87.5" matchQuality="100" type="tm" subType="my:x" origin="o" my:a="b">'
        '<mda:metadata><mda:metaGroup><mda:meta type="t">v</mda:meta></mda:metaGroup></mda:metadata>'
        '<originalData><data id="x">y</data></originalData><source><ph id="1" dataRef="x"/>你好</source>'
        '<target><ph id="1" dataRef="x"/>Hi</target><my:own/></mtc:match>'
        '<mtc:match id="2" ref="#t=m2"><source>a</source><target>b</target></mtc:match>'
        '<mtc:match ref="#s1" reference="yes"><source>a</source><target xml:lang="fr">b</target></mtc:match>'
        "</mtc:matches>"
        + pair('<mrk id="m1" type="mtc:match">你好</mrk>', '<mrk id="m2" type="my:x">Hello</mrk>', 'id="s1"')
    ),
    "match with a bare name in 2.1": unit(
        '<mtc:matches><mtc:match ref="s1"><source>a</source><target>b</target></mtc:match></mtc:matches>'
        + pair("a", None, 'id="s1"')
    ),
    "glossary": unit(
        '<gls:glossary><gls:glossEntry id="g" ref="#m" my:a="1"><gls:term source="s">你好</gls:term>'
        '<gls:translation id="t" source="s">hello</gls:translation><gls:definition>a greeting</gls:definition><my:x/>'
        "</gls:glossEntry><gls:glossEntry><gls:term>a</gls:term><gls:definition>b</gls:definition></gls:glossEntry>"
        "</gls:glossary>" + pair('<mrk id="m" type="term">你好</mrk>')
    ),
    "sizes": file(
        '<slr:profiles generalProfile="xliff:codepoints" storageProfile="xliff:utf8"><slr:normalization general="nfc"/>'
        '</slr:profiles><slr:data profile="my:p"><my:size id="s1">4</my:size></slr:data>'
        f'<group id="g" slr:storageRestriction="255" slr:sizeInfoRef="s1">'
        f'<unit id="u" slr:sizeRestriction="9,*">{PLAIN}</unit></group>'
    ),
    "validation": unit(
        '<val:validation><val:rule isPresent="a" occurs="2"/><val:rule endsWith=":" existsInSource="yes"/>'
        '<val:rule my:rule="x"/></val:validation>' + PLAIN
    ),
    "format style": segment('<pc id="1" fs:fs="a" fs:subFs="href,x">a</pc><sc id="2" fs:fs="b"/>b<ec startRef="2"/>'),
    "format style on an end in 2.0": segment('<sc id="1"/>a<ec startRef="1" fs:fs="b"/>', version="2.0"),
    "its": segment(
        '<mrk id="1" type="its:generic" its:taClassRef="http://example.com" xmlns:its="http://www.w3.org/2005/11/its"'
        ' its:version="2.0">a</mrk>'
    ),
    "prefixes": (
        b'<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh" trgLang="en">'
        b'<x:file id="f"><x:unit id="u"><x:segment><x:source>a<x:ph id="1"/></x:source></x:segment></x:unit></x:file>'
        b"</x:xliff>"
    ),
}
"""By what is special about them."""
