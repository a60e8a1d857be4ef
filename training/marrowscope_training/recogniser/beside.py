"""What two models predict together: the exported recogniser, or a finished run of a comparison, and another
run, such as that of the measured features. Their probabilities are combined by a weighted geometric mean. The
weight is chosen on val; what it brings is measured on test, also for each source.

    python -m marrowscope_training beside --run runs/recogniser-ablation/svm-1
    python -m marrowscope_training beside --run runs/cross-ablation/pbc-measured-1 --with runs/cross-full/pbc-all-on-glass-1
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..arguments import add_data, add_models, add_threads, data_of
from ..cells import INDEX
from ..data.crops import CropStore
from .metrics import macro_f1
from .onnx_answers import onnx_answers
from .settings import Config

WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
MINIMUM = 1e-6  # probability of what a model holds to be impossible


def together(one: np.ndarray, other: np.ndarray, weight: float) -> np.ndarray:
    """The geometric mean of probabilities [n, K] with the share `weight` for the other model. Each row sums
    to 1."""
    mixed = np.exp((1 - weight) * np.log(one.clip(MINIMUM)) + weight * np.log(other.clip(MINIMUM)))
    return mixed / mixed.sum(1, keepdims=True)


def best(one: np.ndarray, other: np.ndarray, labels: np.ndarray) -> tuple[float, dict[float, float]]:
    """The smallest weight that has the best macro-F1, and the macro-F1 of each weight."""
    scores = {w: macro_f1(labels, together(one, other, w).argmax(1))[0] for w in WEIGHTS}
    return max(scores, key=lambda w: (scores[w], -w)), scores


@dataclass(frozen=True)
class Predictions:
    """names and sources of n cells, their labels [n], and the probabilities [n, K] predicted for them."""

    names: list[str]
    sources: np.ndarray
    labels: np.ndarray
    probabilities: np.ndarray


def of_models(models: Path, data: Path, split: str) -> Predictions:
    store = CropStore.labelled(data, split, Config().sources)
    return Predictions(
        store.names, store.sources, store.labels, onnx_answers(models, store, ("probabilities",))[0]
    )


def of_run(run: Path, split: str) -> Predictions:
    """The contents of a finished run's val.json or test.json."""
    file = run / f"{split}.json"
    if not file.exists():
        raise SystemExit(f"{run} is no finished run: it has no {file.name}")
    rows = json.loads(file.read_text())
    return Predictions(
        [row["file"] for row in rows],
        np.array([row["source"] for row in rows]),
        np.array([INDEX[row["label"]] for row in rows]),
        np.array([row["probabilities"] for row in rows], np.float32),
    )


def answers_for(names: list[str], other: Predictions) -> np.ndarray:
    """The other model's probabilities [n, K] for these cells, in their order."""
    rows = {name: i for i, name in enumerate(other.names)}
    missing = [name for name in names if name not in rows]
    if missing:
        raise SystemExit(f"the run says nothing of {missing[0]}; it is of other cells")
    return other.probabilities[[rows[name] for name in names]]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="marrowscope_training beside",
        description="Combine the recogniser's answers with those of another model",
    )
    add_models(parser)
    parser.add_argument(
        "--run", type=Path, default=Path("runs/recogniser-ablation/svm-1"), help="the finished run to add"
    )
    parser.add_argument("--with", dest="first", type=Path, help="a finished run instead of --models")
    add_threads(parser)
    add_data(parser)
    a = parser.parse_args(arguments)
    torch.set_num_threads(a.threads)
    data = None if a.first else data_of(parser, a)
    one = {s: of_run(a.first, s) if a.first else of_models(a.models, data, s) for s in ("val", "test")}
    other = {
        split: answers_for(predictions.names, of_run(a.run, split)) for split, predictions in one.items()
    }
    weight, scores = best(one["val"].probabilities, other["val"], one["val"].labels)
    for w, score in scores.items():
        print(f"val  other's share {w:.1f}   macro-F1 {score:.4f}")
    test = one["test"]
    for w in sorted({0.0, weight}):
        answers = together(test.probabilities, other["test"], w).argmax(1)
        parts = {"test": slice(None)} | {f"test of {s}": test.sources == s for s in np.unique(test.sources)}
        for name, part in parts.items():
            score, _ = macro_f1(test.labels[part], answers[part])
            print(f"{name} other's share {w:.1f}   macro-F1 {score:.4f}")
