"""What the shipped recogniser and a finished run of the comparison say together, as of the measured features: their probabilities'
weighted geometric mean. The weight is chosen on val, its worth told on test.

    python -m marrowscope_training beside --run runs/recogniser-ablation/svm-1
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from ..arguments import add_data, data_of
from ..data.crops import CropStore
from .onnx_answers import onnx_answers
from .settings import Config
from .train import macro_f1

WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
LEAST = 1e-6  # probability of what was held to be impossible


def together(one: np.ndarray, other: np.ndarray, weight: float) -> np.ndarray:
    """Of probabilities [n, K] the geometric mean, the other's share being `weight`; each row sums to 1."""
    mixed = np.exp((1 - weight) * np.log(one.clip(LEAST)) + weight * np.log(other.clip(LEAST)))
    return mixed / mixed.sum(1, keepdims=True)


def best(one: np.ndarray, other: np.ndarray, labels: np.ndarray) -> tuple[float, dict[float, float]]:
    """The weight of the best macro-F1 (the least such), and the macro-F1 of each."""
    scores = {w: macro_f1(labels, together(one, other, w).argmax(1))[0] for w in WEIGHTS}
    return max(scores, key=lambda w: (scores[w], -w)), scores


def answers_of(file: Path, store: CropStore) -> np.ndarray:
    """The probabilities [n, K] that a run's val.json or test.json holds for the cells of a store, in its order."""
    rows = {row["file"]: row["probabilities"] for row in json.loads(file.read_text())}
    missing = [name for name in store.names if name not in rows]
    if missing:
        raise SystemExit(f"{file} says nothing of {missing[0]}; it is of other cells")
    return np.array([rows[name] for name in store.names], np.float32)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="marrowscope_training beside", description="The recogniser and another's answers together"
    )
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--run", type=Path, default=Path("runs/recogniser-ablation/svm-1"))
    parser.add_argument("--threads", type=int, default=2)
    add_data(parser)
    a = parser.parse_args(arguments)
    data = data_of(parser, a)
    torch.set_num_threads(a.threads)
    said = {}
    for split in ("val", "test"):
        file = a.run / f"{split}.json"
        if not file.exists():
            parser.error(f"{a.run} is no finished run: it has no {file.name}")
        store = CropStore.labelled(data, split, Config().sources)
        network = onnx_answers(a.models, store, ("probabilities",))[0]
        said[split] = network, answers_of(file, store), store.labels
    weight, scores = best(*said["val"])
    for w, score in scores.items():
        print(f"val   other's share {w:.1f}   macro-F1 {score:.4f}")
    one, other, labels = said["test"]
    for w in sorted({0.0, weight}):
        print(
            f"test  other's share {w:.1f}   macro-F1 {macro_f1(labels, together(one, other, w).argmax(1))[0]:.4f}"
        )
