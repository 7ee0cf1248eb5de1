"""Run by the other Python, where unbabel-comet is: loads one model, then answers JSON lines until its input ends.

    python runner.py MODEL
    out  {"ready": true, "model": class, "references": "needed" | "used" | "unused"}   or  {"error": sentence}
    in   {"id": 1, "samples": [{"src", "mt", "ref"}, ...]}      "ref" only where there is one
    out  {"id": 1, "scores": [number | null, ...], "spans": [[{"start", "end", "confidence", "severity", "text"}], ...]}
                                                                 or  {"id": 1, "error": sentence}

"spans" are xCOMET's, empty for other models: "start" and "end" are the tokenizer's offsets into "mt" (code points,
end-exclusive). Nothing is fetched: a model is a path, or a name that ``comet.download_model`` has put
into its cache before. Standard library and comet alone, from Python 3.8 on.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

_BATCH = 8


def checkpoint(model: str) -> str:
    """The checkpoint file of a path (a file, or a folder as COMET saves it) or of a name in COMET's cache.

    Raises LookupError with a sentence where there is none.
    """
    path = Path(model).expanduser()
    if path.is_file():
        return str(path)
    for folder in (path, path / "checkpoints"):
        found = sorted(folder.glob("*.ckpt"))
        if found:
            return str(found[-1])
    if path.exists():
        raise LookupError(f"{model} holds no checkpoint (checkpoints/*.ckpt beside hparams.yaml).")
    import comet
    from comet.models.download_utils import get_cache_folder

    name = model if "/" in model else f"Unbabel/{model}"
    try:
        return str(comet.download_model(name, local_files_only=True))  # with an owner, no other place is asked
    except Exception:  # noqa: BLE001 - whatever it raises, the model is not there
        older = sorted(Path(get_cache_folder()).joinpath(model, "checkpoints").glob("*.ckpt"))
        if older:
            return str(older[-1])
    raise LookupError(
        f"{model} is no path and not in COMET's cache; fetch it once with "
        f"{sys.executable} -c \"import comet; comet.download_model('{name}')\"."
    )


def load(model: str) -> Any:
    """The model, ready to predict."""
    import comet

    return comet.load_from_checkpoint(checkpoint(model))


def references(model: Any) -> str:
    """Whether the model needs references, uses them where they are, or has no use for them."""
    needed = model.requires_references
    if needed() if callable(needed) else needed:
        return "needed"
    return "used" if "ref" in (getattr(model, "hparams", {}).get("input_segments") or ()) else "unused"


def answer(model: Any, use: str, samples: list[dict[str, str]]) -> dict[str, Any]:
    """Scores and spans, in the samples' order; those with and without a reference are asked about apart."""
    scores: list[float | None] = [None] * len(samples)
    spans: list[list[dict[str, Any]]] = [[] for _ in samples]
    keys = ("src", "mt") if use == "unused" else ("src", "mt", "ref")
    for with_reference in (False, True):
        places = [n for n, sample in enumerate(samples) if ("ref" in sample and "ref" in keys) == with_reference]
        if not places or (use == "needed" and not with_reference):
            continue
        asked = [{key: samples[n][key] for key in keys if key in samples[n]} for n in places]
        found = model.predict(asked, batch_size=_BATCH, gpus=_gpus(), num_workers=0, progress_bar=False)
        marked = (found.get("metadata") or {}).get("error_spans") or [[] for _ in places]
        for n, score, marks in zip(places, found["scores"], marked):  # noqa: B905 - Python 3.8 has no strict
            scores[n] = float(score)
            spans[n] = [
                {
                    "start": int(mark["start"]),
                    "end": int(mark["end"]),
                    "confidence": float(mark["confidence"]),
                    "severity": str(mark["severity"]),
                    "text": str(mark.get("text", "")),
                }
                for mark in marks
            ]
    return {"scores": scores, "spans": spans}


def _gpus() -> int:
    try:
        import torch
    except ImportError:
        return 0
    return int(torch.cuda.is_available())


def main() -> None:
    """Answer until the input ends. What libraries print goes to standard error; answers have a channel of their own."""
    questions = os.fdopen(os.dup(0), "r", encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    sys.path = [entry for entry in sys.path if entry != str(Path(__file__).parent)]
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="false")

    def say(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message) + "\n")
        answers.flush()

    try:
        model = load(sys.argv[1])
        use = references(model)
    except Exception as error:  # noqa: BLE001 - the parent is told, whatever it is
        say({"error": str(error) if isinstance(error, LookupError) else f"{type(error).__name__}: {error}"})
        return
    say({"ready": True, "model": type(model).__name__, "references": use})
    for line in questions:
        question = json.loads(line)
        try:
            say({"id": question["id"], **answer(model, use, question["samples"])})
        except Exception as error:  # noqa: BLE001 - one batch that fails leaves the others
            say({"id": question["id"], "error": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main()
