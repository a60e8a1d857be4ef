"""Starts a run from an exported recogniser.onnx instead of random weights.

The export folds every batch norm into the convolution before it, and transposes the matrices of the linear
layers. Both are undone here. The matrices are found by their order in the graph. The batch norms are restored
by measuring their inputs on real cells, so that the network computes the same in use (running statistics) and
nearly the same in training (batch statistics).
"""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from .network import Recogniser


class WrongGraph(ValueError):
    """The graph's weights do not fit the network of this configuration."""


def _take(network: Recogniser, file: Path) -> None:
    graph = onnx.load(str(file)).graph
    weights = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    anonymous = [i.name for i in graph.initializer if i.name.startswith("onnx::")]
    convolutions = iter([weights[n] for n in anonymous if "::Conv_" in n])
    matrices = iter([weights[n].T for n in anonymous if "::MatMul_" in n])
    before_norm = {n for n, m in network.patches.stem.named_modules() if isinstance(m, nn.BatchNorm2d)}
    before_norm = {f"patches.stem.{n[: n.rindex('.')]}.0.weight" for n in before_norm}
    state = network.state_dict()
    last = f"blocks.{len(network.blocks) - 1}."
    # The graph holds the matrices in the order of computation: the region selection comes before the last block.
    for name in sorted(state, key=lambda n: 2 * n.startswith(last) + n.startswith("selection")):
        named = weights.get(f"network.{name}")
        if named is not None:
            value = named
        elif name in before_norm:
            value = next(convolutions)
            norm = name.removesuffix("0.weight") + "1."
            state[norm + "bias"] = next(convolutions)
            state[norm + "weight"] = torch.ones_like(state[norm + "bias"])
        elif name.endswith(".weight") and state[name].ndim == 2:
            value = next(matrices)
        else:
            continue
        if value.shape != state[name].shape:
            raise WrongGraph(f"{file}: {name} is {tuple(value.shape)}, expected {tuple(state[name].shape)}")
        state[name] = value
    network.load_state_dict(state)


@torch.no_grad()
def warm_start(network: Recogniser, file: Path, crops: Tensor) -> None:
    """Load the weights of the exported graph `file` into `network`. crops [B, 3, S, S] in 0..1: real cells,
    for the statistics. Raises WrongGraph where the graph belongs to another configuration."""
    if not isinstance(network, Recogniser):
        raise WrongGraph(
            f"a network on a pre-trained backbone cannot be read from {file}: its matrices may be 8-bit; begin from `weights`, or from a "
            "start.pt"
        )
    try:
        _take(network, file)
    except StopIteration:
        raise WrongGraph(f"{file} has fewer weights than the network of this configuration") from None
    norms = [m for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
    for norm in norms:
        norm.running_mean.zero_()
        norm.running_var.fill_(1 - norm.eps)
    seen: dict[nn.Module, Tensor] = {}
    hooks = [
        n.register_forward_hook(lambda m, x, _: seen.update({m: x[0].transpose(0, 1).flatten(1)}))
        for n in norms
    ]
    network.eval()(crops)
    for hook in hooks:
        hook.remove()
    for norm in norms:
        var, mean = torch.var_mean(seen[norm], 1)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(var)
        norm.weight.copy_((var + norm.eps).sqrt())
        norm.bias.add_(mean)
