"""From all the boxes that a network proposes to the few that are reported."""

import torch
from torch import Tensor

from . import anchors

NMS_IOU = 0.5


def nms(boxes: Tensor, scores: Tensor, limit: float = NMS_IOU, most: int | None = None) -> Tensor:
    """Greedy non-maximum suppression: the numbers of the boxes that are kept, best first; at most `most` of
    them where it is given."""
    order, kept = scores.argsort(descending=True), []
    while len(order) and len(kept) != most:
        kept.append(order[0])
        rest = order[1:]
        order = rest[anchors.iou(boxes[order[0]][None], boxes[rest])[0] <= limit]
    return torch.stack(kept) if kept else torch.zeros(0, dtype=torch.long)


def postprocess(
    boxes: Tensor, scores: Tensor, size: tuple[int, int], minimum: float, most: int = 300
) -> tuple[Tensor, Tensor, Tensor]:
    """boxes [A, 4] and scores [A] or [A, C] of one picture of width and height `size` -> boxes [n, 4] cut at
    its border, scores [n] and classes [n], best first within each class, at most `most` of each. Every box
    that scores above `minimum` enters suppression: a limit before it would be filled by copies of easy cells,
    the sooner the more anchors a location has."""
    scores = scores[:, None] if scores.ndim == 1 else scores
    cut = boxes.clone()
    cut[:, 0::2] = cut[:, 0::2].clamp(0, size[0])
    cut[:, 1::2] = cut[:, 1::2].clamp(0, size[1])
    inside = (cut[:, 2:] > cut[:, :2]).all(1)
    parts = []
    for c in range(scores.shape[1]):
        rows = ((scores[:, c] > minimum) & inside).nonzero().squeeze(1)
        stay = rows[nms(cut[rows], scores[rows, c], most=most)]
        parts.append((cut[stay], scores[stay, c], torch.full((len(stay),), c)))
    return tuple(torch.cat(p) for p in zip(*parts))
