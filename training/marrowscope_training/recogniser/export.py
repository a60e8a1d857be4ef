"""Exports the recogniser with its calibration inside the graph."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .. import export as common
from ..cells import CELL_CLASSES
from ..data.crops import CropStore
from ..data.public_sets import PUBLIC_SETS
from .network import Recogniser, mirrored
from .train import Config, build, calibrate, centred, needs_data, predict


class Exported(nn.Module):
    """crops uint8 [N, S, S, 3] -> probabilities [N, 13], embedding [N, dim] of unit length, regions [N, heads, 2]."""

    def __init__(self, network: Recogniser, heat: float, offset: Tensor | None = None):
        super().__init__()
        self.network, self.heat = network, heat
        self.register_buffer("offset", torch.zeros(len(CELL_CLASSES)) if offset is None else offset)

    def forward(self, crops: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        logits, token, places = mirrored(self.network, crops.permute(0, 3, 1, 2).float() / 255)
        embedding = token / token.square().sum(1, keepdim=True).clamp_min(1e-12).sqrt()
        return torch.softmax(logits / self.heat + self.offset, 1), embedding, places.float()


def rights(config: Config) -> dict:
    """The card's licence and data of a network that only public sets were shown; of another a person writes them."""
    if needs_data(config) or config.start:
        return {}
    data = [PUBLIC_SETS[name] for name in config.sources]
    return {
        "licence": " and ".join(sorted({s.licence for s in data})),
        "data": [{"name": s.title, "licence": s.licence, "cite": s.cite} for s in data],
    }


def export(config: Config, folder: Path, data: Path | None, out: Path) -> None:
    network = build(config)
    network.load_state_dict(torch.load(folder / "checkpoint.pt", weights_only=True)["average"])
    network.eval()
    val = CropStore(data, "val", config.sources, config.types, config.folders)
    heat, offset = calibrate(predict(network, val, config), torch.from_numpy(val.labels))
    some = np.linspace(0, len(val) - 1, 32).astype(int)
    pictures = (
        (centred(val.tensor(some), config) * 255).round().byte().permute(0, 2, 3, 1).contiguous().numpy()
    )
    file = out / "recogniser.onnx"
    axes = {name: {0: "cells"} for name in ("crops", "probabilities", "embedding", "regions")}
    names = ("crops", ["probabilities", "embedding", "regions"])
    worst = common.write(Exported(network, heat, offset), [pictures[:1], pictures], names, axes, file)
    facts = {
        "name": "marrowscope-recogniser",
        "task": "recogniser",
        "umPerPixel": config.um_per_pixel,
        "cropSize": config.crop_size,
        "classes": list(CELL_CLASSES),
        "temperature": round(heat, 4),
        "offsets": [round(v, 4) for v in offset.tolist()],
    }
    common.card(file, facts | rights(config))
    print(f"{file}: temperature {heat:.3f}, largest difference from PyTorch {worst:.1e}")
