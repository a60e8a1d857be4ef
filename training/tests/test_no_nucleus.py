"""Locations without a nucleus are found in drawn blood fields."""

from pathlib import Path

import cv2
import numpy as np

from marrowscope_training.data import no_nucleus

WHITE, RED, PLATELET, BORDER = (
    (200, 200),
    (420, 240),
    (300, 360),
    (500, 20),
)  # centres in a field of 0.1 µm per pixel


def field(data: Path, split: str) -> None:
    """One field of txl_pbc, as a picture of pbc, and no bccd."""
    (data / "txl_pbc/images").mkdir(parents=True)
    (data / "txl_pbc/labels").mkdir()
    (data / "bccd/ImageSets/Main").mkdir(parents=True)
    (data / "pbc").mkdir()
    (data / "pbc/index.csv").write_text("file,split\n")
    for name in ("train", "val", "test"):
        (data / f"bccd/ImageSets/Main/{name}.txt").write_text("")
    cv2.imwrite(str(data / "txl_pbc/images/a.webp"), np.full((480, 640, 3), 230, np.uint8))
    (data / "txl_pbc/index.csv").write_text(
        f"file,split,origin,width,height\nimages/a.webp,{split},pbc:a,640,480\n"
    )
    boxes = [(0, WHITE, 120), (1, RED, 75), (1, (265, 200), 75), (1, BORDER, 40), (2, PLATELET, 20)]
    (data / "txl_pbc/labels/a.txt").write_text(
        "\n".join(f"{kind} {x / 640} {y / 480} {side / 640} {side / 480}" for kind, (x, y), side in boxes)
    )


def test_red_cells_platelets_and_empty_ground_away_from_white_cells_and_the_border(tmp_path):
    field(tmp_path, "train")
    found = no_nucleus.crops(tmp_path, "train")
    assert {c.label for c in found} == {"not_identifiable"} and {c.um_per_pixel for c in found} == {0.1}
    red, platelet, empty = (tuple(np.round(c.centre, 3)) for c in found)
    assert (red, platelet) == (
        RED,
        PLATELET,
    )  # not the red cell beside the white one, nor the one at the border
    for (x, y), side in ((WHITE, 120), (RED, 75), (PLATELET, 20)):
        assert max(abs(empty[0] - x), abs(empty[1] - y)) - side / 2 > 30


def test_only_the_training_split_has_them(tmp_path):
    field(tmp_path, "val")
    assert no_nucleus.crops(tmp_path, "train") == [] and no_nucleus.crops(tmp_path, "val") == []
