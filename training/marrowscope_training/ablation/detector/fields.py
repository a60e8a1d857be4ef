"""The labelled marrow fields of a split at the networks' scale, in memory."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...data import labels, sources, tiles
from ...data.windows import Picture


@dataclass(frozen=True)
class Field:
    """picture: at 0.25 µm per pixel. at_border bool [n]: which boxes the field's border cuts. id: in the
    label file. factor: pixels here per pixel of the file. size: width and height of the file."""

    picture: Picture
    at_border: np.ndarray
    id: int
    factor: float
    size: tuple[int, int]


def read(data: Path, split: str, folder: Path = labels.FOLDER) -> list[Field]:
    out = []
    for field, number in zip(labels.fields(data, split, folder), labels.ids(split, folder)):
        image, factor = tiles.shrink(sources.read_image(field.file), field.um_per_pixel)
        unknown = np.zeros(image.shape[:2], bool)
        for x0, y0, x1, y1 in (field.ignored * factor).astype(int):
            unknown[y0 : y1 + 1, x0 : x1 + 1] = True
        boxes = (field.boxes * factor).astype(np.float32)
        picture = Picture(image, boxes, np.zeros(len(boxes), np.int64), unknown)
        out.append(Field(picture, field.at_border, number, factor, field.size))
    return out


def without_border(field: Field) -> Picture:
    """The picture as someone would label it who skips cut cells: they become background."""
    p, keep = field.picture, ~field.at_border
    return Picture(p.image, p.boxes[keep], p.labels[keep], p.unknown)
