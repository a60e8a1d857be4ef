"""Trains a network: checkpoints, averaged weights, log, and a stop where the loss is not finite. Every
network uses it."""

import copy
import csv
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

from . import curves
from .muon import Muon

Batch = TypeVar("Batch")


@dataclass(frozen=True)
class Learning:
    """How a network learns. rate: of AdamW. matrix_rate: of Muon; with 0 AdamW learns everything. warmup: in
    steps. clip: the largest norm of a gradient. average: decay of the averaged weights."""

    rate: float = 2e-3
    matrix_rate: float = 0.0
    weight_decay: float = 0.02
    warmup: int = 100
    clip: float = 10.0
    average: float = 0.997


def accelerator() -> torch.device:
    """Where networks are trained: on a GPU where PyTorch finds one, else on the CPU. Batches are always drawn
    on the CPU, so that a run sees the same cells on any machine and can be continued on another one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


class NonFiniteLoss(RuntimeError):
    """The loss became infinite or NaN. The last checkpoint is from before that."""


def one_cycle(step: int, steps: int, warmup: int) -> float:
    """Factor of the learning rate: a linear warm-up, then half a cosine down to 1 %."""
    if step < warmup:
        return (step + 1) / warmup
    done = (step - warmup) / max(1, steps - warmup)
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


class Average:
    """Exponential moving average of the weights. This is what is measured and exported."""

    def __init__(self, network: nn.Module, decay: float):
        self.network, self.decay, self.updates = copy.deepcopy(network).eval(), decay, 0
        for p in self.network.parameters():
            p.requires_grad_(False)

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        self.updates += 1
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        for ours, theirs in zip(self.network.state_dict().values(), network.state_dict().values()):
            if ours.dtype.is_floating_point:
                ours.lerp_(theirs, 1 - decay)
            else:
                ours.copy_(theirs)


class Optimiser:
    """Muon (orthogonalised momentum) for the matrices inside the network, AdamW for everything else."""

    def __init__(
        self, network: nn.Module, learning: Learning, share: Callable[[str], float] = lambda name: 1.0
    ):
        """share(name): the share of the rate with which the parameter of this name learns."""
        matrices, others = [], {}
        for name, p in network.named_parameters():
            inner = p.ndim == 2 and min(p.shape) >= 16 and "head" not in name
            if learning.matrix_rate and inner:
                matrices.append(p)
            else:
                others.setdefault(share(name), []).append(p)
        groups = [{"params": p, "share": s} for s, p in others.items()]
        decay = learning.weight_decay
        self.parts = [torch.optim.AdamW(groups, lr=learning.rate, weight_decay=decay, betas=(0.9, 0.99))]
        if matrices:
            self.parts.append(Muon(matrices, lr=learning.matrix_rate, weight_decay=decay))
        self.rates = [learning.rate, learning.matrix_rate]

    def step(self, factor: float) -> None:
        for part, rate in zip(self.parts, self.rates):
            for group in part.param_groups:
                group["lr"] = rate * factor * group.get("share", 1.0)
            part.step()
            part.zero_grad(set_to_none=True)

    def state_dict(self) -> list[dict]:
        return [part.state_dict() for part in self.parts]

    def load_state_dict(self, states: list[dict]) -> None:
        for part, state in zip(self.parts, states):
            part.load_state_dict(state)


def averaged(checkpoint: Path) -> dict[str, Tensor]:
    """The averaged weights in a run's checkpoint.pt, on the CPU wherever they were trained."""
    return torch.load(checkpoint, "cpu", weights_only=True)["average"]


class Run:
    """A network in training, on the accelerator, and its folder: checkpoint.pt (to resume and to export) and
    log.csv."""

    def __init__(
        self,
        folder: Path,
        network: nn.Module,
        learning: Learning,
        share: Callable[[str], float] = lambda name: 1.0,
    ):
        self.folder, self.learning, self.device = folder, learning, accelerator()
        self.network = network.to(self.device)
        self.optimiser = Optimiser(network, learning, share)
        self.average = Average(network, learning.average)
        self.step, self.sums, self.count, self.started = 0, {}, 0, time.time()
        folder.mkdir(parents=True, exist_ok=True)

    def resume(self) -> bool:
        file = self.folder / "checkpoint.pt"
        if not file.exists():
            return False
        state = torch.load(file, "cpu", weights_only=True)
        self.network.load_state_dict(state["network"])
        self.average.network.load_state_dict(state["average"])
        self.average.updates = state["updates"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.step = state["step"]
        self.started = time.time() - state.get("seconds", 0)
        return True

    def save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "average": self.average.network.state_dict(),
            "updates": self.average.updates,
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "seconds": time.time() - self.started,
        }
        partial = self.folder / "checkpoint.partial"
        torch.save(state, partial)
        partial.replace(self.folder / "checkpoint.pt")

    def learn(self, parts: dict[str, Tensor], factor: float) -> None:
        """One step down the gradient of the sum of the loss's parts. Raises NonFiniteLoss before the weights
        change."""
        total = sum(parts.values())
        if not torch.isfinite(total):
            raise NonFiniteLoss(
                f"step {self.step}: " + ", ".join(f"{k} {v.item()}" for k, v in parts.items())
            )
        total.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), self.learning.clip)
        self.optimiser.step(factor)
        self.average.update(self.network)
        self.step += 1
        for key, value in parts.items():
            self.sums[key] = self.sums.get(key, 0.0) + value.item()
        self.count += 1

    def log(self, **extra: float) -> None:
        """Append the mean losses since the last call to log.csv, and print them."""
        row = {"step": self.step, "seconds": round(time.time() - self.started)}
        row |= {k: round(v / max(1, self.count), 5) for k, v in self.sums.items()}
        row |= {k: round(v, 5) for k, v in extra.items()}
        self.sums, self.count = {}, 0
        file = self.folder / "log.csv"
        old = list(csv.DictReader(file.open())) if file.exists() else []
        names = list(dict.fromkeys([*(old[0] if old else {}), *row]))
        with file.open("w", newline="") as handle:
            writer = csv.DictWriter(handle, names)
            writer.writeheader()
            writer.writerows([*old, row])
        print("  ".join(f"{k} {v}" for k, v in row.items()), flush=True)


def fit(
    run: Run,
    steps: int,
    batch_at: Callable[[int], Batch],
    loss: Callable[[Batch], dict[str, Tensor]],
    *,
    every: int,
    seed: int | None = None,
    evaluate: Callable[[], dict[str, float]] | None = None,
    evaluate_every: int = 1,
) -> None:
    """Train the run's network until step `steps`, starting from its checkpoint where there is one.

    batch_at(step) must draw the same batch each time it is called for a step. loss(batch) returns the parts
    of the loss. The run is saved and its losses are logged every `every` steps and after the last one. The
    numbers that `evaluate` returns are logged, and curves.png is drawn, every `evaluate_every` steps and
    after the last one. `seed` seeds PyTorch at each step, so that dropout and the like are the same after a
    stop. Raises NonFiniteLoss.
    """
    if run.resume():
        print(f"resumed at step {run.step}")
    while run.step < steps:
        if seed is not None:
            torch.manual_seed(seed * 1_000_003 + run.step)
        batch = batch_at(run.step)
        run.network.train()
        run.learn(loss(batch), one_cycle(run.step, steps, run.learning.warmup))
        last = run.step >= steps
        measured = evaluate is not None and (last or run.step % evaluate_every == 0)
        if measured or last or run.step % every == 0:
            run.save()
            run.log(**(evaluate() if measured else {}))
        if measured or last:
            curves.draw(run.folder)
