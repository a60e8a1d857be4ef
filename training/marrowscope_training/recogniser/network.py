"""The recogniser: a Vision Transformer (Dosovitskiy 2021) with the thesis's three changes. Each is an option.

1. Overlapping patches: windows of 16 px at a stride of 12 px (TransFG, He 2022). With `stem` the patches are
   taken from a small residual convolutional map instead of raw pixels ('hybrid' of the ViT paper): at a
   quarter of the resolution, or at an eighth and then at a stride of 8 px. A network that is not pre-trained
   on millions of images needs this.
2. Discriminative regions: the attention of every block but the last is followed from the class token back to
   the patches. A squeeze-excitation over the blocks weighs each block. Every head passes on the one patch
   with the largest weight, and the last block sees only the class token and these.
3. A contrastive loss on the class token: see losses.py.
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

PATCH = 16


@dataclass(frozen=True)
class Shape:
    """The parts of the recogniser. The stem halves the resolution once for each of its widths; stem_blocks
    are the residual blocks after each. weighing: see RegionSelection."""

    dim: int = 192
    depth: int = 6
    heads: int = 6
    overlap: bool = True
    stem: bool = True
    stem_widths: tuple[int, ...] = (32, 64)
    stem_blocks: tuple[int, ...] = (0, 2)
    regions: bool = True
    drop_path: float = 0.05
    weighing: str = "squeeze"


OVERLAPPING = {
    1: 12,
    4: 12,
    8: 8,
}  # step of overlapping patches by the stride of the map that they read, pixels
WEIGHINGS = ("squeeze", "squeeze-no-gradient", "product")


def conv(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class Residual(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.first = conv(width, width)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))
        nn.init.zeros_(self.second[1].weight)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(self.first(x)))


class Patches(nn.Module):
    """[B, 3, S, S] -> tokens [B, N, dim], N = rows × columns of patches."""

    def __init__(self, shape: Shape):
        super().__init__()
        layers, width = [], 3
        stem = zip(shape.stem_widths, shape.stem_blocks, strict=True) if shape.stem else ()
        for wider, blocks in stem:
            layers += [conv(width, wider, 2), *[Residual(wider) for _ in range(blocks)]]
            width = wider
        self.stem = nn.Sequential(*layers)
        stride = 2 ** len(shape.stem_widths) if shape.stem else 1
        self.stride = OVERLAPPING[stride] if shape.overlap else PATCH
        self.project = nn.Conv2d(width, shape.dim, PATCH // stride, self.stride // stride)

    def side(self, size: int) -> int:
        """Number of patches along one side of a size×size image."""
        return (size - PATCH) // self.stride + 1

    def forward(self, x: Tensor) -> Tensor:
        return self.project(self.stem(x)).flatten(2).transpose(1, 2)


def positions(side: int, dim: int, device: torch.device | None = None) -> Tensor:
    """Fixed two-dimensional sine-cosine positions [side², dim] over coordinates in -1..1, so that a network
    can be trained at one size and used at another."""
    axis = (torch.arange(side, device=device) + 0.5) / side * 2 - 1
    frequency = 2.0 ** torch.linspace(-1, 4, dim // 4, device=device)
    wave = torch.outer(axis * torch.pi, frequency)
    one = torch.cat([wave.sin(), wave.cos()], 1)
    rows = one.repeat_interleave(side, 0)
    return torch.cat([rows, one.repeat(side, 1)], 1) * 0.5


class Attention(nn.Module):
    def __init__(self, dim: int, heads: int):
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """[B, N, dim] -> the same, and the attention [B, heads, N, N] (rows sum to 1)."""
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(q @ k.transpose(-2, -1) * (d // self.heads) ** -0.5, -1)
        return self.out((weights @ v).transpose(1, 2).reshape(b, n, d)), weights


class DropPath(nn.Module):
    """Stochastic depth: in training, drops a whole residual branch [B, N, dim] of each image at this rate
    (Huang 2016)."""

    def __init__(self, rate: float):
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.rate == 0:
            return x
        kept = torch.rand(x.shape[0], 1, 1, device=x.device) >= self.rate
        return x * kept / (1 - self.rate)


class Block(nn.Module):
    """Pre-norm transformer block. In training, whole residual branches are dropped at rate `drop`."""

    def __init__(self, dim: int, heads: int, drop: float):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attention = Attention(dim, heads)
        self.mlp = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))
        self.drop = DropPath(drop)

    def forward(self, x: Tensor, with_attention: bool = True) -> tuple[Tensor, Tensor | None]:
        """[B, N, dim] -> the same, and `with_attention` the attention [B, heads, N, N]."""
        change, weights = self.attention(self.norm1(x))
        x = x + self.drop(change)
        return x + self.drop(self.mlp(self.norm2(x))), weights if with_attention else None


class RegionSelection(nn.Module):
    """Follows the attention from the class token to the patches and keeps the strongest patch of each head.

    One step back through a block is v <- v·(w·A + (1-w)·I), where A is its attention, I the residual path and
    w in 0..1 the block's weight from the squeeze-excitation. Only the row of the class token is followed
    (vector × matrix). The mean of a whole attention map would be constant, because its rows sum to 1; so the
    squeeze takes maximum, spread and entropy of the row from class token to patches. The choice itself passes
    no gradient. The chosen tokens are therefore scaled by weight / weight with the divisor detached: this is
    1, but lets the gradient through to w.

    `weighing` is "squeeze", or for comparison one of two others. "squeeze-no-gradient": the same without that
    gradient, so that the weights stay as initialised. "product": TransFG's plain product of the attentions (w
    = 1).
    """

    def __init__(self, blocks: int, weighing: str = "squeeze", reduction: int = 2):
        super().__init__()
        if weighing not in WEIGHINGS:
            raise ValueError(f"regions are weighed by one of {', '.join(WEIGHINGS)}, not by {weighing}")
        self.weighing = weighing
        if weighing == "product":
            return
        inside = max(2, blocks // reduction)
        self.squeeze = nn.Linear(3, 1)
        self.excite = nn.Sequential(
            nn.Linear(blocks, inside), nn.ReLU(), nn.Linear(inside, blocks), nn.Sigmoid()
        )
        nn.init.constant_(self.excite[0].bias, 0.5)  # the few units must not start dead

    def weights(self, maps: list[Tensor]) -> Tensor:
        """The weights [B, L] of the blocks from their attention maps [B, heads, N, N]."""
        row = torch.stack([m[:, :, 0, 1:] for m in maps], 1)
        row = row / row.sum(-1, keepdim=True).clamp_min(1e-6)
        entropy = -(row * row.clamp_min(1e-8).log()).sum(-1) / math.log(row.shape[-1])
        # An almost constant row, as of an empty picture, must not have an infinite gradient at the square root.
        spread = (row - row.mean(-1, keepdim=True)).square().mean(-1).clamp_min(1e-12).sqrt()
        statistics = torch.stack([row.amax(-1), spread * row.shape[-1], entropy], -1).mean(2)
        return self.excite(self.squeeze(statistics).squeeze(-1))

    def forward(self, tokens: Tensor, maps: list[Tensor]) -> tuple[Tensor, Tensor]:
        """tokens [B, 1+N, dim] -> chosen tokens [B, heads, dim] and their patch numbers [B, heads]."""
        w = None if self.weighing == "product" else self.weights(maps)
        v = None
        for i in range(len(maps) - 1, -1, -1):
            if v is None:
                row = maps[i][:, :, :1]
                v = torch.cat([torch.ones_like(row[..., :1]), torch.zeros_like(row[..., 1:])], -1)
            if w is None:
                v = v @ maps[i]
                continue
            share = w[:, i].view(-1, 1, 1, 1)
            v = share * (v @ maps[i]) + (1 - share) * v
        strength = v[:, :, 0, 1:]
        value, patch_number = strength.max(-1)
        chosen = torch.gather(tokens[:, 1:], 1, patch_number.unsqueeze(-1).expand(-1, -1, tokens.shape[-1]))
        if self.weighing != "squeeze":
            return chosen, patch_number
        gate = value / value.detach().clamp_min(1e-8)
        return chosen * gate.unsqueeze(-1), patch_number


def through_blocks(
    blocks: nn.ModuleList,
    selection: RegionSelection | None,
    tokens: Tensor,
    side: int,
    stride: int,
    patch: int,
) -> tuple[Tensor, Tensor]:
    """tokens [B, 1+side², dim] of patches of `patch` pixels at this stride -> tokens after the last block,
    and chosen locations [B, heads, 2] (x, y of patch centres in pixels). With a `selection` the last block
    sees only the class token and the chosen patches; without one the locations are [B, 0, 2]."""
    maps = []
    for block in blocks[:-1]:
        tokens, weights = block(tokens, selection is not None)
        maps.append(weights)
    locations = tokens.new_zeros(tokens.shape[0], 0, 2)
    if selection is not None:
        chosen, patch_number = selection(tokens, maps)
        tokens = torch.cat([tokens[:, :1], chosen], 1)
        column, row = patch_number % side, torch.div(patch_number, side, rounding_mode="floor")
        locations = torch.stack([column, row], -1) * float(stride) + patch / 2
    return blocks[-1](tokens, False)[0], locations


class Recogniser(nn.Module):
    def __init__(self, shape: Shape = Shape(), classes: int = 13):
        super().__init__()
        self.patches = Patches(shape)
        self.dim = dim = shape.dim
        self.cls = nn.Parameter(torch.zeros(1, 1, dim))
        rates = torch.linspace(0, shape.drop_path, shape.depth).tolist()
        self.blocks = nn.ModuleList([Block(dim, shape.heads, rate) for rate in rates])
        self.selection = RegionSelection(shape.depth - 1, shape.weighing) if shape.regions else None
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, classes)
        for name, module in self.named_modules():
            if isinstance(module, nn.Linear) and not name.startswith("selection"):
                nn.init.trunc_normal_(module.weight, std=0.02)
                nn.init.zeros_(module.bias)

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """images [B, 3, S, S] in 0..1 -> logits [B, classes], class token [B, dim], chosen locations [B,
        heads, 2] (x, y of patch centres in pixels; [B, 0, 2] without selection)."""
        size = images.shape[-1]
        side = self.patches.side(size)
        tokens = self.patches(images * 4 - 2.6) + positions(side, self.dim, images.device)
        tokens = torch.cat([self.cls.expand(tokens.shape[0], -1, -1), tokens], 1)
        tokens, locations = through_blocks(
            self.blocks, self.selection, tokens, side, self.patches.stride, PATCH
        )
        token = self.norm(tokens[:, 0])
        return self.head(token), token, locations


VIEWS = (1, 2, 4)


def mirrored(network: nn.Module, images: Tensor, views: int = 4) -> tuple[Tensor, Tensor, Tensor]:
    """The mean over mirror images of each image, as a cell has no upside. views: 1 the image alone, 2 with
    its left-right mirror image, 4 with all three. Returns the mean logits [B, classes], the mean class tokens
    [B, dim] and the locations of the image itself."""
    n = images.shape[0]
    mirrors = ((3,), (2,), (2, 3))[: views - 1]
    logits, tokens, locations = network(torch.cat([images, *[images.flip(axes) for axes in mirrors]]))
    return logits.view(views, n, -1).mean(0), tokens.view(views, n, -1).mean(0), locations[:n]
