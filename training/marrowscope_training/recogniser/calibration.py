"""Makes a recogniser's numbers probabilities: of the answers given with 0.8, eight in ten are to be right."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from ..cells import CELL_CLASSES

PULL = 1e-3  # holds the offsets near 0 and the exponent near 1
# What few cells, or a network that knows nothing, may bend at most: both ways.
MOST_HEAT, MOST_BENT = 100.0, 3.0


@dataclass(frozen=True)
class Calibration:
    """softmax(-margin ** exponent), where the margin is how far logit / temperature + offset of a class lies below the greatest.
    The exponent 1 is the usual temperature (Guo 2017); a greater one takes from middling answers what it adds to sure ones, which
    no temperature can, and leaves the order of the classes as it was (as Rahimi 2020 asks). offsets [classes] undo what
    undersampling did to the frequencies."""

    temperature: float = 1.0
    exponent: float = 1.0
    offsets: tuple[float, ...] = (0.0,) * len(CELL_CLASSES)

    def scores(self, logits: Tensor) -> Tensor:
        """[n, classes] whose softmax is what a cell probably is."""
        return _scores(logits, self.temperature, self.exponent, logits.new_tensor(self.offsets))

    def probabilities(self, logits: Tensor) -> Tensor:
        return torch.softmax(self.scores(logits), 1)

    def facts(self) -> dict:
        """What a card or a run says of it."""
        offsets = [round(v, 4) for v in self.offsets]
        return {
            "temperature": round(self.temperature, 4),
            "exponent": round(self.exponent, 4),
            "offsets": offsets,
        }


def of_card(card: dict) -> Calibration:
    """What a card says; where it says nothing of an exponent the graph was made before there was one."""
    return Calibration(card["temperature"], card.get("exponent", 1.0), tuple(card["offsets"]))


def calibrate(logits: Tensor, labels: Tensor) -> Calibration:
    """The best calibrated on these cells: of least negative log-likelihood."""
    logits = logits.double()
    heat, bent = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _ in range(2))
    offsets = torch.zeros(logits.shape[1], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([heat, bent, offsets], max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        scores = _scores(logits, _within(heat, MOST_HEAT), _within(bent, MOST_BENT), offsets)
        pull = PULL * (offsets.square().sum() + bent.square())
        value = torch.nn.functional.cross_entropy(scores, labels) + pull
        value.backward()
        return value

    optimiser.step(loss)
    with torch.no_grad():
        found = [float(_within(heat, MOST_HEAT)), float(_within(bent, MOST_BENT))]
        return Calibration(*found, tuple((offsets - offsets.mean()).tolist()))


def _within(x: Tensor, most: float) -> Tensor:
    """Of any number one between 1 / most and most; of 0 it is 1, and near it e to the x."""
    limit = math.log(most)
    return torch.exp(limit * torch.tanh(x / limit))


def _scores(logits: Tensor, temperature, exponent, offsets: Tensor) -> Tensor:
    scores = logits / temperature + offsets
    margin = scores.amax(1, keepdim=True) - scores
    return -(margin.clamp_min(1e-6) ** exponent)  # at 0 a power has no slope to learn from
