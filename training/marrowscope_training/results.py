"""Detections as COCO results, the form in which they leave this package to be measured."""

import json
from pathlib import Path

import numpy as np

# Below any useful threshold, whatever a network's scores mean; how many of a class are kept in a picture.
MINIMUM_SCORE, MOST = 0.005, 300


def coco(image_id: int, boxes: np.ndarray, scores: np.ndarray, classes: np.ndarray) -> list[dict]:
    """The `MOST` best detections of each class in a picture. boxes [n, 4]: x1 y1 x2 y2 in its pixels. classes
    count from 0."""
    rows, best = [], np.argsort(-scores, kind="stable")
    for i in np.concatenate([best[classes[best] == c][:MOST] for c in np.unique(classes)] or [best]):
        x0, y0, x1, y1 = boxes[i].tolist()
        box = [round(v, 1) for v in (x0, y0, x1 - x0, y1 - y0)]
        rows.append(
            {
                "image_id": image_id,
                "category_id": int(classes[i]) + 1,
                "bbox": box,
                "score": round(float(scores[i]), 4),
            }
        )
    return rows


def write(file: Path, content: list | dict) -> None:
    """Write the whole file or none of it, so that a file that exists is complete."""
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps(content, indent=None if isinstance(content, list) else 2) + "\n")
    partial.replace(file)
