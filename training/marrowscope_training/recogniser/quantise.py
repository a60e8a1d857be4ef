"""Converts the constant matrices of an exported graph to 8 bits, with fixed ranges for what is multiplied by
them."""

from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, helper, numpy_helper
from onnxruntime import InferenceSession, SessionOptions
from onnxruntime.quantization import QuantType, quantize_dynamic

BATCH = 32


def quantise(file: Path, precision: str, crops: np.ndarray) -> None:
    """Rewrite the graph `file` in place. Convolutions and the products of attention stay as they are.
    precision: "int8", or "int8-blocks" for the matrices of the blocks alone. The inputs of a matrix are
    rounded to 8 bits within the range that they have over `crops` [n, S, S, 3], so that the answer for a cell
    does not depend on the cells in its batch. Only 7 of the matrices' 8 bits are used: on processors without
    VNNI a sum of two products may not fit into 16 bits."""
    graph = onnx.load(str(file)).graph
    blocks = [n.name for n in graph.node if n.op_type == "MatMul" and n.name.startswith("/network/blocks.")]
    quantize_dynamic(
        file,
        file,
        op_types_to_quantize=["MatMul"],  # a Gemm is converted to one first
        nodes_to_quantize=blocks if precision == "int8-blocks" else None,
        nodes_to_exclude=[n.name for n in graph.node if n.name.startswith("/home/")],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    model = onnx.load(str(file))
    fix_ranges(model, ranges(model, crops))
    onnx.save(model, str(file))


def measuring(model: ModelProto) -> list[NodeProto]:
    """The nodes that measure the range of a whole batch."""
    return [n for n in model.graph.node if n.op_type == "DynamicQuantizeLinear"]


def ranges(model: ModelProto, crops: np.ndarray) -> dict[str, tuple[float, float]]:
    """The smallest and the largest number, with 0 included, that each measuring node (by name) sees over
    `crops`."""
    probe, nodes = ModelProto(), measuring(model)
    probe.CopyFrom(model)
    for node in nodes:
        for name, kind in (
            (node.output[1], onnx.TensorProto.FLOAT),
            (node.output[2], onnx.TensorProto.UINT8),
        ):
            probe.graph.output.append(helper.make_tensor_value_info(name, kind, []))
    settings = SessionOptions()
    settings.log_severity_level = 3
    session = InferenceSession(probe.SerializeToString(), settings, providers=["CPUExecutionProvider"])
    names = [name for node in nodes for name in node.output[1:]]
    met = []
    for i in range(0, len(crops), BATCH):
        found = np.array(session.run(names, {"crops": crops[i : i + BATCH]}), np.float64).reshape(-1, 2)
        step, zero = found.T
        met.append((-zero * step, (255 - zero) * step))
    low, high = np.min([m[0] for m in met], 0), np.max([m[1] for m in met], 0)
    return {node.name: (float(a), float(b)) for node, a, b in zip(nodes, low, high)}


def fix_ranges(model: ModelProto, known: dict[str, tuple[float, float]]) -> None:
    """Replace each measuring node by rounding within its range in `known`; numbers beyond it are clipped."""
    for node in measuring(model):
        low, high = known[node.name]
        step = max(high - low, 1e-12) / 255
        quantised, scale, zero = node.output
        for name, value in ((scale, np.float32(step)), (zero, np.uint8(round(-low / step)))):
            model.graph.initializer.append(numpy_helper.from_array(np.array(value), name))
        fixed = helper.make_node("QuantizeLinear", [node.input[0], scale, zero], [quantised], node.name)
        node.CopyFrom(fixed)
