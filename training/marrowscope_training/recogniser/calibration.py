"""Makes a recogniser's numbers probabilities: of the answers given with 0.8, eight in ten are to be right."""

from dataclasses import dataclass

import torch
from torch import Tensor

from ..cells import CELL_CLASSES

PULL = 1e-3  # holds the offsets near 0 and the exponent near 1


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
    log_t, log_e = torch.zeros((), requires_grad=True), torch.zeros((), requires_grad=True)
    offsets = torch.zeros(logits.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([log_t, log_e, offsets], max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        scores = _scores(logits, log_t.exp(), log_e.exp(), offsets)
        value = torch.nn.functional.cross_entropy(scores, labels) + PULL * (
            offsets.square().sum() + log_e.square()
        )
        value.backward()
        return value

    optimiser.step(loss)
    centred = (offsets - offsets.mean()).detach()
    return Calibration(float(log_t.detach().exp()), float(log_e.detach().exp()), tuple(centred.tolist()))


def _scores(logits: Tensor, temperature, exponent, offsets: Tensor) -> Tensor:
    scores = logits / temperature + offsets
    margin = scores.amax(1, keepdim=True) - scores
    return -(margin.clamp_min(1e-6) ** exponent)  # at 0 a power has no slope to learn from
