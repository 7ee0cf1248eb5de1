"""BLEU's tokenizer suits the language, or a sentence says which one would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from review.errors import InputError, MissingError
from review.metrics import Options, tokenizers
from review.metrics.bleu import Bleu
from review.settings import settings


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


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder for model files, on a machine that has the package to read them."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())
    monkeypatch.setenv("REVIEW_TOKENIZER_MODELS", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def test_a_tokenizer_whose_model_is_missing_is_never_downloaded(models: Path) -> None:
    with pytest.raises(MissingError, match=f"{models}/flores200sacrebleuspm; put it there.*REVIEW_TOKENIZER_MODELS"):
        tokenizers.check("flores200")


def test_without_the_setting_models_are_where_sacrebleu_has_them(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_TOKENIZER_MODELS", "")
    monkeypatch.setattr("review.metrics.surface.own_models", lambda: models)
    settings.cache_clear()
    (models / "sacrebleu_tokenizer_spm.model").touch()
    assert tokenizers.model("flores101") == models / "sacrebleu_tokenizer_spm.model"


@pytest.mark.parametrize("folder", ["", "models"])
def test_a_model_is_found_in_the_folder_that_is_set(models: Path, folder: str) -> None:
    (models / folder).mkdir(exist_ok=True)
    path = models / folder / "flores200sacrebleuspm"
    path.write_bytes(b"a")
    tokenizers.check("flores200")
    assert tokenizers.model("flores200") == path
    assert tokenizers.model("13a") is None


def test_statistics_are_kept_apart_by_the_model_that_cut_the_text(models: Path) -> None:
    path = models / "flores200sacrebleuspm"
    path.write_bytes(b"a")
    first = Bleu(Options(tokenize="flores200")).key
    path.write_bytes(b"ab")
    assert Bleu(Options(tokenize="flores200")).key != first


def test_a_file_that_is_no_model_is_refused_by_name(models: Path) -> None:
    pytest.importorskip("sentencepiece", reason="sentencepiece is not installed")
    (models / "flores200sacrebleuspm").write_text("no model")
    with pytest.raises(InputError, match="flores200sacrebleuspm is no sentence-piece model"):
        Bleu(Options(tokenize="flores200")).create("system")


def test_a_sentence_piece_model_cuts_as_in_sacrebleu(models: Path) -> None:
    """A small model trained on the spot stands in for the published one."""
    sentencepiece = pytest.importorskip("sentencepiece", reason="sentencepiece is not installed")
    text = [f"The port of Rizhao handled {number} million tonnes of goods." for number in range(40)]
    (models / "text").write_text("\n".join(text), "utf-8")
    (models / "models").mkdir()
    sentencepiece.SentencePieceTrainer.train(
        input=str(models / "text"),
        model_prefix=str(models / "m"),
        vocab_size=60,
        minloglevel=2,
        hard_vocab_limit=False,
    )
    (models / "m.model").rename(models / "models" / "flores200sacrebleuspm")
    hypotheses = [line.replace("goods", "cargo") for line in text]
    metric = Bleu(Options(tokenize="flores200"))
    prepared = metric.prepare([text])
    found = metric.combine(metric.measure(hypotheses, prepared), prepared.counts)
    program = (
        "import json, sys; from sacrebleu.metrics import BLEU\n"
        "b = BLEU(tokenize='flores200'); h, r = json.load(sys.stdin)\n"
        "print(json.dumps([b.corpus_score(h, [r]).score, str(b.get_signature())]))"
    )
    theirs = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps([hypotheses, text]),
        env={**os.environ, "SACREBLEU": str(models)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert [found.value, found.signature] == json.loads(theirs.stdout)


@pytest.mark.parametrize(
    ("name", "module", "texts"),
    [
        ("ja-mecab", "MeCab", ("東京は日本の首都です。", "東京は日本の都である。")),
        ("ko-mecab", "mecab_ko", ("서울은 대한민국의 수도이다.", "서울은 한국의 수도이다.")),
    ],
)
def test_a_morphological_tokenizer_scores_as_in_sacrebleu(name: str, module: str, texts: tuple[str, str]) -> None:
    pytest.importorskip(module, reason=f"the package for {name} is not installed")
    from sacrebleu.metrics import BLEU

    native = BLEU(tokenize=name)
    metric = Bleu(Options(tokenize=name))
    prepared = metric.prepare([[texts[1]]])
    found = metric.combine(metric.measure([texts[0]], prepared), prepared.counts)
    assert found.value == native.corpus_score([texts[0]], [[texts[1]]]).score
    assert found.signature == str(native.get_signature())


def test_an_unknown_tokenizer_is_refused_with_the_names_of_all() -> None:
    with pytest.raises(MissingError, match="13a"):
        tokenizers.check("moses")
