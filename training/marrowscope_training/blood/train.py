"""Trains the three-class detector on bccd's train split and writes its detections on val and test."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .. import results
from ..data import tiles
from ..data.windows import Minimum, Picture, batch
from ..detector.losses import detection
from ..detector.network import Detector
from ..detector.settings import Settings
from ..detector.suppression import postprocess
from ..engine import Run, averaged, fit
from .fields import CLASSES, Field, read


@dataclass(frozen=True)
class Config(Settings):
    """um_per_pixel: the network's scale. least_um, least_share: how much of a cut cell must be left for
    training on it. start: the checkpoint of a detector, from which backbone and pyramid are taken."""

    steps: int = 600
    batch: int = 8
    size: int = 256
    um_per_pixel: float = 0.15
    least_um: float = 1.0
    least_share: float = 0.35
    zoom: tuple[float, float] = (0.8, 1.25)
    start: str = ""
    seed: int = 1


def build(config: Config) -> Detector:
    return Detector(config, classes=len(CLASSES))


def begin_from(network: Detector, checkpoint: Path) -> None:
    """Load the averaged backbone and pyramid of a detector's checkpoint; the heads stay as they are. Raises
    RuntimeError where their shapes differ."""
    weights = averaged(checkpoint)
    for part in ("backbone", "pyramid"):
        inside = {k.removeprefix(f"{part}."): v for k, v in weights.items() if k.startswith(f"{part}.")}
        getattr(network, part).load_state_dict(inside)


def train(config: Config, folder: Path, data: Path | None = None) -> None:
    data = data or Path(os.environ["MARROWSCOPE_DATA"])
    torch.manual_seed(config.seed)
    network = build(config)
    if config.start:
        begin_from(network, Path(config.start))
    run = Run(folder, network, config)
    pictures = [f.picture for f in read(data, "train", config.um_per_pixel)]
    minimum = Minimum(config.least_um / config.um_per_pixel, config.least_share)

    def batch_at(step: int) -> tuple[torch.Tensor, list[Picture]]:
        return batch(
            pictures, config.batch, config.size, config.zoom, minimum, config.strength, config.seed, step
        )

    def loss(drawn: tuple[torch.Tensor, list[Picture]]) -> dict[str, torch.Tensor]:
        images, seen = drawn
        return detection(
            [part.cpu() for part in network(images.to(run.device))],
            [torch.from_numpy(w.boxes) for w in seen],
            torch.from_numpy(np.stack([w.unknown for w in seen])),
            network.strides,
            network.per_location,
            "transport",
            network.has_quality,
            [torch.from_numpy(w.labels) for w in seen],
        )

    fit(run, config.steps, batch_at, loss, every=25, seed=config.seed)
    report(run.average.network.cpu(), config, folder, data)


def report(network: Detector, config: Config, folder: Path, data: Path) -> None:
    """Write val.json and test.json (COCO results; category 1 white, 2 red, 3 platelet) and images.json: the
    file names of each split by image id, which counts from 1 in the order of the split's list."""
    names = {}
    for split in ("val", "test"):
        fields = read(data, split, config.um_per_pixel)
        rows = [row for i, field in enumerate(fields, 1) for row in found(network, field, i)]
        results.write(folder / f"{split}.json", rows)
        names[split] = [{"id": i, "file_name": field.name} for i, field in enumerate(fields, 1)]
    results.write(folder / "images.json", names)


@torch.no_grad()
def found(network: Detector, field: Field, number: int) -> list[dict]:
    network.eval()
    image = field.picture.image
    boxes, scores = network.detections(
        torch.from_numpy(tiles.padded(image)).permute(2, 0, 1)[None].float() / 255
    )
    boxes, scores, classes = postprocess(boxes[0], scores[0], image.shape[1::-1], results.MINIMUM_SCORE)
    boxes = np.minimum(boxes.numpy() / field.factor, np.tile(field.size, 2))
    return results.coco(number, boxes, scores.numpy(), classes.numpy())
