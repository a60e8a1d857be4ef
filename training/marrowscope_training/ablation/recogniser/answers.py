"""What a finished run leaves behind: its calibrated answers on val and test, its costs, and the model itself."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ... import results
from ...cells import CELL_CLASSES
from ...data.crops import CropStore
from ...recogniser.calibration import Calibration, calibrate
from ...recogniser.settings import centred
from .settings import Config

# Cells per batch, and number of batches, where speed is measured.
TOGETHER, TIMES = 16, 10

# Answers a batch of stored crops uint8 [n, 160, 160, 3].
Answer = Callable[[np.ndarray], object]


def rows(store: CropStore, logits: Tensor, calibration: Calibration) -> list[dict]:
    """One row for each cell: file (source and name), source, label, probabilities in the order of the
    classes."""
    probabilities = calibration.probabilities(logits).numpy()
    return [
        {
            "file": name,
            "source": str(source),
            "label": CELL_CLASSES[label],
            "probabilities": [round(float(p), 5) for p in each],
        }
        for name, source, label, each in zip(store.names, store.sources, store.labels, probabilities)
    ]


def write(folder: Path, stores: dict[str, CropStore], logits: dict[str, Tensor]) -> dict:
    """Write val.json and test.json, calibrated on val. Returns what was fitted."""
    calibration = calibrate(logits["val"], torch.from_numpy(stores["val"].labels))
    for split in ("val", "test"):
        results.write(folder / f"{split}.json", rows(stores[split], logits[split], calibration))
    return calibration.facts()


def milliseconds(answer: Answer, images: np.ndarray) -> float:
    """Milliseconds per cell: the median over batches of TOGETHER stored crops uint8 [n, 160, 160, 3], after
    two for warm-up."""
    spent = []
    for i in range(TIMES + 2):
        some = images[np.arange(i * TOGETHER, (i + 1) * TOGETHER) % len(images)]
        started = time.perf_counter()
        answer(some)
        spent.append((time.perf_counter() - started) * 1000 / TOGETHER)
    return statistics.median(spent[2:])


def of_network(network: nn.Module, config: Config) -> Answer:
    """Answers a batch of stored crops, which are first cut to the network's size."""

    @torch.no_grad()
    def answer(images: np.ndarray) -> torch.Tensor:
        stored = torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255
        return network(centred(stored, config))[0]

    return answer
