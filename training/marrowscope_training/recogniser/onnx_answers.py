"""What an exported recogniser says of stored cells: the file that is shipped, not the run that it came from."""

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
    """Cells of a store as an exported graph takes them, uint8 [n, S, S, 3]."""
    parts = [  # as 32-bit floats all stored cells of a split would be gigabytes
        (centred(store.tensor(index[i : i + BATCH]), config) * 255).round().byte().permute(0, 2, 3, 1).numpy()
        for i in range(0, len(index), BATCH)
    ]
    return np.concatenate(parts)


def ask(file: Path, crops: np.ndarray, outputs: tuple[str, ...]) -> list[np.ndarray]:
    """For each of the graph's `outputs` that are wanted an array of a row a crop."""
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = torch.get_num_threads()
    session = onnxruntime.InferenceSession(str(file), settings, providers=["CPUExecutionProvider"])
    parts = [session.run(list(outputs), {"crops": crops[i : i + BATCH]}) for i in range(0, len(crops), BATCH)]
    return [np.concatenate(rows) for rows in zip(*parts)]


def onnx_answers(
    models: Path, store: CropStore, outputs: tuple[str, ...], index: np.ndarray | None = None
) -> list[np.ndarray]:
    """What models/recogniser.onnx says of the cells `index` of a store, or of all, cut as its card says."""
    card = json.loads((models / "recogniser.json").read_text())
    config = replace(Config(), crop_size=card["cropSize"], um_per_pixel=card["umPerPixel"])
    return ask(
        models / card["file"],
        pictures(store, np.arange(len(store)) if index is None else index, config),
        outputs,
    )
