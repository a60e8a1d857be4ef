"""Exports the recogniser with its calibration inside the graph."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .. import export as common
from ..cells import CELL_CLASSES
from ..data import stain
from ..data.crops import CropStore, evenly
from ..data.public_sets import PUBLIC_SETS
from .calibration import Calibration, calibrate
from .home import Home, Usual, home_of
from .metrics import macro_f1
from .network import Recogniser, mirrored
from .onnx_answers import ask, pictures
from .predict import trained
from .quantise import quantise
from .settings import Config, needs_data

MEASURED = 1024  # cells on which the ranges of 8-bit numbers are measured


class Exported(nn.Module):
    """crops uint8 [N, S, S, 3] -> probabilities [N, 13], embedding [N, dim] of unit length, regions [N,
    heads, 2], and with a `home` the similarity [N] to the training cells."""

    def __init__(
        self,
        network: Recogniser,
        calibration: Calibration | None = None,
        views: int = 4,
        colours: str = "",
        directions: Tensor | None = None,
        home: Home | None = None,
    ):
        """directions [dim, m]: the embedding is the class token projected on these, for a file that keeps
        fewer numbers."""
        super().__init__()
        self.directions, self.home = directions, home
        self.network, self.views, self.colours = network, views, colours
        self.calibration = calibration

    def forward(self, crops: Tensor) -> tuple[Tensor, ...]:
        images = stain.in_colours(crops.permute(0, 3, 1, 2).float() / 255, self.colours)
        logits, token, locations = mirrored(self.network, images, self.views)
        if self.directions is not None:
            token = token @ self.directions
        embedding = token / token.square().sum(1, keepdim=True).clamp_min(1e-12).sqrt()
        like = ()
        if self.home is not None:
            like = (self.home(embedding),)
            logits = self.home.tempered(logits, *like)
        probabilities = (
            torch.softmax(logits, 1) if self.calibration is None else self.calibration.probabilities(logits)
        )
        return probabilities, embedding, locations.float(), *like


def write_graph(module: Exported, crops: np.ndarray, file: Path) -> float:
    """Write the graph and compare it with PyTorch on real `crops`, one alone and all together; see
    common.write."""
    outputs = ["probabilities", "embedding", "regions", *(["similarity"] if module.home is not None else [])]
    axes = {name: {0: "cells"} for name in ("crops", *outputs)}
    return common.write(module, [crops[:1], crops], ("crops", outputs), axes, file)


def answers(file: Path, crops: np.ndarray) -> Tensor:
    """Logarithms of a graph's probabilities [n, 13]."""
    return logarithms(torch.from_numpy(ask(file, crops, ("probabilities",))[0]))


def logarithms(probabilities: Tensor) -> Tensor:
    """Logarithms of probabilities [n, 13]: the logits except for a constant of each cell."""
    return probabilities.clamp_min(1e-30).log()


def calibrated_graph(
    module: Callable[[Calibration | None], Exported],
    crops: np.ndarray,
    labels: np.ndarray,
    precision: str,
    file: Path,
) -> tuple[Calibration, Tensor]:
    """Write the graph, calibrated by its own answers to `crops` [n, S, S, 3] of the classes `labels` [n], so
    that the effect of 8-bit matrices is included. The same answers give the usual similarity of its `home`.
    Returns the calibration and the answers before it (logarithms of probabilities)."""

    def graph(calibration: Calibration | None) -> Home | None:
        made = module(calibration)
        write_graph(made, crops[evenly(len(crops), 32)], file)
        if precision != "float32":
            quantise(file, precision, crops[evenly(len(crops), MEASURED)])
        return made.home

    home = graph(None)
    wanted = ("probabilities",) if home is None else ("probabilities", "similarity")
    probabilities, *like = (torch.from_numpy(array) for array in ask(file, crops, wanted))
    logits = logarithms(probabilities)
    if home is not None:
        home.usual = Usual.of(*like)
        logits = home.tempered(logits, *like)
    calibration = calibrate(logits, torch.from_numpy(labels))
    graph(calibration)
    return calibration, logits


@torch.no_grad()
def strongest_directions(network: nn.Module, crops: np.ndarray, config: Config, count: int) -> Tensor:
    """The `count` directions [dim, count] along which the class tokens of `crops`, scaled to unit length,
    extend furthest (uncentred principal components). An embedding of fewer numbers keeps the similarities
    along these."""
    network.eval()
    tokens = [
        network(
            stain.in_colours(
                torch.from_numpy(crops[i : i + 64]).permute(0, 3, 1, 2).float() / 255, config.colours
            )
        )[1]
        for i in range(0, len(crops), 64)
    ]
    unit = torch.nn.functional.normalize(torch.cat(tokens), dim=1)
    return torch.linalg.eigh(unit.T @ unit).eigenvectors[:, -count:].contiguous()


def graph_facts(calibration: Calibration, views: int = 4) -> dict:
    """What a card states about the numbers in the graph besides the weights."""
    return {"views": views, **calibration.facts()}


def val_metrics(score: float) -> dict:
    """The metrics of a card where only the macro-F1 on val is known."""
    by = "the run itself, on crops as it cuts them"
    return {"metrics": {"split": "val", "macroF1": round(score, 4), "by": by}}


def statement(config: Config, score: float) -> dict:
    """What a card must state besides the form of the graph, for a network that was trained on public sets
    only; empty for any other network, whose card a person writes. score: macro-F1 on val. There is no licence
    where that of one set is not known here."""
    if needs_data(config) or config.start or config.teachers:
        return {}
    data = [PUBLIC_SETS[name] for name in config.sources]
    licences = sorted({s.licence or "" for s in data})
    facts = {
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
    return facts if "" in licences else facts | {"licence": " and ".join(licences)}


def export(config: Config, folder: Path, data: Path | None, out: Path) -> None:
    network = trained(config, folder)
    val = CropStore.labelled(data, "val", config.sources, config.types, config.folders)
    val.keep(np.flatnonzero(val.labels >= 0))
    crops = pictures(val, np.arange(len(val)), config)
    directions = strongest_directions(network, crops, config, config.embedding) if config.embedding else None
    cells = CropStore.labelled(data, "train", config.sources, config.types, config.folders)
    home = home_of(network, cells, config, directions)
    file = out / "recogniser.onnx"
    calibration, logits = calibrated_graph(
        lambda calibration: Exported(network, calibration, config.views, config.colours, directions, home),
        crops,
        val.labels,
        config.matrices,
        file,
    )
    facts = {
        "name": "marrowscope-recogniser",
        "task": "recogniser",
        "umPerPixel": config.um_per_pixel,
        "cropSize": config.crop_size,
        "classes": list(CELL_CLASSES),
        **home.usual.facts(),
        **graph_facts(calibration, config.views),
    }
    score = macro_f1(val.labels, logits.argmax(1).numpy())[0]
    common.card(file, facts | statement(config, score))
    print(
        f"{file}: {file.stat().st_size / 1e6:.1f} MB, temperature {calibration.temperature:.3f}, val macro-F1 {score:.4f}"
    )
