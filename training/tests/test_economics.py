"""A tiny exported recogniser is written again in cheaper forms, with drawn cells on disk."""

import json

import numpy as np
import onnx
import pytest
import torch

from marrowscope_training import config, export
from marrowscope_training.data.crops import CropStore
from marrowscope_training.recogniser import economics
from marrowscope_training.recogniser.calibration import Calibration
from marrowscope_training.recogniser.export import Exported, graph_facts, write_graph
from marrowscope_training.recogniser.home import Home, Usual
from marrowscope_training.recogniser.network import mirrored
from marrowscope_training.recogniser.onnx_answers import pictures
from marrowscope_training.recogniser.settings import Config, build

SMALL = """
sources = ["pbc", "matek"]
crop_size = 52
um_per_pixel = 0.4
dim = 96
depth = 3
heads = 4
stem_widths = [16, 32]
stem_blocks = [0, 1]
"""
CALIBRATION = Calibration(0.7, 0.8, tuple(torch.linspace(-0.2, 0.2, 13).tolist()))


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A folder with a recogniser of random weights, its card, and the configuration."""
    folder = tmp_path_factory.mktemp("models")
    (folder / "small.toml").write_text(SMALL)
    torch.manual_seed(1)
    network = build(config.read(folder / "small.toml", Config)).train()
    crops = torch.rand(16, 3, 52, 52)
    for _ in range(3):  # running statistics that are not the initial ones
        network(crops)
    torch.nn.init.normal_(network.head.weight)  # answers that differ
    file = folder / "recogniser.onnx"
    pictures = (crops.permute(0, 2, 3, 1) * 255).round().byte().numpy()
    tokens = torch.nn.functional.normalize(torch.randn(20, 96), dim=1)
    home = Home(tokens, Usual(0.9, 0.8, 0.7))
    write_graph(Exported(network.eval(), CALIBRATION, home=home), pictures, file)
    facts = {
        "name": "drawn",
        "cropSize": 52,
        "umPerPixel": 0.4,
        **graph_facts(CALIBRATION),
        **home.usual.facts(),
    }
    export.card(file, facts)
    return folder


@pytest.fixture(scope="module")
def forms(models, data, tmp_path_factory):
    out = tmp_path_factory.mktemp("economics")
    for forms in (
        ["--views", "4", "--sides", "52", "--precisions", "float32,int8,int8-blocks"],
        ["--views", "1", "--sides", "52,40", "--precisions", "float32"],
    ):
        economics.main([*where(models, data), "--out", str(out), *forms])
    return out


def where(models, data, toml="small.toml"):
    return ["--models", str(models), "--config", str(models / toml), "--data", str(data), "--threads", "1"]


def card(forms, name):
    return json.loads((forms / name / "recogniser.json").read_text())


def predictions(forms, name, crops):
    return economics.answers(forms / name / "recogniser.onnx", crops).exp()


def test_every_option_is_written_with_a_card_of_the_same_field_of_view(forms):
    names = ["side-40-views-1", "views-1", "views-4", "views-4-int8", "views-4-int8-blocks"]
    assert sorted(f.name for f in forms.iterdir()) == names
    rng = np.random.default_rng(1)
    for name in names:
        facts = card(forms, name)
        side = 40 if name.startswith("side-40") else 52
        assert facts["name"] == "drawn" and facts["cropSize"] == side
        assert side * facts["umPerPixel"] == pytest.approx(52 * 0.4)
        p = predictions(forms, name, rng.integers(0, 256, (3, side, side, 3), np.uint8))
        assert p.shape == (3, 13) and torch.allclose(p.sum(1), torch.ones(3), atol=1e-5)


def test_each_view_counts_and_each_number_of_views_has_its_own_temperature(forms):
    facts = [card(forms, name) for name in ("views-4", "views-1")]
    assert [f["views"] for f in facts] == [4, 1]
    assert facts[0]["temperature"] != facts[1]["temperature"]
    crops = np.random.default_rng(2).integers(0, 256, (4, 52, 52, 3), np.uint8)
    mirror = np.ascontiguousarray(crops[:, :, ::-1])
    four, one = (
        (predictions(forms, n, crops) - predictions(forms, n, mirror)).abs().max()
        for n in ("views-4", "views-1")
    )
    assert four < 1e-5
    assert one > 1e-4


def test_two_views_are_the_mean_of_a_picture_and_its_left_right_mirror(models):
    network = build(config.read(models / "small.toml", Config)).eval()
    images = torch.rand(2, 3, 52, 52)
    with torch.no_grad():
        both = mirrored(network, images, 2)[0]
        mean = (network(images)[0] + network(images.flip(3))[0]) / 2
    assert torch.allclose(both, mean, atol=1e-5)


def test_8_bit_answers_differ_little_and_the_file_is_smaller(models, data, forms):
    known = config.read(models / "small.toml", Config)
    crops = pictures(CropStore.labelled(data, "test", known.sources), np.arange(8), known)
    plain = predictions(forms, "views-4", crops)
    sizes = {}
    for name in ("views-4", "views-4-int8", "views-4-int8-blocks"):
        sizes[name] = (forms / name / "recogniser.onnx").stat().st_size
        assert (predictions(forms, name, crops) - plain).abs().max() < 0.1
    assert max(sizes["views-4-int8"], sizes["views-4-int8-blocks"]) < 0.65 * sizes["views-4"]
    assert integers(forms, "views-4-int8-blocks") == 4 * 3  # of 3 blocks
    assert integers(forms, "views-4-int8") == 4 * 3 + 4  # and region selection's three and the head


def integers(forms, name) -> int:
    kinds = [node.op_type for node in onnx.load(forms / name / "recogniser.onnx").graph.node]
    assert "Conv" in kinds and "ConvInteger" not in kinds
    return kinds.count("MatMulInteger")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("dim = 48", "expected"),
        ("heads = 3", "differ by"),  # the weights fit: only the answers differ
        ("crop_size = 64", "takes 52 pixels"),
    ],
)
def test_refuses_the_configuration_of_another_network(line, sentence, models, data, tmp_path, capsys):
    key = line.split()[0]
    lines = [line if one.startswith(key) else one for one in SMALL.splitlines()]
    (models / "other.toml").write_text("\n".join(lines))
    with pytest.raises(SystemExit) as stop:
        economics.main([*where(models, data, "other.toml"), "--sides", "64", "--out", str(tmp_path / "none")])
    assert stop.value.code == 2 and sentence in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (["--sides", "50"], "they do 52, 64"),
        (["--views", "3"], "no 3"),
        (["--precisions", "int4"], "no int4"),
    ],
)
def test_refuses_a_form_that_there_is_not(option, sentence, models, data, capsys):
    with pytest.raises(SystemExit):
        economics.main([*where(models, data), "--sides", "52", *option])
    assert sentence in capsys.readouterr().err
