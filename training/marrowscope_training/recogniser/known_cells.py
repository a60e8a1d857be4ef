"""An index of labelled cells by their embeddings, to show beside a cell the most similar ones that the
recogniser was not trained on. The pictures stay where they are: the index contains labels and embeddings, and
nothing that names a picture.

    python -m marrowscope_training known-cells [--models models] [--config FILE] [--split val]
"""

import argparse
import base64
import hashlib
import json
from pathlib import Path

import numpy as np

from .. import config as configs
from ..arguments import add_data, add_models, data_of
from ..cells import CELL_CLASSES, INDEX
from ..data.crops import CropStore
from .onnx_answers import onnx_answers
from .settings import Config

CONFIG = Path(__file__).parents[2] / "configs/recogniser-dinov2-stain.toml"
MAX_BYTES = 1_000_000


def quantised(embeddings: np.ndarray) -> tuple[np.ndarray, float]:
    """Unit vectors float [n, d] as int8 [n, d], and the scale: x is about scale * q / 127, and the largest
    |q| is 127."""
    scale = float(np.abs(embeddings).max())
    return np.round(127 * embeddings / scale).astype(np.int8), scale


def index(card: dict, digest: str, split: str, labels: np.ndarray, embeddings: np.ndarray) -> dict:
    """The contents of the file. card: of the recogniser. digest: SHA-256 of its graph. labels int [n].
    embeddings float [n, d]."""
    coded, scale = quantised(embeddings)
    return {
        "recogniser": digest,
        "split": split,
        "data": [one["name"] for one in card["data"]],
        "licence": card["licence"],
        "classes": list(CELL_CLASSES),
        "labels": labels.tolist(),
        "dimensions": coded.shape[1],
        "scale": scale,
        "embeddings": base64.b64encode(coded.tobytes()).decode(),
    }


def agreement(labels: np.ndarray, embeddings: np.ndarray, count: int = 20) -> float:
    """The share of cells, 0..1, whose label is the most frequent one among the `count` nearest other cells."""
    near = embeddings @ embeddings.T
    np.fill_diagonal(near, -np.inf)
    of = labels[np.argsort(-near, axis=1)[:, :count]]
    counts = (of[:, :, None] == np.arange(len(INDEX))).sum(1)
    return float((counts.argmax(1) == labels).mean())


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="marrowscope_training known-cells", description="Index labelled cells by their embeddings"
    )
    add_models(parser)
    parser.add_argument(
        "--config",
        type=Path,
        default=CONFIG,
        help="configuration of the recogniser's training, for its sources",
    )
    parser.add_argument("--split", choices=["train", "val", "test"], default="val")
    add_data(parser)
    a = parser.parse_args(arguments)
    if a.split == "test":
        parser.error(
            "the cells of split=test are for measuring only and must not become part of the program; index val"
        )
    data = data_of(parser, a)
    card = json.loads((a.models / "recogniser.json").read_text())
    digest = hashlib.sha256((a.models / card["file"]).read_bytes()).hexdigest()
    config = configs.read(a.config, Config)
    store = CropStore.labelled(data, a.split, config.sources, config.types, config.folders)
    store.keep(np.flatnonzero(store.labels >= 0))
    embeddings = onnx_answers(a.models, store, ("embedding",))[0]
    text = json.dumps(index(card, digest, a.split, store.labels, embeddings), ensure_ascii=False) + "\n"
    if len(text.encode()) > MAX_BYTES:
        parser.error(f"an index of {len(store)} cells would be larger than {MAX_BYTES} bytes; index val")
    file = a.models / "known-cells.json"
    file.write_text(text)
    share = agreement(store.labels, embeddings)
    print(f"{file}: {len(store)} cells; {share:.4f} have the label that most of the 20 nearest others have")
