"""Trains the recogniser on the labelled cells and measures it on val."""

import os
from pathlib import Path

import numpy as np
import torch

from .. import curves
from ..cells import CELL_CLASSES, CELL_TYPES, INDEX, NOT_IDENTIFIABLE
from ..data.augment import appearance, pose
from ..data.crops import CropStore, balanced_epoch, possible
from ..data.strange import strangers
from ..engine import Optimiser, Run, accelerator, averaged, one_cycle
from .dinov2 import depth_share, read_weights
from .left_out import measure_left_out
from .losses import recognition, wanted
from .onnx_answers import onnx_answers
from .predict import quick, seen
from .settings import (
    Config,
    as_taught,
    build,
    centred,
    faded,
    needs_data,
    strength_of,
    taught_sources,
    zoom,
)
from .warm_start import warm_start


def macro_f1(labels: np.ndarray, answers: np.ndarray) -> tuple[float, dict[str, float]]:
    """Mean F1 over the types that have examples, and each one's; not_identifiable is no type of cell, a cell
    that was called so is an error."""
    known = labels >= 0
    labels, answers, each = labels[known], answers[known], {}
    for i, name in enumerate(CELL_TYPES):
        true, said = labels == i, answers == i
        if true.any():
            each[name] = 2 * float((true & said).sum()) / float(true.sum() + said.sum())
    return float(np.mean(list(each.values()))), each


def with_strangers(
    images: torch.Tensor, labels: torch.Tensor, config: Config, rng: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """A batch [B, 3, S, S] and its labels with the strangers behind it."""
    count = config.strangers
    real = (images[:16] * 255).clamp(0, 255).byte().permute(0, 2, 3, 1).numpy()
    drawn = torch.from_numpy(strangers(count, images.shape[-1], real, rng)).permute(0, 3, 1, 2).float() / 255
    strange = torch.full((count,), INDEX[NOT_IDENTIFIABLE])
    return torch.cat([images, as_taught(drawn, config)]), torch.cat([labels, strange])


def partial_of(labels: torch.Tensor) -> torch.Tensor | None:
    """The classes that are possible for each cell of a batch, where not all of them have a type."""
    return torch.from_numpy(possible(labels.numpy())) if (labels < 0).any() else None


def teaching(config: Config, cells: CropStore, folder: Path) -> torch.Tensor:
    """The mean of what the teachers say of each training cell, [n, K]; NaN where none is asked. Asked once for a run."""
    file = folder / "teachers.npy"
    if not file.exists():
        total, count = np.zeros((len(cells), len(CELL_CLASSES)), np.float32), np.zeros((len(cells), 1))
        for models, about in config.teachers.items():
            print(f"the answers of {models} are asked for", flush=True)
            index = np.flatnonzero(np.isin(cells.sources, about or np.unique(cells.sources)))
            total[index] += onnx_answers(Path(models), cells, ("probabilities",), index)[0]
            count[index] += 1
        np.save(file, np.where(count, total / np.maximum(count, 1), np.nan).astype(np.float32))
    return torch.from_numpy(np.load(file))


def train(config: Config, folder: Path, data: Path | None = None) -> None:
    if data is None and needs_data(config):
        data = Path(os.environ["MARROWSCOPE_DATA"])
    torch.manual_seed(config.seed)
    network = build(config)
    taught_by = taught_sources(config)
    kept = folder / "cells-train.npy" if config.cells_on_disk else None
    cells = CropStore.labelled(data, "train", taught_by, config.types, config.folders, kept)
    val = CropStore.labelled(data, "val", taught_by, config.types, config.folders)
    if config.start.endswith("checkpoint.pt"):
        network.load_state_dict(averaged(Path(config.start)))
    elif config.start.endswith(".pt"):
        network.load_state_dict(torch.load(config.start, "cpu", weights_only=True))
    elif config.start:
        some = np.random.default_rng(config.seed).choice(len(cells), 512, replace=False)
        crops = centred(cells.tensor(np.sort(some)), config)
        warm_start(network, Path(config.start), as_taught(crops, config))
    elif config.weights:
        read_weights(network, Path(config.weights).expanduser())
    place = accelerator()
    network.to(place)
    run = Run(
        folder,
        network,
        Optimiser(
            network,
            config.rate,
            config.matrix_rate,
            config.weight_decay,
            lambda name: depth_share(name, config.layer_decay) if config.backbone else 1.0,
        ),
        config.average,
    )
    if run.resume():
        print(f"resumed at step {run.step}")
    taught = teaching(config, cells, folder) if config.teachers else None
    groups = cells.sources if config.by_source else None
    per_epoch = (
        len(balanced_epoch(cells.labels, config.cap, np.random.default_rng(0), groups)) // config.batch
    )
    steps = int(config.epochs * per_epoch)
    print(f"{len(cells)} cells, {len(val)} val, {per_epoch} steps an epoch, {steps} steps")
    while run.step < steps:
        epoch = run.step // per_epoch
        order = balanced_epoch(cells.labels, config.cap, np.random.default_rng([config.seed, epoch]), groups)
        for at in range(run.step % per_epoch, per_epoch):
            if run.step >= steps:
                break
            index = order[at * config.batch : (at + 1) * config.batch]
            g = torch.Generator().manual_seed(config.seed * 1_000_003 + run.step)
            size = config.small_size if run.step < config.small_share * steps else config.crop_size
            strength = faded(strength_of(config), config.soften, run.step / steps)
            images = pose(as_taught(cells.tensor(index), config), size, zoom(config, size), strength, g)
            labels = torch.from_numpy(cells.labels[index])
            if config.strangers:
                images, labels = with_strangers(
                    images, labels, config, np.random.default_rng([config.seed, run.step])
                )
            images = appearance(images, strength, g)
            if config.colours_last:
                images = as_taught(images, config)
            network.train()
            with quick(config, place):
                logits, tokens, _ = (said.float().cpu() for said in network(images.to(place)))
            soft = None if taught is None else wanted(labels, taught[index], config.teacher_share)
            parts = recognition(
                logits,
                tokens,
                labels,
                config.smoothing,
                config.contrastive_weight,
                config.margin,
                soft,
                partial_of(labels),
            )
            run.learn(parts, one_cycle(run.step, steps, config.warmup), config.clip)
            if run.step % 50 == 0:
                run.log()
                run.save()
        run.save()
        if (epoch + 1) % config.measure_every == 0 or run.step >= steps:
            logits = seen(run.average.network, val, config)[0]
            score, each = macro_f1(val.labels, logits.argmax(1).numpy())
            by_source = {
                f"val_{s}": macro_f1(
                    val.labels[val.sources == s], logits.argmax(1).numpy()[val.sources == s]
                )[0]
                for s in np.unique(val.sources)
            }
            run.log(val_macro_f1=score, **by_source)
            print("  ".join(f"{k} {v:.3f}" for k, v in each.items()), flush=True)
            curves.draw(folder)
    if config.leave_out:
        measure_left_out(config, run.average.network, data, cells, val, folder)
