"""Trains the recogniser on the labelled cells and measures it on val."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..cells import CELL_CLASSES, INDEX, NOT_IDENTIFIABLE
from ..data.augment import geometric, photometric
from ..data.crops import Batches, CropStore, balanced_epoch, possible
from ..data.out_of_distribution import out_of_distribution
from ..engine import Run, averaged, fit
from .dinov2 import depth_share, read_weights
from .left_out import measure_left_out
from .losses import recognition, soft_targets
from .metrics import by_source, macro_f1
from .onnx_answers import onnx_answers
from .predict import autocast, predict
from .settings import (
    Config,
    build,
    centred,
    faded,
    in_colours,
    needs_data,
    strength_of,
    trained_sources,
    zoom,
)
from .warm_start import warm_start


def with_out_of_distribution(
    images: torch.Tensor, labels: torch.Tensor, config: Config, rng: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """A batch [B, 3, S, S] and its labels, with out-of-distribution pictures appended."""
    count = config.strangers
    real = (images[:16] * 255).clamp(0, 255).byte().permute(0, 2, 3, 1).numpy()
    drawn = torch.from_numpy(out_of_distribution(count, images.shape[-1], real, rng))
    drawn = drawn.permute(0, 3, 1, 2).float() / 255
    no_type = torch.full((count,), INDEX[NOT_IDENTIFIABLE])
    return torch.cat([images, in_colours(drawn, config)]), torch.cat([labels, no_type])


def partial_of(labels: torch.Tensor) -> torch.Tensor | None:
    """The possible classes of each cell of a batch, where some have no type; else None."""
    return torch.from_numpy(possible(labels.numpy())) if (labels < 0).any() else None


def teacher_answers(config: Config, cells: CropStore, folder: Path) -> torch.Tensor:
    """The mean of the teachers' answers for each training cell, [n, K]; NaN where none is asked. Computed
    once for a run."""
    file = folder / "teachers.npy"
    if not file.exists():
        total, count = np.zeros((len(cells), len(CELL_CLASSES)), np.float32), np.zeros((len(cells), 1))
        for models, about in config.teachers.items():
            print(f"asking {models} for its answers", flush=True)
            index = np.flatnonzero(np.isin(cells.sources, about or np.unique(cells.sources)))
            total[index] += onnx_answers(Path(models), cells, ("probabilities",), index)[0]
            count[index] += 1
        np.save(file, np.where(count, total / np.maximum(count, 1), np.nan).astype(np.float32))
    return torch.from_numpy(np.load(file))


def begin_from(network: nn.Module, config: Config, cells: CropStore) -> None:
    """Load the weights from which, by the configuration, the training begins."""
    if config.start.endswith("checkpoint.pt"):
        network.load_state_dict(averaged(Path(config.start)))
    elif config.start.endswith(".pt"):
        network.load_state_dict(torch.load(config.start, "cpu", weights_only=True))
    elif config.start:
        some = np.random.default_rng(config.seed).choice(len(cells), 512, replace=False)
        crops = centred(cells.tensor(np.sort(some)), config)
        warm_start(network, Path(config.start), in_colours(crops, config))
    elif config.weights:
        read_weights(network, Path(config.weights).expanduser())


@dataclass(frozen=True)
class Batch:
    """index [b]: cells of the store. images [B, 3, S, S] and labels [B]: of these and of the
    out-of-distribution pictures behind them."""

    index: np.ndarray
    images: torch.Tensor
    labels: torch.Tensor


def draw(config: Config, cells: CropStore, index: np.ndarray, step: int, steps: int) -> Batch:
    """The cells `index` as the network sees them at this step."""
    g = torch.Generator().manual_seed(config.seed * 1_000_003 + step)
    size = config.small_size if step < config.small_share * steps else config.crop_size
    strength = faded(strength_of(config), config.soften, step / steps)
    images = geometric(in_colours(cells.tensor(index), config), size, zoom(config, size), strength, g)
    labels = torch.from_numpy(cells.labels[index])
    if config.strangers:
        images, labels = with_out_of_distribution(
            images, labels, config, np.random.default_rng([config.seed, step])
        )
    images = photometric(images, strength, g)
    return Batch(index, in_colours(images, config) if config.colours_last else images, labels)


def train(config: Config, folder: Path, data: Path | None = None) -> None:
    if data is None and needs_data(config):
        data = Path(os.environ["MARROWSCOPE_DATA"])
    torch.manual_seed(config.seed)
    network = build(config)
    trained_on = trained_sources(config)
    kept = folder / "cells-train.npy" if config.cells_on_disk else None
    cells = CropStore.labelled(data, "train", trained_on, config.types, config.folders, kept)
    val = CropStore.labelled(data, "val", trained_on, config.types, config.folders)
    begin_from(network, config, cells)
    share = lambda name: depth_share(name, config.layer_decay) if config.backbone else 1.0
    run = Run(folder, network, config, share)
    from_teachers = teacher_answers(config, cells, folder) if config.teachers else None
    groups = cells.sources if config.by_source else None
    batches = Batches(
        lambda rng: balanced_epoch(cells.labels, config.cap, rng, groups), config.batch, config.seed
    )
    steps = int(config.epochs * batches.per_epoch)
    print(f"{len(cells)} cells, {len(val)} val, {batches.per_epoch} steps an epoch, {steps} steps")

    def loss(batch: Batch) -> dict[str, torch.Tensor]:
        with autocast(config, run.device):
            logits, tokens, _ = (output.float().cpu() for output in network(batch.images.to(run.device)))
        targets = (
            None
            if from_teachers is None
            else soft_targets(batch.labels, from_teachers[batch.index], config.teacher_share)
        )
        return recognition(
            logits,
            tokens,
            batch.labels,
            config.smoothing,
            config.contrastive_weight,
            config.margin,
            targets,
            partial_of(batch.labels),
        )

    def evaluate() -> dict[str, float]:
        answers = predict(run.average.network, val, config)[0].argmax(1).numpy()
        score, each = macro_f1(val.labels, answers)
        print("  ".join(f"{k} {v:.3f}" for k, v in each.items()), flush=True)
        sources = by_source(val.labels, answers, val.sources)
        return {"val_macro_f1": score} | {f"val_{source}": value for source, value in sources.items()}

    fit(
        run,
        steps,
        lambda step: draw(config, cells, batches.at(step), step, steps),
        loss,
        every=50,
        evaluate=evaluate,
        evaluate_every=config.measure_every * batches.per_epoch,
    )
    if config.leave_out:
        measure_left_out(config, run.average.network, data, cells, val, folder)
