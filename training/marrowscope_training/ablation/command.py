"""python -m marrowscope_training ablate detector|recogniser|cross [--only name,name] [--seeds 1,2,3] [--out FOLDER]
                                       [--config FILE] [--threads N] [--again]

The first seed of every variant is run first, so that a table is complete early. Finished runs are skipped and
interrupted ones continue. With --again the finished runs are measured again one after the other, so that
their milliseconds can be compared even where other programs ran beside the trainings.
"""

import argparse
import importlib
import sys
from pathlib import Path

import torch

from .. import config
from ..arguments import add_data, add_threads, data_of
from .study import Study

STUDIES = {"detector": "detector.study", "recogniser": "recogniser.study", "cross": "recogniser.cross"}


def order(names: list[str], seeds: list[int], out: Path) -> list[tuple[str, int, Path]]:
    """The runs that are left to do: name, seed, folder."""
    every = [(name, seed, out / f"{name}-{seed}") for seed in seeds for name in names]
    return [one for one in every if not (one[2] / "run.json").exists()]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="marrowscope_training ablate", description="Compare variants of a network and its peers"
    )
    parser.add_argument("study", choices=list(STUDIES))
    parser.add_argument("--only", help="names, separated by commas (default: all)")
    parser.add_argument("--seeds", default="1,2,3", help="separated by commas")
    parser.add_argument("--out", type=Path, help="folder of the runs")
    parser.add_argument("--config", type=Path, help="TOML file of the budget")
    add_threads(parser)
    parser.add_argument("--again", action="store_true", help="measure finished runs again")
    add_data(parser)
    a = parser.parse_args(arguments)
    study: Study = importlib.import_module(f"{__package__}.{STUDIES[a.study]}").STUDY
    names = a.only.split(",") if a.only else list(study.names)
    unknown = sorted(set(names) - set(study.names))
    if unknown:
        parser.error(f"no variant is called {', '.join(unknown)}; there are {', '.join(study.names)}")
    data = data_of(parser, a)
    torch.set_num_threads(a.threads)
    out = a.out or study.out
    seeds = [int(s) for s in a.seeds.split(",")]
    if a.again:
        every = [out / f"{name}-{seed}" for seed in seeds for name in names]
        study.again([folder for folder in every if (folder / "run.json").exists()], data)
        return
    left = order(names, seeds, out)
    if not left:
        print(f"nothing is left to do in {out}")
        return
    settings = config.read(a.config or study.config, study.kind)
    held = study.hold(data, settings)
    for number, (name, seed, folder) in enumerate(left, 1):
        print(f"{number} of {len(left)}: {name}, seed {seed}", flush=True)
        study.run(name, settings, seed, folder, held)


if __name__ == "__main__":
    main(sys.argv[1:])
