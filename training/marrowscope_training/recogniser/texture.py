"""Texture of a grey picture inside a mask: co-occurrence of grey levels (Haralick 1973) and local binary
patterns (Ojala 2002)."""

import numpy as np

# Steps of one pixel to the right, down right, down, down left: with their opposites all eight neighbours.
DIRECTIONS = ((0, 1), (1, 1), (1, 0), (1, -1))


def cooccurrence(levels: np.ndarray, mask: np.ndarray, distance: int, count: int) -> np.ndarray:
    """Shares [count, count] of pairs of levels (int [H, W], 0..count-1) that are `distance` apart in the four
    directions and their opposites, with both pixels in the mask. Zeros where there is no pair."""
    pairs = np.zeros((count, count))
    h, w = levels.shape
    for down, right in DIRECTIONS:
        y, x = down * distance, right * distance
        a = np.s_[: h - y, max(0, -x) : w - max(0, x)]
        b = np.s_[y:, max(0, x) : w + min(0, x)]
        both = mask[a] & mask[b]
        code = levels[a][both] * count + levels[b][both]
        pairs += np.bincount(code, minlength=count * count).reshape(count, count)
    pairs += pairs.T
    return pairs / max(1, pairs.sum())


def haralick(pairs: np.ndarray) -> np.ndarray:
    """Contrast, dissimilarity, homogeneity, energy, entropy (bits) and correlation (0 where the levels are
    constant)."""
    i, j = np.indices(pairs.shape)
    apart = np.abs(i - j)
    some = pairs[pairs > 0]
    mean = (i * pairs).sum()
    variance = ((i - mean) ** 2 * pairs).sum()
    together = ((i - mean) * (j - mean) * pairs).sum()
    return np.array(
        [
            (apart**2 * pairs).sum(),
            (apart * pairs).sum(),
            (pairs / (1 + apart**2)).sum(),
            (pairs**2).sum(),
            -(some * np.log2(some)).sum(),
            together / variance if variance > 1e-12 else 0.0,
        ]
    )


def binary_patterns(grey: np.ndarray, radius: float, points: int = 8) -> np.ndarray:
    """The rotation-invariant uniform pattern [H, W] of every pixel: how many of `points` points on the circle
    are at least as bright as it, or points + 1 where that changes more than twice around the circle. The
    circle is sampled by bilinear interpolation; the picture's edge is repeated."""
    reach = int(np.ceil(radius)) + 1
    centre = grey.astype(np.float32)
    wide = np.pad(centre, reach, mode="edge")
    h, w = grey.shape
    brighter = np.empty((points, h, w), bool)
    for k in range(points):
        angle = 2 * np.pi * k / points
        y, x = (round(float(v), 6) for v in (-radius * np.sin(angle), radius * np.cos(angle)))
        y0, x0 = int(np.floor(y)), int(np.floor(x))
        fy, fx = y - y0, x - x0
        part = lambda dy, dx, y0=y0, x0=x0: wide[
            reach + y0 + dy : reach + y0 + dy + h, reach + x0 + dx : reach + x0 + dx + w
        ]
        value = (1 - fy) * ((1 - fx) * part(0, 0) + fx * part(0, 1))
        if fy:
            value = value + fy * ((1 - fx) * part(1, 0) + fx * part(1, 1))
        brighter[k] = value >= centre - 1e-3
    changes = (brighter != np.roll(brighter, 1, 0)).sum(0)
    return np.where(changes <= 2, brighter.sum(0), points + 1)


def shares(patterns: np.ndarray, mask: np.ndarray, points: int = 8) -> np.ndarray:
    """How often each pattern [points + 2] occurs among the pixels of the mask. Zeros where it is empty."""
    counts = np.bincount(patterns[mask], minlength=points + 2)
    return counts / max(1, counts.sum())
