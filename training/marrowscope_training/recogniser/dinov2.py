"""The recogniser on a pre-trained Vision Transformer: DINOv2 ViT-S/14 (Oquab 2023, Apache-2.0). The thesis's
changes are options: overlapping patches (the same 14-pixel kernel at a smaller stride), discriminative
regions over all blocks but the last, and the contrastive loss on the class token (losses.py).

The weights are read from an ONNX file of that network (`read_weights`). docs/recognition.md names a package
that contains one.
"""

from pathlib import Path

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import Tensor, nn

from .network import DropPath, RegionSelection, through_blocks

PATCH, DIM, DEPTH, HEADS = 14, 384, 12, 6
MEAN, SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet, as in the pre-training
POSITIONS = 37  # learnt positions along one side


class Block(nn.Module):
    """Pre-norm transformer block with layer scale. In training, whole residual branches are dropped at rate
    `drop`."""

    def __init__(self, dim: int, heads: int, drop: float):
        super().__init__()
        self.heads, self.drop = heads, DropPath(drop)
        self.norm1, self.norm2 = nn.LayerNorm(dim, eps=1e-6), nn.LayerNorm(dim, eps=1e-6)
        self.qkv, self.out = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)
        self.fc1, self.fc2 = nn.Linear(dim, 4 * dim), nn.Linear(4 * dim, dim)
        self.scale1, self.scale2 = nn.Parameter(torch.ones(dim)), nn.Parameter(torch.ones(dim))

    def forward(self, x: Tensor, with_attention: bool = True) -> tuple[Tensor, Tensor | None]:
        """[B, N, dim] -> the same, and `with_attention` the attention [B, heads, N, N] (rows sum to 1)."""
        b, n, d = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        weights = None
        if with_attention:
            weights = torch.softmax(q @ k.transpose(-2, -1) * (d // self.heads) ** -0.5, -1)
            mixed = weights @ v
        else:
            mixed = F.scaled_dot_product_attention(q, k, v)
        x = x + self.drop(self.scale1 * self.out(mixed.transpose(1, 2).reshape(b, n, d)))
        return x + self.drop(self.scale2 * self.fc2(F.gelu(self.fc1(self.norm2(x))))), weights


def resized(positions: Tensor, now: int, side: int) -> Tensor:
    """Positions [1, now², dim] of a square of patches, interpolated to [1, side², dim]."""
    grid = positions.view(1, now, now, DIM).permute(0, 3, 1, 2)
    grid = F.interpolate(grid, (side, side), mode="bicubic", align_corners=False, antialias=side < now)
    return grid.permute(0, 2, 3, 1).reshape(1, side * side, DIM)


class DinoRecogniser(nn.Module):
    """Has the same interface as network.Recogniser."""

    def __init__(
        self,
        classes: int = 13,
        stride: int = PATCH,
        regions: bool = True,
        drop_path: float = 0.1,
        size: int = 112,
    ):
        super().__init__()
        self.stride, self.dim, self.size = stride, DIM, size
        self.project = nn.Conv2d(3, DIM, PATCH, stride)
        self.cls = nn.Parameter(torch.zeros(1, 1, DIM))
        self.positions = nn.Parameter(torch.zeros(1, self.side(size) ** 2, DIM))
        rates = torch.linspace(0, drop_path, DEPTH).tolist()
        self.blocks = nn.ModuleList([Block(DIM, HEADS, rate) for rate in rates])
        self.selection = RegionSelection(DEPTH - 1) if regions else None
        self.norm = nn.LayerNorm(DIM, eps=1e-6)
        self.head = nn.Linear(DIM, classes)
        nn.init.trunc_normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("spread", torch.tensor(SPREAD).view(1, 3, 1, 1), persistent=False)

    def side(self, size: int) -> int:
        """Number of patches along one side of a size×size image."""
        return (size - PATCH) // self.stride + 1

    def positions_for(self, size: int) -> Tensor:
        """Positions [1, side², dim] of the patches of an image of this size."""
        now, side = self.side(self.size), self.side(size)
        if now == side:
            return self.positions
        return resized(self.positions, now, side)

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """images [B, 3, S, S] in 0..1 -> logits [B, classes], class token [B, dim], chosen locations [B,
        heads, 2] (x, y of patch centres in pixels; [B, 0, 2] without selection)."""
        size = images.shape[-1]
        side = self.side(size)
        tokens = self.project((images - self.mean) / self.spread).flatten(2).transpose(1, 2)
        tokens = tokens + self.positions_for(size)
        tokens = torch.cat([self.cls.expand(tokens.shape[0], -1, -1), tokens], 1)
        tokens, locations = through_blocks(self.blocks, self.selection, tokens, side, self.stride, PATCH)
        token = self.norm(tokens[:, 0])
        return self.head(token), token, locations


def depth_share(name: str, decay: float) -> float:
    """The share of the rate with which a parameter learns: the last block `decay`, the one before it decay²,
    and so on (ELECTRA, Clark 2020)."""
    if name.startswith("blocks."):
        return decay ** (DEPTH - int(name.split(".")[1]))
    return decay ** (DEPTH + 1) if name.split(".")[0] in ("project", "cls", "positions") else 1.0


def read_weights(network: DinoRecogniser, file: Path) -> None:
    """Load the pre-trained weights of an ONNX file of DINOv2 ViT-S/14 into `network`. The 37 × 37 positions
    are interpolated to the network's own number. What the file does not contain (head, selection) stays.
    Raises KeyError for the file of another network."""
    graph = onnx.load(str(file)).graph
    arrays = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    linear = {
        n.name: arrays[n.input[1]].T for n in graph.node if n.op_type == "MatMul" and n.input[1] in arrays
    }
    state = {}
    for i in range(DEPTH):
        path, ours = f"backbone.encoder.layer.{i}.", f"blocks.{i}."
        node = f"/backbone/encoder/layer.{i}/"
        names = ("query", "key", "value")
        state[ours + "qkv.weight"] = torch.cat(
            [linear[f"{node}attention/attention/{n}/MatMul"] for n in names]
        )
        state[ours + "qkv.bias"] = torch.cat([arrays[f"{path}attention.attention.{n}.bias"] for n in names])
        state[ours + "out.weight"] = linear[f"{node}attention/output/dense/MatMul"]
        state[ours + "out.bias"] = arrays[path + "attention.output.dense.bias"]
        for mine, theirs in (("fc1", "mlp/fc1"), ("fc2", "mlp/fc2")):
            state[ours + mine + ".weight"] = linear[f"{node}{theirs}/MatMul"]
            state[ours + mine + ".bias"] = arrays[path + theirs.replace("/", ".") + ".bias"]
        for j in (1, 2):
            state[ours + f"scale{j}"] = arrays[path + f"layer_scale{j}.lambda1"]
            for kind in ("weight", "bias"):
                state[ours + f"norm{j}.{kind}"] = arrays[path + f"norm{j}.{kind}"]
    state["norm.weight"], state["norm.bias"] = (arrays[f"backbone.layernorm.{k}"] for k in ("weight", "bias"))
    state["project.weight"], state["project.bias"] = (
        arrays[f"backbone.embeddings.patch_embeddings.projection.{k}"] for k in ("weight", "bias")
    )
    grids = [a for a in arrays.values() if tuple(a.shape) == (1, POSITIONS**2, DIM)]
    first = [a for n, a in arrays.items() if tuple(a.shape) == (1, 1, DIM) and "cls_token" not in n]
    state["cls"] = arrays["backbone.embeddings.cls_token"] + first[0]
    side = network.side(network.size)
    state["positions"] = resized(grids[0], POSITIONS, side)
    network.load_state_dict(state, strict=False)
