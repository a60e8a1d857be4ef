"""Trains the recogniser on the labelled cells and measures it on val."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch

from .. import curves
from ..cells import CELL_CLASSES, CELL_TYPES, INDEX, NOT_IDENTIFIABLE
from ..data.augment import Strength, appearance, pose
from ..data.crops import STORE_SIZE, STORE_UM_PER_PIXEL, CropStore, balanced_epoch
from ..data.strange import strangers
from ..engine import Optimiser, Run, one_cycle
from .losses import recognition
from .network import Recogniser, mirrored
from .warm_start import warm_start


@dataclass(frozen=True)
class Config:
    sources: tuple[str, ...] = ("matek", "pbc", "segpc")
    folders: dict[str, str] = field(default_factory=dict)  # public sets: where each lies
    cells_on_disk: bool = False  # training cells in the run's folder instead of in memory
    start: str = (
        ""  # an exported recogniser.onnx or a pre-training's start.pt to begin from; empty: random weights
    )
    pretrain_epochs: float = 20  # of `pretrain`, over all cells, with a type or without
    types: tuple[str, ...] = ()  # only these; empty: all
    um_per_pixel: float = 0.25
    crop_size: int = 88
    small_size: int = 64  # trained at this size (same field of view) for the first `small_share` of the steps
    small_share: float = 0.377
    epochs: float = 21.5
    measure_every: int = 2  # epochs
    cap: int = 1000
    batch: int = 96
    strangers: int = 0  # drawn pictures of no cell at all, taught beside each batch as not_identifiable
    seed: int = 1
    rate: float = 2e-3
    matrix_rate: float = 0.02
    weight_decay: float = 0.05
    warmup: int = 150
    clip: float = 5.0
    average: float = 0.997
    smoothing: float = 0.05
    contrastive_weight: float = 0.5
    margin: float = 0.4
    dim: int = 192
    depth: int = 6
    heads: int = 6
    overlap: bool = True
    stem: bool = True
    stem_widths: tuple[int, ...] = (32, 64)
    stem_blocks: tuple[int, ...] = (0, 2)
    regions: bool = True
    drop_path: float = 0.05
    augment: bool = True
    soften: float = (
        0.5  # augmentation of appearance and scale fades to this share over the last 40 % of the steps
    )
    scale: float = 0.15
    shift: float = 0.06
    stain: float = 0.15
    light: float = 0.12
    saturation: float = 0.25
    blur: float = 1.0
    noise: float = 0.03


def needs_data(config: Config) -> bool:
    """Whether a source lies in MARROWSCOPE_DATA: is none of the public sets that have a folder of their own."""
    return any(name not in config.folders for name in config.sources)


PARTS = ("dim", "depth", "heads", "overlap", "stem", "stem_widths", "stem_blocks", "regions", "drop_path")


def build(config: Config, **changed) -> Recogniser:
    """The network as configured, but for what is `changed`."""
    return Recogniser(len(CELL_CLASSES), **({name: getattr(config, name) for name in PARTS} | changed))


def strength_of(config: Config) -> Strength:
    """Augmentation as configured."""
    if not config.augment:
        return Strength(0, 0, 0, 0, 0, 0, 0)
    changes = (config.stain, config.light, config.saturation, config.blur, config.noise)
    return Strength(config.scale, config.shift, *changes)


def faded(strength: Strength, soften: float, progress: float) -> Strength:
    """Augmentation at a point of the run, `progress` 0..1: as it is, and over the last 40 % of the steps fading to the share
    `soften` in all but shift and turn, so that the last steps are taken on cells nearly as they are."""
    share = 1 - (1 - soften) * max(0.0, progress - 0.6) / 0.4
    names = ("scale", "stain", "light", "saturation", "blur", "noise", "jpeg", "balance")
    return replace(strength, **{name: getattr(strength, name) * share for name in names})


def zoom(config: Config, size: int) -> float:
    """Stored pixels per pixel of a crop that shows the same field of view in `size` pixels."""
    return config.um_per_pixel * config.crop_size / size / STORE_UM_PER_PIXEL


def centred(images: torch.Tensor, config: Config) -> torch.Tensor:
    """Stored cells [B, 3, 160, 160] -> crops [B, 3, S, S], upright and centred as in use."""
    side = round(zoom(config, config.crop_size) * config.crop_size)
    low = (STORE_SIZE - side) // 2
    part = images[..., low : low + side, low : low + side]
    return torch.nn.functional.interpolate(part, (config.crop_size,) * 2, mode="bilinear", antialias=True)


@torch.no_grad()
def predict(network: Recogniser, store: CropStore, config: Config, batch: int = 64) -> torch.Tensor:
    """Logits [n, 13] of a whole store, as the exported graph computes them."""
    network.eval()
    out = []
    for i in range(0, len(store), batch):
        images = store.tensor(np.arange(i, min(i + batch, len(store))))
        out.append(mirrored(network, centred(images, config))[0])
    return torch.cat(out)


def macro_f1(labels: np.ndarray, answers: np.ndarray) -> tuple[float, dict[str, float]]:
    """Mean F1 over the types that have examples, and each one's; not_identifiable is no type of cell, a cell
    that was called so is an error."""
    each = {}
    for i, name in enumerate(CELL_TYPES):
        true, said = labels == i, answers == i
        if true.any():
            each[name] = 2 * float((true & said).sum()) / float(true.sum() + said.sum())
    return float(np.mean(list(each.values()))), each


def calibrate(logits: torch.Tensor, labels: torch.Tensor, pull: float = 1e-3) -> tuple[float, torch.Tensor]:
    """Temperature T and one offset b [classes] that make softmax(logits / T + b) best calibrated: least negative
    log-likelihood (Guo 2017). The offsets, held near 0 by `pull`, undo what undersampling did to the frequencies."""
    log_t = torch.zeros((), requires_grad=True)
    offset = torch.zeros(logits.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([log_t, offset], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scaled = logits / log_t.exp() + offset
        value = torch.nn.functional.cross_entropy(scaled, labels) + pull * offset.square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    return float(log_t.detach().exp()), (offset - offset.mean()).detach()


def with_strangers(
    images: torch.Tensor, labels: torch.Tensor, count: int, rng: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """A batch [B, 3, S, S] and its labels with `count` strangers behind it."""
    real = (images[:16] * 255).clamp(0, 255).byte().permute(0, 2, 3, 1).numpy()
    drawn = torch.from_numpy(strangers(count, images.shape[-1], real, rng)).permute(0, 3, 1, 2).float() / 255
    strange = torch.full((count,), INDEX[NOT_IDENTIFIABLE])
    return torch.cat([images, drawn]), torch.cat([labels, strange])


def train(config: Config, folder: Path, data: Path | None = None) -> None:
    if data is None and needs_data(config):
        data = Path(os.environ["MARROWSCOPE_DATA"])
    torch.manual_seed(config.seed)
    network = build(config)
    kept = folder / "cells-train.npy" if config.cells_on_disk else None
    cells = CropStore.labelled(data, "train", config.sources, config.types, config.folders, kept)
    val = CropStore.labelled(data, "val", config.sources, config.types, config.folders)
    if config.start.endswith(".pt"):
        network.load_state_dict(torch.load(config.start, weights_only=True))
    elif config.start:
        some = np.random.default_rng(config.seed).choice(len(cells), 512, replace=False)
        warm_start(network, Path(config.start), centred(cells.tensor(np.sort(some)), config))
    run = Run(
        folder,
        network,
        Optimiser(network, config.rate, config.matrix_rate, config.weight_decay),
        config.average,
    )
    if run.resume():
        print(f"resumed at step {run.step}")
    per_epoch = len(balanced_epoch(cells.labels, config.cap, np.random.default_rng(0))) // config.batch
    steps = int(config.epochs * per_epoch)
    print(f"{len(cells)} cells, {len(val)} val, {per_epoch} steps an epoch, {steps} steps")
    while run.step < steps:
        epoch = run.step // per_epoch
        order = balanced_epoch(cells.labels, config.cap, np.random.default_rng([config.seed, epoch]))
        for at in range(run.step % per_epoch, per_epoch):
            if run.step >= steps:
                break
            index = order[at * config.batch : (at + 1) * config.batch]
            g = torch.Generator().manual_seed(config.seed * 1_000_003 + run.step)
            size = config.small_size if run.step < config.small_share * steps else config.crop_size
            soft = faded(strength_of(config), config.soften, run.step / steps)
            images = pose(cells.tensor(index), size, zoom(config, size), soft, g)
            labels = torch.from_numpy(cells.labels[index])
            if config.strangers:
                images, labels = with_strangers(
                    images, labels, config.strangers, np.random.default_rng([config.seed, run.step])
                )
            images = appearance(images, soft, g)
            network.train()
            logits, tokens, _ = network(images)
            parts = recognition(
                logits,
                tokens,
                labels,
                config.smoothing,
                config.contrastive_weight,
                config.margin,
            )
            run.learn(parts, one_cycle(run.step, steps, config.warmup), config.clip)
            if run.step % 50 == 0:
                run.log()
                run.save()
        run.save()
        if (epoch + 1) % config.measure_every == 0 or run.step >= steps:
            logits = predict(run.average.network, val, config)
            score, each = macro_f1(val.labels, logits.argmax(1).numpy())
            run.log(val_macro_f1=score)
            print("  ".join(f"{k} {v:.3f}" for k, v in each.items()), flush=True)
            curves.draw(folder)
