"""A quick measure of the recogniser. The published figures come from `marrowscope evaluate recogniser`, which
cuts its crops as it cuts those of users' pictures."""

import json
from pathlib import Path

from ..data.crops import CropStore
from .metrics import by_source, macro_f1
from .predict import predict, trained
from .settings import Config


def evaluate(config: Config, folder: Path, data: Path | None, split: str) -> None:
    """Print the macro-F1 of a run's averaged weights as JSON: overall, by source and by type."""
    measured = config.sources if config.folders else ("matek", "pbc", "segpc")
    store = CropStore.labelled(data, split, measured, config.types, config.folders)
    answers = predict(trained(config, folder), store, config)[0].argmax(1).numpy()
    overall, each = macro_f1(store.labels, answers)
    sources = by_source(store.labels, answers, store.sources)
    print(json.dumps({"split": split, "macro_f1": overall, "by_source": sources, "by_type": each}, indent=2))
