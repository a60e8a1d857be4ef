"""The recogniser before neural networks: measured features, the best of them by Fisher's ratio (analysis of variance), then a
support vector machine with a radial kernel or a random forest. How many features and how strict is chosen on val."""

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
STEADY = 1e-12  # variance up to which a feature says nothing
NEVER = -12.0  # logit of a class that was not among the examples


@dataclass(frozen=True)
class Settings:
    """Features kept (at most), and the machine's C; the forest has none."""

    kept: int
    strict: float | None


def measured(images: np.ndarray, um_per_pixel: float) -> np.ndarray:
    """float32 [n, features] of crops [n, H, W, 3]."""
    return np.stack([features(image, um_per_pixel) for image in images])


def rescaled(values: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Features [n, F] by how far each is from the mean of `seen` [m, F], cells of the same source whose types need not be
    known, in their standard deviations; 0 where it is the same for all of these."""
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
    """float32 [n, 13], to be calibrated as a network's are: the machine's decisions, or logarithms of the forest's shares."""
    last = model[-1]
    if isinstance(last, SVC):
        scores = model.decision_function(values)
        if scores.ndim == 1:  # two classes have one decision
            scores = np.stack([-scores, scores], 1)
    else:
        scores = np.log(model.predict_proba(values).clip(1e-4))
    out = np.full((len(values), len(CELL_CLASSES)), NEVER, np.float32)
    out[:, last.classes_] = scores
    return out


def fit(
    method: str, train: np.ndarray, labels: np.ndarray, val: np.ndarray, val_labels: np.ndarray, seed: int
) -> tuple[Pipeline, Settings]:
    """The best on val, by macro-F1, of a few settings."""
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
    """A model that this program wrote: a pickle, never to be taken from elsewhere."""
    return joblib.load(file)
