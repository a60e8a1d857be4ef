"""Plain RetinaNet-R50-FPN and ViT-B/16 in PyTorch, as their papers describe them, with random weights: speed does
not depend on what a network has learnt. PyTorch alone, so that no library's tricks or versions are measured."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Bottleneck(nn.Module):
    """He et al., CVPR 2016, with the stride in the 3x3 convolution as every implementation has it today."""

    def __init__(self, inputs: int, width: int, stride: int):
        super().__init__()
        outputs = 4 * width
        self.path = nn.Sequential(
            *conv_norm(inputs, width, 1), nn.ReLU(inplace=True),
            *conv_norm(width, width, 3, stride), nn.ReLU(inplace=True),
            *conv_norm(width, outputs, 1),
        )  # fmt: skip
        same = stride == 1 and inputs == outputs
        self.short = nn.Identity() if same else nn.Sequential(*conv_norm(inputs, outputs, 1, stride))

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.path(x) + self.short(x), inplace=True)


def conv_norm(inputs: int, outputs: int, size: int, stride: int = 1) -> tuple[nn.Module, nn.Module]:
    conv = nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False)
    nn.init.kaiming_normal_(conv.weight, mode="fan_out", nonlinearity="relu")
    return conv, nn.BatchNorm2d(outputs)


class RetinaNet(nn.Module):
    """Lin et al., ICCV 2017: P3-P7 of 256 channels, two heads of four convolutions, nine anchors a place, one class.

    images [N, 3, H, W], H and W multiples of 32 -> logits [N, A, 1], deltas [N, A, 4] (centre and log size)."""

    ANCHORS, WIDTH, STRIDES = 9, 256, (8, 16, 32, 64, 128)

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(*conv_norm(3, 64, 7, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1))
        plan = [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]
        inputs, stages = 64, []
        for width, depth, stride in plan:
            blocks = [
                Bottleneck(inputs if i == 0 else 4 * width, width, stride if i == 0 else 1)
                for i in range(depth)
            ]
            stages.append(nn.Sequential(*blocks))
            inputs = 4 * width
        self.stages = nn.ModuleList(stages)
        self.lateral = nn.ModuleList(nn.Conv2d(c, self.WIDTH, 1) for c in (512, 1024, 2048))
        self.smooth = nn.ModuleList(nn.Conv2d(self.WIDTH, self.WIDTH, 3, padding=1) for _ in range(3))
        self.p6 = nn.Conv2d(2048, self.WIDTH, 3, 2, 1)
        self.p7 = nn.Conv2d(self.WIDTH, self.WIDTH, 3, 2, 1)
        self.classify, self.regress = self.head(1), self.head(4)

    def head(self, values: int) -> nn.Sequential:
        layers: list[nn.Module] = []
        for _ in range(4):
            layers += [nn.Conv2d(self.WIDTH, self.WIDTH, 3, padding=1), nn.ReLU(inplace=True)]
        return nn.Sequential(*layers, nn.Conv2d(self.WIDTH, self.ANCHORS * values, 3, padding=1))

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor]:
        x, maps = self.stem(images), []
        for stage in self.stages:
            x = stage(x)
            maps.append(x)
        p5 = self.lateral[2](maps[3])
        p4 = self.lateral[1](maps[2]) + F.interpolate(p5, scale_factor=2.0)
        p3 = self.lateral[0](maps[1]) + F.interpolate(p4, scale_factor=2.0)
        p6 = self.p6(maps[3])
        pyramid = [conv(p) for conv, p in zip(self.smooth, (p3, p4, p5))] + [p6, self.p7(F.relu(p6))]
        return self.flat(self.classify, pyramid, 1), self.flat(self.regress, pyramid, 4)

    def flat(self, head: nn.Module, pyramid: list[Tensor], values: int) -> Tensor:
        outputs = [head(p).permute(0, 2, 3, 1).flatten(1).unflatten(1, (-1, values)) for p in pyramid]
        return torch.cat(outputs, 1)

    def anchors(self, height: int, width: int) -> Tensor:
        """[A, 4] x, y of the centre, width, height; in the order of `forward`."""
        every = []
        for stride in self.STRIDES:
            scales = 4 * stride * 2 ** (torch.arange(3) / 3)
            ratios = torch.tensor([0.5, 1, 2]).sqrt()
            sizes = torch.stack([torch.outer(scales, 1 / ratios), torch.outer(scales, ratios)], -1).flatten(
                0, 1
            )
            rows, columns = -(-height // stride), -(-width // stride)
            y, x = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
            centres = (torch.stack([x, y], -1).flatten(0, 1) + 0.5) * stride
            count = len(centres)
            every.append(
                torch.cat([centres[:, None].expand(-1, 9, 2), sizes.expand(count, 9, 2)], -1).flatten(0, 1)
            )
        return torch.cat(every)


class Block(nn.Module):
    def __init__(self, dim: int, heads: int):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(dim, 1e-6), nn.LayerNorm(dim, 1e-6)
        self.qkv, self.out = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)
        self.mlp = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = self.qkv(self.norm1(x)).unflatten(-1, (3, self.heads, -1)).permute(2, 0, 3, 1, 4)
        x = x + self.out(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))
        return x + self.mlp(self.norm2(x))


class VisionTransformer(nn.Module):
    """ViT-B/16 (Dosovitskiy et al., ICLR 2021): crops [N, 3, 224, 224] -> logits [N, classes]."""

    def __init__(self, classes: int, dim: int = 768, depth: int = 12, heads: int = 12, size: int = 224):
        super().__init__()
        self.patches = nn.Conv2d(3, dim, 16, 16)
        self.token = nn.Parameter(torch.zeros(1, 1, dim))
        self.place = nn.Parameter(torch.randn(1, (size // 16) ** 2 + 1, dim) * 0.02)
        self.blocks = nn.Sequential(*(Block(dim, heads) for _ in range(depth)))
        self.norm, self.head = nn.LayerNorm(dim, 1e-6), nn.Linear(dim, classes)

    def forward(self, crops: Tensor) -> Tensor:
        x = self.patches(crops).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(len(x), -1, -1), x], 1) + self.place
        return self.head(self.norm(self.blocks(x))[:, 0])
