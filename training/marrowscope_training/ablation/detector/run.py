"""One variant with one seed: trained within the budget, then run on val and test."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn

from ... import results
from ...data import tiles
from ...data.windows import Minimum, Picture, batch
from ...detector import classical
from ...detector.settings import Settings
from ...detector.suppression import postprocess
from ...engine import Run, fit
from . import fields as labelled
from .fields import Field, without_border
from .variants import VARIANTS, Variant, build

MINIMUM = Minimum(2.5 / tiles.UM_PER_PIXEL, 0.35)


@dataclass(frozen=True)
class Config(Settings):
    """The budget and what is the same for every variant. Each peer has its own learning rate."""

    steps: int = 400
    batch: int = 8
    size: int = 256
    zoom: tuple[float, float] = (0.8, 1.25)
    faster_rcnn_rate: float = 1e-3
    yolox_rate: float = 2e-3
    warmup: int = 50

    def rate_of(self, variant: Variant) -> float:
        return {"faster-rcnn": self.faster_rcnn_rate, "yolox": self.yolox_rate}.get(variant.kind, self.rate)


Finder = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def train(
    variant: Variant, config: Config, seed: int, folder: Path, fields: list[Field]
) -> tuple[nn.Module, float]:
    """The averaged network, and how many seconds its training took. Continues from the folder's checkpoint."""
    torch.manual_seed(seed)
    network, losses = build(variant, config)
    run = Run(folder, network, replace(config, rate=config.rate_of(variant)))
    pictures = [f.picture if variant.border else without_border(f) for f in fields]

    def batch_at(step: int) -> tuple[torch.Tensor, list[Picture]]:
        return batch(pictures, config.batch, config.size, config.zoom, MINIMUM, config.strength, seed, step)

    def loss(drawn: tuple[torch.Tensor, list[Picture]]) -> dict[str, torch.Tensor]:
        images, windows = drawn
        truths = [torch.from_numpy(w.boxes) for w in windows]
        return losses(images.to(run.device), truths, torch.from_numpy(np.stack([w.unknown for w in windows])))

    fit(run, config.steps, batch_at, loss, every=25, seed=seed)
    return run.average.network.eval().cpu(), time.time() - run.started


def finder(network: nn.Module) -> Finder:
    """Finds boxes and scores of a picture at 0.25 µm per pixel: network, decoding and suppression."""

    @torch.no_grad()
    def find(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        field = torch.from_numpy(tiles.padded(image)).permute(2, 0, 1)[None].float() / 255
        boxes, scores = network.detections(field)
        boxes, scores, _ = postprocess(boxes[0], scores[0], image.shape[1::-1], results.MINIMUM_SCORE)
        return boxes.numpy(), scores.numpy()

    return find


def detections(find: Finder, fields: list[Field]) -> tuple[list[dict], float]:
    """COCO results in pixels of the files, and the median milliseconds per field."""
    rows, spent = [], []
    for field in fields[:3]:
        find(field.picture.image)
    for field in fields:
        started = time.perf_counter()
        boxes, scores = find(field.picture.image)
        spent.append((time.perf_counter() - started) * 1000)
        good = scores >= results.MINIMUM_SCORE
        boxes = np.minimum(boxes[good] / field.factor, np.tile(field.size, 2)).clip(0)
        rows += results.coco(field.id, boxes, scores[good], np.zeros(good.sum(), int))
    return rows, statistics.median(spent)


def write_detections(find: Finder, folder: Path, fields: dict[str, list[Field]]) -> float:
    """Write val.json and test.json. Returns the median milliseconds per test field."""
    for split in ("val", "test"):
        rows, milliseconds = detections(find, fields[split])
        results.write(folder / f"{split}.json", rows)
    return milliseconds


def run(name: str, config: Config, seed: int, folder: Path, fields: dict[str, list[Field]]) -> None:
    """Write val.json, test.json and, last, run.json into the folder. fields: of train, val and test."""
    variant = VARIANTS[name]
    folder.mkdir(parents=True, exist_ok=True)
    settings = asdict(variant)
    if variant.trained:
        network, seconds = train(variant, config, seed, folder, fields["train"])
        find, parameters = finder(network), sum(p.numel() for p in network.parameters())
        settings |= asdict(replace(config, rate=config.rate_of(variant)))
        torch.save(network.state_dict(), folder / "average.pt")
    else:
        cv2.setRNGSeed(seed)
        started, pictures = time.time(), [f.picture for f in fields["train"]]
        chosen = classical.fit(
            [p.image for p in pictures],
            [p.boxes for p in pictures],
            [p.unknown for p in pictures],
            variant.kind,
        )
        find = lambda image: classical.find(image, variant.kind, chosen)
        seconds, parameters = time.time() - started, 0
        settings = {"kind": variant.kind} | asdict(chosen)
    milliseconds = write_detections(find, folder, fields)
    facts = {
        "variant": name,
        "seed": seed,
        "steps": config.steps if variant.trained else 0,
        "batch": config.batch if variant.trained else 0,
        "trainSeconds": round(seconds, 1),
        "parameters": parameters,
        "millisecondsPerField": round(milliseconds, 1),
        "settings": settings,
    }
    results.write(folder / "run.json", facts)
    (folder / "checkpoint.pt").unlink(missing_ok=True)


def ask_again(folders: list[Path], data: Path) -> None:
    """Write the detections of finished runs again, with the milliseconds that they take while nothing else
    runs."""
    held = {split: labelled.read(data, split) for split in ("val", "test")}
    for folder in folders:
        facts = json.loads((folder / "run.json").read_text())
        variant, settings = VARIANTS[facts["variant"]], facts["settings"]
        if variant.trained:
            sizes = {k: settings[k] for k in ("widths", "blocks", "width", "head_depth")}
            network, _ = build(variant, Config(**sizes))
            network.load_state_dict(torch.load(folder / "average.pt", weights_only=True))
            find = finder(network.eval())
        else:
            chosen = classical.Settings(**{k: v for k, v in settings.items() if k != "kind"})
            find = lambda image, kind=variant.kind, chosen=chosen: classical.find(image, kind, chosen)
        milliseconds = write_detections(find, folder, held)
        results.write(folder / "run.json", facts | {"millisecondsPerField": round(milliseconds, 1)})
        print(f"{folder.name}: {milliseconds:.1f} ms", flush=True)
