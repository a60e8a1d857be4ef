"""Recognition without a neural network: measured features, the best of them by Fisher's ratio (analysis of
variance), then a support vector machine with a radial kernel or a random forest. The number of features and
the regularisation are chosen on val."""

from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest, VarianceThreshold, f_classif
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from ..cells import CELL_CLASSES
from .features import features
from .metrics import macro_f1

METHODS = ("svm", "forest")
KEPT = (60, 120)
STRICT = (3.0, 30.0)
TREES = 400
STEADY = 1e-12  # variance up to which a feature is constant
NEVER = -12.0  # logit of a class without examples


@dataclass(frozen=True)
class Settings:
    """kept: how many features at most. strict: C of the support vector machine; None for the forest."""

    kept: int
    strict: float | None


def measured(images: np.ndarray, um_per_pixel: float) -> np.ndarray:
    """float32 [n, features] of crops [n, H, W, 3]."""
    return np.stack([features(image, um_per_pixel) for image in images])


def rescaled(values: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Features [n, F] as z-scores: how many standard deviations each lies from the mean of `seen` [m, F],
    cells of the same source whose types need not be known. 0 where a feature is constant over `seen`."""
    mean, deviation = seen.mean(0, np.float64), seen.std(0, dtype=np.float64)
    steady = deviation <= np.sqrt(STEADY) * np.maximum(1, np.abs(mean))
    return np.where(steady, 0, (values - mean) / np.where(steady, 1, deviation)).astype(np.float32)


def made(method: str, settings: Settings, count: int, seed: int) -> Pipeline:
    if method == "svm":
        last = SVC(C=settings.strict, gamma="scale", class_weight="balanced", cache_size=500)
    else:
        last = RandomForestClassifier(TREES, min_samples_leaf=2, class_weight="balanced", random_state=seed)
    best = SelectKBest(f_classif, k=min(settings.kept, count))
    return make_pipeline(VarianceThreshold(STEADY), StandardScaler(), best, last)


def logits(model: Pipeline, values: np.ndarray) -> np.ndarray:
    """float32 [n, 13], to be calibrated like those of a network: the decision values of the machine, or the
    logarithms of the forest's shares."""
    last = model[-1]
    if isinstance(last, SVC):
        scores = model.decision_function(values)
        if scores.ndim == 1:  # with two classes there is one decision value
            scores = np.stack([-scores, scores], 1)
    else:
        scores = np.log(model.predict_proba(values).clip(1e-4))
    out = np.full((len(values), len(CELL_CLASSES)), NEVER, np.float32)
    out[:, last.classes_] = scores
    return out


def fit(
    method: str, train: np.ndarray, labels: np.ndarray, val: np.ndarray, val_labels: np.ndarray, seed: int
) -> tuple[Pipeline, Settings]:
    """The best of a few settings on val, by macro-F1."""
    varied = int((train.var(0) > STEADY).sum())
    tried = [Settings(kept, c) for kept in KEPT for c in (STRICT if method == "svm" else (None,))]
    best = None
    for settings in tried:
        model = made(method, settings, varied, seed).fit(train, labels)
        score, _ = macro_f1(val_labels, logits(model, val).argmax(1))
        if best is None or score > best[0]:
            best = (score, model, settings)
    return best[1], best[2]


def keep(model: Pipeline, file: Path) -> None:
    joblib.dump(model, file)


def kept(file: Path) -> Pipeline:
    """Load a model that this program wrote. It is a pickle: never load one from elsewhere."""
    return joblib.load(file)
