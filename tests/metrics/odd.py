"""Texts that trip a tokenizer or an n-gram counter, for the tests that compare kernels with sacrebleu."""

from __future__ import annotations

import random
from dataclasses import asdict

import numpy as np
from hypothesis import strategies as st

from review.metrics import Options, Prepared, metrics

Segment = tuple[str, tuple[str, ...]]
"""A hypothesis and its references."""

PIECES = [
    "the", "The", "a", "aa", "Kaos", "COSMOPlat", "state-owned", "(hi)", "(", "don't", "I", "İ", "ΣΑΣ", "ς", "ß",
    " ", "  ", "\t", "\n", "-\n", "--\n\n", "\r", "\x00", "\x0b", "\x1c", "\x1f", "\u0085", "\u00a0", "\u1680",
    "\u180e", "\u2000", "\u2001", "\u2007", "\u200b", "\u2028", "\u2029", "\u202f", "\u205f", "\u2060", "\u3000",
    "&quot;", "&amp;", "&lt;", "&gt;", "&amp;lt;", "&amp;amp;", "&", "&quot", "amp;", "<skipped>", "<skip", "ped>",
    "1", "23", "1,234.5", "1.", ".1", ",", ".", "..", ".,.", "-", "--", "1-", "-1", "1-2", "3--4", "$", "5%", "a.b",
    "!?", "'", "/", ":", "<", "@", "[", "_", "`", "{", "~", "×", "€", "«", "»", "…", "—", "\ufeff", "，", "。",
    "\u0663", "\u00bd", "\u2167", "\u00b2", "\u07c0", "\u0967", "\uff11", "\uff26", "カオス", "한국어",
    "双循环", "格局。", "卡", "奥", "\u3400", "\u4db5", "\u9fa5", "\u9fbb", "\u9fbc", "\uf900", "\ufa2d", "\ufa2e",
    "\u2e80", "\u2f00", "\u2f81", "\u2a6d", "\u2a6e", "\u3105", "\u337f", "\U00020000", "\U0002a6d6", "\U0002f800",
    "é", "e\u0301", "\u0301", "\u0300\u0316", "🙂", "👩\u200d👧", "\U0010ffff", "\ud800", "\udfff", "\ud83d\ude42",
    "a" * 9, "ab" * 7, ". " * 5, "1.-," * 4,
]  # fmt: skip

CASES = [
    ("bleu", Options()),
    ("bleu", Options(lowercase=True)),
    ("bleu", Options(tokenize="none")),
    ("bleu", Options(tokenize="zh")),
    ("bleu", Options(tokenize="zh", lowercase=True)),
    ("bleu", Options(tokenize="intl")),
    ("bleu", Options(tokenize="char")),
    ("chrf", Options()),
    ("chrf", Options(chrf_lowercase=True)),
    ("chrf", Options(chrf_whitespace=True)),
    ("chrf++", Options()),
    ("chrf++", Options(chrf_lowercase=True, chrf_whitespace=True)),
]

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.text(st.characters(), max_size=30),
    st.text("ab .,-1\n&<", max_size=40),
)


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    """A hypothesis and its references, often made of the same pieces."""
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6))
    near = st.lists(st.sampled_from(pieces), max_size=12).map("".join)
    either = st.one_of(near, near, texts)
    return draw(either), tuple(draw(st.lists(either, min_size=1, max_size=3)))


def fuzzed(seed: int, count: int) -> list[Segment]:
    """So many hypotheses, each with one to three references that share some of its pieces."""
    maker = random.Random(seed)
    found = []
    for _ in range(count):
        pieces = maker.choices(PIECES, k=maker.randrange(16))
        glue = maker.choice(["", " "])
        near = [_near(maker, pieces, glue) for _ in range(maker.choice([2, 2, 3, 4]))]
        found.append((near[0], tuple(near[1:])))
    return found


def _near(maker: random.Random, pieces: list[str], glue: str) -> str:
    kept = [piece for piece in pieces if maker.random() > 0.2]
    if maker.random() < 0.3:
        maker.shuffle(kept)
    if maker.random() < 0.3:
        kept += maker.choices(PIECES, k=maker.randrange(5))
    if kept and maker.random() < 0.1:
        kept.insert(maker.randrange(len(kept)), maker.choice(PIECES) * maker.randrange(200))
    return glue.join(kept)


def differences(name: str, options: Options, segments: list[Segment]) -> list[tuple[Segment, list[int], list[int]]]:
    """Each segment whose compiled row is not sacrebleu's, with both rows."""
    [metric] = metrics([name], options)
    assert metric.proven
    hypotheses = [hypothesis for hypothesis, _ in segments]
    prepared = Prepared([references for _, references in segments])
    ours, theirs = (metric.measure(hypotheses, prepared, fast=fast) for fast in (True, False))
    assert ours.shape == theirs.shape
    assert ours.dtype == theirs.dtype == np.int64
    return [
        (segment, one.tolist(), other.tolist())
        for segment, one, other in zip(segments, ours, theirs, strict=True)
        if (one != other).any()
    ]


def named(value: object) -> str:
    """A test's name from its options: those that are not the usual ones."""
    if not isinstance(value, Options):
        return str(value)
    usual = asdict(Options())
    return " ".join(f"{name}={each}" for name, each in asdict(value).items() if each != usual[name]) or "usual"
