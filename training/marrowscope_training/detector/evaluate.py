"""A quick measure of the detector during training. The published figures come from `marrowscope evaluate
detector`, which runs the whole pipeline; this one skips tiling and scale estimation."""

import json
from pathlib import Path

import numpy as np
import torch

from ..data import sources, tiles
from ..engine import averaged
from . import anchors
from .network import Detector
from .suppression import postprocess


@torch.no_grad()
def find(network: Detector, image: np.ndarray, um_per_pixel: float, minimum: float = 0.05):
    """Boxes [n, 4] in pixels of `image` (RGB uint8) and scores [n]."""
    small, factor = tiles.shrink(image, um_per_pixel)
    h, w = small.shape[:2]
    field = tiles.padded(small)
    images = torch.from_numpy(field).permute(2, 0, 1)[None].float() / 255
    boxes, scores = network.detections(images.to(next(network.parameters()).device))
    boxes, scores, _ = postprocess(boxes[0].cpu(), scores[0].cpu(), (w, h), minimum)
    return boxes.numpy() / factor, scores.numpy()


def match(boxes: np.ndarray, truth: np.ndarray, level: float = 0.5) -> np.ndarray:
    """bool [n]: whether each detection, best first, finds a cell that none before it found."""
    if len(boxes) == 0 or len(truth) == 0:
        return np.zeros(len(boxes), bool)
    overlap = anchors.iou(torch.from_numpy(boxes).float(), torch.from_numpy(truth).float()).numpy()
    free, hit = np.ones(len(truth), bool), np.zeros(len(boxes), bool)
    for i, row in enumerate(overlap):
        j = int(np.argmax(row * free))
        if free[j] and row[j] >= level:
            free[j], hit[i] = False, True
    return hit


def average_precision(
    found: list[tuple[np.ndarray, np.ndarray]], truths: list[np.ndarray], level: float = 0.5
) -> float:
    """AP at this IoU over 101 recall points. The detections of each picture are sorted, best first."""
    scores = np.concatenate([s for _, s in found])
    hits = np.concatenate([match(b, t, level) for (b, _), t in zip(found, truths)])
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(hits[order])
    recall = right / max(1, sum(map(len, truths)))
    precision = np.maximum.accumulate((right / np.arange(1, len(right) + 1))[::-1])[::-1]
    at = np.searchsorted(recall, np.linspace(0, 1, 101))
    return float(np.mean([precision[i] if i < len(precision) else 0 for i in at]))


def centre_found(network: Detector, cells: list[sources.Crop], threshold: float) -> float:
    """Share of the crops in which a detection of at most 30 µm contains the centre."""
    good = 0
    for cell in cells:
        boxes, _ = find(network, sources.read_image(cell.file), cell.um_per_pixel, threshold)
        x, y = cell.centre
        holds = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])
        small = (boxes[:, 2:] - boxes[:, :2]).max(1, initial=0) * cell.um_per_pixel <= 30
        good += bool((holds & small).any())
    return good / max(1, len(cells))


def measure(
    network: Detector, data: Path, split: str, threshold: float = 0.4, sample: int = 8
) -> dict[str, float]:
    """AP50 of the fully labelled sources, recall of plasma cells, and the share of crops (every `sample`-th)
    whose centre cell is found."""
    network.eval()
    out = {}
    for name, read in (("txl_pbc", tiles.txl), ("bccd", tiles.bccd)):
        fields = read(data, split, set())
        found = [find(network, sources.read_image(f), s) for f, _, s in fields]
        out[f"{name}_ap50"] = average_precision(found, [b for _, b, _ in fields])
        right = sum(match(b[s > threshold], t).sum() for (b, s), (_, t, _) in zip(found, fields))
        reported = sum((s > threshold).sum() for _, s in found)
        out[f"{name}_precision"] = right / max(1, reported)
        out[f"{name}_recall"] = right / max(1, sum(len(t) for _, t, _ in fields))
    plasma = tiles.of_segpc(data, split)
    hit = total = 0
    for tile in plasma:
        picture = (
            (tile.image.astype(np.float32) * tile.background * (255 / tiles.CLEAR))
            .clip(0, 255)
            .astype(np.uint8)
        )
        boxes, _ = find(network, picture, tiles.UM_PER_PIXEL, threshold)
        hit += match(boxes, tile.boxes).sum()
        total += len(tile.boxes)
    out["segpc_recall"] = hit / max(1, total)
    for source in ("matek", "pbc"):
        skip = ("platelet", "not_identifiable")
        cells = [c for c in sources.crops(data, split, (source,)) if c.label not in skip][::sample]
        out[f"{source}_centre"] = centre_found(network, cells, threshold)
    return out


def evaluate(config, folder: Path, data: Path, split: str) -> None:
    """Measure the averaged weights of a run and print JSON."""
    from .train import build

    network = build(config)
    network.load_state_dict(averaged(folder / "checkpoint.pt"))
    print(json.dumps(measure(network, data, split, sample=1), indent=2))
