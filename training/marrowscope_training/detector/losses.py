"""The detector's loss for one batch."""

import torch
import torch.nn.functional as F
from torch import Tensor

from . import anchors as geometry
from .assign import BACKGROUND, by_atss, by_iou, by_simota, by_transport


def focal(logits: Tensor, target: Tensor, alpha: float = 0.25, gamma: float = 2.0) -> Tensor:
    """Sigmoid focal loss (Lin 2017) of each element."""
    probability = torch.sigmoid(logits)
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    right = probability * target + (1 - probability) * (1 - target)
    weight = alpha * target + (1 - alpha) * (1 - target)
    return weight * (1 - right) ** gamma * entropy


def assigned(
    rule: str, anchors: Tensor, stride: Tensor, truth: Tensor, score: Tensor, boxes: Tensor, labels: Tensor
) -> Tensor:
    """The cell of every anchor of one image by the rule of this name; see assign."""
    if rule == "transport":
        return by_transport(anchors, stride, truth, score, boxes, labels)
    if rule == "simota":
        centre = (anchors[:, :2] + anchors[:, 2:]) / 2
        return by_simota(centre, stride, truth, torch.sigmoid(score), boxes, labels)
    if rule == "atss":
        return by_atss(anchors, stride, truth)
    if rule == "iou":
        return by_iou(anchors, truth)
    raise ValueError(f"no assignment is called '{rule}'; say iou, transport, atss or simota")


def detection(
    outputs: tuple[Tensor, Tensor, Tensor],
    truths: list[Tensor],
    unknown: Tensor,
    strides: tuple[int, ...],
    per_location: int,
    assignment: str,
    quality: bool,
    labels: list[Tensor] | None = None,
) -> dict[str, Tensor]:
    """outputs: as of Detector. truths: [G, 4] for each image. unknown bool [B, H, W]: where there may be
    cells that nobody labelled; background there is left out of the loss. assignment: iou, transport, atss or
    simota. labels: [G] for each image, the class of each cell, all 0 where not given. Each part is divided by
    the number of positives."""
    score, deltas, iou_logit = outputs
    score = score[..., None] if score.ndim == 2 else score
    labels = labels or [torch.zeros(len(t), dtype=torch.long) for t in truths]
    _, height, width = unknown.shape
    anchors, stride = geometry.grid(geometry.levels(height, width, strides), strides, per_location)
    boxes = geometry.decode(deltas, anchors)
    centre = ((anchors[:, :2] + anchors[:, 2:]) / 2).long()
    cells, ignored = [], []
    with torch.no_grad():
        for i, truth in enumerate(truths):
            cells.append(assigned(assignment, anchors, stride, truth, score[i], boxes[i], labels[i]))
            ignored.append(unknown[i, centre[:, 1].clamp(max=height - 1), centre[:, 0].clamp(max=width - 1)])
    cell, hidden = torch.stack(cells), torch.stack(ignored)
    positive = cell >= 0
    trained = positive | ((cell == BACKGROUND) & ~hidden)
    total = positive.sum().clamp_min(1)
    target = torch.zeros_like(score)
    target[positive, torch.cat([c[n[n >= 0]] for c, n in zip(labels, cell)])] = 1
    parts = {"class": focal(score[trained], target[trained]).sum() / total}
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
