"""One variant with one seed: trained within the budget, then run on val and test."""

import json
import os
import time
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch

from ... import results
from ...data.crops import STORE_UM_PER_PIXEL, CropStore, balanced_epoch
from ...recogniser import classical
from ...recogniser.pretrain import pretrain, training_cells
from ...recogniser.settings import strength_of
from . import answers
from .learn import learn, logits
from .settings import Config
from .variants import VARIANTS, build

SPLITS = ("train", "val", "test")


class Held(dict[str, CropStore]):
    """Cells by split, and `every` cell that pre-training may see, read when a variant first asks for them."""

    def __init__(self, data: Path, config: Config):
        super().__init__(
            {split: CropStore.labelled(data, split, config.sources, config.types) for split in SPLITS}
        )
        self.data, self.config = data, config

    def __missing__(self, name: str) -> CropStore:
        if name != "every":
            raise KeyError(name)
        self[name] = training_cells(self.data, self.config)
        return self[name]


def of_model(model) -> answers.Answer:
    return lambda images: classical.logits(model, classical.measured(images, STORE_UM_PER_PIXEL))


def features(store: CropStore, file: Path) -> np.ndarray:
    """Measured once for all runs in the same parent folder."""
    if file.exists():
        found = np.load(file)
        if len(found) == len(store):
            return found
    found = classical.measured(store.images, STORE_UM_PER_PIXEL)
    partial = file.with_suffix(f".{os.getpid()}.npy")  # two processes may write it
    np.save(partial, found)
    partial.replace(file)
    return found


def by_features(
    kind: str,
    values: dict[str, np.ndarray],
    labels: dict[str, np.ndarray],
    config: Config,
    seed: int,
    folder: Path,
) -> tuple[dict[str, torch.Tensor], dict, float, answers.Answer]:
    """Trained on the features of train, with the settings chosen on val: logits of val and test, the
    settings, seconds, and what answers a batch."""
    started = time.time()
    chosen = balanced_epoch(labels["train"], config.cap, np.random.default_rng([seed, 0]))
    model, best = classical.fit(
        kind, values["train"][chosen], labels["train"][chosen], values["val"], labels["val"], seed
    )
    seconds = time.time() - started
    classical.keep(model, folder / "model.joblib")
    predictions = {
        split: torch.from_numpy(classical.logits(model, values[split])) for split in ("val", "test")
    }
    return predictions, asdict(best), seconds, of_model(model)


def run(name: str, config: Config, seed: int, folder: Path, held: Held) -> None:
    """Write val.json, test.json and, last, run.json into the folder."""
    variant = VARIANTS[name]
    folder.mkdir(parents=True, exist_ok=True)
    settings: dict = {"variant": asdict(variant), "config": asdict(config)}
    if variant.trained:
        torch.manual_seed(seed)
        network = build(variant, config)
        if variant.pretrained:
            before = replace(config, seed=seed)
            pretrain(
                network,
                config.dim,
                held["every"],
                before,
                config.pretrain_steps,
                config.crop_size,
                folder / "before",
            )
        rate = config.rate if variant.kind == "ours" else config.peer_rate
        network, seconds = learn(
            network, config, strength_of(config), variant.contrastive, rate, seed, folder, held["train"]
        )
        torch.save(network.state_dict(), folder / "average.pt")
        predictions = {split: logits(network, held[split], config) for split in ("val", "test")}
        parameters, answer = sum(p.numel() for p in network.parameters()), answers.of_network(network, config)
    else:
        files = {split: folder.parent / f"features-{split}.npy" for split in SPLITS}
        values = {split: features(held[split], files[split]) for split in SPLITS}
        labels = {split: held[split].labels for split in ("train", "val")}
        predictions, settings["chosen"], seconds, answer = by_features(
            variant.kind, values, labels, config, seed, folder
        )
        parameters = 0
    calibration = answers.write(folder, held, predictions)
    facts = {
        "variant": name,
        "seed": seed,
        "steps": config.steps if variant.trained else 0,
        "batch": config.batch if variant.trained else 0,
        "trainSeconds": round(seconds, 1),
        "parameters": parameters,
        "millisecondsPerCell": round(answers.milliseconds(answer, held["val"].images), 3),
        "calibration": calibration,
        "settings": settings,
    }
    results.write(folder / "run.json", facts)
    (folder / "checkpoint.pt").unlink(missing_ok=True)


def ask_again(folders: list[Path], data: Path) -> None:
    """Measure again, with nothing else running, how long finished runs take for a cell. Their answers stay."""
    images = None
    for folder in folders:
        facts = json.loads((folder / "run.json").read_text())
        kept = facts["settings"]["config"]
        config = Config(**{k: tuple(v) if isinstance(v, list) else v for k, v in kept.items()})
        if images is None:
            images = CropStore.labelled(data, "val", config.sources[:1], config.types).images
        variant = VARIANTS[facts["variant"]]
        if variant.trained:
            network = build(variant, config)
            network.load_state_dict(torch.load(folder / "average.pt", weights_only=True))
            answer = answers.of_network(network.eval(), config)
        else:
            answer = of_model(classical.kept(folder / "model.joblib"))
        spent = answers.milliseconds(answer, images)
        results.write(folder / "run.json", facts | {"millisecondsPerCell": round(spent, 3)})
        print(f"{folder.name}: {spent:.2f} ms a cell", flush=True)
