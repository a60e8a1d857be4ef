"""YOLOX (Ge 2021), written from its definition. At a quarter of its width it has about as many parameters as
our own network.

CSP backbone with SiLU, path-aggregation neck, decoupled head without anchors, objectness, SimOTA.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import anchors as geometry
from .assign import by_simota


def conv(inputs: int, outputs: int, size: int = 3, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.SiLU(True),
    )


class Bottleneck(nn.Module):
    def __init__(self, width: int, add: bool):
        super().__init__()
        self.first, self.second, self.add = conv(width, width, 1), conv(width, width), add

    def forward(self, x: Tensor) -> Tensor:
        y = self.second(self.first(x))
        return x + y if self.add else y


class Csp(nn.Module):
    """Cross-stage partial block: half of the channels bypass the bottlenecks."""

    def __init__(self, inputs: int, outputs: int, count: int = 1, add: bool = True):
        super().__init__()
        half = outputs // 2
        self.through, self.past = conv(inputs, half, 1), conv(inputs, half, 1)
        self.blocks = nn.Sequential(*[Bottleneck(half, add) for _ in range(count)])
        self.join = conv(outputs, outputs, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.join(torch.cat([self.blocks(self.through(x)), self.past(x)], 1))


class PyramidPooling(nn.Module):
    """Spatial pyramid pooling: maxima over 5, 9 and 13 locations around, beside the map itself."""

    def __init__(self, width: int):
        super().__init__()
        self.narrow, self.widen = conv(width, width // 2, 1), conv(width * 2, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.narrow(x)
        return self.widen(torch.cat([x, *(F.max_pool2d(x, k, 1, k // 2) for k in (5, 9, 13))], 1))


class Head(nn.Module):
    """The head of one level: two convolutions for the class, two for box and objectness."""

    def __init__(self, inputs: int, width: int):
        super().__init__()
        self.stem = conv(inputs, width, 1)
        self.class_tower = nn.Sequential(conv(width, width), conv(width, width))
        self.box_tower = nn.Sequential(conv(width, width), conv(width, width))
        self.score, self.box, self.object = (nn.Conv2d(width, n, 1) for n in (1, 4, 1))
        for layer in (self.score, self.object):
            nn.init.constant_(layer.bias, -math.log((1 - 0.01) / 0.01))

    def forward(self, x: Tensor) -> Tensor:
        """[B, h·w, 6]: class logit, box, objectness logit."""
        x = self.stem(x)
        b = self.box_tower(x)
        return torch.cat([self.score(self.class_tower(x)), self.box(b), self.object(b)], 1).flatten(2).mT


class YoloX(nn.Module):
    strides = (8, 16, 32)

    def __init__(self, base: int = 16):
        super().__init__()
        a, b, c, d, e = (base * 2**i for i in range(5))
        self.stem = conv(12, a)
        self.stage2 = nn.Sequential(conv(a, b, 3, 2), Csp(b, b))
        self.stage3 = nn.Sequential(conv(b, c, 3, 2), Csp(c, c))
        self.stage4 = nn.Sequential(conv(c, d, 3, 2), Csp(d, d))
        self.stage5 = nn.Sequential(conv(d, e, 3, 2), PyramidPooling(e), Csp(e, e, add=False))
        self.narrow5, self.up4 = conv(e, d, 1), Csp(2 * d, d, add=False)
        self.narrow4, self.up3 = conv(d, c, 1), Csp(2 * c, c, add=False)
        self.down3, self.out4 = conv(c, c, 3, 2), Csp(2 * c, d, add=False)
        self.down4, self.out5 = conv(d, d, 3, 2), Csp(2 * d, e, add=False)
        self.heads = nn.ModuleList(Head(width, 4 * base) for width in (c, d, e))

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """images [B, 3, H, W] in 0..1, H and W multiples of 32 -> class logits [B, A], objectness logits [B,
        A], boxes [B, A, 4] in pixels, centres [A, 2] of the locations and their strides [A]."""
        p3 = self.stage3(self.stage2(self.stem(F.pixel_unshuffle(images * 4 - 2.6, 2))))
        p4 = self.stage4(p3)
        top = self.narrow5(self.stage5(p4))
        middle = self.narrow4(self.up4(torch.cat([F.interpolate(top, scale_factor=2.0), p4], 1)))
        n3 = self.up3(torch.cat([F.interpolate(middle, scale_factor=2.0), p3], 1))
        n4 = self.out4(torch.cat([self.down3(n3), middle], 1))
        n5 = self.out5(torch.cat([self.down4(n4), top], 1))
        values = torch.cat([head(level) for head, level in zip(self.heads, (n3, n4, n5))], 1)
        anchors, stride = geometry.grid([m.shape[-2:] for m in (n3, n4, n5)], self.strides, 1)
        anchors, stride = anchors.to(values.device), stride.to(values.device)
        centre = (anchors[:, :2] + anchors[:, 2:]) / 2
        middle = centre - stride[:, None] / 2 + values[..., 1:3] * stride[:, None]
        half = torch.exp(values[..., 3:5].clamp(max=geometry.LIMIT)) * stride[:, None] / 2
        return values[..., 0], values[..., 5], torch.cat([middle - half, middle + half], -1), centre, stride

    def losses(self, images: Tensor, truths: list[Tensor], unknown: Tensor) -> dict[str, Tensor]:
        """truths: [G, 4] for each image. unknown bool [B, H, W]: absence of objects is not trained there."""
        score, sure, boxes, centre, stride = (part.cpu() for part in self(images))
        with torch.no_grad():
            probability = torch.sqrt(torch.sigmoid(score) * torch.sigmoid(sure))
            cell = torch.stack(
                [by_simota(centre, stride, t, probability[i], boxes[i]) for i, t in enumerate(truths)]
            )
        positive = cell >= 0
        x, y = centre.long().unbind(-1)
        trained = positive | ~unknown[:, y, x]
        total = positive.sum().clamp_min(1)
        entropy = F.binary_cross_entropy_with_logits
        parts = {"object": entropy(sure[trained], positive[trained].float(), reduction="sum") / total}
        matched = torch.cat([t[c[c >= 0]] for t, c in zip(truths, cell)])
        overlap = geometry.paired_iou(boxes[positive], matched)
        parts["box"] = 5 * (1 - overlap**2).sum() / total
        parts["class"] = entropy(score[positive], overlap.detach(), reduction="sum") / total
        return parts

    def detections(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Boxes [B, A, 4] and scores [B, A]: class × objectness."""
        score, sure, boxes, _, _ = self(images)
        return boxes, torch.sigmoid(score) * torch.sigmoid(sure)
