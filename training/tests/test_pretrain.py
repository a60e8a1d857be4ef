"""Pre-training: two views of a cell are told from views of other cells, and a training can begin from the result."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from marrowscope_training import __main__ as program
from marrowscope_training.data import unlabelled
from marrowscope_training.data.crops import CropStore
from marrowscope_training.data.sources import Crop
from marrowscope_training.recogniser import pretrain
from marrowscope_training.recogniser.settings import Config, build

CONFIG = Config(
    dim=48,
    depth=3,
    heads=3,
    stem_widths=(8, 16),
    stem_blocks=(0, 1),
    batch=8,
    warmup=2,
    crop_size=40,
    um_per_pixel=0.5,
)


@pytest.fixture(scope="module")
def cells(tmp_path_factory) -> CropStore:
    folder, rng = tmp_path_factory.mktemp("cells"), np.random.default_rng(0)
    found = []
    for i in range(32):
        image = np.full((160, 160, 3), 225, np.uint8)
        cv2.circle(image, (80, 80), int(rng.integers(20, 60)), rng.integers(60, 200, 3).tolist(), -1)
        file = folder / f"{i}.png"
        cv2.imwrite(str(file), image)
        found.append(Crop(file, "drawn", "not_identifiable", (80, 80), 1 / 6))
    return CropStore(found)


def trained(cells: CropStore, steps: int, folder: Path) -> torch.nn.Module:
    torch.manual_seed(1)
    network = build(CONFIG)
    pretrain.pretrain(network, CONFIG.dim, cells, CONFIG, steps, 40, folder)
    return network


def test_it_goes_on_from_where_it_was_and_leaves_the_averaged_weights(cells, tmp_path, monkeypatch):
    whole = trained(cells, 6, tmp_path / "whole").state_dict()
    average = torch.load(tmp_path / "whole/checkpoint.pt", weights_only=True)["average"]
    assert all(torch.equal(average[f"network.{k}"], v) for k, v in whole.items())

    class Interrupted(Exception):
        pass

    seen = []

    def stops(*arguments):
        seen.append(1)
        if len(seen) == 5:
            raise Interrupted
        return views(*arguments)

    views = pretrain.views
    monkeypatch.setattr(pretrain, "EVERY", 2)
    monkeypatch.setattr(pretrain, "views", stops)
    with pytest.raises(Interrupted):
        trained(cells, 6, tmp_path / "parts")
    resumed = trained(cells, 6, tmp_path / "parts").state_dict()
    assert len(seen) == 5 + 2
    assert all(torch.allclose(whole[k].float(), resumed[k].float(), atol=1e-5) for k in whole)


def test_two_views_of_a_cell_agree_more_than_views_of_two_cells(cells, tmp_path):
    trained(cells, 60, tmp_path)
    torch.manual_seed(1)
    student = pretrain.Student(build(CONFIG), CONFIG.dim)
    student.load_state_dict(torch.load(tmp_path / "checkpoint.pt", weights_only=True)["average"])
    with torch.no_grad():
        targets = student.eval()(
            pretrain.views(cells, np.arange(32), 40, CONFIG, torch.Generator().manual_seed(9))
        )
    one, other = targets.chunk(2)
    same, different = pretrain.disagreement(one, other), pretrain.disagreement(one, other.roll(1, 0))
    assert pretrain.spread(targets) > 0.1
    assert float(same) < 0.9 * float(different)


def test_all_the_same_and_all_apart():
    one = torch.randn(1, 16).repeat(8, 1)
    assert pretrain.spread(one) < 1e-5 and pretrain.spread(torch.randn(64, 16)) > 0.5
    assert float(pretrain.disagreement(one, one)) < 1e-5


def test_without_fields_no_cell_is_without_a_type(tmp_path):
    assert unlabelled.crops(tmp_path) == []


@pytest.mark.parametrize("network", ["recogniser", "blood"])
def test_says_what_a_training_begins_from_where_it_is_not_there(network, tmp_path, monkeypatch, capsys):
    (tmp_path / "gpu.toml").write_text('start = "runs/nowhere/start.pt"')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["", "train", network, "--config", "gpu.toml", "--data", str(tmp_path)])
    with pytest.raises(SystemExit):
        program.main()
    assert "begins from runs/nowhere/start.pt, which is not there" in capsys.readouterr().err
