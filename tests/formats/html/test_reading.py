"""What is read of a page: its article, without what stands around it."""

from __future__ import annotations

import pytest

from review import formats
from review.errors import FormatError
from review.model import Segment
from tests.formats.helpers import again, read
from tests.formats.html.samples import NEWS


def segments(page: str, **options: str) -> list[Segment]:
    return list(read(page.encode(), "html", **options)[1][0].segments)


def texts(page: str) -> list[str]:
    return [segment.hypothesis for segment in segments(page)]


def test_the_article_is_read_and_what_stands_around_it_is_not() -> None:
    found = texts(NEWS)
    assert found[:3] == [
        "Port of Rizhao grows again - Example News",
        'The port handled 4.2% more & plans "two quays".',
        "Port of Rizhao grows again",
    ]
    whole = "\n".join(found)
    for part in ("Home", "cookies", "cheap containers", "Related", "beaches", "Copyright", "no text", "left"):
        assert part not in whole
    for part in ("A quay of the port in the morning.", "Outlook", "480 million", "said the chairman", "Tonnes handled"):
        assert part in whole


def test_what_is_left_out_is_said() -> None:
    (warning,) = formats.read(NEWS.encode()).warnings
    assert "blocks of text (menus, advertisements, related links, footer) are not its article" in warning


def test_inline_tags_are_codes_and_sentences_are_segments() -> None:
    first, second = segments(NEWS)[3:5]
    assert first.hypothesis == (
        "The <1>port of Rizhao</1> handled 500 million tonnes of goods in 2021, 4.2% more than in the year before."
    )
    assert [(code.token, code.shown) for code in first.codes] == [("<1>", "<b>"), ("</1>", "</b>")]
    assert second.hypothesis == "It is <2>one of the largest</2> in the country\u00a0— and it is growing."
    assert first.paragraph == second.paragraph
    assert first.locators[0].split("#")[0] == second.locators[0].split("#")[0]


def test_locators_are_code_points_of_the_page() -> None:
    for segment in segments(NEWS):
        start, end = map(int, segment.locators[0].split("#")[1].split(":"))
        assert NEWS[start:end].split()[0].startswith(segment.hypothesis.split()[0].split("<")[0][:3])


def test_the_page_names_the_article_and_its_language() -> None:
    _, (article,) = read(NEWS.encode())
    assert article.name == "Port of Rizhao grows again - Example News"
    assert article.target_language == "en"


def test_a_language_of_another_script_than_the_text_is_not_believed() -> None:
    page = NEWS.replace('lang="en"', 'lang="zh-CN"').encode()
    _, (article,) = read(page)
    assert article.target_language == "en"
    assert "The page says that its language is zh-CN" in " ".join(formats.read(page).warnings)


def test_all_of_a_fragment_is_read_with_a_warning() -> None:
    reading = formats.read(b"<p>One.</p><p>Two.</p>", "html")
    assert "No article was found" in reading.warnings[0]
    assert [segment.hypothesis for segment in next(reading.articles).segments] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a <b>b</b> c", "a <1>b</1> c"),
        ("<b>a</b>", "a"),
        ("<p><span><a href=x>a b</a></span></p>", "a b"),
        ("a <img src=x> c", "a <1/> c"),
        ("a<br>c", "a<1/>c"),
        ("a <a name=x></a>c", "a <1/>c"),
        ("a <b>c", "a <1/>c"),
        ("a</b> c", "a<1/> c"),
        ("<b>a <i>b</b> c</i>", "<1>a <2>b</1> c</2>"),
        ("a\n   b\t c", "a b c"),
        ("中文\n中文", "中文中文"),
        ("a &lt;3&gt; <b>b</b> c", "a <3> <4>b</4> c"),
        ("5 < 6 and a<b c", "5 < 6 and a"),
        ("a &amp b &copy; &#8212; &#x4e2d; &nosuch; & c", "a & b © — 中 &nosuch; & c"),
        ("a &notit; b", "a ¬it; b"),
        ("a<!-- c -->b", "ab"),
        ("a <script>x < y</script>b", "a b"),
        ("a <svg><path d='M'/><text>no</text></svg> b", "a <1/> b"),
        ("a <custom-tag>b</custom-tag> c", "a <1>b</1> c"),
    ],
)
def test_what_a_block_reads_as(markup: str, text: str) -> None:
    assert texts(markup) == [text]


def test_two_line_breaks_part_paragraphs() -> None:
    assert texts("One.<br> <br/>Two.<br><br><br>Three.") == ["One.", "Two.", "Three."]


def test_preformatted_text_scripts_and_fields_are_left_alone() -> None:
    page = (
        "<p>a b</p><pre>no</pre><textarea>no</textarea><select><option>no</select><script>no</script><style>no</style>"
    )
    assert texts(page) == ["a b"]


@pytest.mark.parametrize("page", ["", " ", "<p></p>", "<!-- only -->", "<script>x</script>", "---"])
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(FormatError):
        read(page.encode(), "html")


def test_the_format_is_told_by_content_and_by_suffix() -> None:
    def told(data: bytes, name: str) -> str:
        return formats.recognise(formats.Source.of(data, name), formats.Options()).name

    assert told(NEWS.encode(), "x.txt") == "html"
    assert told(b"<p>a</p>", "x.htm") == "html"
    assert told(b"<?xml version='1.0'?>\n<html><p>a", "x") == "html"
    assert told(b"a < b", "x.txt") == "article"


@pytest.mark.parametrize(
    ("said", "encoding", "read_as"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "gb18030", "gb18030"),
        ("GBK", "gb18030", "gb18030"),
        ("big5", "big5", "big5"),
        ("iso-8859-1", "utf-8", "utf-8"),
    ],
)
def test_the_encoding_is_the_one_that_the_page_names(said: str, encoding: str, read_as: str) -> None:
    sentence = "港口今年完成吞吐量五億噸，比上年增長，市長星期一說。"
    page = f'<html><head><meta http-equiv=Content-Type content="text/html; charset={said}"></head><p>{sentence}</p>'
    header, (article,) = read(page.encode(encoding), "html")
    assert header.encoding == read_as
    assert article.segments[0].hypothesis == sentence
    assert again(page.encode(encoding), "html") == page.encode(encoding)


def test_shift_jis_is_read_as_browsers_do() -> None:
    data = "<meta charset=Shift_JIS><p>①港は昨年、大きくなりました。".encode("cp932")
    header, (article,) = read(data, "html")
    assert header.encoding == "cp932"
    assert article.segments[0].hypothesis == "①港は昨年、大きくなりました。"


def test_the_user_decides_where_the_page_is_wrong() -> None:
    data = "<meta charset=windows-1252><p>港口今年增长。".encode("gb18030")
    _, (article,) = read(data, "html", encoding="gb18030")
    assert article.segments[0].hypothesis == "港口今年增长。"


def test_a_page_that_is_not_what_it_says_is_refused_with_the_remedy() -> None:
    with pytest.raises(FormatError, match=r"the page says that it is euc-kr, but it is not\. It may be"):
        read(b"<meta charset=euc-kr><p>" + b"\xff\xfe\xff caf\xe9", "html")
    with pytest.raises(FormatError, match="--encoding"):
        read("<p>港口今年增长了许多，市长说。".encode("gb18030"), "html")
