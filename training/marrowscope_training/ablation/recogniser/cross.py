"""Taught on one source and tested on both: what helps on the other one. A small network, the types that both have."""

from dataclasses import asdict
from pathlib import Path

import torch

from ... import results
from ...data import backgrounds, stain
from ...data.crops import CropStore, evenly
from ...recogniser.settings import build
from ..room import CONFIGS, Room
from . import answers
from .learn import Prepare, PrepareForUse, learn, logits
from .looks import Look, looks
from .settings import Config

SOURCES = ("pbc", "matek")
VARIANTS = {f"{source}-{name}": look for source in SOURCES for name, look in looks(source).items()}
GLASS = torch.tensor([0.9, 0.9, 0.9])
SAMPLE = 256  # training cells that the reference stain is measured on


def hold(data: Path, config: Config) -> dict[str, CropStore]:
    """Cells of train and val of each source, and of test of both."""
    held = {
        f"{split}-{source}": CropStore.labelled(data, split, (source,), config.types)
        for split in ("train", "val")
        for source in SOURCES
    }
    return held | {"test": CropStore.labelled(data, "test", SOURCES, config.types)}


def teaching(look: Look, cells: CropStore, kept: Path) -> Prepare | None:
    """What is done to training cells before pose and look are drawn. kept: a folder for the outlines."""
    use = using(look, cells, cells, kept / f"outlines-train-{look.source}.npy")
    if look.background != "swap":
        return None if use is None else lambda images, index, _: use(images, index)
    outlines = backgrounds.outlines(cells.images, kept / f"outlines-train-{look.source}.npy")
    return lambda images, index, g: backgrounds.swapped(images, backgrounds.masks(outlines[index]), 0.5, g)


def using(look: Look, store: CropStore, taught: CropStore, file: Path) -> PrepareForUse | None:
    """What is done to the cells of `store` in use, and in training too. file: for their outlines."""
    if look.background == "plain":
        outlines = backgrounds.outlines(store.images, file)
        return lambda images, index: backgrounds.plain(images, backgrounds.masks(outlines[index]), GLASS)
    if look.colours == "glass":
        return lambda images, _: stain.on_glass(images)
    if look.colours == "stain":
        target = stain.reference(taught.tensor(evenly(len(taught), SAMPLE)))
        return lambda images, _: stain.normalised(images, target)
    return None


def run(name: str, config: Config, seed: int, folder: Path, held: dict[str, CropStore]) -> None:
    """As in the other comparison; test.json holds both sources."""
    look = VARIANTS[name]
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    cells, beside = held[f"train-{look.source}"], folder.parent
    network, seconds = learn(
        build(config),
        config,
        look.strength,
        bool(config.contrastive_weight),
        config.rate,
        seed,
        folder,
        cells,
        teaching(look, cells, beside),
    )
    torch.save(network.state_dict(), folder / "average.pt")
    stores = {"val": held[f"val-{look.source}"], "test": held["test"]}
    files = {"val": beside / f"outlines-val-{look.source}.npy", "test": beside / "outlines-test.npy"}
    said = {
        split: logits(network, store, config, using(look, store, cells, files[split]))
        for split, store in stores.items()
    }
    calibration = answers.write(folder, stores, said)
    facts = {
        "variant": name,
        "seed": seed,
        "steps": config.steps,
        "batch": config.batch,
        "trainSeconds": round(seconds, 1),
        "parameters": sum(p.numel() for p in network.parameters()),
        "millisecondsPerCell": round(
            answers.milliseconds(answers.of_network(network, config), stores["val"].images), 3
        ),
        "calibration": calibration,
        "settings": {"look": asdict(look), "config": asdict(config)},
    }
    results.write(folder / "run.json", facts)
    (folder / "checkpoint.pt").unlink(missing_ok=True)


def ask_again(folders: list[Path], _: Path) -> None:
    raise SystemExit("all networks of this comparison are the same: there is no speed to measure again")


ROOM = Room(
    about="Compare what helps the recogniser on a source that it was not taught",
    names=tuple(VARIANTS),
    out=Path("runs/cross-ablation"),
    config=CONFIGS / "ablation-cross.toml",
    kind=Config,
    hold=hold,
    run=run,
    again=ask_again,
)
