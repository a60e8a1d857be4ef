"""All labelled cells of a split as one array, in memory or on disk, and balanced batches of them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from ..cells import CELL_CLASSES, INDEX, NOT_IDENTIFIABLE, NOT_PLASMA
from . import index_sets, marrow, no_nucleus, sources

STORE_UM_PER_PIXEL, STORE_SIZE = 1 / 6, 160
PARTIAL = -1  # label of a cell that is known only not to be a plasma cell


def class_index(label: str) -> int:
    """The class of a label. A platelet taken for a cell is `not_identifiable`: it has no nucleus. PARTIAL
    where the type is not known."""
    return PARTIAL if label == NOT_PLASMA else INDEX[NOT_IDENTIFIABLE if label == "platelet" else label]


def possible(labels: np.ndarray) -> np.ndarray:
    """The classes that each label leaves possible, bool [n, classes]: one of them, or with PARTIAL all but
    the plasma cell."""
    classes = np.arange(len(CELL_CLASSES))
    return np.where(labels[:, None] == PARTIAL, classes != INDEX["plasma_cell"], labels[:, None] == classes)


def labelled_cells(
    data: Path | None, split: str, names: tuple[str, ...], folders: dict[str, str]
) -> list[sources.Crop]:
    """Cells of the sources `names`. Those in `folders` are public sets and are read from there, the others
    from `data`."""
    folders = {n: f for n, f in folders.items() if n in names}
    others = tuple(n for n in names if n not in folders)
    found = index_sets.crops(folders, split) + (sources.crops(data, split, others) if others else [])
    found += marrow.crops(data, split) if "marrow" in others else []
    return found + (no_nucleus.crops(data, split) if "no_nucleus" in others else [])


def evenly(count: int, most: int) -> np.ndarray:
    """At most `most` numbers below `count`, evenly spread."""
    return np.linspace(0, count - 1, min(count, most)).astype(int)


class CropStore:
    """images uint8 [n, 160, 160, 3] at 1/6 µm per pixel (26.7 µm, so that a crop can be shifted, rotated and
    scaled almost without leaving it), labels [n], sources [n], and the files of the n cells."""

    def __init__(self, cells: list[sources.Crop], on_disk: Path | None = None):
        """on_disk: a file in which the pictures are kept instead of in memory (77 kB for each cell)."""
        shape = (len(cells), STORE_SIZE, STORE_SIZE, 3)
        if on_disk is None or not cells:
            self.images = np.empty(shape, np.uint8)
        else:
            on_disk.parent.mkdir(parents=True, exist_ok=True)
            self.images = np.lib.format.open_memmap(on_disk, "w+", np.uint8, shape)
        self.labels = np.array([class_index(c.label) for c in cells])
        self.sources = np.array([c.source for c in cells])
        self.files = [c.file for c in cells]
        last, picture = None, None
        for i, cell in enumerate(cells):
            if cell.file != last:
                last, picture = cell.file, sources.read_image(cell.file)
            step = STORE_UM_PER_PIXEL / cell.um_per_pixel
            self.images[i] = sources.window(picture, cell.centre, step, STORE_SIZE)

    @classmethod
    def labelled(
        cls,
        data: Path | None,
        split: str,
        names: tuple[str, ...],
        types: tuple[str, ...] = (),
        folders: dict[str, str] | None = None,
        on_disk: Path | None = None,
    ) -> "CropStore":
        """Cells of the sources `names`; only of `types` where that is not empty. See labelled_cells."""
        cells = labelled_cells(data, split, names, folders or {})
        return cls([c for c in cells if not types or c.label in types], on_disk)

    @property
    def names(self) -> list[str]:
        """Source and file name of each cell's picture, as in written answers."""
        return [f"{source}/{file.name}" for source, file in zip(self.sources, self.files)]

    def keep(self, index: np.ndarray) -> None:
        """Drop all other cells."""
        self.images, self.labels, self.sources = self.images[index], self.labels[index], self.sources[index]
        self.files = [self.files[i] for i in index]

    def __len__(self) -> int:
        return len(self.labels)

    def tensor(self, index: np.ndarray) -> torch.Tensor:
        """float32 [n, 3, 160, 160] in 0..1."""
        return torch.from_numpy(self.images[index]).permute(0, 3, 1, 2).float() / 255


def balanced_epoch(
    labels: np.ndarray, cap: int, rng: np.random.Generator, sources: np.ndarray | None = None
) -> np.ndarray:
    """The order of one epoch: at most `cap` cells of each class, drawn anew each time (random undersampling
    of the large classes), shuffled. With `sources`, each source contributes equally many cells to a class, or
    all it has."""
    chosen = []
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == label))
        if sources is not None:
            members = members[np.argsort(_turn(sources[members]), kind="stable")]
        chosen.append(members[:cap])
    return rng.permutation(np.concatenate(chosen))


class Batches:
    """Which cells each step of a training sees: epochs, each in an order of its own, cut into batches. For a
    seed the batches are the same, whatever is trained."""

    def __init__(self, order: Callable[[np.random.Generator], np.ndarray], size: int, seed: int):
        """order(rng) draws the cells of one epoch; `size` of them are a batch. Raises ValueError where they
        do not fill one."""
        cells = len(order(np.random.default_rng(0)))
        self.order, self.size, self.seed, self.per_epoch = order, size, seed, cells // size
        self.epoch, self.cells = -1, np.zeros(0, int)
        if self.per_epoch == 0:
            raise ValueError(f"{cells} cells do not fill a batch of {size}")

    def at(self, step: int) -> np.ndarray:
        """The numbers of the cells of this step."""
        epoch, position = divmod(step, self.per_epoch)
        if epoch != self.epoch:
            self.epoch, self.cells = epoch, self.order(np.random.default_rng([self.seed, epoch]))
        return self.cells[position * self.size : (position + 1) * self.size]


def _turn(groups: np.ndarray) -> np.ndarray:
    """How many elements of the same group come before each element."""
    turn = np.empty(len(groups), int)
    for group in np.unique(groups):
        members = np.flatnonzero(groups == group)
        turn[members] = np.arange(len(members))
    return turn
