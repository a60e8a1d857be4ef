"""Small pictures that the tests draw themselves: no test of this package needs a real image."""

import cv2
import numpy as np
import pytest


def smear(size: int, cells: list[tuple[int, int, int]], seed: int = 0) -> np.ndarray:
    """RGB uint8: cream background, pink red cells, and nucleated cells (x, y, radius) with a dark purple nucleus."""
    rng = np.random.default_rng(seed)
    image = np.full((size, size, 3), (240, 228, 210), np.uint8)
    for _ in range(12):
        x, y = rng.integers(0, size, 2)
        cv2.circle(image, (int(x), int(y)), 18, (214, 170, 168), -1)
    for x, y, r in cells:
        cv2.circle(image, (x, y), r, (190, 175, 215), -1)
        cv2.circle(image, (x, y), int(r * 0.65), (95, 50, 135), -1)
    return cv2.GaussianBlur(image, (0, 0), 0.8)


@pytest.fixture
def draw():
    return smear
