"""Assigns anchors to cells.

Every function takes one image: anchors [A, 4], their strides [A] and the true boxes [G, 4]. It returns [A]:
the number of the cell, -1 for background, or -2 for 'neither' (left out of the loss).
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from . import anchors as geometry

BACKGROUND, NEITHER = -1, -2


def by_iou(anchors: Tensor, truth: Tensor, high: float = 0.5, low: float = 0.4) -> Tensor:
    """RetinaNet's own rule. IoU >= high is positive, IoU < low is background, and what lies between is left
    out. Every cell also gets the anchors that overlap it best, however little."""
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


def log_sum_exp(x: Tensor, dim: int) -> Tensor:
    """As exact as torch.logsumexp, but four times as fast where x contains the -1e7 of forbidden pairs, for
    which exp is slow. Values below e^-80 of the largest are lost in a float32 sum anyway."""
    most = x.amax(dim, keepdim=True)
    return (x - most).clamp_min_(-80).exp_().sum(dim).log_() + most.squeeze(dim)


def sinkhorn(cost: Tensor, supply: Tensor, epsilon: float = 0.1, iterations: int = 50) -> Tensor:
    """Entropic optimal transport in the log domain. cost [S, D]; supply [S], which sums to D; every column
    demands 1. Returns the plan [S, D]."""
    kernel = -cost / epsilon
    log_supply = supply.clamp_min(1e-8).log()
    v = torch.zeros(cost.shape[1])
    for _ in range(iterations):
        u = log_supply - log_sum_exp(kernel + v, 1)
        v = -log_sum_exp(kernel + u[:, None], 0)
    return torch.exp(kernel + u[:, None] + v)


def by_transport(
    anchors: Tensor,
    strides: Tensor,
    truth: Tensor,
    score: Tensor,
    boxes: Tensor,
    labels: Tensor | None = None,
    top: int = 20,
) -> Tensor:
    """Optimal-transport assignment (OTA, Ge 2021). score [A] or [A, C]: logits. boxes [A, 4]: as predicted
    now. labels [G]: the class of each cell, 0 where not given.

    Cost of cell g for anchor a: focal loss + 1.5·(-log IoU). Cost of background: focal loss against zero.
    Cell g supplies max(1, ⌊sum of its `top` best IoUs⌋) anchors, background supplies the rest. Anchors that
    lie in no cell can only be background, so the transport is solved for the others alone.
    """
    answer = torch.full((len(anchors),), BACKGROUND)
    allowed = (
        inside(anchors, strides, truth) if len(truth) else torch.zeros(len(anchors), 0, dtype=torch.bool)
    )
    rows = allowed.any(1).nonzero().squeeze(1)
    if len(rows) == 0:
        return answer
    allowed, logits = allowed[rows], score.view(len(anchors), -1)[rows]
    labels = torch.zeros(len(truth), dtype=torch.long) if labels is None else labels
    overlap = geometry.iou(boxes[rows], truth)
    probability = torch.sigmoid(logits)
    positive = 0.25 * (1 - probability) ** 2 * F.softplus(-logits)
    negative = 0.75 * probability**2 * F.softplus(logits)
    others = negative.sum(1, keepdim=True) - negative[:, labels]
    cost = positive[:, labels] + others - 1.5 * overlap.clamp_min(1e-6).log() + 1e6 * ~allowed
    wanted = (overlap * allowed).topk(min(top, len(rows)), 0).values.sum(0).int().clamp_min(1).float()
    wanted = torch.minimum(wanted, allowed.sum(0).float())
    supply = torch.cat([wanted, (len(rows) - wanted.sum()).clamp_min(0)[None]])
    plan = sinkhorn(torch.cat([cost, negative.sum(1, keepdim=True)], 1).T, supply)
    row = (plan / plan.amax(1, keepdim=True).clamp_min(1e-30)).argmax(0)
    # A cell that holds no anchor's centre supplies nothing, but its row has a largest entry too.
    without = torch.cat([wanted == 0, torch.ones(1, dtype=torch.bool)])
    answer[rows] = torch.where(without[row], BACKGROUND, row)
    return answer


def by_atss(anchors: Tensor, strides: Tensor, truth: Tensor, nearest: int = 9) -> Tensor:
    """Adaptive training sample selection (ATSS, Zhang 2020). The candidates of a cell are, on each level, the
    `nearest` anchors by the distance of centres. Positive are candidates whose IoU is at least mean +
    standard deviation over the candidates and whose centre lies in the cell. An anchor that several cells
    claim goes to the one it overlaps best."""
    answer = torch.full((len(anchors),), BACKGROUND)
    if len(truth) == 0:
        return answer
    overlap = geometry.iou(anchors, truth)
    centre = (anchors[:, :2] + anchors[:, 2:]) / 2
    apart = torch.cdist(centre, (truth[:, :2] + truth[:, 2:]) / 2)
    candidates = []
    for stride in strides.unique():
        level = (strides == stride).nonzero().squeeze(1)
        near = apart[level].topk(min(nearest, len(level)), 0, largest=False).indices
        candidates.append(level[near])
    rows = torch.cat(candidates)
    among = overlap.gather(0, rows)
    good = among >= among.mean(0) + among.std(0)
    edges = torch.cat([centre[:, None] - truth[None, :, :2], truth[None, :, 2:] - centre[:, None]], -1)
    positive = torch.zeros_like(overlap, dtype=torch.bool).scatter_(0, rows, good) & (edges.amin(-1) > 0)
    best, cell = torch.where(positive, overlap, -1.0).max(1)
    return torch.where(best >= 0, cell, answer)


def by_simota(
    centre: Tensor,
    strides: Tensor,
    truth: Tensor,
    probability: Tensor,
    boxes: Tensor,
    labels: Tensor | None = None,
    radius: float = 2.5,
    top: int = 10,
) -> Tensor:
    """SimOTA as in YOLOX (Ge 2021). centre [A, 2]: of the locations. probability [A] or [A, C] and boxes [A,
    4]: as predicted now. labels [G]: 0 where not given.

    Candidates lie in a cell or within `radius` strides of its centre. Cost: binary cross-entropy + 3·(-log
    IoU) + 1e5 where one of the two does not hold. Each cell takes its max(1, ⌊sum of its `top` best IoUs⌋)
    cheapest candidates. A candidate that several cells take goes to the cell where it costs least.
    """
    answer = torch.full((len(centre),), BACKGROUND)
    if len(truth) == 0:
        return answer
    edges = torch.cat([centre[:, None] - truth[None, :, :2], truth[None, :, 2:] - centre[:, None]], -1)
    within = edges.amin(-1) > 0
    middle = (truth[:, :2] + truth[:, 2:]) / 2
    near = (centre[:, None] - middle[None]).abs().amax(-1) < radius * strides[:, None]
    rows = (within | near).any(1).nonzero().squeeze(1)
    if len(rows) == 0:
        return answer
    labels = torch.zeros(len(truth), dtype=torch.long) if labels is None else labels
    probability = probability.view(len(centre), -1)[rows].clamp(1e-7, 1 - 1e-7)
    wrong = -torch.log1p(-probability)
    entropy = -probability.log()[:, labels] + wrong.sum(1, keepdim=True) - wrong[:, labels]
    overlap = geometry.iou(boxes[rows], truth)
    cost = entropy - 3 * overlap.clamp_min(1e-8).log() + 1e5 * ~(within & near)[rows]
    wanted = overlap.topk(min(top, len(rows)), 0).values.sum(0).int().clamp_min(1)
    chosen = torch.zeros_like(cost, dtype=torch.bool)
    for g, count in enumerate(wanted.tolist()):
        chosen[cost[:, g].topk(count, largest=False).indices, g] = True
    cell = torch.where(chosen.sum(1) > 1, cost.argmin(1), chosen.float().argmax(1))
    answer[rows] = torch.where(chosen.any(1), cell, BACKGROUND)
    return answer
