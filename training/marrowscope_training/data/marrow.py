"""Single cells of our own marrow labels (data/labels/segpc): those whose type was read from their
picture, those that are known only not to be plasma cells, and, as not_identifiable, smudged cells and bare
nuclei."""

import json
from pathlib import Path

from ..cells import NOT_IDENTIFIABLE, NOT_PLASMA
from . import labels, sources

READ = "types.csv"  # what was read, one row for each cell
NO_CELL = (
    "smudged",
    "naked",
    "stromal",
    "megakaryocyte",
)  # reasons of ignored boxes whose content has no type


def types(folder: Path = labels.FOLDER) -> dict[int, tuple[str, str]]:
    """Type and certainty (sure, likely or guess) by the cell's number; empty where nothing was read yet."""
    file = folder / READ
    return {int(r["cell"]): (r["type"], r["certainty"]) for r in sources.rows(file)} if file.exists() else {}


def label_of(read: tuple[str, str] | None) -> str | None:
    """The label of a cell that the source did not mask as a plasma cell: the type that was read, if it is
    more than a guess. None where nothing is known."""
    if read is None:
        return NOT_PLASMA
    if read[1] == "guess":
        return None if read[0] in ("plasma_cell", NOT_IDENTIFIABLE) else NOT_PLASMA
    return read[0]


def crops(data: Path, split: str, folder: Path = labels.FOLDER) -> list[sources.Crop]:
    """The cells of a split, in the order of the label file. Masked plasma cells are the source "segpc" and
    not included here."""
    coco = json.loads((folder / f"{split}.json").read_text())
    images = {i["id"]: i for i in coco["images"]}
    plasma = {c["id"] for c in coco["categories"] if c["name"] == "plasma_cell"}
    read, found = types(folder), []
    for a in coco["annotations"]:
        if a["iscrowd"]:
            label = NOT_IDENTIFIABLE if a["attributes"].get("reason") in NO_CELL else None
        elif a["category_id"] in plasma:
            continue
        else:
            label = label_of(read.get(a["id"]))
        if label is None:
            continue
        image, (x, y, w, h) = images[a["image_id"]], a["bbox"]
        file = data / "segpc/images" / image["file_name"]
        found.append(sources.Crop(file, "marrow", label, (x + w / 2, y + h / 2), image["um_per_pixel"]))
    return found
