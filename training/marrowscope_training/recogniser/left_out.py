"""Measures a network on the cells of a laboratory that was left out of its training."""

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ..cells import CELL_CLASSES, CELL_TYPES, INDEX
from ..data.crops import CropStore, class_index, evenly, labelled_cells
from .calibration import Calibration, calibrate
from .home import Usual, home_of
from .metrics import confusion_of, f1_by_type, mean_f1
from .predict import predict
from .settings import Config, left_out_sources

BINS = 15
MOST = 2000  # cells of a laboratory that was left out


def ece(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Expected calibration error of the largest probability, 15 bins of equal width (Guo 2017); 0..1."""
    sure, right = probabilities.max(1), probabilities.argmax(1) == labels
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return float(sum(abs(sure[bins == b].sum() - right[bins == b].sum()) for b in range(BINS)) / len(labels))


def f1_of(called: dict[str, list[int]], types: list[str]) -> dict[str, float]:
    """F1 of each of `types` over their cells alone. called: for each type, how often it was called each of
    the 13 classes."""
    confusion = np.zeros((len(CELL_CLASSES),) * 2, int)
    for name in types:
        confusion[INDEX[name]] = called[name]
    return f1_by_type(confusion)


def left_out_figures(logits: Tensor, labels: np.ndarray, calibration: Calibration) -> dict:
    """Figures of cells [n] with the types `labels`, all of which other sources had in the training: macro-F1
    over these types (any of the 13 classes may be answered), F1 of each, accuracy, ECE, and how often each
    type was called what."""
    probabilities = calibration.probabilities(logits).numpy()
    answers = probabilities.argmax(1)
    confusion = confusion_of(labels, answers)
    called = {CELL_TYPES[i]: confusion[i].tolist() for i in np.unique(labels)}
    each = f1_by_type(confusion)
    return {
        "cells": len(labels),
        "macro_f1": mean_f1(each),
        "accuracy": float((answers == labels).mean()),
        "ece": ece(probabilities, labels),
        "f1": each,
        "called": called,
    }


def measure_left_out(
    config: Config, network: nn.Module, data: Path | None, cells: CropStore, val: CropStore, folder: Path
) -> None:
    """Measure on the laboratory that was left out and write left-out.json: "development" (its cells of train
    and val, by which a recipe may be chosen) and "test". The calibration is fitted on the cells of val of the
    training sources."""
    known, labels = val.labels >= 0, torch.from_numpy(val.labels[val.labels >= 0])
    home = home_of(network, cells, config)
    logits, tokens = (part[known] for part in predict(network, val, config))
    likeness = home(tokens)
    home.usual = Usual.of(likeness)
    plain, calibration = calibrate(logits, labels), calibrate(home.tempered(logits, likeness), labels)
    trained, figures = set(cells.labels.tolist()) & set(range(len(CELL_TYPES))), {}
    for name, splits in (("development", ("train", "val")), ("test", ("test",))):
        found = [c for s in splits for c in labelled_cells(data, s, left_out_sources(config), config.folders)]
        both = [c for c in found if class_index(c.label) in trained]
        store = CropStore([both[i] for i in evenly(len(both), MOST)])
        logits, tokens = predict(network, store, config)
        likeness = home(tokens)
        figures[name] = {
            "unfamiliar": float((likeness < home.usual.twentieth).float().mean()),
            "ece_without_home": ece(plain.probabilities(logits).numpy(), store.labels),
            **left_out_figures(home.tempered(logits, likeness), store.labels, calibration),
        }
    (folder / "left-out.json").write_text(
        json.dumps({"source": config.leave_out, **figures}, indent=1) + "\n"
    )
    shown = ("cells", "macro_f1", "ece", "ece_without_home", "unfamiliar")
    print(json.dumps({k: {n: v[n] for n in shown} for k, v in figures.items()}))
