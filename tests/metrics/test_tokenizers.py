"""BLEU's tokenizer suits the language, or a sentence says which one would."""

from __future__ import annotations

import pytest

from review.errors import MissingError
from review.metrics import tokenizers


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("构建双循环新发展格局", "zh"),
        ("双循環と実体経済の発展", "ja"),
        ("쌍순환 발전 구도", "ko"),
        ("The 双循环 pattern of development", ""),
        ("2023 - 5%", ""),
        ("", ""),
    ],
)
def test_the_script_tells_the_language(text: str, language: str) -> None:
    assert tokenizers.written_in([text]) == language


def test_chinese_gets_the_tokenizer_for_chinese() -> None:
    assert tokenizers.choose("zh-Hans") == "zh"


def test_a_tokenizer_that_is_asked_for_is_kept() -> None:
    assert tokenizers.choose("zh", "char") == "char"


@pytest.mark.parametrize(("language", "name"), [("zh", "zh"), ("ja", "ja-mecab"), ("ko-KR", "ko-mecab")])
def test_an_unfit_tokenizer_is_warned_of_with_the_name_of_a_fit_one(language: str, name: str) -> None:
    sentence = tokenizers.warning(language, "13a")
    assert f"--tokenize {name}" in sentence
    assert "char" in sentence


@pytest.mark.parametrize(("language", "name"), [("en", "13a"), ("", "13a"), ("zh", "zh"), ("ja", "char")])
def test_a_fit_tokenizer_is_not_warned_of(language: str, name: str) -> None:
    assert tokenizers.warning(language, name) == ""


def test_ter_on_unspaced_text_is_warned_of_unless_characters_are_split() -> None:
    assert "--ter-asian-support" in tokenizers.ter_warning("ja", False)
    assert tokenizers.ter_warning("ja", True) == tokenizers.ter_warning("en", False) == ""


def test_a_tokenizer_whose_package_is_missing_names_the_install_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingError, match=r"pip install 'sacrebleu\[ja\]'"):
        tokenizers.check("ja-mecab")
    assert tokenizers.choose("ja") == "13a"


def test_a_tokenizer_whose_model_is_missing_is_never_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())
    monkeypatch.setattr("review.metrics.surface.model_path", lambda name: "/nowhere/model")
    with pytest.raises(MissingError, match="/nowhere/model"):
        tokenizers.check("flores200")


def test_an_unknown_tokenizer_is_refused_with_the_names_of_all() -> None:
    with pytest.raises(MissingError, match="13a"):
        tokenizers.check("moses")
