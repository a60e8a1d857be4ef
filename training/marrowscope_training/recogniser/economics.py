"""python -m marrowscope_training economics [--models models] [--out runs/economics] [--config FILE] [--views 4,2,1]
                                           [--sides 88,72,64] [--precisions float32,int8,int8-blocks] [--limit N]

Writes an exported recogniser again in cheaper forms, each in a folder of its own: fewer mirror views, the
same field of view in fewer pixels, 8-bit matrices. Every form is calibrated on val by the answers of its own
graph. `npm run -s bench -- economics` measures what each costs and how well it recognises cells.
"""

import argparse
import itertools
import json
import logging
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from .. import config as configs
from .. import export as common
from ..arguments import add_data, add_models, add_threads, data_of
from ..data.crops import CropStore, evenly
from .calibration import of_card
from .export import Exported, answers, calibrated_graph, graph_facts, val_metrics
from .home import Home, home_of_card
from .metrics import macro_f1
from .network import PATCH, VIEWS, Recogniser
from .onnx_answers import pictures
from .settings import Config, build, centred, in_colours
from .warm_start import WrongGraph, warm_start

CONFIG = Path(__file__).parents[2] / "configs/recogniser-deep.toml"
PRECISIONS = ("float32", "int8", "int8-blocks")
CHECKED = 64  # cells on which the network is compared with the graph that it was read from


class WrongOption(ValueError):
    """This network has no such form."""


@dataclass(frozen=True)
class Option:
    """side: pixels of a crop. views: number of mirror images whose logits are averaged. precision: of the
    matrices that are multiplied with activations; "int8-blocks" means those of the blocks only, without
    region selection and head."""

    side: int
    views: int
    precision: str

    def name(self, usual_side: int) -> str:
        side = "" if self.side == usual_side else f"side-{self.side}-"
        return f"{side}views-{self.views}" + ("" if self.precision == "float32" else f"-{self.precision}")


def read(models: Path, config: Config, val: CropStore) -> tuple[Recogniser, dict, Home | None]:
    """The network of models/recogniser.onnx, its card and its home. Raises WrongGraph where the configuration
    belongs to another network, also where the weights fit but the answers differ, as with another number of
    heads."""
    file = models / "recogniser.onnx"
    card = json.loads(file.with_suffix(".json").read_text())
    if (card["cropSize"], card["umPerPixel"]) != (config.crop_size, config.um_per_pixel):
        raise WrongGraph(
            f"{file} takes {card['cropSize']} pixels of {card['umPerPixel']} µm, the configuration says "
            f"{config.crop_size} of {config.um_per_pixel}: give the one that it was trained by, with --config"
        )
    network, some = build(config), evenly(len(val), CHECKED)
    warm_start(network, file, in_colours(centred(val.tensor(some), config), config))
    crops = pictures(val, some, config)
    home = home_of_card(card, file)
    ours = Exported(network, of_card(card), card.get("views", 4), config.colours, None, home)
    with torch.no_grad():
        predictions = ours(torch.from_numpy(crops))[0]
    apart = float((predictions - answers(file, crops).exp()).abs().max())
    if not apart <= common.TOLERANCE:
        raise WrongGraph(
            f"the network of this configuration and {file} differ by {apart:.1e} in a probability, more than "
            f"{common.TOLERANCE:.0e}: give the configuration that it was trained by, with --config"
        )
    print(f"{file}: read, largest difference of a probability {apart:.1e} on {len(crops)} cells of val")
    return network, card, home


def write(
    network: Recogniser,
    home: Home | None,
    option: Option,
    config: Config,
    val: CropStore,
    card: dict,
    folder: Path,
) -> None:
    """Write the graph of one option and its card: `card` with what differs."""
    side, um_per_pixel = option.side, config.um_per_pixel * config.crop_size / option.side
    config = replace(config, crop_size=side, um_per_pixel=um_per_pixel)
    crops = pictures(val, np.arange(len(val)), config)
    file = folder / "recogniser.onnx"
    measured = None if home is None else Home(home.cells.T)  # the usual similarity is measured again
    calibration, predictions = calibrated_graph(
        lambda calibration: Exported(network, calibration, option.views, config.colours, None, measured),
        crops,
        val.labels,
        option.precision,
        file,
    )
    score = macro_f1(val.labels, calibration.scores(predictions).argmax(1).numpy())[0]
    facts = {
        "cropSize": side,
        "umPerPixel": um_per_pixel,
        "precision": option.precision,
        "input": {
            "crops": f"uint8 [N, {side}, {side}, 3], RGB, {um_per_pixel:.4g} µm per pixel, the cell's box centred"
        },
        **graph_facts(calibration, option.views),
        **val_metrics(score),
        **({} if measured is None else measured.usual.facts()),
    }
    common.card(file, card | facts)
    print(
        f"{file}: {file.stat().st_size / 1e6:.1f} MB, val macro-F1 {score:.4f}, temperature {calibration.temperature:.3f}",
        flush=True,
    )


def options(sides: list[int], views: list[int], precisions: list[str], network: Recogniser) -> list[Option]:
    """All combinations. Raises WrongOption where one cannot be made."""
    if not isinstance(network, Recogniser):
        raise WrongOption(
            "cheaper forms are made of a network that is read back from its graph, and one on a pre-trained backbone cannot be; "
            "its form is chosen by `export`"
        )
    stride = network.patches.stride
    for side in sides:
        if side < PATCH or (side - PATCH) % stride:
            fit = ", ".join(str(s) for s in range(PATCH + 3 * stride, PATCH + 9 * stride, stride))
            raise WrongOption(f"patches do not cover a crop of {side} pixels exactly; they do {fit}")
    for known, asked in ((VIEWS, views), (PRECISIONS, precisions)):
        if unknown := [str(a) for a in asked if a not in known]:
            raise WrongOption(f"there is no {', '.join(unknown)}; choose among {', '.join(map(str, known))}")
    return [Option(*one) for one in itertools.product(sides, views, precisions)]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="marrowscope_training economics", description="Write a recogniser in cheaper forms"
    )
    add_models(parser)
    parser.add_argument("--out", type=Path, default=Path("runs/economics"), help="folder of the forms")
    parser.add_argument("--config", type=Path, default=CONFIG, help="how the network was built")
    parser.add_argument("--views", default="4,2,1", help="numbers of mirror views")
    parser.add_argument(
        "--sides", default="88,72,64", help="pixels of a crop; the field of view stays the same"
    )
    parser.add_argument("--precisions", default=",".join(PRECISIONS), help="of the matrices")
    parser.add_argument("--limit", type=int, help="use only N cells of val, evenly spread: for a trial")
    add_threads(parser)
    add_data(parser)
    a = parser.parse_args(arguments)
    data = data_of(parser, a)
    torch.set_num_threads(a.threads)
    logging.getLogger().setLevel(
        logging.ERROR
    )  # ONNX Runtime warns for each graph that it should be pre-processed
    config = configs.read(a.config, Config)
    sides, views = ([int(n) for n in text.split(",")] for text in (a.sides, a.views))
    try:
        wanted = options(sides, views, a.precisions.split(","), build(config))
        val = CropStore.labelled(data, "val", config.sources, config.types, config.folders)
        if a.limit:
            val.keep(evenly(len(val), a.limit))
        network, card, home = read(a.models, config, val)
        for option in wanted:
            write(network, home, option, config, val, card, a.out / option.name(config.crop_size))
    except (WrongGraph, WrongOption) as error:
        parser.exit(2, f"{error}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
