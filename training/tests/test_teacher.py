"""A network is trained on another one's answers, with out-of-distribution pictures beside the cells and one stain for all. It is
exported, and the file computes the same."""

from pathlib import Path

import numpy as np
import pytest
import torch

from marrowscope_training.data import stain
from marrowscope_training.data.crops import PARTIAL, CropStore, possible
from marrowscope_training.recogniser import export, train
from marrowscope_training.recogniser.losses import recognition, soft_targets
from marrowscope_training.recogniser.onnx_answers import onnx_answers
from marrowscope_training.recogniser.predict import trained
from marrowscope_training.recogniser.settings import Config, build

SMALL = {
    "sources": ("pbc", "matek"),
    "dim": 48,
    "depth": 3,
    "heads": 3,
    "stem_widths": (16, 32),
    "stem_blocks": (0, 1),
    "crop_size": 52,
    "small_size": 40,
    "batch": 4,
    "epochs": 1,
    "warmup": 1,
}


def made(config: Config, folder: Path, data: Path) -> Path:
    train.train(config, folder, data)
    export.export(config, folder, data, folder / "models")
    return folder / "models"


def test_a_teacher_is_asked_once_and_its_answers_are_targets(data, tmp_path, monkeypatch):
    teacher = made(Config(**SMALL), tmp_path / "teacher", data)
    cells = CropStore.labelled(data, "train", ("pbc", "matek"))
    answers = onnx_answers(teacher, cells, ("probabilities",))[0]
    answers[cells.sources != "pbc"] = np.nan  # it is asked about its own source only
    asked = []

    def ask(models: Path, *rest) -> list[np.ndarray]:
        asked.append(models)
        return onnx_answers(models, *rest)

    monkeypatch.setattr(train, "onnx_answers", ask)
    more = {
        "teachers": {str(teacher): ("pbc",)},
        "strangers": 3,
        "colours": "stain",
        "jpeg": 0.5,
        "balance": 0.1,
    }
    student = made(Config(**SMALL, **more), tmp_path / "student", data)
    assert np.allclose(np.load(tmp_path / "student/teachers.npy"), answers, atol=1e-5, equal_nan=True)
    train.train(Config(**SMALL, **more), tmp_path / "student", data)
    assert asked == [teacher]
    # A cell seen by a paler, bluer scanner is brought back before it is looked at.
    store = CropStore.labelled(data, "val", ("pbc", "matek"))
    before = onnx_answers(student, store, ("probabilities",))[0]
    tint = np.array([0.9, 0.95, 1.0])
    store.images = (255 * (store.images / 255 * tint) ** 0.8).round().astype(np.uint8)
    after = onnx_answers(student, store, ("probabilities",))[0]
    assert np.abs(before - after).max() < 0.05


def test_a_teacher_takes_its_share_and_drawn_pictures_have_none():
    answers = torch.tensor([[0.2, 0.8, 0.0], [torch.nan] * 3])
    out = soft_targets(torch.tensor([0, 1, 2]), answers, 0.5)
    assert torch.allclose(out, torch.tensor([[0.6, 0.4, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))


def test_a_partial_label_takes_no_teacher_away_from_the_others():
    logits, tokens = torch.randn(3, 13), torch.randn(3, 4)
    labels = torch.tensor([0, PARTIAL, 2])
    targets = soft_targets(labels, torch.softmax(torch.randn(3, 13), 1), 0.5)
    parts = recognition(
        logits, tokens, labels, 0.0, 0.0, 0.4, targets, torch.from_numpy(possible(labels.numpy()))
    )
    alone = recognition(logits[[0, 2]], tokens[[0, 2]], labels[[0, 2]], 0.0, 0.0, 0.4, targets[[0, 2]])
    assert torch.allclose(parts["cross_entropy"], alone["cross_entropy"] * 2 / 3)


def test_the_standard_stain_is_one_of_cells():
    assert torch.all(stain.STANDARD.mean > stain.STANDARD.glass)
    assert stain.STANDARD.mean[1] == pytest.approx(float(stain.STANDARD.mean.max()))


def test_what_is_exported_may_lie_between_the_first_weights_and_the_last(tmp_path):
    own, first = tmp_path / "own", tmp_path / "first"
    config = Config(**SMALL, start=str(first / "checkpoint.pt"), start_share=0.25)
    networks = {folder: build(config) for folder in (own, first)}
    for folder, network in networks.items():
        folder.mkdir()
        torch.save({"average": network.state_dict()}, folder / "checkpoint.pt")
    between = trained(config, own).state_dict()
    other = networks[first].state_dict()
    for name, value in networks[own].state_dict().items():
        expected = 0.75 * value + 0.25 * other[name] if value.is_floating_point() else value
        assert torch.allclose(between[name], expected, atol=1e-6)
