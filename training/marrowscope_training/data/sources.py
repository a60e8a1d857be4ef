"""The labelled images in MARROWSCOPE_DATA, and the scale of each source.

Scales are µm per pixel, measured on red cells, which are taken as 7.5 µm wide.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

UM_PER_PIXEL = {
    "matek": 0.10,
    "pbc": 0.10,
    "segpc": 0.174,
    "bccd": 0.075,
    "aml_lmu": 0.11,
    "raabin": 0.11,
}
INDEXED = (
    "matek",
    "pbc",
    "aml_lmu",
    "raabin",
)  # folders of crops with an index.csv, each cell in the middle of its own


@dataclass(frozen=True)
class Crop:
    """One labelled cell: its picture, its centre (x, y, pixels) and the scale."""

    file: Path
    source: str
    label: str
    centre: tuple[float, float]
    um_per_pixel: float


def read_image(file: Path) -> np.ndarray:
    """RGB uint8 [H, W, 3]. Raises OSError for a file that is not a picture."""
    image = cv2.imread(str(file), cv2.IMREAD_COLOR)
    if image is None:
        raise OSError(f"{file} cannot be read as an image")
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def rows(file: Path, split: str | None = None) -> list[dict[str, str]]:
    with open(file, newline="") as handle:
        return [r for r in csv.DictReader(handle) if split is None or r.get("split") == split]


def crops(data: Path, split: str, sources: tuple[str, ...] = ("matek", "pbc", "segpc")) -> list[Crop]:
    """Every labelled cell of a split. Labels are cell types, `not_identifiable`, `platelet` or
    `not_plasma_cell`. "segpc" are plasma cells by the masks of the source, "marrow" the cells of the same
    fields that have our boxes."""
    found = []
    for source in INDEXED:
        if source not in sources:
            continue
        for r in rows(data / source / "index.csv", split):
            centre = (int(r["width"]) / 2, int(r["height"]) / 2)
            scale = UM_PER_PIXEL[source]
            # The basophils of 2019 have another scale, measured on their red cells.
            if source == "raabin" and r["smear"].startswith("2019"):
                scale = 0.10
            found.append(Crop(data / source / r["file"], source, r["class"], centre, scale))
    if "segpc" in sources:
        names = {Path(r["file"]).stem: r["file"] for r in rows(data / "segpc" / "index.csv", split)}
        for r in rows(data / "segpc" / "plasma_boxes.csv"):
            if r["image"] in names and r["merged_suspect"] == "0":
                x, y, w, h = (float(r[k]) for k in "xywh")
                file = data / "segpc" / names[r["image"]]
                found.append(
                    Crop(file, "segpc", "plasma_cell", (x + w / 2, y + h / 2), UM_PER_PIXEL["segpc"])
                )
    return found


def window(image: np.ndarray, centre: tuple[float, float], step: float, size: int) -> np.ndarray:
    """A size×size window around `centre` (pixels of `image`), one output pixel being `step` image pixels.
    Outside the image its edge is repeated. Averaged over areas where it shrinks."""
    half = size * step / 2
    margin = int(np.ceil(half * 1.5)) + 2
    padded = cv2.copyMakeBorder(image, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
    x0, y0 = (round(c - half) + margin for c in centre)
    side = round(2 * half)
    x0, y0 = (min(max(v, 0), s - side) for v, s in ((x0, padded.shape[1]), (y0, padded.shape[0])))
    part = padded[y0 : y0 + side, x0 : x0 + side]
    return cv2.resize(part, (size, size), interpolation=cv2.INTER_AREA if step > 1 else cv2.INTER_CUBIC)
