"""F1 of the cell types, for each type and as a mean."""

import numpy as np

from ..cells import CELL_CLASSES, CELL_TYPES


def confusion_of(labels: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """How often cells of each class (rows) were called each class (columns), int [K, K]. Labels below 0 are
    left out."""
    known, out = labels >= 0, np.zeros((len(CELL_CLASSES),) * 2, int)
    np.add.at(out, (labels[known], answers[known]), 1)
    return out


def f1_by_type(confusion: np.ndarray) -> dict[str, float]:
    """F1 of each type that has cells. confusion [K, K]: labels down, answers across."""
    return {
        name: float(2 * confusion[i, i] / (confusion[i].sum() + confusion[:, i].sum()))
        for i, name in enumerate(CELL_TYPES)
        if confusion[i].any()
    }


def mean_f1(each: dict[str, float]) -> float:
    return float(np.mean(list(each.values())))


def macro_f1(labels: np.ndarray, answers: np.ndarray) -> tuple[float, dict[str, float]]:
    """Mean F1 over the types that have cells, and the F1 of each. `not_identifiable` is not a type: a cell of
    a type that is called so counts as an error."""
    each = f1_by_type(confusion_of(labels, answers))
    return mean_f1(each), each


def by_source(labels: np.ndarray, answers: np.ndarray, sources: np.ndarray) -> dict[str, float]:
    """Macro-F1 over the cells of each source."""
    parts = {str(s): sources == s for s in np.unique(sources)}
    return {source: macro_f1(labels[part], answers[part])[0] for source, part in parts.items()}
