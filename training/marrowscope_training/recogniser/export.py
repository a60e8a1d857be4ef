"""Exports the recogniser with its calibration inside the graph."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .. import export as common
from ..cells import CELL_CLASSES
from ..data import stain
from ..data.crops import CropStore, evenly
from ..data.public_sets import PUBLIC_SETS
from ..engine import averaged
from .calibration import Calibration, calibrate
from .network import Recogniser, mirrored
from .onnx_answers import pictures
from .settings import Config, build, needs_data
from .train import macro_f1, predict


class Exported(nn.Module):
    """crops uint8 [N, S, S, 3] -> probabilities [N, 13], embedding [N, dim] of unit length, regions [N, heads, 2]."""

    def __init__(
        self,
        network: Recogniser,
        calibration: Calibration | None = None,
        views: int = 4,
        colours: str = "",
    ):
        super().__init__()
        self.network, self.views, self.colours = network, views, colours
        self.calibration = calibration

    def forward(self, crops: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        images = stain.seen(crops.permute(0, 3, 1, 2).float() / 255, self.colours)
        logits, token, places = mirrored(self.network, images, self.views)
        embedding = token / token.square().sum(1, keepdim=True).clamp_min(1e-12).sqrt()
        if self.calibration is None:
            return torch.softmax(logits, 1), embedding, places.float()
        return self.calibration.probabilities(logits), embedding, places.float()


def write_graph(module: Exported, crops: np.ndarray, file: Path) -> float:
    """Write the graph and compare it with PyTorch on real `crops`, one and all; see common.write."""
    outputs = ["probabilities", "embedding", "regions"]
    axes = {name: {0: "cells"} for name in ("crops", *outputs)}
    return common.write(module, [crops[:1], crops], ("crops", outputs), axes, file)


def graph_facts(calibration: Calibration, views: int = 4) -> dict:
    """What a card says of the numbers that stand in the graph beside the weights."""
    return {"views": views, **calibration.facts()}


def val_metrics(score: float) -> dict:
    """A card's figures where nothing but macro-F1 on val is known."""
    by = "the run itself, on crops as it cuts them"
    return {"metrics": {"split": "val", "macroF1": round(score, 4), "by": by}}


def statement(config: Config, score: float) -> dict:
    """What a card must say besides the graph's form, of a network that was shown only public sets; empty for any other,
    whose card a person writes. `score`: macro-F1 on val. No licence where one of a set's is not known here."""
    if needs_data(config) or config.start or config.teacher:
        return {}
    data = [PUBLIC_SETS[name] for name in config.sources]
    licences = sorted({s.licence or "" for s in data})
    said = {
        "version": "0.0.0",
        "data": [{"name": s.title, "licence": s.licence, "cite": s.cite} for s in data],
        **val_metrics(score),
        "limits": [
            "Measured on val only, which the calibration was fitted on; see docs/training-on-public-sets.md.",
            "Where a set names no patients a patient's cells lie in all splits: expect less on a new laboratory.",
            "Megakaryocytes, macrophages, stromal and tumour cells are not among the types.",
        ],
        "intendedUse": "Research and education: proposes a type that a person checks. Not a medical device.",
    }
    return said if "" in licences else said | {"licence": " and ".join(licences)}


def export(config: Config, folder: Path, data: Path | None, out: Path) -> None:
    network = build(config)
    network.load_state_dict(averaged(folder / "checkpoint.pt"))
    network.eval()
    val = CropStore.labelled(data, "val", config.sources, config.types, config.folders)
    logits = predict(network, val, config)
    calibration = calibrate(logits, torch.from_numpy(val.labels))
    file = out / "recogniser.onnx"
    module = Exported(network, calibration, colours=config.colours)
    worst = write_graph(module, pictures(val, evenly(len(val), 32), config), file)
    facts = {
        "name": "marrowscope-recogniser",
        "task": "recogniser",
        "umPerPixel": config.um_per_pixel,
        "cropSize": config.crop_size,
        "classes": list(CELL_CLASSES),
        **graph_facts(calibration),
    }
    common.card(file, facts | statement(config, macro_f1(val.labels, logits.argmax(1).numpy())[0]))
    print(f"{file}: temperature {calibration.temperature:.3f}, largest difference from PyTorch {worst:.1e}")
