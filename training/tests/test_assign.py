import torch

from marrowscope_training.detector import anchors
from marrowscope_training.detector.assign import BACKGROUND, NEITHER, by_iou, by_transport, inside, sinkhorn

STRIDES = (8, 16, 32)


def anchor_grid():
    return anchors.grid(anchors.levels(128, 128, STRIDES), STRIDES, 1)


def test_sinkhorn_meets_supply_and_demand():
    generator = torch.Generator().manual_seed(3)
    cost = torch.rand(4, 30, generator=generator)
    supply = torch.tensor([3.0, 7.0, 5.0, 15.0])
    plan = sinkhorn(cost, supply, iterations=200)
    assert torch.allclose(plan.sum(0), torch.ones(30), atol=1e-3)
    assert torch.allclose(plan.sum(1), supply, atol=1e-2)


def test_transport_prefers_the_cheaper_cell_for_an_ambiguous_anchor():
    grid, strides = anchor_grid()
    truth = torch.tensor([[10.0, 10, 60, 60], [50, 10, 100, 60]])
    answer = by_transport(grid, strides, truth, torch.zeros(len(grid)), grid)
    centre = (grid[:, :2] + grid[:, 2:]) / 2
    for g, box in enumerate(truth):
        chosen = centre[answer == g]
        assert len(chosen) >= 1
        assert (chosen >= box[:2]).all() and (chosen <= box[2:]).all()
    middle = (truth[:, :2] + truth[:, 2:]) / 2
    for g in (0, 1):
        own = (centre[answer == g] - middle[g]).norm(dim=1).mean()
        other = (centre[answer == g] - middle[1 - g]).norm(dim=1).mean()
        assert own < other


def test_every_cell_gets_an_anchor_and_the_rest_is_background():
    grid, strides = anchor_grid()
    truth = torch.tensor([[4.0, 4, 40, 40], [70, 70, 126, 120], [0, 90, 30, 128]])
    answer = by_transport(grid, strides, truth, torch.full((len(grid),), -4.0), grid)
    assert set(range(3)) <= set(answer.tolist())
    outside = ~inside(grid, strides, truth).any(1)
    assert (answer[outside] == BACKGROUND).all()


def test_no_cells_means_all_background():
    grid, strides = anchor_grid()
    empty = torch.zeros(0, 4)
    assert (by_transport(grid, strides, empty, torch.zeros(len(grid)), grid) == BACKGROUND).all()
    assert (by_iou(grid, empty) == BACKGROUND).all()


def test_iou_rule_leaves_the_doubtful_out_and_serves_small_cells():
    anchor = torch.tensor([[0.0, 0, 10, 10], [0, 0, 10, 22], [100, 100, 132, 132]])
    truth = torch.tensor([[0.0, 0, 10, 10], [110, 110, 116, 116]])
    answer = by_iou(anchor, truth)
    assert answer.tolist()[0] == 0
    assert answer.tolist()[1] == NEITHER
    assert answer.tolist()[2] == 1  # IoU only 0.035, but no anchor overlaps that cell better
