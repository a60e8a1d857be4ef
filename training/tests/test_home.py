"""How similar a cell is to the training cells, and how that changes its probabilities."""

import numpy as np
import torch

from marrowscope_training.recogniser.export import Exported, calibrated_graph
from marrowscope_training.recogniser.home import HEAT, MOST_HEAT, NEAREST, Home, Usual
from marrowscope_training.recogniser.network import Recogniser, Shape
from marrowscope_training.recogniser.onnx_answers import ask


def unit(*rows):
    return torch.nn.functional.normalize(torch.tensor(rows), dim=1)


def test_similarity_is_the_mean_cosine_to_the_nearest():
    home = Home(torch.cat([unit([1.0, 0.0]).repeat(NEAREST - 1, 1), unit([0.6, 0.8], [-1.0, 0.0])]))
    predictions = home(unit([1.0, 0.0], [0.0, 1.0]))
    assert torch.allclose(
        predictions, torch.tensor([(NEAREST - 1 + 0.6) / NEAREST, 0.8 / NEAREST]), atol=1e-6
    )


def test_unfamiliar_cells_are_called_less_sure_and_familiar_ones_are_not():
    home = Home(unit([1.0, 0.0]).repeat(NEAREST, 1), Usual(0.9, 0.8, 0.7))
    logits = torch.tensor([[2.0, 0.0]]).repeat(4, 1)
    heat = logits[:, 0] / home.tempered(logits, torch.tensor([0.95, 0.7, 0.6, -1.0]))[:, 0]
    assert torch.allclose(heat, torch.tensor([1, 1, 1 + HEAT, 1 + MOST_HEAT]), atol=1e-5)
    home.usual = None
    assert torch.equal(home.tempered(logits, torch.zeros(4)), logits)


def test_what_is_usual():
    usual = Usual.of(torch.arange(101) / 100)
    assert usual.facts() == {"usualSimilarity": {"median": 0.5, "fifth": 0.2, "twentieth": 0.05}}


def test_a_graph_outputs_how_similar_a_cell_is(tmp_path):
    torch.manual_seed(0)
    network = Recogniser(Shape(dim=48, depth=2, heads=3, stem=False)).eval()
    crops = np.random.default_rng(0).integers(0, 256, (24, 52, 52, 3)).astype(np.uint8)
    home = Home(torch.nn.functional.normalize(torch.randn(30, 48), dim=1))
    module = lambda calibration: Exported(network, calibration, 1, "glass", None, home)
    file = tmp_path / "recogniser.onnx"
    calibration, _ = calibrated_graph(module, crops, np.arange(24) % 3, "int8", file)
    predictions, like = ask(file, crops, ("probabilities", "similarity"))
    assert like.shape == (24,) and np.quantile(like, 0.05) < home.usual.fifth < np.median(like)
    with torch.no_grad():
        ours = module(calibration)(torch.from_numpy(crops))
    assert np.abs(predictions - ours[0].numpy()).max() < 0.1 and np.abs(like - ours[3].numpy()).max() < 0.05
