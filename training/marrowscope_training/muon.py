"""Muon (Jordan 2024): momentum that is made orthogonal before it is applied.

PyTorch's own version computes in bfloat16, which is thirty times slower than float32 on a CPU without
bfloat16 units. This one keeps float32.
"""

import torch
from torch import Tensor

QUINTIC = (3.4445, -4.7750, 2.0315)  # Newton-Schulz coefficients of the paper


def orthogonal(matrix: Tensor, steps: int) -> Tensor:
    """Roughly the nearest (semi-)orthogonal matrix: the singular values become about 0.7 to 1.2."""
    wide = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T
    x = wide / (wide.norm() + 1e-7)
    a, b, c = QUINTIC
    for _ in range(steps):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x if matrix.shape[0] <= matrix.shape[1] else x.T


class Muon(torch.optim.Optimizer):
    """For matrices only. `lr`: size of the step relative to a matrix whose singular values are 1."""

    def __init__(self, params, lr: float, weight_decay: float, momentum: float = 0.95, steps: int = 5):
        super().__init__(
            params, {"lr": lr, "weight_decay": weight_decay, "momentum": momentum, "steps": steps}
        )

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(p)
                m = state["momentum"].lerp_(p.grad, 1 - group["momentum"])
                change = orthogonal(p.grad.lerp(m, group["momentum"]), group["steps"])
                size = max(1.0, p.shape[0] / p.shape[1]) ** 0.5
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.add_(change, alpha=-group["lr"] * size)
