"""What the detector is taught by, for one batch."""

import torch
import torch.nn.functional as F
from torch import Tensor

from . import anchors as geometry
from .assign import BACKGROUND, by_iou, by_transport


def focal(logits: Tensor, target: Tensor, alpha: float = 0.25, gamma: float = 2.0) -> Tensor:
    """Sigmoid focal loss (Lin 2017) of each element."""
    chance = torch.sigmoid(logits)
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    right = chance * target + (1 - chance) * (1 - target)
    weight = alpha * target + (1 - alpha) * (1 - target)
    return weight * (1 - right) ** gamma * entropy


def detection(
    outputs: tuple[Tensor, Tensor, Tensor],
    truths: list[Tensor],
    unknown: Tensor,
    strides: tuple[int, ...],
    per_place: int,
    transport: bool,
    quality: bool,
) -> dict[str, Tensor]:
    """outputs as of Detector, truths one [G, 4] an image, unknown bool [B, H, W]: places where cells may lie that
    nobody labelled; background is not taught there. All parts are divided by the number of positives."""
    score, deltas, iou_logit = outputs
    _, height, width = unknown.shape
    places, steps = geometry.grid(geometry.levels(height, width, strides), strides, per_place)
    boxes = geometry.decode(deltas, places)
    centre = ((places[:, :2] + places[:, 2:]) / 2).long()
    cells, ignored = [], []
    with torch.no_grad():
        for i, truth in enumerate(truths):
            if transport:
                cells.append(by_transport(places, steps, truth, score[i], boxes[i]))
            else:
                cells.append(by_iou(places, truth))
            ignored.append(unknown[i, centre[:, 1].clamp(max=height - 1), centre[:, 0].clamp(max=width - 1)])
    cell, hidden = torch.stack(cells), torch.stack(ignored)
    positive = cell >= 0
    taught = positive | ((cell == BACKGROUND) & ~hidden)
    total = positive.sum().clamp_min(1)
    parts = {"class": focal(score[taught], positive[taught].float()).sum() / total}
    matched = torch.cat([t[c[c >= 0]] for t, c in zip(truths, cell)])
    if len(matched) == 0:
        return parts | {"box": deltas.sum() * 0} | ({"quality": iou_logit.sum() * 0} if quality else {})
    predicted = boxes[positive]
    overlap = geometry.giou(predicted, matched)
    parts["box"] = 2 * (1 - overlap).sum() / total
    if quality:
        with torch.no_grad():
            target = geometry.paired_iou(predicted, matched)
        entropy = F.binary_cross_entropy_with_logits(iou_logit[positive], target, reduction="sum")
        parts["quality"] = 0.5 * entropy / total
    return parts
