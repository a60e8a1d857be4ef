"""Training before the labels. From one view of a cell the network predicts what its own running average
computes from another view of the same cell (self-distillation; BYOL, Grill 2020). No label is used, so cells
without a type are used too."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data import unlabelled
from ..data.augment import geometric, photometric
from ..data.crops import Batches, CropStore, labelled_cells
from ..engine import Run, fit
from .settings import Config, build, in_colours, strength_of, zoom

AVERAGE = 0.99
EVERY = 40  # steps between two checkpoints
HIDDEN, OUT = 512, 128
# Two views of a cell differ more than two pictures in use: most in colour, by which they could be matched otherwise.
STRONGER = {"stain": 1.5, "light": 1.5, "saturation": 1.5, "blur": 1.0, "noise": 1.0}


def layers(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(inputs, HIDDEN), nn.BatchNorm1d(HIDDEN), nn.ReLU(inplace=True), nn.Linear(HIDDEN, outputs)
    )


class Student(nn.Module):
    """A network with the two layers that only this training needs: class token -> projection -> prediction."""

    def __init__(self, network: nn.Module, width: int):
        super().__init__()
        self.network = network
        self.project, self.foretell = layers(width, OUT), layers(OUT, OUT)

    def forward(self, images: Tensor) -> Tensor:
        """images [B, 3, S, S] -> projections [B, 128]."""
        return self.project(self.network(images)[1])


def training_cells(data: Path | None, config: Config) -> CropStore:
    """All cells of the train split, of any type, and the cells without a type of the fields where `data` has
    fields."""
    cells = labelled_cells(data, "train", config.sources, config.folders)
    return CropStore(cells + ([] if data is None else unlabelled.crops(data)))


def disagreement(predictions: Tensor, targets: Tensor) -> Tensor:
    """2 - 2 cos of the angle between them, as a mean over the batch: 0 where all are predicted, 2 where they
    are unrelated."""
    return 2 - 2 * F.cosine_similarity(predictions, targets, dim=1).mean()


def spread(targets: Tensor) -> float:
    """How far apart the projections of different cells lie: 1 - the length of the mean unit vector. 0 means
    that all cells have the same projection, and nothing was learnt."""
    return 1 - float(F.normalize(targets, dim=1).mean(0).norm())


def views(store: CropStore, index: np.ndarray, size: int, config: Config, g: torch.Generator) -> Tensor:
    """Two views of each cell, one half behind the other: [2 B, 3, size, size]."""
    strength = strength_of(config)
    strength = replace(strength, **{name: getattr(strength, name) * k for name, k in STRONGER.items()})
    images = in_colours(store.tensor(index), config).repeat(2, 1, 1, 1)
    return photometric(geometric(images, size, zoom(config, size), strength, g), strength, g)


def pretrain(
    network: nn.Module, width: int, cells: CropStore, config: Config, steps: int, size: int, folder: Path
) -> None:
    """Train `network`, whose class token has `width` numbers, for `steps` steps on crops of `size` pixels; it
    is left with the averaged weights. Continues from the folder's checkpoint."""
    student = Student(network, width)
    run = Run(folder, student, replace(config, average=AVERAGE))
    teacher = run.average.network
    batches = Batches(lambda rng: rng.permutation(len(cells)), config.batch, config.seed)
    targets = torch.zeros(0)

    def batch_at(step: int) -> Tensor:
        g = torch.Generator().manual_seed(config.seed * 1_000_003 + step)
        return views(cells, batches.at(step), size, config, g)

    def loss(images: Tensor) -> dict[str, Tensor]:
        nonlocal targets
        images = images.to(run.device)
        with torch.no_grad():
            targets = teacher(images)
        predictions = student.foretell(student(images))
        return {"disagreement": disagreement(predictions, targets.roll(len(targets) // 2, 0))}

    spread_now = lambda: {"spread": spread(targets)}
    fit(run, steps, batch_at, loss, every=EVERY, seed=config.seed, evaluate=spread_now, evaluate_every=EVERY)
    network.load_state_dict(teacher.network.state_dict())
    network.cpu()


def begin(config: Config, folder: Path, data: Path | None) -> None:
    """Pre-train on all training cells, with a type or without, for `pretrain_epochs`, and write the network
    to start.pt, from which a training may begin (`start`)."""
    torch.manual_seed(config.seed)
    cells = training_cells(data, config)
    steps = int(config.pretrain_epochs * (len(cells) // config.batch))
    print(f"{len(cells)} cells, {steps} steps")
    network = build(config)
    pretrain(network, config.dim, cells, config, steps, config.small_size, folder)
    torch.save(network.state_dict(), folder / "start.pt")
