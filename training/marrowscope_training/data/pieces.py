"""All pieces from which training fields are composed."""

import hashlib
import pickle
from pathlib import Path

import numpy as np

from . import labels, sources, tiles


def collect(
    data: Path, crops_per_class: int, folder: Path, labelled: bool, seed: int = 1
) -> tuple[list[tiles.Tile], list[tiles.Cutout]]:
    """All training pieces. labelled: use our own labels of marrow fields in place of the source's labels of
    these fields. The result is cached in `folder`, because outlining thousands of cells takes minutes."""
    ours = labels.fields(data, "train") if labelled else []
    of = (
        hashlib.sha256((labels.FOLDER / "train.json").read_bytes()).hexdigest()[:12]
        if labelled
        else "without"
    )
    cache = folder / f"pieces-{crops_per_class}-{seed}-{of}.pkl"
    if cache.exists():
        with cache.open("rb") as handle:
            return pickle.load(handle)
    rng, hide = np.random.default_rng(seed), tiles.held_out(data)
    groups: dict[tuple[str, str], list[sources.Crop]] = {}
    for crop in sources.crops(data, "train", ("matek", "pbc")):
        if crop.file.stem not in hide and crop.label != "not_identifiable":
            groups.setdefault((crop.source, crop.label), []).append(crop)
    pieces, cutouts = [], []
    for group in groups.values():
        for i in rng.permutation(len(group))[:crops_per_class]:
            tile, cutout = tiles.of_crop(group[i])
            pieces += [tile] if tile else []
            cutouts += [cutout] if cutout else []
    pieces += [tiles.of_field(*f, "txl_pbc") for f in tiles.txl(data, "train", hide)]
    pieces += [tiles.of_field(*f, "bccd") for f in tiles.bccd(data, "train", hide)]
    pieces += [labels.tile(f) for f in ours]
    pieces += tiles.of_segpc(data, "train", {f.file.stem for f in ours})
    cache.parent.mkdir(parents=True, exist_ok=True)
    with cache.open("wb") as handle:
        pickle.dump((pieces, cutouts), handle)
    return pieces, cutouts
