"""Writes models/NAME.onnx and its card, NAME.json, and checks that the graph computes what PyTorch computes."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import nn

TOLERANCE = 1e-3


class ExportDiffers(RuntimeError):
    """The exported graph does not compute what the network computes."""


def write(
    module: nn.Module, inputs: list[np.ndarray], names: tuple[str, list[str]], axes: dict, file: Path
) -> float:
    """Export `module` (which takes one uint8 array) and compare the graph with PyTorch on `inputs`, real
    pictures. Returns the largest difference, relative to the value where that is larger than 1. Raises
    ExportDiffers above TOLERANCE."""
    module.eval()
    file.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        module,
        (torch.from_numpy(inputs[0]),),
        str(file),
        input_names=[names[0]],
        output_names=names[1],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    worst = 0.0
    for array in inputs:
        with torch.no_grad():
            ours = [t.numpy() for t in module(torch.from_numpy(array))]
        theirs = session.run(names[1], {names[0]: array})
        for a, b in zip(ours, theirs):
            worst = max(worst, float((np.abs(a - b) / np.maximum(1, np.abs(a))).max()))
    if not worst <= TOLERANCE:
        raise ExportDiffers(f"{file.name} differs from PyTorch by {worst:.2e}, more than {TOLERANCE:.0e}")
    return worst


def card(file: Path, facts: dict) -> None:
    """Write the card beside the graph. Facts of the old card that the new one does not state are kept: a
    person wrote them."""
    target = file.with_suffix(".json")
    old = json.loads(target.read_text()) if target.exists() else {}
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    target.write_text(
        json.dumps(old | facts | {"file": file.name, "sha256": digest}, indent=2, ensure_ascii=False) + "\n"
    )
