"""The recogniser's peers are as large as published; its ways to weigh regions; the network that is shipped stays as it is."""

import pytest
import torch

from marrowscope_training.recogniser.network import Recogniser, RegionSelection, Shape
from marrowscope_training.recogniser.peers import PEERS

# Parameters with ImageNet's 1000 classes, as the authors' own and torchvision's networks have them.
PUBLISHED = {
    "resnet-18": 11_689_512,
    "resnet-50": 25_557_032,
    "resnext-50": 25_028_904,
    "convnext-v2-atto": 3_708_400,
}


def size(network) -> int:
    return sum(p.numel() for p in network.parameters())


@pytest.mark.parametrize("name", list(PUBLISHED))
def test_a_peer_has_its_published_size(name):
    assert size(PEERS[name](1000)) == PUBLISHED[name]


def test_at_13_classes_only_the_last_layer_differs():
    assert size(PEERS["resnet-18"](13)) == 11_689_512 - (512 + 1) * (1000 - 13)
    assert size(PEERS["resnet-18"](13)) - size(PEERS["resnet-18-fine"](13)) == 64 * 3 * (49 - 9)


@pytest.mark.parametrize("name", ["resnet-18", "resnext-50", "convnext-v2-atto"])
def test_a_peer_has_the_outputs_of_the_recogniser(name):
    logits, token, locations = PEERS[name](13).eval()(torch.rand(2, 3, 64, 64))
    assert logits.shape == (2, 13) and locations.shape == (2, 0, 2) and token.ndim == 2
    assert torch.isfinite(logits).all()


def test_the_fine_stem_sees_twice_as_many_locations_along_a_side():
    images = torch.rand(1, 3, 64, 64)
    assert PEERS["resnet-18"](13).stem(images).shape[-1] == 16
    assert PEERS["resnet-18-fine"](13).stem(images).shape[-1] == 32


def maps(blocks: int) -> list[torch.Tensor]:
    g = torch.Generator().manual_seed(3)
    return [
        torch.softmax(torch.randn(2, 3, 10, 10, generator=g) * 2, -1).requires_grad_() for _ in range(blocks)
    ]


def test_the_product_follows_the_attentions_of_all_blocks():
    attention, tokens = maps(4), torch.randn(2, 10, 6)
    selection = RegionSelection(4, "product")
    chosen, patch_number = selection(tokens, attention)
    whole = attention[3] @ attention[2] @ attention[1] @ attention[0]
    assert torch.equal(patch_number, whole[:, :, 0, 1:].argmax(-1))
    assert torch.equal(chosen[0, 0], tokens[0, 1 + patch_number[0, 0]])
    assert size(selection) == 0


def test_without_the_gradient_the_locations_are_the_same_and_the_weights_are_not_trained():
    torch.manual_seed(0)
    trained = RegionSelection(4)
    frozen = RegionSelection(4, "squeeze-no-gradient")
    frozen.load_state_dict(trained.state_dict())
    tokens = torch.randn(2, 10, 6, requires_grad=True)
    for selection in (trained, frozen):
        chosen, patch_number = selection(tokens, maps(4))
        chosen.square().sum().backward()
    assert torch.equal(patch_number, trained(tokens, maps(4))[1])
    assert trained.excite[0].weight.grad.abs().sum() > 0
    assert frozen.excite[0].weight.grad is None


def test_an_unknown_weighing_is_refused():
    with pytest.raises(ValueError, match="squeeze"):
        RegionSelection(4, "sum")


def test_the_shipped_network_draws_and_names_its_weights_as_before():
    torch.manual_seed(1)
    usual = Recogniser(Shape(dim=48, depth=3, heads=3))
    torch.manual_seed(1)
    named = Recogniser(Shape(dim=48, depth=3, heads=3, weighing="squeeze"))
    assert all(torch.equal(a, b) for a, b in zip(usual.state_dict().values(), named.state_dict().values()))
    assert [k for k in usual.state_dict() if k.startswith("selection")] == [
        f"selection.{k}"
        for k in (
            *("squeeze.weight", "squeeze.bias", "excite.0.weight", "excite.0.bias"),
            *("excite.2.weight", "excite.2.bias"),
        )
    ]
