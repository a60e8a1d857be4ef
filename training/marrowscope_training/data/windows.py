"""Random windows of fully labelled pictures: any of eight orientations, any zoom, cells cut by the picture
and the window."""

from dataclasses import dataclass

import cv2
import numpy as np
import torch

from .augment import Strength, photometric

OVERHANG = 16


@dataclass(frozen=True)
class Picture:
    """image uint8 [h, w, 3]. boxes float32 [n, 4]: x1 y1 x2 y2. labels int64 [n]: the class of each. unknown
    bool [h, w]: where the content is not known."""

    image: np.ndarray
    boxes: np.ndarray
    labels: np.ndarray
    unknown: np.ndarray


@dataclass(frozen=True)
class Minimum:
    """How much of a cut cell must be left for training on it. side: pixels of its shorter side. share: of the
    box's area."""

    side: float
    share: float

    def left(self, boxes: np.ndarray, cut: np.ndarray) -> np.ndarray:
        """bool [n]: whether enough is left of each box [n, 4] when it is cut to `cut` [n, 4]."""
        side = (cut[:, 2:] - cut[:, :2]).clip(0)
        share = side.prod(1) / (boxes[:, 2:] - boxes[:, :2]).prod(1).clip(1e-6)
        return (side.min(1) > self.side) & (share > self.share)


def window(
    picture: Picture, size: int, rng: np.random.Generator, zoom: tuple[float, float], minimum: Minimum
) -> Picture:
    """A size×size window. It may extend beyond the picture's border, whose last pixels are then repeated, as
    in use to reach a multiple of 32. A cell of which less than `minimum` is left becomes unknown."""
    h, w = picture.image.shape[:2]
    scale = float(np.exp(rng.uniform(np.log(zoom[0]), np.log(zoom[1]))))
    start = [
        rng.uniform(min(0, s - size / scale) - OVERHANG, max(0, s - size / scale) + OVERHANG) for s in (w, h)
    ]
    turn = np.array([[scale, 0, -scale * start[0]], [0, scale, -scale * start[1]], [0, 0, 1.0]])
    for axis in (0, 1):
        if rng.random() < 0.5:
            flip = np.eye(3)
            flip[axis, axis], flip[axis, 2] = -1, size
            turn = flip @ turn
    if rng.random() < 0.5:
        turn = turn[[1, 0, 2]]
    image = cv2.warpAffine(
        picture.image, _of_pixels(turn), (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    unknown = cv2.warpAffine(
        picture.unknown.astype(np.uint8), _of_pixels(turn), (size, size), flags=cv2.INTER_NEAREST
    )
    seen = _moved(np.array([[0.0, 0, w, h]]), turn).clip(0, size)[0]
    boxes, unknown = _moved(picture.boxes, turn), unknown > 0
    cut = np.stack([boxes[:, i].clip(seen[i % 2], seen[2 + i % 2]) for i in range(4)], 1)
    keep, seen_at_all = minimum.left(boxes, cut), (cut[:, 2:] > cut[:, :2]).all(1)
    for x0, y0, x1, y1 in cut[~keep & seen_at_all].astype(int):
        unknown[y0 : y1 + 1, x0 : x1 + 1] = True
    return Picture(image, cut[keep].astype(np.float32), picture.labels[keep], unknown)


def _of_pixels(turn: np.ndarray) -> np.ndarray:
    """The transform for pixel numbers, whose centres lie half a pixel further."""
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    return (np.linalg.inv(half) @ turn @ half)[:2]


def _moved(boxes: np.ndarray, turn: np.ndarray) -> np.ndarray:
    corners = boxes.reshape(-1, 2) @ turn[:2, :2].T + turn[:2, 2]
    pairs = corners.reshape(-1, 2, 2)
    return np.concatenate([pairs.min(1), pairs.max(1)], 1)


def batch(
    pictures: list[Picture],
    count: int,
    size: int,
    zoom: tuple[float, float],
    minimum: Minimum,
    strength: Strength,
    seed: int,
    step: int,
) -> tuple[torch.Tensor, list[Picture]]:
    """`count` windows of `size` pixels as images float [B, 3, S, S], changed by `photometric`, and their
    contents. For a seed and a step they are the same, whatever is trained."""
    rng = np.random.default_rng([seed, step])
    seen = [window(pictures[rng.integers(len(pictures))], size, rng, zoom, minimum) for _ in range(count)]
    images = torch.from_numpy(np.stack([w.image for w in seen])).permute(0, 3, 1, 2).float() / 255
    return photometric(images, strength, torch.Generator().manual_seed(seed * 1_000_003 + step)), seen
