"""PO files in and out."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review import formats
from review.errors import FormatError, ReviewError
from review.formats.base import Options, Source
from review.formats.po._parsing import entries, escaped
from review.formats.po._wrapping import WIDTH, quoted, width
from review.model import Article, Code, Correction, ReadingHeader, Segment
from tests.formats.helpers import HOSTILE, again, at, deleted, edit, inserted, read, write, written

HEADER = r"""# Port authority.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: zh_CN\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
FILE = (
    HEADER
    + r"""# by hand
#. shown in the menu
#: src/menu.c:12
#, c-format
msgctxt "menu"
msgid "Open %s\n"
msgstr "打开 %s\n"

#, fuzzy, c-format
#| msgid "Old"
msgid ""
"A long text "
"in parts"
msgstr ""
"很长的"
"文字"

msgid "%d ship"
msgid_plural "%d ships"
msgstr[0] "一艘船"
msgstr[1] "%d 艘船"

msgid "Close"
msgstr ""

#~ msgid "Gone"
#~ msgstr "没了"
"""
)
DATA = FILE.encode()
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


def segments(data: bytes) -> list[Segment]:
    return [segment for article in read(data, "po")[1] for segment in article.segments]


def confirmed(place: int, text: str, status: str = "confirmed"):  # type: ignore[no-untyped-def]
    def change(found: list[Segment]) -> list[Segment]:
        found[place] = replace(found[place], correction=Correction(text, status))
        return found

    return change


def test_each_translation_is_a_segment_with_its_source_and_notes() -> None:
    header, (article,) = read(DATA)
    assert header.format == "po"
    assert article.target_language == "zh-CN"
    assert [(s.source, s.hypothesis) for s in article.segments] == [
        ("Open %s", "打开 %s"),
        ("A long text in parts", "很长的文字"),
        ("%d ship", "一艘船"),
        ("%d ships", "%d 艘船"),
        ("Close", ""),
    ]
    assert article.segments[0].notes == ("context: menu", "by hand", "shown in the menu", "at src/menu.c:12")
    assert article.segments[1].notes == ('before: msgid "Old"',)
    assert article.segments[3].notes == ("plural form 1 of 2",)


def test_a_fuzzy_entry_is_a_draft_until_it_is_confirmed() -> None:
    assert [s.correction.status if s.correction else "new" for s in segments(DATA)] == ["new", "draft", *["new"] * 3]
    assert again(DATA) == DATA
    out, warnings = edit(DATA, confirmed(1, "很长的文字"))
    assert out == FILE.replace("#, fuzzy, c-format", "#, c-format").encode()
    assert warnings == []
    out, _ = edit(DATA.replace(b"#, fuzzy, c-format\n", b"#, fuzzy\n"), confirmed(1, "很长的文字"))
    assert out == FILE.replace("#, fuzzy, c-format\n", "").encode()


def test_what_is_not_confirmed_becomes_fuzzy_and_is_told() -> None:
    out, warnings = edit(DATA, at(0, "开 %s"))
    assert out == FILE.replace("#, c-format\nmsgctxt", "#, fuzzy, c-format\nmsgctxt").replace("打开", "开").encode()
    assert "1 entry is not confirmed, so marked fuzzy" in warnings[0]
    out, _ = edit(DATA, at(4, "关"))
    assert out == FILE.replace('msgid "Close"\nmsgstr ""', '#, fuzzy\nmsgid "Close"\nmsgstr "关"').encode()


def test_an_entry_with_plural_forms_is_sure_when_all_of_them_are() -> None:
    data = FILE.replace('msgid "%d ship"', '#, fuzzy\nmsgid "%d ship"').encode()
    assert edit(data, confirmed(2, "一艘船"))[0] == data

    def both(found: list[Segment]) -> list[Segment]:
        return confirmed(3, "%d 船")(confirmed(2, "一艘船")(found))  # type: ignore[no-any-return]

    assert edit(data, both)[0] == FILE.replace("%d 艘船", "%d 船").encode()


def test_only_the_string_that_changed_is_written_and_wrapped() -> None:
    out, _ = edit(DATA, confirmed(0, '打开 "%s"\t\\'))
    assert out == FILE.replace('"打开 %s\\n"', '"打开 \\"%s\\"\\t\\\\\\n"').encode()
    long = "长" * 60
    out, _ = edit(DATA, confirmed(4, long))
    assert f'msgstr ""\n"{"长" * 38}"\n"{"长" * 22}"\n' in out.decode()
    assert segments(out)[4].hypothesis == long


def test_a_file_that_is_not_wrapped_stays_so() -> None:
    data = HEADER + 'msgid "a"\nmsgstr "' + "word " * 30 + '"\n'
    out, _ = edit(data.encode(), confirmed(0, "word " * 40))
    assert out.decode() == data.replace("word " * 30, "word " * 40)


def test_line_ends_around_a_text_follow_its_source() -> None:
    data = (HEADER + 'msgid "\\nHello\\n"\nmsgstr ""\n').encode()
    (segment,) = segments(data)
    assert (segment.source, segment.hypothesis) == ("Hello", "")
    out, _ = edit(data, confirmed(0, "你好"))
    assert out.decode().endswith('msgstr ""\n"\\n"\n"你好\\n"\n')


def test_deleted_and_inserted_text_is_told() -> None:
    out, warnings = edit(DATA, lambda found: [deleted(found[0]), found[1], inserted("新"), *found[2:]])
    assert 'msgstr ""\n\n#, fuzzy' in out.decode()
    assert segments(out)[1].hypothesis == "很长的文字 新".replace(" ", "")
    assert "entry 1" in warnings[0]
    assert "inserted sentence" in warnings[1]


