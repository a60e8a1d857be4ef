"""Trains the detector on composed fields and measures it on val."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..data import composer, pieces
from ..data.augment import photometric
from ..data.tiles import UM_PER_PIXEL
from ..data.windows import Minimum
from ..engine import Run, fit
from .evaluate import measure
from .losses import detection
from .network import Detector
from .settings import Settings


@dataclass(frozen=True)
class Config(Settings):
    steps: int = 1500
    batch: int = 8
    size: int = 320
    crops_per_class: int = 230
    cache: str = ".cache"
    drawn: str = ".cache/drawn"
    seed: int = 1
    measured_every: int = 250
    aggregate: bool = True
    assignment: str = "transport"
    per_place: int = 1
    quality: bool = True
    pbc: float = 1.0
    matek: float = 1.3
    txl_pbc: float = 1.2
    bccd: float = 0.6
    segpc: float = 1.6
    marrow: float = 0.0
    drawn_share: float = 0.4
    least_um: float = 2.5  # how much of a cut cell must be left for training on it
    least_share: float = 0.35


def build(config: Config) -> Detector:
    return Detector(config, config.aggregate, config.per_place, config.quality)


def make_composer(config: Config, data: Path) -> composer.Composer:
    real, cutouts = pieces.collect(data, config.crops_per_class, Path(config.cache), config.marrow > 0)
    every = real + composer.drawn(Path(config.drawn))
    shares = {s: getattr(config, s) for s in ("pbc", "matek", "txl_pbc", "bccd", "segpc", "marrow")}
    minimum = Minimum(config.least_um / UM_PER_PIXEL, config.least_share)
    return composer.Composer(every, cutouts, shares | {"drawn": config.drawn_share}, minimum)


def train(config: Config, folder: Path, data: Path | None = None) -> None:
    data = data or Path(os.environ["MARROWSCOPE_DATA"])
    torch.manual_seed(config.seed)
    network = build(config)
    run = Run(folder, network, config)
    source = make_composer(config, data)

    def batch_at(step: int) -> tuple[torch.Tensor, list[composer.Field]]:
        rng = np.random.default_rng([config.seed, step])
        fields = [source.field(config.size, rng) for _ in range(config.batch)]
        images = torch.from_numpy(np.stack([f.image for f in fields])).permute(0, 3, 1, 2).float() / 255
        g = torch.Generator().manual_seed(config.seed * 1_000_003 + step)
        return photometric(images, config.strength, g), fields

    def loss(batch: tuple[torch.Tensor, list[composer.Field]]) -> dict[str, torch.Tensor]:
        images, fields = batch
        return detection(
            [part.cpu() for part in network(images.to(run.device))],
            [torch.from_numpy(f.boxes) for f in fields],
            torch.from_numpy(np.stack([f.unknown for f in fields])),
            network.strides,
            config.per_place,
            config.assignment,
            config.quality,
        )

    fit(
        run,
        config.steps,
        batch_at,
        loss,
        every=25,
        seed=config.seed,
        evaluate=lambda: measure(run.average.network, data, "val"),
        evaluate_every=config.measured_every,
    )
