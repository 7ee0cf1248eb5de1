"""Encodings: told by their mark, named where they are only likely."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import InputError
from review.text.encodings import binary, byte_offsets, candidates, known, looks_like, mark, mark_of


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_names_its_encoding(name: str) -> None:
    data = mark_of(name) + "text".encode(name)
    assert mark(data) == (name, len(mark_of(name)))


def test_text_without_a_mark_names_none() -> None:
    assert mark(b"text") == ("", 0)
    assert mark_of("gb18030") == b""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我们在中国的城市里工作，他们也来了。", "gb18030"),
        ("我們在台灣的城市裡工作，他們也來了。這是好的。", "big5"),
        ("私たちは日本の町で働いています。", "shift_jis"),
        ("우리는 한국의 도시에서 일하고 있다.", "euc_kr"),
        ("Müller geht über die Straße, où il était déjà.", "latin-1"),
        ("He said “no” – and left.", "cp1252"),
        ("Plain text and some more of it.", "utf-16-le"),
        ("Plain text and some more of it.", "utf-16-be"),
        ("Plain text and some more of it.", "utf-32-le"),
        ("Plain text and some more of it.", "utf-32-be"),
        ("新闻报道中国 2023 news", "utf-16-le"),
    ],
)
def test_an_encoding_is_named_by_how_its_bytes_look(text: str, name: str) -> None:
    assert looks_like(text.encode(name)) == name


def test_names_are_put_in_their_usual_spelling() -> None:
    assert known("GB18030") == "gb18030"
    assert known("UTF-16") == "utf-16-le"
    assert known("utf8") == "utf-8"
    assert known("utf-8-sig") == "utf-8"
    assert known("ISO-8859-1") == "latin-1"


@pytest.mark.parametrize("name", ["nope", "utf-7", "hz", "iso2022_jp", "base64", "rot13", "a\0b"])
def test_what_cannot_be_written_in_place_is_refused(name: str) -> None:
    with pytest.raises(InputError):
        known(name)


def test_binary_files_are_told_from_text() -> None:
    assert binary(b"\x89PNG\r\n\x1a\n") == "a PNG image"
    assert binary(bytes(range(256))) == "a binary file"
    assert binary("text\twith\ttabs\r\n中文".encode()) == ""
    assert binary("wide text".encode("utf-16-le")) == ""


@given(st.text(st.sampled_from("aé中文ア。"), max_size=20), st.data())
def test_byte_offsets_are_where_code_points_begin(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=5, unique=True)))
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        offsets = byte_offsets(text.encode(encoding), encoding, places)
        assert offsets == [len(text[:place].encode(encoding)) for place in places]


OWN = {
    "我们在港口看到三座新码头已经开工，工人说明年就能使用。": ("gb18030", "utf-16-le", "utf-16-be"),
    "我們在港口看到三座新碼頭已經開工，工人說明年就能使用。這是一件好事。": ("big5", "utf-16-le"),
    "港で三つの新しい埠頭の工事が始まった。来年には使えるようになると作業員は話している。": (
        "shift_jis", "euc_jp", "utf-16-be",
    ),
    "항구에서 새 부두 세 곳의 공사가 시작되었다. 내년에는 사용할 수 있다고 한다.": ("euc_kr", "utf-16-le"),
    "В порту начали строить три новых причала. Рабочие говорят, что через год ими можно будет пользоваться.": (
        "cp1251", "koi8-r", "iso8859-5", "cp866", "utf-16-le",
    ),
    "У порту почали будувати три нові причали, їх відкриють наступного року.": ("cp1251", "koi8-u"),
    "Στο λιμάνι άρχισε η κατασκευή τριών νέων προβλητών, που θα λειτουργήσουν του χρόνου.": ("cp1253",),
    "בנמל החלו לבנות שלושה מזחים חדשים והם ייפתחו בשנה הבאה.": ("cp1255",),
    "بدأ في الميناء بناء ثلاثة أرصفة جديدة ومن المتوقع أن تفتح في العام القادم.": ("cp1256",),
    "Limanda üç yeni iskelenin yapımına başlandı; işçiler gelecek yıl kullanılacağını söylüyor.": ("cp1254",),
    "W porcie zaczęto budować trzy nowe nabrzeża. Będą gotowe w przyszłym roku, mówią robotnicy.": (
        "cp1250", "iso8859-2",
    ),
    "V přístavu začali stavět tři nová mola, která budou příští rok hotová.": ("cp1250", "iso8859-2"),
    "Ostā sāka būvēt trīs jaunas piestātnes, un kuģi tur būs jau nākamajā gadā.": ("cp1257",),
    "Im Hafen werden drei neue Kais gebaut, die nächstes Jahr für größere Schiffe öffnen.": ("latin-1",),
    "Au port, on a commencé à bâtir trois quais, prêts dès l’été prochain.": ("cp1252",),
    "ที่ท่าเรือเริ่มก่อสร้างท่าเทียบเรือใหม่สามแห่ง": ("cp874",),
}  # fmt: skip


@pytest.mark.parametrize(("text", "name"), [(text, name) for text, names in OWN.items() for name in names])
def test_the_encoding_a_text_is_in_is_offered_first_with_how_it_reads(text: str, name: str) -> None:
    found = candidates(text.encode(name))
    assert (found[0].name, found[0].sample) == (name, text)
    assert found[0].sureness > 0.55


def test_a_sample_shows_the_lines_that_tell_encodings_apart() -> None:
    data = b"mt\nplain\n" * 9 + "Größe\nstraße\n".encode("latin-1")
    assert candidates(data)[0].sample == "Größe\nstraße"


def test_encodings_that_read_a_file_alike_are_offered_once() -> None:
    names = [item.name for item in candidates("Größe".encode("latin-1"))]
    assert "latin-1" in names
    assert not {"cp1252", "cp1254"} & set(names)


def test_a_character_cut_off_by_the_end_counts_only_where_the_file_ends_there() -> None:
    data = "我们在港口".encode("gb18030")[:-1]
    assert "gb18030" in [item.name for item in candidates(data)]
    assert "gb18030" not in [item.name for item in candidates(data, whole=True)]


def test_ascii_is_never_asked_about() -> None:
    assert candidates(b"plain\ntext") == []


@given(st.binary(max_size=60))
def test_any_bytes_have_candidates_in_which_they_can_be_read(data: bytes) -> None:
    for item in candidates(data, whole=True):
        assert 0 <= item.sureness <= 1
        assert data.decode(item.name) is not None
