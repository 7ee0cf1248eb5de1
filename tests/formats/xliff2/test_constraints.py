"""Every constraint of the specification that a file can break, each broken by one small document."""

from __future__ import annotations

import pytest

from review.errors import FormatError
from tests.formats.helpers import read
from tests.formats.xliff2.samples import FIXED, PLAIN, document, file, pair, segment, unit

MATCH = "<mtc:matches><mtc:match {}><source>你好</source><target>Hello</target></mtc:match></mtc:matches>"
SEGMENT = pair("你好", "Hello", 'id="s1"')
FIRST, THEN = f'canReorder="firstNo" {FIXED}', f'canReorder="no" {FIXED}'
IN_UNIT = f'<unit id="u1">{PLAIN}</unit>'

BROKEN: dict[str, tuple[bytes, str]] = {
    # the document
    "unknown version": (document(f'<file id="f1">{IN_UNIT}</file>', "2.7"), "version “2.7” of XLIFF is unknown"),
    "version of another namespace": (
        document(f'<file id="f1">{IN_UNIT}</file>', "2.2", namespace="urn:oasis:names:tc:xliff:document:2.0"),
        "version “2.2” of XLIFF is unknown in the namespace",
    ),
    "no version": (
        b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh"><file id="f"/></xliff>',
        "has no attribute version",
    ),
    "no srcLang": (document(f'<file id="f1">{IN_UNIT}</file>', languages='trgLang="en"'), "no attribute srcLang"),
    "srcLang is no language": (
        document(f'<file id="f1">{IN_UNIT}</file>', languages='srcLang="Chinese (PRC)" trgLang="en"'),
        'srcLang="Chinese (PRC)" of <xliff> must be a language tag of BCP 47',
    ),
    "target without trgLang": (
        document(f'<file id="f1">{IN_UNIT}</file>', languages='srcLang="zh"'),
        "there is a <target>, but <xliff> has no trgLang",
    ),
    "target of an ignorable without trgLang": (
        document(
            '<file id="f1"><unit id="u1"><segment><source>a</source></segment>'
            "<ignorable><source> </source><target> </target></ignorable></unit></file>",
            languages='srcLang="zh"',
        ),
        "no trgLang",
    ),
    "no file": (document(""), "<xliff> must hold one or more <file>"),
    "own element in xliff": (document(f'<my:x/><file id="f1">{IN_UNIT}</file>'), "must hold one or more <file>"),
    "notes of the document before 2.2": (
        document(f'<notes><note>a</note></notes><file id="f1">{IN_UNIT}</file>'),
        "must hold one or more <file>",
    ),
    "own element in xliff 2.2": (
        document(f'<my:x/><file id="f1">{IN_UNIT}</file>', "2.2"),
        "<my:x> may not stand in <xliff>",
    ),
    "text between files": (document(f'<file id="f1">{IN_UNIT}</file>stray'), "text stands in <xliff>"),
    "own attribute without namespace": (file(IN_UNIT, 'id="f1" colour="red"'), "<file> has no attribute colour"),
    # files and groups
    "file without id": (file(IN_UNIT, ""), "<file> has no attribute id"),
    "file id twice": (document(f'<file id="f1">{IN_UNIT}</file>' * 2), "the id “f1” of <file> is used twice"),
    "file without unit": (file("<notes><note>a</note></notes>"), "<file> must hold"),
    "notes behind units": (file(f"{IN_UNIT}<notes><note>a</note></notes>"), "<file> must hold <skeleton>"),
    "own element behind units": (file(f"{IN_UNIT}<my:x>a</my:x>"), "<file> must hold <skeleton>"),
    "skeleton behind notes": (file(f'<notes><note>a</note></notes><skeleton href="a"/>{IN_UNIT}'), "in this order"),
    "two skeletons": (file(f'<skeleton href="a"/><skeleton href="a"/>{IN_UNIT}'), "<file> must hold"),
    "empty skeleton without href": (file(f"<skeleton/>{IN_UNIT}"), "<skeleton> must have either href or content"),
    "full skeleton with href": (file(f'<skeleton href="a">b</skeleton>{IN_UNIT}'), "must have either href or content"),
    "segment in a file": (file(PLAIN), "<segment> may not stand in <file>"),
    "unit in xliff": (document(IN_UNIT), "<unit> may not stand in <xliff>"),
    "group without id": (file(f"<group>{IN_UNIT}</group>"), "<group> has no attribute id"),
    "group id twice": (
        file(f'<group id="g"><group id="g">{IN_UNIT}</group></group>'),
        "the id “g” of <group> is used twice",
    ),
    "unit id twice in different groups": (
        file(f'<group id="g">{IN_UNIT}</group><group id="h">{IN_UNIT}</group>'),
        "the id “u1” of <unit> is used twice",
    ),
    "wrong translate": (
        file(IN_UNIT, 'id="f1" translate="maybe"'),
        'translate="maybe" of <file> must be one of yes, no',
    ),
    "wrong srcDir": (file(IN_UNIT, 'id="f1" srcDir="up"'), "must be one of ltr, rtl, auto"),
    "wrong xml:space": (file(IN_UNIT, 'id="f1" xml:space="keep"'), "must be one of default, preserve"),
    "type without prefix": (unit(PLAIN, 'id="u1" type="title"'), "must be a prefix, a colon and a value"),
    "note ids twice in a file": (
        file(f'<notes><note id="n">a</note><note id="n">b</note></notes>{IN_UNIT}'),
        "the id “n” of <note> is used twice",
    ),
    "ids of own elements twice in a file": (
        file(f'<my:x id="e"><my:y id="x"/><my:y id="x"/></my:x>{IN_UNIT}'),
        "the id “x” of <my:y> is used twice",
    ),
    # units
    "unit without id": (unit(PLAIN, ""), "<unit> has no attribute id"),
    "id with a blank": (unit(PLAIN, 'id="u 1"'), "must be a name without blanks"),
    "unit without segment": (unit("<ignorable><source>a</source></ignorable>"), "at least one <segment>"),
    "empty unit": (unit(""), "at least one <segment>"),
    "notes behind segments": (unit(f"{PLAIN}<notes><note>a</note></notes>"), "<unit> must hold"),
    "notes without note": (unit(f"<notes/>{PLAIN}"), "<notes> must hold one or more <note>"),
    "original data behind segments": (unit(f'{PLAIN}<originalData><data id="d"/></originalData>'), "in this order"),
    "original data without data": (unit(f"<originalData/>{PLAIN}"), "must hold one or more <data>"),
    "own element in original data": (
        unit(f"<originalData><my:x/></originalData>{PLAIN}"),
        "<originalData> must hold one or more <data>",
    ),
    "own element in data": (
        unit(f'<originalData><data id="d"><my:x/></data></originalData>{PLAIN}'),
        "<data> must hold text and <cp>",
    ),
    "inline element in data": (
        unit(f'<originalData><data id="d"><ph id="1"/></data></originalData>{PLAIN}'),
        "<data> must hold text and <cp>",
    ),
    "data that is not preserved": (
        unit(f'<originalData><data id="d" xml:space="default">a</data></originalData>{PLAIN}'),
        "must be one of preserve",
    ),
    "data ids twice": (
        unit(f'<originalData><data id="d">a</data><data id="d">b</data></originalData>{PLAIN}'),
        "the id “d” of <data> is used twice",
    ),
    "note ids twice": (
        unit(f'<notes><note id="n">a</note><note id="n">b</note></notes>{PLAIN}'),
        "the id “n” of <note> is used twice",
    ),
    "wrong priority": (unit(f'<notes><note priority="11">a</note></notes>{PLAIN}'), "a whole number from 1 to 10"),
    "wrong appliesTo": (unit(f'<notes><note appliesTo="unit">a</note></notes>{PLAIN}'), "one of source, target"),
    "ref of a note before 2.2": (unit(f'<notes><note ref="#s">a</note></notes>{PLAIN}'), "<note> has no attribute ref"),
    "element in a note": (unit(f'<notes><note>a<ph id="1"/></note></notes>{PLAIN}'), "text only"),
    "text in a unit": (unit(f"stray {PLAIN}"), "text stands in <unit>"),
    "unknown element": (unit(f"{PLAIN}<sentence/>"), "XLIFF 2.1 has no element <sentence>"),
    "element of no namespace": (unit(f'<x xmlns=""/>{PLAIN}'), "<x> may not stand in <unit>"),
    # segments
    "segment without source": (unit("<segment><target>a</target></segment>"), "<segment> must hold one <source>"),
    "ignorable without source": (unit(f"{PLAIN}<ignorable/>"), "<ignorable> must hold one <source>"),
    "two sources": (unit("<segment><source>a</source><source>b</source></segment>"), "must hold one <source>"),
    "target before source": (unit("<segment><target>a</target><source>b</source></segment>"), "must hold one <source>"),
    "own element in a segment": (unit("<segment><source>a</source><my:x/></segment>"), "must hold one <source>"),
    "own attribute of a segment": (
        segment("a", "b", 'my:x="1"'),
        "<segment> may not carry attributes of another namespace",
    ),
    "own attribute of a source": (
        unit('<segment><source my:x="1">a</source></segment>'),
        "<source> may not carry attributes of another namespace",
    ),
    "translate of a segment": (segment("a", "b", 'translate="no"'), "<segment> has no attribute translate"),
    "dir of a source": (unit('<segment><source dir="ltr">a</source></segment>'), "<source> has no attribute dir"),
    "unknown state": (segment("a", "b", 'state="done"'), "one of initial, translated, reviewed, final"),
    "subState without state": (segment("a", "b", 'subState="my:a"'), "<segment> has subState without state"),
    "subState without prefix": (segment("a", "b", 'state="final" subState="a"'), "a prefix, a colon and a value"),
    "state without target": (segment("a", None, 'state="final"'), "has the state final, but no <target>"),
    "segment ids twice": (unit(pair("a", None, 'id="s"') * 2), "the id “s” of <segment> is used twice"),
    "ignorable with a segment's id": (
        unit(pair("a", None, 'id="s"') + '<ignorable id="s"><source>a</source></ignorable>'),
        "the id “s” of <ignorable> is used twice",
    ),
    "source in another language": (
        unit('<segment><source xml:lang="ja">a</source></segment>'),
        "xml:lang of <source> is ja, but srcLang is zh",
    ),
    "target in another language": (
        unit('<segment><source>a</source><target xml:lang="fr">b</target></segment>'),
        "xml:lang of <target> is fr, but trgLang is en",
    ),
    "language inherited from a unit": (unit(pair("a"), 'id="u1" xml:lang="fr"'), "xml:lang of <source> is fr"),
    "language inherited from a group": (
        file(f'<group id="g" xml:lang="ja">{IN_UNIT}</group>'),
        "xml:lang of <source> is ja",
    ),
    "spaces that differ": (
        unit('<segment><source xml:space="preserve">a</source><target>b</target></segment>'),
        "xml:space of <target> is not that of <source>",
    ),
    "order too high": (
        unit('<segment><source>a</source><target order="2">b</target></segment>'),
        "order of <target> is 2; it can be at most 1",
    ),
    "order 0": (unit('<segment><source>a</source><target order="0">b</target></segment>'), "a whole number from 1"),
    "order twice": (
        unit('<segment><source>a</source><target order="1">b</target></segment>' * 2),
        "two targets have the order 1",
    ),
    "order that another target has by its place": (
        unit('<segment><source>a</source><target order="2">b</target></segment>' + pair("c", "d")),
        "two targets have the order 2",
    ),
    # inline codes
    "inline element outside text": (unit('<segment><ph id="1"/></segment>'), "<ph> may not stand in <segment>"),
    "unknown inline element": (segment("a<x/>"), "has no element <x>"),
    "own element inline": (segment("a<my:x/>"), "<source> must hold text and inline elements"),
    "text in a placeholder": (segment('<ph id="1">a</ph>'), "text stands in <ph>"),
    "element in a placeholder": (segment('<sc id="1"><ph id="2"/></sc><ec startRef="1"/>'), "may not stand in <sc>"),
    "code without id": (segment("<ph/>"), "<ph> has no attribute id"),
    "unknown attribute of a code": (segment('<ph id="1" x="y"/>'), "<ph> has no attribute x"),
    "own attribute of a code": (segment('<pc id="1" my:x="y">a</pc>'), "<pc> may not carry attributes of another"),
    "ids twice in a source": (segment('<ph id="1"/><ph id="1"/>'), "the id “1” of <ph> is used twice"),
    "ids twice in two sources": (
        unit(pair('<ph id="1"/>') + pair('<ph id="1"/>')),
        "the id “1” of <ph> is used twice",
    ),
    "ids twice in a target": (
        segment('<ph id="1"/>', '<ph id="1"/><ph id="1"/>'),
        "the id “1” of <ph> is used twice in the targets",
    ),
    "id of a segment": (segment('<ph id="s"/>', None, 'id="s"'), "the id “s” of <ph> is used twice"),
    "another kind of code in the target": (
        segment('<ph id="1"/>', '<pc id="1">a</pc>'),
        "<pc> in the target has the id “1” that <ph> in the unit has",
    ),
    "unknown original data": (segment('<ph id="1" dataRef="d"/>'), "dataRef of <ph> is “d”"),
    "unknown original data of a start": (segment('<pc id="1" dataRefStart="d">a</pc>'), "dataRefStart of <pc> is “d”"),
    "unknown original data of an end": (segment('<pc id="1" dataRefEnd="d">a</pc>'), "dataRefEnd of <pc> is “d”"),
    "copy of nothing": (segment('<ph id="1" copyOf="9"/>'), "but the unit has no such code"),
    "copy of what may not be copied": (
        segment('<ph id="1" canCopy="no"/><ph id="2" copyOf="1"/>'),
        "copyOf of <ph> is “1”, a code with canCopy no",
    ),
    "copy of a code with data": (
        unit(
            '<originalData><data id="d">x</data></originalData>'
            + pair('<ph id="1" dataRef="d"/><ph id="2" copyOf="1"/>')
        ),
        "a code with original data",
    ),
    "copy with data": (
        unit(
            '<originalData><data id="d">x</data></originalData>'
            + pair('<ph id="1"/><ph id="2" copyOf="1" dataRef="d"/>')
        ),
        "has both copyOf and dataRef",
    ),
    "sub-flow of no unit": (segment('<ph id="1" subFlows="u1 u9"/>'), "subFlows names the unit “u9”"),
    "wrong canCopy": (segment('<ph id="1" canCopy="0"/>'), "one of yes, no"),
    "wrong type": (segment('<ph id="1" type="bold"/>'), "one of fmt, ui, quote, link, image, other"),
    "subType without type": (segment('<ph id="1" subType="my:a"/>'), "<ph> has subType without type"),
    "subType that does not go with its type": (
        segment('<ph id="1" type="fmt" subType="xlf:var"/>'),
        "subType xlf:var does not go with the type fmt",
    ),
    "unknown subType of XLIFF's own": (segment('<ph id="1" type="ui" subType="xlf:no"/>'), "does not go with"),
    "code point that is no number": (segment('<cp hex="zz"/>'), "an even number of hexadecimal digits"),
    "code point too high": (segment('<cp hex="7FFFFF"/>'), "a code point, at most 10FFFF"),
    "code point of an ordinary character": (segment('<cp hex="00E9"/>'), "a character that XML cannot hold"),
    "code point without hex": (segment("<cp/>"), "<cp> has no attribute hex"),
    # starts and ends
    "start without end": (segment('a<sc id="1"/>'), "<sc> “1” has no <ec> behind it"),
    "end without start": (segment('a<ec startRef="1"/>'), "startRef of <ec> is “1”, but no such <sc> stands before it"),
    "end before start": (segment('<ec startRef="1"/>a<sc id="1"/>'), "no such <sc> stands before it"),
    "end in the target only": (segment("a", '<ec startRef="1"/>'), "no such <sc> stands before it"),
    "isolated start with its end": (
        segment('<sc id="1" isolated="yes"/>a<ec startRef="1"/>'),
        "<sc> “1” is isolated, but its <ec> is in the same unit",
    ),
    "two ends": (segment('<sc id="1"/>a<ec startRef="1"/><ec startRef="1"/>'), "a second <ec> has the startRef “1”"),
    "end without startRef": (segment('<sc id="1"/>a<ec id="2"/>'), "must have startRef, and no id"),
    "end with both": (segment('<sc id="1"/>a<ec startRef="1" id="2"/>'), "must have startRef, and no id"),
    "isolated end with startRef": (
        segment('<sc id="1"/>a<ec startRef="1" isolated="yes"/>'),
        "must have id, and no startRef",
    ),
    "dir of an end": (segment('<sc id="1"/>a<ec startRef="1" dir="rtl"/>'), "may have dir only where isolated is yes"),
    "canCopy of an end": (segment('<sc id="1" canCopy="no"/>a<ec startRef="1"/>'), "canCopy of <ec> is not that"),
    "canDelete of an end": (segment('<sc id="1"/>a<ec startRef="1" canDelete="no"/>'), "canDelete of <ec> is not that"),
    "canOverlap of an end": (segment('<sc id="1"/>a<ec startRef="1" canOverlap="no"/>'), "canOverlap of <ec>"),
    "canReorder of an end": (
        segment(f'<sc id="1" {FIRST}/>a<ec startRef="1" {FIRST}/>'),
        "canReorder of <ec> does not go with",
    ),
    "type of an end": (segment('<sc id="1" type="fmt"/>a<ec startRef="1" type="ui"/>'), "type of <ec> is not that"),
    "start of an annotation without end": (segment('<sm id="1"/>a'), "<sm> “1” has no <em> behind it"),
    "end of an annotation without start": (segment('a<em startRef="1"/>'), "no such <sm> stands before it"),
    "end of an annotation before its start": (segment('<em startRef="1"/>a<sm id="1"/>'), "no such <sm>"),
    "end of an annotation for a code": (
        segment('<sc id="1"/>a<em startRef="1"/><ec startRef="1"/>'),
        "startRef of <em> leads to <sc>",
    ),
    # editing hints
    "canReorder without its fellows": (
        segment('<ph id="1" canReorder="firstNo"/>'),
        "must have canCopy and canDelete no",
    ),
    "canReorder with canCopy": (
        segment('<ph id="1" canReorder="firstNo" canDelete="no"/>'),
        "must have canCopy and canDelete no",
    ),
    "sequence without a first": (segment(f'<ph id="1" {THEN}/>'), "does not follow one with firstNo or no"),
    "sequence broken": (
        segment(f'<ph id="1" {FIRST}/><ph id="2"/><ph id="3" {THEN}/>'),
        "does not follow one with firstNo or no",
    ),
    "sequence broken in the target": (
        segment(
            f'<ph id="1" {FIRST}/><ph id="3" {THEN}/><ph id="2"/>',
            f'<ph id="1" {FIRST}/><ph id="2"/><ph id="3" {THEN}/>',
        ),
        "does not follow one with firstNo or no",
    ),
    "code missing in a final target": (
        segment('<ph id="1" canDelete="no"/>a', "b", 'state="final"'),
        "the target lacks the code “1”, which may not be deleted",
    ),
    "codes in another order in a final target": (
        segment(
            f'<pc id="1" {FIRST}>a<ph id="2" {THEN}/></pc>',
            f'<pc id="1" {FIRST}>a</pc><ph id="2" {THEN}/>',
            'state="final"',
        ),
        "stand in another order in the target",
    ),
    # annotations and references
    "annotation without id": (segment("<mrk>a</mrk>"), "<mrk> has no attribute id"),
    "wrong type of an annotation": (segment('<mrk id="1" type="bold">a</mrk>'), "generic, comment, term, or a prefix"),
    "comment without value": (segment('<mrk id="1" type="comment">a</mrk>'), "must have either value or ref"),
    "comment with value and ref": (
        unit('<notes><note id="n">x</note></notes>' + pair('<mrk id="1" type="comment" value="v" ref="#n=n">a</mrk>')),
        "must have either value or ref",
    ),
    "comment that leads to no note": (segment('<mrk id="1" type="comment" ref="#n=n">a</mrk>'), "leads to nothing"),
    "comment that leads to a segment": (
        segment('<mrk id="1" type="comment" ref="#s">a</mrk>', None, 'id="s"'),
        "must lead to a note of the same unit",
    ),
    "comment that leads to the file's note": (
        file(
            '<notes><note id="n">x</note></notes><unit id="u1"><notes><note id="n">x</note></notes>'
            + pair('<mrk id="1" type="comment" ref="#f=f1/n=n">a</mrk>')
            + "</unit>"
        ),
        "must lead to a note of the same unit",
    ),
    "comment that leads elsewhere": (
        segment('<mrk id="1" type="comment" ref="http://example.com">a</mrk>'),
        "must lead to a note of the same unit",
    ),
    "reference in the wrong order": (
        segment('<mrk id="1" type="term" ref="#/u=u1/f=f1/1">a</mrk>'),
        "must come before",
    ),
    "reference with a leaf too early": (
        segment('<mrk id="1" type="my:x" ref="#f=f1/d=1/u=1">a</mrk>'),
        "must come last",
    ),
    "reference with two leaves": (segment('<mrk id="1" type="my:x" ref="#1/2">a</mrk>'), "must come last, and be one"),
    "reference with a prefix twice": (
        segment('<mrk id="1" type="my:x" ref="#f=f1/f=f1/u=u1">a</mrk>'),
        "stands there twice",
    ),
    "reference with an odd prefix": (segment('<mrk id="1" type="my:x" ref="#u=u1/r$d=1">a</mrk>'), "written as names"),
    "reference with an unknown prefix": (segment('<mrk id="1" type="my:x" ref="#u=u1/my=1">a</mrk>'), "of no module"),
    "reference with a prefix of one letter": (
        segment('<mrk id="1" type="my:x" ref="#u=u1/z=1">a</mrk>'),
        "of no module",
    ),
    "reference to no place": (segment('<mrk id="1" type="my:x" ref="#9">a</mrk>'), "“#9” leads to nothing"),
    "reference to no unit": (segment('<mrk id="1" type="my:x" ref="#u=u9">a</mrk>'), "“#u=u9” leads to nothing"),
    "reference to no file": (segment('<mrk id="1" type="my:x" ref="#f=f9/u=u1">a</mrk>'), "leads to nothing"),
    # modules
    "match without ref": (unit(MATCH.format('id="m"') + SEGMENT), "<mtc:match> has no attribute ref"),
    "match for nothing": (unit(MATCH.format('ref="#s9"') + SEGMENT), "“#s9” leads to nothing"),
    "match for the unit": (unit(MATCH.format('ref="#u=u1"') + SEGMENT), "must lead to a span of the unit"),
    "match with a bare name": (unit(MATCH.format('ref="s1"') + SEGMENT, version="2.2"), "as in #id"),
    "match of an unknown type": (unit(MATCH.format('ref="#s1" type="x"') + SEGMENT), "one of am, ebm, icm"),
    "match with subType alone": (
        unit(MATCH.format('ref="#s1" subType="my:x"') + SEGMENT),
        "subType is used without type",
    ),
    "match of 101 percent": (unit(MATCH.format('ref="#s1" similarity="101"') + SEGMENT), "a number from 0.0 to 100.0"),
    "match with a language": (unit(MATCH.format('ref="#s1" xml:lang="en"') + SEGMENT), "has no attribute lang"),
    "match ids twice": (
        unit(
            "<mtc:matches>"
            + '<mtc:match id="m" ref="#s1"><source>a</source><target>b</target></mtc:match>' * 2
            + "</mtc:matches>"
            + SEGMENT
        ),
        "the id “m” of <mtc:match> is used twice",
    ),
    "match with a wrong code": (
        unit(
            '<mtc:matches><mtc:match ref="#s1"><source><ph id="1" dataRef="d"/></source><target/></mtc:match>'
            "</mtc:matches>" + SEGMENT
        ),
        "dataRef of <ph> is “d”",
    ),
    "match without target": (
        unit('<mtc:matches><mtc:match ref="#s1"><source>a</source></mtc:match></mtc:matches>' + SEGMENT),
        "<mtc:match> must hold",
    ),
    "glossary without entries": (unit("<gls:glossary/>" + SEGMENT), "must hold one or more <glossEntry>"),
    "entry without translation or definition": (
        unit("<gls:glossary><gls:glossEntry><gls:term>a</gls:term></gls:glossEntry></gls:glossary>" + SEGMENT),
        "<gls:glossEntry> must hold",
    ),
    "ids of a glossary twice": (
        unit(
            '<gls:glossary><gls:glossEntry id="a"><gls:term>a</gls:term><gls:translation id="a">b</gls:translation>'
            "</gls:glossEntry></gls:glossary>" + SEGMENT
        ),
        "the id “a” of <gls:translation> is used twice",
    ),
    "metadata without group": (unit("<mda:metadata/>" + SEGMENT), "must hold one or more <metaGroup>"),
    "meta without type": (
        unit("<mda:metadata><mda:metaGroup><mda:meta>a</mda:meta></mda:metaGroup></mda:metadata>" + SEGMENT),
        "<mda:meta> has no attribute type",
    ),
    "meta that applies to something": (
        unit(
            '<mda:metadata><mda:metaGroup><mda:meta type="a" appliesTo="source">a</mda:meta></mda:metaGroup>'
            "</mda:metadata>" + SEGMENT
        ),
        "<mda:meta> has no attribute appliesTo",
    ),
    "resource with content and href": (
        file(
            '<res:resourceData><res:resourceItem id="r" mimeType="text/xml"><res:source href="a">b</res:source>'
            f"</res:resourceItem></res:resourceData>{IN_UNIT}"
        ),
        "must have either href or content",
    ),
    "resource ids twice": (
        file(
            '<res:resourceData><res:resourceItemRef id="r" ref="r"/><res:resourceItem id="r" mimeType="a"/>'
            f"</res:resourceData>{IN_UNIT}"
        ),
        "the id “r” of <res:resourceItem> is used twice",
    ),
    "rule without a rule": (unit("<val:validation><val:rule/></val:validation>" + SEGMENT), "exactly one of isPresent"),
    "rule with two": (
        unit('<val:validation><val:rule isPresent="a" startsWith="b"/></val:validation>' + SEGMENT),
        "exactly one of isPresent",
    ),
    "existsInSource alone": (
        unit('<val:validation><val:rule isNotPresent="a" existsInSource="yes"/></val:validation>' + SEGMENT),
        "existsInSource needs",
    ),
    "occurs 0": (
        unit('<val:validation><val:rule isPresent="a" occurs="0"/></val:validation>' + SEGMENT),
        "a whole number from 1",
    ),
    "unknown element of a module": (
        unit('<val:checks><val:rule isPresent="a"/></val:checks>' + SEGMENT),
        "<val:checks> may not stand in <unit>",
    ),
    "unknown attribute of a module": (unit(PLAIN, 'id="u1" fs:bold="yes"'), "the format style module has no attribute"),
    "fs that is no element": (unit(PLAIN, 'id="u1" fs:fs="bold"'), "must be the name of an HTML element"),
    "subFs without fs": (unit(PLAIN, 'id="u1" fs:subFs="src,a"'), "fs:subFs is used without fs:fs"),
    "fs on an end": (segment('<sc id="1"/>a<ec startRef="1" fs:fs="b"/>'), "only where isolated is yes"),
    "two sizes": (unit(PLAIN, 'id="u1" slr:sizeInfo="1" slr:sizeInfoRef="a"'), "may not stand together"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_constraint_is_refused_and_named(name: str) -> None:
    data, words = BROKEN[name]
    with pytest.raises(FormatError) as refused:
        read(data, "xliff2")
    assert words in str(refused.value)
    assert refused.value.line


def test_the_line_and_the_unit_are_named() -> None:
    with pytest.raises(FormatError, match="line 6: unit “u1”: "):
        read(segment('a<sc id="1"/>'), "xliff2")
