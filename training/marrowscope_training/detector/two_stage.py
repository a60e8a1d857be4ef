"""Faster R-CNN (Ren 2015) on our backbone and feature pyramid (Lin 2017), written from its definition.

There are fewer proposals and a narrower box head than published: fields of 256 pixels with about ten cells
need no more.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import anchors as geometry
from .assign import BACKGROUND, by_iou
from .network import Backbone, Pyramid
from .roi import pooled
from .settings import Settings
from .suppression import nms

RATIOS = 3
BEFORE, AFTER, RPN_NMS = 500, 150, 0.7
ANCHORS, REGIONS, POSITIVE_SHARE = 256, 128, 0.25
WEIGHTS = torch.tensor([10.0, 10.0, 5.0, 5.0])


class FasterRCNN(nn.Module):
    strides = (8, 16, 32)

    def __init__(self, settings: Settings, hidden: int = 256):
        super().__init__()
        width = settings.width
        self.backbone = Backbone(settings.widths, settings.blocks)
        self.pyramid = Pyramid(settings.widths[2:], width, False)
        self.proposing = nn.Conv2d(width, width, 3, 1, 1)
        self.objectness = nn.Conv2d(width, RATIOS, 1)
        self.shift = nn.Conv2d(width, 4 * RATIOS, 1)
        self.box_head = nn.Sequential(
            nn.Linear(width * 49, hidden), nn.ReLU(True), nn.Linear(hidden, hidden), nn.ReLU(True)
        )
        self.score, self.box = nn.Linear(hidden, 1), nn.Linear(hidden, 4)
        for layer in (self.proposing, self.objectness, self.shift, self.score):
            nn.init.normal_(layer.weight, std=0.01)
            nn.init.zeros_(layer.bias)
        nn.init.normal_(self.box.weight, std=0.001)
        nn.init.zeros_(self.box.bias)

    def _first(self, images: Tensor) -> tuple[list[Tensor], Tensor, Tensor, Tensor]:
        """Maps on the network's device; on the CPU logits [B, A] and deltas [B, A, 4] of the proposals, and
        anchors [A, 4]."""
        maps = self.pyramid(self.backbone(images * 4 - 2.6))
        logits, deltas = [], []
        for level in maps:
            x = F.relu(self.proposing(level))
            logits.append(self.objectness(x).permute(0, 2, 3, 1).flatten(1))
            deltas.append(self.shift(x).permute(0, 2, 3, 1).reshape(len(images), -1, 4))
        anchors, _ = geometry.grid([m.shape[-2:] for m in maps], self.strides, RATIOS)
        return maps, torch.cat(logits, 1).cpu(), torch.cat(deltas, 1).cpu(), anchors

    @torch.no_grad()
    def _proposals(self, logits: Tensor, deltas: Tensor, anchors: Tensor, size: tuple[int, int]) -> Tensor:
        """[n, 4] of one image, best first, cut at its border."""
        best = logits.topk(min(BEFORE, len(logits))).indices
        boxes = geometry.decode(deltas[best], anchors[best])
        boxes[:, 0::2] = boxes[:, 0::2].clamp(0, size[0])
        boxes[:, 1::2] = boxes[:, 1::2].clamp(0, size[1])
        large = (boxes[:, 2:] - boxes[:, :2]).amin(-1) >= 1
        boxes, best = boxes[large], best[large]
        return boxes[nms(boxes, logits[best], RPN_NMS, AFTER)]

    def _second(self, maps: list[Tensor], boxes: list[Tensor]) -> tuple[Tensor, Tensor]:
        boxes = [box.to(maps[0].device) for box in boxes]
        x = self.box_head(pooled(maps, boxes, self.strides).flatten(1))
        return self.score(x).squeeze(-1).cpu(), self.box(x).cpu()

    def losses(self, images: Tensor, truths: list[Tensor], unknown: Tensor) -> dict[str, Tensor]:
        """truths: [G, 4] for each image. unknown bool [B, H, W]: no background is taken from there."""
        maps, logits, deltas, anchors = self._first(images)
        size = (images.shape[-1], images.shape[-2])
        first, second = [], []
        for i, truth in enumerate(truths):
            cell = hide(by_iou(anchors, truth, 0.7, 0.3), anchors, unknown[i])
            first.append(sample(cell, ANCHORS, 0.5))
            boxes = torch.cat([self._proposals(logits[i], deltas[i], anchors, size), truth])
            match = hide(nearest(boxes, truth), boxes, unknown[i])
            rows, which = sample(match, REGIONS, POSITIVE_SHARE)
            second.append((boxes[rows], which))
        count = sum(len(rows) for rows, _ in first)
        parts = {"rpn": logits.sum() * 0, "rpn_box": deltas.sum() * 0}
        for i, ((rows, which), truth) in enumerate(zip(first, truths)):
            positive = which >= 0
            target = positive.float()
            parts["rpn"] = parts["rpn"] + entropy(logits[i, rows], target) / count
            wanted = geometry.encode(truth[which[positive]], anchors[rows[positive]])
            error = F.smooth_l1_loss(deltas[i, rows[positive]], wanted, reduction="sum", beta=1 / 9)
            parts["rpn_box"] = parts["rpn_box"] + error / count
        score, shift = self._second(maps, [boxes for boxes, _ in second])
        which = torch.cat([w for _, w in second])
        parts["class"] = entropy(score, (which >= 0).float()) / max(1, len(which))
        wanted = [geometry.encode(t[w[w >= 0]], b[w >= 0]) * WEIGHTS for (b, w), t in zip(second, truths)]
        error = F.smooth_l1_loss(shift[which >= 0], torch.cat(wanted), reduction="sum", beta=1.0)
        parts["box"] = error / max(1, len(which))
        return parts

    def detections(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """One image -> boxes [1, n, 4] and scores [1, n] of its proposals."""
        maps, logits, deltas, anchors = self._first(images)
        boxes = self._proposals(logits[0], deltas[0], anchors, (images.shape[-1], images.shape[-2]))
        score, shift = self._second(maps, [boxes])
        return geometry.decode(shift / WEIGHTS, boxes)[None], torch.sigmoid(score)[None]


def entropy(logits: Tensor, target: Tensor) -> Tensor:
    return F.binary_cross_entropy_with_logits(logits, target, reduction="sum")


def nearest(boxes: Tensor, truth: Tensor, minimum: float = 0.5) -> Tensor:
    """[n]: the cell that each box overlaps best; background below an IoU of `minimum`."""
    if len(truth) == 0:
        return torch.full((len(boxes),), BACKGROUND)
    overlap, cell = geometry.iou(boxes, truth).max(1)
    return torch.where(overlap >= minimum, cell, BACKGROUND)


def hide(cell: Tensor, boxes: Tensor, unknown: Tensor) -> Tensor:
    """Leaves out (-2) background whose centre lies where cells may be unlabelled."""
    centre = ((boxes[:, :2] + boxes[:, 2:]) / 2).long()
    h, w = unknown.shape
    doubtful = unknown[centre[:, 1].clamp(0, h - 1), centre[:, 0].clamp(0, w - 1)]
    return torch.where((cell == BACKGROUND) & doubtful, -2, cell)


def sample(cell: Tensor, most: int, share: float) -> tuple[Tensor, Tensor]:
    """At most `most` rows, drawn at random, at most `share` of them positive: their numbers and their cells."""
    positive, negative = (cell >= 0).nonzero().squeeze(1), (cell == BACKGROUND).nonzero().squeeze(1)
    positive = positive[torch.randperm(len(positive))[: int(most * share)]]
    negative = negative[torch.randperm(len(negative))[: most - len(positive)]]
    rows = torch.cat([positive, negative])
    return rows, cell[rows]
