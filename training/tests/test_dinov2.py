"""The recogniser on a pre-trained Vision Transformer."""

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from marrowscope_training.recogniser import dinov2
from marrowscope_training.recogniser.dinov2 import DEPTH, DIM, DinoRecogniser, depth_share, read_weights
from marrowscope_training.recogniser.economics import WrongOption, options
from marrowscope_training.recogniser.export import Exported, calibrated_graph, strongest_directions
from marrowscope_training.recogniser.onnx_answers import ask
from marrowscope_training.recogniser.settings import Config
from marrowscope_training.recogniser.warm_start import WrongGraph, warm_start


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    return DinoRecogniser(size=56).eval()


def test_it_answers_as_the_other_recogniser_does(network):
    logits, token, locations = network(torch.rand(2, 3, 56, 56))
    assert logits.shape == (2, 13) and token.shape == (2, DIM) and locations.shape == (2, 6, 2)
    assert ((locations >= 7) & (locations <= 49)).all() and ((locations - 7) % 14 == 0).all()


def test_it_can_be_used_at_another_size(network):
    assert network(torch.rand(1, 3, 42, 42))[0].isfinite().all()
    assert network.positions_for(42).shape == (1, 9, DIM) and network.positions_for(56) is network.positions


def test_overlapping_patches_are_more_and_without_regions_none_is_chosen():
    network = DinoRecogniser(size=56, stride=7, regions=False).eval()
    assert network.side(56) == 7 and network(torch.rand(1, 3, 56, 56))[2].shape == (1, 0, 2)


def test_what_region_selection_weighs_is_learnt(network):
    network(torch.rand(2, 3, 56, 56))[0].sum().backward()
    assert network.selection.squeeze.weight.grad.abs().sum() > 0
    network.zero_grad()


def test_low_blocks_learn_more_slowly():
    assert depth_share(f"blocks.{DEPTH - 1}.fc1.weight", 0.5) == 0.5
    assert depth_share("blocks.0.fc1.weight", 0.5) == 0.5**DEPTH
    assert depth_share("project.weight", 0.5) == depth_share("positions", 0.5) == 0.5 ** (DEPTH + 1)
    assert depth_share("head.weight", 0.5) == depth_share("selection.squeeze.weight", 0.5) == 1


def weights_file(folder):
    """An ONNX file with the names of a DINOv2 ViT-S/14 and random numbers; the arrays by name."""
    rng, arrays, nodes = np.random.default_rng(0), {}, []

    def array(name: str, *shape: int) -> None:
        arrays[name] = rng.standard_normal(shape).astype(np.float32)

    def matrix(node: str, rows: int, columns: int) -> None:
        array(f"onnx::MatMul_{len(nodes)}", rows, columns)
        nodes.append(
            helper.make_node("MatMul", ["x", f"onnx::MatMul_{len(nodes)}"], [f"y{len(nodes)}"], name=node)
        )

    array("backbone.embeddings.cls_token", 1, 1, DIM)
    array("onnx::Concat_1", 1, 1, DIM)
    array("onnx::Reshape_1", 1, dinov2.POSITIONS**2, DIM)
    array("backbone.embeddings.patch_embeddings.projection.weight", DIM, 3, 14, 14)
    array("backbone.embeddings.patch_embeddings.projection.bias", DIM)
    for kind in ("weight", "bias"):
        array(f"backbone.layernorm.{kind}", DIM)
    for i in range(DEPTH):
        path, node = f"backbone.encoder.layer.{i}.", f"/backbone/encoder/layer.{i}/"
        for name in ("query", "key", "value"):
            matrix(f"{node}attention/attention/{name}/MatMul", DIM, DIM)
            array(f"{path}attention.attention.{name}.bias", DIM)
        matrix(f"{node}attention/output/dense/MatMul", DIM, DIM)
        array(f"{path}attention.output.dense.bias", DIM)
        matrix(f"{node}mlp/fc1/MatMul", DIM, 4 * DIM)
        matrix(f"{node}mlp/fc2/MatMul", 4 * DIM, DIM)
        array(f"{path}mlp.fc1.bias", 4 * DIM)
        array(f"{path}mlp.fc2.bias", DIM)
        for j in (1, 2):
            array(f"{path}layer_scale{j}.lambda1", DIM)
            for kind in ("weight", "bias"):
                array(f"{path}norm{j}.{kind}", DIM)
    graph = helper.make_graph(
        nodes,
        "dinov2",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, None)],
        [],
        [numpy_helper.from_array(a, n) for n, a in arrays.items()],
    )
    file = folder / "dinov2.onnx"
    onnx.save(helper.make_model(graph), str(file))
    return file, arrays


