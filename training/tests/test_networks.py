import numpy as np
import pytest
import torch

from marrowscope_training import export
from marrowscope_training.detector.export import Exported as ExportedDetector
from marrowscope_training.detector.network import Detector
from marrowscope_training.detector.settings import Settings
from marrowscope_training.detector.yolox import YoloX
from marrowscope_training.recogniser.calibration import Calibration
from marrowscope_training.recogniser.export import Exported as ExportedRecogniser
from marrowscope_training.recogniser.network import Recogniser, RegionSelection, Shape

SMALL = Settings(widths=(8, 8, 16, 16, 16), blocks=(1, 1, 1, 1), width=16, head_depth=1)


@pytest.mark.parametrize("overlap", [True, False])
@pytest.mark.parametrize("stem", [True, False])
@pytest.mark.parametrize("regions", [True, False])
def test_every_switch_of_the_recogniser(overlap, stem, regions):
    network = Recogniser(Shape(dim=48, depth=3, heads=3, overlap=overlap, stem=stem, regions=regions)).eval()
    logits, token, locations = network(torch.rand(2, 3, 96, 96))
    assert logits.shape == (2, 13) and token.shape == (2, 48)
    assert locations.shape == (2, 3 if regions else 0, 2)
    assert network.patches.side(96) == (7 if overlap else 6)


def test_a_deep_stem_reads_patches_of_the_same_size_at_an_eighth():
    sizes = {"dim": 48, "depth": 3, "heads": 3, "stem_widths": (8, 16, 24), "stem_blocks": (1, 1, 1)}
    network = Recogniser(Shape(**sizes)).eval()
    assert network.patches.stem(torch.rand(1, 3, 88, 88)).shape == (1, 24, 11, 11)
    assert network.patches.side(88) == 10
    locations = network(torch.rand(2, 3, 88, 88))[2]
    assert locations.min() >= 8 and locations.max() <= 80
    assert Recogniser(Shape(**sizes, overlap=False)).patches.side(96) == 6


def test_region_selection_trains_the_weights_of_the_blocks():
    torch.manual_seed(0)
    selection = RegionSelection(4)
    maps = [torch.softmax(torch.randn(2, 3, 10, 10) * 2, -1) for _ in range(4)]
    chosen, patch_number = selection(torch.randn(2, 10, 6), maps)
    assert chosen.shape == (2, 3, 6) and patch_number.shape == (2, 3) and patch_number.max() < 9
    chosen.square().sum().backward()
    assert selection.excite[0].weight.grad.abs().sum() > 0


def test_region_selection_finds_the_patch_that_every_block_attends_to():
    maps = [torch.full((1, 2, 10, 10), 0.02) for _ in range(4)]
    for m in maps:
        m[:, :, :, 7] = 0.82
    _, patch_number = RegionSelection(4)(torch.randn(1, 10, 6), maps)
    assert patch_number.tolist() == [[6, 6]]  # token 7 is patch 6: token 0 is the class token


@pytest.mark.parametrize("aggregate", [True, False])
@pytest.mark.parametrize("per_place", [1, 9])
def test_every_switch_of_the_detector(aggregate, per_place):
    network = Detector(SMALL, aggregate, per_place).eval()
    boxes, scores = network.detections(torch.rand(1, 3, 64, 96))
    assert boxes.shape == (1, (8 * 12 + 4 * 6 + 2 * 3) * per_place, 4) and scores.shape == boxes.shape[:2]
    assert 0 < scores.min() and scores.max() < 1


def test_the_exported_graphs_compute_what_the_networks_compute(tmp_path):
    rng = np.random.default_rng(0)
    crops = rng.integers(0, 256, (3, 96, 96, 3), dtype=np.uint8)
    names = ("crops", ["probabilities", "embedding", "regions"])
    axes = {n: {0: "cells"} for n in (names[0], *names[1])}
    module = ExportedRecogniser(Recogniser(Shape(dim=48, depth=3, heads=3)).eval(), Calibration(1.5, 1.6))
    assert export.write(module, [crops[:1], crops], names, axes, tmp_path / "r.onnx") < 1e-3
    fields = [rng.integers(0, 256, (1, h, w, 3), dtype=np.uint8) for h, w in ((64, 64), (96, 160))]
    axes = {"image": {1: "h", 2: "w"}, "boxes": {0: "a"}, "scores": {0: "a"}}
    module = ExportedDetector(Detector(SMALL).eval())
    assert export.write(module, fields, ("image", ["boxes", "scores"]), axes, tmp_path / "d.onnx") < 1e-3


@pytest.mark.parametrize("widths,blocks", [((8, 16), (0, 1)), ((8, 16, 24), (1, 1, 1))])
def test_all_of_the_recogniser_is_where_its_weights_are(widths, blocks):
    """A tensor left on the CPU is refused by the meta device, as it would be by a GPU."""
    network = Recogniser(
        Shape(dim=48, depth=3, heads=3, stem_widths=widths, stem_blocks=blocks, drop_path=0.5)
    )
    network.to("meta").train()
    predictions = network(torch.empty(2, 3, 88, 88, device="meta"))
    assert [part.device.type for part in predictions] == ["meta"] * 3
    predictions[0].sum().backward()
    assert all(p.grad is None or p.grad.device.type == "meta" for p in network.parameters())


@pytest.mark.parametrize("network", [Detector(SMALL), YoloX()])
def test_all_of_a_detector_is_where_its_weights_are(network):
    boxes, scores = network.to("meta").detections(torch.empty(1, 3, 64, 64, device="meta"))
    assert boxes.device.type == scores.device.type == "meta"
