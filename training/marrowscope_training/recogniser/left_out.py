"""What is measured on the cells of a laboratory that was left out of a training."""

import numpy as np
from torch import Tensor

from ..cells import CELL_TYPES
from .calibration import Calibration

BINS = 15


def ece(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Expected calibration error of the greatest probability, 15 bins of equal width (Guo 2017); 0..1."""
    sure, right = probabilities.max(1), probabilities.argmax(1) == labels
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return float(sum(abs(sure[bins == b].sum() - right[bins == b].sum()) for b in range(BINS)) / len(labels))


def left_out_figures(logits: Tensor, labels: np.ndarray, calibration: Calibration) -> dict:
    """Figures of cells [n] with the types `labels`, all of which were taught by other sources: macro-F1 over these types (any
    of the 13 classes may be answered), F1 of each, accuracy, ECE, and how often each type was called what."""
    probabilities = calibration.probabilities(logits).numpy()
    answers, each, called = probabilities.argmax(1), {}, {}
    for i in np.unique(labels):
        true, said = labels == i, answers == i
        each[CELL_TYPES[i]] = 2 * float((true & said).sum()) / float(true.sum() + said.sum())
        called[CELL_TYPES[i]] = np.bincount(answers[true], minlength=logits.shape[1]).tolist()
    return {
        "cells": len(labels),
        "macro_f1": float(np.mean(list(each.values()))),
        "accuracy": float((answers == labels).mean()),
        "ece": ece(probabilities, labels),
        "f1": each,
        "called": called,
    }