@pytest.mark.parametrize(
    ("encoding", "named"), [("gb18030", "GB18030"), ("utf-8-sig", "UTF-8"), ("big5", "Big5"), ("utf-16", "UTF-8")]
)
def test_the_encoding_of_the_header_is_kept(encoding: str, named: str) -> None:
    text = FILE.replace("charset=UTF-8", f"charset={named}").replace("\n", "\r\n")
    text = text if encoding != "big5" else text.translate(str.maketrans("开长没", "開長沒"))
    data = text.encode(encoding, "replace")
    assert again(data) == data
    out, _ = edit(data, confirmed(4, "完"))
    assert out == text.replace('"Close"\r\nmsgstr ""', '"Close"\r\nmsgstr "完"').encode(encoding, "replace")


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    data = (
        FILE.replace("charset=UTF-8", "charset=big5")
        .translate(str.maketrans("开长没", "開長沒"))
        .encode("big5", "replace")
    )
    with pytest.raises(FormatError, match="'😀'"):
        edit(data, confirmed(4, "😀"))


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('msgid "a', 1, "not closed"),
        ('msgid "a" b\nmsgstr "c"', 1, "not closed, or something follows"),
        ('msgstr "a"', 1, "msgstr is out of place"),
        ('msgid "a"\nmsgid "b"', 2, "msgid is out of place"),
        ('msgid "a"\n', 1, "has no msgstr"),
        ('msgctxt "a"\n', 1, "has no msgid"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"', 3, r"msgstr\[1\] is out of place"),
        ('msgid "a"\nmsgstr[0] "c"', 2, r"msgstr\[0\] is out of place"),
        ('"a"', 1, "continues nothing"),
        ("hello", 1, "no line of a PO file: hello"),
        ('msgid "\\q"\nmsgstr ""', 1, r"no escape \\q"),
        ('msgid "\\377"\nmsgstr ""', 1, "stands for a byte"),
        ('msgid "\\0"\nmsgstr ""', 1, "stands for a byte"),
        ('msgid ""\nmsgstr ""\n', None, "no message"),
        ('msgid "a"\nmsgstr "b"\n\xff', 3, "not UTF-8"),
    ],
)
def test_what_is_no_po_is_refused_with_its_line(text: str, line: int | None, what: str) -> None:
    with pytest.raises(FormatError, match=what) as caught:
        read(text.encode("latin-1"), "po")
    if line:
        assert caught.value.line == line


@settings(deadline=None)
@given(TEXT)
def test_any_string_comes_back(text: str) -> None:
    for wrap in (True, False):
        file = f'msgid "a"\nmsgstr {quoted(text, "msgstr", chr(10), wrap)}\n'
        (entry,) = entries("a.po", file)
        assert entry.translations[0].text == text
    for line in quoted(text, "msgstr", "\n").split("\n")[1:]:
        assert width(line) <= WIDTH + 2 or not any(sign.isspace() for sign in line[1:-3].strip())


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT.filter(bool), TEXT), min_size=1, max_size=4), st.integers(0, 9), TEXT)
def test_one_edit_changes_one_string(rows: list[tuple[str, str]], place: int, new: str) -> None:
    parts = [f'\nmsgid "x{escaped(a)}"\nmsgstr "{escaped(b)}"\n' for a, b in rows]
    data = (HEADER + "".join(parts)).encode()
    assert again(data) == data
    place %= len(rows)
    new = new.strip("\n")
    out, _ = edit(data, confirmed(place, new))
    assert [s.hypothesis for s in segments(out)] == [
        new if n == place else text.strip("\n") for n, (_, text) in enumerate(rows)
    ]
    assert out.startswith((HEADER + "".join(parts[:place])).encode())
    assert out.endswith("".join(parts[place + 1 :]).encode())


def test_a_new_file_holds_sources_notes_and_drafts() -> None:
    made = [
        Segment("one <1>", name="1", source="甲 <1>", notes=("look\nhere",), codes=(Code("<1>"),)),
        Segment("two", name="2", source="甲 ", correction=Correction("zwei", "draft")),
        *(Segment(text, name=str(n), source=f"{n} {text}") for n, text in enumerate(HOSTILE, 3)),
        Segment("lost", name="9"),
    ]
    out, warnings = written(ReadingHeader("po"), [Article("a", tuple(made), target_language="de-AT")])
    assert b"Language: de_AT" in out
    assert "a/9" in warnings[1]
    found = segments(out)
    assert [(s.source, s.text) for s in found[:2]] == [("甲 ", "one "), ("甲 ", "zwei")]
    assert found[0].notes == ("look", "here")
    assert found[1].notes == ("context: a/2",)
    assert found[1].correction == Correction("zwei", "draft")
    assert [s.hypothesis for s in found[2:]] == list(HOSTILE)
    assert write(ReadingHeader("po"), read(out)[1]).startswith(b'msgid ""')


def test_text_without_any_source_is_no_po_file() -> None:
    po = formats.find("po")
    assert po.build is not None
    with pytest.raises(FormatError, match=r"no segment has a source.*Attach the source, or choose another format"):
        po.build(ReadingHeader("article", "a.txt"), [Article("a", (Segment("Hello."),))], io.BytesIO())


def test_a_file_is_told_by_its_content() -> None:
    assert formats.recognise(Source("upload", data=DATA), Options()).name == "po"


def test_damage_anywhere_gives_a_sentence_or_a_reading() -> None:
    dice = random.Random(6)
    for _ in range(1000):
        start = dice.randrange(len(DATA))
        end = start + dice.choice([1, 1, 5, 50])
        bad = DATA[:start] + dice.choice([b"", b"\n", b'"', b"\xff", b"\\", b"#,", DATA[start:end] * 2]) + DATA[end:]
        try:
            edit(bad, at(0, "new"), "po")
        except ReviewError:
            continue
