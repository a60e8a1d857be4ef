"""One training within the budget."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ...data.augment import Strength, geometric, photometric
from ...data.crops import Batches, CropStore, balanced_epoch
from ...engine import Run, fit
from ...recogniser.losses import recognition
from ...recogniser.settings import centred, faded, zoom
from .settings import Config

EVERY = 40  # steps between two checkpoints

# Stored cells [B, 3, 160, 160], their numbers in the store and a random generator -> the same cells, prepared.
Prepare = Callable[[Tensor, np.ndarray, torch.Generator], Tensor]
# The same in use, where nothing is random.
PrepareForUse = Callable[[Tensor, np.ndarray], Tensor]


def learn(
    network: nn.Module,
    config: Config,
    strength: Strength,
    contrastive: bool,
    rate: float,
    seed: int,
    folder: Path,
    cells: CropStore,
    prepare: Prepare | None = None,
) -> tuple[nn.Module, float]:
    """The averaged network, and how many seconds its training took. Continues from the folder's checkpoint.
    For a seed, every network sees the same cells in the same order with the same augmentation."""
    run = Run(folder, network, replace(config, rate=rate))
    batches = Batches(lambda rng: balanced_epoch(cells.labels, config.cap, rng), config.batch, seed)
    weight = config.contrastive_weight if contrastive else 0.0

    def batch_at(step: int) -> tuple[Tensor, Tensor]:
        index, number = batches.at(step), seed * 1_000_003 + step
        images, g = cells.tensor(index), torch.Generator().manual_seed(number)
        if prepare is not None:
            images = prepare(images, index, torch.Generator().manual_seed(number + 500_000))
        soft = faded(strength, config.soften, step / config.steps)
        images = geometric(images, config.crop_size, zoom(config, config.crop_size), soft, g)
        return photometric(images, soft, g), torch.from_numpy(cells.labels[index])

    def loss(batch: tuple[Tensor, Tensor]) -> dict[str, Tensor]:
        images, labels = batch
        logits, tokens, _ = (output.cpu() for output in network(images.to(run.device)))
        return recognition(logits, tokens, labels, config.smoothing, weight, config.margin)

    fit(run, config.steps, batch_at, loss, every=EVERY, seed=seed)
    return run.average.network.eval().cpu(), time.time() - run.started


@torch.no_grad()
def logits(
    network: nn.Module,
    store: CropStore,
    config: Config,
    prepare: PrepareForUse | None = None,
    batch: int = 64,
) -> Tensor:
    """[n, 13] of a whole store. Each cell is seen once, upright: the comparison does without the mirror
    images of use."""
    network.eval()
    out = []
    for first in range(0, len(store), batch):
        index = np.arange(first, min(first + batch, len(store)))
        images = store.tensor(index)
        if prepare is not None:
            images = prepare(images, index)
        out.append(network(centred(images, config))[0])
    return torch.cat(out)
