"""How similar a cell is to the training cells. For a laboratory that was not in the training the recogniser
is wrong more often than its probabilities say; there they are made less sure."""

from copy import copy
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from ..data.crops import CropStore, balanced_epoch
from .predict import predict
from .settings import Config

OF_A_TYPE = 200  # training cells that are kept of each type
NEAREST = 5
# As much as costs nothing in the training laboratories: docs/recognition.md.
HEAT, MOST_HEAT = 0.3, 0.75
MINIMUM_SPREAD = 0.005  # for a network to which all cells of the training laboratories look alike


@dataclass(frozen=True)
class Usual:
    """Similarity of cells of the training laboratories that were not trained on: the median, the 20 %
    quantile and the 5 % quantile."""

    median: float
    fifth: float
    twentieth: float

    def facts(self) -> dict:
        """What a card states about it."""
        return {"usualSimilarity": {name: round(value, 4) for name, value in asdict(self).items()}}

    @staticmethod
    def of(similarity: Tensor) -> "Usual":
        """similarity [n]"""
        shares = torch.tensor([0.5, 0.2, 0.05], dtype=similarity.dtype)
        return Usual(*(float(v) for v in torch.quantile(similarity, shares)))


class Home(nn.Module):
    """cells [n, d]: embeddings of training cells, of unit length. Without `usual` no logits are changed."""

    def __init__(self, cells: Tensor, usual: Usual | None = None):
        super().__init__()
        self.register_buffer("cells", cells.T.contiguous())
        self.usual = usual

    def forward(self, embedding: Tensor) -> Tensor:
        """Mean cosine [B] of embeddings [B, d] of unit length to the NEAREST training cells."""
        return (embedding @ self.cells).topk(NEAREST, 1).values.mean(1)

    def tempered(self, logits: Tensor, similarity: Tensor) -> Tensor:
        """Logits [B, K], divided by up to 1 + MOST_HEAT where a cell is less similar to the training cells
        than 19 of 20 usually are."""
        if self.usual is None:
            return logits
        spread = max(self.usual.median - self.usual.fifth, MINIMUM_SPREAD)
        below = (self.usual.twentieth - similarity) / spread
        return logits / (1 + (HEAT * below).clamp(0, MOST_HEAT))[:, None]


def home_of_card(card: dict, file: Path) -> Home | None:
    """The home in an exported graph and on its card; None where the graph has none."""
    if "usualSimilarity" not in card:
        return None
    cells = next(i for i in onnx.load(str(file)).graph.initializer if i.name == "home.cells")
    return Home(torch.from_numpy(numpy_helper.to_array(cells).copy()).T, Usual(**card["usualSimilarity"]))


def home_of(network: nn.Module, cells: CropStore, config: Config, directions: Tensor | None = None) -> Home:
    """From at most OF_A_TYPE training cells of each type, from all sources equally. directions: as of an
    exported embedding."""
    typed = np.flatnonzero(cells.labels >= 0)
    chosen = balanced_epoch(cells.labels[typed], OF_A_TYPE, np.random.default_rng(0), cells.sources[typed])
    some = copy(cells)
    some.keep(np.sort(typed[chosen]))
    tokens = predict(network, some, config)[1]
    return Home(tokens if directions is None else nn.functional.normalize(tokens @ directions, dim=1))
