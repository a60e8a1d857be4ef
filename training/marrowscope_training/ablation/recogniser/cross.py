"""Trained on one source and tested on both: what helps on the other one. A small network, or measured
features; only the types that both sources have."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from ... import results
from ...data import backgrounds, stain
from ...data.crops import CropStore, evenly
from ...recogniser import classical
from ...recogniser.settings import build
from ..study import CONFIGS, Study
from . import answers
from .augmentations import Augmentation, Measured, augmentations
from .learn import Prepare, PrepareForUse, learn, logits
from .run import by_features, features
from .settings import Config

SOURCES = ("pbc", "matek")
VARIANTS: dict[str, Augmentation | Measured] = {
    f"{source}-{name}": augmentation
    for source in SOURCES
    for name, augmentation in {
        **augmentations(source),
        "measured": Measured(source),
        "measured-rescaled": Measured(source, rescaled=True),
    }.items()
}
GLASS = torch.tensor([0.9, 0.9, 0.9])
SAMPLE = 256  # training cells on which the reference stain is measured


class Held(dict[str, CropStore]):
    """Cells of train and val of each source, and of test of both. `every-SOURCE` are its training cells of
    any type, read when a variant first asks for them."""

    def __init__(self, data: Path, config: Config):
        super().__init__(
            {
                f"{split}-{source}": CropStore.labelled(data, split, (source,), config.types)
                for split in ("train", "val")
                for source in SOURCES
            }
        )
        self["test"] = CropStore.labelled(data, "test", SOURCES, config.types)
        self.data = data

    def __missing__(self, name: str) -> CropStore:
        source = name.removeprefix("every-")
        if source == name or source not in SOURCES:
            raise KeyError(name)
        self[name] = CropStore.labelled(self.data, "train", (source,))
        return self[name]


def prepare_training(augmentation: Augmentation, cells: CropStore, kept: Path) -> Prepare | None:
    """What is done to training cells before the augmentation. kept: a folder for the outlines."""
    use = prepare_use(augmentation, cells, cells, kept / f"outlines-train-{augmentation.source}.npy")
    if augmentation.background != "swap":
        return None if use is None else lambda images, index, _: use(images, index)
    outlines = backgrounds.outlines(cells.images, kept / f"outlines-train-{augmentation.source}.npy")
    return lambda images, index, g: backgrounds.swapped(images, backgrounds.masks(outlines[index]), 0.5, g)


def prepare_use(
    augmentation: Augmentation, store: CropStore, trained: CropStore, file: Path
) -> PrepareForUse | None:
    """What is done to the cells of `store` in use, and in training too. file: for their outlines."""
    if augmentation.background == "plain":
        outlines = backgrounds.outlines(store.images, file)
        return lambda images, index: backgrounds.plain(images, backgrounds.masks(outlines[index]), GLASS)
    if augmentation.colours == "glass":
        return lambda images, _: stain.on_glass(images)
    if augmentation.colours == "stain":
        target = stain.reference(trained.tensor(evenly(len(trained), SAMPLE)))
        return lambda images, _: stain.normalised(images, target)
    return None


def run(name: str, config: Config, seed: int, folder: Path, held: Held) -> None:
    """As in the other comparison; test.json contains both sources."""
    augmentation = VARIANTS[name]
    folder.mkdir(parents=True, exist_ok=True)
    stores = {"val": held[f"val-{augmentation.source}"], "test": held["test"]}
    if isinstance(augmentation, Measured):
        predictions, facts, answer = by_measured(augmentation, config, seed, folder, held)
    else:
        predictions, facts, answer = by_network(augmentation, config, seed, folder, held, stores)
    calibration = answers.write(folder, stores, predictions)
    facts |= {
        "variant": name,
        "seed": seed,
        "millisecondsPerCell": round(answers.milliseconds(answer, stores["val"].images), 3),
        "calibration": calibration,
        "settings": {"look": asdict(augmentation), "config": asdict(config)},
    }
    results.write(folder / "run.json", facts)
    (folder / "checkpoint.pt").unlink(missing_ok=True)


def by_network(
    augmentation: Augmentation,
    config: Config,
    seed: int,
    folder: Path,
    held: Held,
    stores: dict[str, CropStore],
) -> tuple[dict[str, torch.Tensor], dict, answers.Answer]:
    """Logits of val and test; the costs of the training; what answers a batch."""
    torch.manual_seed(seed)
    cells, beside = held[f"train-{augmentation.source}"], folder.parent
    network, seconds = learn(
        build(config),
        config,
        augmentation.strength,
        bool(config.contrastive_weight),
        config.rate,
        seed,
        folder,
        cells,
        prepare_training(augmentation, cells, beside),
    )
    torch.save(network.state_dict(), folder / "average.pt")
    files = {"val": beside / f"outlines-val-{augmentation.source}.npy", "test": beside / "outlines-test.npy"}
    predictions = {
        split: logits(network, store, config, prepare_use(augmentation, store, cells, files[split]))
        for split, store in stores.items()
    }
    facts = {
        "steps": config.steps,
        "batch": config.batch,
        "trainSeconds": round(seconds, 1),
        "parameters": sum(p.numel() for p in network.parameters()),
    }
    return predictions, facts, answers.of_network(network, config)


def by_measured(
    augmentation: Measured, config: Config, seed: int, folder: Path, held: Held
) -> tuple[dict[str, torch.Tensor], dict, answers.Answer]:
    """The same for measured features. They are measured once for all runs in the same parent folder."""

    def values(name: str) -> np.ndarray:
        return features(held[name], folder.parent / f"features-{name}.npy")

    def seen(name: str) -> np.ndarray:
        found = values(name)
        if augmentation.rescaled:
            for source in SOURCES:
                own = held[name].sources == source
                if own.any():
                    found[own] = classical.rescaled(found[own], values(f"every-{source}"))
        return found

    names = {"train": f"train-{augmentation.source}", "val": f"val-{augmentation.source}", "test": "test"}
    labels = {split: held[name].labels for split, name in names.items()}
    own_scale = {split: seen(name) for split, name in names.items()}
    predictions, _, seconds, answer = by_features("svm", own_scale, labels, config, seed, folder)
    return predictions, {"steps": 0, "batch": 0, "trainSeconds": round(seconds, 1), "parameters": 0}, answer


def ask_again(folders: list[Path], _: Path) -> None:
    raise SystemExit("the networks of this comparison are alike: there is no speed to measure again")


STUDY = Study(
    about="Compare what helps the recogniser on a source that was not in its training",
    names=tuple(VARIANTS),
    out=Path("runs/cross-ablation"),
    config=CONFIGS / "ablation-cross.toml",
    kind=Config,
    hold=Held,
    run=run,
    again=ask_again,
)
