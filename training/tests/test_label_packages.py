"""Labels that we write are read by other programs' own packages, and what these write is read by us.

pycocotools reads COCO; datumaro, which CVAT imports and exports with, COCO, Pascal VOC and YOLO; ultralytics YOLO.
`label-packages.txt` beside this file says how they are installed. labelme is not among them: its package cannot be
loaded without its window (PyQt5, 200 MB and the graphics libraries of a desktop). Its files are held by
annotation/labelme/.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pytest
from pycocotools.coco import COCO

# It keeps its settings in the home of whoever loads it, and installs what it misses.
os.environ["YOLO_CONFIG_DIR"] = tempfile.mkdtemp()
os.environ["YOLO_AUTOINSTALL"] = "false"

import datumaro as dm
from ultralytics.data.utils import verify_image_label

ROOT = Path(__file__).parents[2]
WIDTH, HEIGHT = 260, 200
NAMES = ["blast", "lymphocyte", "plasma_cell"]
# By image: x, y, width, height in pixels, and the name; one box touches the image's edge.
CELLS = {
    "field 1": [((10, 20, 50, 40), "lymphocyte"), ((200, 150, 60, 50), "blast")],
    "骨髓 2": [((0.5, 30.25, 40.5, 60), "plasma_cell")],
}


def label(*arguments):
    """The command `marrowscope label`, as a person calls it."""
    own = ROOT / "node_modules/.bin/node"
    node = str(own) if own.exists() else "node"
    command = [node, "cli/main.ts", "label", *map(str, arguments)]
    run = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
    return run


@pytest.fixture
def images(tmp_path):
    folder = tmp_path / "images"
    folder.mkdir()
    picture = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
    for name in CELLS:
        (folder / f"{name}.png").write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    return folder


@pytest.fixture
def ours(tmp_path):
    """The cells as our own labels, with one ignored box more in each image."""
    folder = tmp_path / "ours"
    folder.mkdir()
    for image, cells in CELLS.items():
        shapes = [shape(box, name) for box, name in cells]
        shapes.append(
            {**shape((100, 100, 30, 30), "blast"), "flags": {"ignore": True}, "description": "doubtful"}
        )
        document = {
            "version": "5.5.0",
            "flags": {},
            "shapes": shapes,
            "imagePath": f"{image}.png",
            "imageData": None,
            "imageWidth": WIDTH,
            "imageHeight": HEIGHT,
        }
        (folder / f"{image}.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def shape(box, name):
    x, y, w, h = box
    corners = [[x, y], [x + w, y + h]]
    return {"label": name, "points": corners, "shape_type": "rectangle", "flags": {}, "group_id": None}


def in_order(cells):
    return sorted((tuple(float(v) for v in box), name) for box, name in cells)


def expect_cells(found, wanted, tolerance=0.01):
    """By image the same boxes to `tolerance` pixels, and the same names."""
    assert sorted(found) == sorted(wanted)
    for image, cells in wanted.items():
        mine, theirs = in_order(cells), in_order(found[image])
        assert [name for _, name in theirs] == [name for _, name in mine], image
        np.testing.assert_allclose([box for box, _ in theirs], [box for box, _ in mine], atol=tolerance)


def converted(path, to, out, images):
    label("convert", path, "--to", to, "--out", out, "--images", images)
    return out


def cells_of(dataset):
    names = [category.name for category in dataset.categories()[dm.AnnotationType.label]]
    return {
        Path(item.id).name: [
            (one.get_bbox(), names[one.label])
            for one in item.annotations
            if one.type == dm.AnnotationType.bbox and not one.attributes.get("difficult")
        ]
        for item in dataset
    }


def test_pycocotools_reads_our_coco(ours, images, tmp_path):
    out = converted(ours, "coco", tmp_path / "out", images)
    coco = COCO(str(next(out.glob("*.json"))))
    names = {category["id"]: category["name"] for category in coco.loadCats(coco.getCatIds())}
    found = {
        Path(image["file_name"]).stem: [
            (one["bbox"], names[one["category_id"]])
            for one in coco.loadAnns(coco.getAnnIds(imgIds=image["id"]))
            if not one.get("ignore")
        ]
        for image in coco.loadImgs(coco.getImgIds())
    }
    expect_cells(found, CELLS)
    assert all(image["width"] == WIDTH and image["height"] == HEIGHT for image in coco.dataset["images"])


def test_ultralytics_reads_our_yolo(ours, images, tmp_path):
    out = converted(ours, "yolo", tmp_path / "out", images)
    names = (out / "classes.txt").read_text(encoding="utf-8").split()
    found = {}
    for image in CELLS:
        paths = str(images / f"{image}.png"), str(out / f"labels/{image}.txt")
        _, rows, size, _, _, missing, _, _, corrupt, message = verify_image_label(
            (*paths, "", False, len(names), 0, 0, False)
        )
        assert (missing, corrupt, message) == (0, 0, "")
        assert size == (HEIGHT, WIDTH)
        centres, sides = rows[:, 1:3] * (WIDTH, HEIGHT), rows[:, 3:5] * (WIDTH, HEIGHT)
        boxes = np.hstack([centres - sides / 2, sides])
        found[image] = [(box, names[int(number)]) for box, number in zip(boxes, rows[:, 0], strict=True)]
    expect_cells(found, CELLS)


def test_datumaro_reads_our_coco(ours, images, tmp_path):
    out = converted(ours, "coco", tmp_path / "out", images)
    folder = tmp_path / "coco"
    (folder / "annotations").mkdir(parents=True)
    next(out.glob("*.json")).rename(folder / "annotations/instances_train.json")
    (folder / "images").mkdir()
    images.rename(folder / "images/train")
    wanted = {image: [*cells, ((100, 100, 30, 30), "blast")] for image, cells in CELLS.items()}
    expect_cells(cells_of(dm.Dataset.import_from(str(folder), "coco_instances")), wanted)


def test_datumaro_reads_our_voc(ours, images, tmp_path):
    folder = converted(ours, "voc", tmp_path / "voc", images)
    images.rename(folder / "JPEGImages")
    (folder / "ImageSets/Main").mkdir(parents=True)
    (folder / "ImageSets/Main/train.txt").write_text("".join(f"{name}\n" for name in CELLS), encoding="utf-8")
    (folder / "labelmap.txt").write_text("".join(f"{name}:::\n" for name in NAMES))
    found = cells_of(dm.Dataset.import_from(str(folder), "voc_detection"))
    # It takes the corners as they stand, where VOC counts from 1: one less, and a side shorter by 1.
    wanted = {
        image: [((x + 1, y + 1, w - 1, h - 1), name) for (x, y, w, h), name in cells]
        for image, cells in CELLS.items()
    }
    expect_cells(found, wanted)


def theirs(images, subsets):
    """The cells as datumaro holds them, an image in each subset by turns."""
    items = [
        dm.DatasetItem(
            id=image,
            subset=subsets[place % len(subsets)],
            media=dm.Image.from_file(path=str(images / f"{image}.png"), size=(HEIGHT, WIDTH)),
            annotations=[
                dm.Bbox(*box, label=NAMES.index(name), id=i, group=i)
                for i, (box, name) in enumerate(cells, 1)
            ],
        )
        for place, (image, cells) in enumerate(CELLS.items())
    ]
    return dm.Dataset.from_iterable(items, categories=NAMES)


@pytest.mark.parametrize(
    ("form", "format", "labels"),
    [
        ("coco_instances", "coco", "annotations/instances_train.json"),
        ("voc_detection", "voc", "Annotations"),
        ("yolo", "yolo", "."),
        ("yolo_ultralytics", "yolo", "."),
    ],
)
def test_we_read_what_datumaro_writes(form, format, labels, images, tmp_path):
    folder = tmp_path / "theirs"
    # The layout of ultralytics cannot do without a val.
    theirs(images, ("train", "val") if form == "yolo_ultralytics" else ("train",)).export(
        str(folder), form, save_media=True
    )
    out = tmp_path / "read"
    label("convert", folder / labels, "--from", format, "--to", "coco", "--out", out, "--images", folder)
    document = json.loads(next(out.glob("*.json")).read_text(encoding="utf-8"))
    names = {category["id"]: category["name"] for category in document["categories"]}
    images_by_id = {image["id"]: Path(image["file_name"]).stem for image in document["images"]}
    found = {name: [] for name in images_by_id.values()}
    for one in document["annotations"]:
        found[images_by_id[one["image_id"]]].append((one["bbox"], names[one["category_id"]]))
    # It writes the corners of VOC counted from 0, which nothing in these files shows: a pixel off.
    expect_cells(found, CELLS, tolerance=1.01 if format == "voc" else 0.05)
