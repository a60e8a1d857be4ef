"""Cells that are known only not to be of one type, and the measures of a laboratory that was left out."""

import json

import numpy as np
import pytest
import torch

from marrowscope_training.cells import CELL_CLASSES, INDEX
from marrowscope_training.data import marrow
from marrowscope_training.data.augment import Strength, exchange, photometric, resolution
from marrowscope_training.data.crops import PARTIAL, balanced_epoch, class_index, possible
from marrowscope_training.data.out_of_distribution import nucleated_red_cells
from marrowscope_training.recogniser.calibration import Calibration
from marrowscope_training.recogniser.left_out import ece, f1_of, left_out_figures
from marrowscope_training.recogniser.left_out_table import rows
from marrowscope_training.recogniser.losses import recognition
from marrowscope_training.recogniser.metrics import macro_f1, mean_f1
from marrowscope_training.recogniser.settings import Config, trained_sources

PLASMA = INDEX["plasma_cell"]


def test_a_cell_that_is_no_plasma_cell_may_be_anything_else():
    assert class_index("not_plasma_cell") == PARTIAL
    allowed = possible(np.array([PARTIAL, 3]))
    assert allowed[0].sum() == len(CELL_CLASSES) - 1 and not allowed[0, PLASMA]
    assert np.flatnonzero(allowed[1]).tolist() == [3]


def test_a_partial_label_trains_only_the_excluded_class():
    logits = torch.zeros(2, len(CELL_CLASSES), requires_grad=True)
    labels = torch.tensor([PARTIAL, PARTIAL])
    parts = recognition(
        logits, torch.rand(2, 4), labels, 0.05, 0.0, 0.4, None, torch.from_numpy(possible(labels.numpy()))
    )
    assert parts["partial"].item() == pytest.approx(-np.log(12 / 13), rel=1e-5)
    parts["partial"].backward()
    slope = logits.grad[0]
    assert slope[PLASMA] > 0 and torch.allclose(
        slope[:PLASMA], slope[0].expand(PLASMA)
    )  # nothing among the others


def test_beside_partial_labels_the_others_are_trained_as_before():
    torch.manual_seed(0)
    logits, tokens = torch.randn(3, len(CELL_CLASSES)), torch.randn(3, 4)
    labels = torch.tensor([2, PARTIAL, 5])
    mixed = recognition(
        logits, tokens, labels, 0.05, 0.5, 0.4, None, torch.from_numpy(possible(labels.numpy()))
    )
    alone = recognition(logits[[0, 2]], tokens[[0, 2]], labels[[0, 2]], 0.05, 0.5, 0.4)
    for part in ("cross_entropy", "contrastive"):
        assert mixed[part].item() == pytest.approx(alone[part].item() * 2 / 3, rel=1e-5)


def test_each_source_gives_as_many_cells_to_a_type_or_all_it_has():
    labels, sources = np.zeros(120, int), np.array(["a"] * 100 + ["b"] * 15 + ["c"] * 5)
    order = balanced_epoch(labels, 40, np.random.default_rng(0), sources)
    assert len(set(order.tolist())) == 40
    assert {s: int((sources[order] == s).sum()) for s in "abc"} == {"a": 20, "b": 15, "c": 5}


def test_macro_f1_passes_over_cells_without_a_type():
    labels, answers = np.array([0, 1, PARTIAL]), np.array([0, 1, 0])
    assert macro_f1(labels, answers)[0] == 1


def test_a_guess_labels_at_most_what_a_cell_is_not():
    assert marrow.label_of(None) == marrow.label_of(("lymphocyte", "guess")) == "not_plasma_cell"
    assert marrow.label_of(("plasma_cell", "guess")) is marrow.label_of(("not_identifiable", "guess")) is None
    assert marrow.label_of(("plasma_cell", "likely")) == "plasma_cell"


def test_marrow_cells_are_read_with_their_types(tmp_path):
    def box(number, category, crowd=0, **attributes):
        shape = {"bbox": [10, 20, 30, 40], "iscrowd": crowd, "attributes": attributes}
        return {"id": number, "image_id": 1, "category_id": category, **shape}

    coco = {
        "images": [{"id": 1, "file_name": "a.webp", "width": 100, "height": 90, "um_per_pixel": 0.2}],
        "categories": [{"id": 1, "name": "nucleated_cell"}, {"id": 2, "name": "plasma_cell"}],
        "annotations": [
            box(1, 1),
            box(2, 1),
            box(3, 2),
            box(4, 1, 1, reason="smudged"),
            box(5, 1, 1, reason="cut"),
        ],
    }
    (tmp_path / "train.json").write_text(json.dumps(coco))
    assert [c.label for c in marrow.crops(tmp_path, "train", tmp_path)] == ["not_plasma_cell"] * 2 + [
        "not_identifiable"
    ]
    (tmp_path / "types.csv").write_text("cell,type,certainty\n1,erythroblast,sure\n3,lymphocyte,sure\n")
    cells = marrow.crops(tmp_path, "train", tmp_path)
    assert [c.label for c in cells] == ["erythroblast", "not_plasma_cell", "not_identifiable"]
    assert cells[0].centre == (25, 40) and cells[0].um_per_pixel == 0.2 and cells[0].source == "marrow"


def test_a_cell_gets_the_colours_of_another_cell():
    dark, light = torch.full((1, 3, 16, 16), 0.3), torch.full((1, 3, 16, 16), 0.9)
    noise = torch.rand(2, 3, 16, 16, generator=torch.Generator().manual_seed(0)) * 0.1
    images = (torch.cat([dark, light]) + noise).clamp(0, 1)
    changed = [exchange(images, 1.0, torch.Generator().manual_seed(seed)) for seed in range(8)]
    assert torch.equal(exchange(images, 0.0, torch.Generator().manual_seed(0)), images)
    assert any(c[0].mean() > images[0].mean() + 0.1 for c in changed)
    assert all((c >= 0).all() and (c <= 1).all() for c in changed)


def test_a_coarser_camera_loses_detail_and_no_size():
    images = torch.rand(16, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    coarse = resolution(images, 1.0, torch.Generator().manual_seed(1))
    assert coarse.shape == images.shape
    spread = coarse.std((1, 2, 3)) / images.std((1, 2, 3))
    assert spread.min() < 0.8 and (spread > 0.99).any()


def test_both_are_off_unless_asked_for():
    images = torch.rand(2, 3, 20, 20)
    off = Strength(0, 0, 0, 0, 0, 0, 0)
    assert off.exchange == off.resolution == 0
    assert torch.equal(photometric(images, off, torch.Generator()), images)


def test_nucleated_red_cells_have_one_in_the_middle():
    for seed in range(5):
        image = nucleated_red_cells(88, np.random.default_rng(seed)).astype(int)
        assert image[44, 44].sum() < image[0:4].reshape(-1, 3).max(0).sum() - 150


def test_a_laboratory_is_left_out_with_all_its_sources():
    config = Config(sources=("matek", "segpc", "marrow"), leave_out="segpc")
    assert trained_sources(config) == ("matek",)
    assert trained_sources(Config(sources=("matek", "pbc"))) == ("matek", "pbc")
    with pytest.raises(ValueError, match="raabin cannot be left out"):
        trained_sources(Config(sources=("matek", "pbc"), leave_out="raabin"))


def test_figures_of_a_laboratory_that_was_left_out():
    logits = torch.full((4, len(CELL_CLASSES)), -20.0)
    for i, answer in enumerate((0, 0, 1, PLASMA)):
        logits[i, answer] = 0
    figures = left_out_figures(logits, np.array([0, 0, 1, 1]), Calibration())
    assert figures["cells"] == 4 and figures["accuracy"] == 0.75
    assert figures["f1"] == {"blast": 1.0, "promyelocyte": pytest.approx(2 / 3)}
    assert figures["macro_f1"] == pytest.approx(5 / 6) and figures["ece"] == pytest.approx(0.25, abs=1e-3)
    assert figures["called"]["promyelocyte"][PLASMA] == 1


def test_ece_by_hand():
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.4, 0.6]])
    assert ece(probabilities, np.array([0, 1, 1])) == pytest.approx((abs(1.8 - 1) + abs(0.6 - 1)) / 3)


def test_runs_are_compared_over_the_types_that_all_were_trained_on():
    def called(**counts):
        return {t: [row.get(i, 0) for i in range(13)] for t, row in counts.items()}

    few = {"called": called(blast={0: 8, 1: 2}, promyelocyte={0: 4, 1: 6}), "ece": 0.1}
    more = {"called": called(blast={0: 8, 1: 2}, promyelocyte={0: 4, 1: 6}, monocyte={0: 10}), "ece": 0.2}
    expected = (2 * 8 / 22 + 2 * 6 / 18) / 2
    assert mean_f1(f1_of(more["called"], ["blast", "promyelocyte"])) == pytest.approx(expected)
    runs = {n: {"source": "pbc", "development": d, "test": d} for n, d in (("a", few), ("b", more))}
    assert rows(runs) == [
        f"| pbc | {n} | 2 | {expected:.3f} | {expected:.3f} | {e} |  |  |"
        for n, e in (("a", "0.100"), ("b", "0.200"))
    ]
