"""Turns a recogniser's outputs into probabilities: of the answers given with 0.8, eight in ten are to be
right."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from ..cells import CELL_CLASSES

PULL = 1e-3  # keeps the offsets near 0 and the exponent near 1
# Limits in both directions, for a few cells or for a network that has learnt nothing.
MOST_HEAT, MOST_BENT = 100.0, 3.0


@dataclass(frozen=True)
class Calibration:
    """softmax(-margin ** exponent). The margin of a class is how far its logit / temperature + offset lies
    below the largest one. With the exponent 1 this is ordinary temperature scaling (Guo 2017). A larger
    exponent makes sure answers surer and middling answers less sure, which no temperature can do, and keeps
    the order of the classes (as Rahimi 2020 asks). offsets [classes] undo what undersampling did to the
    frequencies."""

    temperature: float = 1.0
    exponent: float = 1.0
    offsets: tuple[float, ...] = (0.0,) * len(CELL_CLASSES)

    def scores(self, logits: Tensor) -> Tensor:
        """[n, classes]: scores whose softmax is the probability of each class."""
        return _scores(logits, self.temperature, self.exponent, logits.new_tensor(self.offsets))

    def probabilities(self, logits: Tensor) -> Tensor:
        return torch.softmax(self.scores(logits), 1)

    def facts(self) -> dict:
        """What a card or a run states about it."""
        offsets = [round(v, 4) for v in self.offsets]
        return {
            "temperature": round(self.temperature, 4),
            "exponent": round(self.exponent, 4),
            "offsets": offsets,
        }


def of_card(card: dict) -> Calibration:
    """The calibration that a card states. A graph from before there was an exponent has the exponent 1."""
    return Calibration(card["temperature"], card.get("exponent", 1.0), tuple(card["offsets"]))


def calibrate(logits: Tensor, labels: Tensor) -> Calibration:
    """The calibration of smallest negative log-likelihood on these cells."""
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
    """Maps any number to one between 1 / most and most: 0 to 1, and x near 0 to about e^x."""
    limit = math.log(most)
    return torch.exp(limit * torch.tanh(x / limit))


def _scores(logits: Tensor, temperature, exponent, offsets: Tensor) -> Tensor:
    scores = logits / temperature + offsets
    margin = scores.amax(1, keepdim=True) - scores
    return -(margin.clamp_min(1e-6) ** exponent)  # at 0 a power has no gradient
