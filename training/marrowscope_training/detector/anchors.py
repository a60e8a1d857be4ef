"""Anchors, and how boxes are encoded relative to them. Boxes are x1, y1, x2, y2 in pixels of the network's
input."""

import math

import torch
from torch import Tensor

SIZE_PER_STRIDE = 4.0
RATIOS = (0.5, 1.0, 2.0)
FORMS = {  # size and ratio of the anchors at a location, by their number
    1: [(1.0, 1.0)],
    3: [(1.0, ratio) for ratio in RATIOS],
    9: [(2 ** (octave / 3), ratio) for octave in range(3) for ratio in RATIOS],
}
LIMIT = math.log(1000 / 16)


def levels(height: int, width: int, strides: tuple[int, ...]) -> list[tuple[int, int]]:
    """Rows and columns of the feature map of each stride."""
    return [(math.ceil(height / s), math.ceil(width / s)) for s in strides]


def grid(shapes: list[tuple[int, int]], strides: tuple[int, ...], per_location: int) -> tuple[Tensor, Tensor]:
    """Anchors [A, 4] of all levels, finest level first, row by row, `per_location` (1, 3 or 9) at each
    location; and the stride of each [A]. shapes: rows and columns of each level."""
    forms = FORMS[per_location]
    boxes, each = [], []
    for (rows, columns), stride in zip(shapes, strides):
        ys = (torch.arange(rows) + 0.5) * stride
        xs = (torch.arange(columns) + 0.5) * stride
        y, x = torch.meshgrid(ys, xs, indexing="ij")
        centre = torch.stack([x, y], -1).view(-1, 1, 2)
        half = torch.tensor([[s * r**-0.5, s * r**0.5] for s, r in forms]) * stride * SIZE_PER_STRIDE / 2
        level = torch.cat([centre - half, centre + half], -1).view(-1, 4)
        boxes.append(level)
        each.append(torch.full_like(level[:, 0], float(stride)))
    return torch.cat(boxes), torch.cat(each)


def encode(boxes: Tensor, anchors: Tensor) -> Tensor:
    size = anchors[..., 2:] - anchors[..., :2]
    shift = ((boxes[..., :2] + boxes[..., 2:]) - (anchors[..., :2] + anchors[..., 2:])) / 2 / size
    return torch.cat([shift, torch.log((boxes[..., 2:] - boxes[..., :2]).clamp_min(1) / size)], -1)


def decode(deltas: Tensor, anchors: Tensor) -> Tensor:
    size = anchors[..., 2:] - anchors[..., :2]
    centre = (anchors[..., :2] + anchors[..., 2:]) / 2 + deltas[..., :2] * size
    half = torch.exp(deltas[..., 2:].clamp(max=LIMIT)) * size / 2
    return torch.cat([centre - half, centre + half], -1)


def iou(a: Tensor, b: Tensor) -> Tensor:
    """[n, 4], [m, 4] -> [n, m]."""
    low = torch.maximum(a[:, None, :2], b[None, :, :2])
    high = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    inside = (high - low).clamp_min(0).prod(-1)
    area = lambda x: (x[:, 2:] - x[:, :2]).prod(-1)
    return inside / (area(a)[:, None] + area(b)[None] - inside).clamp_min(1e-6)


def _overlap(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Intersection and union of pairs: [n, 4], [n, 4] -> [n], [n]."""
    side = torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])
    inside = side.clamp_min(0).prod(-1)
    return inside, (a[:, 2:] - a[:, :2]).prod(-1) + (b[:, 2:] - b[:, :2]).prod(-1) - inside


def paired_iou(a: Tensor, b: Tensor) -> Tensor:
    """[n, 4], [n, 4] -> [n]."""
    inside, union = _overlap(a, b)
    return inside / union.clamp_min(1e-6)


def giou(a: Tensor, b: Tensor) -> Tensor:
    """Generalised IoU (Rezatofighi 2019) of pairs: [n, 4], [n, 4] -> [n], -1..1."""
    inside, union = _overlap(a, b)
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(-1)
    return inside / union.clamp_min(1e-6) - (hull - union) / hull.clamp_min(1e-6)
