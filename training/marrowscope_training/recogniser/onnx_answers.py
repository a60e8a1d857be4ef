"""What an exported recogniser says of labelled cells: the file that is shipped, not the run that it came from."""

import json
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from ..data.crops import STORE_UM_PER_PIXEL, CropStore

BATCH = 64


def onnx_answers(
    models: Path, data: Path, split: str, outputs: tuple[str, ...]
) -> tuple[CropStore, list[np.ndarray]]:
    """The cells of a split, and for each of the graph's `outputs` that are wanted an array of a row a cell."""
    card = json.loads((models / "recogniser.json").read_text())
    store = CropStore.labelled(data, split, ("matek", "pbc", "segpc"))
    session = onnxruntime.InferenceSession(str(models / card["file"]), providers=["CPUExecutionProvider"])
    side = round(card["cropSize"] * card["umPerPixel"] / STORE_UM_PER_PIXEL)
    low = (store.images.shape[1] - side) // 2
    said = []
    for first in range(0, len(store), BATCH):
        part = store.images[first : first + BATCH, low : low + side, low : low + side]
        size = (card["cropSize"],) * 2
        crops = np.stack([cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in part])
        said.append(session.run(list(outputs), {"crops": crops}))
    return store, [np.concatenate(rows) for rows in zip(*said)]
