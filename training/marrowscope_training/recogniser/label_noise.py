"""Finds labels that may be wrong: confident learning (Northcutt 2021) on a recogniser's answers for cells
that it was not trained on, and sheets of the cells where label and answer differ, to be read without knowing
which is which.

    python -m marrowscope_training label-noise [--models models] [--split val] [--out out/label-noise] [--count 200]
    python -m marrowscope_training label-noise --out out/label-noise --read answers.csv
"""

import argparse
import csv
import json
from pathlib import Path

import cv2
import numpy as np

from ..arguments import add_data, add_models, data_of
from ..cells import CELL_CLASSES, CELL_TYPES, INDEX
from ..data.crops import CropStore
from ..data.sources import read_image
from .metrics import confusion_of, f1_by_type, mean_f1
from .onnx_answers import onnx_answers
from .settings import Config

COLUMNS, SIDE, WORDS = 5, 300, 44
PER_SHEET = 20


def confident(labels: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """The confident joint int [K, K]: how many cells labelled i are confidently of class j. A cell is
    confidently of a class if its probability is at least the mean probability of that class over the cells
    labelled so; of several such classes, the most probable one counts."""
    classes = probabilities.shape[1]
    means = [probabilities[labels == j, j].mean() if (labels == j).any() else np.inf for j in range(classes)]
    over = np.where(probabilities >= np.array(means), probabilities, -1)
    of = over.argmax(1)
    joint = np.zeros((classes, classes), int)
    sure = over.max(1) >= 0
    np.add.at(joint, (labels[sure], of[sure]), 1)
    return joint


def noise(labels: np.ndarray, joint: np.ndarray) -> np.ndarray:
    """For each class, the share of the cells labelled so that are confidently of another class, 0..1; NaN
    without cells."""
    with np.errstate(invalid="ignore"):
        return 1 - np.diag(joint) / joint.sum(1)


def disagreements(labels: np.ndarray, probabilities: np.ndarray, count: int) -> np.ndarray:
    """The cells whose answer differs from the label. Those whose label is least probable compared with the
    answer come first."""
    predictions = probabilities.argmax(1)
    margin = probabilities.max(1) - probabilities[np.arange(len(labels)), labels]
    order = np.argsort(-margin, kind="stable")
    return order[predictions[order] != labels[order]][:count]


def sheets(store: CropStore, chosen: np.ndarray, predictions: np.ndarray, folder: Path) -> None:
    """Sheets of 20 cells, each with its two names in a random order, and key.csv, which says which one is the
    label."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1)
    rows = []
    for first in range(0, len(chosen), PER_SHEET):
        some = chosen[first : first + PER_SHEET]
        lines = -(-len(some) // COLUMNS)
        sheet = np.full((lines * (SIDE + WORDS), COLUMNS * SIDE, 3), 255, np.uint8)
        for i, cell in enumerate(some):
            y, x = i // COLUMNS * (SIDE + WORDS), i % COLUMNS * SIDE
            picture = read_image(store.files[cell]) if store.sources[cell] != "segpc" else store.images[cell]
            side = min(picture.shape[:2])
            top, left = ((n - side) // 2 for n in picture.shape[:2])
            square = picture[top : top + side, left : left + side]
            sheet[y : y + SIDE - 2, x : x + SIDE - 2] = cv2.resize(square, (SIDE - 2,) * 2)
            names = [CELL_CLASSES[store.labels[cell]], CELL_CLASSES[predictions[cell]]]
            swapped = bool(rng.integers(2))
            for line, name in enumerate(names[::-1] if swapped else names):
                text = f"{first + i + 1} {'AB'[line]}: {name}"
                where = (x + 4, y + SIDE + 14 + 18 * line)
                cv2.putText(sheet, text, where, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 0, 0), 1, cv2.LINE_AA)
            rows.append(
                {
                    "number": first + i + 1,
                    "file": f"{store.sources[cell]}/{store.files[cell].name}",
                    "label": names[0],
                    "answer": names[1],
                    "labelIs": "B" if swapped else "A",
                }
            )
        name = f"sheet-{first // PER_SHEET + 1:02}.png"
        cv2.imwrite(str(folder / name), cv2.cvtColor(sheet, cv2.COLOR_RGB2BGR))
    with (folder / "key.csv").open("w", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def tally(key: list[dict[str, str]], reading: list[dict[str, str]]) -> dict[str, int]:
    """How often a blinded reader chose the label, the answer, or neither. reading: number, choice (A, B or
    empty)."""
    label_is = {row["number"]: row["labelIs"] for row in key}
    counts = {"label": 0, "answer": 0, "neither": 0}
    for row in reading:
        choice = row["choice"].strip().upper()
        if choice not in ("A", "B"):
            counts["neither"] += 1
        else:
            counts["label" if choice == label_is[row["number"]] else "answer"] += 1
    return counts


def as_read(confusion: np.ndarray, key: list[dict[str, str]], reading: list[dict[str, str]]) -> np.ndarray:
    """The confusion [K, K] (labels down, answers across) if the reader's choices were the labels. Cells for
    which the reader chose neither name are left out."""
    out = confusion.copy()
    choices = {row["number"]: row["choice"].strip().upper() for row in reading}
    for row in key:
        label, answer = INDEX[row["label"]], INDEX[row["answer"]]
        choice = choices.get(row["number"])
        if choice is None or choice == row["labelIs"]:
            continue
        out[label, answer] -= 1
        if choice in ("A", "B"):
            out[answer, answer] += 1
    return out


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as handle:
        return list(csv.DictReader(handle))


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="marrowscope_training label-noise", description="Find labels that may be wrong"
    )
    add_models(parser)
    parser.add_argument("--split", choices=["train", "val", "test"], default="val")
    parser.add_argument(
        "--out", type=Path, default=Path("out/label-noise"), help="folder of sheets and figures"
    )
    parser.add_argument("--count", type=int, default=200, help="how many cells are shown on sheets")
    parser.add_argument(
        "--read", type=Path, help="CSV of number and choice: a reader's choices on the sheets"
    )
    add_data(parser)
    a = parser.parse_args(arguments)
    if a.read is not None:
        key, reading = rows_of(a.out / "key.csv"), rows_of(a.read)
        confusion = np.array(json.loads((a.out / "label-noise.json").read_text())["confusion"])
        scores = {"asLabelled": confusion, "asRead": as_read(confusion, key, reading)}
        predictions = {"macroF1": {name: round(mean_f1(f1_by_type(c)), 4) for name, c in scores.items()}}
        print(json.dumps(tally(key, reading) | predictions, indent=2))
        return
    data = data_of(parser, a)
    store = CropStore.labelled(data, a.split, Config().sources)
    probabilities = onnx_answers(a.models, store, ("probabilities",))[0]
    joint = confident(store.labels, probabilities)
    share = noise(store.labels, joint)
    chosen = disagreements(store.labels, probabilities, a.count)
    sheets(store, chosen, probabilities.argmax(1), a.out)
    confusion = confusion_of(store.labels, probabilities.argmax(1))
    found = {
        "split": a.split,
        "cells": len(store),
        "wrong": int((probabilities.argmax(1) != store.labels).sum()),
        "confidentlyOfAnotherClass": int(joint.sum() - np.trace(joint)),
        "share": {name: round(float(share[CELL_CLASSES.index(name)]), 4) for name in CELL_TYPES},
        "joint": joint.tolist(),
        "confusion": confusion.tolist(),
        "shown": len(chosen),
    }
    (a.out / "label-noise.json").write_text(json.dumps(found, indent=2) + "\n")
    print(json.dumps({k: v for k, v in found.items() if k not in ("joint", "confusion")}, indent=2))
