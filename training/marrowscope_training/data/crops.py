"""All labelled cells of a split as one array in memory, and balanced batches of it."""

from pathlib import Path

import numpy as np
import torch

from ..cells import INDEX, NOT_IDENTIFIABLE
from . import sources

STORE_UM_PER_PIXEL, STORE_SIZE = 1 / 6, 160


def class_index(label: str) -> int:
    """A platelet taken for a cell is `not_identifiable`: it has no nucleus to name."""
    return INDEX[NOT_IDENTIFIABLE if label == "platelet" else label]


class CropStore:
    """images uint8 [n, 160, 160, 3] at 1/6 µm per pixel (26.7 µm: a crop may be shifted, rotated and scaled
    without leaving it by much), labels [n], sources [n]."""

    def __init__(self, data: Path, split: str, names: tuple[str, ...], types: tuple[str, ...] = ()):
        """Cells of the sources `names`, of `types` only where it is not empty."""
        cells = [c for c in sources.crops(data, split, names) if not types or c.label in types]
        self.images = np.empty((len(cells), STORE_SIZE, STORE_SIZE, 3), np.uint8)
        self.labels = np.array([class_index(c.label) for c in cells])
        self.sources = np.array([c.source for c in cells])
        last, picture = None, None
        for i, cell in enumerate(cells):
            if cell.file != last:
                last, picture = cell.file, sources.read_image(cell.file)
            step = STORE_UM_PER_PIXEL / cell.um_per_pixel
            self.images[i] = sources.window(picture, cell.centre, step, STORE_SIZE)

    def __len__(self) -> int:
        return len(self.labels)

    def tensor(self, index: np.ndarray) -> torch.Tensor:
        """float32 [n, 3, 160, 160] in 0..1."""
        return torch.from_numpy(self.images[index]).permute(0, 3, 1, 2).float() / 255


def balanced_epoch(labels: np.ndarray, cap: int, rng: np.random.Generator) -> np.ndarray:
    """The order of one epoch: at most `cap` cells of each class, another random choice every time (random
    undersampling of the large classes), shuffled."""
    chosen = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        chosen.append(rng.permutation(members)[:cap])
    return rng.permutation(np.concatenate(chosen))
