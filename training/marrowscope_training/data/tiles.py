"""Pieces of real smears at the detector's scale, from which training fields are composed.

A tile is a piece with boxes of its cells and a mask of where unlabelled cells may lie. A cutout is one cell
with its outline, to be added to a field. Both are stored as transmission (the picture divided by its own
empty background, 235 = clear glass), so that pieces of different smears fit together.
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np

from . import segment, sources

UM_PER_PIXEL = 0.25
CLEAR = 235.0
TXL_UM_PER_PIXEL = {"pbc": 0.10, "bccd": 0.075, 256: 0.123, 575: 0.055}


@dataclass
class Tile:
    """image uint8 [h, w, 3]: transmission. boxes float [n, 4]: x1 y1 x2 y2. unknown bool [h, w]. source.
    background [3]: the colour that was divided out."""

    image: np.ndarray
    boxes: np.ndarray
    unknown: np.ndarray
    source: str
    background: np.ndarray


@dataclass
class Cutout:
    """image uint8 [h, w, 3]: transmission. alpha uint8 [h, w]: 255 inside the cell."""

    image: np.ndarray
    alpha: np.ndarray
    source: str


def transmission(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    colour = segment.background(image)
    return (image / (colour * 255) * CLEAR).clip(0, 255).astype(np.uint8), colour


def shrink(image: np.ndarray, um_per_pixel: float, to: float = UM_PER_PIXEL) -> tuple[np.ndarray, float]:
    """The picture at `to` µm per pixel (by default the detector's scale), and the number of new pixels per
    old pixel."""
    factor = um_per_pixel / to
    size = (round(image.shape[1] * factor), round(image.shape[0] * factor))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR), factor


def padded(image: np.ndarray, multiple: int = 32) -> np.ndarray:
    """The picture with its right and lower edge repeated until both sides are multiples of `multiple`, as in
    use."""
    h, w = image.shape[:2]
    return cv2.copyMakeBorder(image, 0, -h % multiple, 0, -w % multiple, cv2.BORDER_REPLICATE)


def unlabelled(image: np.ndarray, boxes: np.ndarray, least_um2: float = 12.0) -> np.ndarray:
    """bool [h, w]: where there may be nucleated cells without a box. These are purple bodies larger than a
    platelet whose centre is in no box, widened by 1.5 µm."""
    purple = segment.nuclei(segment.density(image))
    n, labels, stats, centroids = cv2.connectedComponentsWithStats(purple.astype(np.uint8))
    out = np.zeros(purple.shape, np.uint8)
    for i in range(1, n):
        x, y = centroids[i]
        boxed = any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes)
        if not boxed and stats[i, cv2.CC_STAT_AREA] * UM_PER_PIXEL**2 > least_um2:
            out[labels == i] = 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (13, 13))
    return cv2.dilate(out, kernel) > 0


def of_crop(crop: sources.Crop) -> tuple[Tile | None, Cutout | None]:
    """A tile and a cutout of a labelled crop. There is a tile only where the centre cell was outlined (or is
    a platelet, which has no outline), and a cutout only where the outline does not reach the border."""
    picture = sources.read_image(crop.file)
    cell = None if crop.label == "platelet" else segment.centre_cell(picture, crop.um_per_pixel)
    if cell is None and crop.label != "platelet":
        return None, None
    small, factor = shrink(picture, crop.um_per_pixel)
    boxes = np.array([cell.box], np.float32) * factor if cell else np.zeros((0, 4), np.float32)
    image, colour = transmission(small)
    tile = Tile(image, boxes, unlabelled(small, boxes, 12 if cell else 30), crop.source, colour)
    h, w = picture.shape[:2]
    if cell is None or min(cell.box[0], cell.box[1], w - cell.box[2], h - cell.box[3]) < 3:
        return tile, None
    alpha = cv2.resize(cell.mask.astype(np.uint8) * 255, small.shape[1::-1], interpolation=cv2.INTER_AREA)
    x0, y0 = np.maximum(np.floor(boxes[0, :2]).astype(int) - 2, 0)
    x1, y1 = np.ceil(boxes[0, 2:]).astype(int) + 2
    return tile, Cutout(image[y0:y1, x0:x1], alpha[y0:y1, x0:x1], crop.source)


def held_out(data: Path) -> set[str]:
    """Names of pictures that a source holds out for val or test; txl_pbc shares pictures with pbc and bccd."""
    out = {Path(r["file"]).stem for r in sources.rows(data / "pbc/index.csv") if r["split"] != "train"}
    for split in ("val", "test"):
        out |= set((data / f"bccd/ImageSets/Main/{split}.txt").read_text().split())
    for r in sources.rows(data / "txl_pbc/index.csv"):
        if r["split"] != "train" and ":" in r["origin"]:
            out.add(r["origin"].split(":")[1])
    return out


WHITE, RED, PLATELET = 0, 1, 2  # kinds of boxes of the blood fields
BCCD_NAMES = ("WBC", "RBC", "Platelets")  # of these kinds


def txl(data: Path, split: str, hide: set[str], kind: int = WHITE) -> list[tuple[Path, np.ndarray, float]]:
    """Files, boxes of one kind of cell (by default white) in pixels, and scale, of txl_pbc."""
    out = []
    for r in sources.rows(data / "txl_pbc/index.csv", split):
        origin, _, name = r["origin"].partition(":")
        if name in hide:
            continue
        w, h = int(r["width"]), int(r["height"])
        lines = (data / "txl_pbc/labels" / f"{Path(r['file']).stem}.txt").read_text().split("\n")
        values = np.array([list(map(float, line.split())) for line in lines if line.strip()]).reshape(-1, 5)
        v = values[values[:, 0] == kind]
        boxes = np.stack(
            [
                (v[:, 1] - v[:, 3] / 2) * w,
                (v[:, 2] - v[:, 4] / 2) * h,
                (v[:, 1] + v[:, 3] / 2) * w,
                (v[:, 2] + v[:, 4] / 2) * h,
            ],
            1,
        )
        scale = TXL_UM_PER_PIXEL.get(origin) or TXL_UM_PER_PIXEL[256 if w < 400 else 575]
        out.append((data / "txl_pbc" / r["file"], boxes, scale))
    return out


def bccd(data: Path, split: str, hide: set[str], kind: int = WHITE) -> list[tuple[Path, np.ndarray, float]]:
    """The same of bccd."""
    out = []
    for name in (data / f"bccd/ImageSets/Main/{split}.txt").read_text().split():
        file = next((data / "bccd/JPEGImages").glob(f"{name}.*"), None)
        if name in hide or file is None:
            continue
        tree = ElementTree.parse(data / f"bccd/Annotations/{name}.xml")
        boxes = [
            [float(o.find("bndbox").find(k).text) for k in ("xmin", "ymin", "xmax", "ymax")]
            for o in tree.iter("object")
            if o.find("name").text == BCCD_NAMES[kind]
        ]
        out.append((file, np.array(boxes).reshape(-1, 4), sources.UM_PER_PIXEL["bccd"]))
    return out


def of_field(file: Path, boxes: np.ndarray, um_per_pixel: float, source: str) -> Tile:
    """A tile of a fully labelled field."""
    small, factor = shrink(sources.read_image(file), um_per_pixel)
    image, colour = transmission(small)
    return Tile(image, (boxes * factor).astype(np.float32), np.zeros(small.shape[:2], bool), source, colour)


def of_segpc(data: Path, split: str, without: set[str] = frozenset()) -> list[Tile]:
    """The plasma-cell fields: plasma cells have boxes; every other purple body (and merged plasma cells) is
    unknown. without: names of fields that are left out."""
    boxes: dict[str, list[tuple[list[float], bool]]] = {}
    for r in csv.DictReader((data / "segpc/plasma_boxes.csv").open()):
        x, y, w, h = (float(r[k]) for k in "xywh")
        boxes.setdefault(r["image"], []).append(([x, y, x + w, y + h], r["merged_suspect"] == "1"))
    out = []
    for r in sources.rows(data / "segpc/index.csv", split):
        name = Path(r["file"]).stem
        if name in without:
            continue
        small, factor = shrink(sources.read_image(data / "segpc" / r["file"]), sources.UM_PER_PIXEL["segpc"])
        every = boxes.get(name, [])
        known = np.array([b for b, merged in every if not merged], np.float32).reshape(-1, 4) * factor
        unknown = unlabelled(small, known, 6)
        for b, merged in every:
            if merged:
                x0, y0, x1, y1 = (int(v * factor) for v in b)
                unknown[y0:y1, x0:x1] = True
        image, colour = transmission(small)
        out.append(Tile(image, known, unknown, "segpc", colour))
    return out
