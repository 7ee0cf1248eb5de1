"""Every number and signature is sacrebleu's own, to the last bit."""

from __future__ import annotations

import random
from dataclasses import asdict

import pytest
import sacrebleu
from sacrebleu.metrics import BLEU, CHRF, TER

from review.errors import InputError
from review.metrics import Options, metrics
from review.metrics.ter import Ter

PIECES = [
    "the", "The", "deputy", "secretary", "Kaos", "COSMOPlat", "1,234.5", "5%", "-", "state-owned", "(hi)",
    "&amp;", "&quot;", "双循环", "格局。", "，", "カオス", "한국어", "\u00a0", "\u2028", "\u0085", "\u3000",
    "é", "e\u0301", "🙂", "a.b", "$", "..", " ", "",
]  # fmt: skip


def lines(seed: int, count: int) -> list[str]:
    maker = random.Random(seed)
    return [" ".join(maker.choices(PIECES, k=maker.randrange(14))) for _ in range(count)]


def near(texts: list[str], seed: int) -> list[str]:
    maker = random.Random(seed)
    return [" ".join(word for word in text.split(" ") if maker.random() > 0.2) for text in texts]


REFERENCE = lines(1, 120)
HYPOTHESIS = near(REFERENCE, 2)
SECOND = near(REFERENCE, 3)

NATIVE = {
    "bleu": lambda options, segment: BLEU(
        lowercase=options.lowercase,
        tokenize=options.tokenize,
        smooth_method=options.smooth_method,
        smooth_value=options.smooth_value,
        effective_order=segment,
        force=True,
    ),
    "chrf": lambda options, segment: CHRF(lowercase=options.chrf_lowercase, whitespace=options.chrf_whitespace),
    "chrf++": lambda options, segment: CHRF(
        word_order=2, lowercase=options.chrf_lowercase, whitespace=options.chrf_whitespace
    ),
    "ter": lambda options, segment: TER(
        **{name[4:]: value for name, value in asdict(options).items() if name.startswith("ter_")}
    ),
}
CASES = [
    ("bleu", Options()),
    ("bleu", Options(tokenize="zh")),
    ("bleu", Options(tokenize="intl", lowercase=True)),
    ("bleu", Options(tokenize="char", smooth_method="floor")),
    ("bleu", Options(tokenize="none", smooth_method="add-k", smooth_value=2.0)),
    ("chrf", Options()),
    ("chrf", Options(chrf_lowercase=True, chrf_whitespace=True)),
    ("chrf++", Options()),
    ("ter", Options()),
    ("ter", Options(ter_case_sensitive=True, ter_no_punct=True)),
    ("ter", Options(ter_normalized=True, ter_asian_support=True)),
]
STREAMS = {"one reference": [REFERENCE], "two references": [REFERENCE, SECOND]}


def test_the_installed_sacrebleu_is_the_one_that_was_proven() -> None:
    assert sacrebleu.__version__ == "2.6.0"


@pytest.mark.parametrize("references", STREAMS.values(), ids=STREAMS)
@pytest.mark.parametrize(("name", "options"), CASES)
def test_the_score_of_a_text_is_sacrebleus(name: str, options: Options, references: list[list[str]]) -> None:
    [metric] = metrics([name], options)
    prepared = metric.prepare(references)
    rows = metric.measure(HYPOTHESIS, prepared)
    ours = metric.combine(rows, prepared.counts)
    native = NATIVE[name](options, False)
    theirs = native.corpus_score(HYPOTHESIS, references)
    assert (ours.metric, ours.value, ours.verbose) == (theirs.name, theirs.score, theirs._verbose)
    assert ours.signature == str(native.get_signature())
    assert all(len(row) == len(metric.columns) for row in rows)


@pytest.mark.parametrize("references", STREAMS.values(), ids=STREAMS)
@pytest.mark.parametrize(("name", "options"), CASES)
def test_the_score_of_each_segment_is_sacrebleus(name: str, options: Options, references: list[list[str]]) -> None:
    [metric] = metrics([name], options)
    prepared = metric.prepare(references)
    native, texts = NATIVE[name](options, True), list(zip(*references, strict=True))
    rows = metric.measure(HYPOTHESIS, prepared)
    for row, count, hypothesis, their_references in zip(rows, prepared.counts, HYPOTHESIS, texts, strict=True):
        ours = metric.combine(row[None, :], [count], level="segment")
        assert ours.value == native.sentence_score(hypothesis, list(their_references)).score
        assert ours.signature == str(native.get_signature())


@pytest.mark.parametrize("name", NATIVE)
def test_rows_of_any_slice_combine_to_the_score_of_that_slice(name: str) -> None:
    [metric] = metrics([name])
    prepared = metric.prepare([REFERENCE, SECOND])
    rows = metric.measure(HYPOTHESIS, prepared)
    some = slice(20, 61, 3)
    ours = metric.combine(rows[some], prepared.counts[some], level="document", name="d")
    theirs = NATIVE[name](Options(), False).corpus_score(HYPOTHESIS[some], [REFERENCE[some], SECOND[some]])
    assert ours.value == theirs.score


@pytest.mark.parametrize("name", NATIVE)
def test_segments_may_have_different_numbers_of_references(name: str) -> None:
    second = [text if number % 3 else None for number, text in enumerate(SECOND)]
    [metric] = metrics([name])
    prepared = metric.prepare([REFERENCE, second])
    ours = metric.combine(metric.measure(HYPOTHESIS, prepared), prepared.counts)
    native = NATIVE[name](Options(), False)
    assert ours.value == native.corpus_score(HYPOTHESIS, [REFERENCE, second]).score
    assert ours.signature == str(native.get_signature())
    assert "nrefs:var" in ours.signature


def test_a_segment_without_any_reference_is_refused_by_its_number() -> None:
    [metric] = metrics(["bleu"])
    with pytest.raises(InputError, match="Segment 2 has no reference"):
        metric.prepare([["a", None], ["b", None]])


def test_reference_streams_of_unequal_length_are_refused() -> None:
    [metric] = metrics(["chrf"])
    with pytest.raises(InputError, match="one length"):
        metric.prepare([["a", "b"], ["b"]])


@pytest.mark.parametrize("options", [Options(), Options(ter_normalized=True, ter_asian_support=True)])
def test_ter_of_a_text_against_itself_needs_no_alignment(options: Options) -> None:
    ter = Ter(options)
    rows = ter.measure(REFERENCE, ter.prepare([REFERENCE]))
    assert [ter.unchanged(text) for text in REFERENCE] == rows.tolist()


def test_a_text_that_is_normalized_otherwise_a_second_time_is_not_equal_to_itself() -> None:
    ter = Ter(Options(ter_normalized=True))
    assert ter.unchanged("a's.") == [2.0, 3.0] == ter.measure(["a's."], ter.prepare([["a's."]]), fast=False).tolist()[0]
