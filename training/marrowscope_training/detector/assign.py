"""Which anchor is responsible for which cell.

Every function takes one image: anchors [A, 4], their strides [A], ground truth boxes [G, 4], and returns [A] with
the number of the cell, -1 for background or -2 for 'neither' (left out of the loss).
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from . import anchors as geometry

BACKGROUND, NEITHER = -1, -2


def by_iou(anchors: Tensor, truth: Tensor, high: float = 0.5, low: float = 0.4) -> Tensor:
    """RetinaNet's own rule: IoU >= high is positive, < low background, between left out; every cell also gets
    the anchors that overlap it best, however little."""
    answer = torch.full((len(anchors),), BACKGROUND)
    if len(truth) == 0:
        return answer
    overlap = geometry.iou(anchors, truth)
    best, cell = overlap.max(1)
    answer[best >= low] = NEITHER
    answer[best >= high] = cell[best >= high]
    top = overlap.max(0).values
    near = (overlap >= top - 1e-6) & (top > 0)
    rows = near.any(1)
    answer[rows] = near[rows].float().argmax(1)
    return answer


def inside(anchors: Tensor, strides: Tensor, truth: Tensor, radius: float = 2.5) -> Tensor:
    """[A, G]: the anchor's centre lies in the box and within `radius` strides of the box's centre."""
    centre = (anchors[:, :2] + anchors[:, 2:]) / 2
    edges = torch.cat([centre[:, None] - truth[None, :, :2], truth[None, :, 2:] - centre[:, None]], -1)
    middle = (truth[:, :2] + truth[:, 2:]) / 2
    near = (centre[:, None] - middle[None]).abs().amax(-1) < radius * strides[:, None]
    return (edges.amin(-1) > 0) & near


def sinkhorn(cost: Tensor, supply: Tensor, epsilon: float = 0.1, iterations: int = 50) -> Tensor:
    """Entropic optimal transport in the log domain. cost [S, D], supply [S] with sum D, every column demands 1
    -> plan [S, D]."""
    kernel = -cost / epsilon
    log_supply = supply.clamp_min(1e-8).log()
    v = torch.zeros(cost.shape[1])
    for _ in range(iterations):
        u = log_supply - torch.logsumexp(kernel + v, 1)
        v = -torch.logsumexp(kernel + u[:, None], 0)
    return torch.exp(kernel + u[:, None] + v)


def by_transport(
    anchors: Tensor, strides: Tensor, truth: Tensor, score: Tensor, boxes: Tensor, top: int = 20
) -> Tensor:
    """Optimal-transport assignment (OTA, Ge 2021). score [A] logits, boxes [A, 4] as predicted now.

    Cost of cell g for anchor a: focal loss + 1.5·(-log IoU); of background: focal loss against zero. Cell g
    supplies max(1, ⌊sum of its `top` best IoUs⌋) anchors, background the rest. Anchors inside no cell can only
    be background, so the transport is solved over the others alone.
    """
    answer = torch.full((len(anchors),), BACKGROUND)
    allowed = (
        inside(anchors, strides, truth) if len(truth) else torch.zeros(len(anchors), 0, dtype=torch.bool)
    )
    rows = allowed.any(1).nonzero().squeeze(1)
    if len(rows) == 0:
        return answer
    allowed, logits = allowed[rows], score[rows]
    overlap = geometry.iou(boxes[rows], truth)
    chance = torch.sigmoid(logits)
    positive = 0.25 * (1 - chance) ** 2 * F.softplus(-logits)
    negative = 0.75 * chance**2 * F.softplus(logits)
    cost = positive[:, None] - 1.5 * overlap.clamp_min(1e-6).log() + 1e6 * ~allowed
    wanted = (overlap * allowed).topk(min(top, len(rows)), 0).values.sum(0).int().clamp_min(1).float()
    wanted = torch.minimum(wanted, allowed.sum(0).float())
    supply = torch.cat([wanted, (len(rows) - wanted.sum()).clamp_min(0)[None]])
    plan = sinkhorn(torch.cat([cost, negative[:, None]], 1).T, supply)
    row = (plan / plan.amax(1, keepdim=True).clamp_min(1e-30)).argmax(0)
    answer[rows] = torch.where(row == len(truth), BACKGROUND, row)
    return answer
