import json

import cv2
import numpy as np
import pytest
import torch

from marrowscope_training import results
from marrowscope_training.ablation import command
from marrowscope_training.ablation.detector import fields
from marrowscope_training.ablation.detector.run import Config, detections
from marrowscope_training.ablation.detector.run import run as run_variant
from marrowscope_training.data.windows import Minimum, Picture, window
from marrowscope_training.detector.anchors import iou
from marrowscope_training.detector.suppression import postprocess


def marked(boxes, size=(200, 150)) -> Picture:
    """A picture whose boxes are filled, so that pixels and boxes can be compared."""
    image = np.zeros((size[1], size[0], 3), np.uint8)
    for x0, y0, x1, y1 in boxes:
        image[y0:y1, x0:x1] = 255
    truth = np.array(boxes, np.float32)
    return Picture(image, truth, np.arange(len(boxes)), np.zeros(image.shape[:2], bool))


def test_boxes_follow_the_picture_in_every_pose_and_zoom():
    picture = marked([(60, 50, 100, 80)])
    seen = 0
    for seed in range(40):
        part = window(picture, 128, np.random.default_rng(seed), (0.8, 1.25), Minimum(5, 0.35))
        ys, xs = np.nonzero(part.image[..., 0] > 127)
        if len(part.boxes) and len(xs):
            drawn = [xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]
            assert np.abs(part.boxes[0] - drawn).max() <= 1.01
            seen += 1
    assert seen > 20


def test_a_cell_of_which_hardly_anything_is_left_becomes_unknown():
    picture, kept, hidden = marked([(60, 50, 100, 80)]), 0, 0
    for seed in range(80):
        part = window(picture, 64, np.random.default_rng(seed), (1, 1), Minimum(10, 0.35))
        visible = (part.image[..., 0] > 127).any()
        kept += len(part.boxes)
        hidden += bool(visible and not len(part.boxes) and part.unknown.any())
        assert (part.boxes[:, 2:] - part.boxes[:, :2] > 10).all()
    assert kept > 5 and hidden > 5


def test_the_border_switch_drops_the_cut_cells_alone():
    picture = marked([(0, 50, 30, 80), (60, 50, 100, 80), (170, 100, 200, 150)])
    field = fields.Field(picture, np.array([True, False, True]), 7, 1.0, (200, 150))
    left = fields.without_border(field)
    assert left.boxes.tolist() == [[60, 50, 100, 80]] and left.labels.tolist() == [1]
    assert not left.unknown.any()
    assert len(picture.boxes) == 3


def test_detections_are_in_pixels_of_the_file_and_rounded():
    field = fields.Field(marked([(60, 50, 100, 80)]), np.array([False]), 7, 0.5, (400, 300))
    found = np.array([[10.123, 20, 30, 40], [190, 140, 210, 160], [0, 0, 9, 9]], np.float32)
    rows, _ = detections(lambda _: (found, np.array([0.91234, 0.5, 0.001])), [field])
    assert rows == [
        {"image_id": 7, "category_id": 1, "bbox": [20.2, 40, 39.8, 40], "score": 0.9123},
        {"image_id": 7, "category_id": 1, "bbox": [380, 280, 20, 20], "score": 0.5},
    ]


def test_suppression_keeps_the_best_of_each_class():
    boxes = torch.tensor([[0.0, 0, 10, 10], [0, 0, 10, 11], [50, 50, 70, 70]])
    scores = torch.tensor([[0.5, 0.0], [0.6, 0.7], [0.0, 0.3]])
    kept, best, classes = postprocess(boxes, scores, (60, 60), 0.02)
    assert classes.tolist() == [0, 1, 1] and best.tolist() == pytest.approx([0.6, 0.7, 0.3])
    assert kept[2].tolist() == [50, 50, 60, 60] and iou(kept[:1], kept[2:]).item() == 0


@pytest.fixture
def held(draw):
    cells = [(30, 32, 14), (90, 70, 18), (40, 100, 12)]
    boxes = np.array([[x - r, y - r, x + r, y + r] for x, y, r in cells], np.float32)
    picture = Picture(draw(128, cells), boxes, np.zeros(3, np.int64), np.zeros((128, 128), bool))
    field = fields.Field(picture, np.zeros(3, bool), 5, 1.0, (128, 128))
    return {split: [field] for split in ("train", "val", "test")}


@pytest.mark.parametrize("name", ["full", "k-means"])
def test_a_finished_run_leaves_its_files_and_is_skipped(name, held, tmp_path):
    config = Config(steps=2, batch=2, size=64, widths=(8, 8, 16, 16, 16), blocks=(1, 1, 1, 1), width=16)
    assert command.order([name], [1, 2], tmp_path) == [
        (name, 1, tmp_path / f"{name}-1"),
        (name, 2, tmp_path / f"{name}-2"),
    ]
    run_variant(name, config, 1, tmp_path / f"{name}-1", held)
    facts = json.loads((tmp_path / f"{name}-1/run.json").read_text())
    assert facts["variant"] == name and facts["millisecondsPerField"] > 0
    for split in ("val", "test"):
        rows = json.loads((tmp_path / f"{name}-1/{split}.json").read_text())
        assert all(r["image_id"] == 5 and r["score"] >= results.MINIMUM_SCORE for r in rows)
        assert 0 < len(rows) <= results.MOST
    assert command.order([name], [1, 2], tmp_path) == [(name, 2, tmp_path / f"{name}-2")]


def test_first_seeds_come_first(tmp_path):
    assert [(n, s) for n, s, _ in command.order(["a", "b"], [1, 2], tmp_path)] == [
        ("a", 1),
        ("b", 1),
        ("a", 2),
        ("b", 2),
    ]


def test_read_brings_ignored_boxes_to_scale(tmp_path):
    (tmp_path / "segpc/images").mkdir(parents=True)
    cv2.imwrite(str(tmp_path / "segpc/images/a.png"), np.full((100, 120, 3), 200, np.uint8))
    coco = {
        "images": [{"id": 9, "file_name": "a.png", "width": 120, "height": 100, "um_per_pixel": 0.125}],
        "annotations": [
            {"image_id": 9, "bbox": [0, 20, 30, 30], "iscrowd": 0},
            {"image_id": 9, "bbox": [60, 60, 20, 20], "iscrowd": 1},
        ],
    }
    (tmp_path / "train.json").write_text(json.dumps(coco))
    (field,) = fields.read(tmp_path, "train", tmp_path)
    assert field.id == 9 and field.factor == 0.5 and field.at_border.tolist() == [True]
    assert field.picture.boxes.tolist() == [[0, 10, 15, 25]]
    assert field.picture.unknown[35, 35] and not field.picture.unknown[20, 20]


def test_a_sliver_is_left_where_its_width_counts_and_not_where_a_third_must_be_left():
    boxes = np.array([[0, 0, 50, 50]], np.float32)
    sliver = np.array([[0, 0, 8, 50]], np.float32)
    assert Minimum(6, 0.06).left(boxes, sliver)[0]
    assert not Minimum(6, 0.35).left(boxes, sliver)[0]
    assert not Minimum(10, 0.06).left(boxes, sliver)[0]
