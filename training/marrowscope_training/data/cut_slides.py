"""Cuts the labelled cells of BoneMarrowWSI-PediatricLeukemia out of its slides and indexes them like the
other sets.

The layout is that of the Imaging Data Commons (collection bonemarrowwsi_pediatricleukemia): DICOM files in
any folders, and for each slide an annotation object whose series is described as 'Consensus: ...', with one
group of rectangles for each label. Other sessions, regions and unlabelled boxes are skipped.
"""

import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path

import cv2

from . import index_sets
from .public_sets import PUBLIC_SETS, LeftOut, WrongFolder
from .slides import BOXES, SLIDE, Slide, SlideNotReadable, boxes_of, header
from .sources import window

SIZE = 320  # pixels of a cut cell: 32 µm


def index(name: str, folder: Path) -> Counter:
    """Write cells/LABEL/*.png, index.csv and left-out.csv into the folder. The splits are by patient. Returns
    counts as index_sets.index does. Raises WrongFolder. A slide that is missing or cannot be read is listed,
    and the others are still read."""
    if not folder.is_dir():
        raise WrongFolder(f"there is no folder {folder}")
    if importlib.util.find_spec("pydicom") is None:
        raise WrongFolder('whole slides need pydicom: pip install -e "training[slides]"')
    known, cells, left = PUBLIC_SETS[name].classes[""], [], []
    slides, annotations = _files(folder)
    for number, path in enumerate(annotations):
        try:
            found = boxes_of(path)
        except SlideNotReadable as error:
            left.append((path.relative_to(folder).as_posix(), "", str(error)))
            continue
        if not found.series.lower().startswith("consensus"):
            continue
        print(f"{path.relative_to(folder)}: {len(found.labels)} cells", file=sys.stderr, flush=True)
        unknown = sorted(set(found.labels) - set(known))
        if unknown:
            raise WrongFolder(f"{path}: unknown labels {', '.join(unknown)}; nothing was indexed")
        try:
            slide = Slide(slides[found.slide])
        except KeyError:
            left.append((path.relative_to(folder).as_posix(), "", "its slide is not in the folder"))
            continue
        except SlideNotReadable as error:
            left.append((path.relative_to(folder).as_posix(), "", str(error)))
            continue
        patient = re.sub(r"[^\w.-]", "-", found.patient)
        step = PUBLIC_SETS[name].um_per_pixel / slide.um_per_pixel
        for i, (label, box) in enumerate(zip(found.labels, found.boxes)):
            ours = known[label]
            file = Path("cells", label, f"{patient}_{number:04d}_{i:05d}.png")
            if isinstance(ours, LeftOut):
                left.append((file.as_posix(), label, ours.reason))
                continue
            (folder / file.parent).mkdir(parents=True, exist_ok=True)
            _cut(slide, box, step, folder / file)
            split = index_sets.split_of(found.patient)
            cells.append((file.as_posix(), ours, label, split, SIZE, SIZE))
    if not cells:
        raise WrongFolder(
            f"{folder}: no labelled cell found in {len(annotations)} annotation objects and {len(slides)} slide files"
        )
    return index_sets.write(folder, cells, left)


def _files(folder: Path) -> tuple[dict[str, Path], list[Path]]:
    slides, annotations = {}, []
    for file in sorted(f for f in folder.rglob("*.dcm") if f.is_file()):
        d = header(file)
        if d is None:
            continue
        if d.SOPClassUID == SLIDE:
            slides[str(d.SOPInstanceUID)] = file
        elif d.SOPClassUID == BOXES:
            annotations.append(file)
    return slides, annotations


def _cut(slide: Slide, box, step: float, file: Path) -> None:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    half = int(SIZE * step / 2) + 3
    x0, y0 = max(0, int(x) - half), max(0, int(y) - half)
    part = slide.region(x0, y0, min(slide.width, int(x) + half), min(slide.height, int(y) + half))
    cell = window(part, (x - x0, y - y0), step, SIZE)
    if not cv2.imwrite(str(file), cv2.cvtColor(cell, cv2.COLOR_RGB2BGR)):
        raise OSError(f"{file} cannot be written")
