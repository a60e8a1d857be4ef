"""How many cells an exported recogniser names otherwise when the scale of their picture is taken wrongly.

python -m marrowscope_training scale-stability [--models models] [--sources matek,pbc,segpc,marrow] [--split val]
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..arguments import add_data, data_of
from ..data.crops import CropStore
from .onnx_answers import ask, pictures
from .settings import Config

SOURCES = "matek,pbc,segpc,marrow"
FACTORS = (1 / 1.2, 1 / 1.1, 1.0, 1.1, 1.2)  # of the true scale: with 1.2 a cell is shown larger than it is


def answers(models: Path, store: CropStore, factor: float) -> np.ndarray:
    """The class [n] that models/recogniser.onnx calls each cell when `factor` times its µm per pixel is taken to be right."""
    card = json.loads((models / "recogniser.json").read_text())
    # A picture whose pixels are said to be larger is cut smaller: the same crop shows less of it.
    config = replace(Config(), crop_size=card["cropSize"], um_per_pixel=card["umPerPixel"] / factor)
    crops = pictures(store, np.arange(len(store)), config)
    return ask(models / card["file"], crops, ("probabilities",))[0].argmax(1)


def changed(store: CropStore, named: dict[float, np.ndarray]) -> list[dict]:
    """For each source, and all, the share of cells 0..1 that another scale than the true one names otherwise."""
    rows = []
    for source in ("all", *np.unique(store.sources)):
        of = np.ones(len(store), bool) if source == "all" else store.sources == source
        others = {str(f): round(float((n != named[1.0])[of].mean()), 4) for f, n in named.items() if f != 1.0}
        rows.append({"source": source, "cells": int(of.sum()), **others})
    return rows


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="marrowscope_training scale-stability", description="Names of cells under a wrong scale"
    )
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--sources", default=SOURCES)
    parser.add_argument("--split", choices=["val", "test"], default="val")
    add_data(parser)
    a = parser.parse_args(arguments)
    store = CropStore.labelled(data_of(parser, a), a.split, tuple(a.sources.split(",")))
    named = {factor: answers(a.models, store, factor) for factor in FACTORS}
    print("| cells of | cells | " + " | ".join(f"x{f:.2f}, %" for f in FACTORS if f != 1.0) + " |")
    print("|---|---" + "|---" * (len(FACTORS) - 1) + "|")
    for row in changed(store, named):
        shares = (f"{100 * v:.1f}" for k, v in row.items() if k not in ("source", "cells"))
        print(f"| {row['source']} | {row['cells']} | {' | '.join(shares)} |")
