"""One training within the budget: the loop that all networks share."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ...data.augment import Strength, appearance, pose
from ...data.crops import CropStore, balanced_epoch
from ...engine import Optimiser, Run, one_cycle
from ...recogniser.losses import recognition
from ...recogniser.settings import centred, faded, zoom
from .settings import Config

EVERY = 40  # steps between two checkpoints

# Stored cells [B, 3, 160, 160], their numbers in the store and what draws -> the same cells, prepared.
Prepare = Callable[[Tensor, np.ndarray, torch.Generator], Tensor]
# The same for use, where nothing is drawn.
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
    """The averaged network and the seconds its training took; goes on from the folder's checkpoint. A seed draws the same
    cells in the same order in the same pose and look whatever the network."""
    optimiser = Optimiser(network, rate, config.matrix_rate, config.weight_decay)
    run = Run(folder, network, optimiser, config.average)
    if run.resume():
        print(f"resumed at step {run.step}")
    per_epoch = len(balanced_epoch(cells.labels, config.cap, np.random.default_rng(0))) // config.batch
    if per_epoch == 0:
        raise ValueError(f"{len(cells)} cells do not fill a batch of {config.batch}")
    weight = config.contrastive_weight if contrastive else 0.0
    size, order, drawn = config.crop_size, None, -1
    network.train()
    while run.step < config.steps:
        epoch, at = divmod(run.step, per_epoch)
        if epoch != drawn:
            order = balanced_epoch(cells.labels, config.cap, np.random.default_rng([seed, epoch]))
            drawn = epoch
        index = order[at * config.batch : (at + 1) * config.batch]
        number = seed * 1_000_003 + run.step
        torch.manual_seed(number)
        g = torch.Generator().manual_seed(number)
        images = cells.tensor(index)
        if prepare is not None:
            images = prepare(images, index, torch.Generator().manual_seed(number + 500_000))
        soft = faded(strength, config.soften, run.step / config.steps)
        images = appearance(pose(images, size, zoom(config, size), soft, g), soft, g)
        logits, tokens, _ = network(images)
        labels = torch.from_numpy(cells.labels[index])
        parts = recognition(logits, tokens, labels, config.smoothing, weight, config.margin)
        run.learn(parts, one_cycle(run.step, config.steps, config.warmup), config.clip)
        if run.step % EVERY == 0 or run.step == config.steps:
            run.log()
            run.save()
    return run.average.network.eval(), time.time() - run.started


@torch.no_grad()
def logits(
    network: nn.Module,
    store: CropStore,
    config: Config,
    prepare: PrepareForUse | None = None,
    batch: int = 64,
) -> Tensor:
    """[n, 13] of a whole store, each cell seen once, upright: the comparison does without the mirror images of use."""
    network.eval()
    out = []
    for first in range(0, len(store), batch):
        index = np.arange(first, min(first + batch, len(store)))
        images = store.tensor(index)
        if prepare is not None:
            images = prepare(images, index)
        out.append(network(centred(images, config))[0])
    return torch.cat(out)
