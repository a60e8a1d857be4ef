import numpy as np
import pytest
import torch

from marrowscope_training import export as common
from marrowscope_training.recogniser.export import Exported
from marrowscope_training.recogniser.network import Recogniser, Shape, mirrored
from marrowscope_training.recogniser.warm_start import WrongGraph, warm_start


def small(**changes) -> Recogniser:
    settings = {
        "dim": 48,
        "depth": 3,
        "heads": 3,
        "stem_widths": (16, 32),
        "stem_blocks": (0, 1),
    }
    return Recogniser(Shape(**{**settings, **changes}))


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    torch.manual_seed(1)
    network = small().train()
    crops = torch.rand(24, 3, 64, 64)
    for _ in range(3):  # running statistics that are not the initial ones
        network(crops * 0.5 + 0.3)
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.uniform_(module.bias, -0.5, 0.5)
    file = tmp_path_factory.mktemp("models") / "recogniser.onnx"
    pictures = (crops.permute(0, 2, 3, 1) * 255).round().byte().numpy()
    names = ("crops", ["probabilities", "embedding", "regions"])
    axes = {name: {0: "cells"} for name in ("crops", *names[1])}
    common.write(Exported(network.eval()), [pictures[:1]], names, axes, file)
    return network, file, crops


def test_computes_what_the_exported_network_computes(exported):
    network, file, crops = exported
    torch.manual_seed(2)
    other = small()
    with torch.no_grad():
        before = (mirrored(network, crops)[0] - mirrored(other.eval(), crops)[0]).abs().max()
        warm_start(other, file, crops)
        after = (mirrored(network, crops)[0] - mirrored(other, crops)[0]).abs().max()
    assert before > 0.05
    assert after < 1e-4


def test_statistics_of_a_batch_and_running_ones_agree_on_the_cells_it_was_measured_on(exported):
    _, file, crops = exported
    other = small(drop_path=0.0)
    warm_start(other, file, crops)
    with torch.no_grad():
        running = other.eval()(crops)[0]
        batch = other.train()(crops)[0]
    assert np.allclose(running.numpy(), batch.numpy(), atol=0.02)


def test_refuses_the_graph_of_another_configuration(exported):
    _, file, crops = exported
    with pytest.raises(WrongGraph):
        warm_start(small(dim=96), file, crops)
