"""python -m marrowscope_training train detector|recogniser|blood --config FILE [--run FOLDER]
python -m marrowscope_training train recogniser --config FILE --leave-out SOURCE [--run FOLDER]
python -m marrowscope_training left-out RUN [RUN ...]
python -m marrowscope_training pretrain recogniser --config FILE [--run FOLDER]
python -m marrowscope_training evaluate detector|recogniser --run FOLDER [--split val]
python -m marrowscope_training export detector|recogniser --run FOLDER --out models
python -m marrowscope_training index tcia|pbc|pediatric FOLDER
python -m marrowscope_training label-noise [--split val] [--read FILE]
python -m marrowscope_training known-cells [--models models] [--split val]
python -m marrowscope_training scale-stability [--models models] [--split val]
python -m marrowscope_training ablate detector|recogniser|cross [--only NAME,NAME] [--seeds 1,2,3] [--again]
python -m marrowscope_training beside [--run runs/recogniser-ablation/svm-1]
python -m marrowscope_training economics [--models models] [--out runs/economics]"""

import argparse
import importlib
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import torch

from . import config
from .arguments import add_data, add_threads, data_of
from .data.public_sets import WrongFolder

# Commands that read their own arguments.
COMMANDS = {
    "ablate": "ablation.command",
    "beside": "recogniser.beside",
    "economics": "recogniser.economics",
    "index": "data.index_sets",
    "known-cells": "recogniser.known_cells",
    "left-out": "recogniser.left_out_table",
    "label-noise": "recogniser.label_noise",
    "scale-stability": "recogniser.scale_stability",
}


def main() -> None:
    if sys.argv[1:] and sys.argv[1] in COMMANDS:
        module = importlib.import_module(f"{__package__}.{COMMANDS[sys.argv[1]]}")
        return module.main(sys.argv[2:])
    parser = argparse.ArgumentParser(
        prog="marrowscope_training", description="Train, measure and export a network"
    )
    parser.add_argument("action", choices=["train", "pretrain", "evaluate", "export"])
    parser.add_argument("network", choices=["detector", "recogniser", "blood"])
    parser.add_argument("--config", type=Path, help="TOML file; a resumed run uses the one in its folder")
    parser.add_argument("--run", type=Path, help="folder of the run (default: runs/<network>-<config name>)")
    parser.add_argument(
        "--leave-out", metavar="SOURCE", help="train on all other sources and measure on this laboratory"
    )
    parser.add_argument("--split", choices=["val", "test"], default="val", help="for evaluate")
    parser.add_argument("--out", type=Path, default=Path("models"), help="for export: folder of the graph")
    add_threads(parser, os.cpu_count())
    add_data(parser)
    a = parser.parse_args()
    if a.network == "blood" and a.action != "train":
        parser.error("blood can only be trained; its detections are written to its folder")
    if a.action == "pretrain" and a.network != "recogniser":
        parser.error("only the recogniser can be pre-trained")
    if a.leave_out and (a.action != "train" or a.network != "recogniser" or a.config is None):
        parser.error("--leave-out goes with `train recogniser --config FILE`")
    torch.set_num_threads(a.threads)
    if a.run is None:
        if a.config is None:
            parser.error("give --config or --run")
        name = f"{a.network}-{a.config.stem}"
        a.run = Path("runs") / (f"left-out/{a.config.stem}-{a.leave_out}" if a.leave_out else name)
    kept = a.run / "config.toml"
    if a.config is not None and not kept.exists():
        a.run.mkdir(parents=True, exist_ok=True)
        shutil.copy(a.config, kept)
        if a.leave_out:
            kept.write_text(f'leave_out = "{a.leave_out}"\n' + kept.read_text())
    if not kept.exists():
        parser.error(f"{a.run} is no run: it has no config.toml")
    module = importlib.import_module(f"marrowscope_training.{a.network}.train")
    settings = config.read(kept, module.Config)
    start = getattr(settings, "start", "")
    if a.action == "train" and start and not Path(start).exists():
        parser.error(f"this training begins from {start}, which is not there; {kept} says how to make it")
    if a.leave_out and settings.teachers:
        parser.error(
            f"the teachers of {kept} have seen cells of {a.leave_out}: leave it out of a training without teachers"
        )
    needed = a.network != "recogniser" or module.needs_data(settings)
    data = data_of(parser, a) if needed else a.data
    try:
        run(a, module, settings, data)
    except WrongFolder as error:
        parser.exit(2, f"{error}\n")


def run(a: argparse.Namespace, module: ModuleType, settings, data: Path | None) -> None:
    package = f"marrowscope_training.{a.network}"
    if a.action == "train":
        module.train(settings, a.run, data)
    elif a.action == "pretrain":
        importlib.import_module(f"{package}.pretrain").begin(settings, a.run, data)
    elif a.action == "evaluate":
        importlib.import_module(f"{package}.evaluate").evaluate(settings, a.run, data, a.split)
    else:
        importlib.import_module(f"{package}.export").export(settings, a.run, data, a.out)


if __name__ == "__main__":
    main()
