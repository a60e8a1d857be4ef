"""Cuts the centre cell out of a crop by classical methods: nucleus by colour, outline by a closed shortest
path.

The picture is converted to optical density relative to its own background, so that stain and lamp matter
little. The nucleus is what absorbs red (red cells hardly do). Around it every pixel votes: nucleus and
cytoplasm for the cell, background and red-cell colour against it. In polar coordinates the outline is the
closed path that collects most votes while its radius changes slowly. A star-shaped outline can separate
touching cells; colour alone cannot.
"""

from dataclasses import dataclass

import cv2
import numpy as np

UM_PER_PIXEL = 0.2
ANGLES, RADIUS_UM = 72, 15.0


@dataclass(frozen=True)
class Cell:
    """mask bool [H, W]: the whole cell, in the pixels of the given crop. box: x0, y0, x1, y1."""

    mask: np.ndarray
    box: tuple[float, float, float, float]


def otsu(values: np.ndarray) -> float:
    """The threshold that divides values (0..1) into two groups of smallest variance."""
    level, _ = cv2.threshold(
        (values.clip(0, 1) * 255).astype(np.uint8).reshape(-1, 1), 0, 255, cv2.THRESH_OTSU
    )
    return level / 255


def background(image: np.ndarray) -> np.ndarray:
    """Colour [3] of the empty slide in 0.2..1: the median of the brighter of two groups of pixels."""
    green = image[..., 1].astype(np.float32) / 255
    bright = green > otsu(green)
    if bright.sum() > 50:
        return (np.median(image[bright], 0) / 255).clip(0.2).astype(np.float32)
    return (np.percentile(image, 95, axis=(0, 1)) / 255).clip(0.2).astype(np.float32)


def density(image: np.ndarray) -> np.ndarray:
    """Optical density [H, W, 3] relative to the picture's own background."""
    return -np.log10((image.astype(np.float32) / 255).clip(1 / 255) / background(image))


def nuclei(d: np.ndarray) -> np.ndarray:
    """Mask of purple nuclei: optical density in red above Otsu's threshold, but at least 0.12."""
    red = cv2.GaussianBlur(d[..., 0], (0, 0), 1)
    strong = red > max(0.12, otsu(red.clip(0, 1)) * 0.9)
    return cv2.morphologyEx(strong.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) > 0


def centre_nucleus(purple: np.ndarray, um_per_pixel: float) -> np.ndarray | None:
    """The component of the nucleus at the picture's centre, with lobes close by; None where there is none."""
    h, w = purple.shape
    n, labels, stats, centroids = cv2.connectedComponentsWithStats(purple.astype(np.uint8))
    near = cv2.distanceTransform(1 - _disc((h, w), (w / 2, h / 2), 0.6 / um_per_pixel), cv2.DIST_L2, 3)
    best, nearest = None, 4.5 / um_per_pixel
    for i in range(1, n):
        if stats[i, cv2.CC_STAT_AREA] * um_per_pixel**2 < 3:
            continue
        gap = near[labels == i].min()
        if gap < nearest:
            best, nearest = i, gap
    if best is None:
        return None
    mask = labels == best
    gap = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 3)
    for i in range(1, n):
        lobe = stats[i, cv2.CC_STAT_AREA] * um_per_pixel**2
        close = np.hypot(*(centroids[i] - (w / 2, h / 2))) * um_per_pixel < 5.5
        if i != best and 2 < lobe < 40 and close and gap[labels == i].min() * um_per_pixel < 2:
            mask |= labels == i
    return mask


def _disc(shape: tuple[int, int], centre: tuple[float, float], radius: float) -> np.ndarray:
    out = np.zeros(shape, np.uint8)
    cv2.circle(out, (int(centre[0]), int(centre[1])), max(1, int(radius)), 1, -1)
    return out


