"""Cells of the training fields that have a box but no type: white cells of blood (txl_pbc, bccd), and every
nucleated cell of the marrow fields that we labelled."""

from pathlib import Path

from ..cells import NOT_IDENTIFIABLE
from . import labels, sources, tiles


def crops(data: Path) -> list[sources.Crop]:
    """Of the train split only; none where `data` does not contain the fields. Pictures that another source
    holds out are left out. Their label has no meaning."""
    if not all((data / name).exists() for name in ("txl_pbc", "bccd", "segpc")):
        return []
    hide = tiles.held_out(data)
    fields = [("txl_pbc", *f) for f in tiles.txl(data, "train", hide)]
    fields += [("bccd", *f) for f in tiles.bccd(data, "train", hide)]
    fields += [("segpc", f.file, f.boxes, f.um_per_pixel) for f in labels.fields(data, "train")]
    return [
        sources.Crop(file, source, NOT_IDENTIFIABLE, (float(x0 + x1) / 2, float(y0 + y1) / 2), um_per_pixel)
        for source, file, boxes, um_per_pixel in fields
        for x0, y0, x1, y1 in boxes
    ]
