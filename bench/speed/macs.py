"""Counts parameters and multiply-accumulates of an ONNX network by running it once on an input of the given shape.

python bench/speed/macs.py FILE N,H,W,C     {"input", "parameters", "gmac"}
"""

import json
import sys
from math import prod

import numpy as np
import onnx
import onnxruntime

COUNTED = {"Conv", "Gemm", "MatMul", "Einsum"}
NOT_KNOWN = {"ConvTranspose", "ConvInteger", "QLinearConv", "MatMulInteger", "QLinearMatMul"}


def count(file: str, shape: tuple[int, ...]) -> dict:
    """Convolutions and matrix products; what is between them is left out, as is usual."""
    model = onnx.load(file)
    strangers = NOT_KNOWN & {n.op_type for n in model.graph.node}
    if strangers:
        raise NotImplementedError(
            f"{file} computes with {', '.join(sorted(strangers))}, which is not counted"
        )
    weights = {w.name: tuple(w.dims) for w in model.graph.initializer}
    nodes = [n for n in model.graph.node if n.op_type in COUNTED]
    wanted = {name for n in nodes for name in (*n.input, n.output[0]) if name}
    known = {value.name for value in (*model.graph.input, *model.graph.output)} | set(weights)
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in sorted(wanted - known))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    feed = {session.get_inputs()[0].name: np.zeros(shape, np.uint8)}
    names = [output.name for output in session.get_outputs()]
    shapes = {name: value.shape for name, value in zip(names, session.run(names, feed))} | weights
    total = sum(products(node, shapes) for node in nodes)
    return {"input": shape, "parameters": sum(map(prod, weights.values())), "gmac": total / 1e9}


def products(node: onnx.NodeProto, shapes: dict[str, tuple[int, ...]]) -> int:
    """Multiply-accumulates of one node."""
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    first, second = (shapes[name] for name in node.input[:2])
    if node.op_type == "Einsum":
        terms = attributes["equation"].decode().replace(" ", "").split("->")[0].split(",")
        return prod(
            {letter: n for term, s in zip(terms, (first, second)) for letter, n in zip(term, s)}.values()
        )
    inner = prod(second[1:]) if node.op_type == "Conv" else first[0 if attributes.get("transA") else -1]
    return prod(shapes[node.output[0]]) * inner


if __name__ == "__main__":
    print(json.dumps(count(sys.argv[1], tuple(map(int, sys.argv[2].split(","))))))