def votes(d: np.ndarray, nucleus: np.ndarray, purple: np.ndarray, um_per_pixel: float) -> np.ndarray:
    """How much each pixel votes for the centre cell (> 0) or against it."""
    total = cv2.GaussianBlur(d, (0, 0), 0.8)
    strength = total.sum(2)
    foreground = strength > max(0.05, 0.6 * otsu(strength.clip(0, 0.4)))
    beside = cv2.distanceTransform((~nucleus).astype(np.uint8), cv2.DIST_L2, 3) * um_per_pixel
    red_cells = foreground & ~purple & (beside > 5)
    vote = np.where(foreground, 1.0, -1.2).astype(np.float32)
    if red_cells.sum() > 200:
        colour = np.median(total[red_cells], 0)
        spread = np.maximum(total[red_cells].std(0), 0.03)
        distance = np.sqrt((((total - colour) / spread) ** 2).mean(2))
        vote[foreground & (distance < 1.6)] = -0.5
        vote[foreground & (distance < 1.6) & (beside < 2.5)] = 0.15
    vote[purple & ~nucleus] = -0.8
    vote[nucleus] = 2.0
    return vote


def outline(vote: np.ndarray, centre: tuple[float, float], um_per_pixel: float) -> np.ndarray:
    """Radius in pixels at each of ANGLES angles: the closed path that encloses most votes, by dynamic
    programming over two turns (the second turn closes the path)."""
    bins = int(RADIUS_UM / um_per_pixel)
    polar = cv2.warpPolar(vote, (bins, ANGLES), centre, bins, cv2.INTER_LINEAR | cv2.WARP_FILL_OUTLIERS)
    gain = np.cumsum(polar * (np.arange(bins) / bins), 1)
    reach = 2
    cost = np.abs(np.arange(-reach, reach + 1))[:, None] * 0.15
    best, back, wide = gain[0].copy(), [], np.full(bins + 2 * reach, -1e9)
    for turn in range(1, 2 * ANGLES):
        wide[reach:-reach] = best
        shifted = np.lib.stride_tricks.sliding_window_view(wide, bins)[::-1] - cost
        back.append(shifted.argmax(0) - reach)
        best = shifted.max(0) + gain[turn % ANGLES]
    radius, at = np.zeros(ANGLES), int(best.argmax())
    for turn in range(2 * ANGLES - 1, 0, -1):
        radius[turn % ANGLES] = at
        at = int(np.clip(at - back[turn - 1][at], 0, bins - 1))
    return radius


def centre_cell(image: np.ndarray, um_per_pixel: float) -> Cell | None:
    """The cell at the centre of an RGB crop. None where there is no nucleus or the outline cannot be a cell
    (smaller than 5 µm or wider than 28 µm)."""
    h, w = image.shape[:2]
    factor = um_per_pixel / UM_PER_PIXEL
    small = cv2.resize(image, (round(w * factor), round(h * factor)), interpolation=cv2.INTER_AREA)
    d = density(small)
    purple = nuclei(d)
    nucleus = centre_nucleus(purple, UM_PER_PIXEL)
    if nucleus is None:
        return None
    ys, xs = np.nonzero(nucleus)
    centre = (float(xs.mean()), float(ys.mean()))
    radius = outline(votes(d, nucleus, purple, UM_PER_PIXEL), centre, UM_PER_PIXEL)
    angle = np.arange(ANGLES) * 2 * np.pi / ANGLES
    points = np.stack([centre[0] + radius * np.cos(angle), centre[1] + radius * np.sin(angle)], 1) / factor
    mask = np.zeros((h, w), np.uint8)
    cv2.fillPoly(mask, [np.round(points).astype(np.int32)], 1)
    ys, xs = np.nonzero(mask)
    if len(xs) == 0:
        return None
    box = (float(xs.min()), float(ys.min()), float(xs.max() + 1), float(ys.max() + 1))
    sides = ((box[2] - box[0]) * um_per_pixel, (box[3] - box[1]) * um_per_pixel)
    if min(sides) < 5 or max(sides) > 28:
        return None
    return Cell(mask > 0, box)
