"""Confident learning on labels that were made wrong on purpose, and the tally of a blind reading."""

import csv

import cv2
import numpy as np

from marrowscope_training.cells import CELL_CLASSES
from marrowscope_training.data.crops import CropStore
from marrowscope_training.data.sources import Crop
from marrowscope_training.recogniser import label_noise
from marrowscope_training.recogniser.metrics import f1_by_type, mean_f1


def test_labels_made_wrong_are_found_and_counted():
    rng = np.random.default_rng(0)
    true = rng.integers(0, 3, 3000)
    labels = true.copy()
    wrong = rng.choice(np.flatnonzero(true == 0), 200, replace=False)
    labels[wrong] = 1
    probabilities = np.full((3000, 3), 0.1) + rng.random((3000, 3)) * 0.05
    probabilities[np.arange(3000), true] += 0.6
    probabilities /= probabilities.sum(1, keepdims=True)
    joint = label_noise.confident(labels, probabilities)
    share = label_noise.noise(labels, joint)
    # About half of the cells of a class are above its mean, and so are confidently of it.
    made = 200 / (labels == 1).sum()
    assert 0.4 * made < share[1] < 1.1 * made
    assert share[0] < 0.01 and share[2] < 0.01
    found = label_noise.disagreements(labels, probabilities, 200)
    assert set(found) == set(wrong)
    assert len(label_noise.disagreements(labels, probabilities, 50)) == 50


def test_sheets_do_not_tell_and_the_key_does(tmp_path):
    file = tmp_path / "cell.png"
    cv2.imwrite(str(file), np.full((360, 363, 3), 200, np.uint8))
    store = CropStore([Crop(file, "pbc", "blast", (181, 180), 0.1)] * 45)
    predictions = np.full(45, CELL_CLASSES.index("monocyte"))
    label_noise.sheets(store, np.arange(45), predictions, tmp_path / "out")
    assert len(list((tmp_path / "out").glob("sheet-*.png"))) == 3
    key = label_noise.rows_of(tmp_path / "out/key.csv")
    assert [r["number"] for r in key] == [str(i + 1) for i in range(45)]
    assert {r["labelIs"] for r in key} == {"A", "B"} and {r["label"] for r in key} == {"blast"}
    reading = tmp_path / "reading.csv"
    with reading.open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["number", "choice", "sure"])
        writer.writerows([r["number"], r["labelIs"] if i < 30 else "", 1] for i, r in enumerate(key))
    counts = label_noise.tally(key, label_noise.rows_of(reading))
    assert counts == {"label": 30, "answer": 0, "neither": 15}
    swapped = [{"number": r["number"], "choice": "AB"[r["labelIs"] == "A"]} for r in key]
    assert label_noise.tally(key, swapped)["answer"] == 45


def test_the_score_if_what_was_read_were_the_label():
    key = [{"number": str(i), "label": "blast", "answer": "monocyte", "labelIs": "A"} for i in range(1, 5)]
    blast, monocyte = CELL_CLASSES.index("blast"), CELL_CLASSES.index("monocyte")
    confusion = np.zeros((13, 13), int)
    confusion[blast, blast], confusion[monocyte, monocyte], confusion[blast, monocyte] = 6, 10, 4
    reading = [{"number": n, "choice": c} for n, c in (("1", "A"), ("2", "B"), ("3", ""))]
    out = label_noise.as_read(confusion, key, reading)
    assert out[blast].tolist() == [6 if i == blast else 2 if i == monocyte else 0 for i in range(13)]
    assert out[monocyte, monocyte] == 11 and out.sum() == 19
    assert mean_f1(f1_by_type(out)) > mean_f1(f1_by_type(confusion)) > 0.75
