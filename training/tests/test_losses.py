import math

import pytest
import torch

from marrowscope_training.detector import anchors
from marrowscope_training.detector.losses import detection, focal
from marrowscope_training.recogniser.losses import contrastive


def test_focal_equals_its_formula():
    logit, target = torch.tensor([0.3, -1.2]), torch.tensor([1.0, 0.0])
    p = torch.sigmoid(logit).tolist()
    by_hand = [-0.25 * (1 - p[0]) ** 2 * math.log(p[0]), -0.75 * p[1] ** 2 * math.log(1 - p[1])]
    assert focal(logit, target).tolist() == pytest.approx(by_hand, rel=1e-5)


def test_contrastive_is_zero_when_types_are_apart_and_grows_when_they_mix():
    tokens = torch.tensor([[1.0, 0], [2, 0], [0, 1]])
    assert contrastive(tokens, torch.tensor([0, 0, 1])).item() == pytest.approx(0, abs=1e-6)
    # the two alike tokens now differ in type: 2 pairs × (1 - 0.4); and the pair of one type is at right angles
    assert contrastive(tokens, torch.tensor([0, 1, 1])).item() == pytest.approx((2 * 0.6 + 2 * 1.0) / 9)


def test_giou_of_known_boxes():
    a = torch.tensor([[0.0, 0, 2, 2], [0, 0, 1, 1]])
    b = torch.tensor([[1.0, 0, 3, 2], [2, 0, 3, 1]])
    assert anchors.giou(a, b).tolist() == pytest.approx([1 / 3, -1 / 3])


def test_decode_undoes_encode():
    grid, _ = anchors.grid([(4, 4)], (8,), 9)
    boxes = torch.tensor([3.0, 5, 30, 41]).expand(len(grid), 4)
    assert torch.allclose(anchors.decode(anchors.encode(boxes, grid), grid), boxes, atol=1e-3)


def test_background_is_left_out_where_there_may_be_unlabelled_cells():
    strides, size = (8, 16, 32), 64
    count = sum(r * c for r, c in anchors.levels(size, size, strides))
    score = torch.zeros(1, count, requires_grad=True)
    outputs = (score, torch.zeros(1, count, 4, requires_grad=True), torch.zeros(1, count))
    unknown = torch.zeros(1, size, size, dtype=torch.bool)
    unknown[:, :, :32] = True
    parts = detection(outputs, [torch.zeros(0, 4)], unknown, strides, 1, "transport", False)
    parts["class"].backward()
    grid, _ = anchors.grid(anchors.levels(size, size, strides), strides, 1)
    left = (grid[:, 0] + grid[:, 2]) / 2 < 32
    assert (score.grad[0][left] == 0).all()
    assert (score.grad[0][~left] > 0).all()
