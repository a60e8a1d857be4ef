"""Our own labels of marrow fields (data/labels/segpc): every nucleated cell has a box; doubtful ones
are ignored."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import tiles

FOLDER = Path(__file__).resolve().parents[3] / "data/labels/segpc"


@dataclass(frozen=True)
class Field:
    """file; boxes float32 [n, 4] and ignored [m, 4]: x1 y1 x2 y2 in its pixels; µm per pixel; width and
    height."""

    file: Path
    boxes: np.ndarray
    ignored: np.ndarray
    um_per_pixel: float
    size: tuple[int, int]

    @property
    def at_border(self) -> np.ndarray:
        """bool [n]: which boxes reach the picture's border to within a pixel."""
        return ((self.boxes[:, :2] < 1) | (self.boxes[:, 2:] > np.array(self.size) - 1)).any(1)


def fields(data: Path, split: str, folder: Path = FOLDER) -> list[Field]:
    coco = json.loads((folder / f"{split}.json").read_text())
    boxes: dict[int, tuple[list, list]] = {i["id"]: ([], []) for i in coco["images"]}
    for a in coco["annotations"]:
        x, y, w, h = a["bbox"]
        boxes[a["image_id"]][a["iscrowd"]].append([x, y, x + w, y + h])
    return [
        Field(
            data / "segpc/images" / i["file_name"],
            *(np.array(b, np.float32).reshape(-1, 4) for b in boxes[i["id"]]),
            i["um_per_pixel"],
            (i["width"], i["height"]),
        )
        for i in coco["images"]
    ]


def tile(field: Field) -> tiles.Tile:
    """The field as a piece of training fields. Where a box is ignored, the content is unknown."""
    whole = tiles.of_field(field.file, field.boxes, field.um_per_pixel, "marrow")
    for x0, y0, x1, y1 in (field.ignored * (field.um_per_pixel / tiles.UM_PER_PIXEL)).astype(int):
        whole.unknown[y0 : y1 + 1, x0 : x1 + 1] = True
    return whole


def ids(split: str, folder: Path = FOLDER) -> list[int]:
    """Numbers of a split's fields in the label file, in the order of `fields`."""
    return [i["id"] for i in json.loads((folder / f"{split}.json").read_text())["images"]]