def test_pre_trained_weights_are_loaded_into_their_layers(tmp_path):
    file, arrays = weights_file(tmp_path)
    network = DinoRecogniser(size=518)
    head = network.head.weight.clone()
    read_weights(network, file)
    assert torch.equal(network.head.weight, head)
    # 518 pixels have the 37 × 37 patches that were learnt: nothing is interpolated.
    assert np.allclose(network.positions.detach(), arrays["onnx::Reshape_1"], atol=1e-5)
    first = arrays["backbone.embeddings.cls_token"] + arrays["onnx::Concat_1"]
    assert np.allclose(network.cls.detach(), first)
    x = torch.randn(1, DIM)
    last = network.blocks[DEPTH - 1]
    key = x.numpy() @ arrays[f"onnx::MatMul_{6 * (DEPTH - 1) + 1}"]
    key += arrays[f"backbone.encoder.layer.{DEPTH - 1}.attention.attention.key.bias"]
    assert np.allclose(last.qkv(x)[:, DIM : 2 * DIM].detach(), key, atol=1e-3)
    assert np.allclose(
        last.scale2.detach(), arrays[f"backbone.encoder.layer.{DEPTH - 1}.layer_scale2.lambda1"]
    )
    small = DinoRecogniser(size=112)
    read_weights(small, file)
    assert small.positions.shape == (1, 64, DIM)


def test_an_embedding_of_fewer_numbers_keeps_likeness():
    class Tokens(torch.nn.Module):
        def forward(self, images):
            flat = images.mean((2, 3))
            return flat, torch.cat([flat, 0.001 * flat.flip(1)], 1), flat

    crops = np.random.default_rng(0).integers(0, 256, (80, 4, 4, 3)).astype(np.uint8)
    directions = strongest_directions(Tokens(), crops, Config(), 3)
    assert directions.shape == (6, 3) and torch.allclose(directions.T @ directions, torch.eye(3), atol=1e-5)
    tokens = Tokens()(torch.from_numpy(crops).permute(0, 3, 1, 2).float() / 255)[1]
    assert torch.allclose((tokens @ directions).norm(dim=1), tokens.norm(dim=1), rtol=1e-3)


@pytest.mark.parametrize("precision, colours", [("float32", "glass"), ("int8", "glass"), ("int8", "stain")])
def test_an_exported_graph_computes_what_the_network_computes(network, tmp_path, precision, colours):
    crops = np.random.default_rng(0).integers(0, 256, (12, 56, 56, 3)).astype(np.uint8)
    labels = np.arange(12) % 3
    directions = strongest_directions(network, crops, Config(colours=colours), 16)
    module = lambda calibration: Exported(network, calibration, 1, colours, directions)
    file = tmp_path / "recogniser.onnx"
    calibration, _ = calibrated_graph(module, crops, labels, precision, file)
    theirs = ask(file, crops, ("probabilities", "embedding", "regions"))
    with torch.no_grad():
        ours = module(calibration)(torch.from_numpy(crops))
    near = 1e-3 if precision == "float32" else 0.1
    assert np.abs(theirs[0] - ours[0].numpy()).max() < near
    assert theirs[1].shape == (12, 16) and (theirs[1] * ours[1].numpy()).sum(1).min() > 1 - near
    assert file.stat().st_size < (100e6 if precision == "float32" else 30e6)
    alone = ask(file, crops[:1], ("probabilities",))[0]
    assert np.abs(alone - theirs[0][:1]).max() < 1e-5, "an answer depends on the other cells of its batch"


def test_it_is_not_read_back_from_a_graph(network, tmp_path):
    with pytest.raises(WrongGraph, match="cannot be read from"):
        warm_start(network, tmp_path / "recogniser.onnx", torch.rand(1, 3, 56, 56))
    with pytest.raises(WrongOption, match="chosen by `export`"):
        options([56], [1], ["int8"], network)
