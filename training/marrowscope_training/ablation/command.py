"""python -m marrowscope_training ablate [--only name,name] [--seeds 1,2,3] [--out runs/ablation] [--config FILE]

The first seed of every variant first, so that a table is whole early; what is finished is skipped, what was
interrupted goes on. With --again the finished networks are asked anew for their detections, one after the other: so
their milliseconds compare where the trainings did not have the machine for themselves.
"""

import argparse
import os
import sys
from pathlib import Path

import torch

from .. import config
from . import fields
from .run import Config, ask_again, run
from .variants import VARIANTS


def order(names: list[str], seeds: list[int], out: Path) -> list[tuple[str, int, Path]]:
    """What is left to do: name, seed, folder."""
    every = [(name, seed, out / f"{name}-{seed}") for seed in seeds for name in names]
    return [one for one in every if not (one[2] / "run.json").exists()]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="marrowscope_training ablate", description="Compare variants of the detector and its peers"
    )
    parser.add_argument("--only", help=f"names with commas between; all: {', '.join(VARIANTS)}")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--out", type=Path, default=Path("runs/ablation"))
    default = Path(__file__).resolve().parents[2] / "configs/ablation.toml"
    parser.add_argument("--config", type=Path, default=default)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--again", action="store_true", help="ask finished runs anew")
    parser.add_argument("--data", type=Path, default=os.environ.get("MARROWSCOPE_DATA"))
    a = parser.parse_args(arguments)
    names = a.only.split(",") if a.only else list(VARIANTS)
    unknown = sorted(set(names) - set(VARIANTS))
    if unknown:
        parser.error(f"no variant is called {', '.join(unknown)}; there are {', '.join(VARIANTS)}")
    if a.data is None:
        parser.error("say where the labelled images lie: --data or the environment variable MARROWSCOPE_DATA")
    torch.set_num_threads(a.threads)
    settings = config.read(a.config, Config)
    seeds = [int(s) for s in a.seeds.split(",")]
    if a.again:
        every = [a.out / f"{name}-{seed}" for seed in seeds for name in names]
        ask_again([folder for folder in every if (folder / "run.json").exists()], Path(a.data))
        return
    left = order(names, seeds, a.out)
    if not left:
        print(f"nothing is left to do in {a.out}")
        return
    held = {split: fields.read(Path(a.data), split) for split in ("train", "val", "test")}
    for number, (name, seed, folder) in enumerate(left, 1):
        print(f"{number} of {len(left)}: {name}, seed {seed}", flush=True)
        run(name, settings, seed, folder, held)


if __name__ == "__main__":
    main(sys.argv[1:])
