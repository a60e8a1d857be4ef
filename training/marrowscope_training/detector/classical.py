"""Two classical methods to find nucleated cells, for comparison: Otsu's threshold with a watershed, and
k-means.

Pictures are RGB uint8 at 0.25 µm per pixel. Both methods find nuclei. The box of a cell is the box of its
nucleus, grown by a constant. The few constants are chosen on training fields only, by average precision.
"""

import itertools
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ..data import segment
from ..data.tiles import UM_PER_PIXEL
from .evaluate import average_precision

GROWTHS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
MINIMUM_AREAS = (6.0, 12.0, 20.0, 30.0)


@dataclass(frozen=True)
class Settings:
    """seed_um: smallest distance of a seed from the edge of the nucleus (watershed). clusters: of k-means.
    least_um2: smallest area of a nucleus. grow_um: how far its box grows on each side. score: "area" or
    "contrast"."""

    seed_um: float = 1.0
    clusters: int = 3
    least_um2: float = 12.0
    grow_um: float = 1.0
    score: str = "area"


def whole(mask: np.ndarray) -> np.ndarray:
    """The mask as uint8, with specks removed and holes filled."""
    clean = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    outlines, _ = cv2.findContours(clean, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return cv2.drawContours(np.zeros_like(clean), outlines, -1, 1, -1)


def otsu_watershed(image: np.ndarray, settings: Settings) -> np.ndarray:
    """int32 [h, w]: the number of the nucleus at each pixel, 0 for none. Red absorption is thresholded by
    Otsu; touching nuclei are separated by a watershed from the maxima of their distance transform."""
    red = cv2.GaussianBlur(segment.density(image)[..., 0], (0, 0), 1)
    mask = whole(red > segment.otsu(red))
    depth = cv2.GaussianBlur(cv2.distanceTransform(mask, cv2.DIST_L2, 5), (0, 0), 1.5)
    reach = 2 * round(1.5 / UM_PER_PIXEL) + 1
    tops = depth >= cv2.dilate(depth, np.ones((reach, reach), np.uint8)) - 1e-6
    count, seeds = cv2.connectedComponents(
        (tops & (depth * UM_PER_PIXEL >= settings.seed_um)).astype(np.uint8)
    )
    marks = np.where(mask > 0, seeds, count).astype(np.int32)
    # OpenCV floods small differences first: the step at a nucleus's edge keeps the background out until the end.
    relief = np.where(mask > 0, 150 - depth * 150 / max(depth.max(), 1), 255).astype(np.uint8)
    relief = cv2.cvtColor(relief, cv2.COLOR_GRAY2BGR)
    cv2.watershed(relief, marks)
    return np.where((marks > 0) & (marks < count), marks, 0)


def k_means(image: np.ndarray, settings: Settings) -> np.ndarray:
    """int32 [h, w] as above: pixels are clustered in Lab, then the connected components of the darkest
    cluster."""
    lab = (
        cv2.cvtColor(cv2.GaussianBlur(image, (0, 0), 1), cv2.COLOR_RGB2LAB).reshape(-1, 3).astype(np.float32)
    )
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    _, _, centres = cv2.kmeans(lab[::7].copy(), settings.clusters, None, stop, 2, cv2.KMEANS_PP_CENTERS)
    apart = ((lab[:, None] - centres[None]) ** 2).sum(-1)
    dark = (apart.argmin(1) == centres[:, 0].argmin()).reshape(image.shape[:2])
    return cv2.connectedComponents(whole(dark))[1]


def bodies(image: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """[n, 6]: x1 y1 x2 y2, area in µm² and mean red absorption of each nucleus."""
    red, rows = segment.density(image)[..., 0], []
    for number in range(1, numbers.max() + 1):
        ys, xs = np.nonzero(numbers == number)
        if len(xs):
            area = len(xs) * UM_PER_PIXEL**2
            box = (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1)
            rows.append([*box, area, red[ys, xs].mean()])
    return np.array(rows, np.float32).reshape(-1, 6)


def reported(found: np.ndarray, size: tuple[int, int], settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    """Boxes [n, 4], cut at the border of a picture of width and height `size`, and scores [n] in 0..1."""
    found = found[found[:, 4] >= settings.least_um2]
    grow = settings.grow_um / UM_PER_PIXEL
    boxes = found[:, :4] + np.array([-grow, -grow, grow, grow], np.float32)
    boxes = np.minimum(boxes.clip(0), np.array([*size, *size], np.float32))
    area = found[:, 4] / (found[:, 4] + 50)
    return boxes, area if settings.score == "area" else found[:, 5].clip(0, 1)


METHODS = {"otsu-watershed": otsu_watershed, "k-means": k_means}


def find(image: np.ndarray, method: str, settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    found = bodies(image, METHODS[method](image, settings))
    return reported(found, image.shape[1::-1], settings)


def fit(
    images: list[np.ndarray], truths: list[np.ndarray], unknown: list[np.ndarray], method: str
) -> Settings:
    """The settings of highest average precision over these fields, at IoU 0.5 and 0.75 together. What lies
    where nobody labelled (unknown bool [h, w]) is not counted."""
    if method == "k-means":
        starts = [Settings(clusters=n) for n in (2, 3, 4, 5)]
    else:
        starts = [Settings(seed_um=s) for s in (0.75, 1.25, 1.75)]
    best, answer = -1.0, starts[0]
    for start in starts:
        found = [bodies(image, METHODS[method](image, start)) for image in images]
        for grow, minimum, score in itertools.product(GROWTHS, MINIMUM_AREAS, ("area", "contrast")):
            tried = replace(start, grow_um=grow, least_um2=minimum, score=score)
            pairs = []
            for rows, image, hidden in zip(found, images, unknown):
                boxes, scores = reported(rows, image.shape[1::-1], tried)
                x, y = ((boxes[:, :2] + boxes[:, 2:]) / 2).astype(int).T
                boxes, scores = boxes[~hidden[y, x]], scores[~hidden[y, x]]
                order = np.argsort(-scores, kind="stable")
                pairs.append((boxes[order], scores[order]))
            value = average_precision(pairs, truths) + average_precision(pairs, truths, 0.75)
            if value > best:
                best, answer = value, tried
    return answer
