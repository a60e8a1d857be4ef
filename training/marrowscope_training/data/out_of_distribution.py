"""Out-of-distribution pictures: drawn ones without any cell, and pieces of real cells put together wrongly.
Trained as `not_identifiable` beside the cells, they keep the network from being sure about what it has never
seen (outlier exposure, Hendrycks 2019)."""

import cv2
import numpy as np

SIGNS = list("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;%/()+-=")


def colour(rng: np.random.Generator, low: int = 0, high: int = 256) -> tuple[int, int, int]:
    return tuple(int(v) for v in rng.integers(low, high, 3))


def ground(size: int, rng: np.random.Generator) -> np.ndarray:
    """Glass, any colour, or a gradient between two."""
    if rng.random() < 0.5:
        return np.full((size, size, 3), colour(rng, 190), np.uint8)
    a, b = np.array(colour(rng)), np.array(colour(rng))
    if rng.random() < 0.5:
        b = a
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[0:size, 0:size] / size - 0.5
    share = (np.cos(angle) * x + np.sin(angle) * y + 0.7).clip(0, 1.4)[..., None] / 1.4
    return (a * share + b * (1 - share)).astype(np.uint8)


def writing(size: int, rng: np.random.Generator) -> np.ndarray:
    image = ground(size, rng)
    for _ in range(rng.integers(1, 5)):
        word = "".join(rng.choice(SIGNS) for _ in range(rng.integers(1, 10)))
        position = (int(rng.integers(-size // 3, size // 2)), int(rng.integers(size // 8, size)))
        font, height = int(rng.integers(0, 8)), float(rng.uniform(0.3, 2.5))
        cv2.putText(
            image, word, position, font, height, colour(rng, 0, 160), int(rng.integers(1, 4)), cv2.LINE_AA
        )
    return image


def shapes(size: int, rng: np.random.Generator) -> np.ndarray:
    """Smooth ovals, some with an oval inside, and polygons, in any colour."""
    image = ground(size, rng)
    for _ in range(rng.integers(1, 7)):
        centre = tuple(int(v) for v in rng.integers(0, size, 2))
        if rng.random() < 0.3:
            corners = (rng.normal(0, size / 5, (int(rng.integers(3, 7)), 2)) + centre).astype(np.int32)
            cv2.fillPoly(image, [corners], colour(rng), cv2.LINE_AA)
            continue
        long, turn = rng.uniform(size / 10, size / 2.5), float(rng.uniform(0, 180))
        axes = (int(long), int(long * rng.uniform(0.3, 1)))
        cv2.ellipse(image, centre, axes, turn, 0, 360, colour(rng), -1, cv2.LINE_AA)
        if rng.random() < 0.6:
            inner = tuple(int(v * rng.uniform(0.25, 0.6)) for v in axes)
            cv2.ellipse(image, centre, inner, turn, 0, 360, colour(rng, 0, 170), -1, cv2.LINE_AA)
    return image


def nucleated_red_cells(size: int, rng: np.random.Generator) -> np.ndarray:
    """Oval red cells with a nucleus, as birds have them, one of them in the middle: smooth and all alike."""
    image = np.full((size, size, 3), colour(rng, 215), np.uint8)
    plasm = np.array([rng.integers(150, 245), rng.integers(80, 190), rng.integers(80, 190)])
    kernel = np.array([rng.integers(40, 140), rng.integers(15, 100), rng.integers(60, 170)])
    long = rng.uniform(size / 6, size / 2.6)
    flat, part, oval = rng.uniform(0.45, 0.8), rng.uniform(0.3, 0.6), rng.uniform(0.4, 1)
    centres = [(size / 2, size / 2), *rng.uniform(0, size, (int(rng.integers(0, 8)), 2))][::-1]
    for centre in centres:
        at, turn = tuple(int(v) for v in centre), float(rng.uniform(0, 180))
        axes = (int(long), int(long * flat))
        shade = lambda c: tuple(int(v) for v in (c + rng.normal(0, 6, 3)).clip(0, 255))
        cv2.ellipse(image, at, axes, turn, 0, 360, shade(plasm), -1, cv2.LINE_AA)
        inner = (int(long * part), max(1, int(long * part * oval)))
        cv2.ellipse(image, at, inner, turn, 0, 360, shade(kernel), -1, cv2.LINE_AA)
    return image


def lines(size: int, rng: np.random.Generator) -> np.ndarray:
    image = ground(size, rng)
    gap, width = int(rng.integers(4, size // 2)), int(rng.integers(1, 5))
    ink, both = colour(rng, 0, 180), rng.random() < 0.5
    angle, bend = rng.uniform(0, np.pi), rng.uniform(-0.3, 0.3) * (rng.random() < 0.5)
    for side in (angle, angle + np.pi / 2)[: 1 + both]:
        along, across = np.array([np.cos(side), np.sin(side)]), np.array([-np.sin(side), np.cos(side)])
        for i in range(-2 * size // gap, 2 * size // gap):
            t = np.linspace(-1.5 * size, 1.5 * size, 20)[:, None]
            path = size / 2 + along * t + across * (i * gap + bend * t * np.abs(t) / size)
            cv2.polylines(image, [path.astype(np.int32)], False, ink, width, cv2.LINE_AA)
    return image


def grain(size: int, rng: np.random.Generator) -> np.ndarray:
    """Noise of one grain size, grey or coloured, weak or strong."""
    step = int(rng.choice([1, 1, 2, 4, 8, 16]))
    few = -(-size // step)
    noise = rng.normal(0, rng.uniform(5, 90), (few, few, int(rng.choice([1, 3]))))
    noise = cv2.resize(noise.astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
    return (ground(size, rng) + noise.reshape(size, size, -1)).clip(0, 255).astype(np.uint8)


def jumble(cells: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Pieces of real cells, uint8 [n, S, S, 3], each from another location: their colours without the form of
    a cell."""
    size, parts = cells.shape[1], int(rng.integers(4, 8))
    edge = size // parts
    image = np.empty_like(cells[0])
    for y in range(0, size, edge):
        for x in range(0, size, edge):
            h, w = min(edge, size - y), min(edge, size - x)
            v, u = rng.integers(0, size - h + 1), rng.integers(0, size - w + 1)
            image[y : y + h, x : x + w] = cells[rng.integers(len(cells)), v : v + h, u : u + w]
    return image


def out_of_distribution(count: int, size: int, cells: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """uint8 [count, size, size, 3], each drawn in one of these ways. cells uint8 [n, size, size, 3]: real
    ones."""
    ways = [
        lambda: writing(size, rng),
        lambda: shapes(size, rng),
        lambda: lines(size, rng),
        lambda: grain(size, rng),
        lambda: ground(size, rng),
        lambda: jumble(cells, rng),
        lambda: nucleated_red_cells(size, rng),
    ]
    out = np.stack([ways[rng.integers(len(ways))]() for _ in range(count)])
    soft = rng.random(count) < 0.5
    for i in np.flatnonzero(soft):
        out[i] = cv2.GaussianBlur(out[i], (0, 0), float(rng.uniform(0.5, 1.5)))
    return out
