"""Convolutional peers of the recogniser, written from their papers: ResNet (He 2016), ResNeXt (Xie 2017) and
ConvNeXt V2 (Woo 2023). They have the recogniser's outputs, so that one loop trains all: images [B, 3, S, S]
in 0..1 -> logits [B, classes], token [B, width], locations [B, 0, 2].

ResNets have their published stem: 7×7 at stride 2, then a 3×3 maximum at stride 2. `fine` is the usual stem
for small pictures (He 2016, CIFAR; Tiny ImageNet): a 3×3 convolution and no maximum, here at stride 2. Every
stage then sees four times as many locations, at nearly four times the cost. `resnet-18-half` has half the
widths as well, and costs as little as ResNet-18: it is about as large and as fast as the recogniser.

ConvNeXt V2 Atto stands for modern small convolutional networks. It is about as large as the recogniser (3.4
M), all its blocks are alike, and large depthwise kernels, layer norm and GELU are what convolutional networks
took over from transformers. Its published stem is 4×4 at stride 4.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Peer(nn.Module):
    """Scales pictures as the recogniser does. `features` returns [B, width] for `head`."""

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        token = self.features(images * 4 - 2.6)
        return self.head(token), token, token.new_zeros(len(token), 0, 2)


def conv(inputs: int, outputs: int, size: int, stride: int = 1, groups: int = 1) -> nn.Sequential:
    """Convolution and batch norm, initialised for the ReLU that follows (He 2015)."""
    layer = nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups, bias=False)
    nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
    return nn.Sequential(layer, nn.BatchNorm2d(outputs))


class Residual(nn.Module):
    """inner: widths of the convolutions inside, two of 3×3 (basic) or 1×1, 3×3, 1×1 (bottleneck). The first
    3×3 has the stride. The last norm starts at 0, so that every block starts as the identity (Goyal 2017)."""

    def __init__(self, inputs: int, inner: tuple[int, ...], stride: int, groups: int):
        super().__init__()
        sizes = (3, 3) if len(inner) == 2 else (1, 3, 1)
        layers, width = [], inputs
        for i, (size, out) in enumerate(zip(sizes, inner)):
            first = size == 3 and (i == 0 or sizes[i - 1] == 1)
            layers += [
                conv(width, out, size, stride if first else 1, groups if size == 3 else 1),
                nn.ReLU(inplace=True),
            ]
            width = out
        self.change = nn.Sequential(*layers[:-1])
        nn.init.zeros_(layers[-2][1].weight)
        self.short = nn.Identity() if stride == 1 and inputs == width else conv(inputs, width, 1, stride)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.short(x) + self.change(x))


class ResNet(Peer):
    def __init__(
        self,
        blocks: tuple[int, ...],
        bottleneck: bool,
        classes: int = 13,
        groups: int = 1,
        base: int = 64,
        fine: bool = False,
        first: int = 64,
    ):
        """base: width of a group's 3×3 convolution in the first stage, of 64 (64 in ResNet, 4 in ResNeXt
        32×4d). first: width of that stage."""
        super().__init__()
        if fine:
            self.stem = nn.Sequential(conv(3, first, 3, 2), nn.ReLU(inplace=True))
        else:
            self.stem = nn.Sequential(conv(3, first, 7, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1))
        stages, width = [], first
        for stage, count in enumerate(blocks):
            plain = first * 2**stage
            inside = plain * base // 64 * groups
            inner = (inside, inside, 4 * plain) if bottleneck else (plain, plain)
            for i in range(count):
                stages.append(Residual(width, inner, 2 if i == 0 and stage > 0 else 1, groups))
                width = inner[-1]
        self.stages = nn.Sequential(*stages)
        self.head = nn.Linear(width, classes)

    def features(self, x: Tensor) -> Tensor:
        return self.stages(self.stem(x)).mean((2, 3))


class GlobalResponse(nn.Module):
    """ConvNeXt V2's normalisation of [B, H, W, C]: each channel by its share of the picture's energy. Starts
    as the identity."""

    def __init__(self, width: int):
        super().__init__()
        self.gain, self.bias = nn.Parameter(torch.zeros(width)), nn.Parameter(torch.zeros(width))

    def forward(self, x: Tensor) -> Tensor:
        energy = x.square().sum((1, 2), keepdim=True).clamp_min(1e-12).sqrt()
        return x + self.gain * (x * energy / (energy.mean(-1, keepdim=True) + 1e-6)) + self.bias


class Mixed(nn.Module):
    """Depthwise 7×7, then a wide layer at every location."""

    def __init__(self, width: int):
        super().__init__()
        self.around = nn.Conv2d(width, width, 7, padding=3, groups=width)
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.wide = nn.Linear(width, 4 * width)
        self.response = GlobalResponse(4 * width)
        self.narrow = nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(self.around(x).permute(0, 2, 3, 1))
        y = self.narrow(self.response(F.gelu(self.wide(y))))
        return x + y.permute(0, 3, 1, 2)


class ChannelNorm(nn.LayerNorm):
    """Layer norm over the channels of [B, C, H, W]."""

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class ConvNeXtV2(Peer):
    def __init__(self, blocks: tuple[int, ...], widths: tuple[int, ...], classes: int = 13):
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(3, widths[0], 4, 4), ChannelNorm(widths[0], eps=1e-6)]
        for stage, (count, width) in enumerate(zip(blocks, widths)):
            if stage:
                layers += [
                    ChannelNorm(widths[stage - 1], eps=1e-6),
                    nn.Conv2d(widths[stage - 1], width, 2, 2),
                ]
            layers += [Mixed(width) for _ in range(count)]
        self.layers = nn.Sequential(*layers)
        self.norm = nn.LayerNorm(widths[-1], eps=1e-6)
        self.head = nn.Linear(widths[-1], classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d | nn.Linear):
                nn.init.trunc_normal_(module.weight, std=0.02)
                nn.init.zeros_(module.bias)

    def features(self, x: Tensor) -> Tensor:
        return self.norm(self.layers(x).mean((2, 3)))


PEERS = {
    "resnet-18": lambda classes: ResNet((2, 2, 2, 2), False, classes),
    "resnet-18-fine": lambda classes: ResNet((2, 2, 2, 2), False, classes, fine=True),
    "resnet-18-half": lambda classes: ResNet((2, 2, 2, 2), False, classes, fine=True, first=32),
    "resnet-50": lambda classes: ResNet((3, 4, 6, 3), True, classes),
    "resnext-50": lambda classes: ResNet((3, 4, 6, 3), True, classes, groups=32, base=4),
    "convnext-v2-atto": lambda classes: ConvNeXtV2((2, 2, 6, 2), (40, 80, 160, 320), classes),
}
