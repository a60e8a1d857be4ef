"""Teaching before the labels: what the network says of one look of a cell has to foretell what its own running average says of
another look of the same cell (self-distillation; BYOL, Grill 2020). No label is used, so cells without a type teach too."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data import unlabelled
from ..data.augment import appearance, pose
from ..data.crops import CropStore, labelled_cells
from ..engine import Optimiser, Run, accelerator, one_cycle
from .settings import Config, as_taught, build, strength_of, zoom

AVERAGE = 0.99
EVERY = 40  # steps between two checkpoints
HIDDEN, OUT = 512, 128
# Two looks of a cell differ more than two pictures in use do: colours most, which otherwise say it all.
STRONGER = {"stain": 1.5, "light": 1.5, "saturation": 1.5, "blur": 1.0, "noise": 1.0}


def layers(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(inputs, HIDDEN), nn.BatchNorm1d(HIDDEN), nn.ReLU(inplace=True), nn.Linear(HIDDEN, outputs)
    )


class Pupil(nn.Module):
    """A network with what is only needed while it learns so: class token -> projection -> what it foretells."""

    def __init__(self, network: nn.Module, width: int):
        super().__init__()
        self.network = network
        self.project, self.foretell = layers(width, OUT), layers(OUT, OUT)

    def forward(self, images: Tensor) -> Tensor:
        """images [B, 3, S, S] -> projections [B, 128]."""
        return self.project(self.network(images)[1])


def training_cells(data: Path | None, config: Config) -> CropStore:
    """All cells of the train split, whatever their types, and those of fields that have none where `data` has fields."""
    cells = labelled_cells(data, "train", config.sources, config.folders)
    return CropStore(cells + ([] if data is None else unlabelled.crops(data)))


def disagreement(foretold: Tensor, said: Tensor) -> Tensor:
    """2 - 2 cos of the angle between them, the mean over the batch: 0 where all are foretold, 2 where they are unrelated."""
    return 2 - 2 * F.cosine_similarity(foretold, said, dim=1).mean()


def spread(said: Tensor) -> float:
    """How far projections of different cells lie apart: 1 - the length of the mean unit vector. 0: all cells are said to be
    the same, and nothing was learnt."""
    return 1 - float(F.normalize(said, dim=1).mean(0).norm())


def looks(store: CropStore, index: np.ndarray, size: int, config: Config, g: torch.Generator) -> Tensor:
    """Two looks of each cell, one half behind the other: [2 B, 3, size, size]."""
    strength = strength_of(config)
    strength = replace(strength, **{name: getattr(strength, name) * k for name, k in STRONGER.items()})
    images = as_taught(store.tensor(index), config).repeat(2, 1, 1, 1)
    return appearance(pose(images, size, zoom(config, size), strength, g), strength, g)


def pretrain(
    network: nn.Module, width: int, cells: CropStore, config: Config, steps: int, size: int, folder: Path
) -> None:
    """Teach `network`, whose class token has `width` numbers, for so many steps at crops of `size` pixels; it is left with the
    averaged weights. Goes on from the folder's checkpoint."""
    place = accelerator()
    pupil = Pupil(network, width).to(place)
    run = Run(folder, pupil, Optimiser(pupil, config.rate, config.matrix_rate, config.weight_decay), AVERAGE)
    if run.resume():
        print(f"pre-training resumed at step {run.step}")
    teacher = run.average.network
    per_epoch = len(cells) // config.batch
    while run.step < steps:
        epoch, at = divmod(run.step, per_epoch)
        order = np.random.default_rng([config.seed, epoch]).permutation(len(cells))
        index = order[at * config.batch : (at + 1) * config.batch]
        torch.manual_seed(config.seed * 1_000_003 + run.step)
        g = torch.Generator().manual_seed(config.seed * 1_000_003 + run.step)
        images = looks(cells, index, size, config, g).to(place)
        with torch.no_grad():
            said = teacher(images)
        pupil.train()
        foretold = pupil.foretell(pupil(images))
        parts = {"disagreement": disagreement(foretold, said.roll(len(index), 0))}
        run.learn(parts, one_cycle(run.step, steps, config.warmup), config.clip)
        if run.step % EVERY == 0 or run.step == steps:
            run.log(spread=spread(said))
            run.save()
    network.load_state_dict(teacher.network.state_dict())
    network.cpu()


def begin(config: Config, folder: Path, data: Path | None) -> None:
    """Pre-train on all training cells, those without a type among them, for `pretrain_epochs`, and leave the network in
    start.pt, from which a training may begin (`start`)."""
    torch.manual_seed(config.seed)
    cells = training_cells(data, config)
    steps = int(config.pretrain_epochs * (len(cells) // config.batch))
    print(f"{len(cells)} cells, {steps} steps")
    network = build(config)
    pretrain(network, config.dim, cells, config, steps, config.small_size, folder)
    torch.save(network.state_dict(), folder / "start.pt")
