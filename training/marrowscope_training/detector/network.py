"""RetinaNet (Lin 2017) on a small residual backbone, with path aggregation (PANet, Liu 2018) as an option.

There is one foreground class, 'nucleated cell', unless more are asked for. Levels P3..P5 have strides 8, 16
and 32. Anchors are four strides wide: at 0.25 µm per pixel 8, 16 and 32 µm, the range of nucleated cells in
marrow.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import anchors as geometry
from .settings import Settings


def conv(inputs: int, outputs: int, stride: int = 1, activate: bool = True) -> nn.Sequential:
    layers = [nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, *([nn.ReLU(inplace=True)] if activate else []))


class Residual(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.first, self.second = conv(width, width), conv(width, width, activate=False)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(self.first(x)))


class Backbone(nn.Module):
    """[B, 3, H, W] -> maps at strides 8, 16, 32 with widths[2:] channels."""

    def __init__(self, widths: tuple[int, ...], blocks: tuple[int, ...]):
        super().__init__()
        self.stem = conv(3, widths[0], 2)
        self.stages = nn.ModuleList(
            nn.Sequential(conv(a, b, 2), *[Residual(b) for _ in range(n)])
            for a, b, n in zip(widths, widths[1:], blocks)
        )

    def forward(self, x: Tensor) -> list[Tensor]:
        maps, x = [], self.stem(x)
        for stage in self.stages:
            x = stage(x)
            maps.append(x)
        return maps[1:]


class Pyramid(nn.Module):
    """Feature pyramid, then optionally the bottom-up path: N3 = P3, N(i+1) = conv(P(i+1) + down(sum i)). The
    down-sampling convolution reads the running sum before the output convolution; there is no norm and no
    activation."""

    def __init__(self, inputs: tuple[int, ...], width: int, aggregate: bool):
        super().__init__()
        self.lateral = nn.ModuleList(nn.Conv2d(i, width, 1) for i in inputs)
        self.smooth = nn.ModuleList(nn.Conv2d(width, width, 3, 1, 1) for _ in inputs)
        extra = len(inputs) - 1 if aggregate else 0
        self.down = nn.ModuleList(nn.Conv2d(width, width, 3, 2, 1) for _ in range(extra))
        self.out = nn.ModuleList(nn.Conv2d(width, width, 3, 1, 1) for _ in range(extra))

    def forward(self, maps: list[Tensor]) -> list[Tensor]:
        tops = [lateral(m) for lateral, m in zip(self.lateral, maps)]
        for i in range(len(tops) - 2, -1, -1):
            tops[i] = tops[i] + F.interpolate(tops[i + 1], scale_factor=2.0, mode="nearest")
        levels = [smooth(t) for smooth, t in zip(self.smooth, tops)]
        total, result = levels[0], levels[:1]
        for level, down, out in zip(levels[1:], self.down, self.out):
            total = level + down(total)
            result.append(out(total))
        return result if len(self.down) else levels


class Head(nn.Module):
    """Convolutions that all levels share, with group norm, since the network is trained from scratch in small
    batches."""

    def __init__(self, width: int, depth: int, per_location: int, quality: bool, classes: int = 1):
        super().__init__()

        def tower() -> nn.Sequential:
            layers = [
                m
                for _ in range(depth)
                for m in (nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.GroupNorm(8, width), nn.ReLU(True))
            ]
            return nn.Sequential(*layers)

        self.classes = classes
        self.class_tower, self.box_tower = tower(), tower()
        self.score = nn.Conv2d(width, per_location * classes, 3, 1, 1)
        self.box = nn.Conv2d(width, 4 * per_location, 3, 1, 1)
        self.quality = nn.Conv2d(width, per_location, 3, 1, 1) if quality else None
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.normal_(m.weight, std=0.01 if m in (self.score, self.box, self.quality) else 0.05)
                if m.bias is not None:
                    nn.init.zeros_(m.bias)
        nn.init.constant_(self.score.bias, -math.log((1 - 0.01) / 0.01))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        def flat(y: Tensor, values: int) -> Tensor:
            b, _, h, w = y.shape
            return y.view(b, -1, values, h, w).permute(0, 3, 4, 1, 2).reshape(b, -1, values)

        c, r = self.class_tower(x), self.box_tower(x)
        score, deltas = flat(self.score(c), self.classes), flat(self.box(r), 4)
        score = score.squeeze(-1) if self.classes == 1 else score
        quality = (
            flat(self.quality(r), 1).squeeze(-1)
            if self.quality is not None
            else torch.zeros_like(deltas[..., 0])
        )
        return score, deltas, quality


class Detector(nn.Module):
    strides = (8, 16, 32)

    def __init__(
        self,
        settings: Settings,
        aggregate: bool = True,
        per_location: int = 1,
        quality: bool = True,
        classes: int = 1,
    ):
        super().__init__()
        self.per_location, self.has_quality, self.classes = per_location, quality, classes
        self.backbone = Backbone(settings.widths, settings.blocks)
        self.pyramid = Pyramid(settings.widths[2:], settings.width, aggregate)
        self.head = Head(settings.width, settings.head_depth, per_location, quality, classes)

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """images [B, 3, H, W] in 0..1, H and W multiples of 32 -> logits [B, A] of 'nucleated cell' ([B, A,
        C] with C > 1 classes), box deltas [B, A, 4], logits [B, A] of the box's IoU. Anchors are in the order
        of anchors.grid."""
        return self._heads(self._maps(images))

    def _maps(self, images: Tensor) -> list[Tensor]:
        return self.pyramid(self.backbone(images * 4 - 2.6))

    def _heads(self, maps: list[Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        parts = [self.head(level) for level in maps]
        return tuple(torch.cat(p, 1) for p in zip(*parts))

    def detections(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Boxes [B, A, 4] and scores [B, A] or [B, A, C]: the square root of class × IoU probability, or the
        class probability alone."""
        maps = self._maps(images)
        score, deltas, quality = self._heads(maps)
        shapes = [m.shape[-2:] for m in maps]
        anchors, _ = geometry.grid(shapes, self.strides, self.per_location)
        probability = torch.sigmoid(score)
        if self.has_quality:
            sure = torch.sigmoid(quality)
            probability = torch.sqrt(probability * (sure if self.classes == 1 else sure[..., None]))
        return geometry.decode(deltas, anchors.to(deltas.device)), probability
