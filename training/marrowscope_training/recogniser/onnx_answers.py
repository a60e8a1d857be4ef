"""Answers of an exported recogniser for stored cells: of the file that is shipped, not of the run that it
came from."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from ..data.crops import CropStore
from .settings import Config, centred

BATCH = 64


def pictures(store: CropStore, index: np.ndarray, config: Config) -> np.ndarray:
    """Cells of a store in the form that an exported graph takes, uint8 [n, S, S, 3]."""
    parts = [  # as float32 all stored cells of a split would take gigabytes
        (centred(store.tensor(index[i : i + BATCH]), config) * 255).round().byte().permute(0, 2, 3, 1).numpy()
        for i in range(0, len(index), BATCH)
    ]
    return np.concatenate(parts)


def ask(file: Path, crops: np.ndarray, outputs: tuple[str, ...]) -> list[np.ndarray]:
    """For each wanted output of the graph, an array with one row for each crop."""
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = torch.get_num_threads()
    session = onnxruntime.InferenceSession(str(file), settings, providers=["CPUExecutionProvider"])
    parts = [session.run(list(outputs), {"crops": crops[i : i + BATCH]}) for i in range(0, len(crops), BATCH)]
    return [np.concatenate(rows) for rows in zip(*parts)]


def onnx_answers(
    models: Path, store: CropStore, outputs: tuple[str, ...], index: np.ndarray | None = None
) -> list[np.ndarray]:
    """Outputs of models/recogniser.onnx for the cells `index` of a store, or for all, cut as its card says."""
    card = json.loads((models / "recogniser.json").read_text())
    config = replace(Config(), crop_size=card["cropSize"], um_per_pixel=card["umPerPixel"])
    return ask(
        models / card["file"],
        pictures(store, np.arange(len(store)) if index is None else index, config),
        outputs,
    )
