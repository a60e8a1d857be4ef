"""From all boxes a network proposes to the few that are reported."""

import numpy as np
import torch
from torch import Tensor

from . import anchors

NMS_IOU = 0.5


def keep_best(boxes: Tensor, scores: Tensor, limit: float = NMS_IOU) -> Tensor:
    """Greedy non-maximum suppression: numbers of the boxes that stay, best first."""
    order = scores.argsort(descending=True)
    close = (anchors.iou(boxes[order], boxes[order]) > limit).numpy()
    free, kept = np.ones(len(order), bool), []
    for i in range(len(order)):
        if free[i]:
            kept.append(i)
            free &= ~close[i]
    return order[torch.tensor(kept, dtype=torch.long)]


def choose(
    boxes: Tensor, scores: Tensor, size: tuple[int, int], least: float, most: int = 1000
) -> tuple[Tensor, Tensor, Tensor]:
    """boxes [A, 4] and scores [A] or [A, C] of one picture of width and height `size` -> boxes [n, 4] cut at its
    border, scores [n] and classes [n], best first within each class; at most `most` a class enter suppression."""
    scores = scores[:, None] if scores.ndim == 1 else scores
    parts = []
    for c in range(scores.shape[1]):
        rows = (scores[:, c] > least).nonzero().squeeze(1)
        rows = rows[scores[rows, c].argsort(descending=True)[:most]]
        cut = boxes[rows].clone()
        cut[:, 0::2] = cut[:, 0::2].clamp(0, size[0])
        cut[:, 1::2] = cut[:, 1::2].clamp(0, size[1])
        stay = keep_best(cut, scores[rows, c])
        parts.append((cut[stay], scores[rows, c][stay], torch.full((len(stay),), c)))
    return tuple(torch.cat(p) for p in zip(*parts))
