"""Locations in real blood fields without a nucleus: red cells, platelets and empty ground, trained as
`not_identifiable`."""

from pathlib import Path

import numpy as np

from ..cells import NOT_IDENTIFIABLE
from . import sources, tiles

RED_CELLS, PLATELETS, EMPTY = 3, 1, 1  # at most, in each field
APART = 3.0  # minimum µm between a location and every box of a white cell; for an empty location, every box
INSIDE = (
    6.0  # µm from the border: the repeated border in a crop must not become the sign of a missing nucleus
)


def crops(data: Path, split: str) -> list[sources.Crop]:
    """Those of the training fields of txl_pbc and bccd. Other splits have none, since they would not measure
    how well types are told apart."""
    if split != "train":
        return []
    hide = tiles.held_out(data)
    found = []
    for read in (tiles.txl, tiles.bccd):
        kinds = [read(data, split, hide, kind) for kind in (tiles.WHITE, tiles.RED, tiles.PLATELET)]
        for number, ((file, white, scale), (_, red, _), (_, platelets, _)) in enumerate(zip(*kinds)):
            height, width = sources.read_image(file).shape[:2]
            rng = np.random.default_rng(number)
            anywhere, labelled = (
                rng.uniform(0, (width, height), (50, 2)),
                np.concatenate([white, red, platelets]),
            )
            for locations, boxes, most in (
                (_centres(red), white, RED_CELLS),
                (_centres(platelets), white, PLATELETS),
                (anywhere, labelled, EMPTY),
            ):
                inside = np.minimum(locations, (width, height) - locations).min(1) * scale > INSIDE
                free = _apart(locations, boxes) * scale > APART
                found += [
                    sources.Crop(file, "no_nucleus", NOT_IDENTIFIABLE, (float(x), float(y)), scale)
                    for x, y in rng.permutation(locations[inside & free])[:most]
                ]
    return found


def _centres(boxes: np.ndarray) -> np.ndarray:
    return (boxes[:, :2] + boxes[:, 2:]) / 2


def _apart(locations: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """[n]: the distance in pixels of each location [n, 2] from the nearest of the boxes [m, 4], along the
    longer axis."""
    outside = np.maximum(
        boxes[None, :, :2] - locations[:, None], locations[:, None] - boxes[None, :, 2:]
    ).max(2)
    return outside.min(1, initial=np.inf)
