"""Small pictures that the tests draw themselves: no test of this package needs a real image."""

import csv

import cv2
import numpy as np
import pytest

# Two sources with the same two types, told apart by the size of cell and nucleus.
RADII = {"lymphocyte": (34, 30), "monocyte": (64, 32)}


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


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """Drawn cells of matek and pbc on disk, four of each type in each split."""
    folder = tmp_path_factory.mktemp("data")
    rng = np.random.default_rng(0)
    for source, side in (("matek", 250), ("pbc", 360)):
        rows = []
        for split in ("train", "val", "test"):
            for label, (cell, nucleus) in RADII.items():
                (folder / source / label).mkdir(parents=True, exist_ok=True)
                for i in range(4):
                    image = np.full((side, side, 3), (214, 228, 240), np.uint8)
                    radius = int(cell + rng.integers(-3, 4))
                    cv2.circle(image, (side // 2, side // 2), radius, (215, 175, 190), -1)
                    cv2.circle(image, (side // 2, side // 2), nucleus, (135, 50, 95), -1)
                    name = f"{label}/{split}{i}.png"
                    cv2.imwrite(str(folder / source / name), image)
                    rows.append({"file": name, "class": label, "split": split, "width": side, "height": side})
        with (folder / source / "index.csv").open("w", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder
