"""ATSS and SimOTA on hand-made cases; RoIAlign; the peers learn a drawn picture; the classical ways find discs."""

import numpy as np
import pytest
import torch

from marrowscope_training.ablation.detector.variants import VARIANTS, build
from marrowscope_training.detector import anchors, classical
from marrowscope_training.detector.assign import BACKGROUND, by_atss, by_simota
from marrowscope_training.detector.losses import detection
from marrowscope_training.detector.network import Detector
from marrowscope_training.detector.roi import pooled, roi_align
from marrowscope_training.detector.settings import Settings

STRIDES = (8, 16, 32)
SMALL = Settings(widths=(8, 8, 16, 16, 16), blocks=(1, 1, 1, 1), width=16, head_depth=1)
CELLS = [(30, 32, 14), (90, 70, 18), (40, 100, 12)]


def test_atss_takes_candidates_above_mean_and_deviation_with_the_centre_inside():
    # one level, candidates overlapping the cell by 1, 1/3, 1/3 and 0: mean 0.417, deviation 0.419
    boxes = torch.tensor([[0.0, 0, 8, 8], [4, 0, 12, 8], [0, 4, 8, 12], [40, 40, 48, 48]])
    answer = by_atss(boxes, torch.full((4,), 8.0), torch.tensor([[0.0, 0, 8, 8]]), nearest=4)
    assert answer.tolist() == [0, BACKGROUND, BACKGROUND, BACKGROUND]
    # the best overlap does not help an anchor whose centre lies outside
    lone = by_atss(boxes, torch.full((4,), 8.0), torch.tensor([[5.0, 0, 8, 8]]), nearest=4)
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    assert all(5 < x < 8 and 0 < y < 8 for x, y in centre[lone >= 0].tolist())


def test_atss_gives_a_shared_anchor_to_the_cell_it_overlaps_best():
    boxes = torch.tensor([[0.0, 0, 10, 10], [50, 50, 60, 60], [70, 70, 80, 80]])
    truth = torch.tensor([[0.0, 0, 10, 8], [0, 0, 10, 10]])
    assert by_atss(boxes, torch.full((3,), 8.0), truth, nearest=3)[0] == 1


def test_simota_takes_as_many_as_the_overlaps_sum_to_and_the_cheapest():
    centre = torch.tensor([[10.0, 10], [12, 10], [14, 10], [16, 10], [200, 200]])
    truth = torch.tensor([[0.0, 0, 20, 20]])
    boxes = torch.tensor(
        [[0.0, 0, 20, 20], [0, 0, 20, 18], [0, 0, 20, 10], [0, 0, 4, 4], [190, 190, 210, 210]]
    )
    # overlaps 1, 0.9, 0.5, 0.04: two locations, the two that overlap best at equal probability
    answer = by_simota(centre, torch.full((5,), 8.0), truth, torch.full((5,), 0.5), boxes)
    assert answer.tolist() == [0, 0, BACKGROUND, BACKGROUND, BACKGROUND]
    # outside of the cell costs 1e5, however good the box
    far = torch.tensor([[21.0, 10], [12, 10]])
    chosen = by_simota(far, torch.full((2,), 8.0), truth, torch.full((2,), 0.5), boxes[[0, 2]])
    assert chosen.tolist() == [BACKGROUND, 0]


def test_simota_gives_a_contested_place_to_the_cheaper_cell():
    centre, truth = torch.tensor([[10.0, 10]]), torch.tensor([[0.0, 0, 20, 20], [0, 0, 24, 24]])
    assert by_simota(centre, torch.tensor([8.0]), truth, torch.tensor([0.5]), truth[1:]).tolist() == [1]
    labels = torch.tensor([1, 0])
    sure_of_second = torch.tensor([[0.01, 0.99]])
    boxes = torch.tensor([[0.0, 0, 22, 22]])
    assert by_simota(centre, torch.tensor([8.0]), truth, sure_of_second, boxes, labels).tolist() == [0]


def test_roi_align_is_exact_on_a_linear_picture():
    stride, h, w = 8, 12, 16
    y, x = torch.meshgrid((torch.arange(h) + 0.5) * stride, (torch.arange(w) + 0.5) * stride, indexing="ij")
    box = torch.tensor([[10.0, 13, 80, 62], [20, 30, 27, 37]])
    out = roi_align((2 * x + 3 * y + 1)[None], box, stride, bins=7)
    for i, (x0, y0, x1, y1) in enumerate(box.tolist()):
        column = x0 + (torch.arange(7) + 0.5) / 7 * (x1 - x0)
        row = y0 + (torch.arange(7) + 0.5) / 7 * (y1 - y0)
        assert torch.allclose(out[i, 0], 2 * column[None] + 3 * row[:, None] + 1, atol=1e-2)


def test_a_box_is_read_from_the_level_of_its_size():
    maps = [torch.full((1, 1, 64 // 2**i, 64 // 2**i), float(i)) for i in range(3)]
    boxes = torch.tensor([[0.0, 0, 40, 40], [0, 0, 230, 230], [0, 0, 500, 500]])
    assert pooled(maps, [boxes], STRIDES).mean((1, 2, 3)).tolist() == [0, 1, 2]


@pytest.mark.parametrize("name", [n for n, v in VARIANTS.items() if v.trained])
def test_every_trained_variant_learns_a_drawn_picture(name, draw):
    torch.manual_seed(0)
    network, losses = build(VARIANTS[name], SMALL)
    images = torch.from_numpy(draw(128, CELLS)).permute(2, 0, 1)[None].float().expand(2, -1, -1, -1) / 255
    truths = [torch.tensor([[x - r, y - r, x + r, y + r] for x, y, r in CELLS]).float()] * 2
    unknown = torch.zeros(2, 128, 128, dtype=torch.bool)
    optimiser, values = torch.optim.AdamW(network.parameters(), 3e-3), []
    for _ in range(12):
        parts = losses(images, truths, unknown)
        total = sum(parts.values())
        assert all(torch.isfinite(v) for v in parts.values())
        optimiser.zero_grad()
        total.backward()
        optimiser.step()
        values.append(total.item())
    assert sum(values[-3:]) < sum(values[:3])
    boxes, scores = network.eval().detections(images[:1])
    assert boxes.shape == (*scores.shape, 4) and torch.isfinite(boxes).all()


def test_peers_leave_unknown_locations_out_of_the_loss():
    _, losses = build(VARIANTS["yolox"], SMALL)
    images, everywhere = torch.rand(1, 3, 64, 64), torch.ones(1, 64, 64, dtype=torch.bool)
    assert losses(images, [torch.zeros(0, 4)], everywhere)["object"] == 0
    _, losses = build(VARIANTS["faster-rcnn"], SMALL)
    parts = losses(images, [torch.tensor([[8.0, 8, 40, 40]])], everywhere)
    assert all(torch.isfinite(v) for v in parts.values())


@pytest.mark.parametrize("method", list(classical.METHODS))
def test_classical_ways_find_drawn_cells(method, draw):
    image = draw(160, [(40, 45, 18), (110, 60, 20), (70, 120, 16)])
    truth = torch.tensor([[22.0, 27, 58, 63], [90, 40, 130, 80], [54, 104, 86, 136]])
    settings = classical.fit([image], [truth.numpy()], [np.zeros(image.shape[:2], bool)], method)
    boxes, scores = classical.find(image, method, settings)
    assert len(boxes) == len(scores) == 3 and 0 < scores.min() and scores.max() <= 1
    assert (anchors.iou(truth, torch.from_numpy(boxes)).amax(1) > 0.5).all()


def test_the_watershed_parts_two_touching_nuclei(draw):
    image = draw(128, [(45, 64, 24), (74, 64, 24)])
    boxes, _ = classical.find(image, "otsu-watershed", classical.Settings())
    assert len(boxes) == 2


def test_three_classes_each_have_a_score_and_train_their_own():
    network = Detector(SMALL, classes=3)
    score, deltas, quality = network(torch.rand(1, 3, 64, 64))
    count = 8 * 8 + 4 * 4 + 2 * 2
    assert score.shape == (1, count, 3) and deltas.shape == (1, count, 4) and quality.shape == (1, count)
    boxes, scores = network.detections(torch.rand(1, 3, 64, 64))
    assert boxes.shape == (1, count, 4) and scores.shape == (1, count, 3)
    score = torch.zeros(1, count, 3, requires_grad=True)
    truth, unknown = torch.tensor([[10.0, 10, 40, 40]]), torch.zeros(1, 64, 64, dtype=torch.bool)
    outputs = (score, deltas.detach(), quality.detach())
    for rule in ("iou", "transport", "atss", "simota"):
        score.grad = None
        labels = [torch.tensor([2])]
        detection(outputs, [truth], unknown, STRIDES, 1, rule, True, labels)["class"].backward()
        raised = (score.grad < 0).nonzero()
        assert len(raised) >= 1 and (raised[:, 2] == 2).all()


@pytest.mark.parametrize("name", ["full", "yolox"])
def test_a_loss_is_computed_on_the_cpu_wherever_the_network_is(name, monkeypatch):
    """The meta device refuses a CPU tensor as a GPU does; what comes back from it is drawn."""
    network, losses = build(VARIANTS[name], SMALL)
    network.to("meta")
    back = torch.Tensor.cpu
    drawn = lambda t: torch.rand(t.shape) if t.is_meta else back(t)
    monkeypatch.setattr(torch.Tensor, "cpu", drawn)
    truths = [torch.tensor([[8.0, 8, 40, 40]])] * 2
    parts = losses(torch.empty(2, 3, 64, 64, device="meta"), truths, torch.zeros(2, 64, 64, dtype=torch.bool))
    assert {part.device.type for part in parts.values()} == {"cpu"}


def test_roi_align_stays_on_the_device_of_its_features():
    features, boxes = (torch.empty(shape, device="meta") for shape in ((4, 8, 8), (3, 4)))
    assert roi_align(features, boxes, 8).shape == (3, 4, 7, 7)
