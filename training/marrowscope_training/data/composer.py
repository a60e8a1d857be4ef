"""Composes training fields for the detector: rows of real tiles with more cells added, crowded, touching and
cut by the border; then one background colour, uneven light and any scale."""

import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from . import sources
from .tiles import CLEAR, UM_PER_PIXEL, Cutout, Tile, transmission
from .windows import Minimum


@dataclass
class Field:
    """image uint8 [S, S, 3]; boxes float32 [n, 4] x1 y1 x2 y2; unknown bool [S, S]."""

    image: np.ndarray
    boxes: np.ndarray
    unknown: np.ndarray


def drawn(folder: Path) -> list[Tile]:
    """Fields drawn by the test kit (`marrowscope draw`) as tiles; none where the folder does not exist."""
    file = folder / "annotations.json"
    if not file.exists():
        return []
    coco = json.loads(file.read_text())
    boxes: dict[int, list[list[float]]] = {i["id"]: [] for i in coco["images"]}
    for a in coco["annotations"]:
        x, y, w, h = a["bbox"]
        boxes[a["image_id"]].append([x, y, x + w, y + h])
    out = []
    for i in coco["images"]:
        factor = i["um_per_pixel"] / UM_PER_PIXEL
        picture = sources.read_image(folder / i["file_name"])
        size = (round(i["width"] * factor), round(i["height"] * factor))
        image, colour = transmission(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
        known = np.array(boxes[i["id"]], np.float32).reshape(-1, 4) * factor
        out.append(Tile(image, known, np.zeros(image.shape[:2], bool), "drawn", colour))
    return out


def turned(tile: Tile, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Image, boxes and unknown of a tile in one of its eight orientations."""
    image, boxes, unknown = tile.image, tile.boxes.copy(), tile.unknown
    if rng.random() < 0.5:
        image, unknown = image[:, ::-1], unknown[:, ::-1]
        boxes[:, [0, 2]] = image.shape[1] - boxes[:, [2, 0]]
    if rng.random() < 0.5:
        image, unknown = image[::-1], unknown[::-1]
        boxes[:, [1, 3]] = image.shape[0] - boxes[:, [3, 1]]
    if rng.random() < 0.5:
        image, unknown, boxes = image.transpose(1, 0, 2), unknown.T, boxes[:, [1, 0, 3, 2]]
    return image, boxes, unknown


class Composer:
    def __init__(self, tiles: list[Tile], cutouts: list[Cutout], shares: dict[str, float], minimum: Minimum):
        """shares: how often each source makes a row. minimum: how much of a cut cell must be left."""
        self.minimum = minimum
        self.by_source = {s: [t for t in tiles if t.source == s and not _overgrown(t)] for s in shares}
        missing = [s for s in shares if shares[s] > 0 and s != "drawn" and not self.by_source[s]]
        if missing:
            raise ValueError(f"there are no tiles of {', '.join(missing)}")
        self.names = [s for s in shares if self.by_source[s]]
        weight = np.array([shares[s] for s in self.names])
        self.weights = weight / weight.sum()
        self.backgrounds = [t.background for t in tiles]
        self.cutouts = cutouts

    def field(self, size: int, rng: np.random.Generator) -> Field:
        zoom = float(np.exp(rng.uniform(np.log(0.78), np.log(1.28))))
        side = round(size / zoom)
        image, boxes, unknown, owner = self._mosaic(side, rng)
        if self.cutouts and rng.random() < 0.65:
            boxes = self._crowd(image, boxes, unknown, owner, int(rng.integers(2, 16)), rng)
        image = cv2.resize(
            image, (size, size), interpolation=cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR
        )
        unknown = cv2.resize(unknown.astype(np.uint8), (size, size), interpolation=cv2.INTER_NEAREST) > 0
        boxes = np.array(boxes, np.float32).reshape(-1, 4) * (size / side)
        colour = self.backgrounds[rng.integers(len(self.backgrounds))] * rng.uniform(0.85, 1.1)
        lit = (
            (image * (colour * self._lamp(size, rng)[..., None] * (255 / CLEAR)))
            .clip(0, 255)
            .astype(np.uint8)
        )
        end = _end_early(lit, unknown, rng) if rng.random() < 0.4 else (size, size)
        return Field(lit, *_clip(boxes, unknown, end, self.minimum))

    def _mosaic(self, side: int, rng: np.random.Generator):
        image = np.full((side, side, 3), CLEAR, np.uint8)
        unknown = np.zeros((side, side), bool)
        owner = np.zeros((side, side), np.uint8)  # 1 where a labelled cell lies
        boxes: list[list[float]] = []
        y = -int(rng.integers(0, 70))
        while y < side:
            source = self.names[rng.choice(len(self.names), p=self.weights)]
            x, row_height = -int(rng.integers(0, 70)), 0
            while x < side:
                pieces = self.by_source[source]
                part, cells, hidden = turned(pieces[rng.integers(len(pieces))], rng)
                h, w = part.shape[:2]
                row_height = row_height or h
                h = min(h, row_height)
                x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + w, side), min(y + h, side)
                if x1 > x0 and y1 > y0:
                    image[y0:y1, x0:x1] = part[y0 - y : y1 - y, x0 - x : x1 - x]
                    unknown[y0:y1, x0:x1] = hidden[y0 - y : y1 - y, x0 - x : x1 - x]
                    for a, b, c, d in cells:
                        box = [a + x, b + y, c + x, min(d, h) + y]
                        if b < h - 2:
                            boxes.append(box)
                            owner[max(0, int(box[1])) : int(box[3]), max(0, int(box[0])) : int(box[2])] = 1
                x += w
            y += row_height
        return image, boxes, unknown, owner

    def _crowd(self, image, boxes, unknown, owner, count: int, rng: np.random.Generator) -> list:
        """Add `count` cutouts to the field, each in any orientation, some beside a cell that is already
        there."""
        boxes, side = list(boxes), len(image)
        for _ in range(count):
            cut = self.cutouts[rng.integers(len(self.cutouts))]
            part, alpha = _posed(cut, rng)
            h, w = alpha.shape
            for _attempt in range(4):
                if boxes and rng.random() < 0.5:
                    a, b, c, d = boxes[rng.integers(len(boxes))]
                    angle = rng.uniform(0, 2 * np.pi)
                    apart = ((c - a + d - b) / 4 + (h + w) / 4) * rng.uniform(0.8, 1.05)
                    cx, cy = (a + c) / 2 + apart * np.cos(angle), (b + d) / 2 + apart * np.sin(angle)
                else:
                    cx, cy = rng.uniform(-w * 0.25, side + w * 0.25), rng.uniform(-h * 0.25, side + h * 0.25)
                x, y = int(cx - w / 2), int(cy - h / 2)
                x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + w, side), min(y + h, side)
                if x1 - x0 < 6 or y1 - y0 < 6:
                    continue
                mask = alpha[y0 - y : y1 - y, x0 - x : x1 - x]
                solid = mask > 127
                if solid.sum() < 40 or (owner[y0:y1, x0:x1][solid] > 0).mean() > 0.12:
                    continue
                soft = mask[..., None].astype(np.float32) / 255
                under = image[y0:y1, x0:x1]
                under[:] = (under * (1 - soft) + part[y0 - y : y1 - y, x0 - x : x1 - x] * soft).astype(
                    np.uint8
                )
                unknown[y0:y1, x0:x1] &= ~solid
                owner[y0:y1, x0:x1][solid] = 1
                ys, xs = np.nonzero(alpha > 127)
                boxes.append([xs.min() + x, ys.min() + y, xs.max() + 1 + x, ys.max() + 1 + y])
                break
        return boxes

    @staticmethod
    def _lamp(size: int, rng: np.random.Generator) -> np.ndarray:
        """Uneven light: a slowly varying random surface around 1."""
        coarse = 1 + rng.normal(0, rng.uniform(0, 0.06), (3, 3)).astype(np.float32)
        return cv2.resize(coarse, (size, size), interpolation=cv2.INTER_CUBIC)


def _overgrown(tile: Tile) -> bool:
    """Whether an outline is as large as its crop: it has run into the neighbours."""
    h, w = tile.image.shape[:2]
    side = tile.boxes[:, 2:] - tile.boxes[:, :2]
    return tile.source == "matek" and bool((side > 0.9 * np.array([w, h])).any())


def _posed(cut: Cutout, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A cutout at any angle, scaled by up to 12 %, with a softened outline."""
    h, w = cut.alpha.shape
    scale, angle = rng.uniform(0.88, 1.12), rng.uniform(0, 360)
    side = int(np.ceil(np.hypot(h, w) * scale)) + 2
    turn = cv2.getRotationMatrix2D((w / 2, h / 2), angle, scale)
    turn[:, 2] += side / 2 - np.array([w / 2, h / 2])
    image = cut.image if rng.random() < 0.5 else cut.image[:, ::-1]
    alpha = cut.alpha if image is cut.image else cut.alpha[:, ::-1]
    glass = (CLEAR,) * 3
    part = cv2.warpAffine(
        np.ascontiguousarray(image), turn, (side, side), flags=cv2.INTER_LINEAR, borderValue=glass
    )
    mask = cv2.warpAffine(np.ascontiguousarray(alpha), turn, (side, side), flags=cv2.INTER_LINEAR)
    return part, cv2.GaussianBlur(mask, (0, 0), 0.8)


def _end_early(image: np.ndarray, unknown: np.ndarray, rng: np.random.Generator) -> tuple[int, int]:
    """Let the picture end up to 31 pixels before the right and the lower edge and repeat its last pixels
    beyond, as in use to reach a multiple of 32. Returns the width and height that are left."""
    width, height = (int(s - rng.integers(0, 32)) for s in image.shape[1::-1])
    image[:, width:] = image[:, width - 1 : width]
    image[height:] = image[height - 1 : height]
    unknown[:, width:] = False
    unknown[height:] = False
    return width, height


def _clip(
    boxes: np.ndarray, unknown: np.ndarray, end: tuple[int, int], minimum: Minimum
) -> tuple[np.ndarray, np.ndarray]:
    """Cut boxes at the border. Of a cell of which less than `minimum` is left, only the area is kept, as
    unknown."""
    if len(boxes) == 0:
        return boxes, unknown
    cut = np.minimum(boxes.clip(0), np.tile(end, 2)).astype(np.float32)
    keep = minimum.left(boxes, cut)
    for x0, y0, x1, y1 in cut[~keep].astype(int):
        unknown[y0 : y1 + 1, x0 : x1 + 1] = True
    return cut[keep], unknown
