"""Classical measurements of a cell: shape, colour and texture of nucleus and cytoplasm, by which
haematologists and the literature before neural networks name it."""

import cv2
import numpy as np

from ..data import segment
from . import texture

# Pictures are scaled to the scale at which cells are outlined.
UM_PER_PIXEL = segment.UM_PER_PIXEL
LEVELS, DISTANCES, RADII = 16, (1, 2, 4), (1, 2, 3)
CELL_UM, NUCLEUS_UM = 6.5, 4.5  # radii where no cell is found


def parts(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, bool]:
    """Masks [H, W] of the centre cell and its nucleus at UM_PER_PIXEL, and whether they were found; discs
    where they were not."""
    purple = segment.nuclei(segment.density(image))
    nucleus = segment.centre_nucleus(purple, UM_PER_PIXEL)
    cell = segment.centre_cell(image, UM_PER_PIXEL)
    h, w = image.shape[:2]
    away = np.hypot(*np.mgrid[:h, :w] - np.array([(h - 1) / 2, (w - 1) / 2]).reshape(2, 1, 1)) * UM_PER_PIXEL
    found = nucleus is not None and cell is not None and bool((nucleus & cell.mask).sum() > 20)
    if not found:
        return away < CELL_UM, away < NUCLEUS_UM, False
    return cell.mask, nucleus & cell.mask, True


def shape(mask: np.ndarray) -> list[float]:
    """Area (µm²), perimeter (µm), roundness, solidity, share of the bounding box, ratio of the axes, Hu's
    first two moments."""
    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    area = float(mask.sum())
    around = sum(cv2.arcLength(c, True) for c in contours)
    hull = cv2.convexHull(np.concatenate(contours))
    ys, xs = np.nonzero(mask)
    box = float((np.ptp(xs) + 1) * (np.ptp(ys) + 1))
    spread = np.linalg.eigvalsh(np.cov(np.stack([xs, ys]).astype(float)) + np.eye(2) * 1e-6)
    hu = cv2.HuMoments(cv2.moments(mask.astype(np.uint8), True)).ravel()
    return [
        area * UM_PER_PIXEL**2,
        around * UM_PER_PIXEL,
        4 * np.pi * area / max(1.0, around) ** 2,
        min(1.0, area / max(1.0, cv2.contourArea(hull))),
        area / box,
        float(np.sqrt(spread[0] / spread[1])),
        float(hu[0]),
        float(hu[1]),
    ]


def lobes(nucleus: np.ndarray) -> list[float]:
    """Lobes of the nucleus: the number of pieces; the number of pieces that remain when it is eroded by 0.6
    and by 1 µm, which removes bridges and thin bands; its largest half width in µm; the depth of its two
    deepest dents in µm."""
    inside = cv2.distanceTransform(nucleus.astype(np.uint8), cv2.DIST_L2, 5) * UM_PER_PIXEL
    counts = [cv2.connectedComponents((inside > worn).astype(np.uint8))[0] - 1 for worn in (0, 0.6, 1.0)]
    contours, _ = cv2.findContours(nucleus.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(contours, key=cv2.contourArea)
    hull = cv2.convexHull(largest, returnPoints=False)
    dents = cv2.convexityDefects(largest, np.sort(hull, axis=0)[::-1]) if len(largest) > 3 else None
    depths = sorted((dents.reshape(-1, 4)[:, 3] / 256).tolist(), reverse=True) if dents is not None else []
    first, second = ([*depths, 0, 0])[:2]
    return [*map(float, counts), float(inside.max()), first * UM_PER_PIXEL, second * UM_PER_PIXEL]


def colours(image: np.ndarray, masks: list[np.ndarray]) -> list[float]:
    """Mean and standard deviation of each channel of optical density, HSV (hue as sine and cosine) and Lab in
    each mask."""
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB).astype(np.float32) / 255
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV).astype(np.float32)
    turn = hsv[..., 0] * (np.pi / 90)
    planes = [np.sin(turn), np.cos(turn), hsv[..., 1] / 255, hsv[..., 2] / 255]
    stack = np.concatenate([segment.density(image), np.stack(planes, -1), lab], 2)
    out = []
    for mask in masks:
        values = stack[mask]
        out += [*values.mean(0), *values.std(0)] if len(values) else [0.0] * (2 * stack.shape[2])
    return [float(v) for v in out]


def textures(image: np.ndarray, masks: list[np.ndarray]) -> list[float]:
    """Co-occurrence and binary patterns of the grey picture in each mask, at several distances and radii."""
    ys, xs = np.nonzero(masks[0] | masks[1])
    near = np.s_[max(0, ys.min() - 4) : ys.max() + 5, max(0, xs.min() - 4) : xs.max() + 5]
    grey = cv2.cvtColor(np.ascontiguousarray(image[near]), cv2.COLOR_RGB2GRAY)
    inside = [mask[near] for mask in masks]
    levels = (grey.astype(int) * LEVELS) // 256
    patterns = [texture.binary_patterns(grey, radius) for radius in RADII]
    out: list[float] = []
    for mask in inside:
        for distance in DISTANCES:
            out += texture.haralick(texture.cooccurrence(levels, mask, distance, LEVELS)).tolist()
        for each in patterns:
            out += texture.shares(each, mask).tolist()
    return out


def features(image: np.ndarray, um_per_pixel: float) -> np.ndarray:
    """Features of a crop [H, W, 3] with its cell in the middle: always the same number, all finite."""
    side = [round(s * um_per_pixel / UM_PER_PIXEL) for s in image.shape[:2]]
    small = cv2.resize(image, (side[1], side[0]), interpolation=cv2.INTER_AREA)
    cell, nucleus, found = parts(small)
    cytoplasm = cell & ~nucleus
    (cy, cx), (ny, nx) = (np.argwhere(m).mean(0) for m in (cell, nucleus))
    ratio = nucleus.sum() / cell.sum()
    values = [
        float(found),
        float(ratio),
        float(np.hypot(cy - ny, cx - nx) * UM_PER_PIXEL),  # eccentricity of the nucleus, as of plasma cells
        *shape(cell),
        *shape(nucleus),
        *lobes(nucleus),
        *colours(small, [nucleus, cytoplasm]),
        *textures(small, [nucleus, cytoplasm]),
    ]
    return np.nan_to_num(np.array(values, np.float32))
