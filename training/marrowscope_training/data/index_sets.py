"""Writes index.csv beside the pictures of a public set: python -m marrowscope_training index
tcia|pbc|pediatric FOLDER

It has the same columns as the other indexed sources (file, class, source_class, split, width, height), so
that the evaluation in TypeScript can read it too. left-out.csv lists what is left out, and why.
"""

import argparse
import csv
import hashlib
import os
import sys
from collections import Counter
from pathlib import Path

from .public_sets import PUBLIC_SETS, LeftOut, WrongFolder, label_of
from .sources import Crop, read_image, rows

PICTURES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp"}
COLUMNS = ("file", "class", "source_class", "split", "width", "height")


def split_of(name: str) -> str:
    """train, val or test (80, 10 and 10 %) by the SHA-256 of the file's name without its extension. So it is
    the same on any machine, in any folder and after re-encoding."""
    share = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) / 2**64
    return "train" if share < 0.8 else "val" if share < 0.9 else "test"


def check_folder(name: str, folder: Path) -> None:
    """Raises WrongFolder with what is there and what was expected."""
    known = PUBLIC_SETS[name].classes
    if not folder.is_dir():
        raise WrongFolder(f"there is no folder {folder}")
    inside = sorted(f.name for f in folder.iterdir() if f.is_dir() and not f.name.startswith((".", "__")))
    unknown = [f for f in inside if f not in known]
    if len(unknown) == len(inside):
        below = [f for f in inside if any((folder / f / k).is_dir() for k in known)]
        hint = f"; {folder / below[0]} looks like it" if below else ""
        raise WrongFolder(
            f"{folder} is not the set {name}: it has none of the folders {', '.join(known)}{hint}"
        )
    if unknown:
        raise WrongFolder(
            f"{folder}: unknown class folders {', '.join(unknown)}; known are {', '.join(known)}. "
            "Move them away, nothing was written"
        )


def pictures_of(name: str, folder: Path) -> list[Path]:
    """The pictures in all class folders and their subfolders, sorted, without hidden files."""
    found = []
    for code in PUBLIC_SETS[name].classes:
        for path, _, files in os.walk(folder / code):
            found += [
                Path(path, f) for f in files if Path(f).suffix.lower() in PICTURES and not f.startswith(".")
            ]
    return sorted(found)


def index(name: str, folder: Path) -> Counter:
    """Write index.csv and left-out.csv into the folder. Every picture is opened once. Returns the number of
    cells of each (split, class), and under ("left out", reason) of those that are not in the index. Raises
    WrongFolder."""
    if PUBLIC_SETS[name].slides:
        from . import cut_slides

        return cut_slides.index(name, folder)
    check_folder(name, folder)
    cells, left, seen = [], [], {}
    files = pictures_of(name, folder)
    for i, file in enumerate(files):
        if i and i % 10_000 == 0:
            print(f"{i} of {len(files)} pictures", file=sys.stderr, flush=True)
        path = file.relative_to(folder).as_posix()
        code, label = label_of(name, file, folder)
        if label is None:
            left.append((path, code, "name begins with no class of its folder"))
        elif isinstance(label, LeftOut):
            left.append((path, code, label.reason))
        elif file.stem in seen:
            left.append((path, code, "the same name is there twice"))
        else:
            try:
                height, width = read_image(file).shape[:2]
            except OSError:
                left.append((path, code, "cannot be read as an image"))
                continue
            seen[file.stem] = path
            cells.append((path, label, code, split_of(file.stem), width, height))
    if not cells:
        raise WrongFolder(f"{folder}: none of its {len(files)} pictures can be used as {name}")
    return write(folder, cells, left)


def write(folder: Path, cells: list[tuple], left: list[tuple]) -> Counter:
    """Write both tables: `cells` in the order of COLUMNS, `left` as file, source class and reason. Returns
    counts as index does."""
    _write(folder / "left-out.csv", ("file", "source_class", "reason"), left)
    _write(folder / "index.csv", COLUMNS, cells)
    return Counter([(c[3], c[1]) for c in cells] + [("left out", reason) for _, _, reason in left])


def crops(folders: dict[str, str], split: str) -> list[Crop]:
    """The cells of a split of public sets in `folders` (set -> folder; $NAME is read from the environment). A
    set without index.csv is indexed first."""
    found = []
    for name, path in folders.items():
        if name not in PUBLIC_SETS:
            raise WrongFolder(f"{name} is no public set; known are {', '.join(PUBLIC_SETS)}")
        folder = Path(os.path.expandvars(path)).expanduser()
        if "$" in str(folder):
            raise WrongFolder(f"the folder of {name} is not given: set the environment variable in '{path}'")
        if not (folder / "index.csv").exists():
            report(name, folder, index(name, folder))
        for r in rows(folder / "index.csv", split):
            centre = (int(r["width"]) / 2, int(r["height"]) / 2)
            found.append(Crop(folder / r["file"], name, r["class"], centre, PUBLIC_SETS[name].um_per_pixel))
    return found


def report(name: str, folder: Path, counts: Counter) -> None:
    """Print a line for each class, and for each reason how many were left out."""
    classes = sorted({label for split, label in counts if split != "left out"})
    print(f"{name}: {folder / 'index.csv'}")
    for label in classes:
        each = "  ".join(f"{s} {counts[s, label]:6d}" for s in ("train", "val", "test"))
        print(f"  {label:22s}{each}")
    for (split, reason), n in sorted(counts.items()):
        if split == "left out":
            print(f"  left out {n:6d}: {reason}")
    if any(split == "left out" for split, _ in counts):
        print(f"  which ones: {folder / 'left-out.csv'}", flush=True)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="marrowscope_training index", description="Write index.csv beside the pictures of a public set"
    )
    parser.add_argument("set", choices=list(PUBLIC_SETS), help="which public set it is")
    parser.add_argument("folder", type=Path, help="the folder with the set's class folders")
    a = parser.parse_args(arguments)
    try:
        report(a.set, a.folder, index(a.set, a.folder))
    except WrongFolder as error:
        parser.exit(2, f"{error}\n")


def _write(file: Path, names: tuple[str, ...], lines: list[tuple]) -> None:
    partial = file.with_suffix(".partial")
    with partial.open("w", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(lines)
    partial.replace(file)
