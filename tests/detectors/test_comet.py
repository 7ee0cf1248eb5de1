"""The judge COMET: asked in batches through a Python of its own, whatever that process does.

``comet`` is a small stand-in here, put on the child's path: the real one does not install beside the app. Where
REVIEW_COMET_PYTHON and REVIEW_COMET_MODEL name a real one, the last test asks it.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from review.detectors import Context, Judge, Tally, Verdict, judges
from review.detectors import comet as room
from review.model import Article, Correction, Segment
from review.settings import Settings, settings

FAKE = '''
import json, os, sys, threading
from pathlib import Path


class Prediction(dict):
    __getattr__ = dict.__getitem__


class Model:
    """Scores a text by its length; marks the word "wrong"; does on other words what they say."""

    def __init__(self, path):
        self.said = json.loads(Path(path).read_text())
        self.hparams = {"input_segments": self.said["inputs"]}
        self.log = Path(path).with_name("log")

    def requires_references(self):
        return self.said["needs"]

    def predict(self, samples, batch_size, gpus, num_workers, progress_bar):
        print("Predicting:  100%")
        os.write(1, b"a library in C that prints\\n")
        with self.log.open("a") as log:
            log.write(json.dumps(samples) + "\\n")
        assert samples
        assert len({tuple(sample) for sample in samples}) == 1, "the real one takes no mixed samples"
        text = " ".join(sample["mt"] for sample in samples)
        if "crash" in text or ("stumble" in text and not self.log.with_name("stumbled").exists()):
            self.log.with_name("stumbled").touch()
            print("Killed for want of memory", file=sys.stderr, flush=True)
            os._exit(3)
        if "hang" in text:
            threading.Event().wait()
        if "raise" in text:
            raise RuntimeError("no room\\nleft")
        scores = [float("nan") if "nan" in s["mt"] else len(s["mt"]) / 100 + ("ref" in s) for s in samples]
        spans = []
        for sample in samples:
            at = sample["mt"].find(" wrong")
            mark = {"start": at, "end": at + 6, "confidence": 0.75, "severity": "major", "text": "wrong"}
            spans.append([mark] if at >= 0 else [])
            if "token" in sample["mt"]:
                spans[-1] += [{**mark, "start": 0, "end": 0, "text": "<s>"}]
                spans[-1] += [{**mark, "start": 5, "end": 0, "text": "token"}]
        found = Prediction(scores=scores)
        if self.said["spans"]:
            found["metadata"] = Prediction(error_spans=spans)
        return found


def load_from_checkpoint(path):
    print("Encoder model frozen.")
    return Model(path)


def download_model(name, local_files_only=False):
    assert local_files_only, "nothing is fetched at run time"
    if name == "Unbabel/kept":
        return os.environ["KEPT"]
    raise KeyError(name)
'''


@pytest.fixture
def judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """The judge, with the stand-in on the path of every child."""
    models = tmp_path / "path" / "comet" / "models"
    models.mkdir(parents=True)
    (models.parent / "__init__.py").write_text(FAKE)
    (models / "__init__.py").write_text("")
    (models / "download_utils.py").write_text(f"def get_cache_folder():\n    return {str(tmp_path / 'older')!r}\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "path"))
    room._without_comet.cache_clear()
    return judges()["comet"]


def made(folder: Path, *, needs: bool = False, inputs: str = '["mt", "src", "ref"]', spans: bool = True) -> Settings:
    """Settings that name a checkpoint of the stand-in, which says what kind of model it is."""
    file = folder / "model" / "checkpoints" / "model.ckpt"
    file.parent.mkdir(parents=True)
    file.write_text(f'{{"needs": {str(needs).lower()}, "inputs": {inputs}, "spans": {str(spans).lower()}}}')
    return Settings(comet_python=sys.executable, comet_model=str(file.parent.parent), comet_timeout=60)


def article(*texts: str, references: Sequence[str] = ()) -> Article:
    pairs = itertools.zip_longest(texts, references)
    segments = (
        Segment(text, str(n), source=f"原文{n}", references=(given,) if given else ())
        for n, (text, given) in enumerate(pairs)
    )
    return Article("a", tuple(segments), source_language="zh", target_language="en")


def asked(folder: Path) -> list[str]:
    """What the model was given, one batch a line."""
    return (folder / "model" / "checkpoints" / "log").read_text().splitlines()


def test_every_segment_gets_a_score_article_by_article(judge: Judge, tmp_path: Path) -> None:
    context = Context(settings=made(tmp_path, spans=False))
    verdicts = list(judge.judge([article("four", "fives!"), article("three")], context))
    assert [(v.article, v.segment, v.checked, v.score) for v in verdicts] == [
        (0, "0", True, 0.04),
        (0, "1", True, 0.06),
        (1, "0", True, 0.05),
    ]
    assert verdicts[0].scale == room.SCALE
    assert [v.flags for v in verdicts] == [(), (), ()]


def test_spans_become_flags_in_code_points_without_the_space_before_the_word(judge: Judge, tmp_path: Path) -> None:
    text = "e\u0301 💥 wrong word"
    (verdict,) = judge.judge([article(text)], Context(settings=made(tmp_path)))
    (flag,) = verdict.flags
    assert text[flag.start : flag.end] == "wrong"
    assert (flag.severity, flag.confidence, flag.detector, flag.side) == ("major", 0.75, "comet", "target")


def test_a_span_without_width_is_found_by_its_words_or_counted(judge: Judge, tmp_path: Path) -> None:
    tally = Tally()
    (verdict,) = judge.judge([article("one token wrong")], Context(settings=made(tmp_path)), tally)
    assert {(flag.start, flag.end) for flag in verdict.flags} == {(4, 9), (10, 15)}
    assert tally.unlocatable == 1


def test_the_current_text_is_judged_and_what_cannot_be_is_not_checked(judge: Judge, tmp_path: Path) -> None:
    whole = article("machine", "gone", " ", "no source")
    first, second, third, fourth = whole.segments
    segments = (
        replace(first, correction=Correction("a reviewer's")),
        replace(second, correction=Correction("gone", deleted=True)),
        third,
        replace(fourth, source=None),
    )
    verdicts = list(judge.judge([replace(whole, segments=segments)], Context(settings=made(tmp_path))))
    assert verdicts[0].score == pytest.approx(0.12)
    assert [v.checked for v in verdicts] == [True, False, False, False]
    assert [v.score for v in verdicts[1:]] == [None, None, None]
    assert "deleted" in verdicts[1].reason
    assert "needs a source and a translation" in verdicts[2].reason
    assert verdicts[2].reason == verdicts[3].reason


def test_references_go_to_models_that_take_them(judge: Judge, tmp_path: Path) -> None:
    subject = article("four", "four", "four", references=["a", "", "c"])
    verdicts = list(judge.judge([subject], Context(settings=made(tmp_path))))
    assert [v.score for v in verdicts] == [1.04, 0.04, 1.04]
    blind = made(tmp_path / "blind", inputs='["mt", "src"]')
    assert [v.score for v in judge.judge([subject], Context(settings=blind))] == [0.04] * 3
    needy = made(tmp_path / "needy", needs=True, inputs="[]")
    verdicts = list(judge.judge([subject], Context(settings=needy)))
    assert [(v.checked, v.score) for v in verdicts] == [(True, 1.04), (False, None), (True, 1.04)]
    assert verdicts[1].reason == "This COMET model needs a reference, and the segment has none."


def test_answers_are_kept_by_model_and_text(judge: Judge, tmp_path: Path) -> None:
    context = Context(settings=made(tmp_path), cache={})
    first = list(judge.judge([article("a wrong one", "two")], context))
    tally = Tally()
    assert list(judge.judge([article("a wrong one", "two")], context, tally)) == first
    assert (tally.cached, len(asked(tmp_path))) == (2, 1)
    assert judge.estimate([article("a wrong one", "new", "")], context).segments == 1
    list(judge.judge([article("a wrong one", "new")], context))
    assert [line.count('"mt"') for line in asked(tmp_path)] == [2, 1]
    (tmp_path / "model" / "checkpoints" / "model.ckpt").write_text('{"needs": false, "inputs": [], "spans": false}')
    assert judge.estimate([article("a wrong one", "two")], context).segments == 2, "another model under the same name"


def test_verdicts_come_batch_by_batch(judge: Judge, tmp_path: Path) -> None:
    verdicts = judge.judge([article(*["text"] * 40)], Context(settings=made(tmp_path)))
    assert judge.estimate([article(*["text"] * 40)], Context(settings=made(tmp_path / "x"))).calls == 3
    next(verdicts)
    assert len(asked(tmp_path)) == 1
    assert len(list(verdicts)) == 39
    assert len(asked(tmp_path)) == 3


def test_a_child_that_dies_is_started_once_more(judge: Judge, tmp_path: Path) -> None:
    verdicts = list(judge.judge([article("stumble", "two")], Context(settings=made(tmp_path))))
    assert [v.checked for v in verdicts] == [True, True]
    assert len(asked(tmp_path)) == 2


def reasons(verdicts: list[Verdict]) -> set[str]:
    return {v.reason for v in verdicts if not v.checked}


def test_a_child_that_dies_again_leaves_the_rest_not_checked(judge: Judge, tmp_path: Path) -> None:
    texts = ["fine"] * 16 + ["crash"] + ["never asked"] * 20
    tally, cache = Tally(), {}
    verdicts = list(judge.judge([article(*texts)], Context(settings=made(tmp_path), cache=cache), tally))
    assert [v.checked for v in verdicts] == [True] * 16 + [False] * 21
    (reason,) = reasons(verdicts)
    assert reason.startswith("COMET ended with code 3; its last words: ")
    assert reason.endswith("Killed for want of memory. It was started twice.")
    assert tally.failures == {reason: 21}
    assert len(cache) == 16, "only what was answered is remembered"


def test_a_child_that_is_silent_too_long_is_ended(judge: Judge, tmp_path: Path) -> None:
    waits = replace(made(tmp_path), comet_timeout=2)
    verdicts = list(judge.judge([article("hang")], Context(settings=waits)))
    (reason,) = reasons(verdicts)
    assert reason.startswith("COMET did not answer within 2 s; its last words: ")
    assert reason.endswith("It was started twice.")
    assert len(asked(tmp_path)) == 2


def test_a_batch_that_fails_leaves_the_others(judge: Judge, tmp_path: Path) -> None:
    texts = ["fine"] * 15 + ["raise"] + ["fine as well"]
    verdicts = list(judge.judge([article(*texts)], Context(settings=made(tmp_path))))
    assert [v.checked for v in verdicts] == [False] * 16 + [True]
    assert reasons(verdicts) == {"COMET failed on this and the 15 segments asked with it: RuntimeError: no room left"}


def test_a_score_that_is_no_number_is_not_checked(judge: Judge, tmp_path: Path) -> None:
    cache: dict[str, str] = {}
    verdicts = list(judge.judge([article("nan", "one")], Context(settings=made(tmp_path), cache=cache)))
    assert [(v.checked, v.reason) for v in verdicts] == [(False, "COMET gave no score."), (True, "")]
    assert len(cache) == 1


def test_a_program_that_is_no_python_talks_nonsense_and_is_given_up(judge: Judge, tmp_path: Path) -> None:
    wrong = replace(made(tmp_path), comet_python="/bin/cat")
    (reason,) = reasons(list(judge.judge([article("one")], Context(settings=wrong))))
    assert reason.startswith("COMET answered what is no answer")


@pytest.mark.parametrize(
    ("model", "part"),
    [
        ("absent", "absent is no path and not in COMET's cache; fetch it once with "),
        ("empty", "holds no checkpoint (checkpoints/*.ckpt beside hparams.yaml)."),
        ("broken", "JSONDecodeError"),
    ],
)
def test_a_model_that_does_not_load_says_why_and_is_tried_once(
    judge: Judge, tmp_path: Path, model: str, part: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "model.ckpt").write_text("{")
    name = model if model == "absent" else str(tmp_path / model)
    given = replace(made(tmp_path), comet_model=name)
    verdicts = list(judge.judge([article(*["text"] * 20)], Context(settings=given)))
    (reason,) = reasons(verdicts)
    assert reason.startswith("COMET cannot be asked: ")
    assert part in reason
    assert not any(v.checked for v in verdicts)


def test_a_name_is_looked_up_in_the_cache_of_models(
    judge: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path).comet_model
    monkeypatch.setenv("KEPT", f"{path}/checkpoints/model.ckpt")
    (tmp_path / "older").mkdir()
    (tmp_path / "older" / "wmt20").symlink_to(path)
    for name in ("kept", "Unbabel/kept", "wmt20", path, f"{path}/checkpoints/model.ckpt"):
        given = Settings(comet_python=sys.executable, comet_model=name, comet_timeout=60)
        assert [v.score for v in judge.judge([article("four")], Context(settings=given))] == [0.04], name


def test_the_child_is_ended_with_the_call_and_knows_none_of_our_settings(
    judge: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVIEW_SECRET", "hush")
    children: list[room.Child] = []

    class Watched(room.Child):
        def __init__(self, *asked: object) -> None:
            children.append(self)
            super().__init__(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(room, "Child", Watched)
    verdicts = judge.judge([article(*["text"] * 40)], Context(settings=made(tmp_path)))
    next(verdicts)
    process = children[0]._process
    environment = Path(f"/proc/{process.pid}/environ")
    if environment.exists():
        assert b"REVIEW_SECRET" not in environment.read_bytes()
    assert process.poll() is None
    verdicts.close()  # type: ignore[attr-defined]
    assert process.poll() is not None


def test_available_says_what_to_set_or_install(judge: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = made(tmp_path)
    assert judge.available(whole) == (True, "")
    assert "set REVIEW_COMET_PYTHON" in judge.available(Settings())[1]
    assert "REVIEW_COMET_MODEL is not set" in judge.available(replace(whole, comet_model=""))[1]
    assert "which is not there" in judge.available(replace(whole, comet_model=str(tmp_path / "nothing")))[1]
    assert judge.available(replace(whole, comet_model="wmt22-cometkiwi-da")) == (True, "")
    missing = replace(whole, comet_python=str(tmp_path / "python"))
    assert "cannot be run (No such file or directory)" in judge.available(missing)[1]
    monkeypatch.delenv("PYTHONPATH")
    room._without_comet.cache_clear()
    assert judge.available(whole) == (
        False,
        f"{sys.executable} has no COMET; pip install unbabel-comet 'setuptools<81' in its environment.",
    )
    room._without_comet.cache_clear()


def test_a_real_comet_scores_and_marks() -> None:
    given = settings()
    ready, reason = judges()["comet"].available(given)
    if not ready:
        pytest.skip(reason)
    text = "The port is very busy 💥, and throughput fell."
    subject = Article(
        "a", (Segment(text, "0", source="港口很繁忙，吞吐量增长了。", references=("The port is busy.",)),)
    )
    (verdict,) = judges()["comet"].judge([subject], Context(settings=given))
    assert verdict.checked, verdict.reason
    assert verdict.score is not None
    assert all(text[flag.start : flag.end].strip() for flag in verdict.flags)
