"""The bccd fields of a split with all three kinds of cell."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from ..data import sources, tiles
from ..data.windows import Picture

CLASSES = tiles.BCCD_NAMES
SIDES = ("xmin", "ymin", "xmax", "ymax")


@dataclass(frozen=True)
class Field:
    """picture: at the network's scale. name: of the file. factor: pixels here per pixel of the file. size:
    width and height of the file."""

    picture: Picture
    name: str
    factor: float
    size: tuple[int, int]


def read(data: Path, split: str, um_per_pixel: float) -> list[Field]:
    """Fields in the order of ImageSets. Boxes without an area are labelling errors and are left out."""
    out = []
    for name in (data / f"bccd/ImageSets/Main/{split}.txt").read_text().split():
        file = next((data / "bccd/JPEGImages").glob(f"{name}.*"))
        boxes, labels = _cells(data / f"bccd/Annotations/{name}.xml")
        image = sources.read_image(file)
        small, factor = tiles.shrink(image, sources.UM_PER_PIXEL["bccd"], um_per_pixel)
        picture = Picture(small, boxes * np.float32(factor), labels, np.zeros(small.shape[:2], bool))
        out.append(Field(picture, file.name, factor, image.shape[1::-1]))
    return out


def _cells(file: Path) -> tuple[np.ndarray, np.ndarray]:
    boxes, labels = [], []
    for thing in ElementTree.parse(file).iter("object"):
        x0, y0, x1, y1 = (float(thing.find("bndbox").find(side).text) for side in SIDES)
        if x1 > x0 and y1 > y0:
            boxes.append([x0, y0, x1, y1])
            labels.append(CLASSES.index(thing.find("name").text))
    return np.array(boxes, np.float32).reshape(-1, 4), np.array(labels, np.int64)
